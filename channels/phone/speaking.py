"""What is said of the relay's answer: spoken forms, one idea at a time, few choices, and how to hear more."""

from __future__ import annotations

from collections.abc import Sequence

from channels.case.views import MessageView
from channels.conversation.choices import without_choices
from channels.phone.punctuation import ended
from channels.phone.spoken import pages, spoken
from channels.sentences import Sentences

_BOT, _DISTRESS = "bot", 31  # author, topic
_CHOICES = 3
_LISTED = 4  # when they are the answer itself
_DETAILS = 60  # characters that the written answer must add to be worth a « suite »
# Said by a key at any time, or useless aloud.
_NOT_SAID = {"person", "handover", "form_cancel", "feedback", "stop_waiting", "cancel_callback"}


def said(messages: Sequence[MessageView], page: int, sentences: Sentences) -> str:
    """One page of these messages: the short answer, then on « suite » what its written form adds. The choices of the last
    message that has any follow the short answer, and the very last page."""
    short, details = _pages(messages, sentences)
    found = [*short, *details]
    if page >= len(found):
        return " ".join(filter(None, (sentences.text("phone.no_more"), choices(messages, sentences))))
    answered = page in {len(short) - 1, len(found) - 1}
    more = sentences.text("phone.details" if page >= len(short) - 1 else "phone.more") if page < len(found) - 1 else ""
    if answered and _are_listed(messages):
        return " ".join(filter(None, (found[page], choices(messages, sentences, _LISTED))))
    tail = choices(messages, sentences, _CHOICES - bool(more)) if answered else ""
    return " ".join(filter(None, (found[page], tail, more)))


def told(messages: Sequence[MessageView], sentences: Sentences) -> str:
    """The short answer alone: before a transfer or a goodbye nothing is offered."""
    return " ".join(_pages(messages, sentences)[0])


def last_page(messages: Sequence[MessageView], sentences: Sentences) -> int:
    """The number of the page after which there is nothing more."""
    return sum(map(len, _pages(messages, sentences)))


def choices(messages: Sequence[MessageView], sentences: Sentences, most: int = _CHOICES) -> str:
    """« Touche 1 : être rappelé. »: the numbers are those that the relay reads."""
    lines = [sentences.text("phone.choice", label=spoken(_lower(str(button["label"]))).rstrip("."), number=number)
             for number, button in enumerate(_offered(messages)[:9], 1) if _is_said(button)]
    return " ".join(lines[:most])


def _pages(messages: Sequence[MessageView], sentences: Sentences) -> tuple[list[str], list[str]]:
    """(pages of the short answer, pages of what the written answer adds)."""
    labels, also = [str(button["label"]) for button in _offered(messages)], sentences.text("phone.also", what="{what}")
    short = [ended(spoken(without_choices(item.spoken or item.text, labels))) for item in messages]
    # Only answers have details: our own sentences, those that help in distress first, are said as they were reviewed.
    long = [ended(spoken(without_choices(item.text, labels, also))) if item.author == _BOT and item.topic != _DISTRESS else known
            for item, known in zip(messages, short, strict=True)]
    added = [text.removeprefix(known).lstrip() for known, text in zip(short, long, strict=True) if text != known]
    known = sum(len(said) for said, text in zip(short, long, strict=True) if text != said and not text.startswith(said))
    details = " ".join(added) if len(" ".join(added)) > known + _DETAILS else ""
    return pages(" ".join(filter(None, short))), pages(details) if details else []


def _offered(messages: Sequence[MessageView]) -> Sequence[dict[str, object]]:
    return next((item.buttons for item in reversed(messages) if item.buttons), ())


def _are_listed(messages: Sequence[MessageView]) -> bool:
    """The choices are what the answer found, not further questions: they are the answer."""
    labels = [str(button["label"]) for button in _offered(messages)]
    return any(without_choices(item.spoken or item.text, labels) != (item.spoken or item.text) for item in messages)


def _is_said(button: dict[str, object]) -> bool:
    payload = button.get("payload")
    return not (isinstance(payload, dict) and payload.get("command") in _NOT_SAID)


def _lower(label: str) -> str:
    first, _, _ = label.partition(" ")
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]
