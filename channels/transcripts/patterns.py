"""The patterns of patterns.yml, over a text that keeps its length: what is found can be cut out of the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from unidecode import unidecode

from language.yml import read_yml

FILE = Path(__file__).parent / "patterns.yml"


@dataclass(frozen=True)
class Patterns:
    """Compiled patterns by purpose; `publics` in order of precedence."""

    sensitive: re.Pattern[str]
    names: re.Pattern[str]
    sure_names: re.Pattern[str]
    personal: dict[str, re.Pattern[str]]
    wishes: re.Pattern[str]
    promises: re.Pattern[str]
    publics: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Reads the file once."""
    data = read_yml(FILE.read_text("utf-8"))
    publics = {str(name): _whole(words) for name, words in data["publics"].items()}
    personal = {str(label): _whole(words) for label, words in data["personnels"].items()}
    return Patterns(sensitive=_whole(data["sensibles"]), names=_whole(data["noms"]), sure_names=_whole(data["noms_surs"]),
                    personal=personal, wishes=_start(data["demandes"]), promises=_whole(data["promesses"]), publics=publics)


def same_length(text: str) -> str:
    """Without accents and capitals, letter for letter; what is no letter or digit becomes a space."""
    return "".join(_bare(character) for character in text)


def plain(text: str) -> str:
    """The same with single spaces: what patterns read when places do not matter."""
    return " ".join(same_length(text).split())


def _bare(character: str) -> str:
    found = unidecode(character).lower()
    return found[0] if len(found) >= 1 and found[0].isalnum() else " "


def _whole(parts: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


def _start(parts: list[str]) -> re.Pattern[str]:
    return re.compile(r"^(?:(?:bonjour|alors|oui|euh|voila|et|donc|mais|bon|en fait) )*(?:" + "|".join(parts) + ")")
