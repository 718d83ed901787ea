"""One sentence that the next page shows: « C'est noté. », or why something was refused."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

_COOKIE = "parcours_message"
_LONGEST = 400  # characters


@dataclass(frozen=True, slots=True)
class Flash:
    """`kind`: done or error."""

    kind: str
    text: str


def waiting(text: str, kind: str = "error") -> str:
    """The sentence as a browser sends it back."""
    return f"{_COOKIE}={_value(text, kind)}"


def _value(text: str, kind: str) -> str:
    return quote(f"{kind}:{text[:_LONGEST]}")


def back(url: str, text: str = "", kind: str = "done") -> RedirectResponse:
    """Goes to a page of the console after a form, with a sentence."""
    response = RedirectResponse(url, 303)
    if text:
        response.set_cookie(_COOKIE, _value(text, kind), path="/console", max_age=60, httponly=True,
                            samesite="strict")
    return response


def flash_of(request: Request) -> Flash | None:
    """The sentence that waits, if any."""
    kind, _, text = unquote(request.cookies.get(_COOKIE, "")).partition(":")
    return Flash("error" if kind == "error" else "done", text) if text else None


def shown(response: Response) -> None:
    """It was shown: once is enough."""
    response.delete_cookie(_COOKIE, path="/console", httponly=True, samesite="strict")
