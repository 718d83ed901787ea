"""A text made one plain line, as the shapes of `language.times_grammar` read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from language.clauses import ends_between
from language.numbers import number_at
from language.times_grammar import WEEKDAYS
from language.times_hours import LATEST_NIGHT
from language.typos import shipped_vocabulary
from language.words import Word, normal_words

LONGEST_TEXT = 600  # characters read: a time for a call is said in a sentence or two


def plain_line(text: str) -> str:
    """The text as the shapes read it.

    >>> plain_line("demain à quinze heures trente, svp")
    'demain a 15h30 , s il vous plait'
    """
    text = _ISO_DATE.sub(r"\3/\2/\1", text[:LONGEST_TEXT])
    text = _DOTTED_HOUR.sub(r"\1h\2", _DOTTED_DATE.sub(r"\1/\3/\4", text))
    words = normal_words(text, shipped_vocabulary())
    line = " ".join(_pieces(text, words))
    for found, right in _HOURS:
        line = found.sub(right, line)
    return _TO_THE_HOUR.sub(_earlier, line)


def _pieces(text: str, words: Sequence[Word]) -> Iterator[str]:
    forms = [word.normal for word in words]
    place = 0
    while place < len(words):
        number = number_at(forms, place)
        end = number[1] if number else place + 1
        if any(ends_between(text, words[each - 1], words[each]) for each in range(place + 1, end)):
            number, end = number_at(forms[: place + 1], place), place + 1
        yield str(number[0]).zfill(len(forms[place]) if forms[place].isdecimal() else 1) if number else forms[place]
        yield from _gap(text, words, end)
        place = end


def _gap(text: str, words: Sequence[Word], place: int) -> Iterator[str]:
    """What stands between two words, as far as it matters."""
    if place >= len(words):
        return
    left, right = words[place - 1], words[place]
    between = text[left.end : right.start].strip() if left.end < right.start else ""
    figures = left.normal[-1:].isdecimal() or left.normal.endswith("h")
    if between in {":", "/", "-", "–"} and figures and right.normal[:1].isdecimal():
        slash = "-" if "h" in left.normal else "/"  # « 14h/16h » is from one hour to the other
        yield {":": "h", "/": slash}.get(between, "-")
    elif ends_between(text, left, right):
        yield ","


# « 9h moins dix », « midi moins le quart ».
_TO_THE_HOUR = re.compile(r"\b(\d{1,2}h|midi) moins (?:(?:le |1 )?quart\b|(5|10|20|25)\b(?: ?(?:mn|min|minutes)\b)?)")
_ISO_DATE = re.compile(r"(?<![\d.-])(20\d\d)-(\d\d)-(\d\d)(?![.-]?\d)")
_DOTTED_DATE = re.compile(r"(?<![\d.-])(\d{1,2})([.-])(\d{1,2})\2((?:20)?\d\d)(?![.-]?\d)")
_DOTTED_HOUR = re.compile(rf"(?<![\w.])((?:à|a|vers|après|apres|avant|dès|demain|matin|soir|{'|'.join(WEEKDAYS)})"
                          r" \d{1,2})\.(\d{2})(?![.\d])", re.IGNORECASE)


def _earlier(match: re.Match[str]) -> str:
    hour = 12 if match[1] == "midi" else int(match[1][:-1])
    hour += 12 if 0 < hour <= LATEST_NIGHT else 0  # « une heure moins le quart » is after noon
    return f"{(hour - 1) % 24}h{60 - int(match[2] or 15)}"


# « mar. 14h », « jeu matin »: three letters are a day only before an hour or a part of one.
_AFTER_SHORT_DAY = r"(?=(?:, )?(?:\d{1,2}(?:h|\b)|matin|soir|midi|apres midi|aprem|en (?:fin|debut|milieu) ))"
# Every way of writing an hour, in order, made one.
_HOURS: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(found), right) for found, right in (
    (r"\bap (?=\d)", "apres "),
        (r"\b(\d{1,2}) h (\d{2})\b", r"\1h\2"),
    (r"(?<=\d) / (?=\d)", "/"),
    (r"\b(\d{1,2}) ?(?:h|hr|hrs|heures?)\b(?: (?:et )?(\d{2})\b(?! ?(?:h|heure|ans|/)))?", r"\1h\2"),
    (r"\b(\d{1,2})h(\d{2}) ?(?:mn|min|minutes)\b", r"\1h\2"),
    (r"\b(\d{1,2})h 0 (\d)\b", r"\1h0\2"),
    (r"\b(\d{1,2})h et demie?\b", r"\1h30"),
    (r"\b(\d{1,2})h et (?:1 )?quart\b", r"\1h15"),
    (r"\bmidi et demie?\b", "midi 30"),
    (r"\bmidi et (?:1 )?quart\b", "12h15"),
    *((rf"\b{day[:3]} {_AFTER_SHORT_DAY}", f"{day} ") for day in WEEKDAYS),
    (r"\ble premier (?=janv|fev|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)", "le 1 "),
    (r"\ble 1er\b", "le 1"),
))  # fmt: skip
