"""Typed errors of the engine's side. Each knows the HTTP status and the short code that the gateway channel answers."""

from __future__ import annotations


class EngineError(Exception):
    """An expected failure. Its message is for developers and never holds a citizen's words."""

    status = 500
    code = "engine_failure"


class Unauthorized(EngineError):
    """The bearer token is missing or wrong."""

    status = 401
    code = "unauthorized"


class BodyTooLarge(EngineError):
    """The request is larger than any real turn."""

    status = 413
    code = "too_large"


class BadTurn(EngineError):
    """The body is not a turn as the channel understands it."""

    status = 422
    code = "bad_turn"


class BadState(BadTurn):
    """The conversation state handed back is not one that this engine wrote."""

    code = "bad_state"


class UnknownIntent(BadTurn):
    """A structured turn names an intent that the domain does not hold."""

    code = "unknown_intent"


class NotReady(EngineError):
    """No model is loaded."""

    status = 503
    code = "not_ready"


class TurnTimeout(EngineError):
    """The turn took longer than the engine may keep a person waiting."""

    status = 500
    code = "turn_timeout"


class UnsupportedRasaVersion(EngineError):
    """The patches were written for another version of Rasa."""

    code = "unsupported_rasa_version"
