"""Are these the keys of this database? Others would read nothing, and would not find who said STOP.

A word under the data key and the hash of a word under the look-up key lie in the database from the first start on.
"""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.errors import Conflict
from channels.privacy.crypto import Keyring
from channels.store.models import Account, Contact, ServiceSetting

_NAME, _WORD = "keys", "parcours-metiers"
_REFUSED = ("Les clés de chiffrement ne sont pas celles de cette base ({which}) : les conversations seraient illisibles "
            "et les STOP oubliés. Remettez le dossier « keys » de la sauvegarde (ou {setting}), puis recommencez.")


def keys_fit(session: Session, keys: Keyring, *, learn: bool = True) -> None:
    """Compares them with what the database remembers; a database that remembers nothing learns them, unless told not to.

    Raises:
        Conflict: they are others.
    """
    row = session.get(ServiceSetting, _NAME)
    if row is None:
        _try_what_is_there(session)
        if not learn:
            return
        session.add(ServiceSetting(name=_NAME, value={"data": keys.encrypt(_WORD), "lookup": keys.lookup(_WORD)}))
        return
    if row.value["lookup"] != keys.lookup(_WORD):
        raise Conflict(_REFUSED.format(which="clé de recherche", setting="PARCOURS_LOOKUP_KEY"))
    try:
        keys.decrypt(row.value["data"])
    except InvalidToken as error:
        raise _others() from error
    if learn:
        row.value = {**row.value, "data": keys.rotate(row.value["data"])}


def _try_what_is_there(session: Session) -> None:
    """A database from before: what it holds must be readable with these keys."""
    try:
        session.execute(select(Account.email).limit(1)).first()
        session.execute(select(Contact.phone).limit(1)).first()
    except InvalidToken as error:
        raise _others() from error


def _others() -> Conflict:
    return Conflict(_REFUSED.format(which="clé des données", setting="PARCOURS_DATA_KEYS"))
