"""STOP, ARRET, START, AIDE… by SMS, in any case and accent: always obeyed, always logged, always with a way back."""

from __future__ import annotations

from sqlalchemy.orm import Session
from unidecode import unidecode

from channels.clock import now
from channels.store import threads
from channels.store.models import Contact, OptOutEntry

_WISHES = {
    "stop": ("stop", "arret", "arrete", "arreter", "arretez", "desabonner", "desabonnement", "desinscrire", "stopall",
             "unsubscribe", "stop sms", "stop svp", "stopsms", "arret sms", "cancel", "quit", "end"),
    "start": ("start", "reprendre", "reprise", "unstop", "reabonner"),
    "help": ("aide", "help", "info", "infos"),
    "contact": ("contact",),
    "web": ("web", "lien", "site", "site web", "internet", "chat"),
    "erase": ("effacer", "effacez", "effacer mes donnees", "supprimer mes donnees", "effacez tout", "effacer tout"),
}
_BY_WORD = {word: wish for wish, words in _WISHES.items() for word in words}


def wish_of(text: str) -> str | None:
    """« stop » | « start » | « help » | « contact » | « erase » when the whole message is such a word; else None."""
    plain = " ".join(unidecode(text).lower().replace(".", " ").replace("!", " ").replace('"', " ").split())
    return _BY_WORD.get(plain.strip("'«» "))


def record(session: Session, contact: Contact, wish: str, word: str, source: str) -> None:
    """Obeys the wish and writes the log. `source`: sms | twilio | console."""
    contact.opted_out_at = now() if wish == "stop" else None
    session.add(OptOutEntry(phone_hash=contact.phone_hash, wish=wish, word=word.strip()[:24], source=source))


def is_out(session: Session, phone: str) -> bool:
    """True when this E.164 number said STOP."""
    contact = threads.find_contact(session, phone)
    return contact is not None and contact.opted_out_at is not None
