"""The editable word lists of `language/*.yml`, and what they make of a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from knowledge_base.text import fold
from language.spelling import written_out
from language.tables import table
from language.yml import read_yml

FOLDER = Path(__file__).parent / "language"


class Runs:
    """Turns of several words, each with the words that stand in its place; the longest turn is taken first."""

    def __init__(self, table: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._table = dict(table)
        self._longest: dict[str, int] = {}
        for run in self._table:
            self._longest[run[0]] = max(len(run), self._longest.get(run[0], 0))

    @classmethod
    def removed(cls, runs: Iterable[tuple[str, ...]]) -> Runs:
        """Turns that are simply left out."""
        return cls(dict.fromkeys(runs, ()))

    def replace(self, tokens: list[str]) -> list[str]:
        """The tokens with every turn replaced."""
        if self._longest.keys().isdisjoint(tokens):
            return tokens
        result: list[str] = []
        position = 0
        while position < len(tokens):
            words, taken = self._at(tokens, position)
            result += words
            position += taken
        return result

    def _at(self, tokens: list[str], position: int) -> tuple[tuple[str, ...], int]:
        """(words, how many tokens they stand for)."""
        longest = self._longest.get(tokens[position], 0)
        for length in range(min(longest, len(tokens) - position), 0, -1):
            words = self._table.get(tuple(tokens[position : position + length]))
            if words is not None:
                return words, length
        return (tokens[position],), 1


@dataclass(frozen=True)
class Language:
    """Word lists, all folded."""

    light: frozenset[str]
    final: frozenset[str]
    question: frozenset[str]
    nouns: frozenset[str]
    elsewhere: frozenset[str]
    phrases: Runs
    acronyms: Runs
    tastes: dict[str, list[str]]
    kind_hints: dict[tuple[str, ...], str]
    only_kinds: dict[tuple[str, ...], str]
    towards_trade: list[tuple[str, ...]]
    rhythm_hints: dict[tuple[str, ...], str]
    level_hints: dict[tuple[str, ...], int]
    apart: Runs
    own_diploma: frozenset[str]
    about_contracts: frozenset[str]
    short_studies: list[tuple[str, ...]]
    at_home: Runs
    places: dict[str, Any] = field(repr=False)

    def expand_sms(self, tokens: list[str]) -> list[str]:
        """SMS spellings written out, acronyms in the form that titles use."""
        # « 2de pro » is how titles write it too.
        written = [word for figures, run in groupby(tokens, lambda token: token[0].isdigit())
                   for word in (run if figures else written_out(list(run)))]
        return self.acronyms.replace(written)

    def content(self, tokens: list[str]) -> list[str]:
        """The words that may name a sheet: without the words of the question, or all when nothing is left."""
        kept = [word for word in self.phrases.replace(tokens) if word not in self.question]
        return [word for word in self.solid(kept) if word not in self.light or word in self.final] or self.solid(tokens)

    def cores(self, tokens: list[str]) -> list[list[str]]:
        """What stands between the words of the question, with and without its nouns in front.

        « je veux être technicien paie » → technicien paie; « quel diplôme pour chauffeur de car » → diplôme … car,
        chauffeur car. Either may be a whole name.
        """
        solid = self.solid(self.phrases.replace(tokens))
        telling = [place for place, word in enumerate(solid) if word not in self.question or word in self.nouns]
        naming = [place for place in telling if solid[place] not in self.nouns]
        starts = [places[0] for places in (telling, naming) if places]
        return [solid[start : telling[-1] + 1] for start in dict.fromkeys(starts)]

    def solid(self, tokens: list[str]) -> list[str]:
        """Without articles and prepositions only; the words themselves when there is nothing else."""
        last = len(tokens) - 1
        kept = [word for place, word in enumerate(tokens) if word not in self.light or (place == last and word in self.final)]
        return kept or tokens


def solid_words(words: list[str]) -> list[str]:
    """The words of a name without articles and prepositions; the last word stays (« technicien du son »)."""
    light = french().light
    return [word for word in words[:-1] if word not in light] + words[-1:]


def contains_run(tokens: list[str], run: tuple[str, ...]) -> bool:
    """True when the words of `run` follow each other in `tokens`."""
    return run_start(tokens, run) is not None


def run_start(tokens: list[str], run: tuple[str, ...]) -> int | None:
    """Where the words of `run` first follow each other in `tokens`; None when they do not."""
    return next((start for start in range(len(tokens) - len(run) + 1) if tuple(tokens[start : start + len(run)]) == run), None)


def _run(text: object) -> tuple[str, ...]:
    return tuple(fold(str(text)).split())


def _runs(texts: list[str]) -> list[tuple[str, ...]]:
    return sorted((_run(text) for text in texts), key=len, reverse=True)


def _load(name: str) -> Any:
    return read_yml((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def _hints(table: dict[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {_run(text): str(name) for name, texts in table.items() for text in texts}


def _levels(table: dict[int, list[str]]) -> dict[tuple[str, ...], int]:
    # Longest first: « bac + 2 » says more than « bac ».
    runs = [(_run(text), level) for level, texts in table.items() for text in texts]
    return dict(sorted(runs, key=lambda item: -len(item[0])))


@lru_cache(maxsize=1)
def french() -> Language:
    """The word lists of this installation, read once per process."""
    stop, hints, places = _load("stopwords"), _load("hints"), _load("places")
    single = {fold(str(word)) for word in stop["questions"] + stop["noms"]}
    return Language(
        light=frozenset(fold(str(word)) for word in stop["legers"]),
        final=frozenset(fold(str(word)) for word in stop["finaux"]),
        question=frozenset(word for word in single if " " not in word),
        nouns=frozenset(fold(str(word)) for word in stop["noms"]),
        elsewhere=frozenset(fold(str(word)) for word in stop["hors_fiche"]),
        phrases=Runs.removed(_runs(stop["phrases"] + [word for word in single if " " in word])),
        acronyms=Runs({_run(key): _run(value) for key, value in _load("acronyms").items()}),
        tastes={taste: [fold(word) for word in words] for taste, words in _load("tastes").items()},
        kind_hints=_hints(hints["kinds"]),
        only_kinds=_hints(hints["only"]),
        towards_trade=_runs(hints["vers_un_metier"]),
        rhythm_hints=_hints(hints["rhythms"]),
        level_hints=_levels(hints["levels"]),
        apart=Runs.removed(_runs(hints["rythme_a_part"])),
        own_diploma=frozenset(fold(word) for word in hints["deja_obtenu"]),
        about_contracts=frozenset(fold(word) for word in hints["autour_du_contrat"]),
        short_studies=_runs(hints["sans_longues_etudes"]),
        at_home=Runs.removed(_runs(table("places")["chez_moi"])),
        places=places,
    )
