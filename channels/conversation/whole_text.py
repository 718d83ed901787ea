"""Text that can be stored and sent on: half of an emoji, which JSON can carry, becomes a replacement character."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator


def whole(text: str) -> str:
    """The same text without halves: a field of a page cuts an emoji in two when its maximal length falls there."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


WholeText = Annotated[str, AfterValidator(whole)]
