"""A redirect leads to a page of ours, whatever host the request names."""

from __future__ import annotations

import httpx


def test_a_missing_slash_never_leads_to_another_host(site: httpx.Client) -> None:
    answer = site.get("/console", headers={"host": "evil.example"}, follow_redirects=False)
    assert answer.is_redirect
    assert answer.headers["location"] == "/console/"
