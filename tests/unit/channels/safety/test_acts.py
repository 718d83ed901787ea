"""Who does what to whom: one by one, and over a grid of sentences that is made here."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from channels.safety.acts import Act, Acts, Who
from channels.safety.distress import Safety, Told
from channels.safety.kinds import of_told
from channels.safety.plain_french import plain_french

SUBJECTS = {
    "mon père": "enfant",
    "ma mère": "enfant",
    "mon beau-père": "enfant",
    "mes parents": "enfant",
    "mon oncle": "enfant",
    "mon frère": "enfant",
    "mon daron": "enfant",
    "mon mari": "couple",
    "mon copain": "couple",
    "mon ex": "couple",
    "ma femme": "couple",
    "mon conjoint": "couple",
    "mon patron": "travail",
    "mon chef": "travail",
    "mon maître d'apprentissage": "travail",
    "mon tuteur": "travail",
    "un collègue": "travail",
    "un mec de ma classe": "eleve",
    "des élèves": "eleve",
    "mon prof": "eleve",
    "un inconnu": "danger",
    "un homme dans la rue": "danger",
    "mon voisin": "danger",
}
VERBS = [
    "me frappe",
    "me tape",
    "me cogne",
    "me bat",
    "me gifle",
    "me brûle",
    "me mord",
    "me donne des coups",
    "me met des claques",
    "me tire les cheveux",
    "m'a frappé",
    "m'a étranglée",
    "arrête pas de me frapper",
    "va me frapper",
]
COMPLEMENTS = ["", "tous les soirs", "quand il boit", "sur les bras", "avec sa cigarette", "depuis septembre", "et j'ai peur"]
OWN = [
    f"{subject} {verb} {more}".strip()
    for subject in ("je me", "jme", "tous les soirs je me", "euh bonjour voilà je me", "JE ME")
    for verb, mores in {
        "frappe": ("", "la tête contre le mur", "quand je suis mal"),
        "tape": ("la tête exprès", "la tête contre le mur"),
        "brûle": ("les bras exprès",),
        "griffe": ("jusqu'au sang",),
        "mords": ("jusqu'au sang",),
        "fais du mal": ("", "quand ça va pas"),
    }.items()
    for more in mores
]
EACH = 5  # of the grid in the ordinary run: one in so many


def spellings(text: str) -> Iterator[str]:
    """As it is written: well, in capitals, without accents, spoken."""
    yield text
    yield text.upper()
    yield text.translate(str.maketrans("éèêûîàç", "eeeuiac"))
    yield f"euh bonjour voilà {text}"


def grid() -> list[tuple[str, str]]:
    """(sentence, kind of help) of every subject, verb, complement and spelling; always in the same order."""
    found = [
        (said, kind)
        for (subject, kind), verb, more in itertools.product(SUBJECTS.items(), VERBS, COMPLEMENTS)
        for said in spellings(f"{subject} {verb} {more}".strip())
    ]
    random.Random(17).shuffle(found)
    return found


@pytest.fixture(scope="module")
def safety() -> Safety:
    return Safety()


def wrong(safety: Safety, sentences: list[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences that get another kind of help, or that of suicide."""
    heard = ((said, kind, of_told(told, told.findings)) for said, kind in sentences for told in [safety.read(said)])
    return [(said, kinds) for said, kind, kinds in heard if kind not in kinds or {"suicide", "automutilation"} & set(kinds)]


def test_the_grid_is_large_enough() -> None:
    assert len(grid()) >= 2000


def test_a_fifth_of_the_grid_gets_the_right_help_and_nobody_who_is_hurt_that_of_suicide(safety: Safety) -> None:
    assert wrong(safety, grid()[::EACH]) == []


@pytest.mark.soak
def test_the_whole_grid_gets_the_right_help_and_nobody_who_is_hurt_that_of_suicide(safety: Safety) -> None:
    assert wrong(safety, grid()) == []


@pytest.mark.parametrize("text", OWN)
def test_who_hurts_himself_gets_the_number_for_it_and_no_violence(safety: Safety, text: str) -> None:
    told = safety.read(text)
    kinds = of_told(told, told.findings)
    assert {"automutilation", "suicide"} & set(kinds)
    assert not {"violence", "enfant", "couple", "travail", "danger"} & set(kinds)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("je veux mourir et mon père me frappe", {"suicide", "enfant"}),
        ("je suis battue par mon mari", {"couple"}),
        ("mon fils se fait frapper par son patron", {"enfant", "travail"}),
        ("Notre voisine frappe ses enfants", {"enfant"}),
        ("mon père frappe ma mère", {"couple", "enfant"}),
        ("mon mari frappe les enfants", {"couple", "enfant"}),
        ("il me brûle avec sa cigarette", {"violence"}),
        ("on me frappe tous les jours", {"violence"}),
        ("je me fais taper dessus par mon père", {"enfant"}),
        ("mon pote s'est fait tabasser par son père", {"enfant"}),
    ],
)
def test_victim_and_author_are_told_apart(safety: Safety, text: str, kinds: set[str]) -> None:
    told: Told = safety.read(text)
    assert kinds <= set(of_told(told, told.findings))


@pytest.mark.parametrize(
    "text",
    [
        "mon père frappe à toutes les portes pour me trouver un stage",
        "mon patron me tape sur les nerfs",
        "mon père me bat aux échecs",
        "je me bats pour trouver un stage",
        "je me tape deux heures de bus",
        "mon frère me bat à fifa",
        "ça me frappe qu'il y ait si peu de places",
        "mon prof de boxe me frappe au gant",
        "je me fais frapper par la TVA",
    ],
)
def test_what_only_sounds_like_a_blow_is_none(safety: Safety, text: str) -> None:
    assert [act for act in safety.read(text).acts if not act.on_oneself] == []


def test_the_one_named_last_is_meant_by_the_pronoun() -> None:
    words = plain_french()("mon patron il crie et puis il me frappe").split()
    assert [(act.by, act.to) for act in Acts().read(words)] == [(Who.WORK, Who.SELF)]
    assert Act(Who.SELF, Who.SELF, (0, 1)).on_oneself
