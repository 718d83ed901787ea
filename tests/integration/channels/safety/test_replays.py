"""The panel of distress and the faults of its conversations, replayed in the web chat, by SMS and on the phone."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.case.views import Answer, MessageView
from channels.messages import Incoming
from channels.people.principal import Principal
from channels.safety.evaluation import read_tsv
from channels.services import Services
from channels.settings import Settings
from parcours.training import ensure_net
from tests.fixtures.migrated import migrated_sqlite
from tests.integration.channels.talk import web

ROOT = Path(__file__).parents[4]
REPLAYS = yaml.safe_load((ROOT / "tests" / "safety" / "replays.yml").read_text("utf-8"))
PANEL = read_tsv(ROOT / "tests" / "safety" / "panel_distress.tsv")
CHANNELS = ("web", "sms", "phone")
NUMBERS = {"15", "17", "112", "115", "119", "3018", "3114", "3919"}
HEARD = {"explicit": 0.98, "indirect": 0.95, "half-words": 0.85}
_people = itertools.count(1)


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """One database is enough here: what is tested is what is said."""
    return migrated_sqlite(tmp_path)


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    """With the net of the current lists."""
    (tmp_path / "models").mkdir()
    shutil.copy(ensure_net(ROOT / ".state"), tmp_path / "models")
    return Settings(_env_file=None, state_dir=tmp_path, database_url=store_url, opening="always")  # type: ignore[call-arg]


class Person:
    """Somebody new, on one channel."""

    def __init__(self, services: Services, channel: str) -> None:
        self.services, self.channel, self.number = services, channel, f"+3363998{next(_people):04d}"
        self._session: Any = None

    async def says(self, text: str) -> Answer:
        """One message and its answer."""
        if self.channel == "web":
            self._session = self._session or await self.services.chat.open_session()
            return await web(self.services, self._session, text)
        incoming = Incoming(
            self.channel,  # type: ignore[arg-type]
            text=text,
            sender=self.number,
            provider_id=f"{self.number}-{next(_people)}",
        )
        return await self.services.relay.receive(incoming)


def told(message: MessageView, channel: str) -> str:
    """What this channel's people read or hear; numbers as they are written."""
    form = {"web": None, "sms": message.sms, "phone": message.spoken}[channel] or message.text
    return form.replace("31 14", "3114").replace("39 19", "3919").replace("30 18", "3018")


def first_number(text: str) -> str:
    """The number that stands first in a text."""
    return next(word for word in text.replace(":", " ").replace(",", " ").replace(".", " ").split() if word in NUMBERS)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("replay", REPLAYS, ids=lambda replay: str(replay["nom"]))
async def test_what_went_wrong_in_a_conversation_goes_right(
    services: Services, advisor: Principal, channel: str, replay: dict[str, Any]
) -> None:
    person = Person(services, channel)
    answer = [await person.says(text) for text in replay["dit"]][-1]
    said = " ".join(told(message, channel) for message in answer.messages)
    assert {message.author for message in answer.messages} == {replay["auteur"]}
    begins = replay.get("debut", "")
    assert (first_number(said) if channel == "phone" and begins.isdigit() else said).startswith(begins)
    assert all(part in said for part in replay.get("contient", ()))
    assert "jamais" not in replay or replay["jamais"] not in said
    assert bool(await services.cases.list(advisor)) == replay["file"]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_panel_is_heard_with_the_right_number_and_nothing_ordinary_gets_a_text(
    services: Services, channel: str
) -> None:
    heard: dict[str, list[bool]] = {grade: [] for grade in HEARD}
    wrong, rung = [], []
    for expected, grade, text in PANEL:
        answer = await Person(services, channel).says(text)
        said = " ".join(told(message, channel) for message in answer.messages if message.topic == 31 or expected != "none")
        right = any(number in said.split() or number in said for number in expected.split("|"))
        if expected == "none":
            rung += [text] if any(message.topic == 31 for message in answer.messages) else []
        elif any(number in said for number in ("3114", "119", "3919", "3018", "112", "17")):
            heard[grade].append(True)
            wrong += [] if right else [text]
        else:
            heard[grade].append(False)
    assert rung == []
    assert wrong == []
    assert {grade: sum(found) >= HEARD[grade] * len(found) for grade, found in heard.items()} == dict.fromkeys(HEARD, True)
