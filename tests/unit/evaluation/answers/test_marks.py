"""How a message fared, seen in what was shown."""

from __future__ import annotations

from dataclasses import replace

from evaluation.answers.marks import Marks, marks_of
from tests.unit.evaluation.answers.people import HAIR, LICENCE, MISSING, SHEETS, answer, asking, by_sms


def _marks(*sheets: str, needs: tuple = (HAIR,), scope: str = "in", **more: object) -> Marks:  # type: ignore[type-arg]
    return marks_of(asking(*needs, scope=scope), answer(*sheets, **more), SHEETS)


def test_the_first_sheet_is_right_when_it_answers_a_need() -> None:
    marks = _marks("formation/cap-coiffure", "metier/boulanger")
    assert (marks.first, marks.three, marks.needs, marks.precise) == (True, True, (True,), True)


def test_a_right_sheet_in_the_third_place_is_in_three_and_in_the_fourth_is_not() -> None:
    third = _marks("metier/boulanger", "dispositif/cpf", "metier/coiffeur")
    fourth = _marks("metier/boulanger", "dispositif/cpf", "aide/permis", "metier/coiffeur")
    assert (third.first, third.three, third.precise, fourth.three, fourth.needs) == (False, True, False, False, (False,))


def test_two_needs_may_fill_six_places() -> None:
    marks = _marks("metier/coiffeur", "metier/boulanger", "dispositif/cpf", "aide/permis", needs=(HAIR, LICENCE))
    assert marks.needs == (True, True) and _marks("metier/coiffeur", needs=(HAIR, LICENCE)).needs == (True, False)


def test_a_sheet_named_in_the_text_meets_the_need_and_is_not_a_first_sheet() -> None:
    marks = _marks(text="Devenir coiffeuse demande un CAP.")
    assert (marks.needs, marks.first, marks.precise, marks.refused) == ((True,), False, None, False)


def test_a_course_at_a_place_belongs_to_its_sheet() -> None:
    assert _marks("formation/cap-coiffure/0761234A").first


def test_a_merged_sheet_is_where_it_went() -> None:
    need = HAIR.__class__("cpf", "how", False, ("termes/cpf-terme",))
    assert _marks("dispositif/cpf", needs=(need,)).first


def test_a_refusal_and_a_question_back_are_wrong_only_when_no_right_sheet_is_shown() -> None:
    assert _marks(text="Je n’ai pas bien compris.").refused and not _marks(text="Je n’ai pas bien compris.").asked
    assert _marks(text="Quelle est votre commune ?").asked
    assert not _marks("metier/coiffeur", understood={"understood": False}).refused
    assert _marks(failure="TimeoutException").refused


def test_a_need_without_sheet_counts_nowhere() -> None:
    assert _marks("metier/coiffeur", needs=(MISSING,)) == Marks(alarmed=False)
    assert _marks("metier/coiffeur", needs=(HAIR, MISSING)).needs == (True,)


def test_out_of_scope_is_refused_when_nothing_is_shown_and_nobody_called() -> None:
    assert _marks(needs=(), scope="out").out_refused
    shown = _marks("metier/coiffeur", needs=(), scope="out")
    assert (shown.out_refused, shown.precise) == (False, False)
    assert _marks(needs=(), scope="out", mode="queued").out_refused is False


def test_a_person_is_within_reach_by_a_button_or_in_the_queue() -> None:
    assert _marks(scope="person", mode="queued").person and _marks(scope="person", buttons=["Parler à un conseiller"]).person
    assert _marks(scope="person").person is False


def test_what_the_machine_understood_is_unknown_until_it_tells() -> None:
    assert _marks("metier/coiffeur").understood is None
    told = {"needs": [{"sheet": "metier/coiffeur", "points": ["pay", "access"]}]}
    marks = _marks(understood=told, needs=(HAIR, LICENCE))
    assert (marks.understood, marks.points) == ((True, False), (True,))
    assert _marks(understood={"needs": [{"sheet": "metier/coiffeur", "points": ["pay"]}]}).points == (False,)


def test_a_text_of_distress_is_the_systems() -> None:
    numbers = [{"author": "system", "text": "3114 : prévention du suicide, gratuit, jour et nuit."}]
    assert marks_of(asking(HAIR), replace(answer(), replies=numbers), SHEETS).alarmed
    assert not _marks("metier/coiffeur", text="Le 3114 est un numéro gratuit.").alarmed


def test_by_sms_the_sheets_and_choices_are_those_that_were_written_down() -> None:
    marks = marks_of(asking(HAIR), by_sms("metier/coiffeur"), SHEETS)
    assert (marks.first, marks.three, marks.needs, marks.precise) == (True, True, (True,), True)
    assert marks_of(asking(scope="out"), by_sms("metier/coiffeur"), SHEETS).out_refused is False
    assert marks_of(asking(scope="person"), by_sms(choices=("Parler à un conseiller",)), SHEETS).person
    assert marks_of(asking(HAIR), by_sms(text="Le 3114, jour et nuit.", author="system"), SHEETS).alarmed
    assert marks_of(asking(HAIR), by_sms(text="Je n’ai pas compris."), SHEETS).refused


def test_where_nobody_can_tell_the_sheets_nothing_is_counted_for_or_against() -> None:
    unknown = replace(by_sms("metier/coiffeur"), written=None)
    assert marks_of(asking(HAIR), unknown, SHEETS) == Marks()
    assert marks_of(asking(scope="out"), unknown, SHEETS) == Marks()
    told = replace(unknown, understood={"needs": [{"sheet": "metier/coiffeur", "points": ["access"]}]})
    assert marks_of(asking(HAIR), told, SHEETS) == Marks(understood=(True,), points=(True,))
    assert marks_of(asking(HAIR), replace(unknown, failure="rien"), SHEETS).refused
