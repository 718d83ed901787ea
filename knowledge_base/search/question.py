"""What a person typed, taken apart: the words that may name a sheet, the place, and what kind of thing is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from knowledge_base.language import Runs, contains_run, french, run_start
from knowledge_base.text import words

RHYTHM_WORDS = ("alternance", "apprentissage", "distance")
# All of it is our territory: it chooses between no two sheets.
REGION = "normandie"
LONG_WORD, RHYTHM_CUTOFF = 7, 86


@dataclass
class Question:
    """`full` is the whole folded text without the place, `solid` without articles, `content` without the question's words,
    `cores` what stands between those (« technicien paie » in « je veux être technicien paie svp »).

    `place_words` are the words of the place: a structure's title may hold them.
    """

    full: list[str]
    solid: list[str]
    content: list[str]
    cores: list[list[str]] = field(default_factory=list)
    place: Place | None = None
    place_words: list[str] = field(default_factory=list)

    @cached_property
    def kind_hints(self) -> frozenset[str]:
        """The kinds of sheet that the words ask for (« formation… », « bourse… »)."""
        longer = {kind for run, kind in french().kind_hints.items() if len(run) > 1 and self._says(run)}
        return frozenset(longer | {french().kind_hints[(word,)] for word in self._bare if (word,) in french().kind_hints})

    @cached_property
    def only_kind(self) -> str | None:
        """The kind that is plainly asked for (« une formation de soudeur »), if there is just one."""
        found = {kind for run, kind in french().only_kinds.items() if contains_run(self._bare, run)}
        if found == {"formation"} and any(self._says(run) for run in french().towards_trade):
            return None
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _bare(self) -> list[str]:
        # « cité des métiers » does not ask for a trade.
        return _hint_phrases().replace(self.full)

    @cached_property
    def rhythm(self) -> str | None:
        """The rhythm asked for (« en alternance »)."""
        return next((rhythm for run, rhythm in french().rhythm_hints.items() if self._says(run)), None)

    @cached_property
    def level(self) -> int | None:
        """The European level (3..8) of the diploma asked for (« un CAP », « niveau bac + 2 »); None for one already held."""
        for run, level in french().level_hints.items():
            start = run_start(self.full, run)
            if start is not None and not french().own_diploma & set(self.full[max(0, start - 2) : start]):
                return level
        return None

    @cached_property
    def tastes(self) -> tuple[str, ...]:
        """What the person likes, as keys of tastes.yml."""
        return tastes_in(self.full)

    @cached_property
    def short_studies(self) -> bool:
        """True when long studies are ruled out."""
        return any(self._says(run) for run in french().short_studies)

    @cached_property
    def describes(self) -> bool:
        """True when tastes are told rather than a name (« un métier avec les animaux sans longues études »)."""
        likes = {"aime", "adore", "aimes", "aimerait", "passionne", "passionnee", "passion"} & set(self.full)
        return bool(self.tastes) and (self.short_studies or self.only_kind == "metier" or bool(likes))

    @cached_property
    def only_tastes(self) -> bool:
        """True when nothing but tastes is told (« les animaux, dehors »)."""
        return bool(self.tastes) and all(tastes_in([word]) for word in self.content)

    def _says(self, run: tuple[str, ...]) -> bool:
        return run[0] in self.full and contains_run(self.full, run)


def understand(text: str, gazetteer: Gazetteer) -> Question:
    """Takes a text apart; never fails, an empty text gives empty lists."""
    language = french()
    mention = gazetteer.find(text)
    raw = words(text)
    place_words: list[str] = []
    if mention:
        place_words = raw[mention.start : mention.end]
        raw = raw[: mention.start] + raw[mention.end :]
    tokens = [_rhythm_word(word) for word in language.at_home.replace(language.expand_sms(raw))]
    naming = _without_rhythm(tokens)
    if not mention and REGION in naming and set(language.content(naming)) - {REGION} - language.question - language.light:
        place_words, naming = [REGION], [word for word in naming if word != REGION]
        tokens = [word for word in tokens if word != REGION]
    return Question(
        full=tokens,
        solid=language.solid(tokens),
        content=language.content(naming),
        cores=language.cores(_without_age(naming)),
        place=mention.place if mention else None,
        place_words=[word for word in place_words if word not in language.light],
    )


@lru_cache(maxsize=1)
def _hint_phrases() -> Runs:
    return Runs.removed(run for run in french().kind_hints if len(run) > 1)


@lru_cache(maxsize=16384)
def _rhythm_word(word: str) -> str:
    # « altenance », « aprentissage »: the long words of rhythms are misspelt more often than not.
    if len(word) < LONG_WORD:
        return word
    found = process.extractOne(word, RHYTHM_WORDS, scorer=fuzz.ratio, score_cutoff=RHYTHM_CUTOFF)
    # « instance » is no « distance »: slips seldom take the first letter.
    return found[0] if found and found[0][0] == word[0] else word


def _without_rhythm(tokens: list[str]) -> list[str]:
    # « soudeur alternance »: the rhythm of a course is no part of its name. Alone, or with « contrat », it is the subject.
    language = french()
    rest = language.apart.replace(tokens)
    named = set(language.content(rest)) - language.question - language.light
    if len(rest) == len(tokens) or not named or language.about_contracts & set(tokens):
        return tokens
    return tokens if all((word,) in language.level_hints for word in named) else rest


def _without_age(tokens: list[str]) -> list[str]:
    # « j’ai 16 ans »: neither word is part of a name, though a sheet may be about that age.
    aged = {place for place, word in enumerate(tokens[1:]) if word in ("ans", "an") and tokens[place].isdigit()}
    return [word for place, word in enumerate(tokens) if place not in aged and place - 1 not in aged]


def tastes_in(tokens: list[str]) -> tuple[str, ...]:
    """The tastes (keys of tastes.yml) that a text speaks of."""
    found = {taste for token in set(tokens) for taste in _tastes_of(token)}
    found |= {taste for run, taste in _taste_runs() if run[0] in tokens and contains_run(tokens, run)}
    return tuple(taste for taste in french().tastes if taste in found)


@lru_cache(maxsize=16384)
def _tastes_of(token: str) -> tuple[str, ...]:
    return tuple(taste for taste, forms in french().tastes.items() if any(_says(token, form) for form in forms))


@lru_cache(maxsize=1)
def _taste_runs() -> list[tuple[tuple[str, ...], str]]:
    """Turns of several words, each with its taste."""
    return [(tuple(form.split()), taste) for taste, forms in french().tastes.items() for form in forms if " " in form]


def _says(token: str, form: str) -> bool:
    # A plural or a short ending is the same word: « chien », « chiens », « dessiner ».
    return token == form or (len(form) >= 4 and token.startswith(form) and len(token) - len(form) <= 2)
