"""Fetching one published file: only when it changed, whole or not at all, never beyond a size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

MAX_BYTES = 300_000_000
ATTEMPTS, LONGEST_WAIT = 4, 60.0
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
USER_AGENT = "parcours-metiers (donnees ouvertes)"

Progress = Callable[[int], None]


class FetchFailed(Exception):
    """The file could not be had; the message is for an operator, in French."""


class _TryAgain(Exception):
    """A passing failure. `after` is how long the server asks to wait, in seconds."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True)
class Fetched:
    """`changed` is false when the server says that it still has what we hold."""

    changed: bool
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Fetches files over HTTP. `wait` multiplies the pauses between attempts (tests set it to nothing)."""

    def __init__(self, client: httpx.Client | None = None, *, max_bytes: int = MAX_BYTES, wait: float = 1.0) -> None:
        self._client = client or httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": USER_AGENT})
        self._max_bytes, self._wait = max_bytes, wait

    def fetch(self, url: str, target: Path, *, etag: str = "", modified: str = "", progress: Progress | None = None) -> Fetched:
        """Writes the file to `target` when it is newer than `etag` or `modified`. Raises FetchFailed."""
        partial = target.with_name(target.name + ".part")
        partial.unlink(missing_ok=True)
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS), retry=retry_if_exception_type(_TryAgain), wait=self._pause, reraise=True
        )
        try:
            fetched = retrying(self._once, url, partial, {"etag": etag, "modified": modified}, progress)
        except _TryAgain as error:
            raise FetchFailed(f"{error} ({ATTEMPTS} essais)") from error
        if fetched.changed:
            partial.replace(target)
        return fetched

    def _pause(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        asked = failure.after if isinstance(failure, _TryAgain) else None
        waited = wait_exponential_jitter(initial=1, max=LONGEST_WAIT)(state) if asked is None else min(asked, LONGEST_WAIT)
        return waited * self._wait

    def _once(self, url: str, partial: Path, held: dict[str, str], progress: Progress | None) -> Fetched:
        have = partial.stat().st_size if partial.exists() else 0
        headers = _conditions(held) if not have else {"Range": f"bytes={have}-", "If-Range": held["if_range"]}
        # What is counted is what was published: no transfer compression.
        headers["Accept-Encoding"] = "identity"
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                return self._receive(response, partial, held, have, progress)
        except httpx.TransportError as error:
            if not held.get("if_range"):  # without a mark of the version, what came cannot be completed
                partial.unlink(missing_ok=True)
            raise _TryAgain(f"connexion coupée ou impossible ({type(error).__name__})") from error
        except httpx.HTTPError as error:
            raise FetchFailed(f"adresse refusée : {error}") from error

    def _receive(
        self, response: httpx.Response, partial: Path, held: dict[str, str], have: int, progress: Progress | None
    ) -> Fetched:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Fetched(False, held["etag"], held["modified"])
        _refuse(response)
        resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
        etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
        held["if_range"] = etag if etag and not etag.startswith("W/") else modified
        self._write(response, partial, have if resumed else 0, progress)
        return Fetched(True, etag, modified)

    def _write(self, response: httpx.Response, partial: Path, have: int, progress: Progress | None) -> None:
        announced = response.headers.get("Content-Length")
        if announced and announced.isdigit() and have + int(announced) > self._max_bytes:
            raise FetchFailed(f"fichier démesuré ({int(announced)} octets annoncés)")
        received = have
        with partial.open("ab" if have else "wb") as file:
            for chunk in response.iter_bytes(1 << 16):
                received += len(chunk)
                if received > self._max_bytes:
                    raise FetchFailed(f"fichier démesuré (plus de {self._max_bytes} octets)")
                file.write(chunk)
                if progress:
                    progress(received)
        if received == 0:
            raise FetchFailed("fichier vide")


def _conditions(held: dict[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
    return {header: held[name] for name, header in names.items() if held.get(name)}


def _refuse(response: httpx.Response) -> None:
    code = response.status_code
    if code == httpx.codes.TOO_MANY_REQUESTS or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        after = response.headers.get("Retry-After", "")
        raise _TryAgain(f"le serveur répond {code}", float(after) if after.isdigit() else None)
    if code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        raise FetchFailed(f"le serveur répond {code}")
