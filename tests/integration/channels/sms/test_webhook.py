"""What Twilio posts to us: trusted only when it signed it, stored before it is answered, harmless when it comes again."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from channels.services import Services
from channels.store.models import Contact, Message, MessageState
from channels.telecom.signature import public_address
from clock import now
from tests.fixtures.signed import signature, sms_fields
from tests.integration.channels.conftest import ScriptedEngine, make_advisor
from tests.integration.channels.sms.conftest import CITIZEN, PUBLIC, TOKEN, Phone, changed, count, messages

PATH = "/webhooks/twilio/sms"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FIELDS = sms_fields("SM" + "a" * 32, CITIZEN, "c'est quoi coiffeur ?")


def signed(fields: dict[str, str], url: str = PUBLIC + PATH, token: str = TOKEN) -> dict[str, str]:
    """The headers of a form signed for this address."""
    return {**FORM, "X-Twilio-Signature": signature(token, url, fields)}


@pytest.mark.parametrize(("headers", "body"), [
    (FORM, urlencode(FIELDS).encode()),
    ({**FORM, "X-Twilio-Signature": ""}, urlencode(FIELDS).encode()),
    (signed(FIELDS, token="another"), urlencode(FIELDS).encode()),
    (signed(FIELDS, "http://127.0.0.1:8000" + PATH), urlencode(FIELDS).encode()),
    (signed(FIELDS), urlencode(changed(FIELDS, From="+33699999999")).encode()),
    (signed(FIELDS), urlencode({**FIELDS, "Extra": "1"}).encode()),
    (signed(FIELDS), urlencode([*FIELDS.items(), ("Body", "autre chose")]).encode()),
    (signed(FIELDS), b""), (signed(FIELDS), b"\xff\xfe%zz&&&===;"), (signed(FIELDS), b"x" * 70_000),
    (signed(FIELDS), b"&".join(b"a=1" for _ in range(2000))),
    ({"Content-Type": "application/json", "X-Twilio-Signature": "é".encode("latin-1").decode("latin-1")}, b"{}"),
    ({"Content-Type": "multipart/form-data", "X-Twilio-Signature": "x"}, b"--nothing"),
    ({"X-Twilio-Signature": "x"}, urlencode(FIELDS).encode()),
])
async def test_what_twilio_did_not_sign_is_refused_and_leaves_nothing(
        phone: Phone, services: Services, headers: dict[str, str], body: bytes) -> None:
    raw = {key: value.encode("latin-1") for key, value in headers.items()}
    answer = await phone.client.post(PATH, content=body, headers=raw)
    assert answer.status_code == 403
    assert await count(services, Message) == 0
    assert await count(services, Contact) == 0


async def test_nothing_is_accepted_when_no_secret_is_configured(phone: Phone, services: Services) -> None:
    services.settings.twilio_auth_token = None
    assert (await phone.texts("bonjour")).status_code == 403


@pytest.mark.parametrize(("public", "called"), [
    (PUBLIC, PATH), ("https://region.exemple.fr/orientation", PATH),
    ("https://region.exemple.fr/orientation", "/orientation" + PATH)])
def test_the_signature_is_over_the_public_address_whatever_the_proxy_does(public: str, called: str) -> None:
    scope = {"path": called, "raw_path": called.encode(), "query_string": b"id=a%20b"}
    assert public_address(scope, public) == public + PATH + "?id=a%20b"


async def test_repeated_fields_are_part_of_the_signature(phone: Phone) -> None:
    fields = [*FIELDS.items(), ("Tag", "b"), ("Tag", "a")]
    assert (await phone.webhook(PATH, fields)).status_code == 200


async def test_an_sms_is_stored_before_it_is_answered_and_the_answer_leaves_by_the_api(
        phone: Phone, services: Services, engine: ScriptedEngine) -> None:
    answer = await phone.texts("c'est quoi coiffeur ?")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    assert [item.text for item in await messages(services)] == ["c'est quoi coiffeur ?"]
    assert engine.turns == []
    (sent,) = await phone.gets()
    assert "assistant automatique" in sent and "Réponse à c'est quoi coiffeur ?" in sent


async def test_the_same_sms_again_changes_nothing(phone: Phone, services: Services, engine: ScriptedEngine) -> None:
    for _ in range(3):
        assert (await phone.texts("bonjour", sid="SM1")).status_code == 200
    assert len(await phone.gets()) == 1
    await phone.texts("bonjour", sid="SM1")
    assert len(await phone.gets()) == 1
    assert len(engine.turns) == 1


async def test_several_sms_in_a_row_are_answered_as_one_turn_in_order(phone: Phone, engine: ScriptedEngine) -> None:
    for text in ("slt", "jve etre coiffeuse", "cmt faire"):
        await phone.texts(text)
    assert len(await phone.gets()) == 1
    assert [turn.text for turn in engine.turns] == ["slt\njve etre coiffeuse\ncmt faire"]


async def test_a_picture_gets_a_kind_sentence_and_the_engine_is_not_bothered(phone: Phone, engine: ScriptedEngine) -> None:
    await phone.texts("", NumMedia="1", MediaUrl0="https://api.example/media", MediaContentType0="image/jpeg")
    assert "images" in (await phone.gets())[0]
    assert engine.turns == []


async def test_a_picture_with_words_has_its_words_answered(phone: Phone, engine: ScriptedEngine) -> None:
    await phone.texts("c'est quoi ce métier ?", NumMedia="1")
    sent = " ".join(await phone.gets())
    assert "Réponse à c'est quoi ce métier" in sent and "image" in sent


async def test_a_picture_sent_while_an_advisor_follows_is_seen_by_the_advisor(phone: Phone, services: Services) -> None:
    awa = await make_advisor(services, "awa@exemple.fr", "Awa")
    await phone.texts("je veux parler à un conseiller")
    case_id = (await services.cases.list(awa))[0].id
    await services.cases.claim(awa, case_id)
    before = len(await phone.gets())
    await phone.texts("", NumMedia="2", MediaUrl0="https://api.example/media", MediaContentType0="image/jpeg")
    await phone.texts("voilà mon bulletin", NumMedia="1")
    told = [(said.text, said.pictures) for said in (await services.cases.get(awa, case_id)).messages if said.pictures]
    assert told == [("[image]", 2), ("voilà mon bulletin", 1)]
    assert len(await phone.gets()) == before, "the advisor answers, not the assistant"


async def test_an_empty_sms_is_answered_kindly(phone: Phone) -> None:
    await phone.texts("   ")
    assert "vide" in (await phone.gets())[0]


async def test_fields_that_do_not_exist_yet_do_no_harm(phone: Phone) -> None:
    assert (await phone.texts("bonjour", SomethingNew="1", ProfileName="x", NumMedia="many")).status_code == 200


@pytest.mark.parametrize("sender", ["36111", "SFR", "", "whatsapp:+33612345678"])
async def test_a_machine_s_sender_is_not_answered(phone: Phone, services: Services, sender: str) -> None:
    assert (await phone.texts("promo", sender=sender)).status_code == 200
    assert await count(services, Contact) == 0


@pytest.mark.parametrize("word", [
    "STOP", "stop", "Arret", "ARRÊT", "arrêté", "ARRETE", "Désabonner", "desabonner", "STOP.", "Stop !!", "« Stop »",
    "stop, merci", "S T O P", "(arrêt)", "ＳＴＯＰ", "Stop SMS svp", "STOP STOP"])
async def test_stop_in_any_spelling_is_obeyed_until_the_person_comes_back(phone: Phone, services: Services, word: str) -> None:
    await phone.texts("bonjour")
    before = len(await phone.gets())
    await phone.texts(word)
    sent = await phone.gets()
    assert len(sent) == before + 1 and "REPRENDRE" in sent[-1]
    await phone.texts("c'est quoi coiffeur ?")
    assert len(await phone.gets()) == before + 1
    assert (await messages(services))[-1].state == MessageState.OPTED_OUT
    await phone.texts("Reprendre")
    await phone.texts("c'est quoi coiffeur ?")
    assert "Réponse à" in (await phone.gets())[-1]


@pytest.mark.parametrize("word", ["AIDE", "contact"])
async def test_after_stop_who_asks_for_help_is_told_the_way_back_and_stays_out(
        phone: Phone, services: Services, word: str) -> None:
    await phone.texts("STOP")
    await phone.texts(word)
    assert "REPRENDRE" in (await phone.gets())[-1]
    assert await services.opt_outs.is_out(CITIZEN)


async def test_what_still_waits_is_not_sent_after_stop(phone: Phone, services: Services) -> None:
    await phone.texts("bonjour")
    await services.relay.recover()
    await phone.texts("STOP")
    sent = await phone.gets()
    assert len(sent) == 1 and "plus de SMS" in sent[0]


@pytest.mark.parametrize(("kind", "out"), [("STOP", True), ("START", False), ("HELP", False)])
async def test_what_twilio_answered_itself_is_obeyed_and_not_answered_twice(
        phone: Phone, services: Services, kind: str, out: bool) -> None:
    await phone.texts("stop merci beaucoup", OptOutType=kind)
    assert await phone.gets() == []
    assert await services.opt_outs.is_out(CITIZEN) is out


@pytest.mark.parametrize(("word", "said"), [("AIDE", "CONSEILLER"), ("aide !", "STOP"), ("Contact", "Région Normandie"),
                                           ("effacer", "OUI")])
async def test_the_reserved_words_are_answered_without_the_engine(
        phone: Phone, engine: ScriptedEngine, word: str, said: str) -> None:
    await phone.texts(word)
    assert said in (await phone.gets())[0]
    assert engine.turns == []


async def test_effacer_then_oui_leaves_nothing_here_and_deletes_the_copies_at_twilio(
        phone: Phone, services: Services, twilio: object) -> None:
    await phone.texts("bonjour", sid="SMfirst")
    await phone.gets()
    await phone.texts("EFFACER")
    await phone.texts("OUI")
    assert "effac" in (await phone.gets())[-1]
    assert await count(services, Message) == 0
    assert await count(services, Contact) == 0
    assert "SMfirst" in twilio.deleted  # type: ignore[attr-defined]
    with time_machine.travel(now() + timedelta(minutes=11)):
        await services.outbox.deliver_due()
    goodbye = twilio.messages[-1]["sid"]  # type: ignore[attr-defined]
    assert goodbye in twilio.deleted, "the goodbye itself stays at Twilio"  # type: ignore[attr-defined]
