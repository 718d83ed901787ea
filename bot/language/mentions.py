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


_IN_LETTERS = {"quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix sept": 17, "dix-huit": 18, "dix huit": 18,
    "dix-neuf": 19, "dix neuf": 19, "vingt": 20}
_AGE = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_IN_LETTERS)}) ?(?:ans|piges|balais)\b"
                  r"(?! d'? ?(?:experience|anciennete|etude|metier|carriere|boite)| que\b| (?:dans|chez) )")
# Lengths of time, and the bounds of a rule, are nobody's age.
_NO_AGE_BEFORE = re.compile(
    r"(?:depuis|pendant|il y a|fait|duree?|en|bosse|travaille|formation de|contrat de|cdd de|moins de|plus de"
    r"|partir de|avant|apres|entre \d+ et)(?: mes| les)? $")
_POSTCODE = re.compile(r"\b(14|27|50|61|76)\d{3}\b(?! ?(?:euros?\b|€|balles\b))"
                       r"|\b(?:dans l[ea']|le|du|ds le|en|\(|dept?|departement) ?(14|27|50|61|76)\b"
                       r"(?! ?(?:euros?\b|€|ans\b|h\b))")
_I_AM = r"(?:je sui[st]?|jsui[st]?|chui[st]?|j suis)"
_MY = r"(?:mon|ma|mes|notre|nos)"
_FIXED: tuple[tuple[str, str, str], ...] = (
    ("level", "6e", r"(?:6e|6eme|sixieme)"),
    ("level", "5e", r"(?:5e|5eme|cinquieme)"),
    ("level", "4e", r"(?:4e|4eme|quatrieme)"),
    ("level", "3e", r"(?:3e|3eme|3em|troisieme)(?! (?:annee|essai|fois|choix|voeu|question))"),
    ("level", "2de", r"(?:2de|2nde|2nd|(?<!une )seconde)"
                     r"(?! (?:annee|guerre|main|chance|fois|option|proposition|solution|partie|vie))"),
    ("level", "1re", r"(?:1re|1ere|premiere)(?= (?:g\b|gen|techno|pro|st|s\b|es\b|l\b|bac))"
                     r"|en (?:1re|1ere|premiere)(?! annee)"),
    ("level", "terminale", r"(?:terminales?|en terminal|tle|term)"),
    ("level", "cap", r"(?<!garder le )(?<!tenir le )cap(?! (?:emploi|d'agde|ou pas))"),
    ("level", "bac+2", r"(?:bts|btsa|dut|deust|bac ?\+ ?2|bac plus 2|bac plus deux|l2)"),
    ("level", "bac+3", r"(?:licence|licence pro|bachelor|bac ?\+ ?3|bac plus 3|bac plus trois|l3)"),
    # « le but », « mon but » are no diploma.
    ("level", "bac+3", r"(?:(?<=\bun )|(?<=\ben )|(?<=\bou )|(?<=\bbts )|(?<=\bdu ))but(?! (?:dans|precis|commun|de ma))"),
    ("level", "bac+3", r"but(?= (?:info|gea|tc|gmp|mmi|geii|gaco|gccd|rt|genie|carriere|tech|ou (?:un )?bts))"),
    ("level", "bac+5", r"(?:master(?! ?chef)|m1|m2|ingenieure?|bac ?\+ ?5|bac plus 5|bac plus cinq)"),
    ("level", "bac", r"(?:bac pro|bac techno(?:logique)?|bac general|bac)(?! ?\+| plus| a sable)"),
    ("rhythm", "apprentissage", r"(?:app?r[ea]ntiss?age|altern[ae]nce|alter|en apprenti"
                                r"|contrat (?:de )?pro(?:fessionnalisation)?)"),
    ("rhythm", "distance", r"(?:a distance|en ligne|par correspondance|e[- ]?learning|en visio|cned)"),
    ("rhythm", "continue", r"(?:formation continue|formation adulte|cours du soir|formation pour adultes?)"),
    ("rhythm", "initial", r"(?:temps plein|formation initiale|en initiale?|voie scolaire|a plein temps)"),
    ("departement", "14", r"(?:calvados)"),
    ("departement", "27", r"(?:l'eure|dans l'eure|eure)(?! et)"),
    ("departement", "50", r"(?<!traverser )(?:(?:dans la|de la|la) manche)"),
    ("departement", "61", r"(?:l'orne|orne)"),
    ("departement", "76", r"(?:seine[- ]mar(?:itime)?)"),
    ("public", "parent", rf"(?:{_MY} (?:fils|filles?|fiston|enfants?|ados?|garcons?|gamine?s?|gosses?))"),
    ("public", "parent", rf"(?:{_I_AM} (?:la |le |une? )?(?:maman|papa|mere|pere|parente?))|(?:maman|papa|mere|pere) d'une?"),
    ("public", "demandeur_emploi", r"(?:demandeu(?:r|se) d'emploi|au cho(?:mage|mdu)"
                                   r"|inscrite? (?:a|au) (?:france travail|pole emploi))"),
    ("public", "salarie", rf"(?:{_I_AM} (?:salarie?e?|interimaire|en poste)|en cdi|en cdd)"),
    ("public", "apprenti", rf"(?:{_I_AM} (?:un |une )?apprentie?)"),
    ("public", "etudiant", rf"(?:{_I_AM} (?:un |une )?etudiante?|etudiante? en|(?:a la|en) fac|en licence|en l[123])"),
    ("public", "lyceen", rf"(?:{_I_AM} (?:lyceen(?:ne)?|au lycee)|en (?:2de|2nde|seconde|terminale?|term)(?! main))"),
    ("public", "collegien", rf"(?:{_I_AM} (?:collegien(?:ne)?|au college)"
                            r"|en (?:6e|5e|4e|3e|3eme|troisieme|quatrieme)(?! annee))"),
    ("public", "professionnel", rf"(?:mes eleves|ma classe|{_I_AM} (?:prof|professeure?|enseignante?|cpe|psy ?en))"),
    ("public", "professionnel", r"(?:prof(?:esseure?)?s? principa(?:le?|ux)|professeure? documentaliste)"),
    ("public", "professionnel", r"(?:(?:mon|notre) (?:entreprise|garage|restaurant|salon|pme)|(?:je recrute|nous recrutons)"
                                rf"|chef d'entreprise|je dirige une|{_I_AM} (?:artisan|employeur|gerante?|patronn?e?))"),
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
        age = _IN_LETTERS.get(match.group(1)) or int(match.group(1))
        if YOUNGEST <= age <= OLDEST and not _NO_AGE_BEFORE.search(folded[: match.start()]):
            yield Mention("age", str(age), match.start(), match.end())


def _postcodes(folded: str) -> Iterator[Mention]:
    for match in _POSTCODE.finditer(folded):
        yield Mention("departement", match.group(1) or match.group(2), match.start(), match.end())


def _fixed(folded: str) -> Iterator[Mention]:
    for entity, value, pattern in _RULES:
        for match in pattern.finditer(folded):
            yield Mention(entity, value, match.start(), match.end())


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
