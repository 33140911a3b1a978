"""Server-sent events: what changes in a view, from where a browser stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Final

from aiohttp import web

from schemas import Event
from streams.dashboard.filters import EventFilter
from streams.dashboard.queries import Change, changes_since, latest_change
from streams.dashboard.service import SERVICE

KEEP_ALIVE_SECONDS: Final = 15.0
"""A comment goes out so often when nothing happens, so that proxies do not hang up."""

RETRY_MS: Final = 2000
MOST_STREAMS: Final = 500
_PAGE: Final = 200


async def follow_changes(
    request: web.Request, wanted: EventFilter, tell: Callable[[Event], str]
) -> web.StreamResponse:
    """Send changes of a view until the client goes away.

    Ids are `edition-change`. A client that comes back with `Last-Event-ID` gets what it missed; one
    that knew an earlier making of the file gets `reset` and should load its view anew.

    Args:
        request: Of the client.
        wanted: The view.
        tell: Data of an `event` message, one line.
    """
    service = request.app[SERVICE]
    if service.streams >= MOST_STREAMS:
        raise web.HTTPServiceUnavailable(text="too many followers", headers={"Retry-After": "10"})
    edition = await service.edition()
    known_edition, _, known = request.headers.get("Last-Event-ID", "").partition("-")
    response = _response()
    await response.prepare(request)
    service.streams += 1
    try:
        await response.write(f"retry: {RETRY_MS}\n\n".encode())
        position = await service.read(latest_change)
        if known_edition == edition and known.isdigit():
            position = min(int(known), position)
        elif known_edition:
            await response.write(f"id: {edition}-{position}\nevent: reset\ndata: {{}}\n\n".encode())
        else:  # so that a client knows where it stands before anything happens
            await response.write(f"id: {edition}-{position}\nevent: hello\ndata: {{}}\n\n".encode())
        with contextlib.suppress(ConnectionResetError):
            await _send_changes(request, response, wanted, tell, edition, position)
    finally:
        service.streams -= 1
    return response


async def _send_changes(
    request: web.Request,
    response: web.StreamResponse,
    wanted: EventFilter,
    tell: Callable[[Event], str],
    edition: str,
    position: int,
) -> None:
    service = request.app[SERVICE]
    while not service.hub.stopped:
        latest = service.hub.latest
        changes = await service.read(changes_since, wanted, position, limit=_PAGE)
        for change in changes:
            await response.write(_message(edition, change, tell))
        if len(changes) == _PAGE:
            position = changes[-1].number
            continue
        position = max([position, latest, *(change.number for change in changes)])
        if not await service.hub.wait(position, timeout_seconds=KEEP_ALIVE_SECONDS):
            await response.write(b": still here\n\n")
        await asyncio.sleep(0.1)  # what comes together goes out together


def _message(edition: str, change: Change, tell: Callable[[Event], str]) -> bytes:
    if change.event is None:
        kind, data = "withdrawn", json.dumps({"id": change.event_id})
    else:
        kind, data = "event", tell(change.event)
    return f"id: {edition}-{change.number}\nevent: {kind}\ndata: {data}\n\n".encode()


def _response() -> web.StreamResponse:
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    return response
