"""Alerts as the console shows them: those that are on their way, and those that reached nobody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from channels.case.views import AlertView
from channels.conversation.fanout import ALERT_TOPIC, News
from channels.errors import NotFound
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store import cases
from channels.store.database import Database, announce
from channels.store.models import Alert, AlertSeen, AlertState, Case, CaseState
from clock import now

_UNTAKEN = {CaseState.QUEUED, CaseState.CALLBACK}


class Alerts:
    """Open alerts and their acknowledgement."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(self, who: Principal) -> Sequence[AlertView]:
        """Alerts that nobody has acknowledged, newest first."""
        who.need(who.sees_cases)
        return await self._db.read(lambda session: [AlertView.of(row) for row in cases.open_alerts(session, who.account_id)])

    async def acknowledge(self, who: Principal, alert_id: str) -> None:
        """This person has seen it. It stays for the others until somebody takes the case, if one waits."""
        who.need(who.sees_cases)

        def work(session: Session) -> None:
            row = session.get(Alert, alert_id)
            if row is None:
                raise NotFound("Cette alerte n'existe pas.")
            case = session.get(Case, row.case_id) if row.case_id else None
            if case is not None and case.state in _UNTAKEN and row.state != AlertState.RETRACTED:
                session.merge(AlertSeen(alert_id=row.id, account_id=who.account_id, at=now()))
            else:
                row.state, row.acknowledged_by, row.acknowledged_at = AlertState.ACKNOWLEDGED, who.account_id, now()
            write_audit(session, who.account_id, "alert_acknowledged", "alert", alert_id)
            announce(session, News(ALERT_TOPIC, "alert", alert_id))

        await self._db.write(work)
