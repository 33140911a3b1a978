"""The API that the page and other programs read: events, one event, changes as they come, counts, health."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from schemas.errors import ConfigurationError
from streams.dashboard.exports import atom_feed, csv_lines, json_lines
from streams.dashboard.filters import read_filter
from streams.dashboard.openapi import openapi
from streams.dashboard.queries import MOST_EVENTS, find_event, list_events
from streams.dashboard.service import SERVICE, view_of
from streams.dashboard.streaming import follow_changes

routes: Final = web.RouteTableDef()

ATOM_ENTRIES: Final = 50


@routes.get("/api/events")
async def get_events(request: web.Request) -> web.Response:
    """A page of events, latest publication first; `next` is the cursor of the page after it."""
    wanted = read_filter(request.query)
    limit = _limit(request)
    listed = await request.app[SERVICE].read(
        list_events, wanted, limit=limit, after=request.query.get("after")
    )
    following = listed[-1].cursor if len(listed) == limit else None
    events = ",".join(item.event.model_dump_json() for item in listed)
    return _json(f'{{"events":[{events}],"next":{json.dumps(following)}}}')


@routes.get("/api/events/stream")
async def stream_events(request: web.Request) -> web.StreamResponse:
    """Changes as server-sent events: `event`, `withdrawn` with an id, `reset` after a rebuild."""
    wanted = read_filter(request.query)
    return await follow_changes(request, wanted, lambda event: event.model_dump_json(), alike=wanted)


@routes.get("/api/events/{id}")
async def get_event(request: web.Request) -> web.Response:
    """One event."""
    found = await request.app[SERVICE].read(find_event, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound(text=json.dumps({"error": "no such event"}), content_type="application/json")
    event, withdrawn = found
    return _json(f'{{"event":{event.model_dump_json()},"withdrawn":{json.dumps(withdrawn)}}}')


@routes.get("/api/overview")
async def get_overview(request: web.Request) -> web.Response:
    """Counts over a view."""
    counted = await request.app[SERVICE].overview(read_filter(request.query))
    return _json(counted.model_dump_json())


@routes.get("/api/health")
async def get_health(request: web.Request) -> web.Response:
    """The health strip."""
    return _json((await request.app[SERVICE].health()).model_dump_json())


@routes.get("/api/openapi.json")
async def get_openapi(request: web.Request) -> web.Response:
    """This API, described."""
    return _json(json.dumps(openapi(request.app[SERVICE].event_types), ensure_ascii=False))


@routes.get("/events.csv")
async def get_csv(request: web.Request) -> web.StreamResponse:
    """All events of a view as CSV."""
    lines = csv_lines(request.app[SERVICE], read_filter(request.query))
    return await _download(request, lines, "text/csv", "events.csv")


@routes.get("/events.jsonl")
async def get_jsonl(request: web.Request) -> web.StreamResponse:
    """All events of a view, one JSON object a line."""
    lines = json_lines(request.app[SERVICE], read_filter(request.query))
    return await _download(request, lines, "application/jsonl", "events.jsonl")


@routes.get("/events.atom")
async def get_atom(request: web.Request) -> web.Response:
    """The latest events of a view as an Atom feed."""
    view = view_of(request)
    listed = await request.app[SERVICE].read(list_events, view.wanted, limit=ATOM_ENTRIES)
    body = atom_feed([item.event for item in listed], view, base=str(request.url.origin()))
    return web.Response(body=body, content_type="application/atom+xml", charset="utf-8")


def _limit(request: web.Request) -> int:
    text = request.query.get("limit", "50")
    if not text.isdigit() or not 1 <= int(text) <= MOST_EVENTS:
        raise ConfigurationError(f"limit: {text!r} is no number from 1 to {MOST_EVENTS}")
    return int(text)


def _json(text: str) -> web.Response:
    response = web.Response(text=text, content_type="application/json")
    response.enable_compression()
    return response


async def _download(
    request: web.Request, lines: AsyncIterator[str], content_type: str, name: str
) -> web.StreamResponse:
    response = web.StreamResponse()
    response.content_type = content_type
    response.charset = "utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.enable_compression()
    await response.prepare(request)
    async for line in lines:
        await response.write(line.encode())
    await response.write_eof()
    return response
