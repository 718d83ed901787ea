"""What of a message is a question of place, about which course or trade; which desk is meant; what « suivant » goes on with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.course_places import courses_of
from actions.turn import Turn
from actions.understanding.place_ask import distance_said, goes_on, options_said, place_ask
from actions.understanding.place_desk import desk_needs
from actions.understanding.place_question import place_needs, place_question
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import OfferHit, OfferPage, Site
from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import FakePlace, sheet
from tests.unit.actions.talk import Conversation

FLERS, CAEN, EVREUX = FakePlace("Flers", "61169"), FakePlace("Caen", "14118"), FakePlace("Évreux", "27229")
ANY_SCHOOL = Need("structure/cfa-normandie", ("where",), 0.9, others=("formation/cap-coiffure",), share=0.3)


def turn_of(talk: Conversation, text: str, *needs: Need, **slots: Any) -> Turn:
    """The turn of a message with the needs found for it."""
    places = slots.pop("places", (FLERS,))
    talk.kb.asks(text, *needs, places=places, named=False)
    return Turn(talk.runtime, "question", text, [("question", 0.9)], {**talk.slots, **slots})


def sheets_of(turn: Turn) -> list[str] | None:
    needs = place_needs(turn, turn.found.needs)
    return None if needs is None else [need.sheet for need in needs]


def offers(*names: str, course: str = "CAP coiffure") -> OfferPage:
    """Places that teach it, nearest first."""
    hits = tuple(
        OfferHit(Site(name, name, "lycee", f"1 rue de {name}", "61100", "Flers", "61169", as_of=date(2026, 1, 1)), course,
                 "formation/cap-coiffure", ("initial",), date(2026, 1, 1), Credit("essai", "Un fichier"), float(number))
        for number, name in enumerate(names, start=1)
    )  # fmt: skip
    return OfferPage("formation/cap-coiffure", hits, len(hits), len(hits))


def test_a_kind_of_school_beside_a_diploma_is_a_filter_and_not_the_subject(talk: Conversation) -> None:
    assert sheets_of(turn_of(talk, "quel cfa pour un cap coiffure à Flers", ANY_SCHOOL)) == ["formation/cap-coiffure"]


def test_a_condition_gives_way_to_the_places_of_what_is_asked(talk: Conversation) -> None:
    boarding = Need("aide/internat", ("hours",), 0.9, others=("formation/cap-coiffure",), share=0.8)
    turn = turn_of(talk, "cap coiffure à Flers, il faut l'internat", boarding)
    assert sheets_of(turn) == ["formation/cap-coiffure"] and place_ask(turn, "formation/cap-coiffure").boarding


def test_a_desk_that_is_asked_for_is_no_course(talk: Conversation) -> None:
    desk = Need("dispositif/vae", ("where",), 0.9, others=("metier/coiffeur",), share=0.9)
    assert place_question(turn_of(talk, "où faire une vae de coiffeur à Flers", desk), (desk,)) is None


def test_another_question_with_a_place_in_it_is_not_one_of_place(talk: Conversation) -> None:
    pay = Need("metier/coiffeur", ("pay",), 0.9)
    assert sheets_of(turn_of(talk, "quelle école paye les coiffeurs à Flers", pay)) is None


def test_whether_a_trade_is_hired_there_is_not_where_it_is_taught(talk: Conversation) -> None:
    work = Need("metier/coiffeur", ("where",), 0.9, named=True)
    assert sheets_of(turn_of(talk, "les coiffeurs sont recherchés vers Flers ?", work)) is None


def test_a_course_of_the_diploma_that_was_said_wins_over_a_nearer_trade(talk: Conversation) -> None:
    trade = Need("metier/coiffeur", ("where",), 0.9, others=("formation/cap-coiffure",), named=True)
    assert sheets_of(turn_of(talk, "où faire un cap coiffure à Flers", trade)) == ["formation/cap-coiffure"]


def test_of_a_trade_the_diploma_that_it_requires_is_what_is_looked_for(talk: Conversation) -> None:
    names = ["de-veto", "but-bio"]
    talk.kb.sheets += [sheet("formation", name, name.replace("-", " ")) for name in names]
    trade = sheet("metier", "veto", "Vétérinaire", access={"formations": names})
    assert courses_of(turn_of(talk, "véto"), trade, None) == ["formation/de-veto"]


def test_a_pupil_is_not_sent_to_a_bts(talk: Conversation) -> None:
    talk.kb.sheets += [sheet("formation", "cap-cuisine", "CAP cuisine", level=3), sheet("formation", "bts-h", "BTS H", level=5)]
    trade = sheet("metier", "cuisinier", "Cuisinier", access={"formations": ["cap-cuisine", "bts-h"]})
    assert courses_of(turn_of(talk, "cuisinier", level="3e"), trade, None) == ["formation/cap-cuisine"]
    assert len(courses_of(turn_of(talk, "cuisinier"), trade, None)) == 2


def test_what_one_lives_near_is_left_for_what_is_asked_for(talk: Conversation) -> None:
    turn = turn_of(talk, "à Caen ou Évreux", places=(CAEN, EVREUX))
    assert place_ask(turn, "formation/cap-coiffure").towns == (CAEN, EVREUX)


@pytest.mark.parametrize(
    ("text", "expected"), [("à moins de 30 km de Flers", 30.0), ("à 5 kilomètres", 5.0), ("à 30 min", None)]
)
def test_a_distance_that_is_said_bounds_what_is_near(talk: Conversation, text: str, expected: float | None) -> None:
    assert distance_said(turn_of(talk, text)) == expected


def test_the_options_of_a_lycee_keep_their_accents(talk: Conversation) -> None:
    assert options_said(turn_of(talk, "un lycée avec option théâtre ou cinéma")) == ("théâtre", "cinéma")


def test_a_mission_locale_is_not_for_who_is_over_25(talk: Conversation) -> None:
    found = Need("structure/mission-locale", ("where",), 0.9)
    old, young = (desk_needs(turn_of(talk, "à Flers", found, age=age), (found,)) for age in (58, 20))
    assert old is not None and [need.sheet for need in old] == ["structure/france-travail"] and young is None


def test_what_somebody_has_not_got_is_not_what_is_asked(talk: Conversation) -> None:
    found = Need("aide/aides-au-permis", ("conditions",), 0.9, others=("structure/mission-locale",))
    turn = turn_of(talk, "y a quoi pour les jeunes à Flers, pas de permis", found)
    assert [need.sheet for need in desk_needs(turn, (found,)) or []] == ["structure/mission-locale"]


def test_a_kind_of_school_that_nobody_named_gives_way_to_the_next_desk(talk: Conversation) -> None:
    found = Need("structure/cfa-normandie", ("where",), 0.9, others=("structure/france-travail",))
    assert (desk_needs(turn_of(talk, "à qui m'adresser à Flers", found), (found,)) or [])[0].sheet == "structure/france-travail"
    assert desk_needs(turn_of(talk, "un cfa à Flers", found), (found,)) is None


def test_the_next_place_is_told_on_a_button_and_on_a_word(talk: Conversation) -> None:
    talk.kb.offers["formation/cap-coiffure"] = offers("Lycée Un", "Lycée Deux", "Lycée Trois")
    talk.kb.asks("cap coiffure à Flers", Need("formation/cap-coiffure", ("where",), 0.9), places=(FLERS,))
    talk.slots["channel"] = "sms"
    first = talk.says("cap coiffure à Flers", "question")
    assert "Lycée Un, 1 rue de Lycée Un, 61100 Flers" in str(first.sms)
    assert "Lycée Deux" in str(talk.presses("Lieu suivant").sms)
    talk.kb.asks("suivant", Need("formation/cap-coiffure", ("conditions",), 0.9), follow_up=True)
    assert "Lycée Trois" in str(talk.says("suivant", "question").sms)


def test_nothing_follows_when_no_place_was_told(talk: Conversation) -> None:
    assert goes_on(turn_of(talk, "suivant")) is None


def test_a_place_that_teaches_two_courses_is_told_once(talk: Conversation) -> None:
    page = offers("Lycée Un", "Lycée Un", "Lycée Deux")
    talk.kb.offers["formation/cap-coiffure"] = page
    talk.kb.asks("cap coiffure à Flers", Need("formation/cap-coiffure", ("where",), 0.9), places=(FLERS,))
    assert talk.says("cap coiffure à Flers", "question").text.count(". Lycée Un") == 1


def test_a_course_that_nobody_teaches_here_names_its_neighbours_as_such(talk: Conversation) -> None:
    names = ["cap-rare", "bac-pro-voisin"]
    talk.kb.sheets.append(sheet("formation", "cap-rare", "CAP rare", trades=["rare"]))
    talk.kb.sheets.append(sheet("formation", names[1], "Bac pro voisin"))
    talk.kb.sheets.append(sheet("metier", "rare", "Rare", access={"formations": names}, sector="Ailleurs"))
    talk.kb.offers["formation/bac-pro-voisin"] = offers("Lycée Un")
    talk.kb.asks("cap rare à Flers", Need("formation/cap-rare", ("where",), 0.9), places=(FLERS,))
    said = talk.says("cap rare à Flers", "question").text
    assert "aucun lieu de Normandie n’est connu" in said and "S’en approche, en Normandie : Bac pro voisin" in said
    assert "Lycée Un" not in said


def test_a_far_boarding_house_does_not_hide_the_nearer_school(talk: Conversation) -> None:
    near, far = offers("Lycée Près"), offers("Lycée Loin")
    lodged = OfferPage(far.sheet, (), 0, 2, far.hits)
    talk.kb.offers["formation/cap-coiffure"] = near
    plain = talk.kb.offers_of

    def offers_of(key: Any, place: Any, **wish: Any) -> OfferPage:
        return lodged if wish.get("boarding") else plain(key, place, **wish)

    talk.kb.offers_of = offers_of
    talk.kb.asks("cap coiffure avec internat à Flers", Need("formation/cap-coiffure", ("where",), 0.9), places=(FLERS,))
    said = talk.says("cap coiffure avec internat à Flers", "question").text
    assert "avec un internat connu" in said and "Lycée Loin" in said
    assert "sans que je sache s’il y a un internat : Lycée Près" in said
