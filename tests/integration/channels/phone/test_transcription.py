"""The live transcript of a call that an advisor took: only with the caller's yes, in order, masked, once."""

from __future__ import annotations

import json
import random

import httpx
import pytest

from channels.services import Services
from channels.store.models import Message
from channels.transcripts.live_store import LiveTranscripts
from tests.fixtures.signed import post
from tests.integration.channels.phone.conftest import PUBLIC, TOKEN, Caller
from tests.integration.channels.phone.test_calls import rows


async def transcribed_call(caller: Caller, answer: str = "oui") -> str:
    """Asks for a person, answers the question about transcription; returns the address of the events."""
    await caller.calls()
    asked = await caller.presses("0")
    heard = await caller.says(answer)
    return heard.transcription or f"/webhooks/twilio/transcription?{(asked.action or '').partition('?')[2]}"


async def send(
    client: httpx.AsyncClient,
    address: str,
    kind: str = "content",
    text: str = "",
    sequence: int = 1,
    *,
    track: str = "inbound_track",
    final: bool = True,
) -> None:
    """One event as Twilio posts it."""
    fields = {
        "AccountSid": "AC" + "0" * 32,
        "CallSid": "CA" + "1" * 32,
        "TranscriptionSid": "GT" + "1" * 32,
        "SequenceId": str(sequence),
        "Timestamp": f"2026-11-24T10:00:{sequence:02d}.000000Z",
        "TranscriptionEvent": f"transcription-{kind}",
        "LanguageCode": "fr-FR",
    }
    if kind == "content":
        fields |= {
            "TranscriptionData": json.dumps({"transcript": text, "confidence": 0.93}),
            "Track": track,
            "Final": str(final).lower(),
        }
    assert (await post(client, PUBLIC, address, fields, TOKEN)).status_code == 204


async def lines(services: Services, address: str) -> list[tuple[str, str]]:
    """What the advisor sees during the call."""
    conversation = httpx.URL(PUBLIC + address).params["conversation"]
    found = await LiveTranscripts(services.db, "").lines(conversation)
    return [(item.speaker, item.text) for item in found]


async def test_words_appear_as_they_are_said_then_become_messages_of_the_case(
    caller: Caller, client: httpx.AsyncClient, services: Services
) -> None:
    address = await transcribed_call(caller)
    await send(client, address, "started")
    await send(client, address, text="Je cher", sequence=2, final=False)
    assert await lines(services, address) == [("appelant", "Je cher")]
    await send(client, address, text="Bonjour, je vous écoute.", sequence=4, track="outbound_track")
    await send(client, address, text="Je cherche un stage, mon numéro est le 06 12 34 56 78.", sequence=3)
    expected = [("appelant", "Je cherche un stage, mon numéro est le [numéro]."), ("conseiller", "Bonjour, je vous écoute.")]
    assert await lines(services, address) == expected
    await send(client, address, "stopped", sequence=9)
    said = sorted(
        (row for row in await rows(services, Message) if row.provider_id and row.provider_id.startswith("live:")),
        key=lambda row: row.seq,
    )
    assert [(row.author, row.text) for row in said] == [("citizen", expected[0][1]), ("advisor", expected[1][1])]
    assert await lines(services, address) == []


async def test_any_order_any_repetition_even_after_the_end_says_the_same(
    caller: Caller, client: httpx.AsyncClient, services: Services
) -> None:
    address = await transcribed_call(caller)
    events = [(f"phrase {number}", number) for number in range(1, 9)] * 2
    random.Random(3).shuffle(events)
    for text, number in events:
        await send(client, address, text=text, sequence=number)
    await send(client, address, "stopped", sequence=20)
    await send(client, address, text="phrase 3", sequence=3)
    await send(client, address, "stopped", sequence=20)
    said = [row for row in await rows(services, Message) if row.provider_id and row.provider_id.startswith("live:")]
    assert [row.text for row in sorted(said, key=lambda row: row.seq)] == [f"phrase {number}" for number in range(1, 9)]


@pytest.mark.parametrize("answer", ["non", "je ne sais pas"])
async def test_without_a_yes_nothing_of_the_call_is_kept(
    caller: Caller, client: httpx.AsyncClient, services: Services, answer: str
) -> None:
    address = await transcribed_call(caller, answer)
    before = len(await rows(services, Message))
    await send(client, address, text="Ceci ne doit pas rester.")
    await send(client, address, "stopped")
    assert await lines(services, address) == []
    assert len(await rows(services, Message)) == before


async def test_the_end_of_the_call_ends_the_transcript_even_when_twilio_forgets_to_say_so(
    caller: Caller, client: httpx.AsyncClient, services: Services
) -> None:
    address = await transcribed_call(caller)
    await send(client, address, text="Bonjour.")
    await caller.follow(caller.hears.dialed or "", DialCallStatus="completed", DialBridged="true")
    assert "Bonjour." in [row.text for row in await rows(services, Message)]


async def test_an_event_whose_address_lost_its_query_finds_its_call(
    caller: Caller, client: httpx.AsyncClient, services: Services
) -> None:
    address = await transcribed_call(caller)
    await send(client, "/webhooks/twilio/transcription", text="Bonjour.")
    assert await lines(services, address) == [("appelant", "Bonjour.")]


async def test_events_that_nobody_signed_are_refused(client: httpx.AsyncClient) -> None:
    assert (
        await client.post("/webhooks/twilio/transcription", data={"TranscriptionEvent": "transcription-content"})
    ).status_code == 403
