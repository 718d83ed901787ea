"""Sizes and timings of the widget on a slow telephone, for `make bench`: figures, never a test's verdict."""

from __future__ import annotations

import gzip

import httpx
from playwright.sync_api import Browser

SLOWER = 6  # times: a cheap telephone of some years ago against this machine

_WATCH = """window.longest = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.longest = Math.max(window.longest, entry.duration)))
  .observe({ type: "longtask", buffered: true });"""
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


def sizes(url: str) -> dict[str, int]:
    """Gzipped bytes of the loader and of all of it."""
    files = httpx.get(f"{url}/widget/v1/files.json").json()
    loader = len(gzip.compress(httpx.get(f"{url}/widget.js").content, 9))
    modules = sum(len(gzip.compress(httpx.get(f"{url}/widget/v1/{name}").content, 9)) for name in files)
    return {"loader_bytes": loader, "whole_bytes": loader + modules}


def timings(browser: Browser, url: str) -> dict[str, float]:
    """Milliseconds on a CPU slowed down six times: from the click to the first paint of the panel, and the longest task."""
    context = browser.new_context(viewport={"width": 400, "height": 800})
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{url}/accessibilite")
        page.evaluate("url => new Promise(done => document.body.append(Object.assign(document.createElement('script'), "
                      "{ src: url + '/widget.js', onload: done })))", url)
        page.wait_for_timeout(2000)
        before = page.evaluate("window.longest")
        paint = float(page.evaluate(_OPEN))
        page.locator("parcours-metiers-chat ol.messages > li").first.wait_for()
        page.wait_for_timeout(500)
        longest = page.evaluate("window.longest")
        return {"first_paint_ms": round(paint, 1), "longest_task_ms": longest, "longest_before_ms": before}
    finally:
        context.close()
