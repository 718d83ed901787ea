"""`/api/advisor/` as another helpdesk uses it."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from channels.console.api import events
from channels.console.still_in import StillIn
from tests.fixtures.desk import Desk

BASE = "/api/advisor"


async def test_without_a_key_nothing_is_shown_and_the_reason_is_french(desk: Desk) -> None:
    answer = await desk.client.get(f"{BASE}/cases")
    assert answer.status_code == 401
    assert "clé" in answer.json()["error"]["message"]
    unknown = await desk.client.get(f"{BASE}/cases", headers={"authorization": "Bearer pm_unknown"})
    assert unknown.status_code == 401


async def test_a_waiting_case_is_listed_with_the_fields_of_the_contract(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    answer = await desk.client.get(f"{BASE}/cases?state=queued", headers=desk.bearer("Awa"))
    assert answer.status_code == 200
    (case,) = answer.json()["cases"]
    assert case["id"] == case_id
    expected = {"state": "queued", "channel": "web", "public": "lyceen", "place": "Évreux", "urgency": "normale", "owner": None}
    assert {name: case[name] for name in expected} == expected
    assert case["waiting_seconds"] >= 0
    assert "devenir coiffeuse" in case["summary"]


async def test_cases_come_oldest_first(desk: Desk) -> None:
    ids = [(await desk.waiting())[0] for _ in range(3)]
    answer = await desk.client.get(f"{BASE}/cases?state=queued", headers=desk.bearer("Awa"))
    assert [case["id"] for case in answer.json()["cases"]] == ids


async def test_an_unknown_state_is_refused(desk: Desk) -> None:
    answer = await desk.client.get(f"{BASE}/cases?state=endormi", headers=desk.bearer("Awa"))
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


async def test_a_case_shows_the_whole_conversation_and_the_person(desk: Desk) -> None:
    case_id, _ = await desk.waiting("comment devenir coiffeuse ?")
    case = (await desk.client.get(f"{BASE}/cases/{case_id}", headers=desk.bearer("Awa"))).json()
    texts = [message["text"] for message in case["messages"]]
    assert "comment devenir coiffeuse ?" in texts
    assert case["person"]["slots"]["age"] == 17
    assert case["parts"]["asks"] == ["devenir coiffeuse"]
    assert (await desk.client.get(f"{BASE}/cases/999", headers=desk.bearer("Awa"))).status_code == 404


async def test_a_second_claim_is_refused_with_the_owners_name(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    first = await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Awa"))
    assert (first.status_code, first.json()["owner"], first.json()["state"]) == (200, "Awa", "human")
    second = await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Bruno"))
    assert second.status_code == 409
    assert "Awa" in second.json()["error"]["message"]


async def test_of_two_claims_at_the_same_instant_exactly_one_wins(desk: Desk) -> None:
    for _ in range(20):
        case_id, _ = await desk.waiting()
        answers = await asyncio.gather(*(
            desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer(name)) for name in ("Awa", "Bruno")))
        assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_only_the_owner_writes(desk: Desk) -> None:
    case_id, token = await desk.waiting()
    await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Awa"))
    other = await desk.client.post(f"{BASE}/cases/{case_id}/messages", json={"text": "Bonjour"}, headers=desk.bearer("Bruno"))
    assert other.status_code == 403
    mine = await desk.client.post(f"{BASE}/cases/{case_id}/messages", json={"text": "Bonjour"}, headers=desk.bearer("Awa"))
    assert (mine.status_code, mine.json()["author"], mine.json()["text"]) == (200, "advisor", "Bonjour")
    session = await desk.services.chat.session(token)
    seen = await desk.services.chat.events(session.conversation_id)
    assert [message.text for message in seen.messages if message.author == "advisor"] == ["Bonjour"]


async def test_the_same_key_sends_once(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    headers = desk.bearer("Awa") | {"idempotency-key": "une-fois"}
    await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=headers)
    answers = [await desk.client.post(f"{BASE}/cases/{case_id}/messages", json={"text": "Bonjour"}, headers=headers)
               for _ in range(2)]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    case = (await desk.client.get(f"{BASE}/cases/{case_id}", headers=headers)).json()
    assert sum(message["author"] == "advisor" for message in case["messages"]) == 1


@pytest.mark.parametrize("text", ["", "   "])
async def test_an_empty_message_is_refused(desk: Desk, text: str) -> None:
    case_id, _ = await desk.waiting()
    await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Awa"))
    answer = await desk.client.post(f"{BASE}/cases/{case_id}/messages", json={"text": text}, headers=desk.bearer("Awa"))
    assert answer.status_code == 422


async def test_a_note_is_for_colleagues_only(desk: Desk) -> None:
    case_id, token = await desk.waiting()
    answer = await desk.client.post(f"{BASE}/cases/{case_id}/notes", json={"text": "voir le CIO"}, headers=desk.bearer("Bruno"))
    assert answer.status_code == 200
    case = (await desk.client.get(f"{BASE}/cases/{case_id}", headers=desk.bearer("Awa"))).json()
    assert [(note["author"], note["text"]) for note in case["notes"]] == [("Bruno", "voir le CIO")]
    session = await desk.services.chat.session(token)
    assert "voir le CIO" not in await desk.services.chat.transcript(session.conversation_id)


async def test_a_transfer_gives_the_case_to_a_colleague(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Awa"))
    url = f"{BASE}/cases/{case_id}/transfer"
    assert (await desk.client.post(url, json={"to": "personne@exemple.fr"}, headers=desk.bearer("Awa"))).status_code == 404
    answer = await desk.client.post(url, json={"to": "bruno@exemple.fr"}, headers=desk.bearer("Awa"))
    assert (answer.status_code, answer.json()["owner"]) == (200, "Bruno")
    assert (await desk.client.post(url, json={"to": "claire@exemple.fr"}, headers=desk.bearer("Awa"))).status_code == 403


async def test_returned_to_the_bot_the_bot_answers_again(desk: Desk) -> None:
    case_id, token = await desk.waiting()
    await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Awa"))
    answer = await desk.client.post(f"{BASE}/cases/{case_id}/return", headers=desk.bearer("Awa"))
    assert answer.status_code == 200
    conversation = await desk.say(token, "et le salaire ?")
    texts = [message.text for message in (await desk.services.chat.events(conversation)).messages]
    assert texts[-1] == "Vous avez dit : et le salaire ?"


async def test_a_case_is_closed_with_an_outcome_of_the_contract(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    await desk.client.post(f"{BASE}/cases/{case_id}/claim", headers=desk.bearer("Awa"))
    url = f"{BASE}/cases/{case_id}/close"
    assert (await desk.client.post(url, json={"outcome": "gagne"}, headers=desk.bearer("Awa"))).status_code == 422
    answer = await desk.client.post(url, json={"outcome": "oriente"}, headers=desk.bearer("Awa"))
    assert (answer.status_code, answer.json()["state"], answer.json()["outcome"]) == (200, "closed", "oriente")


async def test_a_new_case_is_pushed_with_its_row(desk: Desk) -> None:
    who = await desk.services.accounts.by_key(desk.keys["Awa"])
    stream = events._push(desk.services, who, StillIn(lambda: desk.services.accounts.by_key(desk.keys["Awa"])))
    assert (await anext(stream)).startswith("event: ready")
    case_id, _ = await desk.waiting()
    lines = (await asyncio.wait_for(anext(stream), 60)).splitlines()
    assert lines[0] == "event: case"
    pushed = json.loads(lines[1].removeprefix("data: "))
    assert (pushed["case_id"], pushed["case"]["state"]) == (case_id, "queued")
    await stream.aclose()


async def test_the_stream_ends_with_its_key(desk: Desk) -> None:
    who = await desk.services.accounts.by_key(desk.keys["Awa"])
    stream = events._push(desk.services, who, StillIn(lambda: desk.services.accounts.by_key(desk.keys["Awa"]), every=0))
    assert (await anext(stream)).startswith("event: ready")
    (key,) = await desk.services.accounts.keys(who)
    await desk.services.accounts.revoke_key(who, key.id)
    await desk.waiting()
    assert [event async for event in stream] == []


async def test_an_editor_sees_no_case(desk: Desk) -> None:
    await desk.colleague("Denis", "editeur")
    answer: httpx.Response = await desk.client.get(f"{BASE}/cases", headers=desk.bearer("Denis"))
    assert answer.status_code == 403


VTT = """WEBVTT

