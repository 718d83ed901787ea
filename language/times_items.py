"""The things said of days and hours in one line, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from language.times_hours import Window

_LONGEST_SPAN = 14  # days between « du lundi » and « au mercredi »


@dataclass(frozen=True)
class Item:
    """One thing said: days or a window, where in the line."""

    start: int
    end: int
    days: tuple[date, ...] = ()
    window: Window | None = None
    movable: bool = False  # a weekday by its name: the one of next week when today's hour is past
    refused: bool = False


_TIES = re.compile(
    r"(?: (?:,|ou|et|le|la|l|les|a|vers|bien|alors|plutot|sinon|puis"
    r"|pour|dans|en|de|au|du|jusqu|entre|apres|avant|svp|si possible|c est bien))* ?"
)
_SPAN_BEFORE = re.compile(r"(?:^| )(?:entre|du|de|d)(?: le)? $")
_SPAN_WITHIN = re.compile(r" (?:et|a|au|jusqu a|jusqu au)(?: le)? ")
_ALTERNATIVE = re.compile(r"\b(?:ou|et|sinon|puis)\b|,")


def joined_spans(items: list[Item], line: str) -> list[Item]:
    """« du lundi au mercredi », « entre demain et jeudi »: every day between, the two included."""
    result: list[Item] = []
    for item in items:
        span = _span(result[-1], item, line) if result else ()
        if span:
            result[-1] = replace(result[-1], end=item.end, days=span, movable=False)
        else:
            result.append(item)
    return result


def _span(first: Item, last: Item, line: str) -> tuple[date, ...]:
    if len(first.days) != 1 or len(last.days) != 1 or first.window or last.window:
        return ()
    if not _SPAN_BEFORE.search(line[: first.start]) or not _SPAN_WITHIN.fullmatch(line[first.end : last.start]):
        return ()
    length = (last.days[0] - first.days[0]).days % _LONGEST_SPAN
    if last.movable and last.days[0] < first.days[0]:
        length = length % 7
    return tuple(first.days[0] + timedelta(days=ahead) for ahead in range(length + 1))


def groups(items: list[Item], line: str) -> list[list[Item]]:
    """Items that belong together: days and the hours said with them; a day after hours begins anew."""
    found: list[list[Item]] = []
    for item in items:
        before = _before_refusal(found, item)
        if before is not None:
            before.append(item)
        elif found and _joins(found[-1], item, line):
            found[-1].append(item)
        else:
            found.append([_of_last_day(found, item)])
    return found


def _before_refusal(found: list[list[Item]], item: Item) -> list[Item] | None:
    """« plutôt jeudi que demain, à 9h »: the hour is of Thursday."""
    if len(found) < 2 or item.days or item.refused or not all(other.refused and other.days for other in found[-1]):
        return None
    wished = found[-2]
    return wished if not any(other.refused or other.window for other in wished) else None


def _joins(group: list[Item], item: Item, line: str) -> bool:
    last = group[-1]
    between = line[last.end : item.start]
    if last.refused != item.refused:
        return False
    if last.days and item.window and group[0].window and _ALTERNATIVE.search(between):
        # « 15h demain ou 10h jeudi »: who says the hour first says it first again.
        return False
    tied = _TIES.fullmatch(between) is not None
    if item.days and not item.window and any(other.days for other in group):
        # « lundi ou mardi »: alternatives; « lundi matin ou mardi après-midi »: two wishes.
        return tied and not any(other.window for other in group)
    return item.window is None or not item.days if tied or not item.days else False


def _of_last_day(found: list[list[Item]], item: Item) -> Item:
    """« pas demain matin, l'après-midi »: the afternoon of tomorrow."""
    if not found or item.days or not found[-1][-1].refused or item.refused:
        return item
    last = found[-1]
    has_both = any(other.days for other in last) and any(other.window for other in last)
    return replace(item, days=tuple(day for other in last for day in other.days)) if has_both else item


def narrowed(windows: list[Window], line: str, group: Sequence[Item]) -> list[Window]:
    """« demain après-midi à 3h » is one window, « à 15h ou 16h » are two."""
    said = [item for item in group if item.window]
    result: list[Window] = []
    for place, window in enumerate(windows):
        chosen = place > 0 and re.search(r"\b(?:ou|et)\b", line[said[place - 1].end : said[place].start])
        both = None
        if result and not chosen:
            later = window.later()
            both = result[-1].within(window) or (result[-1].within(later) if later else None)
        if both:
            result[-1] = both
        else:
            result.append(window)
    return result
