"""A session in words: « mardi 8 décembre, de 18 h à 20 h »."""

from __future__ import annotations

from datetime import datetime

import clock
from knowledge_base.agenda.store import Session
from knowledge_base.dates import french_date

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def when_of(session: Session) -> str:
    """Day and hours on a Norman wall clock."""
    start, end = clock.in_paris(session.starts_at), clock.in_paris(session.ends_at)
    return f"{WEEKDAYS[start.weekday()]} {french_date(start.date())}, de {hour_of(start)} à {hour_of(end)}"


def hour_of(local: datetime) -> str:
    """« 18 h », « 18 h 30 »."""
    return f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h"
