"""STOP, ARRET, START, AIDE… by SMS, in any case, accent and punctuation: always obeyed, always logged, with a way back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from sqlalchemy.orm import Session
from unidecode import unidecode

from channels.delivery.outbox import clear_waiting
from channels.store import threads
from channels.store.database import Database, remember
from channels.store.models import Contact, OptOutEntry
from clock import now
from language.yml import read_yml

_WISHES = {
    "stop": ("stop", "arret", "arrete", "arretes", "arreter", "arretez", "desabonner", "desabonne moi", "desabonnez moi",
             "me desabonner", "desabonnement", "desinscrire", "desinscription", "desinscrivez moi", "stopall", "stopsms",
             "stoppe", "stopper", "stoppez", "stoppes", "revoke", "optout", "opt out", "stop all",
             "unsubscribe", "remove", "cancel", "quit", "end", "plus de sms", "plus de messages", "arretez de m ecrire",
             "ne m ecrivez plus", "je ne veux plus de sms", "je ne veux plus recevoir de sms"),
    "start": ("start", "reprendre", "reprends", "reprenez", "reprise", "unstop", "reabonner", "reabonnez moi"),
    "help": ("aide", "help", "info", "infos"),
    "contact": ("contact", "contacts"),
    "web": ("web", "lien", "site", "site web", "internet", "chat"),
    "erase": ("effacer", "effacez", "effacer mes donnees", "supprimer mes donnees", "effacez tout", "effacer tout"),
}
_BY_WORD = {word: wish for wish, words in _WISHES.items() for word in words}
_TABLE = read_yml(Path(__file__).with_name("opt_out_words.yml").read_text("utf-8"))
_WORDS = {name: frozenset(words.split()) for name, words in _TABLE.items() if isinstance(words, str)}
# Whole messages that may be STOP and may be anything else.
_WORDS_ASKED = frozenset(str(text) for text in _TABLE["demander"])
_OTHER_WORDS = _WORDS["refus"] | _WORDS["depart"] | _WORDS["refuse"] | _WORDS["autour"]
_ABOUT_SMS = frozenset({"sms", "texto", "textos", "texting", "messages", "msg", "msgs", "spam", "spams", "envois",
                        "desabonner", "desinscrire", "desabonnement", "desinscription"})
_ENOUGH = re.compile(r"\b(?:arret\w*|stop\w*|cesse\w*|marre|assez|desabonn\w*|desinscri\w*"
                     r"|trop (?:de )?(?:vos )?(?:sms|textos?|messages?|msgs?|spams?)(?! (?:de|d|sur|dans))"
                     r"|finis? (?:avec )?(?:les|vos)"
                     r"|plus (?:envoyer|ecrire|recevoir|m envoyer|m ecrire))\b")
# « STOP » as a hurried thumb writes it.
_SLIPS = {slip: word for word, slips in _TABLE["coquilles"].items() for slip in slips.split()}
# The number that French advertisements tell to send STOP to.
_SHORT_NUMBER = re.compile(r"(?:au )?\d{5}")
_LONGEST_DOUBT = 12  # words


def wish_of(text: str) -> str | None:
    """« stop » | « start » | « help » | « contact » | « web » | « erase » when the whole message says it; « doubt » when it may
    mean STOP and must be asked; else None."""
    words = re.sub(r"[^a-z0-9]+", " ", unidecode(text).lower()).replace("s il vous plait", "svp").split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # « S T O P »
    words = [_SLIPS.get(word, word) for word, _ in groupby(words)]  # « stop stop »
    if words[:1] in (["stop"], ["arret"]) and _SHORT_NUMBER.fullmatch(" ".join(words[1:])):
        return "stop"
    bare = [word for word in words if word not in _WORDS["politesse"]]
    found = _BY_WORD.get(" ".join(words)) or _BY_WORD.get(" ".join(bare))
    return found or _in_other_words(text, [word for word in words if word not in {"svp", "stp", "merci", "bonjour", "please"}])


def _in_other_words(text: str, words: Sequence[str]) -> str | None:
    said = set(words)
    if " ".join(words) in _WORDS_ASKED:
        return "doubt"
    refuses = not said.isdisjoint(_WORDS["refus"]) and not said.isdisjoint(_WORDS["refuse"])
    if said <= _OTHER_WORDS and (refuses or not said.isdisjoint(_WORDS["depart"])):
        return "doubt" if "?" in text else "stop"
    # « comment me désabonner ? », « pouvez-vous arrêter vos sms ? » ask for it.
    asks = "?" in text and said.isdisjoint(_WORDS["depart"] | _WORDS["prier"])
    about = not said.isdisjoint(_ABOUT_SMS) and len(words) <= _LONGEST_DOUBT and not asks
    return "doubt" if about and _ENOUGH.search(" ".join(words)) else None


def record(session: Session, contact: Contact, wish: str, word: str, source: str) -> None:
    """Obeys the wish and writes the log. `source`: sms | twilio | console."""
    contact.opted_out_at = now() if wish == "stop" else None
    session.add(OptOutEntry(phone_hash=contact.phone_hash, wish=wish, word=word.strip()[:24], source=source))
    remember(session, wish, contact.phone_hash)


def is_out(session: Session, phone: str) -> bool:
    """True when this E.164 number said STOP."""
    contact = threads.find_contact(session, phone)
    return contact is not None and contact.opted_out_at is not None


class OptOuts:
    """The wishes of numbers as a service, for transports whose provider says them in another way than by a message."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @staticmethod
    def wish(text: str) -> str | None:
        """« stop », « start », « help », « contact », « erase », or None."""
        return wish_of(text)

    async def record(self, phone: str, wish: str, word: str, source: str) -> None:
        """Obeys a wish and logs it; after STOP what still waits is not sent."""
        def work(session: Session) -> None:
            contact = threads.contact_of(session, phone)
            record(session, contact, wish, word, source)
            if wish == "stop":
                clear_waiting(session, contact.phone_hash)

        await self._db.write(work)

    async def is_out(self, phone: str) -> bool:
        """True when this E.164 number said STOP."""
        return await self._db.read(lambda session: is_out(session, phone))
