"""What a reply looks like on a basic phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.conversation.choices import pick
from channels.delivery.segments import is_gsm, segments
from channels.messages import Card, QuickReply, Reply
from channels.sentences import Sentences
from channels.settings import Settings
from channels.sms.port import SmsPort

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


def test_the_long_form_is_sent_at_once_when_it_costs_no_more_than_the_short_one_with_its_suite() -> None:
    long = "Pas de salaire vérifié pour ce métier. La convention collective du secteur fixe les minimums, on vous aide. " * 2
    assert port().render([Reply(long, sms="Pas de salaire vérifié ici. " * 5)], {}).bodies == [long.strip()]


def test_what_was_read_already_does_not_come_again_after_suite() -> None:
    rendered = port().render([Reply(f"La VAE donne un diplôme.\n\n{LONG}", sms="La VAE donne un diplôme.")], {})
    assert rendered.state["more"][0].startswith("Voici la phrase numéro 0")


def test_that_an_advisor_will_answer_is_said_on_the_first_page_however_long_the_answer() -> None:
    rendered = port().render([Reply(LONG), Reply("C'est noté : un conseiller va vous répondre ici.",
                                                 quick_replies=buttons("Ne plus attendre"))], {})
    assert "un conseiller va vous répondre ici.\nRépondez 1 : Ne plus attendre" in rendered.bodies[0]
    assert rendered.bodies[0].startswith("Voici la phrase numéro 0") and segments(rendered.bodies[0]) <= 2


def test_a_greeting_is_not_all_that_is_said_when_the_answer_is_one_long_sentence() -> None:
    long = "Le conseil en évolution est un accompagnement gratuit pour faire le point et construire votre projet : " * 2
    rendered = port().render([Reply(f"Parcours-Métiers, assistant automatique.\n{long}"), Reply(
        "C'est noté : un conseiller va vous répondre ici.", quick_replies=buttons("Ne plus attendre", "Être rappelé"))], {})
    assert "accompagnement gratuit" in rendered.bodies[0] and "va vous répondre ici" in rendered.bodies[0]
    assert segments(rendered.bodies[0]) <= 2


def test_neither_a_greeting_nor_a_line_of_help_takes_the_room_of_the_answer() -> None:
    answer = "On se forme en institut, en six mois. " * 6
    help_line = Reply("Besoin de parler ? Gratuit : 3114 (jour et nuit).")
    body = port().render([Reply("Parcours-Métiers, assistant automatique."), Reply(answer), help_line], {}).bodies[0]
    assert "On se forme en institut" in body and "3114" in body and segments(body) <= 2


def test_hours_and_days_to_choose_from_are_never_cut() -> None:
    hours = buttons(*(f"entre {hour} h 30 et {hour + 1} h 30" for hour in range(9, 17)))
    body = port().render([Reply("À quel moment, lundi 30 novembre ?", quick_replies=hours)], {}).bodies[0]
    assert "1 : 9h30-10h30\n2 : 10h30-11h30" in body
    days = buttons(*(f"{day} novembre" for day in ("lundi 23", "mardi 24", "mercredi 25", "jeudi 26", "vendredi 27")), "Annuler")
    body = port().render([Reply(LONG), Reply("Quel jour vous rappeler ?", quick_replies=days)], {}).bodies[0]
    assert "Quel jour vous rappeler ?\nRépondez 1 : lundi 23 nov.\n2 : mardi 24 nov.\n3 : mercredi 25 nov." in body


def test_a_list_that_the_choices_repeat_is_said_once() -> None:
    reply = Reply("Des métiers :\n1. Vétérinaire\n2. Agriculteur\n3. Apiculteur",
                  quick_replies=buttons("Vétérinaire", "Agriculteur"))
    (body,) = port().render([reply], {}).bodies
    assert body == "Des métiers :\nEt aussi : Apiculteur.\nRépondez 1 : Vétérinaire\n2 : Agriculteur"


def test_no_page_ends_on_a_lonely_number_nor_on_a_heading() -> None:
    text = f"Comment faire :\n1. {LONG[:150]}.\n2. {LONG[:170]}.\nEt puis :\n1. {LONG}"
    state = port().render([Reply(text)], {})
    while state is not None and state.state:
        said = state.bodies[0].removesuffix("\nRépondez SUITE pour en savoir plus.")
        assert said[-1] != ":" and said[-2:] not in {"1.", "2."}
        state = port().local("suite", state.state)


def test_a_sentence_that_is_cut_says_so() -> None:
    assert port().render([Reply("mot " * 200)], {}).bodies[0].startswith("mot mot") is True
    assert "mot...\nRépondez SUITE" in port().render([Reply("mot " * 200)], {}).bodies[0]


def test_a_long_choice_loses_its_brackets_before_its_words() -> None:
    reply = Reply("Lequel ?", quick_replies=buttons("BUT (bachelor universitaire de technologie)",
                                                    "Technicien du froid et de la climatisation"))
    assert port().render([Reply("x" * 235), reply], {}).bodies[0].endswith("1 : BUT\n2 : Technicien du froid.")


@pytest.mark.parametrize(("title", "choice"), [
    ("Technicien / Technicienne de laboratoire médical d'analyses", "Technicien/ne de laboratoire médical."),
    ("Éducateur spécialisé / Éducatrice spécialisée de jeunes", "Éducateur/trice spécialisé"),
    ("Chef de cuisine de collectivité / Cuisinière de collectivité", "Chef de cuisine de collectivité."),
])
def test_a_long_trade_keeps_both_genders_and_its_sense(title: str, choice: str) -> None:
    body = port().render([Reply("Lequel ?", quick_replies=buttons(title))], {}).bodies[0]
    assert body.endswith(f"1 : {choice}")


def test_suite_gives_everything_page_by_page_and_then_says_that_there_is_no_more() -> None:
    state, read = port().render([Reply(LONG)], {}), ""
    for _ in range(9):
        read += state.bodies[0].removesuffix("\nRépondez SUITE pour en savoir plus.") + " "
        if not state.state:
            break
        following = port().local("la suite svp", state.state)
        assert following is not None
        state = following
    assert read.split() == LONG.split()
    last = port().local("suite", {})
    assert last is not None and last.bodies[0].startswith("C'est tout")
    assert port().local("encore", {}) is None


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
    state = rendered.state
    while state:
        following = port().local("suite", state)
        assert following is not None and following.bodies[0] and segments(following.bodies[0]) <= 2
        state = following.state


def test_a_french_answer_is_sent_in_gsm() -> None:
    assert is_gsm(port().render([Reply("Ça dépend : « où » étudier, à Caen ou à Rouen…")], {}).bodies[0])
