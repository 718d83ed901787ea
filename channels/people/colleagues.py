"""Advisors who have a telephone of their own: a caller may ask for one by name, or be put through to who has their case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from unidecode import unidecode

from channels.errors import Invalid, NotFound
from channels.people.principal import SEES_CASES
from channels.privacy.masking import read_phone
from channels.store import accounts, cases
from channels.store.database import Database
from channels.store.models import Account

_LONGEST = 120  # characters: a longer sentence says something else too
# The name comes right after the asking: « une formation dans la marine » asks for no Marine.
_ASKS_FOR = (r"\b(?:parler (?:a|avec)|passe[rz]?(?: moi)?|joindre|avoir|voir|rappele[rz]?(?: par)?)"
             r"(?: (?:a|avec|madame|monsieur|mme|mr|m|la|le|votre|ma|mon|conseillere?|collegue))* ")


@dataclass(frozen=True, slots=True)
class Colleague:
    """An advisor who can be called: `id` of the account, number in E.164."""

    id: str
    phone: str


class Colleagues:
    """Reads and sets the telephones of advisors."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def set_phone(self, email: str, number: str | None) -> None:
        """The number on which this advisor is called; None takes it away.

        Raises:
            NotFound: no such account. Invalid: not a number that can be called.
        """
        phone = read_phone(number) if number else None
        if number and phone is None:
            raise Invalid("Ce numéro ne semble pas être un numéro de téléphone complet.")

        def work(session: Session) -> None:
            account = accounts.by_email(session, email)
            if account is None:
                raise NotFound("Aucun compte pour cette adresse.")
            account.phone = phone

        await self._db.write(work)

    async def phone_of(self, account_id: str) -> str | None:
        """The number on which this account is called, available or not; None without one."""
        row = await self._db.read(lambda session: session.get(Account, account_id))
        return row.phone if row else None

    async def named(self, text: str) -> Colleague | None:
        """The one advisor whom this sentence asks for (« je voudrais parler à Anne »); None when no name or two fit."""
        plain = _plain(text)
        if len(text) > _LONGEST or not re.search(_ASKS_FOR, f"{plain} "):
            return None
        found = await self._db.read(lambda session: [
            Colleague(row.id, row.phone) for row in _reachable(session) if row.phone and _is_named(row.name, plain)])
        return found[0] if len(found) == 1 else None

    async def of(self, account_id: str) -> Colleague | None:
        """This advisor, when they can be called now."""
        def work(session: Session) -> Colleague | None:
            row = session.get(Account, account_id)
            there = row is not None and row.active and row.available and row.role in SEES_CASES
            return Colleague(row.id, row.phone) if row and there and row.phone else None

        return await self._db.read(work) if account_id else None

    async def owner_of(self, conversation_id: str) -> Colleague | None:
        """Who has this person's case, when they can be called now."""
        def work(session: Session) -> str:
            case = cases.open_of(session, conversation_id)
            return case.owner_id or "" if case else ""

        return await self.of(await self._db.read(work))


def _reachable(session: Session) -> list[Account]:
    return list(session.scalars(select(Account).where(
        Account.active, Account.available, Account.role.in_(SEES_CASES), Account.phone.is_not(None))))


def _is_named(name: str, plain: str) -> bool:
    wanted = _plain(name)
    return bool(wanted) and re.search(rf"{_ASKS_FOR}{re.escape(wanted)}\b", plain) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", unidecode(text).lower()).split())
