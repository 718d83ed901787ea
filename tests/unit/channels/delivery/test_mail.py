"""A mail is complete, and « not now » is not « never »."""

from __future__ import annotations

import smtplib
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from channels.delivery import mail
from channels.delivery.mail import MailSender
from channels.delivery.outbox import Job, PermanentSendError, TransientSendError

JOB = Job(1, "email", "astreinte@exemple.fr", "Une alerte.", "abc123", 0, {"subject": "Alerte"})
URL = urlsplit("smtp://courrier.exemple.fr?from=Parcours-M%C3%A9tiers%20%3Calerte@exemple.fr%3E")


def test_a_mail_has_what_keeps_it_out_of_the_bin() -> None:
    message = MailSender._message(URL, JOB)
    assert parsedate_to_datetime(message["Date"]).tzinfo is not None
    assert message["Message-ID"] == "<abc123@exemple.fr>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == "astreinte@exemple.fr" and message["Subject"] == "Alerte"


def test_the_same_mail_tried_again_is_known_by_its_name() -> None:
    assert MailSender._message(URL, JOB)["Message-ID"] == MailSender._message(URL, JOB)["Message-ID"]


@pytest.mark.parametrize(("error", "outcome"), [
    (smtplib.SMTPRecipientsRefused({"a@b.fr": (450, b"greylisted")}), TransientSendError),
    (smtplib.SMTPRecipientsRefused({"a@b.fr": (451, b"later")}), TransientSendError),
    (smtplib.SMTPRecipientsRefused({"a@b.fr": (550, b"unknown")}), PermanentSendError),
    (smtplib.SMTPSenderRefused(452, b"full", "x@y.fr"), TransientSendError),
    (smtplib.SMTPSenderRefused(553, b"no", "x@y.fr"), PermanentSendError),
    (smtplib.SMTPDataError(451, b"later"), TransientSendError),
    (smtplib.SMTPDataError(554, b"spam"), PermanentSendError),
    (smtplib.SMTPAuthenticationError(454, b"temporary"), TransientSendError),
    (smtplib.SMTPAuthenticationError(535, b"wrong"), PermanentSendError),
    (smtplib.SMTPServerDisconnected("gone"), TransientSendError),
])
def test_4xx_is_tried_again_and_5xx_is_not(monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: type[Exception]) -> None:
    def refuses(_url: object) -> object:
        raise error

    monkeypatch.setattr(mail, "_connect", refuses)
    with pytest.raises(outcome):
        MailSender._deliver(URL, MailSender._message(URL, JOB))
