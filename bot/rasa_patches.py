"""Two hot spots of Rasa 3.6.21, made fast without changing what they do.

* `RemoteAction._validate_action_result` checks and compiles its JSON schema at every action call: 30 of the 34 ms of a turn.
  The schema is a constant, so one compiled validator gives the same verdicts.
* `Event.resolve_by_type` walks all subclasses of Event for every event that an action returns; the answer never changes.

A test fails when the pinned version changes: read both functions again before moving `PATCHED_VERSION`.
"""

from __future__ import annotations

import functools
from typing import Any

from bot.errors import UnsupportedRasaVersion

PATCHED_VERSION = "3.6.21"


def apply() -> None:
    """Patches Rasa in this process.

    Raises:
        UnsupportedRasaVersion: another version than `PATCHED_VERSION` is installed.
    """
    import rasa

    if rasa.__version__ != PATCHED_VERSION:
        raise UnsupportedRasaVersion(f"patches are for Rasa {PATCHED_VERSION}, found {rasa.__version__}")
    _cache_action_validator()
    _memoise_event_types()
    _memoise_rule_states()


def _cache_action_validator() -> None:
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    validator_class = validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(_without_plain_slots(result))
        return True

    RemoteAction._validate_action_result = validate


def _without_plain_slots(result: Any) -> Any:
    # Nearly all that our actions return is slots, and the schema tries each event against every kind: those that are
    # plainly well-formed need not pass through it, everything else still does.
    if not isinstance(result, dict) or not isinstance(result.get("events"), list):
        return result
    return {**result, "events": [event for event in result["events"] if not _plain_slot(event)]}


def _plain_slot(event: Any) -> bool:
    return (isinstance(event, dict) and event.get("event") == "slot" and isinstance(event.get("name"), str)
            and "value" in event and event.get("timestamp") is None)


def _memoise_event_types() -> None:
    from rasa.shared.core.events import Event

    # An unknown name raises and is not cached, as before.
    Event.resolve_by_type = staticmethod(functools.lru_cache(maxsize=256)(Event.resolve_by_type))


def _memoise_rule_states() -> None:
    import json

    from rasa.core.policies.rule_policy import RulePolicy

    @functools.lru_cache(maxsize=4096)
    def parsed(rule_key: str) -> tuple[Any, ...]:
        return tuple(json.loads(rule_key))

    # RulePolicy parses every rule's JSON at every prediction; it only reads the states, so one parse serves all.
    RulePolicy._rule_key_to_state = staticmethod(lambda rule_key: list(parsed(rule_key)))