00:00.000 --> 00:03.000
<v Conseiller>Bonjour, Parcours-Métiers.

00:03.000 --> 00:07.000
<v Appelant>Bonjour, je voudrais devenir infirmière, quel diplôme il faut ?
"""


@pytest.mark.usefixtures("sheets")
async def test_a_transcript_becomes_a_case_once(desk: Desk) -> None:
    send = {"files": {"file": ("appel.vtt", VTT.encode(), "text/vtt")}, "headers": desk.bearer("Awa")}
    first = await desk.client.post(f"{BASE}/transcripts", **send)
    assert first.status_code == 201
    assert first.json()["summary"]
    again = await desk.client.post(f"{BASE}/transcripts", **send)
    assert again.json()["case_id"] == first.json()["case_id"]
    case = (await desk.client.get(f"{BASE}/cases/{first.json()['case_id']}", headers=desk.bearer("Awa"))).json()
    assert any("infirmière" in message["text"] for message in case["messages"])


@pytest.mark.usefixtures("sheets")
async def test_a_file_that_is_no_transcript_is_refused_in_french(desk: Desk) -> None:
    for data in (b"", b"\x00\x01", b"{}"):
        answer = await desk.client.post(f"{BASE}/transcripts", files={"file": ("x.bin", data)}, headers=desk.bearer("Awa"))
        assert answer.status_code == 422, data
        assert answer.json()["error"]["message"]
