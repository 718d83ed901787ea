"""In which role a name is said: wanted, what somebody is already, another person's, compared, refused."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from language.phrases import Match, Phrases
from language.reading import Reading
from language.tables import table, word_set

Role = Literal["wanted", "mine", "other", "compared", "refused"]
FARTHEST = 3  # words between a cue and the name it speaks of
REACH = 10  # words looked back upon


def role_of(reading: Reading, start: int, end: int) -> Role:
    """The role of the words `start` to `end` (end excluded).

    `mine` is what the person asked for is, was or has (« je suis ambulancier, passer infirmier »), `other` what somebody else is
    (« ma tante qui est greffière », « ma prof »).
    """
    if reading.refuses(start, end):
        return "refused"
    if _compared(reading, start, end):
        return "compared"
    if (person := _somebody(reading, start, end)) is not None:
        return person
    cue = _nearest_cue(reading, start)
    if cue is not None:
        return cue.value  # type: ignore[return-value]
    return "mine" if _introduces(reading, start, end) else "wanted"


def _compared(reading: Reading, start: int, end: int) -> bool:
    forms = reading.forms
    before = [
        form
        for form in forms[max(0, start - 3) : start]
        if form not in {"un", "une", "le", "la", "l", "les", "alors", "bien", "plutot"}
    ]
    if before[-1:] and before[-1] in {"ou", "vs", "versus"} and start > 1 and reading.typed(start - 1) != "où":
        return len(before) > 1 or start > 2
    after = forms[end : end + 2]
    if after[:1] and after[0] in {"ou", "vs", "versus"} and after[1:] and after[1] not in word_set("roles", "ou_est"):
        return not reading.typed(end).lower().startswith("où")
    clause = reading.clause_at(start)
    cues = _cues("compared").find(forms[clause[0] : start])
    return any(start - clause[0] - match.end <= REACH for match in cues) and bool(
        {"et", "ou"} & set(forms[clause[0] : clause[1]])
    )


def _somebody(reading: Reading, start: int, end: int) -> Role | None:
    """`other` (or `mine` for the one who is asked for) when the name says what a person mentioned before is."""
    clause = reading.clause_at(start)
    for person in reversed(reading.people):
        if not (clause[0] <= person.start and person.end <= start):
            continue
        between = reading.forms[person.end : start]
        if _cues("veut").find(between) or len(between) > REACH // 2:
            return None
        if not between or _cues("etre").find(between):
            return "mine" if person.who == reading.speaks_for else "other"
    return "other" if _owned(reading.forms, start, end) else None


def _owned(forms: Sequence[str], start: int, end: int) -> bool:
    """« ma prof », « mon conseiller »; not « mon CAP », « mon dossier »."""
    if forms[start - 1 : start] not in (["mon"], ["ma"], ["mes"], ["notre"], ["nos"], ["sa"], ["son"]) or not start:
        return False
    first = forms[start]
    if first in word_set("roles", "pas_des_personnes"):
        return False
    return first in word_set("roles", "personnes") or first.rstrip("s").endswith(tuple(word_set("roles", "finales")))


def _nearest_cue(reading: Reading, start: int) -> Match | None:
    """The cue that ends nearest to the name, in its clause; of two that end alike, the longest."""
    clause = reading.clause_at(start)
    forms = reading.forms[max(clause[0], start - REACH) : start]
    found = [match for role in ("mine", "wanted", "pas_mine") for match in _cues(role).find(forms)]
    near = [match for match in found if _leads(forms[match.end :])]
    best = max(near, key=lambda match: (match.end, match.end - match.start), default=None)
    if best is None:
        return None
    return Match("wanted", best.start, best.end) if best.value == "pas_mine" else best


def _leads(between: Sequence[str]) -> bool:
    return len([form for form in between if form not in word_set("roles", "devant")]) <= FARTHEST


def _introduces(reading: Reading, start: int, end: int) -> bool:
    """« infirmière, je veux changer », « Agriculteur vers Vire, je vais arrêter »: the message begins by saying who writes."""
    clause = reading.clause_at(start)
    if start > 1 or clause[0] != 0 or end > clause[1]:
        return False
    rest = reading.forms[clause[1] : clause[1] + 2]
    says_i = bool({"je", "j", "nous"} & set(rest[:1])) or rest in (["on", "voudrait"], ["on", "cherche"])
    return says_i or bool(_cues("metier_dit").find(reading.forms[end : clause[1]]))


@cache
def _cues(key: str) -> Phrases:
    return Phrases({key: table("roles")[key]})
