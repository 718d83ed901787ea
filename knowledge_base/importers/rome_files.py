"""The tables of ROME version 3 that we read, and the rows we cannot take."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.tabular import Row, read_rows
from knowledge_base.report import Progress, Report
from knowledge_base.schema import ROME_CODE
from knowledge_base.text import fold

MAX_SKILLS = 10
TEXTS = ("definition", "acces_a_em", "cond_exercice_activite")
MAX_ENVIRONMENTS = 8
_VERSION = re.compile(r"_v(\d+)_")
# Kinds of reference in the table of links.
_SKILL, _ENVIRONMENT = "1", "5"
_STEPS = {"1": "proche", "2": "evolution"}

# appellation code → (name, ROME code, line in the file)
Titles = dict[str, tuple[str, str, int]]


@dataclass
class Trade:
    """One ROME code with what the tables say of it."""

    code: str
    title: str
    sector: str | None = None
    riasec: list[str] = field(default_factory=list)
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    skills: list[str] = field(default_factory=list)
    environments: list[str] = field(default_factory=list)

    def text(self, kind: str) -> str:
        """The sentences of one kind of text, in order."""
        return "\n".join(text for _, text in sorted(self.texts[kind]))


class RomeFiles:
    """Finds the tables in a folder by the middle of their names, whatever the version."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise ImportRefused("dossier introuvable", file=str(folder))
        self.folder = folder
        self.codes = self._needed("referentiel_code_rome")
        self.titles = self._needed("referentiel_appellation")
        found = _VERSION.search(self.codes.name)
        self.version = found.group(1) if found else "inconnue"

    def _needed(self, table: str) -> Path:
        path = self.table(table)
        if path is None:
            raise ImportRefused(f"fichier « {table} » absent du dossier", file=str(self.folder))
        return path

    def table(self, name: str) -> Path | None:
        """The file of a table, None when the folder does not have it; the newest version wins."""
        found = sorted(self.folder.glob(f"*{name}_v[0-9]*.csv")) or sorted(self.folder.glob(f"*_{name}.csv"))
        return found[-1] if found else None

    def complete(self, trades: dict[str, Trade], report: Report) -> None:
        """Adds texts, sectors, RIASEC, skills and places of work to the trades; every table here is optional."""
        for row in self._rows("texte", ["code_rome", "position_libelle_txt", "libelle_texte", "libelle_type_texte"], report):
            if trade := self._trade(row, trades, report):
                position = self._position(row, report)
                if row["libelle_type_texte"] not in TEXTS:
                    report.note("texte", row.line, f"genre de texte inconnu : « {row['libelle_type_texte'][:30]} »", trade.code)
                said = (position, row["libelle_texte"])
                if said not in trade.texts[row["libelle_type_texte"]]:
                    trade.texts[row["libelle_type_texte"]].append(said)
        for row in self._rows("code_rome_riasec", ["code_rome", "riasec_majeur", "riasec_mineur"], report):
            if trade := self._trade(row, trades, report):
                letters = [row["riasec_majeur"].upper(), row["riasec_mineur"].upper()]
                trade.riasec = [letter for letter in letters if letter in tuple("RIASEC")]
                for letter in letters:
                    if letter and letter not in tuple("RIASEC"):
                        report.note("RIASEC", row.line, f"lettre ignorée : « {letter[:30]} »", trade.code)
        sectors = {
            row["code_noeud"]: row["libelle_item_arbo"]
            for row in self._rows("item_arborescence", ["code_noeud", "libelle_item_arbo"], report)
        }
        for trade in trades.values():
            trade.sector = sectors.get(trade.code[:3])
        self._add_items(trades, report)

    def _position(self, row: Row, report: Report) -> int:
        written = row["position_libelle_txt"]
        if written and not written.isdigit():
            report.note("texte", row.line, f"rang illisible, mis en tête : « {written[:30]} »", row["code_rome"])
        return int(written) if written.isdigit() else 0

    def _add_items(self, trades: dict[str, Trade], report: Report) -> None:
        skills = self._labels("referentiel_competence", "libelle_competence", report)
        places = self._labels("referentiel_env_travail", "libelle_env_travail", report)
        for row in self._rows("liens_rome_referentiels", ["code_rome", "code_ogr", "code_type_referentiel"], report):
            trade = trades.get(row["code_rome"])
            if trade is None:
                report.reject("liens", row.line, f"code ROME inconnu : {row['code_rome'][:30]}", row["code_ogr"])
                continue
            kind, code = row["code_type_referentiel"], row["code_ogr"]
            if kind == _SKILL and code in skills and len(trade.skills) < MAX_SKILLS:
                trade.skills.append(skills[code])
            elif kind == _ENVIRONMENT and code in places and len(trade.environments) < MAX_ENVIRONMENTS:
                trade.environments.append(places[code])

    def _labels(self, table: str, column: str, report: Report) -> dict[str, str]:
        return {row["code_ogr"]: row[column] for row in self._rows(table, ["code_ogr", column], report) if row[column]}

    def _rows(self, table: str, columns: list[str], report: Report) -> Iterator[Row]:
        path = self.table(table)
        if path:
            yield from read_rows(path, columns, report)

    def _trade(self, row: Row, trades: dict[str, Trade], report: Report) -> Trade | None:
        trade = trades.get(row["code_rome"])
        if trade is None:
            report.reject("texte ou RIASEC", row.line, f"code ROME inconnu : {row['code_rome']}", row["code_rome"])
        return trade


