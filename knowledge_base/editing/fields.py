"""Which fields of a sheet people may correct in the console, with their French names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field of a form. `form` is the kind of input: line, text or date."""

    name: str
    label: str
    form: str = "line"
    hint: str = ""


SUMMARY = Field("summary", "Résumé (160 caractères au plus)", "text")
_WHERE = (
    Field("for_whom", "Pour qui", "text"),
    Field("conditions", "Conditions", "text"),
    Field("how", "Comment faire", "text"),
    Field("where", "Où s’adresser", "text"),
    Field("good_to_know", "Bon à savoir", "text"),
    Field("contact", "Contact"),
)

EDITABLE: dict[str, tuple[Field, ...]] = {
    "structure": (
        Field("hours", "Horaires", "text", "Par exemple : du lundi au vendredi, 9 h à 12 h et 13 h 30 à 17 h."),
        Field("closures", "Fermetures exceptionnelles", "text", "Par exemple : fermé du 24 décembre au 2 janvier."),
        Field("address", "Adresse"),
        Field("postcode", "Code postal"),
        Field("commune_name", "Commune"),
        Field("phone", "Téléphone"),
        Field("email", "Courriel"),
        SUMMARY,
    ),
    "evenement": (
        Field("starts_on", "Premier jour", "date"),
        Field("ends_on", "Dernier jour", "date"),
        Field("place", "Lieu"),
        Field("audience", "Pour qui", "text"),
        Field("next", "La prochaine fois", "text", "Où l’annonce de la prochaine édition se trouvera."),
        SUMMARY,
    ),
    "service": (*(field for field in _WHERE if field.name != "conditions"), SUMMARY),
    "dispositif": (*(field for field in _WHERE if field.name not in ("conditions", "contact")), SUMMARY),
    "aide": (*(field for field in _WHERE if field.name != "contact"), SUMMARY),
    "metier": (
        SUMMARY,
        Field("does", "Ce qu’on y fait", "text"),
        Field("day", "Une journée", "text"),
        Field("conditions", "Conditions de travail", "text"),
        Field("mixite", "Filles et garçons", "text"),
    ),
    "formation": (
        SUMMARY,
        Field("learn", "Ce qu’on y apprend", "text"),
        Field("admission", "Pour y entrer", "text"),
        Field("duration", "Durée"),
        Field("after", "Et après", "text"),
    ),
    "terme": (
        SUMMARY,
        Field("definition", "Définition", "text"),
        Field("example", "Exemple", "text"),
    ),
}
# Kinds of sheet that may be born in the console; the others are written in files.
ADDABLE = ("evenement", "structure")

OTHER_TYPE = "accueil"
# What a place of welcome may be, as the dialogue asks for it.
STRUCTURE_TYPES = {
    "mission_locale": "Mission locale", "cio": "CIO", "prc": "Point relais conseil VAE", "agence": "Accueil de l’agence",
    "cfa": "CFA", "ecole_production": "École de production", "e2c": "École de la 2e chance", "epide": "EPIDE",
    "chambre": "Chambre consulaire", "mdph": "MDPH", "organisme_formation": "Organisme de formation",
    "universite": "Université", OTHER_TYPE: "Autre lieu d’accueil",
}  # fmt: skip


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind, empty for one that is not edited here."""
    return EDITABLE.get(kind, ())
