"""The Twilio account: credentials, sender, and an HTTP client that can be pointed at an emulator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels.settings import Settings

_TIMEOUT = httpx.Timeout(15.0, connect=5.0)
_MAIN_HOST = "api.twilio.com"


class RewritingClient(AsyncHttpClient):  # type: ignore[misc]
    """Twilio's library over httpx; `api_url` replaces every Twilio host (product hosts become a first folder: /messaging…)."""

    def __init__(self, api_url: str | None) -> None:
        super().__init__(None, True)
        self._api = api_url.rstrip("/") if api_url else None
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=httpx.Limits(max_connections=20))

    async def request(self, method: str, uri: str, params: Any = None, data: Any = None, headers: Any = None, auth: Any = None,
                      timeout: float | None = None,  # noqa: ASYNC109 - the library's own signature
                      allow_redirects: bool = False) -> Response:
        """One call.

        Raises:
            httpx.HTTPError: no answer (see channels/sms/sender.py for what each kind means).
        """
        answer = await self._http.request(method, self.address(uri), params=params or None, data=data or None, headers=headers,
                                          auth=auth, follow_redirects=allow_redirects)
        return Response(answer.status_code, answer.text)

    def address(self, uri: str) -> str:
        """Where a Twilio address really goes."""
        if self._api is None:
            return uri
        parts = urlsplit(uri)
        product = "" if parts.hostname == _MAIN_HOST else f"/{(parts.hostname or '').split('.')[0]}"
        return f"{self._api}{product}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()


@dataclass(frozen=True)
class TwilioAccount:
    """A configured account. `sender`: what `messages.create` is told about who sends."""

    client: Client
    http: RewritingClient
    sender: dict[str, str]

    @classmethod
    def from_settings(cls, settings: Settings) -> TwilioAccount | None:
        """None when Twilio is not configured: the helpline runs without SMS and phone."""
        if not settings.twilio_account_sid or not settings.twilio_auth_token:
            return None
        http = RewritingClient(settings.twilio_api_url)
        client = Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=http)
        if settings.twilio_messaging_service_sid:
            sender = {"messaging_service_sid": settings.twilio_messaging_service_sid}
        else:
            sender = {"from_": settings.twilio_from} if settings.twilio_from else {}
        return cls(client, http, sender)
