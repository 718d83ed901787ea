"""Sessions are kept whole or not at all, found near a place, and leave by themselves when they are over."""

from __future__ import annotations

import pytest
import time_machine

from knowledge_base import KnowledgeBase
from knowledge_base.agenda.repeat import repeated
from knowledge_base.agenda.store import Wish
from knowledge_base.errors import SessionRefused

MONDAY = "2026-11-30T09:00+01:00"
CAFE = {"title": "Café des parents", "date": "08/12/2026", "start": "18h", "end": "20h", "commune": "Évreux",
        "venue": "5 rue d’essai",
        "publics": "Parents, lycéens", "capacity": "20", "organiser": "Organisateur d’essai", "source": "Essai"}
TABLE = "Titre;Date;Début;Fin;Commune;Organisateur;Source\n"


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY, tick=False) as travelled:
        yield travelled


def test_a_session_is_found_at_its_place_and_for_its_public(empty_kb: KnowledgeBase) -> None:
    empty_kb.agenda.add([CAFE], by="essai")
    [found] = empty_kb.agenda.upcoming(Wish(empty_kb.find_place("Évreux"), public="parents", words=("parents",)))
    assert (found.title, found.where, found.capacity) == ("Café des parents", "5 rue d’essai, Évreux", 20)
    assert found.starts_at.isoformat() == "2026-12-08T17:00:00+00:00"
    assert not empty_kb.agenda.upcoming(Wish(empty_kb.find_place("Cherbourg")))
    assert not empty_kb.agenda.upcoming(Wish(public="apprenti"))
    assert len(empty_kb.agenda.upcoming(Wish(empty_kb.find_place("dans le 27")))) == 1


def test_what_is_over_leaves_the_answers_and_stays_in_the_figures(empty_kb: KnowledgeBase) -> None:
    empty_kb.agenda.add([CAFE], by="essai")
    with time_machine.travel("2026-12-08T20:01+01:00", tick=False):
        assert not empty_kb.agenda.upcoming()
        assert [session.title for session in empty_kb.agenda.past()] == ["Café des parents"]


def test_a_series_keeps_its_hour_through_the_change_of_clocks(empty_kb: KnowledgeBase) -> None:
    ids = empty_kb.agenda.add(repeated({**CAFE, "date": "2027-03-23"}, "2", "1"), by="essai")
    first, second = empty_kb.agenda.upcoming()
    assert len(ids) == 2 and first.series == second.series
    assert [session.starts_at.hour for session in (first, second)] == [17, 16]


@pytest.mark.parametrize(("field", "value", "said"), [
    ("commune", "Ploufville", "je ne connais pas « Ploufville »"), ("date", "29/11/2026", "déjà passée"),
    ("date", "31/02/2027", "n’est pas une date"), ("start", "25h", "n’est pas une heure"), ("end", "17h", "après le début"),
    ("capacity", "²", "nombre de places"), ("online", "javascript:x", "https://"), ("title", "", "à remplir"),
])  # fmt: skip
def test_bad_input_is_said_and_nothing_is_kept(empty_kb: KnowledgeBase, field: str, value: str, said: str) -> None:
    with pytest.raises(SessionRefused, match=said):
        empty_kb.agenda.add([CAFE, {**CAFE, field: value}], by="essai")
    assert not empty_kb.agenda.upcoming()


def test_a_table_with_a_bad_line_changes_nothing_and_says_each(empty_kb: KnowledgeBase) -> None:
    good = "Atelier;09/12/2026;14h;16h;Évreux;Essai;Essai\n"
    with pytest.raises(SessionRefused) as refused:
        empty_kb.agenda.add_table(TABLE + good + good.replace("14h", "dix"), by="essai")
    assert refused.value.faults == ["Ligne 3 : Début : « dix » n’est pas une heure. Écrivez par exemple 18h30."]
    assert not empty_kb.agenda.upcoming()
    assert len(empty_kb.agenda.add_table(TABLE + good, by="essai")) == 1


def test_the_same_session_twice_is_refused(empty_kb: KnowledgeBase) -> None:
    empty_kb.agenda.add([CAFE], by="essai")
    with pytest.raises(SessionRefused, match="déjà à l’agenda"):
        empty_kb.agenda.add([{**CAFE, "title": "café des parents"}], by="essai")
    assert len(empty_kb.agenda.upcoming()) == 1
