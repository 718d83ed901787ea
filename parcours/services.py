"""The gateway's services, opened for one command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from channels.errors import HelplineError
from channels.services import Services
from channels.settings import Settings
from parcours.errors import CommandFailed
from parcours.schemas import need_current
from parcours.secrets import engine_token

T = TypeVar("T")


def with_services(work: Callable[[Services], Awaitable[T]]) -> T:
    """Runs `work` on the services of this machine's settings; new databases are made first.

    Raises:
        CommandFailed: a service refused, in its own French words.
    """
    settings = Settings()
    need_current(settings)
    settings.engine_token = settings.engine_token or engine_token(settings.state_dir)

    async def run() -> T:
        services = Services.open(settings)
        try:
            return await work(services)
        finally:
            await services.stop()

    try:
        return asyncio.run(run())
    except HelplineError as error:
        raise CommandFailed(error.message) from error
