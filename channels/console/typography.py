"""French spacing in the templates' own words: what a line must not break before or after gets an unbreakable space.

Only the templates' source is touched, never what people wrote: an unbreakable space in a reply would change what an SMS costs.
"""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension

NBSP = "\u00a0"
_BEFORE = re.compile(r"(?<=\S) (?=[;:?!»](?:[\s<.,)]|$))")
_AFTER = re.compile(r"(?<=«) ")


def spaced(text: str) -> str:
    """« Quoi ? » with its spaces bound."""
    return _AFTER.sub(NBSP, _BEFORE.sub(NBSP, text))


class FrenchSpacing(Extension):
    """Binds the spaces when a template is loaded."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source, spaced."""
        return spaced(source)


def install(environment: Environment) -> None:
    """From now on templates are spaced."""
    environment.add_extension(FrenchSpacing)
