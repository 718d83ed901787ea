"""Takes numbers, names and sensitive words out of a transcript before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Sequence

from channels.privacy.masking import PHONE_MASK, mask
from channels.transcripts.model import ADVISOR, CALLER, Line
from channels.transcripts.patterns import patterns, same_length

NAME_MASK, SENSITIVE_MASK = "[nom]", "[information sensible]"
_NUMBER_WORDS = ("zero|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
                 "quarante|cinquante|soixante|quatre vingts?|et")
# « zéro six, douze, trente-quatre… »: a number given aloud is at least five such words in a row.
_SAID_NUMBER = re.compile(rf"\b(?:(?:{_NUMBER_WORDS})\b[ ]*){{5,}}")
_NAME = re.compile(r"\s*((?:[A-ZÉÈÀÂÎÔÇ][\w'’-]*)(?:\s+(?:de |du |d'|le |la )?[A-ZÉÈÀÂÎÔÇ][\w'’-]*){0,2})")

# Without capitals: one or two words that are no tool words.
_NO_NAME = (r"(?!(?:pour|parce|car|donc|comment|pas|plus|et|je|j|de|du|à|suis|ai|c|mon|ma|alors|voilà|au|aux|en|sur|avec|il|elle|"
            r"on|qui)\b)")
_WORD = r"[^\W\d_][\w'’-]*"
_ANY_NAME = re.compile(rf"\s*{_NO_NAME}({_WORD}(?:\s+{_NO_NAME}{_WORD})?)", re.IGNORECASE)


def unnamed(lines: Sequence[Line]) -> dict[str, str]:
    """What each speaker is called from here on: « voix 1 » for whoever is neither caller nor advisor; files hold full names."""
    known = {"": "", CALLER: CALLER, ADVISOR: ADVISOR}
    others = [speaker for speaker in dict.fromkeys(line.speaker for line in lines) if speaker not in known]
    return known | {speaker: f"voix {number}" for number, speaker in enumerate(others, 1)}


def mask_line(text: str, what: str = "numeros,noms,sensibles") -> str:
    """The text with what the setting names replaced; « numeros », « noms », « sensibles », in any combination."""
    wanted = {name.strip() for name in what.split(",")}
    if "numeros" in wanted:
        text = _personal(_cut(mask(text), _SAID_NUMBER, PHONE_MASK))
    if "noms" in wanted:
        text = _names(text)
    return _cut(text, patterns().sensitive, SENSITIVE_MASK) if "sensibles" in wanted else text


def _cut(text: str, pattern: re.Pattern[str], replacement: str) -> str:
    for match in reversed(list(pattern.finditer(same_length(text)))):
        end = match.start() + len(match[0].rstrip())
        text = text[: match.start()] + replacement + text[end:]
    return text


def _personal(text: str) -> str:
    for label, pattern in patterns().personal.items():
        for match in reversed(list(pattern.finditer(same_length(text)))):
            text = text[: match.start(1)] + f"[{label}]" + text[match.end(1):]
    return text


def _names(text: str) -> str:
    text = _after(text, patterns().sure_names, (_NAME, _ANY_NAME))
    return _after(text, patterns().names, (_NAME,))


def _after(text: str, announced: re.Pattern[str], names: Sequence[re.Pattern[str]]) -> str:
    # Right to left, so that the places found before a replacement stay true.
    for match in reversed(list(announced.finditer(same_length(text)))):
        name = next((found for name in names if (found := name.match(text, match.end()))), None)
        if name:
            text = text[: name.start(1)] + NAME_MASK + text[name.end(1):]
    return text
