"""Raises alerts to the on-call contact. An alert that reaches nobody ends as `failed`, and the console shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.clock import now
from channels.crypto import new_id
from channels.fanout import ALERT_TOPIC, News
from channels.messages import Json
from channels.sending import enqueue
from channels.sentences import Sentences
from channels.settings import Settings
from channels.store.database import announce
from channels.store.models import Alert, AlertState, Case, OutboxRow, OutboxState

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
        session.flush([alert])
        self._send(session, alert, case, theme)
        announce(session, News(ALERT_TOPIC, "alert", alert.id))
        return alert

    def _send(self, session: Session, alert: Alert, case: Case, theme: str) -> None:
        url = f"{self.settings.public_base}/console/cases/{case.id}"
        if self.settings.oncall_sms:
            body = self.sentences.text("alerts.distress_sms", case=case.id, url=url)
            _enqueue(session, alert, "sms", {"to": self.settings.oncall_sms, "body": body})
        if address := oncall_address(self.settings):
            _enqueue(session, alert, "email", {
                "to": address, "subject": self.sentences.text("alerts.distress_subject", case=case.id),
                "body": self.sentences.text("alerts.distress_mail", case=case.id, url=url, theme=theme)})
        if not self.settings.oncall_sms and not oncall_address(self.settings):
            alert.state, alert.error = AlertState.FAILED, self.sentences.text("alerts.no_contact")


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
