"""What is said of a sign-up, and to whom it is written: the number's SMS thread, where the answer is read too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from channels.conversation.forms.base import state_of
from channels.conversation.posting import Poster
from channels.conversation.wording import Wording
from channels.hours.french_dates import day_label, hour_label
from channels.messages import Reply
from channels.store.models import Contact, Conversation, SignUp
from channels.store.sign_up import SignUpState
from clock import in_paris

FORM = "sign_up"
ThreadOf = Callable[[Session, str, str], Conversation]
"""(session, channel, number) → the thread of this number on this channel, made when there is none."""


@dataclass(frozen=True)
class SignUpTelling:
    """Sentences of sign-ups (sentences/sign_ups.yml), and SMS to those who signed up."""

    wording: Wording
    poster: Poster
    thread_of: ThreadOf

    def reply(self, sentence: str, row: SignUp) -> Reply:
        """A sentence about this sign-up: {title}, {when}, {place}, {until}."""
        until = in_paris(row.offered_until) if row.offered_until else None
        said = f"{day_label(until.date())} à {hour_label(row.offered_until)}" if until and row.offered_until else ""
        return self.wording.reply(f"sign_ups.{sentence}", title=row.title, when=_when(row), place=row.place, until=said)

    def call_up(self, session: Session, row: SignUp | None) -> None:
        """Tells whom a place is kept for; their « oui » by SMS takes it."""
        if row is not None:
            self.write(session, row, "offer", asks=True)

    def write(self, session: Session, row: SignUp, sentence: str, *, asks: bool = False) -> None:
        """An SMS to the number that signed up. STOP wins: it is kept back then, like every other."""
        contact = session.get(Contact, row.contact_id)
        if contact is None or not contact.phone:
            return
        thread = self.thread_of(session, "sms", contact.phone)
        if asks and row.state == SignUpState.OFFERED:
            thread.form_state = state_of(FORM, "offer", {"sign_up": row.id})
        self.poster.post(session, thread, [self.reply(sentence, row)])


def _when(row: SignUp) -> str:
    return f"{day_label(in_paris(row.starts_at).date())} à {hour_label(row.starts_at)}"
