"""Raises alerts and sends them to whoever is on duty; to the configured contact when nobody is, or when nobody could be reached.

An alert that reaches nobody at all ends as `failed`, and the console shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from channels.conversation.fanout import ALERT_TOPIC, News
from channels.delivery.recipients import Recipient, last_resort, recipients
from channels.delivery.sending import enqueue
from channels.privacy.crypto import new_id
from channels.sentences import Sentences
from channels.settings import Settings
from channels.store import duties
from channels.store.database import announce
from channels.store.models import Account, Alert, AlertState, Callback, Case, CaseState, OutboxRow, OutboxState
from clock import now

DISTRESS, UNCLAIMED, TRIAL, OPERATION = "distress", "unclaimed", "trial", "operation"
NOT_OF_PEOPLE = (TRIAL, OPERATION)  # alerts about the service itself
_AGAIN_AFTER = timedelta(minutes=10)
_PATIENCE = timedelta(minutes=2)  # an alert that has not left by then goes to the last resort too
_TOGETHER = timedelta(seconds=30)  # alerts of several people within it are told together
_LONGEST_ERROR = 200  # characters
_RESORT = "resort"  # the end of the lane of what goes there
_LIVE = (AlertState.PENDING, AlertState.FAILED, AlertState.SENT)


@dataclass(frozen=True)
class Alerting:
    """Writes alert rows and the outbox rows that carry them; nothing personal is in either."""

    settings: Settings
    sentences: Sentences
    _sources: dict[str, datetime] = field(default_factory=dict, compare=False)

    def distress(self, session: Session, case: Case, theme: str, source: str | None = None) -> Alert | None:
        """One alert a case every ten minutes; None when one was raised just before.

        The first is told at once, and so is one after a quiet half minute; what comes between is told together, at most half a
        minute later. What comes from one address again is told together, after ten minutes: the console shows each at once.
        """
        recent = session.scalar(select(Alert).where(Alert.case_id == case.id, Alert.kind == DISTRESS,
                                                    Alert.state != AlertState.RETRACTED, Alert.created_at > now() - _AGAIN_AFTER))
        if recent is not None:
            return None
        somebody = self._people(session, case)[1] or last_resort(self.settings, self.sentences)
        later = self._later(session, source) if somebody else None
        alert = Alert(kind=DISTRESS, theme=theme, case_id=case.id, page_at=later)
        return self._raise(session, alert)

    def retract(self, session: Session, case: Case) -> None:
        """The person took it back: nobody is told any more; it stays, marked, until somebody has seen it."""
        live = select(Alert).where(Alert.case_id == case.id, Alert.kind == DISTRESS, Alert.state.in_(_LIVE))
        for alert in session.scalars(live):
            alert.state, alert.page_at = AlertState.RETRACTED, None
            session.execute(update(OutboxRow).where(OutboxRow.alert_id == alert.id, OutboxRow.state == OutboxState.PENDING)
                            .values(state=OutboxState.BLOCKED, error_code="retracted"))
            announce(session, News(ALERT_TOPIC, "alert", alert.id))

    def page_waiting(self, session: Session) -> int:
        """Tells together what waited for it; gives how many alerts that were."""
        due = session.scalars(select(Alert).where(Alert.state == AlertState.PENDING, Alert.page_at <= now())
                              .order_by(Alert.created_at)).all()
        if due:
            leader, *others = due
            self._tell(session, leader, len(due))
            for alert in others:
                alert.page_at, alert.paged_at, alert.leader_id = None, now(), leader.id
                self._like(session, alert, leader)
        return len(due)

    def _later(self, session: Session, source: str | None) -> datetime | None:
        """When an alert that is raised now is told; None for at once."""
        last = session.scalar(select(func.max(Alert.paged_at)).where(Alert.kind == DISTRESS))
        since = self._sources.get(source) if source else None
        if source and (since is None or since <= now() - _AGAIN_AFTER):
            self._sources[source] = now()
            since = None
        if since is not None:
            return since + _AGAIN_AFTER
        return last + _TOGETHER if last is not None and last > now() - _TOGETHER else None

    def unclaimed(self, session: Session, case: Case) -> Alert | None:
        """Nobody takes a case: the advisor on duty is told, at most once every ten minutes however many wait.

        None when somebody was told a moment ago.
        """
        recent = session.scalar(select(Alert.id).where(
            Alert.kind == UNCLAIMED, Alert.created_at > now() - _AGAIN_AFTER).limit(1))
        return None if recent is not None else self._raise(session, Alert(kind=UNCLAIMED, case_id=case.id))

    def trial(self, session: Session) -> Alert:
        """Whoever would be told of a case of no team is told that this is a trial."""
        return self._raise(session, Alert(kind=TRIAL))

    def operation(self, session: Session, trouble: str) -> Alert:
        """Something is wrong with the service (`trouble`: operation/troubles.py): the last resort is told, no advisor."""
        return self._raise(session, Alert(kind=OPERATION, theme=trouble))

    def callback_due(self, session: Session, call: Callback, when: str, kind: str) -> None:
        """Reminds the advisor who keeps a promised call or meeting, by e-mail when mail can be sent."""
        account = session.get(Account, call.account_id) if call.account_id else None
        if account is None or not account.active or not self.settings.smtp_url:
            return
        values = {"kind": kind, "when": when, "case": call.case_id,
                  "url": f"{self.settings.public_base}/console/cases/{call.case_id}"}
        enqueue(session, OutboxRow(kind="email", lane=f"callback:{call.id}", payload={
            "to": account.email, "subject": self.sentences.text("alerts.callback_subject", **values),
            "body": self.sentences.text("alerts.callback_mail", **values)}))

    def follow(self, session: Session, row: OutboxRow) -> None:
        """Brings an alert up to date when one of its messages reached its end."""
        alert = session.get(Alert, row.alert_id) if row.alert_id else None
        if alert is None or alert.state not in _LIVE:
            return
        rows = session.scalars(select(OutboxRow).where(OutboxRow.alert_id == alert.id)).all()
        states = {item.state for item in rows}
        if states & {OutboxState.SENT, OutboxState.DELIVERED}:
            alert.state = AlertState.SENT
        elif states <= {OutboxState.FAILED, OutboxState.BLOCKED}:
            self._lost(session, alert, rows, self.sentences.text("alerts.not_delivered", code=row.error_code or "?"))
        for other in session.scalars(select(Alert).where(Alert.leader_id == alert.id, Alert.state.in_(_LIVE))):
            self._like(session, other, alert)
        announce(session, News(ALERT_TOPIC, "alert", alert.id))

    def escalate(self, session: Session) -> int:
        """Sends what has not left for two minutes to the last resort too; gives how many alerts that were."""
        late = session.scalars(select(Alert).where(
            Alert.state == AlertState.PENDING, Alert.error.is_(None), Alert.leader_id.is_(None),
            or_(Alert.paged_at < now() - _PATIENCE, and_(Alert.paged_at.is_(None), Alert.page_at < now() - _PATIENCE)))).all()
        for alert in late:
            rows = session.scalars(select(OutboxRow).where(OutboxRow.alert_id == alert.id)).all()
            alert.error = self.sentences.text("alerts.not_yet", who=alert.told or "")[:_LONGEST_ERROR]
            self._to_last_resort(session, alert, rows)
            announce(session, News(ALERT_TOPIC, "alert", alert.id))
        return len(late)

    def _raise(self, session: Session, alert: Alert) -> Alert:
        alert.id = new_id()
        session.add(alert)
        session.flush()
        if alert.page_at is None:
            self._tell(session, alert)
        announce(session, News(ALERT_TOPIC, "alert", alert.id))
        return alert

    def _tell(self, session: Session, alert: Alert, count: int = 1) -> None:
        """Sends an alert, or several together, to whoever is on duty."""
        alert.page_at, alert.paged_at = None, now()
        case = session.get(Case, alert.case_id) if alert.case_id else None
        on_duty, people = ((), ()) if alert.kind == OPERATION else self._people(session, case)
        if people:
            self._send(session, alert, people, count=count)
        elif not self._to_last_resort(session, alert, (), count):
            alert.state, alert.error = AlertState.FAILED, self._why_nobody(session, on_duty)

    def _people(self, session: Session, case: Case | None) -> tuple[Sequence[Account], Sequence[Recipient]]:
        """Who is on duty for a case, and those of them who can be told."""
        on_duty = duties.people_on_duty(session, now(), case.team if case else None)
        return on_duty, recipients(self.settings, on_duty)

    @staticmethod
    def _like(session: Session, alert: Alert, leader: Alert) -> None:
        alert.state, alert.error, alert.told = leader.state, leader.error, leader.told
        announce(session, News(ALERT_TOPIC, "alert", alert.id))

    def _why_nobody(self, session: Session, on_duty: Sequence[Account]) -> str:
        if on_duty:
            return self.sentences.text("alerts.out_of_reach", who=", ".join(row.name for row in on_duty))[:_LONGEST_ERROR]
        return self.sentences.text("alerts.nobody_now" if duties.shifts(session) else "alerts.no_contact")

    def _lost(self, session: Session, alert: Alert, rows: Sequence[OutboxRow], why: str) -> None:
        """Nobody was reached; the last resort is left, unless that was it."""
        told = alert.told
        if self._to_last_resort(session, alert, rows):
            alert.state, alert.error = AlertState.PENDING, f"{told} : {why}"[:_LONGEST_ERROR]
        else:
            alert.state, alert.error = AlertState.FAILED, why

    def _to_last_resort(self, session: Session, alert: Alert, rows: Sequence[OutboxRow], count: int = 1) -> bool:
        contact = last_resort(self.settings, self.sentences)
        if contact is None or any(row.lane.endswith(_RESORT) for row in rows):
            return False
        self._send(session, alert, [contact], _RESORT, count)
        return True

    def _send(self, session: Session, alert: Alert, people: Sequence[Recipient], mark: str = "", count: int = 1) -> None:
        """SMS and e-mail to each, every one in a lane of its own: one that is refused holds up no other."""
        values = self._values(session, alert)
        name = alert.kind if count == 1 else "distress_many"
        values = values if count == 1 else {"count": count, "url": f"{self.settings.public_base}/console/"}
        alert.told = ", ".join([*([alert.told] if alert.told else []), *(person.name for person in people)])
        for number, person in enumerate(people):
            for kind, to in person.ways():
                subject, body = self._words(name, kind, values)
                # A colleague who once said STOP as a citizen is told all the same.
                payload = {"to": to, "subject": subject, "body": body, "always": True}
                enqueue(session, OutboxRow(kind=kind, lane=f"alert:{alert.id}:{kind}{number}:{mark}", alert_id=alert.id,
                                           payload=payload))

    def _words(self, name: str, kind: str, values: Mapping[str, object]) -> tuple[str, str]:
        text = self.sentences.text
        body = text(f"alerts.{name}_sms", **values) if kind == "sms" else text(f"alerts.{name}_mail", **values)
        return text(f"alerts.{name}_subject", **values), body

    def _values(self, session: Session, alert: Alert) -> dict[str, object]:
        base = f"{self.settings.public_base}/console/"
        if alert.kind == UNCLAIMED:
            waiting = session.scalar(select(func.count()).select_from(Case).where(Case.state == CaseState.QUEUED)) or 1
            said = self.sentences.text("alerts.waiting_one" if waiting == 1 else "alerts.waiting_many", count=waiting)
            case = session.get(Case, alert.case_id)
            since = case.queued_at if case else now()
            return {"waiting": said, "minutes": int((now() - since).total_seconds() // 60), "url": base}
        if alert.case_id:
            return {"case": alert.case_id, "theme": alert.theme or "", "url": f"{base}cases/{alert.case_id}"}
        if alert.kind == OPERATION:
            return {"trouble": self.sentences.text(f"alerts.trouble_{alert.theme}"), "url": base}
        return {"url": f"{base}astreinte"}


def nobody_waits_any_more(session: Session, case_id: int, *, taken: bool = False) -> None:
    """What was said about a case waiting is over; `taken`: somebody has it, and so the alarm of distress is over too."""
    over = Alert.kind.in_((UNCLAIMED, DISTRESS)) if taken else Alert.kind == UNCLAIMED
    open_alerts = select(Alert).where(Alert.case_id == case_id, over, Alert.state != AlertState.ACKNOWLEDGED)
    for alert in session.scalars(open_alerts):
        alert.state, alert.acknowledged_at = AlertState.ACKNOWLEDGED, now()
        announce(session, News(ALERT_TOPIC, "alert", alert.id))
