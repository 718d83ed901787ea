"""Repository of teams: which one a new case belongs to, and which names exist."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.store.models import Account, Team


def every(session: Session) -> Sequence[Team]:
    """All teams that were set up, by name."""
    return session.scalars(select(Team).order_by(Team.name)).all()


def names(session: Session) -> list[str]:
    """Names that a case may be transferred to: teams that were set up, and those that an active account says it is in."""
    said = session.scalars(select(Account.team).where(Account.team.is_not(None), Account.active).distinct())
    return sorted({team.name for team in every(session)} | {name for name in said if name})


def team_for(session: Session, topic: int | None, territory: str | None) -> str | None:
    """The team of this topic and territory: the one that says most about both; None when no team takes it."""
    fitting = [team for team in every(session) if _takes(team, topic, territory)]
    best = max(fitting, key=lambda team: bool(team.topics) + bool(team.territories), default=None)
    return best.name if best else None


def _takes(team: Team, topic: int | None, territory: str | None) -> bool:
    if not team.topics and not team.territories:
        return False
    return (not team.topics or topic in team.topics) and (not team.territories or territory in team.territories)
