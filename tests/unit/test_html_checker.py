"""The HTML checker of the suite sees what was once wrong with our pages, and lets a sound page through."""

from __future__ import annotations

import pytest

from tests.fixtures.html_checker import html_faults

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Essai</title></head><body><main>%s</main></body></html>
"""
FAULTS = {
    "une heure sans heure": "<p><time data-since='2026-11-30T14:00:00Z'>5 min</time></p>",
    "des microsecondes": '<p><time datetime="2026-11-30T14:00:00.123456+00:00">14 h</time></p>',
    "un rôle de bouton": '<details><summary role="button">Plus</summary><p>Voilà</p></details>',
    "un formulaire absent": '<p><label>Chercher <input name="q" form="none"></label></p>',
    "un attribut inconnu": '<div hx-get="/liste"></div>',
    "deux fois le même nom": '<p id="a">Un</p><p id="a">Deux</p>',
    "un champ sans nom": '<p><input name="q"></p>',
    "un paragraphe dans un titre": "<h1><p>Titre</p></h1>",
}


def test_a_sound_page_passes() -> None:
    assert html_faults({"essai": PAGE % '<p><time datetime="2026-11-30T14:00:00Z">14 h</time></p>'}) == []


@pytest.mark.parametrize("body", FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_named_with_its_page(body: str) -> None:
    found = html_faults({"saine": PAGE % "<p>Oui</p>", "essai": PAGE % body})
    assert found and all(line.startswith("essai:") for line in found)


def test_many_faults_are_all_told() -> None:
    found = html_faults({"essai": PAGE % ('<p id="a">Un</p>' * 400)})
    assert len(found) == 399
