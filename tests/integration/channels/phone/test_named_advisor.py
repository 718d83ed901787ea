"""A caller who asks for somebody by name, or whose case somebody has, is put through to that person first."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from channels.errors import Invalid, NotFound
from channels.people.colleagues import Colleagues
from channels.services import Services
from channels.store.models import Case
from tests.integration.channels.conftest import make_advisor
from tests.integration.channels.phone.conftest import ADVISORS, Caller

ANNE = "+33231000011"


@pytest.fixture
async def anne(services: Services) -> Colleagues:
    """Anne has a telephone of her own; Léa has none."""
    await make_advisor(services, "anne@exemple.fr", "Anne")
    await make_advisor(services, "lea@exemple.fr", "Léa")
    colleagues = Colleagues(services.db)
    await colleagues.set_phone("anne@exemple.fr", "02 31 00 00 11")
    return colleagues


async def test_an_editor_who_has_a_telephone_is_not_called(caller: Caller, anne: Colleagues, services: Services) -> None:
    await make_advisor(services, "zoe@exemple.fr", "Zoé", role="editeur")
    await anne.set_phone("zoe@exemple.fr", "02 31 00 00 13")
    await caller.calls()
    assert (await caller.says("je voudrais parler à Zoé")).number is None


@pytest.mark.parametrize("words", [
    "je voudrais parler à Anne", "Passez-moi Anne s'il vous plaît", "est-ce que je peux avoir madame Anne"])
async def test_who_is_asked_for_by_name_is_called(caller: Caller, anne: Colleagues, words: str) -> None:
    await caller.calls()
    assert (await caller.says(words)).number == ANNE


async def test_the_choice_about_transcription_keeps_the_person_who_was_asked_for(caller: Caller, anne: Colleagues) -> None:
    await caller.calls()
    await caller.says("je voudrais parler à Anne")
    assert (await caller.says("oui")).number == ANNE


async def test_when_that_person_does_not_answer_the_team_is_called_then_a_call_back_is_proposed(
        caller: Caller, anne: Colleagues) -> None:
    await caller.calls()
    asked = await caller.says("je voudrais parler à Anne")
    heard = await caller.follow(asked.dialed or "", DialCallStatus="no-answer", DialBridged="false")
    assert heard.number == ADVISORS and "ne répond pas" in heard.said
    heard = await caller.follow(heard.dialed or "", DialCallStatus="busy", DialBridged="false")
    assert heard.number is None and "Quel jour" in heard.said


async def test_a_caller_whose_case_somebody_has_is_put_through_to_them(
        caller: Caller, anne: Colleagues, services: Services) -> None:
    advisor = await make_advisor(services, "eva@exemple.fr", "Eva")
    await anne.set_phone("eva@exemple.fr", "02 31 00 00 12")
    await caller.calls()
    await caller.presses("0")
    (case,) = await services.db.read(lambda session: session.scalars(select(Case)).all())
    await services.cases.claim(advisor, case.id)
    caller.sid = "CA" + "5" * 32
    await caller.calls()
    assert (await caller.presses("0")).number == "+33231000012"


@pytest.mark.parametrize("words", ["je veux parler à un conseiller", "je voudrais parler à Léa", "conseiller"])
async def test_without_a_name_or_a_telephone_the_common_number_is_called(caller: Caller, anne: Colleagues, words: str) -> None:
    await caller.calls()
    await caller.says(words)
    assert await anne.named(words) is None
    assert (await caller.presses("0")).number == ADVISORS


async def test_a_word_of_a_question_is_no_name(anne: Colleagues, services: Services) -> None:
    await make_advisor(services, "marine@exemple.fr", "Marine")
    await anne.set_phone("marine@exemple.fr", "02 31 00 00 13")
    assert await anne.named("je voudrais une formation dans la marine") is None
    assert await anne.named("je voudrais parler avec Marine") is not None


async def test_out_of_hours_the_call_back_is_proposed_whoever_is_asked_for(
        caller: Caller, anne: Colleagues, services: Services) -> None:
    services.hours.mode = "never"
    await caller.calls()
    heard = await caller.says("je voudrais parler à Anne")
    assert heard.number is None and "Quel jour" in heard.said


async def test_a_telephone_is_checked_and_can_be_taken_away(anne: Colleagues) -> None:
    with pytest.raises(Invalid):
        await anne.set_phone("anne@exemple.fr", "12")
    with pytest.raises(NotFound):
        await anne.set_phone("personne@exemple.fr", None)
    await anne.set_phone("anne@exemple.fr", None)
    assert await anne.named("je voudrais parler à Anne") is None
