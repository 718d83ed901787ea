"""Shares with their 95 % intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.96  # 95 %


@dataclass(frozen=True)
class Share:
    """`hits` of `count` (halves, with two readers). Without anything counted it is unknown, which is « – » and never 0."""

    hits: float
    count: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None when nothing was counted."""
        return self.hits / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval: it stays within 0 and 1, and holds for few messages.

        >>> Share(0, 10).interval
        (0.0, 0.278)
        """
        if not self.count:
            return None
        share, n = self.hits / self.count, self.count
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)

    def figures(self) -> dict[str, object]:
        """What is kept in a file of figures."""
        share = None if self.value is None else round(self.value, 4)
        return {"share": share, "interval": self.interval, "hits": self.hits, "of": self.count}

    def __str__(self) -> str:
        if self.value is None or self.interval is None:
            return "–"
        low, high = self.interval
        return f"{100 * self.value:.1f} % [{100 * low:.0f}–{100 * high:.0f}] ({self.hits:g}/{self.count})"
