"""Where an alert can be sent: to the mobiles and addresses of those on duty, or to the contact that the settings name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from channels.sentences import Sentences
from channels.settings import Settings
from channels.store.models import Account


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can be told, with at least one way."""

    name: str
    mobile: str | None
    address: str | None

    def ways(self) -> list[tuple[str, str]]:
        """(kind of message, where to)."""
        return [(kind, to) for kind, to in (("sms", self.mobile), ("email", self.address)) if to]


def recipients(settings: Settings, people: Iterable[Account]) -> list[Recipient]:
    """Those of them who can be told: by SMS when they gave a mobile, by e-mail when mail can be sent at all."""
    found = (Recipient(row.name, row.duty_phone, row.email if settings.smtp_url else None) for row in people)
    return [person for person in found if person.ways()]


def last_resort(settings: Settings, sentences: Sentences) -> Recipient | None:
    """The contact of the settings; None when there is none."""
    contact = Recipient(sentences.text("alerts.last_resort"), settings.oncall_sms, _oncall_address(settings))
    return contact if contact.ways() else None


def _oncall_address(settings: Settings) -> str | None:
    if not settings.smtp_url:
        return None
    return settings.oncall_email or next(iter(parse_qs(urlsplit(settings.smtp_url).query).get("to", [])), None)
