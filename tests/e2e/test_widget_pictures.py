"""Pictures of the widget at three widths, light and dark, in the states that matter; on none of them anything is out of place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget, script
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

# Where one sees that something runs out: over the side, under the box, off the screen.
_OUT_OF_PLACE = """host => {
  const panel = host.shadowRoot.querySelector(".panel"), frame = panel.getBoundingClientRect();
  const wide = [...panel.querySelectorAll(".scroll, .banner, .head, .composer, .sheet, .menu")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => `${part.className} too wide`);
  const shown = [...panel.querySelectorAll(".composer button, .composer textarea, .head button, .sheet [type=submit]")]
    .filter((part) => part.getClientRects().length);
  const cut = shown.filter((part) => {
    const box = part.getBoundingClientRect();
    return box.bottom > frame.bottom + 1 || box.top < frame.top - 1 || box.right > frame.right + 1 || box.left < frame.left - 1;
  }).map((part) => `${part.textContent || part.id} cut`);
  const off = frame.left < -1 || frame.top < -1 || frame.right > innerWidth + 1 || frame.bottom > innerHeight + 1;
  return [...wide, ...cut, ...(off ? ["panel off the screen"] : [])];
}"""


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine follows the script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


class Album:
    """Takes the pictures of one width and scheme, and notes what is out of place on them."""

    def __init__(self, widget: Widget, folder: Path, name: str) -> None:
        self.widget, self.folder, self.name = widget, folder, name
        self.wrong: dict[str, list[str]] = {}

    def take(self, state: str) -> None:
        """One picture."""
        self.widget.settle()
        self.widget.page.screenshot(path=self.folder / f"widget-{self.name}-{state}.png")
        if out := self.widget.host.evaluate(_OUT_OF_PLACE):
            self.wrong[state] = out


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (1280, 800)], ids=["320", "390", "1280"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_is_in_its_place(gateway: Gateway, page_at: PageAt, tmp_path: Path, width: int, height: int,
                                    dark: bool) -> None:
    page = page_at(width, height, dark, touch=width < 400)
    page.goto(f"{gateway.url}/fiches")
    page.add_script_tag(url=f"{gateway.url}/widget.js")
    widget = Widget(page).open()
    album = Album(widget, tmp_path, f"{width}{'-sombre' if dark else ''}")
    album.take("accueil")
    widget.say("coiffure", "On y entre")
    album.take("fiche")
    widget.say("cartes", "Voici des fiches")
    album.take("fiches")
    page.get_by_role("button", name="Options").click()
    album.take("options")
    widget.panel.get_by_role("button", name="Donner mon avis").click()
    album.take("avis")
    page.keyboard.press("Escape")
    widget.panel.get_by_role("button", name="Parler à un conseiller").click()
    expect(widget.panel.get_by_role("status").filter(has_text="Un conseiller va vous répondre ici.")).to_be_visible()
    album.take("attente")
    page.get_by_role("button", name="Options").click()
    widget.panel.get_by_label("Affichage facile à lire").check()
    page.keyboard.press("Escape")
    album.take("facile")
    assert album.wrong == {}
