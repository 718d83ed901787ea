"""A caller, Twilio between them and us, and real services on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from channels import phone, sms
from channels.conversation.engine import EngineAnswer, Turn
from channels.messages import Card, QuickReply, Reply
from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from tests.fixtures.migrated import migrated_sqlite
from tests.fixtures.signed import Fields, post
from tests.fixtures.telecom_gateway import telecom_app
from tests.fixtures.twiml import Twiml
from tests.integration.channels.conftest import ScriptedEngine

PUBLIC = "https://orientation.exemple.fr"
TOKEN = "secret-of-the-tests"
CALLER = "+33612345678"
ADVISORS = "+33231000000"
VOICE = "/webhooks/twilio/voice"


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return migrated_sqlite(tmp_path)


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        state_dir=tmp_path,
        database_url=store_url,
        opening="always",
        public_url=PUBLIC,  # type: ignore[call-arg]
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=TOKEN,
        twilio_from="+33757000000",
        advisor_number=ADVISORS,
    )


@pytest.fixture
async def services(settings: Settings, engine: ScriptedEngine, keys: Keyring) -> AsyncIterator[Services]:
    engine.behaviour = orientation
    opened = Services.open(settings, engine, keys)
    sms.register(opened)
    phone.register(opened)
    yield opened
    await opened.stop()


CARD = Card("metier", "infirmier", "Infirmier / Infirmière", url=f"{PUBLIC}/fiches/metier/infirmier")


async def orientation(turn: Turn) -> EngineAnswer:
    """An engine that knows nurses."""
    text = (turn.text or "").lower()
    if "salaire" in text or "gagne" in text:
        reply = Reply(
            "Une infirmière débutante gagne environ 1 850 € brut (source : grille de 2026, https://exemple.fr/grille).",
            spoken="Une infirmière débutante gagne environ 1 850 € brut par mois.",
            topic=4,
        )
    elif "infirmi" in text:
        reply = Reply(
            "Il faut le DE d'infirmier, en 3 ans après le bac, dans un IFSI (J1506).",
            cards=(CARD,),
            topic=2,
            quick_replies=(
                QuickReply("Le salaire", {"text": "et le salaire"}),
                QuickReply("Les écoles", {"text": "écoles"}),
            ),
        )
    else:
        reply = Reply("Je n'ai pas compris votre question. Vous pouvez la dire autrement.", understood=False)
    return EngineAnswer(
        (reply,), "question", 0.9, (), {"slots": {"asked": ["le métier d'infirmier"], "public": "lyceen"}}
    )


class Caller:
    """Someone on the phone: `hears` is the last TwiML, `says` and `presses` go where it leads."""

    def __init__(self, client: httpx.AsyncClient, number: str = CALLER, sid: str = "CA" + "1" * 32) -> None:
        self.client, self.number, self.sid = client, number, sid
        self.hears = Twiml("", "", (), None, None, None, None, None)

    async def calls(self) -> Twiml:
        """Dials the helpline."""
        return await self.follow(VOICE, CallStatus="ringing", Direction="inbound")

    async def says(self, text: str, confidence: str = "0.92") -> Twiml:
        """Speaks after the question."""
        return await self.follow(self._next(), SpeechResult=text, Confidence=confidence, Language="fr-FR")

    async def presses(self, keys: str) -> Twiml:
        """Uses the keypad."""
        return await self.follow(self._next(), Digits=keys, FinishedOnKey="")

    async def keeps_silent(self) -> Twiml:
        """Says nothing."""
        return await self.follow(self._next(), SpeechResult="", Confidence="0.0")

    async def follow(self, path: str, **fields: str) -> Twiml:
        """Twilio calls this address and reads what it says."""
        form: Fields = {
            "AccountSid": "AC" + "0" * 32,
            "ApiVersion": "2010-04-01",
            "CallSid": self.sid,
            "CallStatus": "in-progress",
            "Called": "+33757000000",
            "CalledCountry": "FR",
            "Caller": self.number,
            "CallerCountry": "FR",
            "Direction": "inbound",
            "From": self.number,
            "To": "+33757000000",
            **fields,
        }
        answer = await post(self.client, PUBLIC, path, form, TOKEN)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/xml")
        self.hears = Twiml.read(answer.text)
        return self.hears

    def _next(self) -> str:
        assert self.hears.action is not None, self.hears.xml
        return self.hears.action


@pytest.fixture
async def client(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(telecom_app(services))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as opened:
        yield opened


@pytest.fixture
def caller(client: httpx.AsyncClient) -> Caller:
    return Caller(client)
