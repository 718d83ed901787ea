"""Everything that must be right for the service to run, looked at one by one: `parcours doctor`. It changes nothing."""

from __future__ import annotations

import asyncio
import shutil
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryFile
from urllib.parse import urlsplit

import httpx
from sqlalchemy import func, select

from channels.delivery.mail import MailSender
from channels.errors import HelplineError
from channels.operation import troubles
from channels.privacy.crypto import Keyring
from channels.privacy.key_check import keys_fit
from channels.settings import Settings
from channels.store.database import Database
from channels.store.models import Message
from channels.telecom.account import TwilioAccount
from clock import now
from parcours.paths import ENGINE_PYTHON
from parcours.schemas import Standing, schemas

_PATIENCE = 5.0  # seconds for whatever answers over a network
_CERTIFICATE_AT_LEAST = timedelta(days=14)
_STANDINGS = {Standing.CURRENT: "à jour", Standing.NEW: "pas encore créée (« parcours run » la crée)",
              Standing.BEHIND: "à mettre à jour (« parcours db upgrade »)", Standing.AHEAD: "plus récente que ce programme"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `good`, or what to do about it in `said` (French)."""

    name: str
    good: bool
    said: str


def examine(settings: Settings) -> Iterator[Check]:
    """Every check, in the order in which one would mend them. What cannot be looked at is not good, and says why."""
    for name, look in _LOOKS.items():
        try:
            yield from list(look(settings))
        except Exception as error:  # a doctor who faints helps nobody
            yield Check(name, False, f"n'a pas pu être regardé ({type(error).__name__})")


def _folders(settings: Settings) -> Iterator[Check]:
    for name, folder in (("dossier d'état", settings.state_dir), ("registre des effacements", settings.erasures)):
        good = _writable(folder)
        yield Check(name, good, f"{folder} {'peut' if good else 'ne peut pas'} être écrit")


def _writable(folder: Path) -> bool:
    try:
        with TemporaryFile(dir=folder if folder.exists() else folder.parent):
            return True
    except OSError:
        return False


def _disk(settings: Settings) -> Iterator[Check]:
    free = shutil.disk_usage(settings.state_dir if settings.state_dir.exists() else settings.state_dir.parent).free
    yield Check("disque", free >= troubles.DISK_LEAST, f"{free // 1024 ** 2} Mo libres")


def _schemas(settings: Settings) -> Iterator[Check]:
    for schema in schemas(settings):
        found = schema.standing()
        yield Check(f"base des {schema.name}", found in {Standing.CURRENT, Standing.NEW}, _STANDINGS[found])


def _keys(settings: Settings) -> Iterator[Check]:
    if schemas(settings)[1].standing() != Standing.CURRENT:
        return
    keys = Keyring.from_settings(settings)
    db = Database(settings.conversations_url, keys)
    try:
        db.read_now(lambda session: keys_fit(session, keys, learn=False))
        yield Check("clés", True, "elles ouvrent cette base")
        newest = db.read_now(lambda session: session.scalar(select(func.max(Message.created_at))))
        ahead = newest is not None and newest > now() + timedelta(minutes=5)
        said = "un message est daté de demain : l'horloge a reculé" if ahead else "elles concordent"
        yield Check("heure et base", not ahead, said)
    except HelplineError as error:
        yield Check("clés", False, error.message)
    finally:
        db.close()


def _time(settings: Settings) -> Iterator[Check]:
    local = now().astimezone()
    yield Check("heure", local.year >= 2026, f"{local:%d/%m/%Y %H:%M} ({local.tzname()})")


def _engine(settings: Settings) -> Iterator[Check]:
    installed = settings.engine_url is not None or ENGINE_PYTHON.exists()
    yield Check("moteur", installed, "installé" if installed else "absent : lancez « make setup »")


def _service(settings: Settings) -> Iterator[Check]:
    address = f"http://127.0.0.1:{settings.port}/health/ready"
    try:
        answer = httpx.get(address, timeout=_PATIENCE)
        missing = [name for name, good in answer.json()["parts"].items() if not good]
        said = f"il manque : {', '.join(missing)}" if missing else "tourne, toutes ses parties répondent"
        yield Check("service", not missing, said)
    except (httpx.HTTPError, ValueError, KeyError):
        yield Check("service", False, f"ne répond pas sur le port {settings.port}")


def _contact(settings: Settings) -> Iterator[Check]:
    mail = settings.oncall_email if settings.smtp_url else None
    known = {"SMS": settings.oncall_sms, "courriel": mail, "webhook": settings.alarm_webhook}
    ways = [name for name, value in known.items() if value]
    yield Check("contact de secours", bool(ways), f"prévenu par {', '.join(ways)}" if ways else
                "aucun : ni PARCOURS_ONCALL_SMS, ni PARCOURS_ONCALL_EMAIL, ni PARCOURS_ALARM_WEBHOOK")


def _mail(settings: Settings) -> Iterator[Check]:
    if not settings.smtp_url:
        return
    try:
        MailSender(settings.smtp_url).greet()
        yield Check("courriel", True, "le serveur accepte la connexion")
    except (OSError, smtplib.SMTPException) as error:
        yield Check("courriel", False, f"le serveur refuse ou ne répond pas ({type(error).__name__})")


def _provider(settings: Settings) -> Iterator[Check]:
    account = TwilioAccount.from_settings(settings)
    if account is None:
        yield Check("prestataire SMS", True, "non configuré : ni SMS ni téléphone")
        return
    said = asyncio.run(_asked(account, str(settings.twilio_account_sid)))
    yield Check("prestataire SMS", said == "", said or "le compte répond et est actif")


async def _asked(account: TwilioAccount, sid: str) -> str:
    try:
        found = await asyncio.wait_for(account.client.api.v2010.accounts(sid).fetch_async(), _PATIENCE)
        return "" if str(found.status) == "active" else f"le compte est « {found.status} »"
    except Exception as error:  # the library has many of its own
        return f"ne répond pas ou refuse ({type(error).__name__})"
    finally:
        await account.http.close()


def _redis(settings: Settings) -> Iterator[Check]:
    if settings.redis_url:
        good = asyncio.run(troubles.redis_answers(settings.redis_url))
        yield Check("Redis", good, "répond" if good else "ne répond pas")


def _certificate(settings: Settings) -> Iterator[Check]:
    parts = urlsplit(settings.public_base)
    if parts.scheme != "https" or not parts.hostname:
        return
    try:
        left = _certificate_ends(parts.hostname, parts.port or 443) - now()
        yield Check("certificat", left >= _CERTIFICATE_AT_LEAST, f"encore {left.days} jour(s)")
    except (OSError, ssl.SSLError) as error:
        yield Check("certificat", False, f"{parts.hostname} n'en montre pas de valable ({type(error).__name__})")


def _certificate_ends(host: str, port: int) -> datetime:
    with create_connection((host, port), _PATIENCE) as plain, ssl.create_default_context().wrap_socket(
            plain, server_hostname=host) as secure:
        shown = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)


def _backup(settings: Settings) -> Iterator[Check]:
    last = troubles.last_backup(settings.state_dir)
    if last is None:
        yield Check("sauvegarde", False, "aucune n'a été faite d'ici")
        return
    hours = int((now() - last).total_seconds() // 3600)
    yield Check("sauvegarde", 0 <= hours <= 36, f"la dernière date d'il y a {hours} h")


_LOOKS = {"dossiers": _folders, "disque": _disk, "bases": _schemas, "clés": _keys, "heure": _time, "moteur": _engine,
          "service": _service, "contact de secours": _contact, "courriel": _mail, "prestataire SMS": _provider, "Redis": _redis,
          "certificat": _certificate, "sauvegarde": _backup}
