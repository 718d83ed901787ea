"""How errors look: `{"error": {"code", "message"}}`, French, never a stack trace and never what the person wrote."""

from __future__ import annotations

from channels.errors import BadRequest, Forbidden, HelplineError, Invalid, NotFound, TooLarge, TooManyRequests, Unauthorized
from channels.messages import Json

INTERNAL = ("internal", "Une erreur est survenue de notre côté. Réessayez dans un instant.")
_BY_STATUS: dict[int, type[HelplineError]] = {
    kind.status: kind for kind in (BadRequest, Unauthorized, Forbidden, NotFound, TooLarge, Invalid, TooManyRequests)}


def error_body(code: str, message: str) -> Json:
    """The contract's error."""
    return {"error": {"code": code, "message": message}}


def body_of_status(status: int) -> Json:
    """The error of an HTTP status that the framework raised."""
    if status == 405:
        return error_body("method_not_allowed", "Cette méthode n'est pas admise ici.")
    kind = _BY_STATUS.get(status, BadRequest if status < 500 else None)
    return error_body(kind.code, kind.default) if kind else error_body(*INTERNAL)


def status_of_validation(kinds: set[str]) -> int:
    """400 when the body is not JSON at all, 422 when it is and does not fit."""
    return 400 if "json_invalid" in kinds else 422
