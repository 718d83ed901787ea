"""How replies look as SMS: short, choices numbered, one link to our own pages, at most two segments, « SUITE » for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from unidecode import unidecode

from channels.conversation.choices import without_choices
from channels.delivery.segments import segments
from channels.messages import Card, Json, Reply
from channels.ports import Rendered
from channels.sentences import Sentences
from channels.settings import Settings
from channels.sms.folding import fold, plain
from channels.sms.menu import blocks, offered, shortest
from channels.sms.paging import first_page, fits, pages

_DETAILS = 60  # characters that a long form must add to the short one to be worth a « SUITE »
_LONGEST_BODY = 1500  # characters; Twilio refuses bodies over 1,600
_SUITE = r"(?:la |lire (?:la )?|voir (?:la )?)?suite(?: (?:svp|stp|merci))?"
_MORE = re.compile(_SUITE + r"|encore|plus|la fin|continue[rz]?|next")
_ONLY_SUITE = re.compile(_SUITE)


class SmsPort:
    """The port of the channel « sms ». `state`: {"more": [pages still to be asked for]}."""

    def __init__(self, settings: Settings, sentences: Sentences) -> None:
        # Without a public address a link would lead people to this machine's loopback.
        self._base = settings.public_base if settings.public_url or settings.twilio_api_url else None
        self._hint = fold("\n" + sentences.text("sms.more"))
        self._answer_with = fold(sentences.text("sms.choose"))
        self._no_more = fold(sentences.text("sms.no_more"))
        self._also = sentences.text("sms.also", what="{what}")
        self._person = sentences.text("sms.person")

    def render(self, replies: Sequence[Reply], state: Json, *, whole: bool = False) -> Rendered:
        """One body for all the replies of a turn; `whole` (a person's own words, safety texts): nothing is kept back."""
        said = [reply for reply in replies if reply.sms or reply.text]
        if not said:
            return Rendered([], state)
        choices, link = offered(said), self._link(said)
        labels = [button.label for button in choices]
        menus = [plain(block) for block in blocks(choices, self._answer_with, self._person)]
        parts = [_clean(without_choices(reply.sms or reply.text, labels, self._also), reply.cards) for reply in said]
        if whole:
            return Rendered(_bodies(fold("\n".join(filter(None, (*parts, link))) + menus[0])), {})
        full = [_clean(without_choices(reply.text or reply.sms or "", labels, self._also), reply.cards) for reply in said]
        return self._shortest(list(map(_gsm, parts)), list(map(_gsm, full)), link, menus)

    def local(self, text: str, state: Json) -> Rendered | None:
        """« suite »: the next page, or that there is none."""
        asked = " ".join(unidecode(text).lower().strip(" .!").split())
        if not _MORE.fullmatch(asked):
            return None
        if not state.get("more"):
            return Rendered([self._no_more], {}) if _ONLY_SUITE.fullmatch(asked) else None
        page, *left = state["more"]
        return Rendered([page + (self._hint if left else "")], {"more": left} if left else {})

    def _shortest(self, parts: list[str], full: list[str], link: str, menus: list[str]) -> Rendered:
        """The long form when it costs no more than the short one with its « SUITE », else the short one."""
        details = _details(parts, full)
        short = self._paged(parts, details, link, menus)
        if not details:
            return short
        whole = self._paged(full, "", link, menus)
        return whole if not whole.state and segments(whole.bodies[0]) <= segments(short.bodies[0]) else short

    def _paged(self, parts: list[str], details: str, link: str, menus: list[str]) -> Rendered:
        text, hint, rest = "\n".join(parts), self._hint if details else "", details
        menu = next((menu for menu in menus if fits(text + menu + hint)), None) or shortest(menus)
        page = text
        if not fits(text + menu + hint):
            hint = self._hint
            page, left = _first_and_last(parts, menu + hint)
            rest = "\n".join(filter(None, (left, details)))
        linked = "\n".join(filter(None, (page, link)))
        if fits(linked + menu + hint):
            page = linked
        elif rest:
            rest = f"{rest}\n{link}".rstrip()
        return Rendered([page + menu + hint], {"more": pages(rest, hint)} if rest else {})

    def _link(self, replies: Sequence[Reply]) -> str:
        card = next((card for reply in replies for card in reply.cards if card.kind and card.id), None)
        return f"{self._base}/fiches/{card.kind}/{card.id}" if card and self._base else ""


def _first_and_last(parts: list[str], after: str) -> tuple[str, str]:
    """(one page, what is left): what follows the answer (« un conseiller va vous répondre ») is said whole when it is short."""
    first, *others = parts
    # Where all of it takes too much room, the last (« Quel jour ? ») is what the choices answer; what is before fills the page:
    # neither a greeting nor a line of help takes the place of the answer.
    for said, before in ((others, [first]), (others[-1:], parts[:-1])):
        tail = "\n".join(["", *said])
        if said and fits("." * 60 + "\n" + tail + after):
            page, left = first_page("\n".join(before), tail + after)
            return page + tail, left
    return first_page("\n".join(parts), after)


def _details(parts: list[str], full: list[str]) -> str:
    """What the long forms say clearly more than the short ones, without what was just read."""
    longer = [long.removeprefix(short).lstrip() for short, long in zip(parts, full, strict=True) if long != short]
    known = sum(len(short) for short, long in zip(parts, full, strict=True) if long != short and not long.startswith(short))
    return "\n".join(longer) if len("".join(longer)) > known + _DETAILS else ""


def _gsm(text: str) -> str:
    return plain(text) or fold(text)


def _clean(text: str, cards: Sequence[Card]) -> str:
    """Without empty lines, and without the addresses that our own page of the sheet shows anyway."""
    known = [str(url) for card in cards for url in (card.url, (card.source or {}).get("url")) if url]
    for url in sorted(known, key=len, reverse=True):
        text = re.sub(r"\s*\(?" + re.escape(url) + r"\)?", "", text)
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def _bodies(text: str) -> list[str]:
    bodies = []
    while len(text) > _LONGEST_BODY:
        cut = max(text.rfind("\n", 0, _LONGEST_BODY), text.rfind(" ", 0, _LONGEST_BODY))
        cut = cut if cut > 0 else _LONGEST_BODY
        bodies.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*bodies, text]
