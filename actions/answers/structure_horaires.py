"""« Ouvert samedi ? » : the opening hours of the place just spoken of, when its sheet has them."""

from __future__ import annotations

from typing import Any

from actions.answers.structure_trouver import ActionStructureTrouver, structure_type
from actions.compose import SMS_LENGTH, reply_from, shorten, show, written
from actions.knowledge import ref_of
from actions.nearby import contact_lines, hours_line
from actions.reply import Reply
from actions.turn import Turn


class ActionStructureHoraires(ActionStructureTrouver):
    """Hours as sourced; unknown stays unknown, with the telephone of the sheet."""

    intent = "structure_horaires"

    def answer(self, turn: Turn) -> Reply:
        """Of the structure in mind when the words name none."""
        remembered = turn.get("sheet")
        structure_type(turn)
        names_nothing = not turn.changes.get("place") and not turn.changes.get("structure_type")
        if remembered and remembered["kind"] == "structure" and names_nothing:
            sheet = turn.kb.sheet("structure", remembered["id"])
            if sheet is not None:
                return self.present(turn, [sheet])
        if names_nothing and not turn.get("place"):
            # « Vous êtes ouverts quand ? »: this helpline's own hours, which the channels know.
            said = turn.say("helpline_hours")
            return reply_from(said, command={"name": "opening_hours", "said": turn.text})
        return super().answer(turn)

    def present(self, turn: Turn, sheets: list[Any]) -> Reply:
        """The hours of each."""
        turn.focus(ref_of(sheets[0]))
        lines = [_line(turn, sheet) for sheet in sheets]
        short = shorten(hours_line(turn, sheets[0]), SMS_LENGTH)
        return Reply(
            written(turn, sheets[0], *lines),
            sms=short,
            spoken=short,
            cards=show(turn, [sheet.to_card() for sheet in sheets]),
            handover=0 if any(sheet.data.hours for sheet in sheets) else 1,
        )


def _line(turn: Turn, sheet: Any) -> str:
    known = sheet.data.address or sheet.data.phone
    return f"{hours_line(turn, sheet)} {contact_lines(turn, sheet) if known else ''}".strip()
