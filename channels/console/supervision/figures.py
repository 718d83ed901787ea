"""The figures over time: each is a title, a unit and rows (label, value, where its cases are)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from urllib.parse import quote

from channels.console import labels
from channels.console.supervision.behind import ELSEWHERE, TALKS
from channels.console.supervision.facts import CaseFact, Facts
from channels.hours.french_dates import day_label
from channels.people.teams import TERRITORIES
from clock import in_paris

_MOST_PLACES = 15
_TALKS = f"quoi={TALKS}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `parts`: (channel, value) when the value is made of several; `query`: the cases behind it."""

    label: str
    value: float
    query: str = ""
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `note` says what is counted."""

    name: str
    title: str
    unit: str
    bars: Sequence[Bar]
    note: str = ""


def figures(facts: Facts, days: Sequence[date]) -> list[Figure]:
    """Every figure of the supervision page, in its order."""
    makers = (_by_day, _by_channel, _by_hour, _by_topic, _by_territory, _by_place, _alone, _waits, _handling, _marks,
              _outcomes, _reopened, _distress)
    return [make(facts, days) for make in makers]


def _by_day(facts: Facts, days: Sequence[date]) -> Figure:
    counted = Counter((in_paris(talk.at).date(), talk.channel) for talk in facts.talks)
    bars = [Bar(day_label(day), sum(counted[day, name] for name in labels.CHANNELS), f"{_TALKS}&jour={day}",
                tuple((label, counted[day, name]) for name, label in labels.CHANNELS.items())) for day in days]
    return Figure("jours", "Conversations par jour", "conversations", bars, "Conversations où une personne a écrit, par canal.")


def _by_channel(facts: Facts, _days: Sequence[date]) -> Figure:
    counted = Counter(talk.channel for talk in facts.talks)
    bars = [Bar(label, counted[name], f"{_TALKS}&channel={name}") for name, label in labels.CHANNELS.items()]
    return Figure("canaux", "Conversations par canal", "conversations", bars)


def _by_hour(facts: Facts, _days: Sequence[date]) -> Figure:
    counted = Counter(in_paris(talk.at).hour for talk in facts.talks)
    return Figure("heures", "Conversations par heure", "conversations",
                  [Bar(f"{hour} h", counted[hour], f"{_TALKS}&heure={hour}") for hour in range(24)])


def _by_topic(facts: Facts, _days: Sequence[date]) -> Figure:
    counted = Counter(case.topic or 29 for case in facts.cases)
    bars = [Bar(labels.topic(topic), number, f"topic={topic}") for topic, number in counted.most_common()]
    return Figure("themes", "Demandes par thème", "demandes", bars, "Demandes confiées à un conseiller.")


def _by_place(facts: Facts, _days: Sequence[date]) -> Figure:
    counted = Counter(case.place for case in facts.cases if case.place)
    bars = [Bar(place, number, f"place={quote(place)}") for place, number in counted.most_common(_MOST_PLACES)]
    return Figure("lieux", "Demandes par lieu", "demandes", bars, f"Les {_MOST_PLACES} lieux les plus cités.")


def _by_territory(facts: Facts, _days: Sequence[date]) -> Figure:
    counted = Counter(case.territory for case in facts.cases)
    bars = [Bar(name, counted[code], f"territoire={code}") for code, name in TERRITORIES.items()]
    unknown = sum(number for code, number in counted.items() if code not in TERRITORIES)
    bars.append(Bar("Non précisé ou ailleurs", unknown, f"territoire={ELSEWHERE}"))
    return Figure("territoires", "Demandes par département", "demandes", bars)


def _alone(facts: Facts, _days: Sequence[date]) -> Figure:
    helped = {case.conversation_id for case in facts.cases}
    alone = sum(talk.id not in helped for talk in facts.talks)
    bars = [Bar("L'assistant seul", alone, f"{_TALKS}&seul=1"),
            Bar("Avec un conseiller", len(facts.talks) - alone, f"{_TALKS}&seul=0")]
    share = f"L'assistant seul : {100 * alone / len(facts.talks):.0f} % des conversations." if facts.talks else ""
    return Figure("autonomie", "Qui a répondu", "conversations", bars, share)


def _waits(facts: Facts, days: Sequence[date]) -> Figure:
    return _medians(facts, days, "attente", "Attente avant la prise en charge", lambda case: case.waited)


def _handling(facts: Facts, days: Sequence[date]) -> Figure:
    return _medians(facts, days, "traitement", "Durée de traitement", lambda case: case.handled)


def _medians(facts: Facts, days: Sequence[date], name: str, title: str,
             length: Callable[[CaseFact], timedelta | None]) -> Figure:
    bars = [Bar(day_label(day), _median_minutes(_of_day(facts.cases, day), length), f"jour={day}") for day in days]
    return Figure(name, title, "minutes", bars, "Médiane des demandes ouvertes ce jour-là.")


def _of_day(cases: Iterable[CaseFact], day: date) -> list[CaseFact]:
    return [case for case in cases if in_paris(case.opened_at).date() == day]


def _median_minutes(cases: Sequence[CaseFact], length: Callable[[CaseFact], timedelta | None]) -> float:
    found = [passed.total_seconds() / 60 for case in cases if (passed := length(case)) and passed.total_seconds() >= 0]
    return round(median(found), 1) if found else 0.0


def _marks(facts: Facts, _days: Sequence[date]) -> Figure:
    scores = [score for _, score in facts.marks]
    counted = Counter(scores)
    mean = f"Moyenne : {sum(scores) / len(scores):.1f} sur 5.".replace(".", ",", 1) if scores else "Aucun avis."
    bars = [Bar(f"{mark} sur 5", counted[mark], f"{_TALKS}&avis={mark}") for mark in range(5, 0, -1)]
    return Figure("satisfaction", "Satisfaction", "avis", bars, mean)


def _outcomes(facts: Facts, _days: Sequence[date]) -> Figure:
    counted = Counter(case.outcome for case in facts.cases if case.outcome)
    bars = [Bar(label, counted[code], f"outcome={code}") for code, label in labels.OUTCOMES.items()]
    return Figure("issues", "Issues des demandes", "demandes", bars)


def _reopened(facts: Facts, _days: Sequence[date]) -> Figure:
    again = sum(case.reopened > 0 for case in facts.cases)
    return Figure("reouvertures", "Réouvertures", "demandes",
                  [Bar("Rouvertes", again, "rouvertes=1"), Bar("Jamais rouvertes", len(facts.cases) - again, "rouvertes=0")])


def _distress(facts: Facts, days: Sequence[date]) -> Figure:
    counted = Counter(day for day, _ in {(in_paris(at).date(), case) for at, case in facts.alerts})
    bars = [Bar(day_label(day), counted[day], f"alerte={day}") for day in days]
    return Figure("detresse", "Alertes de détresse", "demandes", bars, "Demandes où une alerte a été donnée ce jour-là.")
