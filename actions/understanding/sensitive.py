"""Sensitive data given without need: recognised so that the person is told, never kept nor repeated."""

from __future__ import annotations

import re

from actions.fold import fold

_SOCIAL_SECURITY = re.compile(
    r"\b[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2])[ .]?(?:\d{2}|2[ab])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?\b", re.I
)
_CARD = re.compile(r"\b(?:\d{4}[ .-]?){3}\d{4}\b")
_IBAN = re.compile(r"\bFR\d{2}(?:[ .]?[0-9A-Z]{4}){5}[ .]?[0-9A-Z]{3}\b", re.I)
_PASSWORD = re.compile(r"\b(?:mon )?(?:mot de passe|mdp|code secret|code pin) (?:est|c est|cest) \S+")
_HEALTH = re.compile(r"\b(?:seropositi(?:f|ve)|vih|bipolaire|schizophren\w*|cancer|sous antidepresseurs?|toxicomane)\b")


def holds_sensitive_data(text: str) -> bool:
    """Whether the words hold a social security, card or bank number, a password, or a diagnosis of one's own."""
    if _SOCIAL_SECURITY.search(text) or _CARD.search(text) or _IBAN.search(text):
        return True
    folded = fold(text)
    own = re.search(r"\b(?:je suis|j ai|jai|chui|mon|ma)\b", folded)
    return bool(_PASSWORD.search(folded) or (own and _HEALTH.search(folded)))
