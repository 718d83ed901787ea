"""What makes a purge wait for somebody's word: a clock that ran away would erase everything in silence."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.errors import Conflict
from channels.settings import Settings
from channels.store.models import Conversation
from clock import now

_SILENCE = timedelta(days=60)
# So few are a trial or the first weeks: their share says nothing.
_FEW = 100


def unusual(session: Session, settings: Settings) -> None:
    """Looks at the newest conversation and at how many would go.

    Raises:
        Conflict: it is not sure that the machine's clock is right.
    """
    total, newest = session.execute(select(func.count(), func.max(Conversation.last_activity_at)).select_from(Conversation)).one()
    if total < _FEW:
        return
    if now() - newest > _SILENCE:
        raise Conflict(f"Rien n'a été écrit depuis {(now() - newest).days} jours : vérifiez l'heure de la machine, puis lancez "
                       "« parcours purge --confirme ».")
    before = now() - timedelta(days=settings.keep_conversation_days)
    old = session.scalar(select(func.count()).select_from(Conversation).where(Conversation.last_activity_at < before)) or 0
    if old > settings.purge_share * total:
        raise Conflict(f"L'effacement prendrait {old} conversations sur {total} : vérifiez l'heure de la machine, puis lancez "
                       "« parcours purge --confirme ».")
