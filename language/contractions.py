"""A place's name behind « à » and « de »: « au Havre », « des Andelys », « d'Évreux »."""

from __future__ import annotations

import re

_JOINED = {"à le": "au", "à les": "aux", "de le": "du", "de les": "des"}
_ARTICLE = re.compile(r"\b(à|de) (Les?) (?=[A-ZÀ-Ý])", re.IGNORECASE)
_ELIDED = re.compile(r"\b([Dd])e (?=[AEIOUYÀÂÉÈÊËÎÏÔÛ][a-zà-ÿ])")


def contracted(text: str) -> str:
    """The text with « à Le Havre » as it is said; articles in small letters are left alone (« dire à le faire »)."""
    return _ELIDED.sub(r"\1'", _ARTICLE.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    if found[2][0] != "L":
        return found[0]
    word = _JOINED[f"{found[1]} {found[2]}".lower()]
    return f"{word.capitalize() if found[1][0].isupper() else word} "
