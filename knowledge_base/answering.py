"""What a sheet can answer: the questions that somebody wrote for it, and the fields that speak where nobody did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.points import points
from knowledge_base.sections import field_text
from knowledge_base.sheet import Sheet

FIELD = "field:"


@dataclass(frozen=True)
class Answer:
    """One answer of a sheet: its points (a field may answer several), the ways of asking it, what it says.

    `is_field`: a field of the sheet, not a question. `key` names it within its sheet.
    """

    points: tuple[str, ...]
    asks: tuple[str, ...]
    text: str
    is_field: bool = False

    @property
    def point(self) -> str:
        """The point that it answers first."""
        return self.points[0]

    @property
    def key(self) -> str:
        """Its first way of asking, or `field:POINT`."""
        return f"{FIELD}{self.point}" if self.is_field else self.asks[0]


def answers_of(sheet: Sheet) -> tuple[Answer, ...]:
    """All that the sheet answers: its questions in their order, then each of its fields that answers a point."""
    questions = (Answer((item.point,), tuple(item.asks), item.answer) for item in sheet.questions)
    return (*questions, *_fields(sheet))


def field_answer(sheet: Sheet, point: str) -> str:
    """What the fields of a sheet say of a point; empty when they say nothing."""
    fields = points()[point].fields.get(sheet.kind, ())
    return next((text for name in fields if (text := field_text(sheet, name))), "")


def _fields(sheet: Sheet) -> Iterator[Answer]:
    answered: dict[str, list[str]] = {}
    for point in points():
        if text := field_answer(sheet, point):
            answered.setdefault(text, []).append(point)
    for text, said in answered.items():
        yield Answer(tuple(said), tuple(ask for point in said for ask in points()[point].asks), text, is_field=True)
