"""The web server of the dashboard: handlers, headers that guard the page, start and end."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from schemas.errors import ConfigurationError
from streams.dashboard import api, metrics, pages
from streams.dashboard.database import remove
from streams.dashboard.follower import Follower
from streams.dashboard.hub import ChangeHub
from streams.dashboard.lag import LagWatch
from streams.dashboard.service import SERVICE, Service
from streams.dashboard.writer import Retention, Writer
from streams.settings import Settings
from streams.topics import TopicNames, event_type_names

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Server": "teletipo",  # not which version of what has which holes
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_LONGEST_ADDRESS: Final = 8 * 1024


@web.middleware
async def refuse_clearly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a wrong address or parameter with the reason: JSON for programs, a page for people."""
    for_people = "text/html" in request.headers.get("Accept", "") and not request.path.startswith("/api/")
    try:
        return await handler(request)
    except ConfigurationError as error:
        if for_people:
            return pages.error_page(request, error.detail)
        return web.json_response({"error": error.detail}, status=400)
    except web.HTTPNotFound as error:
        if for_people:
            return pages.missing_page(request)
        if error.content_type == "application/json":  # it has said what is missing
            raise
        return web.json_response({"error": f"nothing is at {request.path}"}, status=404)


async def _guard(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def build_server(service: Service) -> web.Application:
    """Assemble the server around a read model."""
    app = web.Application(middlewares=[refuse_clearly], client_max_size=_LONGEST_ADDRESS)
    app[SERVICE] = service
    app.add_routes(api.routes)
    app.add_routes(pages.routes)
    app.add_routes(
        [web.get("/healthz", _healthz), web.get("/readyz", _readyz), web.get("/metrics", _metrics)]
    )
    app.on_response_prepare.append(_guard)
    app.on_startup.append(_attach)
    app.on_shutdown.append(_release)
    return app


def run_dashboard(settings: Settings, *, rebuild: bool = False, say: Callable[[str], None] = print) -> int:
    """Follow the topics and serve the page until SIGTERM or Ctrl-C.

    Args:
        settings: Where the broker, the file and the port are.
        rebuild: Throw the file away first and read the topics anew.
        say: Tells the address.

    Returns:
        0 after a clean stop, 1 when the read model could not be written.
    """
    if rebuild:
        remove(settings.read_model)
    event_types = event_type_names(settings)
    writer = Writer(
        settings.read_model,
        TopicNames(settings.topic_prefix),
        Retention(settings.dashboard_retention_days, settings.dashboard_events),
        max_bytes=settings.max_record_bytes,
    )
    hub = ChangeHub()
    follower = Follower(settings, event_types, writer, hub.announce)
    service = Service(settings.read_model, event_types, hub, follower, LagWatch(settings))
    try:
        return asyncio.run(_serve(settings, service, say))
    finally:
        service.close()
        writer.close()


async def _serve(settings: Settings, service: Service, say: Callable[[str], None]) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(build_server(service), access_log=None, shutdown_timeout=5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.dashboard_host, settings.dashboard_port)
        await site.start()
    except OSError as error:
        await runner.cleanup()
        raise ConfigurationError(
            f"dashboard_host, dashboard_port: {settings.dashboard_host}:{settings.dashboard_port}: "
            f"{error.strerror}"
        ) from error
    service.follower.start()
    service.lag_watch.start()
    host, port = runner.addresses[0][:2]
    say(f"http://{host}:{port}/")
    asked = asyncio.ensure_future(stop.wait())
    try:
        while not asked.done() and service.follower.failure is None:
            await asyncio.wait({asked}, timeout=1)
    finally:
        asked.cancel()
        service.hub.stop()
        await loop.run_in_executor(None, service.follower.stop)
        await loop.run_in_executor(None, service.lag_watch.stop)
        await runner.cleanup()
    return 0 if service.follower.failure is None else 1


async def _attach(app: web.Application) -> None:
    app[SERVICE].hub.attach(asyncio.get_running_loop())


async def _release(app: web.Application) -> None:
    app[SERVICE].hub.stop()


async def _healthz(request: web.Request) -> web.Response:
    alive = request.app[SERVICE].follower.failure is None
    return web.json_response({"status": "ok" if alive else "failed"}, status=200 if alive else 503)


async def _readyz(request: web.Request) -> web.Response:
    follower = request.app[SERVICE].follower
    ready = follower.reading and follower.caught_up
    return web.json_response(
        {"ready": ready, "reading": follower.reading, "caught_up": follower.caught_up},
        status=200 if ready else 503,
    )


async def _metrics(request: web.Request) -> web.Response:
    body = await metrics.render(request.app[SERVICE])
    return web.Response(body=body, content_type="text/plain", charset="utf-8")
