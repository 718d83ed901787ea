"""An inbound SMS becomes a message of the relay, whether Twilio's webhook brought it or the reconciliation found it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import structlog

from channels.messages import Incoming, Json
from channels.services import Services
from channels.telecom.signature import TwilioForm

log = structlog.get_logger(__name__)
_NUMBER = re.compile(r"\+[1-9]\d{5,14}")
_WISHES = {"STOP": "stop", "START": "start", "HELP": "help"}


@dataclass(frozen=True, slots=True)
class InboundSms:
    """What we read of an inbound SMS. `opt_out`: what Twilio itself already answered (STOP, START or HELP)."""

    sid: str
    sender: str
    text: str
    media: int = 0
    opt_out: str = ""
    received_at: datetime | None = None

    @classmethod
    def of(cls, form: TwilioForm) -> InboundSms:
        """From the webhook's form; what is missing is empty, what is unknown is not read."""
        return cls(form.sid("MessageSid", "SmsMessageSid", "SmsSid"), form.text("From"), form.text("Body"),
                   form.number("NumMedia"), form.text("OptOutType").upper())


async def receive(services: Services, sms: InboundSms) -> bool:
    """Stores the SMS and lets it be answered; False when there is nobody to answer (a short code, a brand's name)."""
    if not sms.sid or not _NUMBER.fullmatch(sms.sender):
        log.warning("sms_without_number", has_sid=bool(sms.sid))
        return False
    text = sms.text or (services.sentences.text("sms.picture") if sms.media else "")
    answer = await services.relay.accept(Incoming(
        "sms", text, sender=sms.sender, provider_id=sms.sid, received_at=sms.received_at, provider_meta=_meta(sms)))
    if answer.pending and not answer.duplicate:
        if sms.media:
            await services.relay.say(answer.conversation_id, services.wording.reply("sms.media_too"))
        services.relay.answer_later(answer.conversation_id, services.settings.sms_batch_seconds)
    return True


def _meta(sms: InboundSms) -> Json:
    meta: Json = {"media": sms.media} if sms.media else {}
    if not sms.text:
        meta["wordless"] = True
    if sms.opt_out in _WISHES:
        meta["opt_out"] = _WISHES[sms.opt_out]
    return meta
