"""One message of a citizen as the actions see it: words, understanding, memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from actions.knowledge import KnowledgeLike, Ref
from actions.runtime import Runtime
from actions.understanding.place_words import place_fields
from actions.voice import Said

REMEMBERED_MAX = 12
# After as many answers about something else, a sheet is no longer what « et le salaire ? » is about.
SUBJECT_TURNS = 3


@dataclass
class Turn:
    """`slots` is what was known before; `changes` what this turn adds, written back as SlotSet events."""

    runtime: Runtime
    intent: str
    text: str = ""
    ranking: list[tuple[str, float]] = field(default_factory=list)
    slots: Mapping[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    active_form: str | None = None
    # Slots that came with a button: they are what the person chose, so they win over the words.
    given: frozenset[str] = frozenset()
    # The needs that came with the message (knowledge_base.search.needs), looked up here when none came.
    needs_sent: Any = None
    linked: dict[tuple[str, tuple[str, ...]], list[Any]] = field(default_factory=dict)

    @property
    def kb(self) -> KnowledgeLike:
        """The knowledge base."""
        return self.runtime.kb

    @property
    def today(self) -> date:
        """The date that decides whether an event is past."""
        return self.runtime.today()

    @cached_property
    def found(self) -> Any:
        """What the message needs: sheets with the points asked, and the places named."""
        return self.needs_sent or self.kb.needs(self.text, self.subject)

    @cached_property
    def mentions(self) -> Any:
        """The places that the message names, in order, with the part each plays (knowledge_base.geo.mentions)."""
        return self.kb.mentions(self.text)

    @property
    def subject(self) -> str | None:
        """The sheet that was spoken of (`kind/id`), for a few turns."""
        ref = self.slots.get("sheet")
        if not ref or (self.slots.get("turns") or 0) - (ref.get("turn") or 0) > SUBJECT_TURNS:
            return None
        return f"{ref['kind']}/{ref['id']}"

    @property
    def is_button(self) -> bool:
        """A structured turn: no words to read."""
        return not self.text

    @property
    def words(self) -> list[str]:
        """The words of the message."""
        return self.text.split()

    def link(self, words: str, kinds: Sequence[str]) -> list[Any]:
        """What the words name; asked several times in a turn, looked up once."""
        key = (words, tuple(kinds))
        if key not in self.linked:
            self.linked[key] = self.kb.link(words, list(kinds))
        return self.linked[key]

    def get(self, name: str) -> Any:
        """The value of a slot, changes of this turn included."""
        return self.changes[name] if name in self.changes else self.slots.get(name)

    def set(self, name: str, value: Any) -> None:
        """Remembers a value for the next turns."""
        self.changes[name] = value

    def remember(self, name: str, *items: Any) -> None:
        """Adds to a remembered list, without repetition, keeping the latest."""
        kept = [item for item in self.get(name) or [] if item not in items]
        self.set(name, (kept + list(items))[-REMEMBERED_MAX:])

    def focus(self, ref: Ref) -> None:
        """Makes a sheet the one that « et le salaire ? » will be about."""
        if ref["kind"] in ("metier", "formation"):
            self.set(ref["kind"], ref)
        turn = self.slots.get("turns") or 0
        self.set("sheet", {"kind": ref["kind"], "id": ref["id"], "title": ref["title"], "turn": turn})
        self.remember("seen", ref["title"])

    def say(self, key: str, **fields: Any) -> Said:
        """A sentence, its variant chosen so that two answers in a row differ."""
        known = place_fields(self.get("place"))
        return self.runtime.voice.say(key, turn=self.get("turns") or 0, public=self.get("public"), **{**known, **fields})

    def word(self, key: str, **fields: Any) -> str:
        """A label or a piece of sentence."""
        return self.runtime.voice.word(key, **fields)

    def table(self, name: str) -> Any:
        """An editable word list."""
        return self.runtime.tables[name]

    def about(self, intent: str, *, text: str | None = None) -> Turn:
        """The same turn asked as another intent, sharing what is remembered."""
        said = self.text if text is None else text
        return replace(self, intent=intent, text=said)
