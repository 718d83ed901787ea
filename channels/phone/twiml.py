"""TwiML, built with Twilio's own library: say, listen, put through, whisper, hang up."""

from __future__ import annotations

from dataclasses import dataclass

from twilio.twiml.voice_response import Dial, Gather, Say, Start, VoiceResponse

_SLOW = "75%"
_LANGUAGE = "fr-FR"


@dataclass(frozen=True, slots=True)
class Voice:
    """Which voice, and how fast."""

    name: str
    slow: bool = False

    def say(self, into: VoiceResponse | Gather, text: str) -> None:
        """Adds a sentence."""
        if not text:
            return
        if not self.slow:
            into.say(text, language=_LANGUAGE, voice=self.name)
            return
        slowly = Say(language=_LANGUAGE, voice=self.name)
        slowly.prosody(text, rate=_SLOW)
        into.append(slowly)


def listening(voice: Voice, text: str, action: str, hints: str, *, many_keys: bool = False) -> str:
    """Says the text and listens, words or keys; the caller may cut in. Silence comes back to `action` too."""
    response = VoiceResponse()
    keys = {"finish_on_key": "#"} if many_keys else {"num_digits": 1}
    gather = Gather(input="speech dtmf", language=_LANGUAGE, action=action, method="POST", action_on_empty_result=True,
                    speech_timeout="auto", timeout=6, hints=hints, profanity_filter=False, **keys)
    voice.say(gather, text)
    response.append(gather)
    return str(response)


def goodbye(voice: Voice, *texts: str) -> str:
    """Says the texts and hangs up."""
    response = VoiceResponse()
    for text in texts:
        voice.say(response, text)
    response.hangup()
    return str(response)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where a call is put through, and the addresses that Twilio calls on the way. `transcription` None: nothing is
    transcribed."""

    number: str
    dialed: str
    whisper: str
    transcription: str | None = None


def put_through(voice: Voice, texts: list[str], transfer: Transfer, consent: tuple[str, str] | None = None) -> str:
    """Says the texts, asks for the consent to transcribe (question, address of the answer; silence is a no), then dials."""
    response = VoiceResponse()
    for text in texts:
        voice.say(response, text)
    if consent is not None:
        gather = Gather(input="speech dtmf", language=_LANGUAGE, action=consent[1], method="POST", num_digits=1, timeout=4,
                        speech_timeout="auto", hints="oui, non, d'accord, je refuse")
        voice.say(gather, consent[0])
        response.append(gather)
    if transfer.transcription is not None:
        response.append(_transcription(transfer.transcription))
    response.append(_dial(transfer))
    return str(response)


def _dial(transfer: Transfer) -> Dial:
    dial = Dial(action=transfer.dialed, method="POST", timeout=25, answer_on_bridge=True)
    dial.number(transfer.number, url=transfer.whisper, method="POST")
    return dial


def _transcription(address: str) -> Start:
    start = Start()
    start.transcription(status_callback_url=address, status_callback_method="POST", language_code=_LANGUAGE, track="both_tracks",
                        inbound_track_label="appelant", outbound_track_label="conseiller", partial_results=True)
    return start


def whisper(voice: Voice, text: str, action: str) -> str:
    """Said to the advisor alone; without a key the call is not joined (an answering machine presses none)."""
    response = VoiceResponse()
    gather = Gather(input="dtmf", num_digits=1, timeout=10, action=action, method="POST")
    voice.say(gather, text)
    response.append(gather)
    response.hangup()
    return str(response)


def nothing() -> str:
    """An empty answer: go on."""
    return str(VoiceResponse())


def hang_up() -> str:
    """Hangs up without a word."""
    response = VoiceResponse()
    response.hangup()
    return str(response)
