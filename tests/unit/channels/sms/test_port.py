"""What a reply looks like on a basic phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.choices import pick
from channels.messages import Card, QuickReply, Reply
from channels.sentences import Sentences
from channels.settings import Settings
from channels.sms.port import SmsPort
from channels.sms.segments import is_gsm, segments

BASE = "https://orientation.exemple.fr"
CARD = Card("metier", "coiffeur", "Coiffeur / Coiffeuse", url=f"{BASE}/fiches/metier/coiffeur",
            source={"name": "ROME", "url": "https://www.exemple.org/rome", "collected_on": "2026-01-01"})
LONG = " ".join(f"Voici la phrase numéro {number}, qui parle d'un métier et de ses études." for number in range(12))


def port(public: str | None = BASE) -> SmsPort:
    """The port of an installation with this public address."""
    return SmsPort(Settings(_env_file=None, state_dir=Path("unused"), public_url=public), Sentences())  # type: ignore[call-arg]


def buttons(*labels: str) -> tuple[QuickReply, ...]:
    """Buttons with these labels."""
    return tuple(QuickReply(label, {"text": label}) for label in labels)


def test_the_short_form_is_preferred_and_the_long_one_is_kept_for_suite() -> None:
    rendered = port().render([Reply(LONG, sms="Un coiffeur coupe les cheveux.")], {})
    assert rendered.bodies == ["Un coiffeur coupe les cheveux.\nRépondez SUITE pour en savoir plus."]
    following = port().local("Suite !", rendered.state)
    assert following is not None
    assert following.bodies[0].startswith("Voici la phrase numéro 0")


def test_suite_gives_everything_page_by_page_and_then_leaves_the_word_to_the_engine() -> None:
    state, read = port().render([Reply(LONG)], {}), ""
    for _ in range(9):
        read += state.bodies[0].removesuffix("\nRépondez SUITE pour en savoir plus.") + " "
        following = port().local("la suite svp", state.state)
        if following is None:
            break
        state = following
    assert read.split() == LONG.split()
    assert port().local("suite", state.state) is None


def test_choices_are_numbered_and_the_number_finds_its_button() -> None:
    offered = buttons("Parler à un conseiller", "Être rappelé")
    body = port().render([Reply("Que voulez-vous ?", quick_replies=offered)], {}).bodies[0]
    assert body == "Que voulez-vous ?\nRépondez 1 : Parler à un conseiller\n2 : Etre rappelé"
    stored = [button.as_wire() for button in offered]
    assert [pick(said, stored) for said in ("2", "la 2", "deux", "La deuxième", "être rappelé")] == [1] * 5


def test_the_numbers_are_those_of_the_last_reply_with_buttons_as_the_relay_reads_them() -> None:
    replies = [Reply("Un.", quick_replies=buttons("a")), Reply("Deux.", quick_replies=buttons("b")), Reply("Trois.")]
    assert port().render(replies, {}).bodies == ["Un.\nDeux.\nTrois.\nRépondez 1 : b"]


def test_the_only_link_is_to_our_own_page() -> None:
    reply = Reply("Coiffeur : un métier. Voir https://www.exemple.org/rome", sms=None, cards=(CARD,))
    assert port().render([reply], {}).bodies == [f"Coiffeur : un métier. Voir\n{BASE}/fiches/metier/coiffeur"]


def test_without_a_public_address_no_link_leads_to_this_machine() -> None:
    assert port(None).render([Reply("Coiffeur.", cards=(CARD,))], {}).bodies == ["Coiffeur."]


def test_an_advisor_s_words_are_sent_whole() -> None:
    rendered = port().render([Reply(LONG)], {}, whole=True)
    assert rendered.bodies == [LONG]
    assert rendered.state == {}


def test_what_twilio_would_refuse_for_its_length_goes_in_several_messages() -> None:
    bodies = port().render([Reply("mot " * 900)], {}, whole=True).bodies
    assert all(len(body) <= 1600 for body in bodies)
    assert " ".join(bodies).split() == ["mot"] * 900


def test_nine_long_choices_still_leave_room_for_the_answer() -> None:
    labels = [f"{number}e choix, avec un libellé qui n'en finit vraiment pas" for number in range(1, 12)]
    body = port().render([Reply(LONG, quick_replies=buttons(*labels))], {}).bodies[0]
    assert segments(body) <= 2
    assert "\n9 : " in body and "\n10 : " not in body


@pytest.mark.parametrize("word", ["suite", "SUITE", "la suite", "Suite svp", "encore"])
def test_suite_is_understood_in_several_ways(word: str) -> None:
    assert port().local(word, {"more": ["page"]}) is not None


@given(st.lists(st.builds(lambda text, short, labels: Reply(text, sms=short, quick_replies=buttons(*labels), cards=(CARD,)),
                          st.text(alphabet="abc éçê€.!\n’👍", min_size=1, max_size=900),
                          st.none() | st.text(alphabet="abc éçê.", min_size=1, max_size=500),
                          st.lists(st.text(alphabet="abc éç", min_size=1, max_size=80), max_size=12)), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_every_first_answer_and_every_page_fits_two_segments(replies: list[Reply]) -> None:
    rendered = port().render(replies, {})
    assert all(segments(body) <= 2 for body in rendered.bodies)
    following = port().local("suite", rendered.state)
    while following is not None:
        assert following.bodies[0] and segments(following.bodies[0]) <= 2
        following = port().local("suite", following.state)


def test_a_french_answer_is_sent_in_gsm() -> None:
    assert is_gsm(port().render([Reply("Ça dépend : « où » étudier, à Caen ou à Rouen…")], {}).bodies[0])
