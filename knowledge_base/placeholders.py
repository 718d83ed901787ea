"""What a sheet leaves open for the settings: the helpline's own number, which an installation may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from knowledge_base.hits import Hit, SearchPage

HELPLINE_NUMBER = "{helpline_number}"
# The number that the Région publishes. A sheet with a source may write it; an installation's own number replaces it.
PUBLIC_NUMBER = "0 800 05 00 00"
# Sheets write « le {helpline_number} », « au {helpline_number} »: without a number these words stand in its stead.
UNNUMBERED = "numéro vert de la Région"


@dataclass(frozen=True)
class Placeholders:
    """Fills the sheets and hits that leave the knowledge base; `helpline_number` None or empty: no number is known."""

    helpline_number: str | None = None

    def text(self, text: str) -> str:
        """The text as people read it."""
        text = text.replace(HELPLINE_NUMBER, self.helpline_number or UNNUMBERED)
        return text.replace(PUBLIC_NUMBER, self.helpline_number) if self.helpline_number else text

    def hit(self, hit: Hit) -> Hit:
        """The hit, its words filled."""
        words = f"{hit.title}{hit.subtitle}{hit.text}"
        if HELPLINE_NUMBER not in words and PUBLIC_NUMBER not in words:
            return hit
        return replace(hit, title=self.text(hit.title), subtitle=self.text(hit.subtitle), text=self.text(hit.text))

    def hits(self, hits: list[Hit]) -> list[Hit]:
        """Each hit, its words filled."""
        return [self.hit(hit) for hit in hits]

    def page(self, page: SearchPage) -> SearchPage:
        """The page, its hits filled."""
        return replace(page, results=self.hits(page.results))

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        """The columns of a sheet, each text in them filled, however deep."""
        return {name: self._value(value) for name, value in row.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return self.row(value)
        return [self._value(item) for item in value] if isinstance(value, list) else value
