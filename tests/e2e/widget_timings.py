"""Sizes and timings of the widget on a slow telephone, for `make bench`."""

from __future__ import annotations

import gzip
import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import ARGUMENTS, CHROMIUM

SLOWER = 6  # times: a cheap telephone of some years ago against this machine
ROUNDS = 7  # the middle one is kept: another process's moment must not be the widget's
_TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
_WATCH_SHIFTS = """() => {
  window.shift = 0;
  const note = (list) => list.getEntries().forEach(({ value }) => window.shift += value);
  new PerformanceObserver(note).observe({ type: "layout-shift" });
}"""
_EMBED = """url => new Promise((done) => document.body.append(
  Object.assign(document.createElement("script"), { src: url + "/widget.js", onload: done })))"""
_OPEN = """() => new Promise((resolve) => {
  const host = document.querySelector("parcours-metiers-chat");
  const seen = () => {
    const panel = host.shadowRoot.querySelector("section.panel");
    if (panel && !panel.hidden) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    else requestAnimationFrame(seen);
  };
  const start = performance.now();
  host.shadowRoot.querySelector("button.launch").click();
  requestAnimationFrame(seen);
})"""


@dataclass(frozen=True)
class Figures:
    """Gzipped bytes; milliseconds at a CPU slowed down `SLOWER` times; the host page's layout shift (a score, 0 is none)."""

    loader_bytes: int
    whole_bytes: int
    first_paint_ms: float
    longest_task_ms: float
    layout_shift: float

    def __str__(self) -> str:
        return (f"Widget: loader {self.loader_bytes} bytes, whole {self.whole_bytes} bytes gzipped; CPU {SLOWER} times slower: "
                f"panel painted {self.first_paint_ms:.0f} ms after the click, longest task {self.longest_task_ms:.0f} ms, "
                f"layout shift {self.layout_shift:g}")


def measure(url: str) -> Figures:
    """The widget that `url` serves, in a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        rounds = [_round(browser, url) for _ in range(ROUNDS)]
        browser.close()
    paint, task, shift = (statistics.median(values) for values in zip(*rounds, strict=True))
    loader, whole = sizes(url)
    return Figures(loader, whole, paint, task, shift)


def sizes(url: str) -> tuple[int, int]:
    """Gzipped bytes of the loader, and of all that the widget fetches."""
    names = httpx.get(f"{url}/widget/v1/files.json").json()
    loader = _gzipped(f"{url}/widget.js")
    return loader, loader + sum(_gzipped(f"{url}/widget/v1/{name}") for name in [*names, "files.json"])


def _gzipped(url: str) -> int:
    return len(gzip.compress(httpx.get(url).content, 9))


def _round(browser: Browser, url: str) -> tuple[float, float, float]:
    """Milliseconds from the click to the paint, the longest task, the layout shift of the host page."""
    context = browser.new_context(viewport={"width": 400, "height": 800})
    try:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{url}/accessibilite", wait_until="networkidle")
        page.evaluate(_WATCH_SHIFTS)
        browser.start_tracing(page=page, categories=["toplevel", "blink.user_timing", "disabled-by-default-devtools.timeline"])
        paint = _embed_and_open(page, url)
        return paint, _longest(json.loads(browser.stop_tracing())["traceEvents"]), float(page.evaluate("window.shift"))
    finally:
        context.close()


def _embed_and_open(page: Page, url: str) -> float:
    page.evaluate(_EMBED, url)
    page.evaluate("performance.mark('embedded')")
    page.wait_for_timeout(1500)
    paint = float(page.evaluate(_OPEN))
    page.wait_for_timeout(2000)
    return paint


def _longest(events: list[dict[str, Any]]) -> float:
    """Of the page's main thread since the script was there. Its own time, so that waiting for a busy machine does not count."""
    main = {(event["pid"], event["tid"]) for event in _named(events, "thread_name") if event["args"]["name"] == "CrRendererMain"}
    since = max(event["ts"] for event in _named(events, "embedded"))
    own = [event["tdur"] for name in _TASKS for event in _named(events, name)
           if (event["pid"], event["tid"]) in main and event["ts"] > since and "tdur" in event]
    return float(max(own)) / 1000


def _named(events: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    return (event for event in events if event.get("name") == name)
