"""`parcours kb check`: reads all of the content as an editor would, and says what is wrong or getting old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import clock
from knowledge_base.dates import MONTHS
from knowledge_base.kinds import FOLDERS
from knowledge_base.loader import SHIPPED_CONTENT, read_folder
from knowledge_base.own_titles import Titles, kept_titles, others_titles
from knowledge_base.questions import question_files
from knowledge_base.redirects import REDIRECTS_FILE, read_redirects, resolve_pair
from knowledge_base.relations import references_of
from knowledge_base.report import Rejection, Report
from knowledge_base.schema import Source
from knowledge_base.schema_kinds import AideData, EvenementData, MetierData, StructureData
from knowledge_base.sheet import Sheet
from knowledge_base.yaml_sheets import RawSheet, sheet_files

# A fact read longer ago than this is to be read again.
STALE_AFTER = timedelta(days=550)

_MONTH = "|".join(MONTHS)
# What nobody may claim without having read it somewhere.
CLAIMS = {
    "un montant": re.compile(
        r"\d[\d\s.,]*\s?(?:€|euros?\b)|\b(?:cents?|mille)\seuros\b|\d\s?%\s(?:du|d’un|d'un)\s(?:smic|salaire)", re.I
    ),
    "un numéro de téléphone": re.compile(r"(?<!\d)0[\s.-]?[1-9](?:[\s.-]?\d){8}(?!\d)"),
    "une date": re.compile(
        rf"\b(?:1er|\d{{1,2}})\s(?:{_MONTH})\b|\b(?:{_MONTH})\s(?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/(?:20)?\d\d\b", re.I
    ),
    "des horaires": re.compile(
        r"\b\d{1,2}\s?h(?:\s?\d\d)?\s?(?:à|-|–|et)\s?\d{1,2}\s?h|\b(?:dès|ouvert\w*\b[^.]{0,40})\s\d{1,2}\s?h", re.I
    ),
    "un courriel": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "une promesse de recrutement": re.compile(r"\brecrut(?:e|ent)\b|\bpénurie\b|\ben tension\b|\bembauchent?\b", re.I),
}
DONE = re.compile(r"\b(?:a eu lieu|ont eu lieu|s’est (?:tenue?|déroulée?)|se tenait|a été (?:lancée?|créée?|ouverte?))\b", re.I)
# Of a département of Normandie, of an employment area, of a commune, of an EPCI.
TERRITORY = re.compile(r"^(?:14|27|50|61|76|\d{4}|\d[\dAB]\d{3}|\d{9})$")
# The helpline's own number is a setting of each installation: a sheet that writes it says where it was read.
HELPLINE_NUMBER = re.compile(r"0\s?800\s?05\s?00\s?00")


@dataclass
class CheckResult:
    """`errors` must be mended before publishing; `warnings` are for an editor to look at."""

    sheets: int = 0
    unsourced: int = 0
    errors: list[Rejection] = field(default_factory=list)
    warnings: list[Rejection] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing must be mended."""
        return not self.errors

    def summary(self) -> str:
        """One line for people."""
        return (
            f"{self.sheets} fiches, dont {self.unsourced} sans source (« à vérifier par l’agence ») : "
            f"{len(self.errors)} erreurs, {len(self.warnings)} avertissements"
        )


def check_content(
    folder: Path = SHIPPED_CONTENT, *, known: set[tuple[str, str]] | None = None, today: date | None = None,
    titles: Titles | None = None,
) -> CheckResult:  # fmt: skip
    """Checks a folder of sheets: schema, links between sheets, sources, dates, names that belong to another trade.

    `known` are references (kind, id) of sheets that exist elsewhere, for a folder that only adds to them; `titles` those of the
    imported ROME and Onisep, else the kept ones.
    Raises ContentError when the folder is missing or empty.
    """
    report = Report("kb check")
    reading = read_folder(folder, "shipped", report)
    result = CheckResult(sheets=len(reading.valid), errors=list(report.rejected))
    result.warnings += [
        Rejection(name, None, f"pas lu : rangé dans aucun des dossiers {', '.join(FOLDERS)}") for name in _unread(folder)
    ]
    present = set(reading.valid) | reading.faulty | (known or set())
    result.errors += _redirect_problems(folder, present)
    for raw, sheet in reading.valid.values():
        result.unsourced += sheet.source is None
        result.errors += [_problem(raw, *found) for found in _errors(sheet, present, today or clock.today())]
        result.errors += [_problem(raw, *found) for found in others_titles(sheet, titles or kept_titles())]
        result.warnings += [_problem(raw, *found) for found in _warnings(sheet, today or clock.today())]
    return result


def _redirect_problems(folder: Path, present: set[tuple[str, str]]) -> Iterator[Rejection]:
    """A merged sheet must lead somewhere, and must be gone itself."""
    names = {f"{kind}/{name}" for kind, name in present}
    for old, new in read_redirects(folder / REDIRECTS_FILE).items():
        if new not in names:
            yield Rejection(REDIRECTS_FILE, None, f"{old} mène à une fiche qui n’existe pas : {new}", old)
        if old in names:
            yield Rejection(REDIRECTS_FILE, None, f"{old} a été réunie à {new}, et existe encore", old)


