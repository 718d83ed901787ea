"""Who is asking: the services that `app.py` opened, and the account behind a personal API key."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from channels.errors import Unauthorized
from channels.people.principal import Principal
from channels.services import Services


def services_of(request: Request) -> Services:
    """The services of this application."""
    services: Services = request.app.state.services
    return services


AnyServices = Annotated[Services, Depends(services_of)]


async def key_owner(request: Request, services: AnyServices) -> Principal:
    """The account of the Bearer key.

    Raises:
        Unauthorized: no key, an unknown or revoked one, or an inactive account.
    """
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Unauthorized("Il faut une clé d'API personnelle (Authorization: Bearer …).")
    return await services.accounts.by_key(key.strip())


KeyOwner = Annotated[Principal, Depends(key_owner)]
