"""A port that is taken is said before anything starts."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.settings import Settings
from parcours.errors import CommandFailed
from parcours.listening import check_ports
from tests.ports import free_port


def settings(tmp_path: Path, **values: object) -> Settings:
    """Settings with free ports."""
    ports = {"port": free_port(), "engine_port": free_port(), "actions_port": free_port()}
    return Settings(_env_file=None, state_dir=tmp_path, **{**ports, **values})  # type: ignore[arg-type]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


@pytest.mark.parametrize("name", ["port", "engine_port", "actions_port"])
def test_a_taken_port_is_named_with_its_setting(tmp_path: Path, taken: int, name: str) -> None:
    with pytest.raises(CommandFailed, match=f"{taken} est déjà pris.*PARCOURS_{name.upper()}"):
        check_ports(settings(tmp_path, **{name: taken}))


def test_free_ports_are_left_free(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    check_ports(chosen)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", chosen.port))


def test_an_address_of_another_machine_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="PARCOURS_HOST"):
        check_ports(settings(tmp_path, host="192.0.2.1"))


def test_several_gateways_ask_for_redis(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="PARCOURS_REDIS_URL"):
        check_ports(settings(tmp_path, gateways=2))