def _unread(folder: Path) -> list[str]:
    read = {path for _, path in sheet_files(folder)} | {*question_files(folder), folder / REDIRECTS_FILE}
    return [str(path.relative_to(folder)) for path in sorted(folder.rglob("*.y*ml")) if path not in read]


def _problem(raw: RawSheet, path: tuple[str, ...], reason: str) -> Rejection:
    return Rejection(raw.file, raw.line_of(path), reason, str(raw.values.get("id", "")))


def _errors(sheet: Sheet, present: set[tuple[str, str]], today: date) -> Iterator[tuple[tuple[str, ...], str]]:
    for kind, name in references_of(sheet):
        if (kind, name) not in present and resolve_pair(kind, name) not in present:
            yield (_link_field(sheet, name), f"lien vers une fiche qui n’existe pas : {kind}/{name}")
    if sheet.source and sheet.source.collected_on > today:
        yield ("source", "collected_on"), "date de collecte dans le futur"
    for path, text in texts_of(sheet):
        if sheet.source is None and HELPLINE_NUMBER.search(text):
            yield path, "le numéro de la ligne est un réglage : écrire « {helpline_number} », ou citer sa source"
    if isinstance(sheet.data, StructureData):
        for code in sheet.data.covers:
            if not TERRITORY.match(code):
                yield (
                    ("covers",),
                    f"« {code} » n’est pas le code d’une commune, d’une intercommunalité ou d’un département normand",
                )
    if sheet.source is None:
        yield from claims_in(sheet)
    yield from told_too_early(sheet)


def _link_field(sheet: Sheet, name: str) -> tuple[str, ...]:
    if isinstance(sheet.data, MetierData):
        return ("access", "formations") if name in sheet.data.access.formations else ("related",)
    return ("see",) if sheet.kind == "terme" else ("trades",)


def told_too_early(sheet: Sheet) -> Iterator[tuple[tuple[str, ...], str]]:
    """(field, reason) of each sentence that tells as done what its source could only announce: announced is not done."""
    questions: dict[tuple[str, ...], Source | None] = {
        ("questions", str(position)): item.source for position, item in enumerate(sheet.questions)
    }
    for path, text in texts_of(sheet):
        source = questions.get(path) or sheet.source
        if source is None:
            continue
        for sentence in re.split(r"(?<=[.!?;:])\s", text):
            if DONE.search(sentence) and any(day > source.collected_on for day in _days_named(sentence, sheet)):
                yield path, f"dit comme fait, d’après une source plus ancienne ({source.collected_on}) : « {sentence} »"


def _days_named(sentence: str, sheet: Sheet) -> Iterator[date]:
    """The first day that each year and each « rentrée » of a sentence may mean, and the event's own day."""
    for back_to_school, year in re.findall(r"(rentrée\s)?(?:de\s)?\b(20\d\d)\b", sentence):
        yield date(int(year), 9 if back_to_school else 1, 1)
    if isinstance(sheet.data, EvenementData) and sheet.data.starts_on:
        yield sheet.data.starts_on


def claims_in(sheet: Sheet) -> Iterator[tuple[tuple[str, ...], str]]:
    """(field, reason) of each fact that needs a source: hours, amounts, telephones, dates, recruitment."""
    data: Any = sheet.data
    for name in ("phone", "email", "hours", "closures", "address", "amount", "salary", "recruitment", "starts_on", "ends_on"):
        if getattr(data, name, None):
            yield (name,), f"« {name} » demande une source"
    sourced = {("questions", str(position)) for position, item in enumerate(sheet.questions) if item.source}
    for path, text in texts_of(sheet):
        if path in sourced:
            continue
        for claim, pattern in CLAIMS.items():
            if found := pattern.search(text):
                yield path, f"{claim} sans source : « {found.group().strip()} »"


def _warnings(sheet: Sheet, today: date) -> Iterator[tuple[tuple[str, ...], str]]:
    data = sheet.data
    if sheet.valid_until and sheet.valid_until < today:
        yield ("valid_until",), "fiche périmée"
    if sheet.source and today - sheet.source.collected_on > STALE_AFTER:
        yield ("source", "collected_on"), "source lue il y a plus de dix-huit mois : à relire"
    if isinstance(data, EvenementData):
        last = data.ends_on or data.starts_on
        if last and last < today and not data.next:
            yield ("starts_on",), "événement passé : dire dans « next » où chercher le prochain"
    if isinstance(data, AideData) and data.amount and today - data.amount.as_of > STALE_AFTER:
        yield ("amount",), "montant ancien : à vérifier"
    if isinstance(data, StructureData) and not data.commune and not data.covers:
        yield ("type",), "ni commune ni territoire : ce lieu ne sera trouvé près de personne"


def texts_of(sheet: Sheet) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, text) of every text that people read."""
    for name in ("title", "summary"):
        yield (name,), getattr(sheet, name)
    for position, item in enumerate(sheet.questions):
        yield ("questions", str(position)), item.answer
    yield from _texts(sheet.data.model_dump(exclude_none=True), ())


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, str(key)))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
