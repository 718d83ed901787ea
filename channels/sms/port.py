"""How replies look as SMS: short, choices numbered, one link to our own pages, at most two segments, « SUITE » for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from unidecode import unidecode

from channels.messages import Card, Json, QuickReply, Reply
from channels.ports import Rendered
from channels.sentences import Sentences
from channels.settings import Settings
from channels.sms.folding import fold, plain
from channels.sms.paging import first_page, fits, pages

MOST_CHOICES = 9  # one digit
_LABELS = (44, 24, 14)  # characters of a choice: the longest that leave room for the answer
_ROOM = 170  # places that choices may take
_DETAILS = 60  # characters that a long form must have more than the short one to be worth a « SUITE »
_LONGEST_BODY = 1500  # characters; Twilio refuses bodies over 1,600
_MORE = re.compile(r"(?:la |lire (?:la )?|voir (?:la )?)?suite(?: (?:svp|stp|merci))?|encore|plus|la fin|continue[rz]?|next")


class SmsPort:
    """The port of the channel « sms ». `state`: {"more": [pages still to be asked for]}."""

    def __init__(self, settings: Settings, sentences: Sentences) -> None:
        # Without a public address a link would lead people to this machine's loopback.
        self._base = settings.public_base if settings.public_url or settings.twilio_api_url else None
        self._hint = fold("\n" + sentences.text("sms.more"))
        self._answer_with = fold(sentences.text("sms.choose"))

    def render(self, replies: Sequence[Reply], state: Json, *, whole: bool = False) -> Rendered:
        """One body for all the replies of a turn; `whole` (a person's own words, safety texts): nothing is kept back."""
        said = [reply for reply in replies if reply.sms or reply.text]
        if not said:
            return Rendered([], state)
        text = "\n".join(_clean(reply.sms or reply.text, reply.cards) for reply in said)
        choices, link = self._choices(said), self._link(said)
        if whole:
            return Rendered(_bodies(fold("\n".join(filter(None, (text, link))) + choices)), {})
        return self._paged(plain(text) or fold(text), plain(_details(said)), link, plain(choices))

    def local(self, text: str, state: Json) -> Rendered | None:
        """« suite »: the next page, when there is one."""
        asked = " ".join(unidecode(text).lower().strip(" .!").split())
        if not state.get("more") or not _MORE.fullmatch(asked):
            return None
        page, *left = state["more"]
        return Rendered([page + (self._hint if left else "")], {"more": left} if left else {})

    def _paged(self, text: str, details: str, link: str, choices: str) -> Rendered:
        page, rest, hint = text, details, self._hint if details else ""
        if not fits(text + choices + hint):
            page, left = first_page(text, choices + self._hint)
            rest, hint = "\n".join(filter(None, (left, details))), self._hint
        linked = "\n".join(filter(None, (page, link)))
        if fits(linked + choices + hint):
            page = linked
        elif rest:
            rest = f"{rest}\n{link}".rstrip()
        return Rendered([page + choices + hint], {"more": pages(rest, hint)} if rest else {})

    def _choices(self, replies: Sequence[Reply]) -> str:
        # The relay reads a number against the last reply that has buttons: those are the ones to number.
        offered = next((reply.quick_replies for reply in reversed(replies) if reply.quick_replies), ())[:MOST_CHOICES]
        if not offered or all(button.label == str(number) for number, button in enumerate(offered, 1)):
            return ""
        blocks = (self._block(offered, longest) for longest in _LABELS)
        return next((block for block in blocks if len(block) <= _ROOM), self._block(offered, _LABELS[-1]))

    def _block(self, offered: Sequence[QuickReply], longest: int) -> str:
        lines = [f"{number} : {_short(button.label, longest)}" for number, button in enumerate(offered, 1)]
        return "\n" + self._answer_with + " " + "\n".join(lines)

    def _link(self, replies: Sequence[Reply]) -> str:
        card = next((card for reply in replies for card in reply.cards if card.kind and card.id), None)
        return f"{self._base}/fiches/{card.kind}/{card.id}" if card and self._base else ""


def _details(replies: Sequence[Reply]) -> str:
    """The long forms that say clearly more than the short ones that were sent."""
    longer = [_clean(reply.text, reply.cards) for reply in replies if reply.sms and reply.text not in reply.sms]
    shorter = [reply.sms or "" for reply in replies if reply.sms and reply.text not in reply.sms]
    return "\n".join(longer) if len("".join(longer)) > len("".join(shorter)) + _DETAILS else ""


def _clean(text: str, cards: Sequence[Card]) -> str:
    """Without empty lines, and without the addresses that our own page of the sheet shows anyway."""
    known = [str(url) for card in cards for url in (card.url, (card.source or {}).get("url")) if url]
    for url in sorted(known, key=len, reverse=True):
        text = re.sub(r"\s*\(?" + re.escape(url) + r"\)?", "", text)
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def _short(label: str, longest: int) -> str:
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "."


def _bodies(text: str) -> list[str]:
    bodies = []
    while len(text) > _LONGEST_BODY:
        cut = max(text.rfind("\n", 0, _LONGEST_BODY), text.rfind(" ", 0, _LONGEST_BODY))
        cut = cut if cut > 0 else _LONGEST_BODY
        bodies.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*bodies, text]
