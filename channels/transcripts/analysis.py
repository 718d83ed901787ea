"""What a case needs of a call: who, where, what was asked, what was promised and for when, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from channels.hours.french_dates import day_label
from channels.transcripts.model import ADVISOR, CALLER, Line
from channels.transcripts.patterns import patterns, plain
from language.times import Times, read_times

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_AGE = re.compile(r"\bj ai (\d{1,2}) ans\b|\b(?:il|elle) a (\d{1,2}) ans\b")
_ADVISOR_NAMES = re.compile(r"conseill|agent|advisor|parcours|operat|teleconseil")
_CALLER_NAMES = re.compile(r"appelant|usager|client|caller|citoyen|public|candidat")
_ADVISOR_SAYS = re.compile(r"parcours metiers|que puis je|je vous ecoute|en quoi puis je")
_MOST = 6


@dataclass(frozen=True, slots=True)
class Promise:
    """What the advisor said would be done; `day` when a day was said."""

    text: str
    day: date | None = None
    hour: tuple[int, int] | None = None

    def when(self) -> str:
        """« vendredi 27 novembre, 10 h »; "" without a day."""
        if self.day is None:
            return ""
        minutes = f" {self.hour[1]:02d}" if self.hour and self.hour[1] else ""
        return day_label(self.day) + (f", {self.hour[0]} h{minutes}" if self.hour else "")


@dataclass(frozen=True, slots=True)
class Analysis:
    """`public` is a value of the contract, « inconnu » when nothing tells."""

    public: str
    age: int | None
    questions: tuple[str, ...]
    promises: tuple[Promise, ...]


def roles(lines: Sequence[Line]) -> list[Line]:
    """The same lines with « appelant » or « conseiller » as speaker wherever it can be told; others keep their label."""
    known = {speaker: _role(speaker, lines) for speaker in dict.fromkeys(line.speaker for line in lines)}
    voices = [speaker for speaker in known if speaker]
    if len(voices) == 2 and CALLER not in known.values() and ADVISOR in known.values():
        known |= {speaker: CALLER for speaker in voices if known[speaker] != ADVISOR}
    if len(voices) == 2 and ADVISOR not in known.values() and CALLER in known.values():
        known |= {speaker: ADVISOR for speaker in voices if known[speaker] != CALLER}
    return [Line(line.text, known[line.speaker], line.start, line.end, line.confidence) for line in lines]


def analyse(lines: Sequence[Line], called_at: datetime) -> Analysis:
    """Reads lines whose speakers were settled by `roles`; without any known speaker, everybody counts as both."""
    callers = [line.text for line in lines if line.speaker != ADVISOR]
    advisors = [line.text for line in lines if line.speaker != CALLER]
    words = plain(" ".join(callers))
    promises = _promises(advisors, called_at)
    return Analysis(_public(words), _age(words), tuple(_questions(callers)), tuple(promises))


def next_action(found: Analysis) -> str:
    """What somebody must do now, in French."""
    dated = sorted((promise for promise in found.promises if promise.day), key=lambda promise: promise.day or date.max)
    first = dated[0] if dated else next(iter(found.promises), None)
    if first is None:
        return "Relire l'appel, compléter si besoin, puis clore la demande."
    return f"Tenir la promesse faite : « {first.text} »" + (f" ({first.when()})." if first.day else " (aucune date dite).")


def _role(speaker: str, lines: Sequence[Line]) -> str:
    name = plain(speaker)
    if not name:
        return speaker
    if _ADVISOR_NAMES.search(name):
        return ADVISOR
    if _CALLER_NAMES.search(name):
        return CALLER
    said = plain(" ".join(line.text for line in lines if line.speaker == speaker)[:400])
    return ADVISOR if _ADVISOR_SAYS.search(said) else speaker


def _sentences(texts: Sequence[str]) -> list[str]:
    return [sentence.strip() for text in texts for sentence in _SENTENCE.split(text) if sentence.strip()]


def _questions(texts: Sequence[str]) -> list[str]:
    found = [sentence for sentence in _sentences(texts)
             if (sentence.endswith("?") and len(sentence.split()) > 2) or patterns().wishes.match(plain(sentence))]
    return list(dict.fromkeys(found))[:_MOST]


def _promises(texts: Sequence[str], called_at: datetime) -> list[Promise]:
    found = []
    for sentence in _sentences(texts):
        if patterns().promises.search(plain(sentence)):
            times = read_times(sentence, called_at)
            day, window = _day(times), next(iter(times.windows), None)
            hour = (window.start.hour, window.start.minute) if day and window and window.kind != "before" else None
            found.append(Promise(sentence, day, hour))
    return found[:_MOST]


def _day(times: Times) -> date | None:
    """The day promised; « avant vendredi » is kept on Thursday, « après jeudi » on Friday."""
    wish = next((wish for wish in times.wishes if wish.days), None)
    if wish is None:
        return None
    return wish.days[0] + timedelta(days={"until": -1, "after": 1}.get(wish.bound, 0))


def _public(words: str) -> str:
    return next((name for name, pattern in patterns().publics.items() if pattern.search(words)), "inconnu")


def _age(words: str) -> int | None:
    match = _AGE.search(words)
    return int(match[1] or match[2]) if match else None
