"""« ASSP c'est quoi », « bts mco » : a word or an acronym, from the glossary or from its own sheet."""

from __future__ import annotations

from typing import Any

from actions.answers.structure_trouver import find_button, structure_type
from actions.compose import view
from actions.fold import fold, has_word
from actions.reply import QuickReply, Reply, ask
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn
from actions.understanding.questions import cue_in

# A word asked for is written as it stands: a half match explains another word.
NAMED_WORD = 0.7
LOOKED_AT = 5
PLACES = ("structure_trouver", "structure_horaires")


class ActionDefinition(SheetAnswer):
    """Explains what the words name, whatever the kind of sheet."""

    intent = "definition"
    topic = 12
    kinds = ("terme", "formation", "dispositif", "aide", "service", "evenement", "structure")
    missing = "definition_unknown"
    at_least = NAMED_WORD

    def answer(self, turn: Turn) -> Reply:
        """« et le CIO ? », after the hours of another place: those of the CIO there."""
        last = turn.get("last_intent")
        if last in PLACES and fold(turn.text).startswith("et ") and cue_in(turn, turn.text) == "structure_trouver":
            return self.hand_to(last, turn)
        return super().answer(turn)

    def unknown(self, turn: Turn) -> Reply:
        """The word may be the name of a trade, or ask of the trade in mind (« c'est quoi le diplôme »)."""
        asked = cue_in(turn, turn.text)
        if asked in turn.table("conversation")["by_trade"] and turn.get("metier"):
            return self.hand_to(str(asked), turn)
        trade = self.answers["metier_decouvrir"]
        if turn.link(turn.text, ["metier"]):
            return trade.answered(turn.about("metier_decouvrir"))
        return super().unknown(turn)

    def more(self, turn: Turn, sheet: Any) -> list[QuickReply]:
        """Where to follow a course; the sheets that the definition refers to."""
        if sheet is not None and sheet.kind == "formation":
            ref = {"kind": "formation", "id": sheet.id, "title": sheet.title, "rome": list(sheet.rome)}
            return [ask(turn.word("where_to_learn"), "formation_chercher", chosen=ref)]
        if sheet is not None and sheet.kind == "terme":
            return _what_it_stands_for(turn, sheet) or super().more(turn, sheet)
        return super().more(turn, sheet)


def _what_it_stands_for(turn: Turn, term: Any) -> list[QuickReply]:
    """« CIO »: find one; « ASSP »: the course that bears the acronym."""
    type_ = structure_type(turn)
    if type_:
        return [find_button(turn, type_)]
    hits = turn.kb.search(term.title, kind=["formation", "dispositif"], limit=LOOKED_AT).results
    bearing = [hit for hit in hits if has_word(fold(hit.title), fold(term.title))]
    return [view(hit) for hit in bearing[:1]]
