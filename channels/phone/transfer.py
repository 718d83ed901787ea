"""Putting a call through: consent to transcribe, the whispered summary, what happens when nobody answers."""

from __future__ import annotations

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

    def possible(self) -> bool:
        """Advisors are there and have a telephone."""
        return bool(self._services.settings.advisor_number) and self._services.hours.is_open()

    async def begin(self, state: CallState, standing: Standing, distress: str = "") -> str:
        """Puts the call through; after a message of distress at once, without any question."""
        voice = self._voice(state)
        await self._standings.note(state.conversation, "call_transfer")
        if distress:
            return twiml.put_through(voice, [distress, self._say.text("phone.transfer_distress")], self._transfer(state))
        if not self._services.settings.transcribe_calls:
            return twiml.put_through(voice, [self._say.text("phone.transfer")], self._transfer(state))
        # Told before, and nothing is transcribed unless the answer is yes: silence is noted as a refusal from the start.
        await self._standings.note(state.conversation, CONSENT, {"given": False, "said": "nothing"})
        consent = (self._say.text("phone.consent"), f"{self.base}/consent?{state.query()}")
        return twiml.put_through(voice, [], self._transfer(state), consent)

    async def consented(self, state: CallState, given: bool, how: str) -> str:
        """The caller's choice, stored before the call goes on. `how`: « voice » or « key »."""
        await self._standings.note(state.conversation, CONSENT, {"given": given, "said": how})
        text = self._say.text("phone.consent_yes" if given else "phone.consent_no")
        return twiml.put_through(self._voice(state), [text], self._transfer(state, transcribed=given))

    async def whisper(self, state: CallState) -> str:
        """Said to the advisor before the call is joined: who asks what, in one breath."""
        standing = await self._standings.of(state.conversation) or Standing("closed")
        summary = spoken(standing.summary) or self._say.text("phone.whisper_unknown")
        lead = self._say.text("phone.whisper_distress") + " " if standing.distress else ""
        text = lead + self._say.text("phone.whisper", summary=summary)
        return twiml.whisper(Voice(self._services.settings.phone_voice), text, f"{self.base}/whispered?{state.query()}")

    def _transfer(self, state: CallState, transcribed: bool = False) -> Transfer:
        query, settings = state.query(), self._services.settings
        address = f"{settings.public_base}/webhooks/twilio/transcription?{query}" if transcribed else None
        return Transfer(settings.advisor_number or "", f"{self.base}/dialed?{query}", f"{self.base}/whisper?{query}", address)

    def _voice(self, state: CallState) -> Voice:
        return Voice(self._services.settings.phone_voice, state.slow)
