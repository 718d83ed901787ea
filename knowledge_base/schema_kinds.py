"""The fields that belong to one kind of sheet only (see docs of the content files in CONTRIBUTING.md)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from knowledge_base.kinds import Kind
from knowledge_base.schema import DatedText, Strict, Text

Taste = Literal[
    "animaux", "nature", "mer", "dessin", "creation", "mode", "cuisine", "mains", "mecanique", "bricolage",
    "batiment", "conduite", "numerique", "jeux_video", "sciences", "maths", "sante", "aider", "enfants",
    "personnes_agees", "parler", "langues", "ecrire", "musique_spectacle", "sport", "vendre", "commander",
    "organiser", "chiffres", "droit", "securite", "voyage", "bouger", "dehors", "calme",
]  # fmt: skip
Riasec = Literal["R", "I", "A", "S", "E", "C"]
Rhythm = Literal["initial", "apprentissage", "continue", "distance"]


class Access(Strict):
    """How one gets into a trade: by a diploma, by apprenticeship, by which courses (ids of formation sheets)."""

    diplomes: Text | None = None
    apprentissage: Text | None = None
    formations: list[str] = Field(default_factory=list)


class Recruitment(Strict):
    """What is known of recruitment, where and when; only ever from a source."""

    text: Text
    place: Text | None = None
    as_of: date


class MetierData(Strict):
    """A trade. `skills` and `environments` only come from imported nomenclatures."""

    sector: Text | None = None
    does: Text | None = None
    day: Text | None = None
    conditions: Text | None = None
    access: Access = Field(default_factory=Access)
    related: list[str] = Field(default_factory=list)
    riasec: Annotated[list[Riasec], Field(max_length=2)] = Field(default_factory=list)
    tastes: list[Taste] = Field(default_factory=list)
    mixite: Text | None = None
    salary: DatedText | None = None
    recruitment: Recruitment | None = None
    skills: list[Text] = Field(default_factory=list)
    environments: list[Text] = Field(default_factory=list)

    @field_validator("riasec", mode="before")
    @classmethod
    def _letters(cls, value: object) -> object:
        # Editors write `riasec: RA` as readily as `[R, A]`.
        return list(value) if isinstance(value, str) else value


class Place(Strict):
    """The address of a place; `commune` is the INSEE code."""

    provider: Text | None = None
    address: Text | None = None
    postcode: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None
    commune: Annotated[str, Field(pattern=r"^\d[\dAB]\d{3}$")] | None = None
    commune_name: Text | None = None
    lat: float | None = None
    lon: float | None = None


class FormationData(Place):
    """A diploma (no provider), or a course on offer at a place (with one). `level` is the European level 3..8."""

    diploma: Text | None = None
    level: Annotated[int, Field(ge=3, le=8)] | None = None
    rncp: list[str] = Field(default_factory=list)
    spells_out: Text | None = None
    learn: Text | None = None
    admission: Text | None = None
    duration: Text | None = None
    rhythms: list[Rhythm] = Field(default_factory=list)
    after: Text | None = None
    trades: list[str] = Field(default_factory=list)
    formacodes: list[str] = Field(default_factory=list)
    certifinfo: str | None = None
    starts_on: list[date] = Field(default_factory=list)

    @field_validator("rncp", mode="before")
    @classmethod
    def _codes_as_text(cls, value: object) -> object:
        return [str(code) for code in value] if isinstance(value, list) else value


class DispositifData(Strict):
    """A public scheme: for whom, how, where, and what is good to know."""

    for_whom: Text | None = None
    how: Text | None = None
    where: Text | None = None
    good_to_know: Text | None = None


class AideData(DispositifData):
    """A financial aid. It says the conditions as published, never whether a person is entitled to it."""

    amount: DatedText | None = None
    conditions: Text | None = None


class ServiceData(DispositifData):
    """A service of the agency or of a partner."""

    contact: Text | None = None


class EvenementData(Strict):
    """A dated event; `next` is the sentence that says where the next one is announced."""

    starts_on: date | None = None
    ends_on: date | None = None
    place: Text | None = None
    audience: Text | None = None
    next: Text | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> EvenementData:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("ends_on est avant starts_on")
        return self


class StructureData(Strict):
    """A place that welcomes people; `covers` holds INSEE, département or EPCI codes."""

    type: Text
    address: Text | None = None
    postcode: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None
    commune: Annotated[str, Field(pattern=r"^\d[\dAB]\d{3}$")] | None = None
    commune_name: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    hours: Text | None = None
    closures: Text | None = None
    covers: list[str] = Field(default_factory=list)
    lat: float | None = None
    lon: float | None = None

    @field_validator("covers", mode="before")
    @classmethod
    def _codes_as_text(cls, value: object) -> object:
        return [str(code) for code in value] if isinstance(value, list) else value


class TermeData(Strict):
    """A word or an acronym explained; `see` holds references written kind/id."""

    spells_out: Text | None = None
    definition: Text | None = None
    example: Text | None = None
    see: list[Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9-]+$")]] = Field(default_factory=list)


SheetData = MetierData | FormationData | DispositifData | AideData | ServiceData | EvenementData | StructureData | TermeData
DATA_MODELS: dict[Kind, type[Strict]] = {
    "metier": MetierData,
    "formation": FormationData,
    "dispositif": DispositifData,
    "aide": AideData,
    "service": ServiceData,
    "evenement": EvenementData,
    "structure": StructureData,
    "terme": TermeData,
}


def data_model(kind: Kind, values: dict[str, Any]) -> Any:
    """The typed data of a sheet of that kind; raises pydantic.ValidationError."""
    return DATA_MODELS[kind].model_validate(values)
