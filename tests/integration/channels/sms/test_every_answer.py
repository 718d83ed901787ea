"""Every first answer of every shipped sheet, as the SMS that would leave: two segments at most, by Twilio's own calculator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from channels.delivery.segments import measure
from channels.messages import Reply
from channels.sentences import Sentences
from channels.settings import Settings
from channels.sms.folding import plain
from channels.sms.port import SmsPort
from tests.fixtures.every_answer import FirstAnswer
from tests.fixtures.segment_oracle import oracle
from tests.integration.channels.sms.conftest import PUBLIC

CHOICES = re.compile(r"Répondez (?:SUITE|\d)")  # what follows the answer; « Répondez à chaque proposition » is one
CUT = "...\nRépondez"  # where the first SMS of several breaks off
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?=\s+[^a-zà-ÿ])")
Sms = dict[str, list[str]]  # what each question brings: the first SMS, then those of « suite »


@pytest.fixture(scope="module")
def answers(every_first_answer: Sequence[FirstAnswer], tmp_path_factory: pytest.TempPathFactory) -> Sms:
    """All of them, opened by the greeting as the first SMS of a thread is."""
    sentences = Sentences()
    settings = Settings(_env_file=None, state_dir=tmp_path_factory.mktemp("state"), public_url=PUBLIC)  # type: ignore[call-arg]
    port, greeting = SmsPort(settings, sentences), sentences.text("relay.sms_greeting")
    return {answer.question: list(_pages(port, answer, greeting)) for answer in every_first_answer}


def _pages(port: SmsPort, answer: FirstAnswer, greeting: str) -> Iterator[str]:
    said = answer.reply
    greeted = Reply(f"{greeting}\n{said.text}", sms=f"{greeting}\n{said.sms or said.text}", cards=said.cards,
                    quick_replies=said.quick_replies)
    rendered = port.render([greeted], {})
    yield from rendered.bodies
    while rendered.state:
        following = port.local("suite", rendered.state)
        assert following is not None
        rendered = following
        yield from rendered.bodies


def test_every_first_answer_and_every_further_page_leaves_in_one_sms_of_two_segments(answers: Sms) -> None:
    assert len(answers) > 500
    bodies = sorted({body for pages in answers.values() for body in pages})
    counted = oracle(bodies)
    assert [(found.encoding, found.segments) for found in map(measure, bodies)] == counted
    assert {encoding for encoding, _ in counted} == {"GSM-7"}
    assert [body for body, (_, segments) in zip(bodies, counted, strict=True) if segments > 2] == []


def test_a_first_answer_is_cut_inside_a_sentence_only_when_its_first_one_is_too_long(
    answers: Sms, every_first_answer: Sequence[FirstAnswer]
) -> None:
    written = {answer.question: plain(f"{answer.reply.sms}\n{answer.reply.text}") for answer in every_first_answer}
    cut = {question: pages[0].partition(CUT)[0] for question, pages in answers.items() if CUT in pages[0]}
    inside = [question for question, page in cut.items() if f"{page[-20:]}..." not in written[question]]
    assert [question for question in inside if len(SENTENCE_END.findall(cut[question])) > 1] == []  # the greeting is one
    assert len(inside) < len(answers) / 8


def test_no_first_sms_only_greets(answers: Sms) -> None:
    greeting = plain(Sentences().text("relay.sms_greeting"))
    said = {question: CHOICES.split(pages[0].removeprefix(greeting))[0].strip() for question, pages in answers.items()}
    assert [question for question, text in said.items() if len(text) < 20] == []


def test_every_link_leads_to_our_own_pages(answers: Sms) -> None:
    links = {word.strip("().,") for pages in answers.values() for page in pages for word in page.split() if "://" in word}
    assert len(links) > 300
    assert {link for link in links if not link.startswith(f"{PUBLIC}/fiches/")} == set()
