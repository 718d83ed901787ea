"""What is refused stays typed: nobody writes a form twice. And what the assistant knows is offered, not asked again."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from channels.console.callback_week import offered_slots
from channels.store.models import Callback
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk


class _Sheets:
    """A knowledge base in which only « coiffeuse » names something."""

    def link(self, text: str) -> list[Any]:
        return [_Hit()] if "coiffeuse" in text else []

    def refresh_soon(self) -> None:
        """Nothing changes."""

    def close(self) -> None:
        """Nothing to close."""


class _Hit:
    def to_card(self) -> dict[str, Any]:
        return {"kind": "metier", "id": "coiffeur", "title": "Coiffeur / Coiffeuse", "subtitle": None, "text": "Coupe et coiffe."}


def _slot(desk: Desk) -> str:
    return offered_slots(desk.services.hours)[0][1][0][0]


async def test_a_call_refused_for_its_number_keeps_what_was_chosen(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, _ = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    answer = await eva.post(f"/console/rappels/nouveau/{case_id}", kind="rendez_vous", starts_at=_slot(desk), account="",
                            place="12 rue du Port", phone="06 12")
    assert answer.status_code == 422 and "pas valable" in eva.page
    assert 'value="12 rue du Port"' in eva.page and 'value="06 12"' in eva.page
    assert f'<option value="{_slot(desk)}" selected>' in eva.page
    assert '<option value="rendez_vous" selected>' in eva.page and '<option value="" selected>Qui sera là' in eva.page
    assert re.search(r'<details class="menu" name="moves" open><summary[^>]*>Rappel ou RDV', eva.page)


async def test_a_meeting_needs_no_telephone_and_a_call_does(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, token = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    assert (await eva.post(f"/console/rappels/nouveau/{case_id}", starts_at=_slot(desk))).status_code == 422
    assert "numéro de téléphone pour appeler" in eva.page
    await eva.post(f"/console/rappels/nouveau/{case_id}", kind="rendez_vous", starts_at=_slot(desk), place="Mairie de Vernon")
    assert "Rendez-vous prévu" in eva.banner and "tel:" not in eva.page
    call = await desk.services.db.read(lambda session: session.scalars(select(Callback)).one())
    assert (call.phone, call.phone_hash) == ("", "")
    said = await desk.services.chat.events((await desk.services.chat.session(token)).conversation_id)
    assert "Lieu : Mairie de Vernon" in said.messages[-1].text
    await eva.open(f"/console/rappels?semaine={call.starts_at.date().isoformat()}")
    assert "sans téléphone" in eva.page


async def test_the_sheets_offered_are_those_of_the_last_question(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, token = await desk.waiting()
    desk.client._transport.app.state.knowledge = _Sheets()  # type: ignore[attr-defined]
    for said in ("merci", "vous êtes là ?"):
        await desk.say(token, said)
    await eva.open(f"/console/cases/{case_id}/fiches")
    assert "Coiffeur / Coiffeuse" in eva.page
    assert "comment devenir coiffeuse" in eva.page and "parler à un conseiller" not in eva.page


async def test_a_pause_says_when_it_ends_in_the_list_and_in_the_case(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, _ = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    await eva.post(f"/console/cases/{case_id}/snooze", until="tomorrow")
    assert "En pause jusqu&#39;à <time" in eva.page or "En pause jusqu'à <time" in eva.page
    await eva.open("/console/?tab=snoozed")
    assert re.search(r"En pause jusqu.{1,6}à demain à 09:00", eva.page)


async def test_a_case_that_is_over_says_so_and_names_nobody_as_answering(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    case_id, _ = await desk.waiting()
    await desk.services.cases.claim(awa, case_id)
    await eva.open(f"/console/cases/{case_id}")
    assert "Awa répond à cette personne." in eva.page
    await desk.services.cases.return_to_bot(awa, case_id)
    await eva.open(f"/console/cases/{case_id}")
    assert "répond à cette personne" not in eva.page and "Cette demande est terminée" in eva.page


async def test_a_word_for_the_colleague_goes_with_a_case_handed_on(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, token = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    await eva.post(f"/console/cases/{case_id}/claim")
    await eva.post(f"/console/cases/{case_id}/transfer", to="bruno@exemple.fr", word="Elle préfère le matin.")
    assert "transmise à Bruno" in eva.banner
    bruno = await desk.services.accounts.by_key(desk.keys["Bruno"])
    detail = await desk.services.cases.get(bruno, case_id)
    assert [(note.author, note.text) for note in detail.notes] == [("Eva", "Elle préfère le matin.")]
    read = await desk.services.chat.events((await desk.services.chat.session(token)).conversation_id)
    assert not any("matin" in message.text for message in read.messages)


async def test_a_note_sent_by_script_answers_with_a_sentence_and_moves_nothing(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, _ = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    answer = await eva.http.post(f"/console/cases/{case_id}/notes", data={"text": "À suivre"},
                                 headers={"x-csrf-token": eva.token})
    assert answer.json() == {"said": "La note est ajoutée."}
    await eva.post(f"/console/cases/{case_id}/notes", text="Sans script")
    assert "La note est ajoutée." in eva.banner and "Sans script" in eva.page

