"""How many SMS one person may get in a day, and all of them together. What exceeds it is kept back and shown to advisors; the
person is told once when it is their own doing.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.case.handover import Request
from channels.delivery.outbox import Job
from channels.delivery.sending import enqueue, sms_sent
from channels.services import Services
from channels.store import threads
from channels.store.models import Conversation, OutboxRow
from clock import now

CODE = "budget"  # the error code of what is kept back
_A_DAY = timedelta(days=1)


class Budget:
    """The daily budget of this installation; `most` 0 means no limit."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.most = int(services.settings.sms_daily_budget * services.settings.rate_limit)
        self.most_in_all = int(services.settings.sms_overall_budget * services.settings.rate_limit)

    async def spent(self, job: Job) -> bool:
        """True when this SMS must be kept back; the first time in a day, advisors are told, and the person who got too many."""
        if job.payload.get("urgent") or job.payload.get("always") or not (self.most or self.most_in_all):
            return False
        return await self._services.db.write(lambda session: self._spent(session, job))

    def _spent(self, session: Session, job: Job) -> bool:
        if self.most_in_all and sms_sent(session) >= self.most_in_all:
            self._to_an_advisor(session, job)
            return True
        lane = threads.lookup_hash(session, job.to)
        if not self.most:
            return False
        if _count(session, lane, OutboxRow.sent_at > now() - _A_DAY) < self.most:
            return False
        # Two machines that answer each other would never stop: one notice, one case, then silence until tomorrow.
        if not _count(session, lane, OutboxRow.error_code == CODE, OutboxRow.created_at > now() - _A_DAY):
            self._tell(session, job, lane)
        return True

    def _tell(self, session: Session, job: Job, lane: str) -> None:
        conversation = self._to_an_advisor(session, job)
        if conversation is None:
            return
        say, number = self._services.sentences, self._services.settings.helpline_number
        helpline = say.text("sms.contact_helpline", number=number) if number else ""
        payload = {"to": job.to, "body": say.text("sms.budget", helpline=helpline), "urgent": True}
        enqueue(session, OutboxRow(kind="sms", lane=lane, conversation_id=conversation.id, payload=payload))

    def _to_an_advisor(self, session: Session, job: Job) -> Conversation | None:
        """Nothing more can be written to this person today: somebody who can telephone sees what they asked."""
        row = session.get(OutboxRow, job.id)
        conversation = session.get(Conversation, row.conversation_id) if row and row.conversation_id else None
        if conversation is not None:
            self._services.handoff.queue(session, conversation, Request("sms_budget"))
        return conversation


def _count(session: Session, lane: str, *which: object) -> int:
    query = select(func.count()).select_from(OutboxRow).where(OutboxRow.lane == lane, OutboxRow.kind == "sms", *which)  # type: ignore[arg-type]
    return session.scalar(query) or 0
