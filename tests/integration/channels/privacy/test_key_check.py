"""With other keys than its own a database is not opened: conversations would be unreadable, and STOP forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from channels.errors import Conflict
from channels.privacy.crypto import Keyring, new_data_key
from channels.privacy.rotation import Rotation
from channels.services import Services
from channels.settings import Settings
from channels.store.models import ServiceSetting
from tests.integration.channels.conftest import ScriptedEngine, make_advisor
from tests.integration.channels.talk import sms


async def opened(settings: Settings, keys: Keyring) -> None:
    """A start and a stop."""
    await Services.open(settings, ScriptedEngine(), keys).stop()


async def test_its_own_keys_open_it_again(settings: Settings, services: Services, keys: Keyring) -> None:
    await opened(settings, keys)


async def test_another_data_key_is_refused_with_a_sentence(settings: Settings, services: Services, keys: Keyring) -> None:
    with pytest.raises(Conflict, match="clé des données"):
        await opened(settings, Keyring(new_data_key(), keys.lookup_key.decode()))


async def test_another_look_up_key_is_refused_with_a_sentence(settings: Settings, services: Services, tmp_path: Path) -> None:
    data = new_data_key()
    fresh = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'fresh.sqlite3'}"})
    await opened(fresh, Keyring(data, "one"))
    with pytest.raises(Conflict, match="clé de recherche"):
        await opened(fresh, Keyring(data, "another"))


async def test_a_database_from_before_the_check_is_tried_with_what_it_holds(settings: Settings, services: Services) -> None:
    await make_advisor(services, "anne@exemple.fr", "Anne")
    await sms(services, "bonjour")
    await services.db.write(lambda session: session.execute(delete(ServiceSetting)))
    with pytest.raises(Conflict, match="clé des données"):
        await opened(settings, Keyring.ephemeral())


async def test_after_a_rotation_the_new_key_alone_opens_it(settings: Settings, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'fresh.sqlite3'}"
    fresh = settings.model_copy(update={"database_url": url, "state_dir": tmp_path / "state"})
    services = Services.open(fresh, ScriptedEngine())
    rotation = Rotation(services.db)
    assert rotation.add_key()
    await rotation.reencrypt()
    assert rotation.retire() == 1
    await services.stop()
    await opened(fresh, Keyring.from_settings(fresh))
