"""Every operation of the OpenAPI document, asked with what its schema allows and with what it does not: never a 500."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, openapi
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from channels.web.rate_limits import LocalRateLimiter
from tests.fixtures.gateway import Gateway, running_gateway
from tests.fixtures.signed import signature

# The long form is `make soak`: FUZZ_EXAMPLES=60.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "4"))
SECRET = "un secret de Twilio"
# With a valid key these stay open for ever; a stream's ticket is never guessed.
_ENDLESS = ("/api/advisor/events",)
_LONGEST_WAIT = 0.05  # seconds
Headers = Callable[[], dict[str, str]]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """The real gateway, knowledge base included, with an engine that echoes."""
    folder = tmp_path_factory.mktemp("fuzz")
    with running_gateway(folder, twilio_account_sid="AC" + "0" * 32, twilio_auth_token=SECRET, twilio_from="+33757000000",
                         twilio_api_url="http://127.0.0.1:9", sms_batch_seconds=0) as running:
        running.app.state.rate_limiter = LocalRateLimiter(0)
        yield running


@pytest.fixture(scope="module")
def key(gateway: Gateway) -> str:
    """An advisor's key."""
    async def make() -> str:
        await gateway.services.accounts.create("fuzz@exemple.fr", "conseiller", name="Fuzz")
        return await gateway.services.accounts.create_key("fuzz@exemple.fr")

    return gateway.call(make())


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    """One connection to the gateway."""
    with httpx.Client(base_url=gateway.url, timeout=90) as opened:
        yield opened


def operations(gateway: Gateway, prefix: str) -> list[APIOperation[Any, Any, Any, Any]]:
    """The operations under a prefix."""
    schema = openapi.from_dict(gateway.app.openapi())
    found = [item.ok() for item in schema.get_all_operations() if isinstance(item, Ok)]
    wanted = [item for item in found if item.path.startswith(prefix) and item.path not in _ENDLESS]
    return sorted(wanted, key=lambda item: item.method == "delete")  # last: it ends the session that all of them use


def ask(gateway: Gateway, prefix: str, mode: GenerationMode, headers: Headers) -> int:
    """Asks every operation EXAMPLES times; returns how many requests were answered without a 5xx."""
    answered = 0
    for operation in operations(gateway, prefix):

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES < 50,
                  phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
        def once(case: Case) -> None:
            nonlocal answered
            _hurry(case)
            # What HTTP itself cannot carry (a line break in a header) is not sent.
            with suppress(requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError):
                status = case.call(base_url=gateway.url, headers=headers(), timeout=90).status_code
                assert status < 500 or case.operation.path == "/health/ready", case.as_curl_command()
            answered += 1

        with suppress(Unsatisfiable):  # nothing about this operation can be wrong: it takes no input
            once()
    return answered


def _hurry(case: Case) -> None:
    """« Wait for news » is asked with any number, but a long wait teaches nothing and sixty of them take a quarter of an hour."""
    wait = (case.query or {}).get("wait")
    if isinstance(wait, int | float) and wait > _LONGEST_WAIT:
        case.query["wait"] = _LONGEST_WAIT


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_chat_answers_whatever_it_is_sent(gateway: Gateway, client: httpx.Client, mode: GenerationMode) -> None:
    token = client.post("/api/chat/sessions", json={}).json()["token"]
    numbers = iter(range(10**9))

    def headers() -> dict[str, str]:
        return {"authorization": f"Bearer {token}", "idempotency-key": f"k{next(numbers)}"} if next(numbers) % 3 else {}

    assert ask(gateway, "/api/chat", mode, headers) > 10


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_advisors_api_answers_whatever_it_is_sent(gateway: Gateway, key: str, mode: GenerationMode) -> None:
    assert ask(gateway, "/api/advisor", mode, lambda: {"authorization": f"Bearer {key}"}) > 10


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_public_pages_answer_whatever_they_are_asked(gateway: Gateway, mode: GenerationMode) -> None:
    assert sum(ask(gateway, prefix, mode, lambda: {}) for prefix in ("/api/kb", "/health", "/metrics")) > 3


_FIELDS = ("MessageSid", "From", "To", "Body", "NumMedia", "OptOutType", "MessageStatus", "ErrorCode", "CallSid", "SpeechResult",
           "Digits", "Confidence", "CallStatus", "DialCallStatus", "TranscriptionEvent", "TranscriptionData", "Track", "Final")
_VALUES = st.one_of(st.text(max_size=40), st.sampled_from(["+33612345678", "STOP", "0", "-1", "1e9", "{", "null", "é" * 2000]))


@pytest.mark.parametrize("path", [
    "sms", "sms/status", "voice", "voice/turn", "voice/consent", "voice/whisper", "voice/whispered", "voice/dialed",
    "voice/status", "transcription"])
def test_a_form_that_twilio_signed_is_answered_whatever_it_holds(gateway: Gateway, client: httpx.Client, path: str) -> None:
    address = f"/webhooks/twilio/{path}"

    @given(form=st.lists(st.tuples(st.one_of(st.sampled_from(_FIELDS), st.text(max_size=10)), _VALUES), max_size=12))
    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES < 50,
              suppress_health_check=list(HealthCheck))
    def once(form: list[tuple[str, str]]) -> None:
        body = urlencode(form, errors="surrogatepass")
        fields = parse_qsl(body, keep_blank_values=True, encoding="latin-1")
        headers = {"X-Twilio-Signature": signature(SECRET, gateway.settings.public_base + address, fields),
                   "Content-Type": "application/x-www-form-urlencoded"}
        assert client.post(address, content=body, headers=headers).status_code < 500, form

    once()
