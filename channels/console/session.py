"""The console's own login: the cookie, the account behind it, and the token that every form carries."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from channels.console.access import AnyServices, services_of
from channels.errors import Forbidden, SecondFactorMissing, Unauthorized
from channels.people.entering import DEVICE_LIFE, Login
from channels.web.addresses import parts_of

PATH, ACCOUNT = "/console", "/console/compte"
# Where one may be while the second factor is compulsory and missing.
_OF_THE_SECOND_FACTOR = ("/console/compte/second-facteur", "/console/deconnexion")
_SESSION, _GUEST, _DEVICE = "parcours_console", "parcours_formulaire", "parcours_appareil"


def _secure(request: Request) -> bool:
    return request.url.scheme == "https" or services_of(request).settings.public_base.startswith("https:")


def keep_session(request: Request, response: Response, login: Login) -> None:
    """Puts the session into a cookie that no script can read and that no other site's form sends along."""
    response.set_cookie(_SESSION, login.token, path=PATH, httponly=True, samesite="lax", secure=_secure(request),
                        expires=login.expires_at)
    response.set_cookie(_DEVICE, login.device, path=PATH, httponly=True, samesite="strict", secure=_secure(request),
                        max_age=int(DEVICE_LIFE.total_seconds()))


def known_device(request: Request) -> str | None:
    """What this browser kept of an earlier login."""
    return request.cookies.get(_DEVICE)


def forget_session(response: Response) -> None:
    """Takes the cookie away."""
    response.delete_cookie(_SESSION, path=PATH, httponly=True, samesite="lax")


def session_token(request: Request) -> str:
    """The cookie's value.

    Raises:
        Unauthorized: there is none.
    """
    token = request.cookies.get(_SESSION)
    if not token:
        raise Unauthorized
    return token


async def signed_in(request: Request, services: AnyServices) -> Login:
    """The open session of this browser.

    Raises:
        SecondFactorMissing: it is compulsory, and this is no page for setting it up.
    """
    login = await services.sessions.of_token(session_token(request), acting=_by_a_person(request))
    if login.enrols and not request.url.path.startswith(_OF_THE_SECOND_FACTOR) and request.url.path != ACCOUNT:
        raise SecondFactorMissing
    return login


def _by_a_person(request: Request) -> bool:
    """A page that was opened or a form that was sent; what a page's script fetches for itself is neither."""
    return request.method == "POST" or ("text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers)


Me = Annotated[Login, Depends(signed_in)]


async def posted(request: Request, login: Me) -> Login:
    """The session behind a form or a script's POST, checked against another site's forgery.

    Raises:
        Forbidden: the form's token is not this session's.
    """
    same_site(request)
    given = request.headers.get("x-csrf-token") or str((await request.form()).get("csrf", ""))
    if not matches(login.csrf, given):
        raise Forbidden("Cette page a expiré : rechargez-la, puis recommencez.")
    return login


Posting = Annotated[Login, Depends(posted)]


def form_token(secret: str) -> str:
    """A token for a form, another one each time, so that a compressed page gives nothing away."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_seal(secret, salt)}"


def matches(secret: str, given: str) -> bool:
    """True when a token was made from this secret."""
    salt, _, seal = given.partition(".")
    return bool(secret and salt) and hmac.compare_digest(seal.encode(), _seal(secret, salt).encode())


def _seal(secret: str, salt: str) -> str:
    return hmac.new(secret.encode(), salt.encode(), sha256).hexdigest()


def guest_secret(request: Request) -> str:
    """What the forms before the login are sealed with; made when the browser has none."""
    return request.cookies.get(_GUEST) or secrets.token_urlsafe(24)


def keep_guest(request: Request, response: Response, secret: str) -> None:
    """Remembers it for the answer of the form."""
    response.set_cookie(_GUEST, secret, path=PATH, httponly=True, samesite="strict", secure=_secure(request), max_age=3600)


async def guest_form(request: Request) -> None:
    """A form before the login, checked the same way.

    Raises:
        Forbidden: it does not come from our page.
    """
    same_site(request)
    if not matches(request.cookies.get(_GUEST, ""), str((await request.form()).get("csrf", ""))):
        raise Forbidden("Cette page a expiré : rechargez-la, puis recommencez.")


def same_site(request: Request) -> None:
    """Refuses what a browser says comes from another site.

    Raises:
        Forbidden: it does.
    """
    fetched, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = fetched is not None and fetched not in {"same-origin", "none"}
    if foreign or (origin not in {None, "null"} and parts_of(origin or "").netloc != request.headers.get("host")):
        raise Forbidden("Cette action ne vient pas de la console.")
