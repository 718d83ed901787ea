"""Fills the variables of a canned reply with what is known of the case; what is not known leaves no hole in the sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from channels.case.views import CaseDetail
from channels.console import labels
from channels.hours.french_dates import hour_label
from channels.hours.week import Hours
from channels.people.canned import CannedView
from channels.people.principal import Principal
from language.contractions import contracted

VARIABLES = {
    "prenom": "votre prénom", "personne": "le nom de la personne, s'il est connu", "theme": "le thème de la demande",
    "lieu": "le lieu dont elle parle", "numero": "le numéro vert", "fermeture": "l'heure de fermeture du jour",
}
_NAMED = re.compile(r"\{(\w+)\}")
_HOLES = ((re.compile(r" {2,}"), " "), (re.compile(r" +([,.])"), r"\1"), (re.compile(r"^[ ,]+|[ ,]+$", re.MULTILINE), ""))


def values(detail: CaseDetail, me: Principal, helpline: str | None, hours: Hours) -> dict[str, str]:
    """What each variable stands for in this case."""
    closing = hours.closes_at()
    return {"prenom": me.first_name, "personne": detail.person.name or "", "theme": labels.topic(detail.row.topic).lower(),
            "lieu": detail.row.place or "", "numero": helpline or "", "fermeture": hour_label(closing) if closing else ""}


def filled(replies: Sequence[CannedView], known: Mapping[str, str]) -> list[CannedView]:
    """The replies ready to insert."""
    return [replace(item, text=fill(item.text, known)) for item in replies]


def fill(text: str, known: Mapping[str, str]) -> str:
    """One sentence; a name in braces that is no variable stays as it was typed."""
    found = _NAMED.sub(lambda match: known.get(match[1], match[0]), text)
    if found == text:
        return text
    found = contracted(found)
    for hole, by in _HOLES:
        found = hole.sub(by, found)
    return found
