"""Who acts in the console or through the advisors' API, and what that role may do."""

from __future__ import annotations

from dataclasses import dataclass

from channels.errors import Forbidden
from channels.store.models import Role

SEES_CASES = frozenset({Role.ADVISOR, Role.SUPERVISOR, Role.ADMIN})
_SUPERVISION = frozenset({Role.SUPERVISOR, Role.ADMIN})
_EDITION = frozenset({Role.EDITOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated account. `name` is shown to colleagues and in conflicts."""

    account_id: str
    name: str
    role: str
    team: str | None = None

    @property
    def first_name(self) -> str:
        """What a citizen may know of the name."""
        return self.name.split()[0] if self.name.strip() else ""

    @property
    def sees_cases(self) -> bool:
        """Advisors, supervisors and administrators."""
        return self.role in SEES_CASES

    @property
    def supervises(self) -> bool:
        """Supervisors and administrators."""
        return self.role in _SUPERVISION

    @property
    def edits(self) -> bool:
        """Editors and administrators: sheets, hours, shared replies."""
        return self.role in _EDITION

    @property
    def administers(self) -> bool:
        """Accounts and keys."""
        return self.role == Role.ADMIN

    def need(self, right: bool) -> None:
        """Raises Forbidden unless `right` holds."""
        if not right:
            raise Forbidden
