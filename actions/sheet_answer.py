"""The frame of the answers that are one sheet: the one the words name, else the one that the question is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from actions.answer_action import AnswerAction
from actions.compose import SMS_LENGTH, headed, left_untold, reply_from, shorten, show, summed_up, view, written
from actions.events import when
from actions.fold import fold, has_word
from actions.knowledge import ref_of
from actions.nearby import contact_lines, structures_near
from actions.reply import QuickReply, Reply, ask, hand_over
from actions.turn import Turn
from actions.understanding.places import place_name
from actions.understanding.subjects import CLOSE, EXACT, NAMED, SURE, named, named_by_a_word

FOUND_BY_DEFAULT = 0.45
BUTTONS = 3
UNSURE = 0.6
# What makes the same sheet worth telling again.
NEWS = ("place", "age", "level", "rhythm", "public")


class SheetAnswer(AnswerAction):
    """Subclasses say which kinds may answer and what to look for when the words name nothing."""

    kinds: ClassVar[Sequence[str]] = ("dispositif",)
    # The sheets of this question, « kind/id », best first: shown when the words name none.
    usual: ClassVar[Sequence[str]] = ()
    # Whether the usual sheet wins over what the words name (« pas de patron » says more than « CFA »).
    usual_first: ClassVar[bool] = False
    # What is searched when the agency has renamed them (None: nothing).
    default: ClassVar[str | None] = None
    # From which score on the words name a sheet of the question's own topic.
    at_least: ClassVar[float] = NAMED
    # A sentence before the sheet, and the one when there is no sheet (keys of sentences/).
    lead: ClassVar[str | None] = None
    missing: ClassVar[str] = "sheet_unknown"
    # Sections that this answer leaves out (« Pour qui » tells nothing to somebody who says « que des refus »).
    untold: ClassVar[Sequence[str]] = ()
    # Type of structure named with the answer when the place is known.
    structure: ClassVar[str | None] = None
    # Other questions proposed, by intent.
    steps: ClassVar[Sequence[str]] = ()
    # Whether asking again after this sheet only deserves what it has not told yet.
    told_once: ClassVar[bool] = True
    # Whether another place changes nothing in this answer: « et à Caen ? » is met with who knows that place.
    same_everywhere: ClassVar[bool] = False
    # Reason code of the handover, when a person always takes over after this answer.
    reason: ClassVar[str] = "question"

    def answer(self, turn: Turn) -> Reply:
        """The sheet with its source, the structures near the person, what to ask next."""
        if turn.changes.get("_only_place_is_new") and (self.structure or self.same_everywhere):
            return self._places_only(turn) if self.structure else self._nothing_there(turn)
        sheet = self.find(turn)
        if sheet is not None and self._just_told(turn, sheet):
            reply = self._what_is_left(turn, sheet)
        else:
            reply = self.unknown(turn) if sheet is None else self.about(turn, sheet)
            if sheet is None or sheet.kind != "structure":
                self._add_structures(turn, reply)
        self._add_steps(turn, reply, sheet)
        self._hand_over(turn, reply)
        return reply

    def find(self, turn: Turn) -> Any:
        """The sheet that was chosen, named, or that this question is about; None when there is none."""
        chosen = turn.get("sheet") if "sheet" in turn.given else None
        if chosen and chosen["kind"] in self.kinds:
            return turn.kb.sheet(chosen["kind"], chosen["id"])
        if self.usual_first:
            return self._by_default(turn) or self._named(turn)
        return self._named(turn) or self._by_default(turn)

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """What is said of the sheet."""
        turn.focus(ref_of(sheet))
        lead_key = self.lead_of(turn)
        lead = turn.say(lead_key).text if lead_key else ""
        dated = when(turn, sheet) if sheet.kind == "evenement" else ""
        # The sentence on the date (past, coming) says more than the dates.
        body = summed_up(sheet, without=[*(("Dates",) if dated else ()), *self.untold])
        text = written(turn, sheet, lead, headed(sheet, body), dated)
        short = shorten(headed(sheet, f"{sheet.summary} {dated}".strip()), SMS_LENGTH)
        return Reply(text, sms=short, spoken=short, cards=show(turn, [sheet.to_card()]))

    def _just_told(self, turn: Turn, sheet: Any) -> bool:
        """The last answer was this sheet for this question, and nothing new is known of the person since."""
        last = turn.slots.get("sheet") or {}
        same = last.get("id") == sheet.id and turn.slots.get("last_intent") == self.intent
        news = any(turn.changes.get(name, turn.slots.get(name)) != turn.slots.get(name) for name in NEWS)
        return self.told_once and same and not turn.is_button and not news

    def _what_is_left(self, turn: Turn, sheet: Any) -> Reply:
        turn.focus(ref_of(sheet))
        left = left_untold(sheet, self.untold)
        key = "sheet_says_too" if left else "sheet_says_no_more"
        said = turn.say(key, title=sheet.title).text
        text = written(turn, sheet, said, left) if left else said
        short = shorten(f"{said} {left}".strip(), SMS_LENGTH)
        return Reply(text, sms=short, spoken=short, cards=[sheet.to_card()], handover=max(self.handover, 1))

    def _nothing_there(self, turn: Turn) -> Reply:
        """« À Caen ? », after what is the same everywhere: who knows that place."""
        said = turn.say("sheet_same_everywhere", place=place_name(turn))
        buttons = [ask(turn.word("label_structure_trouver"), "structure_trouver")]
        return reply_from(said, quick_replies=buttons, handover=1)

    def lead_of(self, turn: Turn) -> str | None:
        """The key of the sentence before the sheet, or None."""
        return self.lead

    def asked(self, turn: Turn) -> str:
        """Names the sheet that was shown, when one was."""
        sheet = turn.changes.get("sheet")
        if not sheet or sheet["kind"] not in self.kinds:
            return super().asked(turn)
        place = f" ({place_name(turn)})" if self.structure and place_name(turn) else ""
        return f"{turn.word(f'label_{self.intent}')} : {sheet['title']}{place}"

    def unknown(self, turn: Turn) -> Reply:
        """No sheet: said plainly, with a person offered; when the question itself was unsure, other ways are tried."""
        if turn.ranking and turn.ranking[0][1] < UNSURE:
            return self.answers["nlu_fallback"].answered(turn.about("nlu_fallback"))
        reply = reply_from(turn.say(self.missing))
        if self.lead and self.lead != self.missing:
            reply.text = f"{turn.say(self.lead).text}\n\n{reply.text}"
        reply.handover = max(self.handover, 1)
        return reply

    def _named(self, turn: Turn) -> Any:
        hits = named(turn, self.kinds, at_least=self.at_least)
        if not self.usual and (not hits or hits[0].score < SURE):
            hits = named_by_a_word(turn, self.kinds) or hits
        for hit in _explained_last(hits) if self.intent != "definition" else hits:
            sheet = turn.kb.sheet(hit.kind, hit.id)
            if sheet is not None and (hit.score >= (EXACT if self.usual else SURE) or self.topic in sheet.topics):
                return sheet
        return None

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """The sheets of this question for this person, best first."""
        return self.usual

    def _by_default(self, turn: Turn) -> Any:
        for reference in self.usual_sheets(turn):
            sheet = turn.kb.sheet(*reference.split("/"))
            if sheet is not None:
                return sheet
        return self._by_search(turn)

    def _by_search(self, turn: Turn) -> Any:
        query = self.default_query(turn)
        if not query:
            return None
        hits = turn.kb.search(query, kind=list(self.kinds), limit=5).results
        sheets = [turn.kb.sheet(hit.kind, hit.id) for hit in hits if hit.score >= FOUND_BY_DEFAULT]
        found = sorted((sheet for sheet in sheets if sheet is not None), key=lambda sheet: self.kinds.index(sheet.kind))
        return next((sheet for sheet in found if self.topic in sheet.topics), next(iter(found), None))

    def default_query(self, turn: Turn) -> str | None:
        """What to search when the words name no sheet."""
        return self.default

    def _places_only(self, turn: Turn) -> Reply:
        """« Lisieux », after the sheet was shown: only who to turn to there."""
        near = structures_near(turn, self.structure)
        if not near:
            reply = reply_from(turn.say("structure_none", place=place_name(turn)))
            reply.handover = max(self.handover, 1)
            return reply
        lines = [contact_lines(turn, sheet) for sheet in near]
        text = written(turn, near[0], "\n".join([turn.say("structure_near").text, *lines]))
        reply = Reply(text, sms=shorten(text, SMS_LENGTH), cards=show(turn, [sheet.to_card() for sheet in near]))
        # A person was already proposed, or takes over, since the sheet was shown.
        reply.handover = min(self.handover, 1)
        return reply

    def _add_structures(self, turn: Turn, reply: Reply) -> None:
        if self.structure is None:
            return
        near = structures_near(turn, self.structure)
        if near:
            lines = [contact_lines(turn, sheet) for sheet in near]
            places = written(turn, near[0], "\n".join([turn.word("structure_near"), *lines]))
            reply.text = f"{reply.text}\n\n{places}"
            reply.cards += show(turn, [sheet.to_card() for sheet in near])
        elif not turn.get("place"):
            reply.text = f"{reply.text}\n\n{turn.word('structure_ask_place')}"
            turn.set("expecting", {"what": "place", "intent": self.intent})

    def _add_steps(self, turn: Turn, reply: Reply, sheet: Any) -> None:
        if reply.quick_replies:
            return
        steps = [ask(turn.word(f"label_{intent}"), intent) for intent in self.steps]
        reply.quick_replies = [*self.more(turn, sheet), *steps][:BUTTONS]

    def more(self, turn: Turn, sheet: Any) -> list[QuickReply]:
        """Buttons of this answer that are more than a question (other sheets the words name)."""
        if sheet is None:
            return [view(hit) for hit in named(turn, self.kinds)[:2]]
        if sheet.kind == "structure":
            return []
        others = [hit for hit in named(turn, self.kinds, at_least=SURE) if not _same_thing(hit, sheet)]
        return [view(hit) for hit in others[:1]]

    def _hand_over(self, turn: Turn, reply: Reply) -> None:
        if self.handover >= 2 and reply.command is None and self.topic is not None:
            reply.command = hand_over(self.reason, self.topic, self.urgency(turn))

    def urgency(self, turn: Turn) -> str:
        """How urgent the handover is (contract values)."""
        return "normale"


def _same_thing(hit: Any, sheet: Any) -> bool:
    """The sheet itself, or the glossary's word for it (« ULIS » beside the scheme ULIS)."""
    return hit.id == sheet.id or (hit.kind == "terme" and has_word(fold(f"{sheet.title} {sheet.summary}"), fold(hit.title)))


def _explained_last(hits: list[Any]) -> list[Any]:
    """« Comment marche le projet de transition professionnelle » wants the scheme, not the meaning of its acronym."""
    close = [hit for hit in hits if hits[0].score - hit.score < CLOSE]
    return sorted(close, key=lambda hit: hit.kind == "terme") + hits[len(close) :]
