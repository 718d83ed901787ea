"""What is said of the relay's answer: spoken forms, one idea at a time, at most three choices, and how to hear more."""

from __future__ import annotations

from collections.abc import Sequence

from channels.phone.spoken import pages, spoken
from channels.sentences import Sentences
from channels.views import MessageView

_CHOICES = 3
# Said by a key at any time, or useless aloud.
_NOT_SAID = {"person", "handover", "form_cancel", "feedback", "stop_waiting"}


def said(messages: Sequence[MessageView], page: int, sentences: Sentences) -> str:
    """One page of these messages, with the choices of the last that has any on the last page."""
    text = " ".join(filter(None, (spoken(item.spoken or item.text) for item in messages)))
    found = pages(text)
    page = min(page, len(found) - 1)
    last = page == len(found) - 1
    tail = choices(messages, sentences) if last else sentences.text("phone.more")
    return " ".join(filter(None, (found[page], tail)))


def choices(messages: Sequence[MessageView], sentences: Sentences) -> str:
    """« Touche 1 : être rappelé. »: the numbers are those that the relay reads."""
    offered: Sequence[dict[str, object]] = next((item.buttons for item in reversed(messages) if item.buttons), ())
    lines = [sentences.text("phone.choice", label=spoken(_lower(str(button["label"]))), number=number)
             for number, button in enumerate(offered[:9], 1) if _is_said(button)]
    return " ".join(lines[:_CHOICES])


def _is_said(button: dict[str, object]) -> bool:
    payload = button.get("payload")
    return not (isinstance(payload, dict) and payload.get("command") in _NOT_SAID)


def _lower(label: str) -> str:
    first, _, _ = label.partition(" ")
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]
