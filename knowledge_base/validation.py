"""From a sheet as written in YAML to a `Sheet`, with every mistake named in French."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from knowledge_base.kinds import Kind
from knowledge_base.schema import SheetCommon, split_fields
from knowledge_base.schema_kinds import data_model
from knowledge_base.sheet import Sheet

Problem = tuple[tuple[str | int, ...], str]

MESSAGES = {
    "missing": "champ obligatoire absent",
    "extra_forbidden": "champ inconnu",
    "string_type": "du texte est attendu (mettre la valeur entre guillemets)",
    "string_too_short": "texte vide",
    "string_too_long": "texte trop long ({max_length} caractères au plus)",
    "string_pattern_mismatch": "valeur mal formée",
    "list_type": "une liste est attendue",
    "too_long": "trop d’éléments ({max_length} au plus)",
    "dict_type": "un bloc de champs est attendu",
    "model_type": "un bloc de champs est attendu",
    "int_type": "un nombre entier est attendu",
    "int_parsing": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "greater_than_equal": "valeur trop petite (au moins {ge})",
    "less_than_equal": "valeur trop grande (au plus {le})",
    "literal_error": "valeur inconnue (attendu : {expected})",
    "date_type": "une date est attendue (AAAA-MM-JJ)",
    "date_parsing": "une date est attendue (AAAA-MM-JJ)",
    "date_from_datetime_parsing": "une date est attendue (AAAA-MM-JJ)",
}


class InvalidSheet(ValueError):
    """A sheet that does not fit its schema; `problems` holds (path of keys, French message) pairs."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ; ".join(describe(problem) for problem in problems))
        self.problems = problems


def describe(problem: Problem) -> str:
    """« access.formations : une liste est attendue »."""
    path, message = problem
    return f"{'.'.join(str(part) for part in path)} : {message}" if path else message


def parse_sheet(kind: Kind, raw: dict[str, Any], origin: str) -> Sheet:
    """The typed sheet; raises InvalidSheet with all problems at once."""
    common_raw, specific_raw = split_fields(raw)
    problems: list[Problem] = []
    common = data = None
    try:
        common = SheetCommon.model_validate(common_raw)
    except ValidationError as error:
        problems += problems_of(error)
    try:
        data = data_model(kind, specific_raw)
    except ValidationError as error:
        problems += problems_of(error)
    if common is None or data is None:
        raise InvalidSheet(problems)
    return Sheet(kind=kind, origin=origin, data=data, **{name: getattr(common, name) for name in type(common).model_fields})


def problems_of(error: ValidationError) -> list[Problem]:
    """The problems of a pydantic error, in French."""
    return [(item["loc"], _french(dict(item))) for item in error.errors(include_url=False)]


def _french(item: dict[str, Any]) -> str:
    if item["type"] == "value_error":
        return str(item["ctx"]["error"])
    template = MESSAGES.get(item["type"])
    if template is None:
        return str(item["msg"])
    return template.format(**item.get("ctx", {}))
