"""A person talks with the assistant in the widget, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from channels.messages import Reply
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import CARDS, Widget, choices, script
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine follows the script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


@pytest.fixture
def widget(gateway: Gateway, page_at: PageAt) -> Widget:
    """The demonstration page with the chat open."""
    page = page_at()
    page.goto(gateway.url)
    return Widget(page).open()


def test_nothing_is_stored_before_the_person_opens_the_chat(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    expect(Widget(page).launcher).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_a_question_gets_its_answer_with_a_card_and_choices(widget: Widget) -> None:
    last = widget.say("jve etre coiffeuse", "couper et coiffer")
    expect(last.get_by_role("heading", name="Coiffeur / Coiffeuse")).to_be_visible()
    expect(last.get_by_role("link", name="Lire la fiche : Coiffeur / Coiffeuse")).to_be_visible()
    last.get_by_role("button", name="Le salaire").click()
    expect(widget.messages.last).to_contain_text("Vous avez dit : Le salaire")
    expect(widget.panel.get_by_role("button", name="Le salaire")).to_have_count(0)  # an old question's buttons are gone


def test_each_kind_of_sheet_has_its_card(widget: Widget) -> None:
    last = widget.say("cartes", "Voici des fiches")
    cards = last.get_by_role("list", name=f"{len(CARDS)} fiches").get_by_role("listitem")
    expect(cards).to_have_count(len(CARDS))
    kinds = ("Métier", "Formation", "Service", "Dispositif", "Aide", "Événement", "Lieu d’accueil", "Définition")
    for index, kind in enumerate(kinds):
        expect(cards.nth(index).locator(".kind")).to_have_text(kind)
    expect(cards.nth(0)).to_contain_text("Source : Région Normandie, 20 juin 2019")
    expect(cards.nth(2)).to_contain_text("À vérifier par l’agence")


def test_what_cards_and_buttons_say_is_not_said_twice_on_screen(widget: Widget, gateway: Gateway) -> None:
    conversation = widget.conversation
    text = ("Deux idées :\n1. Coiffeur / Coiffeuse\n2. Un autre lieu\nUne phrase.\n\n"
            "(Source : Région Normandie, 20 juin 2019 ; consulté le 24 novembre 2026.)")
    gateway.call(gateway.services.relay.say(conversation, Reply(text, cards=CARDS[:1], quick_replies=choices("Un autre lieu"))))
    last = widget.messages.last
    expect(last.locator(".bubble p")).to_have_text(["Une phrase.", "Deux idées :"])
    expect(last.locator(".card")).not_to_contain_text("Une phrase.")
    expect(widget.panel.locator("[aria-live=polite].sr")).to_contain_text("1 réponse proposée : Un autre lieu")


def test_a_call_back_is_booked_with_buttons_and_the_keyboard_that_fits(widget: Widget) -> None:
    widget.write("rappelez-moi")
    for question in ("Quel jour", "À quel moment"):
        expect(widget.messages.last).to_contain_text(question)
        widget.messages.last.locator(".choices button").first.click()
    expect(widget.messages.last).to_contain_text("À quel numéro")
    expect(widget.box).to_have_attribute("inputmode", "tel")
    expect(widget.box).to_have_attribute("autocomplete", "tel")
    widget.say("02 31 00 00 00", "Quel nom")
    expect(widget.box).to_have_attribute("autocomplete", "name")
    widget.messages.last.get_by_role("button", name="Passer").click()
    expect(widget.messages.last).to_contain_text("un conseiller vous rappellera")
    expect(widget.panel.get_by_text("Votre rappel est noté.")).to_be_visible()
    expect(widget.box).to_have_attribute("autocomplete", "off")


def test_starter_questions_follow_who_the_person_is(widget: Widget) -> None:
    widget.page.get_by_role("button", name="Parent").click()
    widget.page.get_by_role("button", name="C’est quoi le café des parents ?").click()
    expect(widget.messages.last).to_contain_text("café des parents")
    expect(widget.page.get_by_role("group", name="Pour commencer")).to_be_hidden()


def test_a_reload_keeps_the_thread(widget: Widget) -> None:
    widget.say("première question")
    widget.page.reload()
    widget.launcher.click()
    expect(widget.messages).to_have_count(3)
    assert widget.texts()[1] == "première question"
    widget.say("deuxième question")
    expect(widget.messages).to_have_count(5)


def test_what_is_being_written_is_neither_lost_nor_sent_too_early_nor_cut(widget: Widget) -> None:
    widget.box.fill("je voudrais savoir")
    # The Enter that ends a word of an input method, in a browser that forgets isComposing.
    widget.box.evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))")
    widget.page.reload()
    widget.open()
    expect(widget.box).to_have_value("je voudrais savoir")
    expect(widget.messages).to_have_count(1)
    long = "a" * 2001
    widget.box.fill(long)
    widget.box.press("Enter")
    expect(widget.panel.get_by_role("alert")).to_contain_text("trop long : 2000 caractères")
    expect(widget.box).to_have_value(long)
    expect(widget.messages).to_have_count(1)


def test_two_tabs_show_one_conversation(widget: Widget) -> None:
    other_page = widget.page.context.new_page()
    other_page.goto(widget.page.url)
    other = Widget(other_page).open()
    widget.say("depuis le premier onglet")
    expect(other.messages.last).to_contain_text("Vous avez dit : depuis le premier onglet")
    other.say("depuis le second")
    expect(widget.messages.last).to_contain_text("Vous avez dit : depuis le second")
    assert widget.texts() == other.texts()


def test_an_advisor_answers_under_their_first_name_and_the_bot_is_silent(widget: Widget, gateway: Gateway) -> None:
    widget.panel.get_by_role("button", name="Parler à un conseiller").click()
    banner = widget.panel.get_by_role("status").filter(has_text="conseiller")
    expect(banner).to_contain_text("Vous êtes la prochaine personne")
    conversation = widget.conversation
    who = gateway.advisor("Camille Martin")
    case = gateway.call(gateway.services.cases.find_by_conversation(conversation))
    assert case is not None
    gateway.call(gateway.services.cases.claim(who, case))
    expect(widget.panel.get_by_text("Vous parlez avec Camille")).to_be_visible()
    gateway.call(gateway.services.cases.reply(who, case, "Bonjour, que cherchez-vous ?"))
    expect(widget.messages.last).to_contain_text("que cherchez-vous")
    expect(widget.messages.last.locator(".who")).to_contain_text("Camille")
    gateway.call(gateway.services.chat.seen(conversation, 2, "advisor"))
    expect(widget.messages.filter(has_text="Je veux parler").get_by_text("Lu")).to_be_visible()
    gateway.call(_advisor_types(gateway, conversation))
    expect(widget.panel.get_by_text("Camille écrit…")).to_be_visible()
    widget.write("un stage")
    expect(widget.messages.last).to_contain_text("un stage")
    gateway.call(gateway.services.cases.close(who, case, "informe"))
    expect(widget.panel.get_by_text("Le conseiller a terminé. Écrivez pour reprendre.")).to_be_visible()


def test_an_answer_to_a_closed_chat_is_told_by_its_button_and_the_title_of_any_page(widget: Widget, gateway: Gateway) -> None:
    page, title = widget.page, widget.page.title()
    widget.panel.get_by_role("button", name="Parler à un conseiller").click()
    expect(widget.panel.get_by_role("status").filter(has_text="Un conseiller va vous répondre ici.")).to_be_visible()
    who, conversation = gateway.advisor("Camille Martin"), widget.conversation
    case = gateway.call(gateway.services.cases.find_by_conversation(conversation))
    gateway.call(gateway.services.cases.claim(who, case))
    expect(widget.panel.get_by_text("Vous parlez avec Camille")).to_be_visible()
    page.get_by_role("button", name="Fermer la conversation").click()
    expect(widget.launcher).to_be_visible()
    assert page.title() == title
    gateway.call(gateway.services.cases.reply(who, case, "Bonjour, que cherchez-vous ?\nJe vous écoute."))
    said = widget.host.get_by_text("Camille : Bonjour, que cherchez-vous ?", exact=True)
    expect(said).to_be_visible()
    expect(widget.launcher).to_contain_text("1 nouveau message")
    expect(page).to_have_title(f"(1) {title}")
    page.reload()
    expect(said).to_be_visible()
    expect(widget.launcher).to_contain_text("1 nouveau message")
    said.click()
    expect(widget.messages.last).to_contain_text("Je vous écoute.")
    expect(page).to_have_title(title)
    page.get_by_role("button", name="Fermer la conversation").click()
    expect(said).to_be_hidden()
    expect(widget.launcher).not_to_contain_text("nouveau")
    page.reload()
    with page.expect_response("**/api/chat/events?after=0*"):
        pass
    expect(widget.launcher).not_to_contain_text("nouveau")


def test_help_numbers_are_one_touch_away(widget: Widget) -> None:
    widget.write("j'ai envie de mourir")
    expect(widget.panel.get_by_role("link", name="3114").first).to_have_attribute("href", "tel:3114")


def test_what_people_and_sheets_write_is_never_markup(widget: Widget) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3)"
    widget.page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    widget.say(evil)
    assert widget.panel.locator("img, script, iframe").count() == 0
    assert widget.texts()[1] == evil


def test_a_sheet_s_address_that_is_not_one_of_the_web_is_not_a_link(widget: Widget, gateway: Gateway) -> None:
    conversation = widget.conversation
    bad = replace(CARDS[0], url="javascript:alert(1)", title="<b>gras</b>")
    gateway.call(gateway.services.relay.say(conversation, Reply("essai", cards=(bad,))))
    expect(widget.messages.last).to_contain_text("<b>gras</b>")
    assert widget.messages.last.locator("a[href^=javascript]").count() == 0


def test_the_conversation_can_be_rated_kept_and_erased(widget: Widget, tmp_path: Path) -> None:
    widget.say("ma question")
    with widget.page.expect_download() as download:
        widget.option("Télécharger la conversation")
    kept = tmp_path / "conversation.txt"
    download.value.save_as(kept)
    assert "ma question" in kept.read_text(encoding="utf-8")

    with widget.page.expect_popup() as printed:
        widget.option("Imprimer")
    expect(printed.value.locator("pre")).to_contain_text("ma question")
    printed.value.close()

    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget.option("Copier la conversation")
    expect(widget.panel.get_by_text("Conversation copiée.")).to_be_attached()
    assert "ma question" in widget.page.evaluate("navigator.clipboard.readText()")

    widget.option("Donner mon avis")
    widget.panel.get_by_label("5 – Très utile").check()
    widget.panel.get_by_role("button", name="Envoyer mon avis").click()
    thanks = widget.panel.get_by_text("Merci pour votre avis.")
    expect(thanks).to_be_visible()
    expect(thanks).to_have_class("banner network good")

    widget.option("Effacer ma conversation")
    widget.panel.get_by_role("button", name="Oui, effacer").click()
    expect(widget.panel.get_by_text("Votre conversation est effacée.")).to_have_class("banner network good")  # no trouble
    expect(widget.messages).to_have_count(1)


def test_the_recap_by_sms_is_in_the_options(widget: Widget) -> None:
    widget.say("coiffure", "couper et coiffer")
    widget.option("Recevoir un résumé par SMS")
    expect(widget.messages.last).to_contain_text("numéro de mobile")


def test_the_chat_as_a_page_goes_on_from_the_link_of_an_sms(gateway: Gateway, page_at: PageAt) -> None:
    before = gateway.call(gateway.services.chat.open_session())
    secret = gateway.call(gateway.services.chat.continuation_link(before.session_id))
    page = page_at(400, 800)
    page.goto(f"{gateway.url}/r/{secret}")
    page.get_by_role("button", name="Ouvrir la conversation").click()
    widget = Widget(page)
    expect(widget.messages.first).to_contain_text("assistant automatique")
    assert page.url == f"{gateway.url}/chat"
    widget.say("je continue ici")
    page.reload()
    expect(widget.messages).to_have_count(3)


def test_without_script_the_page_gives_the_number(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(f"{gateway.url}/chat")
    expect(page.get_by_role("main").get_by_role("link", name="0 800 05 00 00")).to_be_visible()


async def _advisor_types(gateway: Gateway, conversation: str) -> None:
    gateway.services.chat.typing(conversation, "advisor")
