"""The whole road with an independent Twilio: it signs, it delivers, it receives; we only see what a real one would show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.telecom_gateway import gateway
from tests.fixtures.twilio_emulator import Emulator, twilio_emulator
from tests.fixtures.unfinished import wait_until_done
from tests.ports import free_port

CITIZEN = "+33612345678"


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Emulator]]:
    """The state of a gateway process, and the emulator: each calls the other."""
    port, state = free_port(), tmp_path_factory.mktemp("state")
    with twilio_emulator(f"http://127.0.0.1:{port}") as twilio, gateway(port, environment(twilio, port, state)):
        yield state, twilio


def environment(twilio: Emulator, port: int, state: Path) -> dict[str, str]:
    """What the gateway is told."""
    return {**twilio.settings, "PARCOURS_STATE_DIR": str(state), "PARCOURS_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "PARCOURS_DATABASE_URL": "", "PARCOURS_OPENING": "always", "PARCOURS_SMS_BATCH_SECONDS": "0.5",
            "TEST_LEASE_SECONDS": "2"}


def test_a_question_by_sms_is_answered_by_sms(road: tuple[Path, Emulator]) -> None:
    _, twilio = road
    twilio.text(CITIZEN, "c'est quoi coiffeur ?")
    (sent,) = twilio.wait_for(1, CITIZEN)
    assert sent["body"] == "Parcours-Métiers, assistant automatique.\nRéponse à c'est quoi coiffeur ?"


def test_statuses_of_the_network_are_accepted_with_their_signature(road: tuple[Path, Emulator]) -> None:
    _, twilio = road
    sender = "+33612345679"
    twilio.text(sender, "bonjour")
    (sent,) = twilio.wait_for(1, sender)
    for status in ("delivered", "sent", "queued"):
        twilio.status(sent["sid"], status)
    twilio.text(sender, "et encore")
    assert len(twilio.wait_for(2, sender)) == 2


def test_arret_is_obeyed_and_reprendre_brings_the_person_back(road: tuple[Path, Emulator]) -> None:
    state, twilio = road
    sender = "+33612345680"
    twilio.text(sender, "ARRÊT")
    assert "REPRENDRE" in twilio.wait_for(1, sender)[-1]["body"]
    twilio.text(sender, "bonjour ?")
    wait_until_done(state)
    assert len(twilio.outbound(sender)) == 1
    twilio.text(sender, "reprendre")
    assert "reprennent" in twilio.wait_for(2, sender)[-1]["body"]


def test_a_person_asked_for_by_sms_is_put_in_the_queue(road: tuple[Path, Emulator]) -> None:
    _, twilio = road
    sender = "+33612345681"
    twilio.text(sender, "je veux parler à un conseiller")
    assert "un conseiller va vous répondre" in twilio.wait_for(1, sender)[-1]["body"]
