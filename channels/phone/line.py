"""One call, turn by turn, through the same relay as every channel. Each method answers one webhook with TwiML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from channels.case.views import Answer, MessageView
from channels.conversation.wants_person import shipped_wishes
from channels.messages import Incoming, Json, QuickReply
from channels.phone import twiml
from channels.phone.heard import Heard
from channels.phone.speaking import choices, last_page, said, told
from channels.phone.standing import Standing, Standings
from channels.phone.state import CallState
from channels.phone.transfer import Transfers
from channels.phone.twiml import Voice
from channels.services import Services

_GIVE_UP = 5  # silent turns
_TYPED = {"callback.phone", "recap.phone"}  # questions answered by a whole number on the keypad


class PhoneLine:
    """Calls of this installation. `hints`: words for the speech recognition."""

    def __init__(self, services: Services, hints: str) -> None:
        self._services, self._hints, self._say = services, hints, services.sentences
        self._standings, self._wishes = Standings(services.db), shipped_wishes()
        self.transfers = Transfers(services, self._standings)

    async def greet(self, caller: str | None, call: str) -> str:
        """An inbound call: says first that the assistant is automatic, then listens. Delivered again it says the same."""
        thread = await self._standings.of_call(call)
        thread = thread or (await self._services.relay.open_thread("phone", caller)).conversation_id
        resumed = await self._standings.begin_call(thread)
        name = "phone.welcome_back" if resumed else "phone.welcome"
        # The call's own id, from the first word on: an erasure then knows what to delete at Twilio.
        first = f"{call}:0" if call else None
        greeting = await self._services.relay.say(thread, self._services.wording.reply(name), provider_id=first)
        state = CallState(thread, since=greeting.seq)
        again = await self._last_question(thread, greeting.seq) if resumed else ""
        return await self._listen(state, " ".join(filter(None, (self._say.text(name), again))))

    async def turn(self, state: CallState, heard: Heard, call: str) -> str:
        """What the caller did; `call` is the CallSid. The same turn delivered again gives the same answer."""
        state = replace(state, turn=state.turn + 1)
        if heard.silent:
            return await self._missed(state, call, "phone.not_heard")
        if (answered := await self._locally(state, heard)) is not None:
            return answered
        # Words that may save a life, and the way to a person, are never asked twice.
        vital = self._services.safety.hear(heard.text) is not None or self._wishes.read(heard.text) is not None
        if heard.unsure and not vital and not heard.is_a("yes") and not heard.is_a("no"):
            return await self._missed(state, call, "phone.not_sure")
        named = None if heard.keys or vital else await self.transfers.colleagues.named(heard.text)
        if named is not None:
            state = replace(state, misses=0, to=named.id)
            return await self._ask(state, call, self._say.text("phone.person"), heard, wants_person=True)
        return await self._ask(replace(state, misses=0, to=""), call, self._words(state, heard), heard, self._asks_person(heard))

    async def not_taken(self, state: CallState, call: str) -> str:
        """No advisor picked up: after somebody called by name the others are, then a call-back is proposed at once."""
        if (colleagues := await self.transfers.next_one(state)) is not None:
            return colleagues
        state = replace(state, turn=state.turn + 1, misses=0, bye=False)
        return await self._call_back(state, call, self._say.text("phone.no_answer"))

    async def end(self, state: CallState, lead: str = "") -> str:
        """The end of a call, after an advisor's: the recap is offered, then goodbye."""
        standing = await self._standings.of(state.conversation)
        if standing is None or not standing.recap or state.bye:
            return twiml.goodbye(self._voice(state), lead, self._say.text("phone.goodbye"))
        buttons = [QuickReply(self._say.text("phone.said_yes"), {"command": "recap_sms", "consent": True}),
                   QuickReply(self._say.text("phone.said_no"), {"command": "end"})]
        row = await self._services.relay.say(state.conversation, self._services.wording.reply("phone.recap", buttons))
        text = " ".join(filter(None, (lead, self._say.text("phone.recap"))))
        return await self._listen(replace(state, since=row.seq, page=0, bye=True), text)

    async def _locally(self, state: CallState, heard: Heard) -> str | None:
        """What the telephone answers alone: once more, more slowly, the rest, how it works, goodbye."""
        if heard.text == "*" or heard.is_a("repeat"):
            return await self._repeat(state)
        if heard.is_a("slower"):
            return await self._repeat(replace(state, slow=True))
        if heard.is_a("more") and not state.bye:
            return await self._repeat(replace(state, page=state.page + 1))
        if heard.is_a("help"):
            return await self._listen(state, self._say.text("phone.help"))
        standing = await self._standings.of(state.conversation)
        if standing is None or (heard.is_a("bye") and not standing.form_step and not (state.bye and heard.is_a("no"))):
            return await self.end(state)
        return None

    async def _repeat(self, state: CallState) -> str:
        messages = await self._messages(state.conversation, state.since)
        if not messages:
            return await self._listen(state, self._say.text("phone.nothing_to_repeat"))
        state = replace(state, page=min(state.page, last_page(messages, self._say)))
        return await self._listen(state, said(messages, state.page, self._say))

    async def _missed(self, state: CallState, call: str, first: str) -> str:
        """A second try, then the keys, then a person; a line that stays silent is hung up."""
        state = replace(state, misses=state.misses + 1)
        if state.misses >= _GIVE_UP:
            return twiml.goodbye(self._voice(state), self._say.text("phone.nobody"))
        if state.misses == 3:
            person = self._say.text("phone.person")
            return await self._ask(state, call, person, Heard("", keys=True), wants_person=True)
        if state.misses == 1:
            return await self._listen(state, self._say.text(first))
        offered = choices(await self._messages(state.conversation, state.since), self._say) if state.misses == 4 else ""
        return await self._listen(state, " ".join(filter(None, (self._say.text("phone.use_keys"), offered))))

    async def _ask(self, state: CallState, call: str, words: str, heard: Heard, wants_person: bool = False) -> str:
        before = await self._standings.of(state.conversation)
        answer = await self._services.relay.receive(Incoming(
            "phone", words, conversation_id=state.conversation, provider_id=f"{call}:{state.turn}", provider_meta=_meta(heard)))
        after = await self._standings.of(state.conversation) or Standing("closed")
        messages = [item for item in answer.messages if item.author != "citizen"]
        state = replace(state, since=messages[0].seq if messages else state.since, page=0)
        possible = await self.transfers.possible(state)
        if possible and self._puts_through(before, after, answer, wants_person):
            return await self.transfers.begin(state, after, self._distress(messages, after))
        if state.bye and not after.form_step and (heard.is_a("yes") or heard.is_a("no") or words in {"1", "2"}):
            return twiml.goodbye(self._voice(state), told(messages, self._say),
                                 self._say.text("phone.goodbye"))
        if not possible and self._nobody_answers(before, after):
            return await self._call_back(replace(state, bye=False), call, self._say.text("phone.no_line"))
        text = said(messages, 0, self._say) if messages else self._say.text("phone.followed")
        if not after.form_step and not after.distress and not text.endswith("?") and not choices(messages, self._say):
            text = f"{text} {self._say.text('phone.anything_else')}"
        return await self._listen(replace(state, bye=False), text, after)

    def _puts_through(self, before: Standing | None, after: Standing, answer: Answer, wants_person: bool) -> bool:
        if after.mode not in {"queued", "human"}:
            return False
        # A person who waits and asks something else is answered; one who asks for a person again is put through again.
        asked = wants_person or answer.duplicate or before is None or before.mode != after.mode
        raised = after.distress and not (before and before.distress)
        return asked or raised or after.mode == "human"

    def _nobody_answers(self, before: Standing | None, after: Standing) -> bool:
        queued = after.mode == "queued" and not (before and before.mode == "queued")
        return queued and not after.distress

    async def _call_back(self, state: CallState, call: str, lead: str) -> str:
        """Nobody to put through to: nobody is left waiting on a silent line either."""
        answer = await self._services.relay.receive(Incoming(
            "phone", self._say.text("phone.callback"), conversation_id=state.conversation,
            provider_id=f"{call}:{state.turn}:back"))
        messages = [item for item in answer.messages if item.author != "citizen"]
        text = f"{lead} {said(messages, 0, self._say)}"
        return await self._listen(replace(state, since=messages[0].seq if messages else state.since), text)

    def _distress(self, messages: Sequence[MessageView], after: Standing) -> str:
        """The fixed text with the numbers, said before anything else."""
        spoken_first = [item for item in messages if item.topic == 31 or after.distress]
        return told(spoken_first, self._say) if spoken_first and after.distress else ""

    def _asks_person(self, heard: Heard) -> bool:
        return heard.text == "0" if heard.keys else self._wishes.read(heard.text) == "person"

    def _words(self, state: CallState, heard: Heard) -> str:
        if heard.keys and heard.text == "0":
            return self._say.text("phone.person")
        # « oui, volontiers » answers the offer of a recap as « oui » does.
        said = next((name for name in ("yes", "no") if state.bye and heard.is_a(name)), None)
        return self._say.text(f"phone.said_{said}") if said else heard.text

    async def _messages(self, conversation_id: str, since: int) -> list[MessageView]:
        events = await self._services.chat.events(conversation_id, max(0, since - 1))
        return [item for item in events.messages if item.author != "citizen"]

    async def _last_question(self, conversation_id: str, before: int) -> str:
        events = await self._services.chat.events(conversation_id, max(0, before - 4))
        asked = [item for item in events.messages if item.author != "citizen" and item.seq < before]
        return said(asked[-1:], 0, self._say) if asked else ""

    async def _listen(self, state: CallState, text: str, standing: Standing | None = None) -> str:
        standing = standing or await self._standings.of(state.conversation) or Standing("bot")
        action = f"{self.transfers.base}/turn?{state.query()}"
        return twiml.listening(self._voice(state), text, action, self._hints, many_keys=standing.form_step in _TYPED)

    def _voice(self, state: CallState) -> Voice:
        return Voice(self._services.settings.phone_voice, state.slow)


def _meta(heard: Heard) -> Json:
    meta: Json = {"keys": True} if heard.keys else {}
    return {**meta, "confidence": heard.confidence} if heard.confidence is not None else meta
