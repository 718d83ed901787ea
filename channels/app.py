"""The gateway as an ASGI application: wiring only. `uvicorn --factory channels.app:create_app`."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from channels import console, phone, public, sms, webchat
from channels.console import errors_page as console_errors
from channels.conversation.engine import Engine
from channels.error_rendering import INTERNAL, body_of_status, error_body, status_of_validation
from channels.errors import Forbidden, HelplineError, Invalid
from channels.messages import Json
from channels.operation import health, metrics, troubles
from channels.operation.alarms import EVERY, Alarms
from channels.operation.logs import configure_logs
from channels.services import Services
from channels.settings import Settings
from channels.web.api_page import api_page
from channels.web.body_limit import BodyLimit
from channels.web.head import HeadAsGet
from channels.web.headers import SecurityHeaders
from knowledge_base.facade import KnowledgeBase

log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """The application. Databases are opened and workers started by its lifespan, not here."""
    configure_logs()
    app = FastAPI(title="Parcours-Métiers", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.settings, app.state.engine = settings or Settings(), engine
    _errors(app)
    _operations(app)
    app.include_router(webchat.router)
    app.include_router(public.router)
    app.include_router(console.router)
    app.include_router(sms.router)
    app.include_router(phone.router)
    app.add_middleware(webchat.ChatGuard)
    app.add_middleware(BodyLimit)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    services = await asyncio.to_thread(Services.open, settings, app.state.engine)
    app.state.services = services
    _install(services)
    app.state.knowledge = await asyncio.to_thread(KnowledgeBase.open, settings.knowledge_url, settings.state_dir,
                                                helpline_number=settings.helpline_number)
    await services.start()
    try:
        yield
    finally:
        await services.stop()
        app.state.knowledge.close()


def _install(services: Services) -> None:
    """What transports lend to the services: senders, renderers; and who looks after them."""
    sms.register(services)
    phone.register(services)
    watch = Alarms(services.db, services.handoff.alerting, lambda: troubles.found(services), services.settings.alarm_webhook)
    services.every("alarms", EVERY, watch.round)


def _errors(app: FastAPI) -> None:
    @app.exception_handler(HelplineError)
    async def expected(request: Request, error: HelplineError) -> Response:
        return _refusal(request, error.status, error_body(error.code, error.message), error.headers)

    @app.exception_handler(RequestValidationError)
    async def not_valid(request: Request, error: RequestValidationError) -> Response:
        status = status_of_validation({str(item.get("type")) for item in error.errors()})
        return _refusal(request, status, body_of_status(status))

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> Response:
        return _refusal(request, error.status_code, body_of_status(error.status_code), error.headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        # Only its kind and the route's pattern are logged: its message and the address may hold what the person wrote.
        log.error("unexpected", route=getattr(request.scope.get("route"), "path", "?"), error=type(error).__name__)
        return _refusal(request, 500, error_body(*INTERNAL))


def _refusal(request: Request, status: int, body: Json, headers: Mapping[str, str] | None = None) -> Response:
    if console_errors.wants_page(request):
        return console_errors.error_page(request, status, body["error"]["message"])
    if public.wants_page(request):
        return public.error_page(request, status, body["error"]["message"], headers)
    return JSONResponse(body, status, headers=headers)


def _operations(app: FastAPI) -> None:
    @app.get("/health/live", tags=["operations"])
    async def live() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @app.get("/health/ready", tags=["operations"])
    async def ready(request: Request) -> JSONResponse:
        """Each part: database, engine, actions, search; 503 when one is missing. `troubles`: what else is to be seen to."""
        services: Services = request.app.state.services
        found = await health.parts(services, getattr(request.app.state, "knowledge", None) is not None)
        good = all(found.values())
        beside = sorted(await troubles.beside_parts(services, database=found["database"]))
        return JSONResponse({"status": "ok" if good else "degraded", "parts": found, "troubles": beside}, 200 if good else 503)

    @app.get("/metrics", tags=["operations"])
    async def read_metrics(request: Request) -> Response:
        """Prometheus metrics: from this machine, or with the token."""
        if not _may_measure(request, request.app.state.settings.metrics_token):
            raise Forbidden
        await health.refresh_gauges(request.app.state.services)
        await troubles.refresh_gauges(request.app.state.services)
        knowledge = getattr(request.app.state, "knowledge", None)
        if knowledge is not None:
            metrics.SOURCES_FAILED.set(len(await asyncio.to_thread(lambda: knowledge.failed_sources)))
        return Response(metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(api_page(request.app.openapi()))


def _may_measure(request: Request, token: str | None) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and given:
        return secrets.compare_digest(given.encode(), token.encode())
    # Behind a proxy everybody comes from the loopback: a forwarded request is never local.
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError as error:
        raise Invalid("Adresse d'origine illisible.") from error
