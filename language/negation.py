"""What a message refuses: « pas à Rouen », « pas comptable, aide comptable », « plutôt que la vente ».

« j’ai pas mon permis », « je trouve pas de stage », « c’est pas grave », « pourquoi pas » refuse nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from language.clauses import Span, ends_between
from language.phrases import Phrases
from language.tables import table, word_set
from language.words import Word

LONGEST = 6  # words refused at once
UNBROKEN = 3  # words that may follow « pas » to the end of the message and be one name


def refused_in(text: str, words: Sequence[Word]) -> tuple[Span, ...]:
    """The refused words, as spans (end excluded), in order."""
    return _Negation(text, words).spans()


class _Negation:
    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text, self._words = text, words
        self._forms = [word.normal for word in words]

    def spans(self) -> tuple[Span, ...]:
        starts = {*self._after_turns(), *self._after_not()}
        spans = (self._scope(start) for start in sorted(starts) if start < len(self._forms))
        return tuple(span for span in spans if span[1] > span[0])

    def _after_turns(self) -> Iterator[int]:
        for match in _turns("refus").find(self._forms):
            # « j’ai pas peur des morts » refuses nothing.
            if self._form(match.start - 1) not in {"pas", "plus", "jamais", "aucune"}:
                yield match.end
        for place, form in enumerate(self._forms):
            # « plutôt la mer que la montagne »
            if form == "plutot" and self._form(place + 1) != "que":
                yield from (
                    after + 1 for after in range(place + 2, min(place + 6, len(self._forms))) if self._forms[after] == "que"
                )

    def _after_not(self) -> Iterator[int]:
        for place, form in enumerate(self._forms):
            if form in {"pas", "plus", "jamais"} and self._refuses(place):
                after = place + 1
                while self._form(after) in word_set("negation", "degres") and self._form(place - 1) in word_set(
                    "negation", "volonte"
                ):
                    after += 1
                yield after

    def _refuses(self, place: int) -> bool:
        before = self._form(place - 1) if place else ""
        apart = place == 0 or ends_between(self._text, self._words[place - 1], self._words[place])
        if not apart and before in word_set("negation", "volonte"):
            return not (self._forms[place] == "plus" and self._form(place + 1) in {"d", "de", "que", ""})
        if self._forms[place] != "pas" or _turns("pas_un_refus").at(self._forms, place) or _turns("refus").at(self._forms, place):
            return False
        if not apart and before in word_set("negation", "rien_avant"):
            return False
        if not apart and before in word_set("negation", "etre"):
            return self._denied(place)
        return (apart or self._bare(place, before)) and not self._lacks(place)

    def _bare(self, place: int, before: str) -> bool:
        if before in word_set("negation", "nu"):
            return True
        since = self._forms[max(0, place - 3) : place]
        return before not in word_set("negation", "verbes") and word_set("negation", "sujets").isdisjoint(since)

    def _denied(self, place: int) -> bool:
        if "qui" in self._forms[place + 2 : place + 5]:
            # « c’est pas l’opco qui paie »
            return False
        corrected = word_set("negation", "corrections") & set(self._forms[place + 2 : place + 9])
        return bool(corrected) or self._form(place + 1) in word_set("negation", "articles") or self._form(place - 1) == "suis"

    def _lacks(self, place: int) -> bool:
        """« pas de diplôme », « Pas de nounou. » say what is missing; « mais pas de vente » refuses."""
        after = self._form(place + 1)
        if after in {"de", "d"} and (place == 0 or self._form(place - 1) not in word_set("negation", "nu")):
            return True
        return after in {"de", "d", "le", "mon", "ma", "mes"} and self._form(place + 2) in word_set("negation", "manques")

    def _form(self, place: int) -> str:
        return self._forms[place] if 0 <= place < len(self._forms) else ""

    def _scope(self, start: int) -> Span:
        end = start
        while end < len(self._forms) and end - start < LONGEST and not self._stops(end, first=end == start):
            end += 1
        if (end < len(self._forms) and self._stops(end)) or end - start <= UNBROKEN:
            return start, self._repeated(start, end)
        return start, self._name_end(start, end)

    def _stops(self, place: int, *, first: bool = False) -> bool:
        if self._forms[place] in word_set("negation", "arrets"):
            return True
        return not first and ends_between(self._text, self._words[place - 1], self._words[place])

    def _repeated(self, start: int, end: int) -> int:
        # « pas comptable aide comptable »: what comes back is what is wanted instead.
        telling = [place for place in range(start, end) if self._forms[place] not in word_set("negation", "joints")]
        if telling and self._forms[telling[0]] in self._forms[telling[0] + 1 : end]:
            return telling[0] + 1
        return end

    def _name_end(self, start: int, end: int) -> int:
        joints = word_set("negation", "joints")
        place = start
        while place < end and self._forms[place] in joints:
            place += 1
        place += 1
        while place < end and self._forms[place] in joints:
            while place < end and self._forms[place] in joints:
                place += 1
            place += 1
        return min(place, end)


@cache
def _turns(key: str) -> Phrases:
    return Phrases({key: table("negation")[key]})
