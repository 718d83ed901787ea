"""One gateway for the module's tests."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.fixtures.gateway import running_gateway


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the public pages, with the shipped sheets."""
    with running_gateway(tmp_path_factory.mktemp("state"), keep_case_days=400) as gateway, \
            httpx.Client(base_url=gateway.url, timeout=20) as client:
        yield client
