"""The pages that people see. Templates escape everything; nothing of an article becomes markup."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from schemas import Act, Article, Event, Factuality
from streams.dashboard import charts
from streams.dashboard.filters import EventFilter
from streams.dashboard.overview import Overview
from streams.dashboard.plain_text import plain
from streams.dashboard.queries import (
    events_of_article,
    find_article,
    find_event,
    latest_change,
    list_events,
    related_events,
)
from streams.dashboard.service import SERVICE, View, accepted_language, view_of
from streams.dashboard.streaming import follow_changes
from streams.dashboard.wording import LANGUAGES, Wording, wording
from streams.dashboard.writer import utc_text
from streams.rendering.marks import marks_of, segments

routes: Final = web.RouteTableDef()

PAGE_EVENTS: Final = 50
_STATIC: Final = {"app.css": "text/css", "app.js": "text/javascript", "icon.svg": "image/svg+xml"}


@routes.get("/")
async def index(request: web.Request) -> web.Response:
    """The stream of events."""
    view, service = view_of(request), request.app[SERVICE]
    # Before the list is read: what comes between the page and its stream is told by the stream.
    seen = f"{await service.edition()}-{await service.read(latest_change)}"
    listed = await service.read(list_events, view.wanted, limit=PAGE_EVENTS, after=request.query.get("after"))
    return _page(
        "index.html",
        view,
        path="/",
        seen=seen,
        listed=listed,
        more=listed[-1].cursor if len(listed) == PAGE_EVENTS else None,
        older=bool(request.query.get("after")),
        health=await service.health(),
        types=service.event_types,
        factualities=list(Factuality),
        acts=list(Act),
    )


@routes.get("/events/{id}")
async def event_page(request: web.Request) -> web.Response:
    """One event: its article with what it rests on marked, its parts, its neighbours."""
    view, service = view_of(request), request.app[SERVICE]
    found = await service.read(find_event, request.match_info["id"])
    path = request.path
    if found is None:
        return _page("missing.html", view, path=path, status=404, what="event")
    event, withdrawn = found
    article = await service.read(find_article, event.article.id)
    stands = article is not None and article.version == event.article.version
    return _page(
        "event.html",
        view,
        path=path,
        event=event,
        withdrawn=withdrawn,
        article=article,
        pieces=_marked(article, event, view.words) if article is not None and stands else None,
        others=[e for e in await service.read(events_of_article, event.article.id) if e.id != event.id],
        related=await service.read(related_events, event),
    )


@routes.get("/overview")
async def overview_page(request: web.Request) -> web.Response:
    """What is counted about a view, as a piece of the page or, without scripts, as a page."""
    view, service = view_of(request), request.app[SERVICE]
    fragment = request.headers.get("X-Requested-With") == "fragment"
    template = "overview.html" if fragment else "overview_page.html"

    async def drawn() -> str:
        return _draw(template, view, await service.overview(view.wanted))

    return _html(view, await service.drawings.get((template, view), drawn, change=service.hub.latest))


def _draw(template: str, view: View, counted: Overview) -> str:
    nodes, edges = charts.network(counted.pairs)
    return _render(
        template,
        view,
        path="/overview",
        counted=counted,
        bars=charts.timeline(counted.days, [count.name for count in counted.types]),
        nodes=nodes,
        edges=edges,
        charts=charts,
    )


@routes.get("/live")
async def live(request: web.Request) -> web.StreamResponse:
    """Changes of a view as the page's own list items."""
    view = view_of(request)

    def tell(event: Event) -> str:
        html = _render("item.html", view, path="/", event=event)
        return json.dumps({"id": event.id, "key": utc_text(event.article.published), "html": html})

    return await follow_changes(request, view.wanted, tell, alike=view)


@routes.get("/strip")
async def strip(request: web.Request) -> web.Response:
    """The health strip, as a piece of the page."""
    view = view_of(request)
    return _page("strip.html", view, path="/", health=await request.app[SERVICE].health())


@routes.get("/static/{name}")
async def static(request: web.Request) -> web.Response:
    """Style sheet, script and icon."""
    name = request.match_info["name"]
    if name not in _STATIC:
        raise web.HTTPNotFound
    body = _static(name)
    response = web.Response(body=body, content_type=_STATIC[name], charset="utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.etag = hashlib.sha256(body).hexdigest()[:16]
    response.enable_compression()
    return response


def error_page(request: web.Request, detail: str) -> web.Response:
    """Say what is wrong with an address, on a page."""
    return _page("bad_request.html", _plain_view(request), path="/", detail=detail, status=400)


def missing_page(request: web.Request) -> web.Response:
    """Say that there is nothing at an address, on a page."""
    return _page("missing.html", _plain_view(request), path="/", status=404, what="page")


def _plain_view(request: web.Request) -> View:
    """Give the view of everything: what else the address says may be what is wrong with it."""
    return View(EventFilter(), wording(accepted_language(request.headers)), None)


def _marked(article: Article, event: Event, words: Wording) -> list[tuple[str, str, str]]:
    """Cut an article's text into pieces: text, classes of its marks, what hovering tells."""
    pieces = []
    for segment in segments(article.text, marks_of([event], article)):
        parts = dict.fromkeys(mark.part for mark in segment.marks)
        classes = " ".join(dict.fromkeys(_part_class(part) for part in parts))
        tells = " · ".join(dict.fromkeys(_part_name(part, words) for part in parts))
        pieces.append((plain(segment.text), classes, tells))
    return pieces


_PARTS: Final = {
    "trigger": "trigger",
    "date": "date",
    "place": "place",
    "document": "document",
    "content": "content",
    "source": "attribution",
    "named": "name",
}
"""Part of an event that is no role → its name in the catalogue."""


def _part_class(part: str) -> str:
    return f"mark-{part}" if part in _PARTS else "mark-role"


def _part_name(part: str, words: Wording) -> str:
    return words[_PARTS[part]] if part in _PARTS else words.name_of("roles", part)


def _page(template: str, view: View, *, path: str, status: int = 200, **values: Any) -> web.Response:
    return _html(view, _render(template, view, path=path, **values), status)


def _render(template: str, view: View, *, path: str, **values: Any) -> str:
    return _environment().get_template(template).render(_context(view, path, **values))


def _html(view: View, text: str, status: int = 200) -> web.Response:
    response = web.Response(text=text, content_type="text/html", status=status)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Language"] = view.words.language
    response.headers["Vary"] = "Accept-Language"
    response.enable_compression()
    return response


def _context(view: View, path: str, **values: Any) -> dict[str, Any]:
    other = next(language for language in LANGUAGES if language != view.words.language)
    return {"view": view, "words": view.words, "wanted": view.wanted, "path": path, "other": other, **values}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("streams.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.filters["safe_link"] = safe_link
    environment.filters["utc"] = utc_text
    return environment


def safe_link(url: str | None) -> str | None:
    """Let only addresses of the web through: `javascript:` and its like never become a link.

    >>> safe_link("javascript:alert(1)")
    """
    return url if url and url.startswith(("https://", "http://")) else None


@cache
def _static(name: str) -> bytes:
    return files("streams.dashboard").joinpath("static", name).read_bytes()
