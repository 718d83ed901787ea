"""What people say of themselves in fixed forms: age, class or diploma, rhythm, département, public. Rules, not statistics.

Values: `age` in years (« 16 »); `level` as 6e … 3e, 2de, 1re, terminale, cap, bac, bac+2 …;
`rhythm` as initial, apprentissage, continue, distance;
`departement` as 14, 27, 50, 61, 76; `public` as in the contract (collegien, lyceen, parent …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.fold import fold_in_place

YOUNGEST, OLDEST = 6, 99


@dataclass(frozen=True)
class Mention:
    """A stretch of the text and what it says."""

    entity: str
    value: str
    start: int
    end: int


_AGE = re.compile(r"\b(\d{1,2}) ?ans?\b(?! d'? ?(?:experience|anciennete|etude|metier)| que\b)")
_POSTCODE = re.compile(r"\b(14|27|50|61|76)\d{3}\b|\b(?:dans l[ea']|le|du|ds le|en|\(|dept|departement) ?(14|27|50|61|76)\b")
_FIXED: tuple[tuple[str, str, str], ...] = (
    ("level", "6e", r"(?:6e|6eme|sixieme)"),
    ("level", "5e", r"(?:5e|5eme|cinquieme)"),
    ("level", "4e", r"(?:4e|4eme|quatrieme)"),
    ("level", "3e", r"(?:3e|3eme|3em|troisieme)(?! annee)"),
    ("level", "2de", r"(?:2de|2nde|2nd|seconde)(?! (?:annee|guerre|main|chance))"),
    ("level", "1re", r"(?:1re|1ere|premiere)(?= (?:g\b|gen|techno|pro|st|s\b|es\b|l\b|bac))|en (?:1re|1ere|premiere)(?! annee)"),
    ("level", "terminale", r"(?:terminale|tle|term)"),
    ("level", "cap", r"(?:cap)(?! emploi)"),
    ("level", "bac+2", r"(?:bts|btsa|dut|deust|bac ?\+ ?2|bac plus 2|bac plus deux|l2)"),
    ("level", "bac+3", r"(?:but|licence|licence pro|bachelor|bac ?\+ ?3|bac plus 3|bac plus trois|l3)"),
    ("level", "bac+5", r"(?:master|m1|m2|ingenieur|bac ?\+ ?5|bac plus 5|bac plus cinq)"),
    ("level", "bac", r"(?:bac pro|bac techno(?:logique)?|bac general|bac)(?! ?\+| plus)"),
    ("rhythm", "apprentissage", r"(?:apprentissage|alternance|alter|en apprenti)"),
    ("rhythm", "distance", r"(?:a distance|en ligne|par correspondance|e-?learning)"),
    ("rhythm", "continue", r"(?:formation continue|formation adulte|cours du soir|formation pour adultes?)"),
    ("rhythm", "initial", r"(?:temps plein|formation initiale|voie scolaire|a plein temps)"),
    ("departement", "14", r"(?:calvados)"),
    ("departement", "27", r"(?:l'eure|dans l'eure|eure)(?! et)"),
    ("departement", "50", r"(?:(?:dans la|de la|la) manche)"),
    ("departement", "61", r"(?:l'orne|orne)"),
    ("departement", "76", r"(?:seine[- ]maritime)"),
    ("public", "parent", r"(?:mon fils|ma fille|mon enfant|mes enfants|mon ado|mon garcon|notre fils|notre fille)"),
    ("public", "parent", r"(?:je suis (?:maman|papa|mere|pere|parent))"),
    ("public", "demandeur_emploi", r"(?:demandeu(?:r|se) d'emploi|au chomage|inscrite? a (?:france travail|pole emploi))"),
    ("public", "salarie", r"(?:je suis salarie?e?|en cdi|je suis en poste)"),
    ("public", "apprenti", r"(?:je suis apprentie?)"),
    ("public", "etudiant", r"(?:je suis etudiante?|a la fac|en licence|en l[123])"),
    ("public", "lyceen", r"(?:je suis (?:lyceen(?:ne)?|au lycee)|en (?:2de|2nde|seconde|terminale|term))"),
    ("public", "collegien", r"(?:je suis (?:collegien(?:ne)?|au college)|en (?:6e|5e|4e|3e|3eme|troisieme|quatrieme))"),
    ("public", "professionnel", r"(?:mes eleves|ma classe|je suis (?:prof|professeur|enseignante?|cpe))"),
    ("public", "professionnel", r"(?:mon entreprise|notre entreprise|je recrute|chef d'entreprise)"),
)
_RULES = tuple((entity, value, re.compile(rf"(?<!\w){pattern}(?!\w)")) for entity, value, pattern in _FIXED)


def find_mentions(text: str) -> list[Mention]:
    """All mentions in a text, in order; of two that overlap for the same entity, the longer."""
    folded = fold_in_place(text).replace("’", "'")
    found = [*_ages(folded), *_postcodes(folded), *_fixed(folded)]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if not any(mention.entity == other.entity and _overlap(mention, other) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda item: (item.start, item.entity))


def _ages(folded: str) -> Iterator[Mention]:
    for match in _AGE.finditer(folded):
        if YOUNGEST <= int(match.group(1)) <= OLDEST:
            yield Mention("age", str(int(match.group(1))), match.start(), match.end())


def _postcodes(folded: str) -> Iterator[Mention]:
    for match in _POSTCODE.finditer(folded):
        yield Mention("departement", match.group(1) or match.group(2), match.start(), match.end())


def _fixed(folded: str) -> Iterator[Mention]:
    for entity, value, pattern in _RULES:
        for match in pattern.finditer(folded):
            yield Mention(entity, value, match.start(), match.end())


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
