"""Whatever the network does to SMS - repeats, shuffles, drops, any letters - each is stored once and answered once."""

from __future__ import annotations

import itertools
from datetime import timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from channels.services import Services
from channels.sms.reconciling import Reconciliation
from channels.store.models import MessageState
from channels.telecom.account import TwilioAccount
from tests.fixtures.fake_twilio import FakeTwilio
from tests.integration.channels.sms.conftest import Phone, messages

_people = itertools.count()
_odd_letters = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
# A question mark keeps the words from being a reserved one; the number makes each SMS another one.
_texts = st.lists(_odd_letters.map(lambda text: f"q ? {text.strip()}".strip()), min_size=1, max_size=6)


@given(st.data())
@trials(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_sms_is_stored_once_as_it_was_written_and_covered_by_one_answer(
        phone: Phone, services: Services, twilio: FakeTwilio, data: st.DataObject) -> None:
    sender = f"+33612{next(_people):06d}"
    written = {f"SM{sender[-6:]}{index:04d}": text for index, text in enumerate(data.draw(_texts, "texts"))}
    # None of its webhooks may reach us: 0 deliveries is a drop, which only the provider's list knows.
    often = {sid: data.draw(st.integers(0, 3), "deliveries") for sid in written}
    delivered = data.draw(st.permutations([sid for sid, times in often.items() for _ in range(times)]), "order")
    for sid, text in written.items():
        twilio.add(sid=sid, direction="inbound", to="+33757000000", sender=sender, body=text, age=timedelta(minutes=5))
    for sid in delivered:
        assert (await phone.texts(written[sid], sid=sid, sender=sender)).status_code == 200
    account = TwilioAccount.from_settings(services.settings)
    assert account is not None
    await Reconciliation(services, account).run()
    await phone.gets(sender)
    stored = [row for row in await messages(services) if row.provider_id in written]
    assert {row.provider_id: row.text for row in stored} == written
    assert len(stored) == len(written)
    assert {row.state for row in stored} <= {MessageState.ANSWERED, MessageState.RELAYED}
    await account.http.close()


@pytest.mark.parametrize("sid", ["SM" + "9" * 300, "SM\x00\x01", "é" * 90])
async def test_an_identifier_that_no_column_could_hold_is_still_one_message(phone: Phone, services: Services, sid: str) -> None:
    for _ in range(2):
        assert (await phone.texts("bonjour", sid=sid)).status_code == 200
    assert len(await messages(services)) == 1


async def test_a_body_in_another_charset_or_another_form_type_is_refused(phone: Phone) -> None:
    latin = {"Content-Type": "application/x-www-form-urlencoded; charset=no-such", "X-Twilio-Signature": "x"}
    answer = await phone.client.post("/webhooks/twilio/sms", content="Body=\xe9".encode("latin-1"), headers=latin)
    assert answer.status_code == 403
    files = {"Body": (None, "bonjour"), "From": (None, "+33612345678"), "MessageSid": (None, "SM1")}
    request = httpx.Request("POST", "http://gateway/webhooks/twilio/sms", files=files, headers={"X-Twilio-Signature": "x"})
    assert (await phone.client.send(request)).status_code == 403
