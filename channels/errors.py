"""Expected errors: a stable code, the HTTP status of the contract, a French message. `app.py` renders them, nobody else."""

from __future__ import annotations

from typing import ClassVar


class HelplineError(Exception):
    """Base of every expected error. `message` is French and safe to show; it never holds personal data."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    default: ClassVar[str] = "La demande n'est pas valable."

    def __init__(self, message: str | None = None, *, headers: dict[str, str] | None = None) -> None:
        self.message = message or self.default
        self.headers = headers or {}
        super().__init__(self.message)


class BadRequest(HelplineError):
    """The request cannot be read."""


class Unauthorized(HelplineError):
    """No token, an unknown token or an expired one."""

    status, code, default = 401, "unauthorized", "La session est inconnue ou terminée."


class Forbidden(HelplineError):
    """The person is known and may not do this."""

    status, code, default = 403, "forbidden", "Vous n'avez pas le droit de faire cela."


class SecondFactorMissing(Forbidden):
    """An administrator made the second factor compulsory, and this account has none yet."""

    code, default = "second_factor", "La double vérification est obligatoire : activez-la pour continuer."


class NotFound(HelplineError):
    """Nothing there, or nothing this person may see."""

    status, code, default = 404, "not_found", "Introuvable."


class Conflict(HelplineError):
    """Somebody or something else came first."""

    status, code, default = 409, "conflict", "Quelqu'un d'autre est passé avant."


class AlreadyClaimed(Conflict):
    """The case has an owner. `owner` is the owner's display name."""

    code = "already_claimed"

    def __init__(self, owner: str) -> None:
        self.owner = owner
        super().__init__(f"Cette demande est déjà suivie par {owner}.")


class Full(Conflict):
    """The advisor follows as many cases as their capacity says; one more is taken when they say so again."""

    code = "full"

    def __init__(self, capacity: int) -> None:
        super().__init__(f"Vous suivez déjà {capacity} demande{'s' if capacity > 1 else ''}, votre maximum.")


class TooLarge(HelplineError):
    """The text or file is over the limit."""

    status, code, default = 413, "too_large", "Le message est trop long."


class Invalid(HelplineError):
    """Well-formed but not acceptable (empty text, unknown outcome…)."""

    status, code, default = 422, "invalid", "Une information manque ou n'est pas valable."


class TooManyRequests(HelplineError):
    """A rate limit. `retry_after` in seconds, given in the Retry-After header."""

    status, code, default = 429, "too_many_requests", "Trop de messages à la suite : attendez un instant."

    def __init__(self, retry_after: int = 30) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


class Busy(HelplineError):
    """More are connected than this process can hold."""

    status, code, default = 503, "busy", "Trop de personnes sont connectées en ce moment : réessayez dans un instant."

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "10"})


class EngineFailure(Exception):
    """The engine gave no usable answer. `reason`: unavailable | timeout | error | empty | open_circuit."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