def read_trades(files: RomeFiles, report: Report) -> dict[str, Trade]:
    """The ROME codes; a row without a proper code or name is rejected."""
    trades: dict[str, Trade] = {}
    for row in read_rows(files.codes, ["code_rome", "libelle_rome"], report):
        report.read += 1
        code, title = row["code_rome"], row["libelle_rome"]
        if not ROME_CODE.match(code):
            report.reject(files.codes.name, row.line, f"code ROME mal formé : « {code} »", title)
        elif not title:
            report.reject(files.codes.name, row.line, "libellé vide", code)
        elif code in trades:
            report.reject(files.codes.name, row.line, "code en double", code)
        else:
            trades[code] = Trade(code, title)
    return trades


def read_titles(files: RomeFiles, report: Report, progress: Progress | None) -> Titles:
    """The names of trades. The short form is a second name when it is written differently."""
    titles: Titles = {}
    columns = ["code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome"]
    for row in read_rows(files.titles, columns, report):
        report.read += 1
        if progress and report.read % 500 == 0:
            progress(report.read)
        code, long, short, rome = (row[column] for column in columns)
        if not ROME_CODE.match(rome):
            report.reject(files.titles.name, row.line, f"code ROME mal formé : « {rome} »", long)
        elif not code or not long:
            report.reject(files.titles.name, row.line, "code ou libellé vide", code or long)
        elif code in titles:
            report.reject(files.titles.name, row.line, "code d’appellation en double", code)
        else:
            titles[code] = (long, rome, row.line)
            if short and "(" not in short and fold(short) != fold(long):
                titles[f"{code}-court"] = (short, rome, row.line)
    if progress:
        progress(report.read)
    return titles


def read_mobility(files: RomeFiles, known: set[str], report: Report) -> dict[tuple[str, str], str]:
    """(from, to) → "proche" or "evolution"; a close trade stays close even when it is an evolution too."""
    path = files.table("rubrique_mobilite")
    steps: dict[tuple[str, str], str] = {}
    if path is None:
        return steps
    for row in read_rows(path, ["code_rome", "code_rome_cible", "code_type_mobilite"], report):
        pair = (row["code_rome"], row["code_rome_cible"])
        step = _STEPS.get(row["code_type_mobilite"])
        if step is None or not known.issuperset(pair):
            report.reject(path.name, row.line, "mobilité entre codes inconnus ou d’un type inconnu", " → ".join(pair))
        elif pair[0] != pair[1] and steps.get(pair) != "proche":
            steps[pair] = step
    return steps
