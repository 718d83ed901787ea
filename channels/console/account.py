"""One's own account: presence, second factor, API keys, other sessions, own canned replies."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.canned_words import VARIABLES
from channels.console.errors_page import LOGIN, PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.qr_code import qr_code
from channels.console.session import Me, Posting
from channels.console.store_reads import email_of, own_account
from channels.errors import HelplineError
from channels.people.colleagues import Colleagues

router = APIRouter(prefix="/console/compte", include_in_schema=False, route_class=PageRoute)
Short = Annotated[str, Form(max_length=200)]
_PAGE = "/console/compte"


@router.get("")
async def account_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """Everything one may change for oneself."""
    return await _page(request, services, login)


async def _page(request: Request, services: AnyServices, login: Me, **extra: Any) -> HTMLResponse:
    me = login.principal
    row = await services.db.read(lambda session: own_account(session, me.account_id))
    shown = {"new_key": None, "key_refused": None, "label": "", "qr_code": qr_code,
             "enrolment": await services.second_factor.waiting(me), **extra}
    mobile = await services.duty.mobile(me)
    sessions = await services.account_access.sessions(me, me.account_id, login.token)
    return render(request, "account.html", title="Mon compte", login=login, account=row, keys=await services.accounts.keys(me),
                  canned=await services.canned.list(me), variables=VARIABLES, sessions=sessions, mobile=mobile,
                  telephone=await Colleagues(services.db).phone_of(me.account_id), **shown)


@router.post("/presence")
async def presence(request: Request, services: AnyServices, login: Posting, available: Short) -> RedirectResponse:
    """Available for new cases, or not; from the account's page or from the queue."""
    await services.accounts.update(login.principal, login.principal.account_id, available=available == "1")
    came_from = urlsplit(request.headers.get("referer", "")).path
    page = "/console/" if came_from == "/console/" else _PAGE
    return back(page, "Vous êtes disponible." if available == "1" else "Vous êtes indiqué comme indisponible.")


@router.post("/mobile")
async def own_mobile(services: AnyServices, login: Posting, mobile: Short = "") -> RedirectResponse:
    """Where one gets alerts when on duty."""
    await services.duty.set_mobile(login.principal, login.principal.account_id, mobile)
    return back(_PAGE, "Votre mobile d'astreinte est enregistré." if mobile.strip() else "Votre mobile d'astreinte est retiré.")


@router.post("/telephone")
async def own_telephone(services: AnyServices, login: Posting, number: Short = "") -> RedirectResponse:
    """Where calls are put through to oneself."""
    email = await services.db.read(lambda session: email_of(session, login.principal.account_id))
    await Colleagues(services.db).set_phone(email, number.strip() or None)
    return back(_PAGE, "Votre téléphone est enregistré." if number.strip() else "Votre téléphone est retiré.")


@router.post("/cles")
async def new_key(request: Request, services: AnyServices, login: Posting, label: Short = "",
                  password: Short = "") -> HTMLResponse:
    """A new API key, shown this once; the password is asked for again."""
    try:
        await services.accounts.prove(login.principal, password)
    except HelplineError as error:
        return await _page(request, services, login, key_refused=error.message, label=label, status=error.status)
    key = await services.accounts.create_key(login.principal.account_id, label, by=login.principal.account_id)
    return await _page(request, services, login, new_key=key)


@router.post("/cles/{key_id}/fin")
async def end_key(services: AnyServices, login: Posting, key_id: str) -> RedirectResponse:
    """The key stops working at once."""
    await services.accounts.revoke_key(login.principal, key_id)
    return back(_PAGE, "La clé ne fonctionne plus.")


@router.post("/second-facteur")
async def start_second_factor(services: AnyServices, login: Posting, current: Short = "") -> RedirectResponse:
    """A secret for the telephone's application; it counts once a first code was right."""
    await services.second_factor.start(login.principal, current)
    return back(f"{_PAGE}#double")


@router.post("/second-facteur/annuler")
async def cancel_second_factor(services: AnyServices, login: Posting) -> RedirectResponse:
    """What counted before goes on counting."""
    await services.second_factor.cancel(login.principal)
    return back(_PAGE, "Rien n'a changé.")


@router.post("/second-facteur/code")
async def confirm_second_factor(services: AnyServices, login: Posting, code: Short) -> RedirectResponse:
    """The first right code turns it on."""
    await services.second_factor.confirm(login.principal, code)
    return back(_PAGE, "La double vérification est active : un code vous sera demandé à chaque connexion.")


@router.post("/sessions/fin")
async def end_sessions(services: AnyServices, login: Posting) -> RedirectResponse:
    """Ends every session of this account, this one too."""
    await services.accounts.revoke_sessions(login.principal, login.principal.account_id)
    return back(LOGIN, "Toutes vos sessions sont terminées.")


@router.post("/sessions/{session_id}/fin")
async def end_session(services: AnyServices, login: Posting, session_id: str) -> RedirectResponse:
    """Ends one of them: a lost laptop, a shared computer."""
    await services.account_access.end_session(login.principal, session_id)
    return back(_PAGE, "Cette session est terminée.")


@router.post("/reponses")
async def save_canned(services: AnyServices, login: Posting, shortcut: Short, title: Short,
                      text: Annotated[str, Form(max_length=4000)], shared: Short = "", id: Short = "") -> RedirectResponse:
    """A ready sentence, one's own or for all."""
    await services.canned.save(login.principal, shortcut, title, text, shared=bool(shared), id=id or None)
    return back(f"{_PAGE}#reponses", "La réponse type est enregistrée.")


@router.post("/reponses/{canned_id}/fin")
async def delete_canned(services: AnyServices, login: Posting, canned_id: str) -> RedirectResponse:
    """Removes one."""
    await services.canned.delete(login.principal, canned_id)
    return back(f"{_PAGE}#reponses", "La réponse type est supprimée.")
