"""What a sheet says on the points asked: the answer that a person wrote, else the field that holds it, else nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.points import points
from knowledge_base.sections import field_text

# A point that asks for nothing in particular: the sheet in short answers it.
ANYTHING = ("definition", "other", "choice", "how", "access")
TOLD_MOST = 2


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


def tell(sheet: Any, asked: Sequence[str], asks: Sequence[str]) -> list[Told]:
    """The answers to the points `asked`, best first; `asks` are the sheet's ways of asking that came nearest."""
    found = [item for ask in asks if (item := _item_asking(sheet, ask)) is not None]
    told = [_from_item(item) for item in found]
    for point in asked if not told else ():
        # A field is no sentence that answers somebody: it speaks where nobody wrote an answer.
        if text := field_answer(sheet, point):
            told.append(Told(point, text, text))
    return _unlike(told)[:TOLD_MOST]


def field_answer(sheet: Any, point: str) -> str:
    """What the fields of a sheet say of a point; empty when they say nothing."""
    fields = points()[point].fields.get(sheet.kind, ())
    return next((text for name in fields if (text := field_text(sheet, name))), "")


def answerable(sheet: Any) -> list[str]:
    """The points that a sheet answers, those of its questions first."""
    items = [item.point for item in sheet.questions]
    return list(dict.fromkeys([*items, *(point for point in points() if field_answer(sheet, point))]))


def _item_asking(sheet: Any, ask: str) -> Any:
    return next((item for item in sheet.questions if ask in item.asks or ask == item.answer), None)


def _from_item(item: Any) -> Told:
    return Told(item.point, item.answer, item.spoken or item.answer, item)


def _unlike(told: list[Told]) -> list[Told]:
    kept: dict[str, Told] = {}
    for found in told:
        kept.setdefault(found.text, found)
    return list(kept.values())
