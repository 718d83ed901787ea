"""Pages of administrators (accounts, their sessions and keys) and of supervisors (the audit log)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from channels.console import labels
from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.errors import HelplineError, Invalid
from channels.people.entering import Login
from channels.store.staff import loads
from clock import in_paris, now

router = APIRouter(prefix="/console/administration", include_in_schema=False, route_class=PageRoute)
journal = APIRouter(include_in_schema=False, route_class=PageRoute)
Short = Annotated[str, Form(max_length=200)]
_PAGE = "/console/administration"
_MOST_CAPACITY = 50


@router.get("")
async def accounts_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """Everybody, by team."""
    return await _page(request, services, login)


async def _page(request: Request, services: AnyServices, login: Me, **extra: Any) -> HTMLResponse:
    login.principal.need(login.principal.administers)
    people = sorted(await services.accounts.list(login.principal), key=lambda row: (not row.active, row.team or "", row.name))
    shown = {"link": None, "link_for": None, "new_key": None, "key_refused": None, **extra}
    return render(request, "accounts.html", title="Administration", login=login, people=people, roles=labels.ROLES,
                  teams=await services.teams.names(login.principal), loads=await services.db.read(loads),
                  keys=await services.account_access.keys(login.principal),
                  second_factor_for_all=await services.sessions.second_factor_for_all(), **shown)


@router.post("/comptes")
async def create(request: Request, services: AnyServices, login: Posting, email: Short, role: Short, name: Short = "",
                 team: Short = "") -> HTMLResponse:
    """A new account; its one-time link is shown once."""
    login.principal.need(login.principal.administers)
    secret = await services.accounts.create(email, role, name=name.strip() or None, team=team.strip() or None,
                                            by=login.principal.account_id)
    return await _page(request, services, login, link=_link(services, secret), link_for=email)


@router.post("/comptes/{account_id}")
async def change(services: AnyServices, login: Posting, account_id: str, name: Short, role: Short, capacity: Short,
                 team: Short = "", active: Short = "") -> RedirectResponse:
    """Name, role, team, capacity, active or not."""
    if not capacity.isdecimal() or not 0 <= int(capacity) <= _MOST_CAPACITY or not name.strip():
        raise Invalid(f"Il faut un nom, et une capacité de 0 à {_MOST_CAPACITY}.")
    own = account_id == login.principal.account_id
    if own and (role != login.principal.role or not active):
        raise Invalid("Demandez à un autre administrateur de changer votre rôle ou de désactiver votre compte.")
    row = await services.accounts.update(login.principal, account_id, name=name.strip(), role=role, team=team.strip() or None,
                                         capacity=int(capacity), active=bool(active))
    return back(_PAGE, f"Le compte de {row.name} est à jour.")


@router.post("/comptes/{account_id}/lien")
async def new_link(request: Request, services: AnyServices, login: Posting, account_id: str) -> HTMLResponse:
    """Another set-password link; earlier ones die."""
    login.principal.need(login.principal.administers)
    email = await _email(services, login, account_id)
    secret = await services.accounts.new_link(email, by=login.principal.account_id)
    return await _page(request, services, login, link=_link(services, secret), link_for=email)


@router.post("/comptes/{account_id}/cles")
async def new_key(request: Request, services: AnyServices, login: Posting, account_id: str, label: Short = "",
                  password: Short = "") -> HTMLResponse:
    """A key for another helpdesk that works in this person's name, shown this once; one's own password is asked for again."""
    login.principal.need(login.principal.administers)
    email = await _email(services, login, account_id)
    try:
        await services.accounts.prove(login.principal, password)
    except HelplineError as error:
        return await _page(request, services, login, key_refused=error.message, status=error.status)
    key = await services.accounts.create_key(email, label, by=login.principal.account_id)
    return await _page(request, services, login, new_key=key, link_for=email)


@router.post("/cles/{key_id}/fin")
async def end_key(services: AnyServices, login: Posting, key_id: str) -> RedirectResponse:
    """The key stops working at once."""
    await services.accounts.revoke_key(login.principal, key_id)
    return back(_PAGE, "La clé ne fonctionne plus.")


@router.post("/comptes/{account_id}/sessions")
async def end_sessions(services: AnyServices, login: Posting, account_id: str) -> RedirectResponse:
    """That person is logged out everywhere."""
    await services.accounts.revoke_sessions(login.principal, account_id)
    return back(_PAGE, "Les sessions de ce compte sont terminées.")


@router.post("/comptes/{account_id}/second-facteur")
async def reset(services: AnyServices, login: Posting, account_id: str) -> RedirectResponse:
    """For a lost telephone."""
    await services.second_factor.reset(login.principal, account_id)
    return back(_PAGE, "La double vérification de ce compte est retirée.")


@router.post("/second-facteur")
async def require_second_factor(request: Request, services: AnyServices, login: Posting, password: Short = "",
                                wanted: Short = "") -> Response:
    """For everybody's console, or no longer; one's own password is asked for again."""
    login.principal.need(login.principal.administers)
    try:
        await services.accounts.prove(login.principal, password)
    except HelplineError as error:
        return await _page(request, services, login, key_refused=error.message, status=error.status)
    await services.sessions.require_second_factor(login.principal, wanted=bool(wanted))
    return back(_PAGE, f"La double vérification est {'obligatoire pour tous' if wanted else 'au choix de chacun'}.")


@journal.get("/console/journal")
async def audit_page(request: Request, services: AnyServices, login: Me,
                     cible: Annotated[str, Query(max_length=64)] = "") -> HTMLResponse:
    """Who saw or changed what."""
    lines = await services.audit.lines(login.principal, target_id=cible.strip() or None, limit=300)
    return render(request, "audit.html", title="Journal des accès", login=login, lines=lines, cible=cible.strip(),
                  today=in_paris(now()))


async def _email(services: AnyServices, login: Login, account_id: str) -> str:
    people = {row.id: row.email for row in await services.accounts.list(login.principal)}
    if account_id not in people:
        raise Invalid("Ce compte n'existe pas.")
    return people[account_id]


def _link(services: AnyServices, secret: str) -> str:
    return f"{services.settings.public_base}/console/mot-de-passe/{secret}"
