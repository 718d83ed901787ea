"""The editable word lists of `language/*.yml`, and what they make of a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.text import fold

FOLDER = Path(__file__).parent / "language"


@dataclass(frozen=True)
class Language:
    """Word lists, all folded. `phrases` are tuples of words, longest first."""

    sms: dict[str, tuple[str, ...]]
    light: frozenset[str]
    question: frozenset[str]
    elsewhere: frozenset[str]
    phrases: list[tuple[str, ...]]
    acronyms: dict[tuple[str, ...], tuple[str, ...]]
    tastes: dict[str, list[str]]
    kind_hints: dict[tuple[str, ...], str]
    only_kinds: dict[tuple[str, ...], str]
    rhythm_hints: dict[tuple[str, ...], str]
    short_studies: list[tuple[str, ...]]
    at_home: list[tuple[str, ...]]
    places: dict[str, Any] = field(repr=False)

    def expand_sms(self, tokens: list[str]) -> list[str]:
        """SMS spellings written out, acronyms in the form that titles use."""
        written = [word for token in tokens for word in self.sms.get(token, (token,))]
        return replace_runs(written, self.acronyms)

    def content(self, tokens: list[str]) -> list[str]:
        """The words that may name a sheet: without the words of the question, or all when nothing is left."""
        kept = [word for word in remove_runs(tokens, self.phrases) if word not in self.question]
        kept = [word for word in kept if word not in self.light]
        return kept or self.solid(tokens)

    def solid(self, tokens: list[str]) -> list[str]:
        """Without articles and prepositions only; the words themselves when there is nothing else."""
        return [word for word in tokens if word not in self.light] or tokens


def solid_words(words: list[str]) -> list[str]:
    """The words of a name without articles and prepositions."""
    light = french().light
    return [word for word in words if word not in light] or words


def replace_runs(tokens: list[str], table: dict[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    """Replaces runs of words by other words, longest run first."""
    longest = max((len(run) for run in table), default=0)
    result: list[str] = []
    position = 0
    while position < len(tokens):
        for length in range(min(longest, len(tokens) - position), 0, -1):
            replacement = table.get(tuple(tokens[position : position + length]))
            if replacement is not None:
                result += replacement
                position += length
                break
        else:
            result.append(tokens[position])
            position += 1
    return result


def remove_runs(tokens: list[str], runs: list[tuple[str, ...]]) -> list[str]:
    """Removes whole turns of phrase."""
    return replace_runs(tokens, dict.fromkeys(runs, ()))


def contains_run(tokens: list[str], run: tuple[str, ...]) -> bool:
    """True when the words of `run` follow each other in `tokens`."""
    return any(tuple(tokens[start : start + len(run)]) == run for start in range(len(tokens) - len(run) + 1))


def _run(text: object) -> tuple[str, ...]:
    return tuple(fold(str(text)).split())


def _runs(texts: list[str]) -> list[tuple[str, ...]]:
    return sorted((_run(text) for text in texts), key=len, reverse=True)


def _load(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def _hints(table: dict[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {_run(text): str(name) for name, texts in table.items() for text in texts}


@lru_cache(maxsize=1)
def french() -> Language:
    """The word lists of this installation, read once per process."""
    stop, hints, places = _load("stopwords"), _load("hints"), _load("places")
    single = {fold(str(word)) for word in stop["questions"]}
    return Language(
        sms={fold(str(key)): _run(value) for key, value in _load("sms").items()},
        light=frozenset(fold(str(word)) for word in stop["legers"]),
        question=frozenset(word for word in single if " " not in word),
        elsewhere=frozenset(fold(str(word)) for word in stop["hors_fiche"]),
        phrases=_runs(stop["phrases"] + [word for word in single if " " in word]),
        acronyms={_run(key): _run(value) for key, value in _load("acronyms").items()},
        tastes={taste: [fold(word) for word in words] for taste, words in _load("tastes").items()},
        kind_hints=_hints(hints["kinds"]),
        only_kinds=_hints(hints["only"]),
        rhythm_hints=_hints(hints["rhythms"]),
        short_studies=_runs(hints["sans_longues_etudes"]),
        at_home=_runs(places["chez_moi"]),
        places=places,
    )
