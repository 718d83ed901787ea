"""A session that comes back: the same fields, week after week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from knowledge_base.agenda.entry import read_day
from knowledge_base.errors import SessionRefused

MOST_TIMES, MOST_WEEKS = 52, 8


def repeated(written: Mapping[str, str], times: str = "", weeks: str = "") -> list[dict[str, str]]:
    """The sessions of a series: `times` in all, `weeks` apart (empty: once, each week). Raises SessionRefused."""
    many, apart = _number("Nombre de dates", times, MOST_TIMES), _number("Semaines entre deux dates", weeks, MOST_WEEKS)
    if many == 1:
        return [dict(written)]
    first = read_day(str(written.get("date") or "").strip())
    return [{**written, "date": (first + timedelta(weeks=apart * number)).isoformat()} for number in range(many)]


def _number(label: str, text: str, most: int) -> int:
    text = text.strip() or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise SessionRefused([f"{label} : un nombre de 1 à {most}."])
    return int(text)
