"""Server-sent events: what changes in a view, from where a browser stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Final

from aiohttp import web

from schemas import Event
from streams.dashboard.filters import EventFilter
from streams.dashboard.queries import Change, changes_since, latest_change
from streams.dashboard.service import SERVICE, Messages, Service

KEEP_ALIVE_SECONDS: Final = 15.0
"""A comment goes out so often when nothing happens, so that proxies do not hang up."""

RETRY_MS: Final = 2000
MOST_STREAMS: Final = 500
_PAGE: Final = 200


async def follow_changes(
    request: web.Request, wanted: EventFilter, tell: Callable[[Event], str], *, alike: Hashable
) -> web.StreamResponse:
    """Send changes of a view until the client goes away.

    Ids are `edition-change`. A client that comes back with `Last-Event-ID`, or says with the parameter
    `seen` what its page knew, gets what it missed; one that knew an earlier making of the file gets
    `reset` and should load its view anew.

    Args:
        request: Of the client.
        wanted: The view.
        tell: Data of an `event` message, one line.
        alike: Equal for all whom `tell` tells the same: they share one reading.
    """
    service = request.app[SERVICE]
    if service.streams >= MOST_STREAMS:
        raise web.HTTPServiceUnavailable(text="too many followers", headers={"Retry-After": "10"})
    edition = await service.edition()
    seen = request.headers.get("Last-Event-ID") or request.query.get("seen", "")
    known_edition, _, known = seen.partition("-")
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
            await _send_changes(service, response, _Following(wanted, tell, alike, edition), position)
    finally:
        service.streams -= 1
    return response


@dataclass(frozen=True)
class _Following:
    """What a client follows, and how it is told."""

    wanted: EventFilter
    tell: Callable[[Event], str]
    alike: Hashable
    edition: str

    def messages(self, connection: sqlite3.Connection, position: int) -> Messages:
        """Read and encode what comes after a change."""
        changes = changes_since(connection, self.wanted, position, limit=_PAGE)
        encoded = tuple(self._message(change) for change in changes)
        return Messages(encoded, changes[-1].number if changes else None, len(changes) == _PAGE)

    def _message(self, change: Change) -> bytes:
        if change.event is None:
            kind, data = "withdrawn", json.dumps({"id": change.event_id})
        else:
            kind, data = "event", self.tell(change.event)
        return f"id: {self.edition}-{change.number}\nevent: {kind}\ndata: {data}\n\n".encode()


async def _send_changes(
    service: Service, response: web.StreamResponse, following: _Following, position: int
) -> None:
    while not service.hub.stopped:
        latest = service.hub.latest
        found = await service.changes.get(
            (following.alike, following.edition, position),
            partial(service.read, following.messages, position),
            change=latest,
        )
        for message in found.encoded:
            await response.write(message)
        position = max(position, found.last or 0)
        if found.more:
            continue
        position = max(position, latest)
        if not await service.hub.wait(position, timeout_seconds=KEEP_ALIVE_SECONDS):
            await response.write(b": still here\n\n")
        await asyncio.sleep(0.1)  # what comes together goes out together


def _response() -> web.StreamResponse:
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    return response
