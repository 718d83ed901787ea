"""Bars as SVG, drawn here: lengths and patterns carry the meaning, colour never alone, so they read in black and white."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from channels.console.supervision.figures import Bar

_WIDTH, _HEIGHT = 300, 14  # units of the drawing
# One pattern a channel, in the order of labels.CHANNELS: full, hatched, dotted (styled in console.css).
PATTERNS = ("full", "hatch", "dots")


def bar(row: Bar, highest: float) -> Markup:
    """One bar in proportion to the highest of its figure; decorative: the number stands beside it."""
    scale = _WIDTH / highest if highest else 0
    drawn = _parts(row.parts, scale) if row.parts else _rect(0, row.value * scale, PATTERNS[0])
    drawing = Markup('<svg class="bar-chart" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
    return drawing.format(_WIDTH, _HEIGHT, drawn)


def _parts(parts: Sequence[tuple[str, float]], scale: float) -> Markup:
    drawn, start = Markup(""), 0.0
    for (_, value), pattern in zip(parts, PATTERNS, strict=False):
        drawn += _rect(start, value * scale, pattern)
        start += value * scale
    return drawn


def _rect(start: float, length: float, pattern: str) -> Markup:
    if length <= 0:
        return Markup("")
    return Markup('<rect x="{}" y="0" width="{}" height="{}" class="p-{}"/>').format(
        round(start, 1), round(max(length, 1), 1), _HEIGHT, pattern)
