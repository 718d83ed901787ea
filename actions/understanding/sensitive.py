"""Sensitive data given without need: recognised so that the person is told, never kept nor repeated."""

from __future__ import annotations

import re
from typing import Literal

from actions.fold import fold

Sensitive = Literal["number", "secret", "health"]

# What the channels put in the place of numbers and addresses before the engine sees a message.
_MASKS = ("[numéro]", "[adresse e-mail]")
_SOCIAL_SECURITY = re.compile(
    r"\b[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2])[ .]?(?:\d{2}|2[ab])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?\b", re.I
)
_CARD = re.compile(r"\b(?:\d{4}[ .-]?){3}\d{4}\b")
_IBAN = re.compile(r"\bFR\d{2}(?:[ .]?[0-9A-Z]{4}){5}[ .]?[0-9A-Z]{3}\b", re.I)
_PASSWORD = re.compile(r"\b(?:mon )?(?:mot de passe|mdp|code secret|code pin) (?:\w+ ){0,2}?(?:est|c est|cest) \S+")
_HEALTH = re.compile(
    r"\b(?:seropositi(?:f|ve)|vih|bipolaire|schizophren\w*|cancer|sous antidepresseurs?|toxicomane|depressi(?:f|ve)|depression)\b"
)
_OWN = re.compile(r"\b(?:je suis|j ai|jai|chui|jsuis|mon|ma)\b")


def sensitive_in(text: str) -> Sensitive | None:
    """A personal number or address, a password, a diagnosis of one's own or of one's child; None when there is none."""
    folded = fold(text)
    if _PASSWORD.search(folded):
        return "secret"
    if any(mask in text for mask in _MASKS) or any(number.search(text) for number in (_SOCIAL_SECURITY, _CARD, _IBAN)):
        return "number"
    return "health" if _OWN.search(folded) and _HEALTH.search(folded) else None
