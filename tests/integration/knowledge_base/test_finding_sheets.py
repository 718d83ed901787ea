"""Search and linking, as people write."""

from __future__ import annotations

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.search.question import understand
from knowledge_base.search.wishes import level_of, rhythm_of


def _first(kb: KnowledgeBase, query: str, **filters: object) -> str | None:
    results = kb.search(query, **filters).results  # type: ignore[arg-type]
    return f"{results[0].kind}/{results[0].id}" if results else None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Coiffeur", "metier/coiffeur"),
        ("coifeuse", "metier/coiffeur"),
        ("koifeur", "metier/coiffeur"),
        ("soigneuse d animaux", "metier/soigneur"),
        ("cap coiffure", "formation/cap-coiffure"),
        ("bts mco", "terme/mco"),
        ("mission locale caen", "structure/ml-ouest"),
        ("mission locale à Rouen", "structure/ml-est"),
    ],
)
def test_a_sheet_is_found_from_how_people_write(kb: KnowledgeBase, query: str, expected: str) -> None:
    assert _first(kb, query) == expected


def test_an_exact_name_scores_one_and_a_partial_one_less(kb: KnowledgeBase) -> None:
    assert kb.search("menuisière").results[0].score == 1.0
    assert kb.search("métiers coiffure").results[0].score < 1.0


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("quel diplôme il faut pour menuisier ?", "metier/menuisier"),
        ("j'ai 16 ans et je veux travailler comme coiffeuse plus tard", "metier/coiffeur"),
        ("coiffeur c'est possible sans le bac ?", "metier/coiffeur"),
        ("une formation de coiffure", "formation/cap-coiffure"),
        ("14118", "structure/ml-ouest"),
    ],
)
def test_the_words_of_a_question_do_not_hide_the_name_in_it(kb: KnowledgeBase, sentence: str, expected: str) -> None:
    assert _first(kb, sentence) == expected


def test_a_known_acronym_is_no_misspelling_of_another(kb: KnowledgeBase) -> None:
    hits = {hit.id: hit.score for hit in kb.search("bts mos").results}
    assert hits["mos"] == 1.0 and hits.get("mco", 0.0) < 0.8


def test_tastes_find_trades_that_nobody_named(kb: KnowledgeBase) -> None:
    page = kb.search("un métier avec les animaux sans longues études")
    assert page.results[0].id == "soigneur"


def test_filters_keep_the_wanted_kind_level_and_rhythm(kb: KnowledgeBase) -> None:
    assert {hit.kind for hit in kb.search("coiffure", kind="formation").results} == {"formation"}
    assert _first(kb, "coiffure", kind="formation", level=3, rhythm="apprentissage") == "formation/cap-coiffure"
    assert kb.search("coiffure", kind="formation", level=5).results == []


@pytest.mark.parametrize(
    ("words", "level", "rhythm"),
    [
        ("cap coiffure", 3, None),
        ("après mon cap coiffure", None, None),
        ("menuisier niveau bac +2 en alternance", 5, "apprentissage"),
        ("formation menuisier à distance", None, "distance"),
    ],
)
def test_a_level_and_a_rhythm_are_heard_in_the_question(
    words: str, level: int | None, rhythm: str | None, kb: KnowledgeBase
) -> None:
    question = understand(words, kb.gazetteer)
    assert (question.level, question.rhythm) == (level, rhythm)
    assert not {"alternance", "distance"} & set(question.content)


def test_the_rhythm_of_a_course_says_why_it_comes_first(kb: KnowledgeBase) -> None:
    first = kb.search("coiffure cap alternance").results[0]
    assert first.id == "cap-coiffure" and first.why.endswith("en apprentissage")


@pytest.mark.parametrize(("word", "level"), [("5", 5), ("BTS", 5), ("bac + 3", 6), ("CAP", 3), ("9", None), ("soudeur", None)])
def test_a_level_is_read_as_people_name_it(word: str, level: int | None) -> None:
    assert level_of(word) == level


@pytest.mark.parametrize(("word", "rhythm"), [("Alternance", "apprentissage"), ("à distance", "distance"), ("vite", None)])
def test_a_rhythm_is_read_as_people_name_it(word: str, rhythm: str | None) -> None:
    assert rhythm_of(word) == rhythm


def test_a_distance_is_given_and_kept(kb: KnowledgeBase) -> None:
    near = kb.search("mission locale", kind="structure", near="Caen", radius_km=30)
    assert [hit.id for hit in near.results] == ["ml-ouest"]
    assert near.results[0].distance_km is not None and near.results[0].distance_km < 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("jve devenir coiffeuse cmt faire", ["coiffeur"]),
        ("ma fille veut etre coifeuse, quelles études ?", ["coiffeur"]),
        ("non pas coiffeur, menuisier", ["menuisier"]),
        ("menuisier ou coiffeur ?", ["coiffeur", "menuisier"]),
        ("je veux parler à un conseiller", []),
        ("c'est quoi la météo", []),
        ("j'ai plus envie de rien", []),
        ("on bosse la nuit ?", []),
        ("", []),
    ],
)
def test_a_sentence_is_linked_to_the_trades_it_names_and_to_nothing_else(
    kb: KnowledgeBase, sentence: str, expected: list[str]
) -> None:
    assert sorted(hit.id for hit in kb.link(sentence, ["metier"])) == expected


def test_structures_that_cover_a_place_come_before_nearer_ones(kb: KnowledgeBase) -> None:
    place = kb.find_place("à Rouen")
    assert place is not None
    assert kb.structures_for(place, "mission_locale")[0].id == "ml-est"


def test_a_card_has_the_fields_of_the_contract(kb: KnowledgeBase) -> None:
    sheet = kb.sheet("formation", "cap-coiffure")
    assert sheet is not None
    card = sheet.to_card()
    assert set(card) == {"kind", "id", "title", "subtitle", "text", "url", "rome", "source", "level"}
    assert (card["level"], card["url"]) == ("diplome", "/fiches/formation/cap-coiffure")
    assert ("Comment la suivre", "en formation initiale (scolaire), en apprentissage") in sheet.sections()


def test_by_riasec_prefers_the_first_letter(kb: KnowledgeBase) -> None:
    assert [hit.id for hit in kb.by_riasec("RA")] == ["coiffeur", "soigneur"]
    assert [hit.id for hit in kb.by_riasec(tastes=["animaux"])] == ["soigneur"]
