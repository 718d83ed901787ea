"""Teams, as administrators manage them: name, topics, territories. Everybody who sees cases may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from channels.errors import Conflict, Invalid, NotFound
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store import teams
from channels.store.database import Database
from channels.store.models import OPEN_STATES, Account, Case, Duty, Team

TERRITORIES = {"14": "Calvados", "27": "Eure", "50": "Manche", "61": "Orne", "76": "Seine-Maritime"}
_TOPICS = range(1, 34)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team with how many active people say they are in it."""

    id: str
    name: str
    topics: tuple[int, ...]
    territories: tuple[str, ...]
    members: int


class Teams:
    """The list of teams and its changes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def list(self, who: Principal) -> Sequence[TeamView]:
        """Teams that were set up, by name."""
        who.need(who.sees_cases or who.administers)
        return await self._db.read(_views)

    async def names(self, who: Principal) -> Sequence[str]:
        """Every name that a case may be transferred to."""
        who.need(who.sees_cases or who.administers)
        return await self._db.read(teams.names)

    async def save(self, who: Principal, name: str, topics: Iterable[int] = (), territories: Iterable[str] = (), *,
                   id: str | None = None) -> None:
        """Makes a team, or changes the one with this id; a new name follows to its people, their shifts and its open cases.

        Raises:
            Invalid: no name, or a topic or territory that does not exist. Conflict: the name is taken.
        """
        who.need(who.administers)
        chosen = (name.strip()[:_LONGEST], sorted(set(topics)), sorted(set(territories)))
        if not chosen[0] or set(chosen[1]) - set(_TOPICS) or set(chosen[2]) - set(TERRITORIES):
            raise Invalid("Il faut un nom, des thèmes et des départements de la liste.")
        await self._db.write(lambda session: _save(session, who, id, *chosen))

    async def delete(self, who: Principal, id: str) -> None:
        """Removes a team; its people and its open cases belong to none, its shifts are for everybody."""
        who.need(who.administers)

        def work(session: Session) -> None:
            team = _need(session, id)
            _rename(session, team.name, None)
            write_audit(session, who.account_id, "team_deleted", "team", team.id)
            session.delete(team)

        await self._db.write(work)


def _views(session: Session) -> list[TeamView]:
    rows = session.execute(select(Account.team, func.count()).where(Account.active).group_by(Account.team)).all()
    members = {name: int(number) for name, number in rows}
    return [TeamView(team.id, team.name, tuple(team.topics), tuple(team.territories), members.get(team.name, 0))
            for team in teams.every(session)]


def _save(session: Session, who: Principal, id: str | None, name: str, topics: list[int], territories: list[str]) -> None:
    team = _need(session, id) if id else Team(name=name)
    taken = session.scalar(select(Team.id).where(Team.name == name))
    if taken is not None and taken != team.id:
        raise Conflict("Une équipe porte déjà ce nom.")
    if id and team.name != name:
        _rename(session, team.name, name)
    team.name, team.topics, team.territories = name, topics, territories
    session.add(team)
    session.flush()
    write_audit(session, who.account_id, "team_saved", "team", team.id)


def _rename(session: Session, old: str, new: str | None) -> None:
    for model in (Account, Duty):
        session.execute(update(model).where(model.team == old).values(team=new))
    session.execute(update(Case).where(Case.team == old, Case.state.in_(OPEN_STATES)).values(team=new))


def _need(session: Session, id: str) -> Team:
    team = session.get(Team, id)
    if team is None:
        raise NotFound("Cette équipe n'existe pas.")
    return team
