"""« Mon maître veut me virer » : who defends an apprentice, and a person takes over, at once when there is violence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.fold import fold
from actions.reply import Reply, hand_over
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_PAY = re.compile(r"\b(?:paye?|payee?s?|paie|salaires?|heures?|heure sup\w*|bulletins?|fiches? de paie|conges)\b")
_END = re.compile(r"\b(?:vir\w+|rompre|rupture|demission\w*|arreter|quitter|licenci\w+|casser|fin (?:de|du) contrat)\b")
_VIOLENCE = re.compile(r"\b(?:frapp|tap(?:e|er) dess|cogn|harcel|touch(?:e|er) les|insult|menac|viol|agress|humili|attouch)")


class ActionContratProbleme(SheetAnswer):
    """The scheme (médiateur de l'apprentissage…) when a sheet holds it; never a ruling."""

    intent = "contrat_probleme"
    topic = 17
    handover = 2
    untold = ("Pour qui",)
    kinds = ("dispositif", "structure", "service")
    usual = ("dispositif/rupture-contrat-apprentissage", "dispositif/mediateur-apprentissage")
    default = "médiateur de l’apprentissage"
    lead = "contract_lead"
    missing = "contract_unknown"
    reason = "contrat"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """Violence has its own sheet; unpaid hours are for the mediator, not for a break of the contract."""
        if self.urgency(turn) == "haute":
            return ("dispositif/violence-au-travail",)
        return self.usual[::-1] if _ends_nothing(turn) else self.usual

    def lead_of(self, turn: Turn) -> str | None:
        """« Ne signez rien » is for a contract that somebody wants to end."""
        return "contract_hours_lead" if _ends_nothing(turn) else self.lead

    def answer(self, turn: Turn) -> Reply:
        """In case of violence, the numbers come first and the handover is urgent."""
        reply = super().answer(turn)
        if self.urgency(turn) == "haute":
            numbers = turn.say("work_violence").text
            reply.text = f"{numbers}\n\n{reply.text}"
            reply.sms = reply.spoken = numbers
            reply.handover = 3
            reply.command = hand_over("violence", self.topic, "haute")
        return reply

    def urgency(self, turn: Turn) -> str:
        """High when the words speak of violence or harassment."""
        return "haute" if _VIOLENCE.search(fold(turn.text)) else "normale"


def _ends_nothing(turn: Turn) -> bool:
    """« Il me paie pas mes heures »: the trouble is the pay, nobody speaks of leaving."""
    folded = fold(turn.text)
    return bool(_PAY.search(folded)) and not _END.search(folded)
