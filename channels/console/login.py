"""Coming in and going out: the login, and the page of the one-time link where a password is chosen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from channels.console.access import AnyServices
from channels.console.errors_page import LOGIN, PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import (
    Posting,
    forget_session,
    guest_form,
    guest_secret,
    keep_guest,
    keep_session,
    known_device,
    session_token,
)
from channels.errors import HelplineError
from channels.people import passwords
from channels.web.limiting import address_of, spend
from channels.web.rate_limits import LOGINS

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Guest = Depends(guest_form)
Secret = Annotated[str, Form(max_length=300)]


@router.get(LOGIN)
async def login_page(request: Request, suite: Annotated[str, Query(max_length=200)] = "/console/") -> HTMLResponse:
    """The form; `suite` is where to go afterwards."""
    return _guest_page(request, "login.html", "Connexion", suite=_inside(suite), email="", error=None)


@router.post(LOGIN, dependencies=[Guest])
async def log_in(request: Request, services: AnyServices, email: Secret, password: Secret, totp: Secret = "",
                 suite: Annotated[str, Form(max_length=200)] = "/console/") -> Response:
    """Opens the session; a refusal never says what was wrong."""
    try:
        spend(request, LOGINS, address_of(request))
        login = await services.accounts.login(email, password, totp.strip() or None, request.headers.get("user-agent"),
                                              known_device(request))
    except HelplineError as error:
        return _guest_page(request, "login.html", "Connexion", status=error.status, suite=_inside(suite), email=email,
                           error=error.message)
    response = RedirectResponse(_inside(suite) if login.principal.sees_cases else "/console/pas-compris", 303)
    keep_session(request, response, login)
    return response


@router.post("/console/deconnexion")
async def log_out(request: Request, services: AnyServices, _login: Posting) -> Response:
    """Ends this session; the page's script forgets the drafts it kept."""
    await services.accounts.logout(session_token(request))
    response = back(LOGIN, "Vous êtes déconnecté.")
    forget_session(response)
    return response


@router.get("/console/mot-de-passe/{secret}")
async def password_page(request: Request, services: AnyServices, secret: str) -> HTMLResponse:
    """The one-time link: whose password it sets, and the form."""
    email = await services.accounts.account_of_link(secret)
    return _guest_page(request, "password.html", "Choisir un mot de passe", email=email, error=None, shortest=passwords.SHORTEST)


@router.post("/console/mot-de-passe/{secret}", dependencies=[Guest])
async def set_password(request: Request, services: AnyServices, secret: str, password: Secret, again: Secret) -> Response:
    """Sets it and uses the link up."""
    email = await services.accounts.account_of_link(secret)
    try:
        if password != again:
            raise _Different
        await services.accounts.set_password(secret, password)
    except HelplineError as error:
        return _guest_page(request, "password.html", "Choisir un mot de passe", status=error.status, email=email,
                           error=error.message, shortest=passwords.SHORTEST)
    return back(LOGIN, "Votre mot de passe est enregistré. Vous pouvez vous connecter.")


class _Different(HelplineError):
    status, code, default = 422, "invalid", "Les deux mots de passe sont différents."


def _guest_page(request: Request, template: str, title: str, status: int = 200, **context: Any) -> HTMLResponse:
    secret = guest_secret(request)
    response = render(request, template, title=title, status=status, secret=secret, **context)
    keep_guest(request, response, secret)
    return response


def _inside(url: str) -> str:
    """Only pages of the console: a link may not lead somebody who just logged in elsewhere."""
    return url if url.startswith("/console/") and "//" not in url and "\\" not in url else "/console/"
