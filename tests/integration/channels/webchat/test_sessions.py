"""What the owner of a conversation may do with it, and who may open one."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.gateway import Gateway, running_gateway
from tests.integration.channels.webchat.conftest import Citizen


def test_the_transcript_is_the_conversation_as_text(citizen: Citizen) -> None:
    citizen.send(text="ma question")
    answer = citizen.http.get("/api/chat/transcript")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "ma question" in answer.text and "Assistant automatique" in answer.text


def test_an_erased_conversation_is_gone(citizen: Citizen) -> None:
    assert citizen.http.delete("/api/chat/session").status_code == 204
    assert citizen.http.get("/api/chat/events").status_code == 401


@pytest.mark.parametrize(("body", "status"), [({"score": 4}, 204), ({"score": 5, "comment": "merci"}, 204), ({"score": 0}, 422),
                                              ({"score": 6}, 422), ({"score": "4"}, 422), ({"score": True}, 422), ({}, 422)])
def test_feedback_goes_from_one_to_five(citizen: Citizen, body: dict[str, object], status: int) -> None:
    assert citizen.http.post("/api/chat/feedback", json=body).status_code == status


def test_the_advisor_s_first_name_comes_with_the_mode_and_the_message(citizen: Citizen, gateway: Gateway) -> None:
    citizen.send(text="je veux parler à un conseiller")
    who = gateway.advisor("Camille Martin")
    case = gateway.call(gateway.services.cases.find_by_conversation(citizen.id))
    assert case is not None
    gateway.call(gateway.services.cases.claim(who, case))
    gateway.call(gateway.services.cases.reply(who, case, "Bonjour !"))
    found = citizen.events()
    assert found["mode"] == "human" and found["advisor_name"] == "Camille"
    assert found["messages"][-1]["author_name"] == "Camille" and "Martin" not in str(found)  # type: ignore[index]
    assert citizen.send(text="merci de répondre").json()["messages"] == []


def test_help_numbers_are_marked_urgent(citizen: Citizen) -> None:
    (message,) = citizen.send(text="j'ai envie de mourir").json()["messages"]
    assert message["author"] == "system" and message["urgent"] and "3114" in message["text"]


def test_the_address_of_the_page_is_kept_without_its_query(gateway: Gateway) -> None:
    citizen = Citizen(gateway.url, page_url="https://site.fr/page?nom=Dupont#x")
    row = gateway.call(gateway.services.db.read(_page_url(citizen.id)))
    assert row == "https://site.fr/page"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway that two sites may embed, with rate limits."""
    origins = "https://www.region.fr, lycees=https://*.lycees.fr"
    with running_gateway(tmp_path_factory.mktemp("guarded"), widget_origins=origins, rate_limit=1) as running:
        yield running


@pytest.mark.parametrize(("origin", "key", "status"), [
    ("https://www.region.fr", "any", 201), ("https://un.lycees.fr", "lycees", 201), ("https://un.lycees.fr", "autre", 403),
    ("https://ailleurs.fr", "lycees", 403), ("http://www.region.fr", "any", 403), ("null", "any", 403), ("http://[", "any", 403),
    ("https://www.region.fr.ailleurs.fr", "any", 403)])
def test_a_site_opens_conversations_only_with_a_key_it_may_use(guarded: Gateway, origin: str, key: str, status: int) -> None:
    answer = httpx.post(f"{guarded.url}/api/chat/sessions", json={"site_key": key}, headers={"Origin": origin})
    assert answer.status_code == status
    # Refused too, the answer may be read by the page: it says why.
    assert answer.headers["access-control-allow-origin"] == origin
    assert "origin" in answer.headers["vary"].lower()


def test_an_address_that_is_none_is_refused_with_a_reason(guarded: Gateway) -> None:
    answer = httpx.post(f"{guarded.url}/api/chat/sessions", json={"page_url": "http://[::1"})
    assert answer.status_code == 422


def test_our_own_pages_and_programs_without_origin_are_always_allowed(guarded: Gateway) -> None:
    for headers in ({}, {"Origin": guarded.url}):
        assert httpx.post(f"{guarded.url}/api/chat/sessions", json={}, headers=headers).status_code == 201


def test_a_preflight_names_what_the_widget_sends(guarded: Gateway) -> None:
    asked = {"Origin": "https://www.region.fr", "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "authorization,content-type,idempotency-key"}
    answer = httpx.options(f"{guarded.url}/api/chat/messages", headers=asked)
    assert answer.status_code == 204
    assert "idempotency-key" in answer.headers["access-control-allow-headers"]


def test_too_many_messages_are_slowed_down_and_told_when_to_come_back(guarded: Gateway) -> None:
    citizen = Citizen(guarded.url)
    answers = [citizen.send(text="bonjour") for _ in range(25)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert answers[0].status_code == 200 and refused
    assert int(refused[0].headers["retry-after"]) >= 1 and refused[0].json()["error"]["code"] == "too_many_requests"


def test_the_link_of_an_sms_opens_the_chat_once(gateway: Gateway, citizen: Citizen) -> None:
    token = gateway.call(gateway.services.chat.continuation_link(citizen.id))
    address = f"{gateway.url}/r/{token}"
    for agent in ("WhatsApp/2.0", "Mozilla/5.0 (Linux; Android 9; CUBOT X19)", "a scanner that calls itself a browser"):
        seen = httpx.get(address, headers={"User-Agent": agent})
        assert seen.status_code == 200 and "data-session" not in seen.text and 'method="post"' in seen.text
    assert httpx.head(address).status_code == 200
    first = httpx.post(address)
    assert first.status_code == 200 and "data-session" in first.text and first.headers["cache-control"] == "no-store"
    second = httpx.post(address)
    assert second.status_code == 404 and "data-session" not in second.text and "déjà servi" in second.text


def _page_url(conversation_id: str):  # type: ignore[no-untyped-def]
    from channels.store import threads

    def work(session):  # type: ignore[no-untyped-def]
        found = threads.by_id(session, conversation_id)
        return found.page_url if found else None

    return work
