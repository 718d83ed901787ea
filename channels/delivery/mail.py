"""Sends e-mail (alerts, reminders) by the SMTP server of PARCOURS_SMTP_URL."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from channels.delivery.outbox import AmbiguousSendError, Job, PermanentSendError, Sent, TransientSendError
from clock import now

_TIMEOUT = 15  # seconds
_NEVER = 500  # codes from here on are final


class MailSender:
    """`smtp://user:secret@host:587` (STARTTLS when offered, always with a password) or `smtps://…`; `?from=` names the sender."""

    kind = "email"

    def __init__(self, url: str | None) -> None:
        self._url = urlsplit(url) if url else None

    async def send(self, job: Job) -> Sent:
        """Hands the message to the server."""
        if self._url is None:
            raise PermanentSendError("no_smtp")
        await asyncio.to_thread(self._deliver, self._url, self._message(self._url, job))
        return Sent(None, "sent")

    async def look_up(self, job: Job) -> Sent | None:
        """SMTP remembers nothing; an alert twice is better than none."""
        return None

    def greet(self) -> None:
        """Connects and logs in, and sends nothing.

        Raises:
            OSError, smtplib.SMTPException: the server cannot be reached, or refuses.
        """
        if self._url is not None:
            with _connect(self._url) as server:
                server.noop()

    @staticmethod
    def _message(url: SplitResult, job: Job) -> EmailMessage:
        message = EmailMessage()
        message["From"] = parse_qs(url.query).get("from", [f"parcours-metiers@{url.hostname}"])[0]
        message["To"], message["Subject"] = job.to, str(job.payload.get("subject", "Parcours-Métiers"))
        message["Date"] = format_datetime(now())
        # The same at every try: a mail sent twice is shown once.
        message["Message-ID"] = f"<{job.callback_id}@{_domain_of(message)}>"
        message["Auto-Submitted"], message["X-Auto-Response-Suppress"] = "auto-generated", "All"
        message.set_content(job.body)
        return message

    @staticmethod
    def _deliver(url: SplitResult, message: EmailMessage) -> None:
        try:
            with _connect(url) as server:
                server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise _refused(error) from error
        except TimeoutError as error:
            raise AmbiguousSendError from error
        except (smtplib.SMTPException, OSError) as error:
            raise TransientSendError(type(error).__name__) from error


def _refused(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> Exception:
    """4xx is « not now » (RFC 5321, 4.2.1): a full mailbox, greylisting; only 5xx is never."""
    name = type(error).__name__[:24]
    codes = ([code for code, _ in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused)
             else [error.smtp_code])
    return PermanentSendError(name) if codes and min(codes) >= _NEVER else TransientSendError(name)


def _domain_of(message: EmailMessage) -> str:
    address = parseaddr(str(message["From"]))[1]
    return address.rpartition("@")[2] or "localhost"


def _connect(url: SplitResult) -> smtplib.SMTP:
    host, context = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 587, timeout=_TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif url.username:
            raise PermanentSendError("smtp_not_encrypted")
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server
