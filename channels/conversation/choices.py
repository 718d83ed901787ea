"""Numbered choices by SMS and phone: « 2 », « la 2 », « deux », « le deuxième », or the label itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from channels.messages import Json
from language.fold import fold_words
from language.numbers import number_at

_ORDINALS = ("premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme")
_CHOICE = re.compile(r"(?:(?:je (?:veux|prends|choisis|voudrais)|plutot|ok|oui|alors) )?"
                     r"(?:(?:la|le|l|choix|numero|n|num|option|reponse|touche) )*(\d|[a-z]+)(?: (?:svp|stp|merci))?")


_LISTED = re.compile(r"^\d{1,2}[.)]\s+(.+)$")


def without_choices(text: str, labels: Collection[str], also: str = "") -> str:
    """The text without the numbered lines that its choices repeat. What is listed beyond them comes last, in one sentence
    `also` (« Et aussi : {what}. »), or not at all when there is none."""
    listed = [(_LISTED.match(line), line) for line in text.split("\n")]
    titles = [match[1].strip() for match, _ in listed if match]
    if not set(titles) & set(labels):
        return text
    others = ", ".join(title.split(" (")[0] for title in titles if title not in labels)
    lines = [line for match, line in listed if match is None]
    return "\n".join([*lines, also.format(what=others)] if also and others else lines)


def pick(text: str, buttons: Sequence[Json]) -> int | None:
    """The index of the button that the text chooses, or None."""
    plain = fold_words(text)
    if (same := _by_label(plain, buttons)) is not None:
        return same
    match = _CHOICE.fullmatch(plain)
    number = _number(match[1]) if match else None
    return number - 1 if number and number <= len(buttons) else None


def _by_label(plain: str, buttons: Sequence[Json]) -> int | None:
    labels = [fold_words(str(item["label"])) for item in buttons]
    return labels.index(plain) if plain and plain in labels else None


def _number(word: str) -> int | None:
    if word in {"premiere", "seconde", "second"}:
        return 1 if word == "premiere" else 2
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    read = number_at([word], 0)
    return read[0] if read else None
