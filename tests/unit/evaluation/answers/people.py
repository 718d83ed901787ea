"""Messages and answers for the tests of the marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evaluation.answers.listed import Listed, Need
from evaluation.answers.references import Sheets
from evaluation.exchange import Exchange

SHEETS = Sheets(
    {"metier/coiffeur": "Coiffeur / Coiffeuse", "formation/cap-coiffure": "CAP métiers de la coiffure", "dispositif/cpf": "CPF",
     "aide/permis": "Aides au permis", "metier/boulanger": "Boulanger / Boulangère"},
    {"terme/cpf-terme": "dispositif/cpf"})
HAIR = Need("coiffure", "access", False, ("metiers/coiffeur", "formations/cap-coiffure"))
LICENCE = Need("aide au permis", "cost", False, ("aides/permis",))
MISSING = Need("rien", "other", False, ())
MESSAGE = Listed("w1-001", "fille, 3e", "jeunes", "sms", "metier", "slt jve fer coifure", "un CAP", "in", (HAIR,))
EXCHANGE = Exchange("w1-001", "w1-001", 1, "web", MESSAGE.message, [], [], [], "bot", 0.02)


def asking(*needs: Need, scope: Any = "in") -> Listed:
    """Somebody who needs this."""
    return replace(MESSAGE, needs=needs, scope=scope)


def answer(*sheets: str, text: str = "Voici.", **more: Any) -> Exchange:
    """An answer with these sheets as cards."""
    cards = [dict(zip(("kind", "id"), sheet.split("/", 1), strict=True)) for sheet in sheets]
    return replace(EXCHANGE, cards=cards, replies=[{"author": "bot", "text": text}], **more)


def by_sms(*sheets: str, text: str = "Voici.", choices: tuple[str, ...] = (), author: str = "bot", **more: Any) -> Exchange:
    """The same by SMS, where an answer shows no card: what the helpline wrote down tells its sheets and choices."""
    shown = answer(*sheets, text=text)
    wrote = [{"author": author, "text": text, "cards": shown.cards, "quick_replies": [{"label": label} for label in choices]}]
    return replace(shown, channel="sms", cards=[], replies=[{"author": "bot", "text": "Voici. Suite : répondez SUITE."}],
                   written=wrote, **more)
