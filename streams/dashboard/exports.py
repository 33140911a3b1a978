"""Events for other tools: CSV, JSON lines, Atom."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from schemas import Basis, Event
from streams.dashboard.filters import EventFilter
from streams.dashboard.plain_text import plain
from streams.dashboard.queries import MOST_EVENTS, list_events
from streams.dashboard.service import Service, View
from streams.dashboard.writer import utc_text

ATOM: Final = "http://www.w3.org/2005/Atom"

COLUMNS: Final = (
    "id", "type", "act", "factuality", "date", "date_basis", "place", "place_country", "participants",
    "content", "document", "attribution", "confidence", "published", "source", "title", "url", "article_id",
)  # fmt: skip

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet; the text is foreign."""

_XML_FORBIDDEN: Final = {n: None for n in range(32) if n not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


async def csv_lines(service: Service, wanted: EventFilter) -> AsyncIterator[str]:
    """Write a view as CSV, header first; lists are separated by `; `."""
    yield _csv_line(COLUMNS)
    async for event in _events(service, wanted):
        yield _csv_line([_cell(value) for value in _row(event)])


async def json_lines(service: Service, wanted: EventFilter) -> AsyncIterator[str]:
    """Write a view as the events of the contract, one a line."""
    async for event in _events(service, wanted):
        yield event.model_dump_json() + "\n"


async def _events(service: Service, wanted: EventFilter) -> AsyncIterator[Event]:
    """Read a view page by page, so that an export of any size needs little memory."""
    cursor: str | None = None
    while True:
        listed = await service.read(list_events, wanted, limit=MOST_EVENTS, after=cursor)
        for item in listed:
            yield item.event
        if len(listed) < MOST_EVENTS:
            return
        cursor = listed[-1].cursor


def _row(event: Event) -> list[str]:
    said = event.date is not None and event.date.basis is not Basis.PUBLICATION
    document = getattr(event, "document", None)
    return [
        event.id,
        event.type,
        str(getattr(event, "act", "") or ""),
        event.factuality.value,
        event.date.value if event.date and said else "",
        event.date.basis.value if event.date else "",
        event.place.name if event.place else "",
        (event.place.country or "") if event.place else "",
        "; ".join(f"{p.role}: {p.name}" for p in event.participants),
        " […] ".join(span.text for span in getattr(event, "content", ())),
        document.text if document else "",
        "; ".join(source.name for source in event.attribution),
        f"{event.confidence:.2f}",
        event.article.published.isoformat(),
        event.article.source or "",
        event.article.title or "",
        event.article.url or "",
        event.article.id,
    ]


def _cell(text: str) -> str:
    line = " ".join(plain(text).split())
    return f"'{line}" if line.startswith(_FORMULA) else line


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def atom_feed(events: Sequence[Event], view: View, *, base: str) -> bytes:
    """Write events as an Atom feed (RFC 4287) in the view's language.

    Args:
        events: Latest first.
        view: Whose feed it is.
        base: Scheme, host and port under which the page is reached.
    """
    ET.register_namespace("", ATOM)
    words = view.words
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": words.language})
    _add(feed, "id", base + view.url("/events.atom", lang=None))
    _add(feed, "title", f"{words['title']}: {words['tagline']}")
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": base + view.url("/events.atom")})
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": base + view.url("/")})
    newest = max((utc_text(event.article.published) for event in events), default=utc_text(datetime.now(UTC)))
    _add(feed, "updated", newest)
    for event in events:
        _entry(feed, event, view, base)
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ET.Element, event: Event, view: View, base: str) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", f"urn:uuid:{event.id}")
    _add(entry, "title", view.words.sentence(event))
    _add(entry, "updated", utc_text(event.article.published))
    _add(
        ET.SubElement(entry, f"{{{ATOM}}}author"), "name", plain(event.article.source or view.words["title"])
    )
    ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": f"{base}/events/{quote(event.id)}"})
    ET.SubElement(entry, f"{{{ATOM}}}category", {"term": event.type})
    parts = [view.words.when(event), event.place.name if event.place else "", view.words.according_to(event)]
    evidence = " ".join(span.text for span in event.evidence)
    _add(entry, "summary", " · ".join(part for part in [*parts, evidence] if part))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = plain(text).translate(_XML_FORBIDDEN)
