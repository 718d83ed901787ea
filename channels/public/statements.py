"""What we do with data, and how accessible these pages are."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from channels.public.pages import render
from channels.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/donnees", response_class=HTMLResponse)
def data_page(request: Request) -> HTMLResponse:
    """What is kept, why, for how long, and how to erase it; the periods are those that the purge applies."""
    return render(request, "data.html", title="Vos données", periods=periods(request.app.state.services.settings))


@router.get("/accessibilite", response_class=HTMLResponse)
def accessibility_page(request: Request) -> HTMLResponse:
    """A short, honest statement."""
    return render(request, "accessibility.html", title="Accessibilité")


def periods(settings: Settings) -> list[tuple[str, str, str]]:
    """(what, why, how long) of each kind of data, from the settings."""
    return [
        ("Vos messages et les réponses, sans demande à un conseiller", "Vous répondre et garder le fil de la conversation",
         in_french(settings.keep_conversation_days)),
        ("Vos messages et les notes, après une demande à un conseiller", "Vous suivre sans vous faire répéter",
         f"{in_french(settings.keep_case_days)} après la fin de la demande"),
        ("Votre numéro de téléphone, si vous demandez un rappel", "Vous rappeler",
         f"{in_french(settings.keep_callback_days)} après le rappel"),
        ("Votre numéro de téléphone, si vous écrivez par SMS", "Vous répondre", "aussi longtemps que votre conversation"),
        ("La preuve de votre STOP (une empreinte du numéro, pas le numéro)", "Ne plus jamais vous écrire",
         in_french(settings.keep_opt_out_days)),
        ("Qui, parmi les conseillers, a ouvert votre demande et quand", "Contrôler les accès",
         in_french(settings.keep_audit_days)),
    ]


def in_french(days: int) -> str:
    """« 90 jours », « 1 an », « 3 ans »."""
    years, rest = divmod(days, 365)
    if not rest and years:
        return f"{years} an{'s' if years > 1 else ''}"
    return f"{days} jour{'s' if days > 1 else ''}"
