"""Raises alerts to the on-call contact. An alert that reaches nobody ends as `failed`, and the console shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.clock import now
from channels.crypto import new_id
from channels.fanout import ALERT_TOPIC, News
from channels.messages import Json
from channels.sending import enqueue
from channels.sentences import Sentences
from channels.settings import Settings
from channels.store.database import announce
from channels.store.models import Account, Alert, AlertState, Callback, Case, CaseState, OutboxRow, OutboxState

UNCLAIMED = "unclaimed"
_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Alerting:
    """Writes alert rows and the outbox rows that carry them; nothing personal is in either."""

    settings: Settings
    sentences: Sentences

    def distress(self, session: Session, case: Case, theme: str) -> Alert | None:
        """One alert a case every ten minutes; None when one was raised just before."""
        recent = session.scalar(select(Alert).where(
            Alert.case_id == case.id, Alert.kind == "distress", Alert.created_at > now() - _AGAIN_AFTER))
        if recent is not None:
            return None
        alert = Alert(id=new_id(), kind="distress", theme=theme, case_id=case.id)
        session.add(alert)
        session.flush()
        self._send(session, alert, case, theme)
        announce(session, News(ALERT_TOPIC, "alert", alert.id))
        return alert

    def unclaimed(self, session: Session, case: Case) -> Alert | None:
        """Nobody takes a case: the advisor on duty is told, at most once every ten minutes however many wait.

        None when somebody was told a moment ago.
        """
        recent = session.scalar(select(Alert.id).where(
            Alert.kind == UNCLAIMED, Alert.created_at > now() - _AGAIN_AFTER).limit(1))
        if recent is not None:
            return None
        alert = Alert(id=new_id(), kind=UNCLAIMED, case_id=case.id)
        session.add(alert)
        session.flush()
        waiting = session.scalar(select(func.count()).select_from(Case).where(Case.state == CaseState.QUEUED)) or 1
        said = self.sentences.text("alerts.waiting_one" if waiting == 1 else "alerts.waiting_many", count=waiting)
        self._tell(session, alert, "unclaimed", waiting=said, minutes=int((now() - case.queued_at).total_seconds() // 60),
                   url=f"{self.settings.public_base}/console/")
        announce(session, News(ALERT_TOPIC, "alert", alert.id))
        return alert

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

    def _send(self, session: Session, alert: Alert, case: Case, theme: str) -> None:
        self._tell(session, alert, "distress", case=case.id, theme=theme,
                   url=f"{self.settings.public_base}/console/cases/{case.id}")

    def _tell(self, session: Session, alert: Alert, name: str, **values: object) -> None:
        """SMS and e-mail to the contact on duty; without any, the alert has failed and the console says so."""
        text, address = self.sentences.text, oncall_address(self.settings)
        if self.settings.oncall_sms:
            _enqueue(session, alert, "sms", {"to": self.settings.oncall_sms, "body": text(f"alerts.{name}_sms", **values)})
        if address:
            _enqueue(session, alert, "email", {"to": address, "subject": text(f"alerts.{name}_subject", **values),
                                               "body": text(f"alerts.{name}_mail", **values)})
        if not self.settings.oncall_sms and not address:
            alert.state, alert.error = AlertState.FAILED, text("alerts.no_contact")


def _enqueue(session: Session, alert: Alert, kind: str, payload: Json) -> None:
    enqueue(session, OutboxRow(kind=kind, lane=f"alert:{alert.id}:{kind}", alert_id=alert.id, payload=payload))


def oncall_address(settings: Settings) -> str | None:
    """The mail address of the on-call contact, when mail can be sent at all."""
    if not settings.smtp_url:
        return None
    return settings.oncall_email or next(iter(parse_qs(urlsplit(settings.smtp_url).query).get("to", [])), None)


def follow_delivery(session: Session, row: OutboxRow, sentences: Sentences) -> None:
    """Brings an alert up to date when one of its messages reached its end."""
    alert = session.get(Alert, row.alert_id) if row.alert_id else None
    if alert is None or alert.state not in {AlertState.PENDING, AlertState.FAILED, AlertState.SENT}:
        return
    rows = session.scalars(select(OutboxRow).where(OutboxRow.alert_id == alert.id)).all()
    states = {item.state for item in rows}
    if states & {OutboxState.SENT, OutboxState.DELIVERED}:
        alert.state, alert.error = AlertState.SENT, None
    elif states <= {OutboxState.FAILED, OutboxState.BLOCKED}:
        alert.state = AlertState.FAILED
        alert.error = sentences.text("alerts.not_delivered", code=row.error_code or "?")
    announce(session, News(ALERT_TOPIC, "alert", alert.id))


def nobody_waits_any_more(session: Session, case_id: int) -> None:
    """Somebody took the case: what was said about it waiting is over."""
    open_alerts = select(Alert).where(Alert.case_id == case_id, Alert.kind == UNCLAIMED, Alert.state != AlertState.ACKNOWLEDGED)
    for alert in session.scalars(open_alerts):
        alert.state, alert.acknowledged_at = AlertState.ACKNOWLEDGED, now()
        announce(session, News(ALERT_TOPIC, "alert", alert.id))
