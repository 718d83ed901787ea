"""What a figure counts: the conversations or the cases behind it, chosen by the query that the figure carries."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query

from channels.console import labels
from channels.console.supervision.facts import CaseFact, Facts, Talk
from channels.people.teams import TERRITORIES
from clock import in_paris

TALKS, ELSEWHERE = "conversations", "ailleurs"
_HEAD = ("N°", "Canal", "Thème", "Public", "Lieu", "Département", "Équipe", "Ouverte le", "Attente (min)", "Traitement (min)",
         "Issue", "Réouvertures")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to keep; None and empty mean any. `what`: conversations, or cases. `territory`: « ailleurs » is none of the five."""

    what: str = ""
    day: date | None = None
    hour: int | None = None
    topic: int | None = None
    channel: str = ""
    place: str = ""
    territory: str = ""
    outcome: str = ""
    urgency: str = ""
    reopened: bool | None = None
    alone: bool | None = None
    mark: int | None = None
    alarmed: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found: conversations (for figures that count them, each with its case if it has one) or cases."""

    talks: Sequence[tuple[Talk, int | None]]
    cases: Sequence[CaseFact]


def counted(facts: Facts, asked: Asked) -> Counted:
    """The rows behind a figure, newest first: as many as its number says."""
    found = _counted(facts, asked)
    return Counted(sorted(found.talks, key=lambda pair: pair[0].at, reverse=True),
                   sorted(found.cases, key=lambda case: (case.opened_at, case.id), reverse=True))


def _counted(facts: Facts, asked: Asked) -> Counted:
    if asked.alarmed is not None:
        that_day = {case for at, case in facts.alerts if in_paris(at).date() == asked.alarmed}
        return Counted((), [case for case in facts.alarmed if case.id in that_day])
    if asked.what != TALKS:
        return Counted((), [case for case in facts.cases if _is_case(case, asked)])
    of_talk = {case.conversation_id: case.id for case in facts.cases}
    marked = {talk for talk, score in facts.marks if score == asked.mark}
    found = [(talk, of_talk.get(talk.id)) for talk in (facts.marked if asked.mark else facts.talks)]
    return Counted([(talk, case) for talk, case in found if _is_talk(talk, case, asked, marked)], ())


def _is_talk(talk: Talk, case: int | None, asked: Asked, marked: set[str]) -> bool:
    local = in_paris(talk.at)
    if (asked.day is not None and local.date() != asked.day) or (asked.hour is not None and local.hour != asked.hour):
        return False
    if asked.mark is not None and talk.id not in marked:
        return False
    return (not asked.channel or talk.channel == asked.channel) and (asked.alone is None or asked.alone == (case is None))


def _is_case(case: CaseFact, asked: Asked) -> bool:
    local = in_paris(case.opened_at)
    if (asked.day is not None and local.date() != asked.day) or (asked.hour is not None and local.hour != asked.hour):
        return False
    if (asked.topic is not None and (case.topic or 29) != asked.topic) or asked.reopened not in {None, case.reopened > 0}:
        return False
    territory = case.territory if case.territory in TERRITORIES else ELSEWHERE
    wanted = ((asked.channel, case.channel), (asked.place, case.place), (asked.territory, territory),
              (asked.outcome, case.outcome), (asked.urgency, case.urgency))
    return all(not value or value == found for value, found in wanted)


def table(found: Counted) -> str:
    """The same as CSV for French spreadsheets, a line a row; nobody is named in it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if found.cases or not found.talks:
        writer.writerow(_HEAD)
        writer.writerows(map(_case_line, found.cases))
    else:
        writer.writerow(("Début", "Canal", "Demande"))
        writer.writerows((f"{in_paris(talk.at):%d/%m/%Y %H:%M}", labels.CHANNELS[talk.channel], case or "")
                         for talk, case in found.talks)
    return out.getvalue()


def _case_line(case: CaseFact) -> Sequence[object]:
    return (case.id, labels.CHANNELS.get(case.channel, case.channel), labels.topic(case.topic), labels.PUBLICS[case.public],
            safe(case.place or ""), TERRITORIES.get(case.territory or "", ""), safe(case.team or ""),
            f"{in_paris(case.opened_at):%d/%m/%Y %H:%M}", _minutes(case.waited), _minutes(case.handled),
            labels.OUTCOMES.get(case.outcome or "", ""), case.reopened)


def _minutes(length: timedelta | None) -> str:
    return f"{length.total_seconds() / 60:.0f}" if length else ""


def safe(label: str) -> str:
    """A place that starts like a formula must not become one in a spreadsheet."""
    return f"'{label}" if label[:1] in tuple("=+-@\t") else label


def _asked(quoi: str = "", jour: date | None = None, heure: Annotated[int | None, Query(ge=0, le=23)] = None,
           topic: int | None = None, channel: str = "", place: str = "", territoire: str = "", outcome: str = "",
           urgency: str = "", rouvertes: bool | None = None, seul: bool | None = None,
           avis: Annotated[int | None, Query(ge=1, le=5)] = None, alerte: date | None = None) -> Asked:
    return Asked(quoi, jour, heure, topic, channel, place, territoire, outcome, urgency, rouvertes, seul, avis, alerte)


Behind = Annotated[Asked, Depends(_asked)]

