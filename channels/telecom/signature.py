"""Who may post to /webhooks/twilio: only Twilio. The signature covers the public address and the form as it came.

Anything else - no signature, a wrong one, another body, too long a body, no secret configured - is 403, never an exception.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

import structlog
from fastapi import Depends, Request
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import ClientDisconnect
from twilio.request_validator import RequestValidator

from channels.errors import Forbidden
from channels.operation import metrics
from channels.settings import Settings

log = structlog.get_logger(__name__)
_MOST_BYTES = 65_536
_MOST_FIELDS = 500
_LONGEST_SID = 48
_FORM_TYPE = "application/x-www-form-urlencoded"


class TwilioForm(ImmutableMultiDict[str, str]):
    """The fields of a verified request, repeated ones included; unknown fields are simply not read."""

    def text(self, *names: str) -> str:
        """The first of these fields that is there, without spaces around; "" when none is."""
        return next((value.strip() for name in names if (value := self.get(name))), "")

    def sid(self, *names: str) -> str:
        """Twilio's identifier in the first of these fields; one that no database column could hold becomes a short one."""
        found = self.text(*names)
        return found if len(found) <= _LONGEST_SID and found.isprintable() else hashlib.sha256(found.encode()).hexdigest()[:40]

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; `default` when it is missing or is none."""
        value = self.text(name)
        return int(value) if value.isdecimal() and len(value) < 9 else default


async def signed_form(request: Request) -> TwilioForm:
    """The form of a request that Twilio signed; for `Depends`.

    Raises:
        Forbidden: it is not Twilio's, or it cannot be read. Nothing has been stored.
    """
    settings: Settings = request.app.state.services.settings
    form = await _form(request)
    if form is None or not _is_signed(request, settings, form):
        metrics.REFUSED_WEBHOOKS.inc()
        log.warning("webhook_refused", path=request.url.path, signed="x-twilio-signature" in request.headers)
        raise Forbidden("Signature absente ou incorrecte.")
    return form


Signed = Annotated[TwilioForm, Depends(signed_form)]


def _is_signed(request: Request, settings: Settings, form: TwilioForm) -> bool:
    signature = request.headers.get("x-twilio-signature", "")
    if not signature or not settings.twilio_auth_token:
        return False
    validator = RequestValidator(settings.twilio_auth_token)
    try:
        return bool(validator.validate(public_address(request.scope, settings.public_base), form, signature))
    except ValueError:  # an address that no parser accepts
        return False


def public_address(scope: Mapping[str, object], base: str) -> str:
    """The address Twilio called: the public one, whatever proxies rewrote on the way (host, scheme, port, path prefix)."""
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    path = (raw if isinstance(raw, bytes) else str(raw).encode()).decode("latin-1")
    query = scope.get("query_string") or b""
    public = urlsplit(base)
    if public.path and path.startswith(f"{public.path}/"):
        base = f"{public.scheme}://{public.netloc}"  # the proxy left our prefix in the path
    return base + path + (f"?{query.decode('latin-1')}" if isinstance(query, bytes) and query else "")


async def _form(request: Request) -> TwilioForm | None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        return None
    body = await _body(request)
    if body is None:
        return None
    try:
        fields = parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return TwilioForm(fields)


async def _body(request: Request) -> bytes | None:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_BYTES:
                return None
    except ClientDisconnect:
        return None
    return body
