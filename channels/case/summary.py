"""The ten-second summary of a request: who, asks what, already answered, wants what. Built from slots and last messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from channels.messages import Json
from channels.privacy.masking import mask
from channels.sentences import Sentences
from channels.store.models import Author, Case, Conversation, Message, MessageState

PUBLICS = ("collegien", "lyceen", "apprenti", "etudiant", "decrocheur", "parent", "demandeur_emploi", "salarie",
           "professionnel", "inconnu")
_LONGEST = 160  # characters of a citizen's sentence
_KEPT = 4  # things asked or shown


def slots_of(conversation: Conversation) -> Json:
    """The slots the engine handed out at the last turn; {} before the first."""
    state = conversation.engine_state
    slots = state.get("slots") if isinstance(state, Mapping) else None
    return dict(slots) if isinstance(slots, Mapping) else {}


def fill(case: Case, conversation: Conversation, messages: Sequence[Message], sentences: Sentences) -> None:
    """Writes public, place and the summary of the case from what the conversation knows now."""
    slots = slots_of(conversation)
    case.public = slots["public"] if slots.get("public") in PUBLICS else case.public or "inconnu"
    place = slots.get("place")
    if isinstance(place, Mapping) and place.get("name"):
        case.place, case.place_code = str(place["name"])[:80], str(place.get("code") or "")[:12] or None
        case.territory = territory_of(place)
    case.summary_parts = parts(case, slots, messages, sentences)
    case.summary = in_one_line(case.summary_parts, sentences)


def territory_of(place: Mapping[str, Any]) -> str | None:
    """The number of the département that a place lies in, None when the place does not say."""
    code = str(place.get("departement") or place.get("code") or "")
    known = place.get("departement") or place.get("kind") == "departement" or re.fullmatch(r"\d{5}", code)
    return code[:2] if known and code[:2].isdecimal() else None


def parts(case: Case, slots: Mapping[str, Any], messages: Sequence[Message], sentences: Sentences) -> Json:
    """{"who": str, "asks": [str], "answered": [str], "wants": str}, all French."""
    return {"who": _who(case, slots, sentences), "asks": _asked(slots, messages), "answered": _answered(slots, messages),
            "wants": _wants(case, sentences)}


def in_one_line(found: Mapping[str, Any], sentences: Sentences) -> str:
    """The parts as one short paragraph."""
    line = [found["who"]]
    for name in ("asks", "answered"):
        if found[name]:
            line.append(sentences.text(f"summary.{name}", what=" ; ".join(found[name])))
    return " ".join([*line, sentences.text("summary.wants", what=found["wants"])])


def _who(case: Case, slots: Mapping[str, Any], sentences: Sentences) -> str:
    said = [sentences.text(f"summary.public_{case.public}")]
    if slots.get("age"):
        said.append(sentences.text("summary.age", age=slots["age"]))
    if slots.get("level"):
        said.append(sentences.text("summary.level", level=_label(slots["level"])))
    if case.place:
        said.append(case.place)
    return ", ".join(said) + "."


def _label(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("name") or value.get("label") or "")
    return str(value)


def _asked(slots: Mapping[str, Any], messages: Sequence[Message]) -> list[str]:
    if (told := _in_distress(messages)) is not None:
        return told
    asked = [str(item) for item in slots.get("asked") or []]
    if asked:
        return asked[-_KEPT:]
    said = [item for item in messages if item.author == Author.CITIZEN and len(item.text) > 1]
    # What went to the engine is a question; « je veux un conseiller » and the answers of forms did not.
    questions = [item for item in said if item.understood is not None or item.intent is not None] or said
    # Without the engine nothing was understood: the person's own last words, masked, tell more than nothing.
    return [f"«\u00a0{_short(mask(item.text))}\u00a0»" for item in questions[-2:]]


def _in_distress(messages: Sequence[Message]) -> list[str] | None:
    """Somebody in distress: the words that raised the alarm and their own last sentence, whatever was asked before."""
    said = [item for item in messages if item.author == Author.CITIZEN and len(item.text) > 1]
    heard = [note for item in said if (note := (item.body or {}).get("care")) and note.get("level") != "soft"]
    if not heard:
        return None
    shown = [_short(mask(str(heard[-1].get("words") or ""))), _short(mask(said[-1].text))]
    return [f"«\u00a0{text}\u00a0»" for text in dict.fromkeys(shown) if text]


def _answered(slots: Mapping[str, Any], messages: Sequence[Message]) -> list[str]:
    cards = [card.get("title", "") for item in messages if item.state == MessageState.VISIBLE
             for card in (item.body or {}).get("cards") or []]
    shown = [_label(item) for item in slots.get("shown") or []]
    return list(dict.fromkeys(title for title in [*cards, *shown] if title))[-_KEPT:]


def _wants(case: Case, sentences: Sentences) -> str:
    name = f"summary.reason_{case.reason}"
    return sentences.text(name if name in sentences.names() else "summary.reason_person")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
