"""Files groups and gives out what was filed: as Rasa training data, and as a list of sheets to write."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.console.unknown.personal import without_names
from channels.errors import Invalid
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store.models import FiledSentence, Verdict

_NLU = Path(__file__).resolve().parents[3] / "data" / "acts"
_INTENT = re.compile(r"^\s*- intent: ([a-z_]+)\s*$", re.MULTILINE)
_HASH = re.compile(r"[\w-]{20,64}")
_LONGEST = 300  # characters of a training sentence


@dataclass(frozen=True, slots=True)
class Wish:
    """A sheet that somebody found missing."""

    text: str
    wish: str
    at: datetime


@lru_cache
def intents() -> tuple[str, ...]:
    """The names that sentences can be filed under, as data/acts knows them."""
    return tuple(sorted({name for path in _NLU.glob("*.yml") for name in _INTENT.findall(path.read_text("utf-8"))}))


def filed_keys(session: Session) -> set[str]:
    """What is done already."""
    return set(session.scalars(select(FiledSentence.key)))


def file_group(session: Session, who: Principal, keys: Sequence[str], verdict: Verdict, text: str, *, intent: str | None = None,
               wish: str | None = None) -> None:
    """Files every spelling of a group (`keys`: their keyed hashes); the sentence itself is kept once, on the first.

    Raises:
        Invalid: an unknown intent, or nothing to keep.
    """
    kept = without_names(text)[:_LONGEST]
    if verdict == Verdict.INTENT and (intent not in intents() or not kept):
        raise Invalid("Choisissez une intention et laissez une phrase.")
    if verdict == Verdict.SHEET and not (wish or "").strip():
        raise Invalid("Dites en quelques mots quelle fiche manque.")
    known = filed_keys(session)
    fresh = [key for key in dict.fromkeys(keys) if _HASH.fullmatch(key) and key not in known]
    for index, key in enumerate(fresh):
        session.add(FiledSentence(key=key, verdict=verdict, intent=intent, text="" if index else kept, account_id=who.account_id,
                                  wish=None if index else (wish or "").strip()[:_LONGEST] or None))
    write_audit(session, who.account_id, "sentence_filed", "sentence", str(verdict))


def training_data(session: Session) -> str:
    """Filed sentences as Rasa YAML, by intent; `parcours train` takes the file once it lies in data/acts."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    filed = select(FiledSentence).where(FiledSentence.verdict == Verdict.INTENT)
    for row in session.scalars(filed.order_by(FiledSentence.created_at)):
        if row.text and row.intent:
            by_intent[row.intent].append(_one_example(row.text))
    lines = ['version: "3.1"', "nlu:"]
    for name in sorted(by_intent):
        lines += [f"- intent: {name}", "  examples: |", *(f"    - {text}" for text in dict.fromkeys(by_intent[name]))]
    return "\n".join(lines if by_intent else ['version: "3.1"', "nlu: []"]) + "\n"


def wishes(session: Session) -> list[Wish]:
    """Sheets that are missing, newest first."""
    rows = session.scalars(select(FiledSentence).where(FiledSentence.verdict == Verdict.SHEET)
                           .order_by(FiledSentence.created_at.desc()).limit(200))
    return [Wish(row.text, row.wish, row.created_at) for row in rows if row.wish]


def _one_example(text: str) -> str:
    # Rasa reads [x](y), [x]{…} as entities; what masking left in brackets is said in words.
    return text.replace("[", "").replace("]", "").lstrip("/- ")
