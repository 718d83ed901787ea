"""What an answer did, seen from outside: it showed sheets, refused, asked back, or only said something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from unidecode import unidecode

from evaluation.exchange import Exchange
from language.yml import read_yml

Outcome = Literal["answered", "refused", "asked", "said", "person", "nothing"]
_WITH_A_PERSON = {"queued", "human", "callback"}


def outcome_of(exchange: Exchange) -> Outcome:
    """What the answer did. A machine that says it has not understood has refused, whatever it shows beside."""
    if exchange.failure:
        return "nothing"
    if (exchange.understood or {}).get("understood") is False:
        return "refused"
    if exchange.sheets:
        return "answered"
    if exchange.mode in _WITH_A_PERSON:
        return "person"
    return outcome_of_text("\n".join(message["text"] for message in exchange.messages))


def outcome_of_text(text: str) -> Outcome:
    """The same for a text without sheets."""
    said = unidecode(text).lower()
    for name in ("refused", "asked"):
        if _patterns()[name].search(said):
            return "refused" if name == "refused" else "asked"
    return "said"


def offers_a_person(exchange: Exchange) -> bool:
    """True when a person has the conversation, or is one choice of the answer away."""
    buttons = unidecode(" ".join(exchange.offers)).lower()
    return exchange.mode in _WITH_A_PERSON or "conseiller" in buttons or "rappel" in buttons


def alarms(exchange: Exchange) -> bool:
    """True when the fixed text of distress was given."""
    said = " ".join(reply["text"] for reply in exchange.messages if reply["author"] == "system")
    return bool(_patterns()["alarm"].search(said))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    path = Path(__file__).with_name("outcomes.yml")
    read = read_yml(path.read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for name, patterns in read.items()}
