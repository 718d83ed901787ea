"""« Ça recrute vers Flers ? » : what is known of recruitment for the trade, there."""

from __future__ import annotations

from typing import Any

from actions.compose import reply_from, written
from actions.fold import fold
from actions.reply import Reply, ask
from actions.trade_answer import TradeAnswer
from actions.turn import Turn
from actions.understanding.places import place_name
from knowledge_base.dates import french_date


class ActionMetierRecrutement(TradeAnswer):
    """Never a figure for one place given as if it were for another."""

    intent = "metier_recrutement"
    topic = 5

    def without_trade(self, turn: Turn) -> Reply:
        """« Quels métiers recrutent au Havre ? »: no list is made up; where it is published, and one trade can be asked."""
        super().without_trade(turn)
        place = place_name(turn)
        said = turn.say("recruitment_which_there", place=place) if place else turn.say("recruitment_which")
        buttons = [ask(turn.word("label_metier_gouts"), "metier_gouts")]
        return reply_from(said, quick_replies=buttons, handover=1)

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The sourced sentence of the sheet, or where to look."""
        known = sheet.data.recruitment
        place = place_name(turn)
        if known is None:
            return _unknown(turn, sheet.title, place)
        said = _known(turn, sheet.title, known)
        elsewhere = _other_place(turn, known.place, place)
        return Reply(written(turn, sheet, said, elsewhere), sms=said, spoken=f"{said} {elsewhere}".strip())


def _unknown(turn: Turn, title: str, place: str | None) -> Reply:
    if place:
        return reply_from(turn.say("recruitment_unknown_there", title=title, place=place))
    return reply_from(turn.say("recruitment_unknown", title=title))


def _known(turn: Turn, title: str, known: Any) -> str:
    date = french_date(known.as_of)
    if known.place:
        return turn.word("recruitment_known_there", title=title, place=known.place, text=known.text, date=date)
    return turn.word("recruitment_known", title=title, text=known.text, date=date)


def _other_place(turn: Turn, known: str | None, asked: str | None) -> str:
    if not known or not asked or fold(asked) in fold(known):
        return ""
    return turn.word("recruitment_other_place", known=known, asked=asked)
