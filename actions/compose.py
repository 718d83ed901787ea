"""Sheets and search results turned into the parts of a reply: text with its source, cards, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from actions.fold import fold
from actions.knowledge import SheetLike, ref_of
from actions.reply import QuickReply, Reply, ask
from actions.turn import Turn
from actions.voice import Said
from knowledge_base.dates import french_date

SMS_LENGTH = 300
TEXT_LENGTH = 700
SAME_BEGINNING = 40
# « Pour qui : tout le monde. » tells nothing.
EVERYBODY = ("tout le monde", "tous", "tous les publics", "toute personne")
SPELLED_OUT = "En toutes lettres"
# The full stop of « 5. Vétérinaire » ends no sentence.
_END = re.compile(r"(?<!\n\d)[.!?](?=\s)")
_STEP = re.compile(r" (?=[1-9]\. )")
NAME_WORDS = 3
VIEW = "question"


def source_note(turn: Turn, sheet: SheetLike) -> str:
    """« Source : Onisep, le 3 mars 2026. », or that the agency still has to check."""
    if sheet.source is None:
        return turn.word("source_missing")
    return turn.word("source_note", name=sheet.source.name, date=french_date(sheet.source.collected_on))


def expiry_note(turn: Turn, sheet: SheetLike) -> str:
    """A warning when the sheet says that it is no longer valid today, else an empty text."""
    if sheet.valid_until and sheet.valid_until < turn.today:
        return turn.word("sheet_expired", date=french_date(sheet.valid_until))
    return ""


def written(turn: Turn, sheet: SheetLike, *parts: str) -> str:
    """The parts as paragraphs, then the expiry warning and the source."""
    body = [part.strip() for part in (*parts, expiry_note(turn, sheet)) if part and part.strip()]
    return "\n\n".join([*body, source_note(turn, sheet)])


def headed(sheet: SheetLike, text: str) -> str:
    """The text after the title; a title that is already a sentence (« VAE : un diplôme… ») is not repeated."""
    in_their_words = sheet.title.startswith(("Je ", "On "))
    named = " : " in sheet.title or in_their_words or fold(text).startswith(fold(sheet.title))
    return text if named else f"{sheet.title} : {text}"


def summed_up(sheet: SheetLike, sections: int = 2, without: Sequence[str] = ()) -> str:
    """The summary and the first sections (but those of these headings), within what one reads on a phone."""
    told = [_section(*section) for section in telling_sections(sheet, without)[:sections] if not _repeats(sheet, section[1])]
    return shorten("\n\n".join([sheet.summary, *told]), TEXT_LENGTH)


def telling_sections(sheet: SheetLike, without: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The sections that tell something, but those of the headings `without`."""
    return [(heading, text) for heading, text in sheet.sections() if heading not in without and fold(text) not in EVERYBODY]


def _section(heading: str, text: str) -> str:
    return f"{heading} : {steps_on_lines(text)}".replace(" : \n", " :\n")


def _repeats(sheet: SheetLike, text: str) -> bool:
    return fold(text)[:SAME_BEGINNING] == fold(sheet.summary)[:SAME_BEGINNING]


def steps_on_lines(text: str) -> str:
    """« 1. … 2. … » : one step a line."""
    return _STEP.sub("\n", f" {text}") if text.startswith("1. ") else text


def shorten(text: str, length: int) -> str:
    """The text cut at the end of a sentence (or of a word) so that it holds in `length` characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    end = max((found.end() for found in _END.finditer(cut)), default=0)
    if end > length // 2:
        return cut[:end]
    return cut[: cut.rfind(" ")] + "…"


def fitting(texts: Sequence[str], length: int) -> str:
    """As many whole texts as hold together; the first, alone too long, is cut at the end of a sentence."""
    kept = shorten(texts[0], length) if texts else ""
    for text in texts[1:]:
        if len(kept) + 1 + len(text) > length:
            break
        kept = f"{kept} {text}"
    return kept


def card_of(item: Any) -> dict[str, Any]:
    """The card of a sheet or of a search result, with the distance when there is one."""
    card: dict[str, Any] = item.to_card()
    distance = getattr(item, "distance_km", None)
    if distance is not None and distance >= 1:
        card["subtitle"] = " · ".join(part for part in (card["subtitle"], f"{distance:.0f} km") if part)
    return card


def unique(hits: list[Any], *, apart_from: Any = None) -> list[Any]:
    """The hits without repetition of a title or of the sheet already shown."""
    titles = {apart_from.title} if apart_from else set()
    kept = []
    for hit in hits:
        if hit.title not in titles:
            titles.add(hit.title)
            kept.append(hit)
    return kept


def view(item: Any, label: str | None = None) -> QuickReply:
    """A button that opens a sheet."""
    ref = item if isinstance(item, dict) else ref_of(item)
    return ask(label or ref["title"], VIEW, chosen=ref)


def show(turn: Turn, cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Remembers what is listed, for « la première »; returns the cards."""
    cards = list({(card["kind"], card["id"], card["title"]): card for card in cards}.values())
    refs = [{key: card[key] for key in ("kind", "id", "title", "rome")} for card in cards]
    turn.set("shown", refs)
    return cards


def reply_from(said: Said, **more: Any) -> Reply:
    """A reply from a sentence in its three forms."""
    return Reply(text=said.text, sms=said.sms, spoken=said.spoken, **more)


def in_words(title: str) -> str:
    """« Coiffeur / Coiffeuse » → « coiffeur ou coiffeuse »; a title in one form is only lowered."""
    parts = [_lower_first(part.strip()) for part in title.split(" / ")]
    return " ou ".join(parts)


def listed(titles: list[str]) -> str:
    """Titles as lines that can be counted when one reads without cards."""
    return "\n".join(f"{number}. {title}" for number, title in enumerate(titles, start=1))


def joined(words: list[str]) -> str:
    """« a, b ou c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} ou {words[-1]}"


def _lower_first(text: str) -> str:
    # An acronym keeps its capitals: « BTS Tourisme ».
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
