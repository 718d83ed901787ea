"""The fixed texts of distress, put together for what was heard: one number to call first, the others briefly, who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from channels.conversation.wording import Wording
from channels.hours.french_dates import day_label, hour_label
from channels.hours.week import Hours
from channels.messages import QuickReply, Reply
from clock import in_paris

TOPIC = 31  # of product.md: marks a text of distress on every screen
_FIRST = {
    "urgence": "15",
    "danger": "17",
    "suicide": "3114",
    "automutilation": "3114",
    "sexuel": "119",
    "couple": "3919",
    "enfant": "119",
    "violence": "17",
    "travail": "17",
    "eleve": "3018",
    "mariage": "119",
    "harcelement": "3018",
    "toit": "119",
    "alimentation": "3114",
}
# Where what is said first to who tells of somebody else differs.
_CALL_OF_OTHERS = frozenset({"couple", "eleve", "mariage", "alimentation"})

_BETWEEN = " ; "


@dataclass(frozen=True)
class DistressTexts:
    """Sentences of sentences/distress.yml, for kinds of help in order of urgency."""

    wording: Wording
    hours: Hours

    def full(
        self, kinds: Sequence[str], tongue: str | None = None, buttons: Sequence[QuickReply] = (), *, other: bool = False
    ) -> Reply:
        """The text that goes out at once, numbers first; `other`: to who tells of somebody else."""
        first = kinds[0]
        call = self._for_whom("call", first, other)
        say, short = self.wording.sentences, self._shorts(kinds[1:])
        foreign = [say.text(f"distress.tongue_{tongue}", number=_FIRST[first])] if tongue else []
        lines = [
            say.text(call),
            *foreign,
            *(self._also("also", short)),
            say.text(self._for_whom("comfort", first, other)),
            self._told(""),
        ]
        spoken = [say.form(call, "spoken") or "", *self._also("also", short)]
        sms = [say.form(call, "sms") or "", *foreign, *self._also("also_sms", short), self._told("_sms")]
        return Reply("\n".join(lines), sms=" ".join(sms), spoken=" ".join(spoken), quick_replies=tuple(buttons), topic=TOPIC)

    def soft(self, kinds: Sequence[str]) -> Reply:
        """One line beside the answer: bare numbers, each once; it names nothing that perhaps did not happen."""
        bare = (self.wording.sentences.text(f"distress.bare_{kind}") for kind in kinds)
        numbers = dict.fromkeys(number for said in bare for number in said.split(_BETWEEN))
        return self.wording.reply("distress.soft", [self.wording.person()], numbers=_BETWEEN.join(numbers))

    def going_on(self, kinds: Sequence[str], times: int, buttons: Sequence[QuickReply] = ()) -> Reply:
        """Another answer than the last one, to somebody who goes on."""
        return self._ours("going_on", buttons, times, number=_FIRST[kinds[0]], told=self._told(""))

    def numbers(self, kinds: Sequence[str], buttons: Sequence[QuickReply] = (), *, other: bool = False) -> Reply:
        """The numbers once more."""
        say = self.wording.sentences
        also = "".join(self._also("also", self._shorts(kinds[1:])))
        return self._ours("numbers_again", buttons, call=say.text(self._for_whom("call", kinds[0], other)), also=also)

    def after(self, name: str, kinds: Sequence[str], buttons: Sequence[QuickReply] = ()) -> Reply:
        """`secret`, `retracted` or `thanked`."""
        return self._ours(name, buttons, number=_FIRST[kinds[0]], numbers=" ; ".join(self._shorts(kinds)))

    def waiting(self, kinds: Sequence[str] = ("suicide",)) -> Reply:
        """To somebody in distress who asks for a person: never a place in a queue."""
        name = "waiting" if self.hours.is_open() else "waiting_closed"
        return self._ours(name, (), number=_FIRST[kinds[0]], when=self._when())

    def _ours(self, name: str, buttons: Sequence[QuickReply], variant: int = 0, **values: object) -> Reply:
        return replace(self.wording.reply(f"distress.{name}", buttons, variant, **values), topic=TOPIC)

    @staticmethod
    def _for_whom(part: str, kind: str, other: bool) -> str:
        told = other and kind in (_CALL_OF_OTHERS if part == "call" else _FIRST.keys())
        return f"distress.{part}_{kind}{'_other' if told else ''}"

    def _shorts(self, kinds: Sequence[str]) -> list[str]:
        return [self.wording.sentences.text(f"distress.short_{kind}") for kind in kinds]

    def _also(self, name: str, shorts: Sequence[str]) -> list[str]:
        return [self.wording.sentences.text(f"distress.{name}", numbers=" ; ".join(shorts))] if shorts else []

    def _told(self, form: str) -> str:
        if self.hours.is_open():
            return self.wording.sentences.text(f"distress.told_open{form}")
        return self.wording.sentences.text(f"distress.told_closed{form}", when=self._when())

    def _when(self) -> str:
        opens = self.hours.next_opening()
        return f" {day_label(in_paris(opens).date())} à {hour_label(opens)}" if opens else ""
