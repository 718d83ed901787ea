"""The second factor: a code of the telephone's application (TOTP, RFC 6238), asked for at every login once it is on.

A new telephone is only waited for: the old one goes on counting until the new one has given its first right code.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyotp
from sqlalchemy import delete
from sqlalchemy.orm import Session

from channels.errors import Conflict, Invalid
from channels.people import lockout
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store import accounts
from channels.store.database import Database
from channels.store.models import Account, ConsoleSession
from clock import now

_STEP = 30  # seconds a code is shown
_ISSUER = "Parcours-Métiers"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the telephone's application must be told. `address` is the otpauth:// text of the QR code."""

    secret: str
    address: str

    @property
    def spaced(self) -> str:
        """The secret in groups of four, to type."""
        return " ".join(self.secret[start:start + 4] for start in range(0, len(self.secret), 4))


class SecondFactor:
    """Turning it on, by its owner; taking it away, by an administrator."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def start(self, who: Principal, current: str = "") -> Enrolment:
        """A new secret that waits for its first code.

        Raises:
            Invalid: one is active and `current` is not its code: an open session alone must not be able to take it away.
            TooManyRequests: wrong too often, as at the login.
        """
        def work(session: Session) -> Enrolment | None:
            account = accounts.need(session, who.account_id)
            key = lockout.key_of(account.email_hash, "totp")
            if not lockout.may_try(session, key):
                raise lockout.resting()
            if not passes(account, current):
                return None
            lockout.forgive(session, key)
            account.totp_pending = pyotp.random_base32()
            return _enrolment(account.email, account.totp_pending)

        enrolment = await self._db.write(work)
        if enrolment is None:
            raise Invalid("Le code de l'appareil actuel n'est pas le bon. Sans cet appareil, demandez à un administrateur.")
        return enrolment

    async def waiting(self, who: Principal) -> Enrolment | None:
        """The secret that still waits for its first code."""
        def work(session: Session) -> Enrolment | None:
            account = accounts.need(session, who.account_id)
            return _enrolment(account.email, account.totp_pending) if account.totp_pending else None

        return await self._db.read(work)

    async def cancel(self, who: Principal) -> None:
        """Forgets it; what counted before goes on counting."""
        def work(session: Session) -> None:
            accounts.need(session, who.account_id).totp_pending = None

        await self._db.write(work)

    async def confirm(self, who: Principal, code: str) -> None:
        """From now on codes of this secret are asked for.

        Raises:
            Conflict: nothing waits for a code. Invalid: the code is not the one of now.
        """
        def work(session: Session) -> None:
            account = accounts.need(session, who.account_id)
            if not account.totp_pending:
                raise Conflict("Aucune double vérification n'attend de code : recommencez.")
            step = _step_of(account.totp_pending, code, 0)
            if step is None:
                raise Invalid("Ce code n'est pas le bon. Vérifiez l'heure du téléphone, puis tapez le code affiché maintenant.")
            account.totp_secret, account.totp_enabled, account.totp_last = account.totp_pending, True, step
            account.totp_pending = None
            write_audit(session, who.account_id, "totp_enabled", "account", who.account_id)

        await self._db.write(work)

    async def reset(self, who: Principal, account_id: str) -> None:
        """For a lost telephone: the next login asks for the password alone; open sessions end.

        Raises:
            Forbidden: not an administrator. NotFound: no such account.
        """
        who.need(who.administers)

        def work(session: Session) -> None:
            account = accounts.need(session, account_id)
            account.totp_secret = account.totp_pending = account.totp_last = None
            account.totp_enabled = False
            session.execute(delete(ConsoleSession).where(ConsoleSession.account_id == account_id))
            write_audit(session, who.account_id, "totp_reset", "account", account_id)

        await self._db.write(work)


def passes(account: Account, code: str) -> bool:
    """True when this account asks for no code, or this is the right one. A code is right once: the same one again is refused."""
    if not account.totp_enabled:
        return True
    step = _step_of(account.totp_secret or "", code, account.totp_last or 0)
    if step is not None:
        account.totp_last = step
    return step is not None


def _step_of(secret: str, code: str, after: int) -> int | None:
    """The half minute whose code this is, when it is now, just over or about to begin, and later than `after`."""
    if not secret:
        return None
    totp, step, given = pyotp.TOTP(secret), int(now().timestamp()) // _STEP, "".join(code.split())
    return next((candidate for candidate in (step - 1, step, step + 1)
                 if candidate > after and pyotp.utils.strings_equal(given, totp.at(candidate * _STEP))), None)


def _enrolment(email: str, secret: str) -> Enrolment:
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER))
