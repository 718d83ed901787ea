"""Takes the second factor away from somebody who lost their telephone."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from channels.audit import write_audit
from channels.errors import NotFound
from channels.principal import Principal
from channels.store.models import Account, ConsoleSession


def reset_second_factor(session: Session, who: Principal, account_id: str) -> None:
    """The next login asks for the password alone; open sessions end.

    Raises:
        Forbidden: not an administrator. NotFound: no such account.
    """
    who.need(who.administers)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("Ce compte n'existe pas.")
    account.totp_secret, account.totp_enabled, account.totp_last = None, False, None
    session.execute(delete(ConsoleSession).where(ConsoleSession.account_id == account_id))
    write_audit(session, who.account_id, "totp_reset", "account", account_id)
