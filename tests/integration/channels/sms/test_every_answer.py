"""Every first answer of every shipped sheet, as the SMS that would leave: two segments at most, by Twilio's own calculator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from channels.messages import Reply
from channels.sentences import Sentences
from channels.settings import Settings
from channels.sms.folding import plain
from channels.sms.port import SmsPort
from channels.sms.segments import measure
from tests.fixtures.every_answer import FirstAnswer
from tests.fixtures.segment_oracle import oracle
from tests.integration.channels.sms.conftest import PUBLIC

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


def test_no_first_answer_is_cut_in_the_middle_of_a_sentence(answers: Sms, every_first_answer: Sequence[FirstAnswer]) -> None:
    written = {answer.question: plain(f"{answer.reply.sms}\n{answer.reply.text}") for answer in every_first_answer}
    mark = "...\nRépondez"
    ends = {question: pages[0].partition(mark)[0][-20:] for question, pages in answers.items() if mark in pages[0]}
    assert [question for question, end in ends.items() if f"{end}..." not in written[question]] == []


def test_every_link_leads_to_our_own_pages(answers: Sms) -> None:
    links = {word.strip("().,") for pages in answers.values() for page in pages for word in page.split() if "://" in word}
    assert len(links) > 300
    assert {link for link in links if not link.startswith(f"{PUBLIC}/fiches/")} == set()
