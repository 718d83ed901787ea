"""What the pages need of the knowledge base and of the accounts: off the event loop, with the audit log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import FastAPI
from sqlalchemy.orm import Session

from channels.errors import Invalid, NotFound
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.services import Services
from channels.store import cases
from channels.web.knowledge import knowledge_of
from knowledge_base.editing.history import Change, changes, latest_number
from knowledge_base.editing.rows import RETIRED, fields_in, stored_row
from knowledge_base.errors import CorrectionRefused
from knowledge_base.facade import KnowledgeBase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Open:
    """A sheet as its form shows it. `seen`: the newest change that the form knows of."""

    kind: str
    id: str
    fields: dict[str, Any]
    seen: int

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.fields["title"])

    @property
    def retired(self) -> bool:
        """True when it was withdrawn."""
        return bool(self.fields[RETIRED])


async def open_sheet(app: FastAPI, kind: str, sheet_id: str) -> Open:
    """The sheet, also one that was withdrawn.

    Raises:
        NotFound: no such sheet.
    """
    knowledge = knowledge_of(app)
    return await asyncio.to_thread(_read, knowledge, kind, sheet_id)


def _read(knowledge: KnowledgeBase, kind: str, sheet_id: str) -> Open:
    with knowledge.engine.connect() as connection:
        row = stored_row(connection, kind, sheet_id)
        if row is None:
            raise NotFound("Cette fiche n'existe pas.")
        return Open(kind, sheet_id, fields_in(row), latest_number(connection, kind, sheet_id))


async def history(app: FastAPI, services: Services, kind: str | None = None, sheet_id: str | None = None,
                  limit: int = 30) -> list[tuple[Change, str]]:
    """(change, who) of one sheet or of all, newest first."""
    found = await asyncio.to_thread(changes, knowledge_of(app).engine, kind, sheet_id, limit)
    names = await services.db.read(lambda session: cases.names(session, {change.by for change in found}))
    return [(change, names.get(change.by) or "compte supprimé") for change in found]


async def change(app: FastAPI, services: Services, who: Principal, action: str, sheet: str, work: Callable[[], T]) -> T:
    """Makes a change, says so in the audit log, and has the new content taken up at once.

    Raises:
        Invalid: the change is refused, with the reason in French.
    """
    try:
        result = await asyncio.to_thread(work)
    except CorrectionRefused as error:
        raise Invalid(f"Ce n'est pas enregistré : {error}.") from error

    def log(session: Session) -> None:
        write_audit(session, who.account_id, action, "sheet", sheet[:64])

    await services.db.write(log)
    knowledge_of(app)
    return result


def undone_numbers(found: Sequence[tuple[Change, str]]) -> set[int]:
    """The changes that were taken back already."""
    return {change.undoes for change, _ in found if change.undoes}
