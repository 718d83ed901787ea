"""« Payé combien à 17 ans ? » : the dated scale of an apprentice's pay, from its sheet."""

from __future__ import annotations

from typing import Any

from actions.compose import headed, written
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionApprentissageSalaire(SheetAnswer):
    """The scale as published, with its date; asks the age when the scale depends on it."""

    intent = "apprentissage_salaire"
    topic = 16
    handover = 1
    kinds = ("dispositif", "aide", "terme")
    usual_first = True
    usual = ("dispositif/salaire-apprenti",)
    default = "salaire d’un apprenti rémunération"
    missing = "apprentice_pay_unknown"
    steps = ("apprentissage_chercher", "aides")

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """The whole scale: it is short, and one line out of it would mislead."""
        turn.focus(ref_of(sheet))
        reply = super().about(turn, sheet)
        amount = getattr(sheet.data, "amount", None)
        facts = [amount.text if amount else "", getattr(sheet.data, "how", None) or ""]
        age = turn.get("age")
        lead = turn.word("apprentice_pay_age", age=age) if age else ""
        reply.text = written(turn, sheet, lead, headed(sheet, sheet.summary), *facts)
        return reply
