"""« ML de Vernon ? » : the place of welcome of that type for that commune, or an honest « not known »."""

from __future__ import annotations

import re
from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import SMS_LENGTH, listed, reply_from, shorten, show, written
from actions.fold import fold
from actions.knowledge import ref_of
from actions.nearby import cards_near, contact_lines, structures_near
from actions.reply import QuickReply, Reply, ask
from actions.turn import Turn
from actions.understanding.places import place_name
from actions.understanding.subjects import SURE, named


class ActionStructureTrouver(AnswerAction):
    """By type and place; by its own name when the words give it."""

    intent = "structure_trouver"
    topic = 21

    def answer(self, turn: Turn) -> Reply:
        """The nearest of the type, with what is known of each."""
        chosen = self._chosen(turn)
        if chosen is not None:
            return self.present(turn, [chosen])
        type_ = structure_type(turn)
        if place_name(turn) is None:
            return self._without_place(turn, type_)
        found = structures_near(turn, type_)
        return self.present(turn, found) if found else self._none(turn, type_)

    def present(self, turn: Turn, sheets: list[Any]) -> Reply:
        """Name, address and telephone as far as the sheets hold them."""
        turn.focus(ref_of(sheets[0]))
        lines = [contact_lines(turn, sheet) for sheet in sheets]
        reachable = any(_reachable(sheet) for sheet in sheets)
        summary = sheets[0].summary if len(sheets) == 1 else ""
        unknown = "" if reachable else turn.say("structure_no_contact").text
        text = written(turn, sheets[0], _listing(turn, sheets, lines), summary, unknown)
        hours = ask(turn.word("label_structure_horaires"), "structure_horaires", chosen=ref_of(sheets[0]))
        short = shorten(f"{lines[0]}. {unknown}".strip() if unknown else lines[0], SMS_LENGTH)
        return Reply(
            text,
            sms=short,
            spoken=short,
            cards=show(turn, cards_near(turn, sheets)),
            quick_replies=[hours] if reachable else _other_places(turn),
            handover=0 if reachable else 1,
        )

    def _chosen(self, turn: Turn) -> Any:
        ref = turn.get("sheet") if "sheet" in turn.given else None
        if ref and ref["kind"] == "structure":
            return turn.kb.sheet("structure", ref["id"])
        hits = named(turn, ["structure"], at_least=SURE)
        # « Mission locale de Vernon » is answered by type and place: a sheet of another town may look alike.
        return turn.kb.sheet("structure", hits[0].id) if hits and not structure_type(turn) else None

    def _without_place(self, turn: Turn, type_: str | None) -> Reply:
        turn.set("structure_type", type_)
        turn.set("expecting", {"what": "place", "intent": self.intent})
        if type_ is None:
            buttons = [ask(turn.word(f"structure_{kind}"), self.intent, structure_type=kind) for kind in _PROPOSED]
            return reply_from(turn.say("structure_ask_which"), quick_replies=buttons)
        few = _all_of_type(turn, type_)
        if few:
            return self.present(turn, few)
        return reply_from(turn.say("structure_ask_town", type=turn.word(f"structure_{type_}")))

    def _none(self, turn: Turn, type_: str | None) -> Reply:
        place = place_name(turn) or ""
        key = "structure_none_of_type" if type_ else "structure_none"
        said = turn.say(key, place=place, type=turn.word(f"structure_{type_}") if type_ else "")
        reply = reply_from(said)
        reply.handover = 1
        return reply


OTHERS = ("mission_locale", "cio")
FEW = 3
EVERYWHERE = ("mission_locale", "cio", "prc")
LOOKED_AT = 20
_PROPOSED = ("mission_locale", "cio", "cite_des_metiers", "agence")


def _reachable(sheet: Any) -> bool:
    return bool(sheet.data.address or sheet.data.phone)


def _other_places(turn: Turn) -> list[QuickReply]:
    """What else welcomes people there, when nothing tells how to reach this one."""
    others = [type_ for type_ in OTHERS if type_ != turn.get("structure_type")]
    return [find_button(turn, type_) for type_ in others]


def find_button(turn: Turn, type_: str) -> QuickReply:
    """« Trouver un CIO »."""
    label = turn.word("find_structure", type=turn.word(f"structure_{type_}"))
    return ask(label, "structure_trouver", structure_type=type_)


def _listing(turn: Turn, sheets: list[Any], lines: list[str]) -> str:
    if len(sheets) > 1:
        return f"{turn.say('structures_found').text}\n{listed(lines)}"
    return "\n".join([turn.say("structures_found_one").text, *lines]) if sheets[0].data.address else f"{lines[0]}."


def _all_of_type(turn: Turn, type_: str) -> list[Any]:
    """All the places of a type when there are so few that no town needs to be asked."""
    if type_ in EVERYWHERE:
        return []
    hits = turn.kb.search(turn.word(f"structure_{type_}"), kind="structure", limit=LOOKED_AT).results
    sheets = (turn.kb.sheet("structure", hit.id) for hit in hits)
    found = [sheet for sheet in sheets if sheet is not None and sheet.data.type == type_]
    return found if 0 < len(found) <= FEW else []


def structure_type(turn: Turn) -> str | None:
    """The type that the words name, else the one that was just asked for."""
    folded = fold(turn.text)
    for type_, patterns in turn.table("structure_types").items():
        if any(re.search(rf"\b(?:{pattern})\b", folded) for pattern in patterns):
            turn.set("structure_type", type_)
            return str(type_)
    remembered = turn.get("structure_type")
    return str(remembered) if remembered else None
