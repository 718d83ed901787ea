"""HEAD is GET without its body, also where the body never ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from channels.web.head import HeadAsGet


async def _page(_request: Request) -> Response:
    return PlainTextResponse("bonjour")


async def _endless(_request: Request) -> Response:
    async def news() -> AsyncIterator[str]:
        while True:
            yield "data: x\n\n"
            await asyncio.sleep(0.01)

    return StreamingResponse(news(), media_type="text/event-stream")


async def test_head_answers_like_get() -> None:
    app = HeadAsGet(Starlette(routes=[Route("/", _page, methods=["GET"]), Route("/flux", _endless, methods=["GET"])]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://essai") as client:
        head, get = await client.head("/"), await client.get("/")
        assert (head.status_code, head.text, head.headers["content-length"]) == (200, "", get.headers["content-length"])
        assert (await client.head("/rien")).status_code == 404
        async with asyncio.timeout(5):
            assert (await client.head("/flux")).headers["content-type"].startswith("text/event-stream")
