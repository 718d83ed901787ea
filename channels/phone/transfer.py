"""Putting a call through: consent to transcribe, the whispered summary, what happens when nobody answers."""

from __future__ import annotations

from dataclasses import replace

from channels.people.colleagues import Colleagues
from channels.phone import twiml
from channels.phone.spoken import spoken
from channels.phone.standing import CONSENT, Standing, Standings
from channels.phone.state import CallState
from channels.phone.twiml import Transfer, Voice
from channels.services import Services


class Transfers:
    """Calls that advisors take by telephone."""

    def __init__(self, services: Services, standings: Standings) -> None:
        self._services, self._standings, self._say = services, standings, services.sentences
        self.base = f"{services.settings.public_base}/webhooks/twilio/voice"
        self.colleagues = Colleagues(services.db)

    async def possible(self, state: CallState) -> bool:
        """Advisors are there and have a telephone."""
        return self._services.hours.is_open() and bool(await self._number(await self._to_whom(state)))

    async def begin(self, state: CallState, standing: Standing, distress: str = "") -> str:
        """Puts the call through; after a message of distress at once, without any question."""
        # In distress whoever is free first, on the common number.
        common = distress and self._services.settings.advisor_number
        state = replace(state, to="") if common else await self._to_whom(state)
        voice, transfer = self._voice(state), await self._transfer(state)
        await self._standings.note(state.conversation, "call_transfer")
        if distress:
            return twiml.put_through(voice, [distress, self._say.text("phone.transfer_distress")], transfer)
        if not self._services.settings.transcribe_calls:
            return twiml.put_through(voice, [self._say.text("phone.transfer")], transfer)
        # Told before, and nothing is transcribed unless the answer is yes: silence is noted as a refusal from the start.
        await self._standings.note(state.conversation, CONSENT, {"given": False, "said": "nothing"})
        consent = (self._say.text("phone.consent"), f"{self.base}/consent?{state.query()}")
        return twiml.put_through(voice, [], transfer, consent)

    async def consented(self, state: CallState, given: bool, how: str) -> str:
        """The caller's choice, stored before the call goes on. `how`: « voice » or « key »."""
        await self._standings.note(state.conversation, CONSENT, {"given": given, "said": how})
        text = self._say.text("phone.consent_yes" if given else "phone.consent_no")
        return twiml.put_through(self._voice(state), [text], await self._transfer(state, transcribed=given))

    async def next_one(self, state: CallState) -> str | None:
        """Somebody was called by name and did not answer: the advisors' number, when there is one; else None."""
        settings = self._services.settings
        if not state.to or not settings.advisor_number or not self._services.hours.is_open():
            return None
        standing = await self._standings.of(state.conversation)
        transfer = await self._transfer(replace(state, to=""), transcribed=bool(standing and standing.transcription))
        return twiml.put_through(self._voice(state), [self._say.text("phone.named_absent")], transfer)

    async def whisper(self, state: CallState) -> str:
        """Said to the advisor before the call is joined: who asks what, in one breath."""
        standing = await self._standings.of(state.conversation) or Standing("closed")
        summary = spoken(standing.summary) or self._say.text("phone.whisper_unknown")
        lead = self._say.text("phone.whisper_distress") + " " if standing.distress else ""
        text = lead + self._say.text("phone.whisper", summary=summary)
        return twiml.whisper(Voice(self._services.settings.phone_voice), text, f"{self.base}/whispered?{state.query()}")

    async def _to_whom(self, state: CallState) -> CallState:
        """The state with who has the case already, when nobody was named."""
        owner = None if state.to else await self.colleagues.owner_of(state.conversation)
        return replace(state, to=owner.id) if owner else state

    async def _number(self, state: CallState) -> str:
        named = await self.colleagues.of(state.to)
        return named.phone if named else self._services.settings.advisor_number or ""

    async def _transfer(self, state: CallState, transcribed: bool = False) -> Transfer:
        query, settings = state.query(), self._services.settings
        address = f"{settings.public_base}/webhooks/twilio/transcription?{query}" if transcribed else None
        return Transfer(await self._number(state), f"{self.base}/dialed?{query}", f"{self.base}/whisper?{query}", address)

    def _voice(self, state: CallState) -> Voice:
        return Voice(self._services.settings.phone_voice, state.slow)
