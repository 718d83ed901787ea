"""The SMS routes around real services, Twilio replaced by a small fake of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
import respx
from sqlalchemy import func, select

from channels import sms
from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from channels.store.models import Base, Message, OutboxRow
from tests.fixtures import fake_twilio
from tests.fixtures.fake_twilio import FakeTwilio
from tests.fixtures.migrated import migrated_sqlite
from tests.fixtures.signed import Fields, post, sms_fields
from tests.fixtures.telecom_gateway import telecom_app
from tests.integration.channels.conftest import ScriptedEngine

PUBLIC = "https://orientation.exemple.fr"
TOKEN = "secret-of-the-tests"
CITIZEN = "+33612345678"


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    # The store's own tests run on both databases; what is tested here lies above it.
    return migrated_sqlite(tmp_path)


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    return Settings(_env_file=None, state_dir=tmp_path, database_url=store_url, opening="always", public_url=PUBLIC,  # type: ignore[call-arg]
                    sms_batch_seconds=30, twilio_account_sid="AC" + "0" * 32, twilio_auth_token=TOKEN,
                    twilio_from="+33757000000", twilio_api_url=fake_twilio.URL)


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    fake = FakeTwilio()
    with respx.mock(base_url=fake_twilio.URL, assert_all_called=False) as mocked:
        mocked.route().mock(side_effect=fake)
        yield fake


@pytest.fixture
async def services(settings: Settings, engine: ScriptedEngine, keys: Keyring, twilio: FakeTwilio) -> AsyncIterator[Services]:
    opened = Services.open(settings, engine, keys)
    sms.register(opened)
    yield opened
    await opened.stop()


class Phone:
    """A citizen's phone and Twilio between it and us."""

    def __init__(self, client: httpx.AsyncClient, services: Services, twilio: FakeTwilio) -> None:
        self.client, self._services, self._twilio, self._sent = client, services, twilio, 0

    async def texts(self, body: str, *, sid: str | None = None, sender: str = CITIZEN, **more: str) -> httpx.Response:
        """The citizen sends an SMS."""
        self._sent += 1
        fields = sms_fields(sid or f"SM{self._sent:032x}", sender, body, **more)
        return await self.webhook("/webhooks/twilio/sms", fields)

    async def webhook(self, path: str, fields: Fields) -> httpx.Response:
        """Twilio calls us."""
        return await post(self.client, PUBLIC, path, fields, TOKEN)

    async def gets(self, sender: str = CITIZEN) -> list[str]:
        """Everything that was sent to this number once all pending work is done."""
        await self._services.relay.recover()
        await self._services.outbox.deliver_due()
        return [item["body"] for item in self._twilio.messages if item["to"] == sender and item["direction"] != "inbound"]


@pytest.fixture
async def phone(services: Services, twilio: FakeTwilio) -> AsyncIterator[Phone]:
    transport = httpx.ASGITransport(telecom_app(services))
    with respx.mock(assert_all_called=False, base_url="http://gateway") as through:
        through.route().pass_through()
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            yield Phone(client, services, twilio)


async def count(services: Services, model: type[Base]) -> int:
    """Rows of a table."""
    return int(await services.db.read(lambda session: session.scalar(select(func.count()).select_from(model))) or 0)


async def outbox_rows(services: Services) -> list[OutboxRow]:
    """The outbox, oldest first."""
    return list(await services.db.read(lambda session: session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()))


async def messages(services: Services) -> list[Message]:
    """All messages, oldest first."""
    query = select(Message).order_by(Message.created_at, Message.seq)
    return list(await services.db.read(lambda session: session.scalars(query).all()))


def changed(fields: Mapping[str, str], **values: str) -> dict[str, str]:
    """The same fields, some of them tampered with."""
    return {**fields, **values}
