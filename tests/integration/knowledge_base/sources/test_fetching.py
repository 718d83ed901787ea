"""A published file arrives whole or not at all, however the server behaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge_base.sources.fetching import ATTEMPTS, Fetcher, FetchFailed
from tests.fixtures.data_server import Published, data_server

CONTENT = b"code;name\n" + b"".join(b"%d;nom %d\n" % (number, number) for number in range(20_000))


@pytest.fixture
def server() -> Iterator[Published]:
    with data_server(CONTENT) as published:
        yield published


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(wait=0.0)


def test_a_file_arrives_with_its_mark_of_version(server: Published, fetcher: Fetcher, tmp_path: Path) -> None:
    seen: list[int] = []
    fetched = fetcher.fetch(server.url, tmp_path / "f.csv", progress=seen.append)
    assert (fetched.changed, fetched.etag) == (True, '"1"')
    assert (tmp_path / "f.csv").read_bytes() == CONTENT and seen[-1] == len(CONTENT)


def test_what_we_hold_already_is_not_fetched_again(server: Published, fetcher: Fetcher, tmp_path: Path) -> None:
    fetched = fetcher.fetch(server.url, tmp_path / "f.csv", etag='"1"')
    assert not fetched.changed and not (tmp_path / "f.csv").exists()


@pytest.mark.parametrize("misdeed", ["cut", "short", "500", "429"])
def test_a_passing_failure_is_tried_again(server: Published, fetcher: Fetcher, tmp_path: Path, misdeed: str) -> None:
    server.misdeeds = [misdeed, misdeed]
    fetcher.fetch(server.url, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes() == CONTENT and len(server.asked) == 3


def test_a_cut_file_is_taken_up_where_it_stopped(server: Published, fetcher: Fetcher, tmp_path: Path) -> None:
    server.misdeeds = ["cut"]
    fetcher.fetch(server.url, tmp_path / "f.csv")
    assert server.asked[1]["Range"].startswith("bytes=") and server.asked[1]["If-Range"] == '"1"'
    assert (tmp_path / "f.csv").read_bytes() == CONTENT


def test_a_server_that_cannot_resume_sends_it_all_again(server: Published, fetcher: Fetcher, tmp_path: Path) -> None:
    server.misdeeds, server.resumable = ["cut"], False
    fetcher.fetch(server.url, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes() == CONTENT


@pytest.mark.parametrize(("misdeed", "why"), [("cut", "coupée"), ("500", "500"), ("429", "429")])
def test_a_lasting_failure_is_told_and_leaves_nothing(
    server: Published, fetcher: Fetcher, tmp_path: Path, misdeed: str, why: str
) -> None:
    server.misdeeds, server.resumable = [misdeed] * 9, False
    with pytest.raises(FetchFailed, match=why):
        fetcher.fetch(server.url, tmp_path / "f.csv")
    assert not (tmp_path / "f.csv").exists() and len(server.asked) == ATTEMPTS


@pytest.mark.parametrize(("misdeed", "why"), [("huge", "démesuré"), ("404", "404")])
def test_what_cannot_get_better_is_not_tried_again(
    server: Published, fetcher: Fetcher, tmp_path: Path, misdeed: str, why: str
) -> None:
    server.misdeeds = [misdeed]
    with pytest.raises(FetchFailed, match=why):
        fetcher.fetch(server.url, tmp_path / "f.csv")
    assert len(server.asked) == 1


def test_a_file_larger_than_we_take_is_refused_while_it_comes(server: Published, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="démesuré"):
        Fetcher(wait=0.0, max_bytes=1_000).fetch(server.url, tmp_path / "f.csv")


def test_an_empty_file_is_no_file(server: Published, fetcher: Fetcher, tmp_path: Path) -> None:
    server.content = b""
    with pytest.raises(FetchFailed, match="vide"):
        fetcher.fetch(server.url, tmp_path / "f.csv")
