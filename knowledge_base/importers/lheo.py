"""LHÉO 2.x training offer (Carif-Oref, Onisep…): one sheet for each action of training, streamed.

The language is described at https://www.lheo.gouv.fr; 200,000 actions are read in bounded memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from lxml import etree
from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.lheo_action import UnreadableAction, action_sheets
from knowledge_base.importers.transaction import collected, one_import
from knowledge_base.report import Progress, Report
from knowledge_base.sheet_writer import SheetWriter

ORIGIN = "lheo"
FORMATION = "{*}formation"


def import_lheo(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports one LHÉO file. What this file held before and no longer holds is retired. Raises ImportRefused."""
    report = Report(f"LHÉO {path.name}")
    source = collected(f"Offre de formation LHÉO ({path.name})")
    with one_import(engine, report) as connection:
        writer = SheetWriter(connection, ORIGIN, f"lheo:{path.name}", report)
        shared, lines = _shared_numbers(path), dict[str, int | None]()
        for formation in _formations(path):
            try:
                for sheet, line, problem in action_sheets(formation, source, ORIGIN, shared):
                    report.read += 1
                    if progress and report.read % 500 == 0:
                        progress(report.read)
                    if sheet is None:
                        report.reject(path.name, line, problem)
                    elif sheet.id in lines:
                        problem = f"action répétée à l’identique (déjà ligne {lines[sheet.id]})"
                        report.reject(path.name, line, problem, sheet.title)
                    else:
                        lines[sheet.id] = line
                        if problem:
                            report.note(path.name, line, problem, sheet.title)
                        writer.add(sheet)
            except UnreadableAction as error:
                report.read += 1
                report.reject(path.name, cast("int | None", formation.sourceline), str(error))
        if not writer.count:
            raise ImportRefused("aucune action de formation lisible dans ce fichier", file=path.name)
        writer.finish()
    return report


def _shared_numbers(path: Path) -> frozenset[str]:
    """The numbers that several actions have."""
    counted = Counter(action.get("numero") or formation.get("numero") or ""
                      for formation in _formations(path) for action in formation.findall("{*}action"))
    return frozenset(number for number, times in counted.items() if times > 1)


def _formations(path: Path) -> Iterator[etree._Element]:
    # No DTD, no entity, no network: a file from outside must not make us read or expand anything else.
    try:
        events = etree.iterparse(
            str(path), events=("end",), tag=FORMATION, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
        )
        for _, element in events:
            if element.getroottree().docinfo.doctype:
                raise ImportRefused("déclaration DOCTYPE refusée", file=path.name, line=1)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        if etree.QName(events.root).localname != "lheo":
            raise ImportRefused("la racine du document n’est pas « lheo »", file=path.name, line=1)
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise ImportRefused(f"XML mal formé, fichier abîmé ou coupé ({error.msg})", file=path.name, line=line) from error
    except OSError as error:
        raise ImportRefused("fichier introuvable ou illisible", file=str(path)) from error
