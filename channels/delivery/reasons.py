"""Why an SMS did not arrive, in words for advisors (channels/sentences/delivery.yml)."""

from __future__ import annotations

from channels.sentences import Sentences, UnknownSentence


def explain(sentences: Sentences, code: str | None) -> str:
    """The reason behind an outbox row's error code; "" without a code."""
    if not code:
        return ""
    try:
        return sentences.text(f"delivery.{code}")
    except UnknownSentence:
        return sentences.text("delivery.unknown", code=code)
