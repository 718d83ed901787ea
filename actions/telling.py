"""What a sheet says on the points asked: the answer that a person wrote, else the field that holds it, else nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge_base.answering import FIELD, field_answer
from knowledge_base.points import points

# A point that asks for nothing in particular: the sheet in short answers it.
ANYTHING = ("definition", "other", "choice", "how", "access")
TOLD_MOST = 3
_YES_NO = re.compile(r"^(?:Oui|Non)(?:,| :)\s+(?!mais\b)")


@dataclass(frozen=True)
class Told:
    """One answered point. `item` is the question it comes from, None for a field of the sheet."""

    point: str
    text: str
    spoken: str
    item: Any = None

    @property
    def source(self) -> Any:
        """The item's own source, None when it is the sheet's."""
        return self.item.source if self.item is not None else None


def tell(sheet: Any, asked: Sequence[str], keys: Sequence[str], doubted: Collection[str] = ()) -> list[Told]:
    """The answers that `keys` name (`Answer.key`), best first; what the fields say of the points `asked` when there is none: an
    editor may have reworded a question since it was found. Those `doubted` say neither yes nor no."""
    return _unlike(_all(sheet, keys, doubted) or _all(sheet, [f"{FIELD}{point}" for point in asked]))[:TOLD_MOST]


def _all(sheet: Any, keys: Sequence[str], doubted: Collection[str] = ()) -> list[Told]:
    found = ((key, _told(sheet, key)) for key in keys)
    return [_neither(told) if key in doubted else told for key, told in found if told is not None]


def _neither(told: Told) -> Told:
    """« Oui, beaucoup d’hommes le font » → « Beaucoup d’hommes le font »: a yes to another question misleads."""
    return replace(told, text=_without(told.text), spoken=_without(told.spoken))


def _without(text: str) -> str:
    rest = _YES_NO.sub("", text)
    return rest[:1].upper() + rest[1:]


def _told(sheet: Any, key: str) -> Told | None:
    if not key.startswith(FIELD):
        item = next((item for item in sheet.questions if key in item.asks), None)
        return _from_item(item) if item is not None else None
    point = key.removeprefix(FIELD)
    text = field_answer(sheet, point)
    return Told(point, text, text) if text else None


def answerable(sheet: Any) -> list[str]:
    """The points that a sheet answers, those of its questions first."""
    items = [item.point for item in sheet.questions]
    return list(dict.fromkeys([*items, *(point for point in points() if field_answer(sheet, point))]))


def point_of(sheet: Any, key: str) -> str:
    """The point that an answer of a sheet (`Answer.key`) answers; empty when there is none of that name."""
    told = _told(sheet, key)
    return told.point if told is not None else ""


def _from_item(item: Any) -> Told:
    return Told(item.point, item.answer, item.spoken or item.answer, item)


def _unlike(told: list[Told]) -> list[Told]:
    kept: dict[str, Told] = {}
    for found in told:
        kept.setdefault(found.text, found)
    return list(kept.values())
