"""The queue and the case as an advisor lives them, over real services."""

from __future__ import annotations

import gzip
import re

import pytest
from sqlalchemy import update

from channels.messages import Incoming
from channels.store.models import Account, Conversation, OutboxRow
from channels.transcripts.live import Utterance
from channels.transcripts.live_store import LiveTranscripts
from tests.fixtures.console_browser import Seat, seat
from tests.fixtures.desk import Desk


@pytest.fixture
async def eva(desk: Desk) -> Seat:
    return await seat(desk, "Eva")


async def test_the_queue_shows_what_an_advisor_needs_to_choose(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    await eva.open("/console/")
    for expected in (f"n° {case_id}", "Évreux", "Lycéen", "Chat", "devenir coiffeuse", "Prendre"):
        assert expected in eva.page


async def test_the_pages_run_under_a_policy_without_inline_script_or_style(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    for path in ("/console/", f"/console/cases/{case_id}", "/console/compte", "/console/conversations"):
        answer = await eva.open(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "script-src 'self'" in policy and "default-src 'none'" in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", answer.text)
        assert answer.headers["cache-control"] == "no-store"


async def test_distress_stands_on_top_until_somebody_has_seen_it(desk: Desk, eva: Seat) -> None:
    await desk.waiting()
    token = await desk.citizen()
    await desk.say(token, "j'ai envie de mourir")
    await eva.open("/console/")
    ids = re.findall(r'<li id="case-(\d+)"', eva.page)
    assert ids[0] == max(ids, key=int), "the newest case comes first because it is urgent"
    alert = re.search(r"/console/alertes/(\w+)/vue", eva.page)
    assert alert is not None
    await eva.open(f"/console/cases/{ids[1]}")
    await eva.post(f"/console/alertes/{alert[1]}/vue")
    assert "Message de détresse" not in eva.page and eva.path == f"/console/cases/{ids[1]}", "whoever is at a case stays there"


async def test_a_claim_lost_by_a_moment_names_the_owner_in_a_sentence(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    await eva.open("/console/")
    await desk.services.cases.claim(await desk.services.accounts.by_key(desk.keys["Awa"]), case_id)
    await eva.post(f"/console/cases/{case_id}/claim")
    assert eva.banner == "Cette demande est déjà suivie par Awa."


async def test_a_case_is_taken_answered_and_closed(desk: Desk, eva: Seat) -> None:
    case_id, token = await desk.waiting()
    await eva.open("/console/")
    await eva.post(f"/console/cases/{case_id}/claim")
    assert eva.path == f"/console/cases/{case_id}"
    assert "Vous suivez cette demande" in eva.page
    await eva.post(f"/console/cases/{case_id}/messages", text="Bonjour, je vous réponds.", key="un")
    await eva.post(f"/console/cases/{case_id}/messages", text="Bonjour, je vous réponds.", key="un")
    assert eva.page.count("Bonjour, je vous réponds.") == 1
    session = await desk.services.chat.session(token)
    heard = [message.text for message in (await desk.services.chat.events(session.conversation_id)).messages]
    assert "Bonjour, je vous réponds." in heard
    await eva.post(f"/console/cases/{case_id}/close", outcome="oriente", reason="CIO d'Évreux")
    assert "Orientée vers un partenaire" in eva.page
    assert "CIO d&#39;Évreux" in eva.page


async def test_a_full_advisor_is_asked_again_before_one_more_and_may_take_it_anyway(desk: Desk, eva: Seat) -> None:
    me = await desk.services.accounts.by_key(desk.keys["Eva"])
    await desk.services.db.write(lambda work: work.execute(update(Account).where(Account.id == me.account_id).values(capacity=1)))
    (first, _), (second, _) = await desk.waiting(), await desk.waiting()
    conversation = await desk.say(await desk.citizen(), "je comprends rien")
    await eva.open("/console/")
    await eva.post(f"/console/cases/{first}/claim")
    assert "Vous suivez cette demande" in eva.page
    await eva.post(f"/console/cases/{second}/claim")
    assert "maximum" in eva.page and "Vous suivez cette demande" not in eva.page
    await eva.post(f"/console/cases/{second}/claim?quand-meme=1")
    assert "Vous suivez cette demande" in eva.page
    await eva.post(f"/console/conversations/{conversation}/take-over")
    assert "Reprendre quand même" in eva.page
    await eva.post(f"/console/conversations/{conversation}/take-over?quand-meme=1")
    assert "Vous suivez cette demande" in eva.page
    await eva.post(f"/console/cases/{second}/close", outcome="informe")
    await eva.post(f"/console/cases/{second}/reopen")
    assert "Rouvrir quand même" in eva.page


async def test_nobody_is_asked_twice_before_taking_a_message_of_distress(desk: Desk, eva: Seat) -> None:
    me = await desk.services.accounts.by_key(desk.keys["Eva"])
    await desk.services.db.write(lambda work: work.execute(update(Account).where(Account.id == me.account_id).values(capacity=0)))
    conversation = await desk.say(await desk.citizen(), "j'ai envie de mourir")
    case_id = await desk.services.cases.find_by_conversation(conversation)
    await eva.open("/console/")
    await eva.post(f"/console/cases/{case_id}/claim")
    assert "Vous suivez cette demande" in eva.page


async def test_somebody_elses_case_cannot_be_answered(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    await desk.services.cases.claim(await desk.services.accounts.by_key(desk.keys["Awa"]), case_id)
    await eva.open(f"/console/cases/{case_id}")
    assert "Awa répond à cette personne" in eva.page
    answer = await eva.post(f"/console/cases/{case_id}/messages", text="Bonjour, un long texte")
    assert answer.status_code == 403 and "prenez-la d&#39;abord" in eva.page
    assert "Bonjour, un long texte</textarea>" in eva.page, "what was typed is not lost"


async def test_another_text_from_the_same_page_is_another_message(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    await eva.open("/console/")
    await eva.post(f"/console/cases/{case_id}/claim")
    for text in ("Bonjour.", "Bonjour.", "Et encore ceci."):
        await eva.post(f"/console/cases/{case_id}/messages", text=text, key="la page")
    assert (eva.page.count('<p class="txt">Bonjour.</p>'), eva.page.count('<p class="txt">Et encore ceci.</p>')) == (1, 1)


async def test_a_script_gets_refusals_as_json(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    answer = await eva.http.post(f"/console/cases/{case_id}/messages", data={"text": "Bonjour"},
                                 headers={"x-csrf-token": eva.token})
    assert answer.status_code == 403
    assert answer.json()["error"]["message"]


async def test_the_case_shows_the_persons_words_safely(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting("<script>alert(1)</script> coiffeuse ?")
    await eva.open(f"/console/cases/{case_id}")
    assert "<script>alert(1)" not in eva.page
    assert "&lt;script&gt;alert(1)" in eva.page


async def test_filters_narrow_the_list(desk: Desk, eva: Seat) -> None:
    await desk.waiting()
    await eva.open("/console/?channel=sms")
    assert "Aucune demande pour ces filtres" in eva.page
    assert '<li id="case-' not in eva.page
    await eva.open("/console/?channel=web&place=Rouen&public=lyceen")
    assert '<li id="case-' not in eva.page
    for written in ("évreux", "EVREUX"):
        await eva.open(f"/console/?channel=web&place={written}&public=lyceen")
        assert '<li id="case-' in eva.page


async def test_a_case_in_pause_leaves_the_queue_and_comes_back(desk: Desk, eva: Seat) -> None:
    case_id, _ = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    await eva.post(f"/console/cases/{case_id}/snooze", until="60")
    await eva.open("/console/")
    assert f'id="case-{case_id}"' not in eva.page
    await eva.open("/console/?tab=snoozed")
    assert f'id="case-{case_id}"' in eva.page
    await eva.post(f"/console/cases/{case_id}/snooze", until="now")
    await eva.open("/console/")
    assert f'id="case-{case_id}"' in eva.page


async def test_a_conversation_is_taken_over_unasked(desk: Desk, eva: Seat) -> None:
    token = await desk.citizen()
    conversation = await desk.say(token, "je comprends rien")
    await eva.open("/console/conversations")
    assert "je comprends rien" in eva.page
    await eva.post(f"/console/conversations/{conversation}/take-over")
    assert "Vous suivez cette demande" in eva.page


async def test_an_answer_of_the_assistant_that_did_not_arrive_is_seen_in_the_list(desk: Desk, eva: Seat) -> None:
    await desk.services.relay.receive(Incoming("sms", "c'est quoi coiffeur", sender="+33612345678", provider_id="SM1"))
    await eva.open("/console/conversations")
    assert "SMS non remis" not in eva.page
    await desk.services.db.write(lambda session: session.execute(update(OutboxRow).values(state="failed", error_code="30005")))
    await eva.open("/console/conversations")
    assert "SMS non remis" in eva.page


async def test_given_back_with_a_word_the_person_reads_it(desk: Desk, eva: Seat) -> None:
    case_id, token = await desk.waiting()
    await eva.open("/console/")
    await eva.post(f"/console/cases/{case_id}/claim")
    await eva.post(f"/console/cases/{case_id}/return", text="Je vous laisse avec l'assistant.")
    session = await desk.services.chat.session(token)
    heard = [message.text for message in (await desk.services.chat.events(session.conversation_id)).messages]
    assert heard[-2] == "Je vous laisse avec l'assistant."


async def test_an_sms_reply_is_counted_before_it_leaves(desk: Desk, eva: Seat) -> None:
    for number, text in enumerate(("bonjour", "je veux parler à un conseiller")):
        answer = await desk.services.relay.receive(Incoming("sms", text, sender="+33612345678", provider_id=f"SM{number}"))
    case_id = await desk.services.cases.find_by_conversation(answer.conversation_id)
    await eva.open(f"/console/cases/{case_id}")
    headers = {"x-csrf-token": eva.token}
    said = await eva.http.post(f"/console/cases/{case_id}/cout", data={"text": "a" * 200}, headers=headers)
    assert said.text.startswith("2 SMS, 200 caractères")


async def test_two_hundred_cases_weigh_less_than_150_kilobytes(desk: Desk, eva: Seat) -> None:
    for _ in range(200):
        await desk.waiting()
    answer = await eva.http.get("/console/")
    assert answer.text.count('<li id="case-') == 200
    pages = len(gzip.compress(answer.content))
    assets = set(re.findall(r'(?:href|src)="(/console/assets/[^"]+)"', answer.text))
    files = [await eva.http.get(path) for path in assets]
    weight = sum(int(file.headers["content-length"]) for file in files) + pages
    assert len(answer.content) < 150_000
    assert weight < 150_000


async def test_an_asset_that_is_not_on_the_list_does_not_exist(desk: Desk) -> None:
    for name in ("..%2Fpages.py", "pico.min.css", "package.json"):
        assert (await desk.client.get(f"/console/assets/{name}")).status_code == 404
    known = await desk.client.get("/console/assets/htmx.js")
    again = await desk.client.get("/console/assets/htmx.js", headers={"if-none-match": known.headers["etag"]})
    assert (known.status_code, again.status_code) == (200, 304)


async def test_an_editor_is_told_that_cases_are_not_for_that_role(desk: Desk) -> None:
    denis = await seat(desk, "Denis", "editeur")
    answer = await denis.open("/console/")
    assert answer.status_code == 403
    assert "droit" in denis.page


async def test_the_person_learns_that_the_one_who_follows_the_case_has_read(desk: Desk, eva: Seat) -> None:
    case_id, token = await desk.waiting()
    session = await desk.services.chat.session(token)

    async def read() -> int:
        return await desk.services.db.read(lambda work: work.get(Conversation, session.conversation_id).advisor_seen_seq)

    await eva.open(f"/console/cases/{case_id}")
    headers = {"x-csrf-token": eva.token}
    await eva.http.post(f"/console/cases/{case_id}/vu", data={"seq": "2"}, headers=headers)
    assert await read() == 0, "a look without following the case says nothing"
    await eva.post(f"/console/cases/{case_id}/claim")
    await eva.http.post(f"/console/cases/{case_id}/vu", data={"seq": "2"}, headers=headers)
    assert await read() == 2


async def test_a_call_is_read_while_it_goes_on(desk: Desk, eva: Seat) -> None:
    answer = await desk.services.relay.receive(Incoming("phone", "je veux parler à un conseiller", sender="+33612345678",
                                                        provider_id="CA1-1"))
    case_id = await desk.services.cases.find_by_conversation(answer.conversation_id)
    transcripts = LiveTranscripts(desk.services.db, desk.services.settings.transcript_mask)
    for said in (Utterance("inbound_track", "je cherche un apprentissage", True, 1, "2026-11-26T10:00:00Z"),
                 Utterance("outbound_track", "dans quel", False, 2, "2026-11-26T10:00:04Z")):
        await transcripts.add(answer.conversation_id, said)
    await eva.open(f"/console/cases/{case_id}")
    assert "Appel en cours" in eva.page and "je cherche un apprentissage" in eva.page and "dans quel…" in eva.page
    await transcripts.close(answer.conversation_id)
    part = await eva.http.get(f"/console/cases/{case_id}/appel")
    assert "Appel en cours" not in part.text
    await eva.open(f"/console/cases/{case_id}")
    assert eva.page.count('<p class="txt">je cherche un apprentissage</p>') == 1


async def test_an_address_that_leads_nowhere_is_a_page_for_people_and_json_for_programs(desk: Desk, eva: Seat) -> None:
    answer = await eva.http.get("/console/nulle-part", headers={"accept": "text/html"})
    assert answer.status_code == 404 and "Cette page n&#39;existe pas" in answer.text.replace("’", "&#39;")
    assert 'href="/console/"' in answer.text and "unsafe" not in answer.headers["content-security-policy"]
    script = await eva.http.get("/console/nulle-part", headers={"accept": "text/html", "hx-request": "true"})
    assert script.status_code == 404 and script.json()["error"]["code"] == "not_found"
    assert (await eva.http.get("/console/nulle-part")).json()["error"]["code"] == "not_found"
