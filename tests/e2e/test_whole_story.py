"""The story of README, lived in two browsers on the whole helpline: ask, read sheets, reach a person, go back to the bot.

The pictures of README and docs/widget.md are taken here (docs/images/), when PARCOURS_PICTURES=1.
"""

from __future__ import annotations

import os

from playwright.sync_api import Page, expect

from parcours.paths import ROOT
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget
from tests.stack import Stack

PASSWORD = "une phrase que je retiens"
IMAGES = ROOT / "docs" / "images"


def _picture(page: Page, name: str) -> None:
    if os.environ.get("PARCOURS_PICTURES"):
        IMAGES.mkdir(exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")


def _advisor(stack: Stack, page: Page) -> None:
    """A first account by the command line, its password by the one-time link, the console by the form."""
    link = stack.command("user", "add", "conseil@exemple.fr", "--role", "conseiller", "--name", "Camille").stdout.strip()
    page.goto(link)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Le même, encore une fois").fill(PASSWORD)
    page.get_by_role("button", name="Enregistrer").click()
    log_in, log_out = (page.get_by_role("button", name=name) for name in ("Se connecter", "Se déconnecter"))
    expect(log_in.or_(log_out)).to_be_visible()
    if log_in.is_visible():
        page.get_by_label("Adresse e-mail").fill("conseil@exemple.fr")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        log_in.click()
    expect(log_out).to_be_visible()


def _album(stack: Stack, page_at: PageAt) -> None:
    """The widget of docs/widget.md at three widths, light and dark; nothing to do when no picture is wanted."""
    if not os.environ.get("PARCOURS_PICTURES"):
        return
    small, phone, desk = page_at(320, 568), page_at(390, 844, touch=True), page_at(1280, 800, dark=True)
    phone.goto(stack.url)
    Widget(phone).open()
    phone.get_by_role("button", name="Au collège").click()
    _settled_picture(phone, "widget-390-accueil")
    Widget(phone).option("Donner mon avis")
    _settled_picture(phone, "widget-390-avis")
    phone.keyboard.press("Escape")
    _hard_moments(phone, Widget(phone))
    desk.goto(stack.url)
    Widget(desk).open().say("les métiers proches de soudeur", "oud")
    _settled_picture(desk, "widget-1280-sombre-fiches")
    small.goto(stack.url)
    widget = Widget(small).open()
    widget.option("Affichage facile à lire")
    small.keyboard.press("Escape")
    widget.say("c'est quoi la VAE", "VAE")
    _settled_picture(small, "widget-320-facile")


def _hard_moments(phone: Page, widget: Widget) -> None:
    """A call-back, the queue, a message of distress, a dead zone."""
    widget.say("rappelez-moi", "Quel jour")
    _settled_picture(phone, "widget-390-rappel")
    widget.say("annuler", "annul")
    widget.say("je veux parler à un conseiller", "un conseiller va vous répondre")
    _settled_picture(phone, "widget-390-attente")
    widget.say("j'ai envie de mourir", "3114")
    _settled_picture(phone, "widget-390-detresse")
    phone.context.set_offline(True)
    widget.box.fill("vous êtes là ?")
    widget.box.press("Enter")
    expect(widget.panel.get_by_text("Pas encore envoyé")).to_be_visible()
    _settled_picture(phone, "widget-390-hors-ligne")


def _settled_picture(page: Page, name: str) -> None:
    Widget(page).settle()
    _picture(page, name)


def test_ask_get_sheets_reach_a_person_and_go_back_to_the_assistant(stack: Stack, page_at: PageAt) -> None:
    desk, phone = page_at(1440, 900), page_at(390, 844)
    _advisor(stack, desk)
    desk.goto(f"{stack.url}/console/")
    phone.goto(f"{stack.url}/")
    widget = Widget(phone).open()

    widget.say("jve devenir coiffeuse cmt faire", "Coiffeur / Coiffeuse")
    _picture(phone, "widget")
    widget.say("et le salaire ?", "salaire")
    phone.reload()
    widget.open()
    expect(widget.messages.filter(has_text="Coiffeur / Coiffeuse").first).to_be_visible()

    widget.say("je veux parler à un conseiller", "un conseiller va vous répondre")
    row = desk.locator("[id^=case-]").filter(has_text="oiff").last  # the newest
    expect(row).to_be_visible()
    row.get_by_role("button", name="Prendre").click()
    desk.wait_for_url("**/console/cases/*?*repondre=1*")
    expect(desk.locator("body[data-ready]")).to_be_attached()
    expect(desk.locator("#messages")).to_contain_text("jve devenir coiffeuse")
    reply = desk.get_by_role("textbox", name="Votre réponse")
    reply.fill("Bonjour, je suis Camille. Préférez-vous l'apprentissage ?")
    reply.press("Control+Enter")
    expect(widget.messages.last).to_contain_text("Préférez-vous l'apprentissage ?")
    expect(widget.panel).to_contain_text("Camille")

    _picture(phone, "widget-390-conseiller")

    widget.write("oui svp")
    expect(desk.locator("#messages > li").last).to_contain_text("oui svp")
    _picture(desk, "console")
    expect(widget.messages.last).to_contain_text("Lu")  # the advisor has it in front of them
    # A human has the conversation: the assistant stays silent.
    expect(widget.messages.last).to_contain_text("oui svp")

    desk.get_by_text("Rendre à l'assistant").first.click()
    desk.get_by_role("button", name="Rendre à l'assistant").last.click()
    expect(widget.messages.filter(has_text="assistant").last).to_be_visible()
    widget.say("et les conditions de travail ?", "oiff")
    _album(stack, page_at)
