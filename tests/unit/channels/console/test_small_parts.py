"""The small parts that pages are made of."""

from __future__ import annotations

from datetime import date

import pytest

from channels.case.views import DeliveryView, MessageView
from channels.console.api.events import sse
from channels.console.lines import line
from channels.console.login import _inside
from channels.console.pages import macro
from channels.console.session import form_token, matches
from channels.console.supervision.figures import Bar, Figure
from channels.console.supervision.routes import table
from channels.console.supervision.svg import bar
from channels.console.times import duration, written
from channels.console.unknown.groups import alike
from channels.console.unknown.personal import without_names
from channels.console.viewers import Viewers
from channels.conversation.fanout import LocalFanout
from channels.people.principal import Principal
from clock import now


@pytest.mark.parametrize(("seconds", "said"), [
    (0, "moins d'une minute"), (59.9, "moins d'une minute"), (60, "1 min"), (3599, "59 min"), (3660, "1 h 01"), (200_000, "2 j")])
def test_a_wait_is_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_date_of_a_source_is_written_out() -> None:
    assert written("2026-11-01") == "1er novembre 2026"
    assert written("novembre 2026") == "novembre 2026"
    assert date.fromisoformat("2026-11-01")


def test_an_event_of_several_lines_stays_one_event() -> None:
    assert sse("upsert", "<li>\nbonjour\n</li>") == "event: upsert\ndata: <li>\ndata: bonjour\ndata: </li>\n\n"


def test_a_form_token_is_another_each_time_and_bound_to_its_session() -> None:
    first, second = form_token("secret"), form_token("secret")
    assert first != second
    assert matches("secret", first) and matches("secret", second)
    assert not matches("autre", first)
    assert not matches("secret", "") and not matches("", first)


@pytest.mark.parametrize("url", ["https://exemple.org/", "//exemple.org", "/console/\\exemple.org", "/ailleurs", "/console//x"])
def test_the_way_back_after_a_login_stays_inside(url: str) -> None:
    assert _inside(url) == "/console/"


def test_who_else_is_there_is_said_by_name() -> None:
    viewers, me = Viewers(LocalFanout()), Principal("1", "Awa", "conseiller")
    bruno, claire = Principal("2", "Bruno", "conseiller"), Principal("3", "Claire", "superviseur")
    with viewers.looking(7, me), viewers.looking(7, bruno), viewers.looking(7, bruno):
        assert viewers.others(7, me) == "Bruno regarde aussi cette demande."
        with viewers.looking(7, claire):
            assert viewers.others(7, me) == "Bruno et Claire regardent aussi cette demande."
            viewers.writing(7, bruno)
            assert viewers.others(7, me) == "Bruno écrit dans cette demande. Claire regarde aussi cette demande."
    assert viewers.others(7, me) == ""


def _message(**changes: object) -> MessageView:
    return MessageView(**{"id": "m", "seq": 3, "author": "advisor", "text": "Bonjour", "sent_at": now(), **changes})  # type: ignore[arg-type]


def test_a_failed_send_is_shown_with_its_retry() -> None:
    sends = [DeliveryView(5, "m", "sms", "delivered", 1, None), DeliveryView(6, "m", "sms", "failed", 7, "30003")]
    shown = line(_message(), {}, sends, "sms")
    assert (shown.failed, shown.retry) == (True, 6)
    assert "30003" in shown.state


def test_a_refused_send_is_not_offered_again() -> None:
    shown = line(_message(), {}, [DeliveryView(6, "m", "sms", "blocked", 1, "opted_out")], "sms")
    assert (shown.failed, shown.retry) == (True, None)
    assert "STOP" in shown.state


def test_a_message_that_was_read_says_so() -> None:
    assert line(_message(), {}, [], "web", seen=3).state == "Lu"
    assert line(_message(), {}, [], "web", seen=2).state == ""


def test_a_late_answer_of_the_bot_is_marked_as_never_received() -> None:
    assert line(_message(author="bot", state="suppressed"), {}, [], "web").suppressed


def test_bars_are_told_apart_without_colour() -> None:
    drawn = str(bar(Bar("lundi", 3, parts=(("Chat", 1), ("SMS", 1), ("Téléphone", 1))), 3))
    assert [name in drawn for name in ("p-full", "p-hatch", "p-dots")] == [True, True, True]
    assert "style=" not in drawn


def test_a_table_cannot_smuggle_a_formula_into_a_spreadsheet() -> None:
    assert table(Figure("lieux", "Lieux", "demandes", [Bar("=1+1", 2.5)])).splitlines()[1] == "'=1+1;2,5"


@pytest.mark.parametrize(("text", "kept"), [
    ("je m'appelle Louise Martin et je cherche", "je m'appelle [nom] et je cherche"),
    ("rappelez Mme Durand au 06 12 34 56 78", "rappelez Mme [nom] au [numéro]"),
    ("écrivez à louise@exemple.fr", "écrivez à [adresse e-mail]"), ("cap coiffure\nà Caen", "cap coiffure à Caen")])
def test_what_is_personal_leaves_a_sentence_before_it_is_kept(text: str, kept: str) -> None:
    assert without_names(text) == kept


def test_messages_are_alike_when_they_say_the_same() -> None:
    assert alike("je veux un stage de troisieme", "un stage de troisieme je veux")
    assert alike("mon fils va plus en cours", "bonjour mon fils va plus en cours merci")
    assert not alike("salaire", "salaire infirmiere")


@pytest.mark.parametrize(("pictures", "said"), [
    (0, ""), (1, "Une image était jointe, que"), (3, "3 images étaient jointes, que")])
def test_a_picture_that_came_with_an_sms_leaves_a_trace(pictures: int, said: str) -> None:
    shown = line(_message(author="citizen", pictures=pictures), {}, [], "sms")
    html = macro("parts/message.html", "message", shown)
    assert (said in html) if said else ("image" not in html)
