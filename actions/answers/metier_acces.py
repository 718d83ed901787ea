"""« Faut quel diplôme pour être sage-femme ? » : how to get into the trade, and its courses."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, how_to_become, listed, shorten, written
from actions.knowledge import ref_of
from actions.reply import Reply, ask
from actions.trade_answer import TradeAnswer
from actions.turn import Turn
from actions.understanding.places import place_name

COURSES = 4


class ActionMetierAcces(TradeAnswer):
    """The diplomas, the apprenticeship, and the sheets of the courses that lead there."""

    intent = "metier_acces"
    topic = 2

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The ways in, as the sheet says them; unknown stays unknown."""
        access = sheet.data.access
        courses = _courses(turn, access.formations)
        if not (access.diplomes or access.apprentissage or courses):
            return self._unknown(turn, sheet)
        if access.apprentissage and turn.changes.get("rhythm") == "apprentissage" and turn.get("last_intent") == self.intent:
            return _only_apprenticeship(turn, sheet)
        lead = how_to_become(turn, sheet)
        ways = f"{lead} {access.diplomes or ''}"
        text = written(turn, sheet, ways, _apprenticeship(turn, access), _listing(turn, courses), _place_question(turn))
        short = shorten(" ".join([lead, access.diplomes or access.apprentissage or sheet.summary]), SMS_LENGTH)
        return Reply(text, sms=short, spoken=short, cards=[course.to_card() for course in courses])

    def next_steps(self, turn: Turn, sheet: Any) -> list[Any]:
        """Where to learn it comes first."""
        where = ask(turn.word("where_to_learn"), "formation_chercher", chosen=ref_of(sheet))
        return [where, *super().next_steps(turn, sheet)[:2]]

    def _unknown(self, turn: Turn, sheet: Any) -> Reply:
        said = turn.say("access_unknown", title=sheet.title)
        return Reply(f"{sheet.summary}\n\n{said.text}", sms=said.text, spoken=said.text, handover=1)


def _apprenticeship(turn: Turn, access: Any) -> str:
    return turn.word("access_apprenticeship", text=access.apprentissage) if access.apprentissage else ""


def _only_apprenticeship(turn: Turn, sheet: Any) -> Reply:
    """« Et en apprentissage ? », once the rest was told."""
    said = turn.say("access_only_apprenticeship", title=sheet.title, text=sheet.data.access.apprentissage)
    steps = [ask(turn.word("label_apprentissage_chercher"), "apprentissage_chercher")]
    steps += [ask(turn.word("where_to_learn"), "formation_chercher", chosen=ref_of(sheet))]
    return Reply(written(turn, sheet, said.text), sms=shorten(said.text, SMS_LENGTH), spoken=said.text, quick_replies=steps)


def _courses(turn: Turn, ids: list[str]) -> list[Any]:
    sheets = (turn.kb.sheet("formation", course) for course in ids[:COURSES])
    return [sheet for sheet in sheets if sheet is not None]


def _listing(turn: Turn, courses: list[Any]) -> str:
    if not courses:
        return ""
    return f"{turn.word('access_courses')}\n{listed([course.title for course in courses])}"


def _place_question(turn: Turn) -> str:
    if place_name(turn):
        return ""
    turn.set("expecting", {"what": "place", "intent": "formation_chercher"})
    return turn.word("access_ask_place")
