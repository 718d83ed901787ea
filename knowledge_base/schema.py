"""What every sheet has in common, whatever its kind, and how a sheet is read from YAML."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from knowledge_base.points import points

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
ROME_CODE = re.compile(r"^[A-N]\d{4}$")
SUMMARY_LENGTH = 160
ANSWER_LENGTH = 420

Public = Literal[
    "collegien",
    "lyceen",
    "apprenti",
    "etudiant",
    "decrocheur",
    "parent",
    "demandeur_emploi",
    "salarie",
    "professionnel",
    "inconnu",
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _http_address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("une adresse web commence par https:// ou http://")
    return value


WebAddress = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_http_address)]


class Strict(BaseModel):
    """A model that refuses a key it does not know: a misspelt key in YAML must not vanish silently."""

    model_config = ConfigDict(extra="forbid")


class Source(Strict):
    """Where a fact was read, and when."""

    name: Text
    url: WebAddress | None = None
    collected_on: date


class Link(Strict):
    """An address to go further."""

    label: Text
    url: WebAddress


class DatedText(Strict):
    """A fact that ages (an amount, a salary): never without the date it was true."""

    text: Text
    as_of: date


class QuestionItem(Strict):
    """One question that a sheet answers.

    `asks`: ways of asking it, as people write. `answer`: one to three plain sentences; `spoken`: what is said on the phone
    when the written form has a link or figures in a row. `source`: where the fact was read, when it is not the sheet's
    source. `as_of`: the day at which it held; `review_by`: the day on which it must be read again. `topic` and
    `handover` override the sheet's.
    """

    asks: Annotated[list[Text], Field(min_length=1)]
    point: str
    answer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ANSWER_LENGTH)]
    spoken: Text | None = None
    source: Source | None = None
    as_of: date | None = None
    review_by: date | None = None
    topic: Annotated[int, Field(ge=1, le=33)] | None = None
    handover: Annotated[int, Field(ge=0, le=2)] | None = None

    @field_validator("point")
    @classmethod
    def _known_point(cls, value: str) -> str:
        if value not in points():
            raise ValueError(f"point inconnu : « {value} » (attendu : {', '.join(points())})")
        return value

    @model_validator(mode="after")
    def _dates_in_order(self) -> QuestionItem:
        if self.as_of and self.review_by and self.review_by < self.as_of:
            raise ValueError("review_by est avant as_of")
        return self


class SheetCommon(Strict):
    """The fields that every sheet has, in the order of the content files."""

    id: Annotated[str, StringConstraints(max_length=120)]
    title: Annotated[Text, StringConstraints(max_length=300)]
    also: list[Text] = Field(default_factory=list)
    summary: Annotated[Text, StringConstraints(max_length=SUMMARY_LENGTH)]
    rome: list[str] = Field(default_factory=list)
    source: Source | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    links: list[Link] = Field(default_factory=list)
    topics: list[Annotated[int, Field(ge=1, le=33)]] = Field(default_factory=list)
    publics: list[Public] = Field(default_factory=list)
    questions: list[QuestionItem] = Field(default_factory=list)

    @field_validator("id")
    @classmethod
    def _slug(cls, value: str) -> str:
        if not SLUG.match(value):
            raise ValueError("l’identifiant s’écrit en minuscules sans accent, avec des tirets (exemple : aide-soignant)")
        return value

    @field_validator("rome")
    @classmethod
    def _rome_codes(cls, value: list[str]) -> list[str]:
        for code in value:
            if not ROME_CODE.match(code):
                raise ValueError(f"« {code} » n’est pas un code ROME (une lettre et quatre chiffres)")
        return value

    @model_validator(mode="after")
    def _validity_in_order(self) -> SheetCommon:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until est avant valid_from")
        return self


COMMON_FIELDS = frozenset(SheetCommon.model_fields)


def split_fields(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parts a sheet as written in YAML into (common fields, fields of its kind)."""
    common = {key: value for key, value in raw.items() if key in COMMON_FIELDS}
    specific = {key: value for key, value in raw.items() if key not in COMMON_FIELDS}
    return common, specific
