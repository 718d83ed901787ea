"""Every first answer of every shipped sheet, as a caller hears it: nothing for the eye alone, short pages, whole sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from channels.case.views import MessageView
from channels.phone.speaking import last_page, said
from channels.phone.spoken import PAGE
from channels.sentences import Sentences
from clock import now
from tests.fixtures.every_answer import FirstAnswer

# A web or mail address, brackets, quotes, slashes, a unit or an abbreviation, a sign, an acronym, two signs in a row.
_NOT_FOR_THE_EAR = re.compile(r"https?|www|@|[()\[\]«»\"/€°·•|_#*=+&%…]|\d ?h\b|\bn°|\b[A-ZÉ]{2,}\b|"
                              r"[.,:;!?]\s*[.,:;!?]|\s[.,]|\bSource :")
_LONGEST = PAGE + 160  # a sheet's longest sentence, or two choices and the way to the details, may go beyond


@pytest.fixture(scope="module")
def heard(every_first_answer: Sequence[FirstAnswer]) -> dict[str, list[str]]:
    """What is said of each answer: the first page, then those of « suite »."""
    sentences, found = Sentences(), {}
    for answer in every_first_answer:
        buttons = tuple(button.as_wire() for button in answer.reply.quick_replies)
        view = MessageView("m", 1, "bot", answer.reply.text, now(), buttons=buttons, spoken=answer.reply.spoken)
        found[answer.question] = [said([view], page, sentences) for page in range(last_page([view], sentences))]
    return found


def test_nothing_is_said_that_only_the_eye_reads(heard: dict[str, list[str]]) -> None:
    assert len(heard) > 500
    wrong = {text: _NOT_FOR_THE_EAR.findall(text) for pages in heard.values() for text in pages if _NOT_FOR_THE_EAR.search(text)}
    assert wrong == {}


def test_every_page_is_short_and_made_of_whole_sentences(heard: dict[str, list[str]]) -> None:
    pages = [text for found in heard.values() for text in found]
    assert [text for text in pages if len(text) > _LONGEST] == []
    assert [text for text in pages if not text or text[-1] not in ".!?"] == []


def test_the_first_page_ends_with_what_can_be_done_next(heard: dict[str, list[str]]) -> None:
    further = [pages[0] for pages in heard.values() if len(pages) > 1]
    ends = ("suite, pour en savoir plus.", "suite, pour plus de détails.")
    assert further and [text for text in further if not text.endswith(ends) and "Touche 2" not in text] == []
