"""RSS and Atom → articles, by feedparser; the page itself where a feed gives only a summary."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from schemas import Article, ArticleError, ContractError, DecodeError
from streams.article_files import Entry
from streams.codec import decode_article
from streams.feeds.plain_text import plain_text

SUMMARY_CHARACTERS: Final = 400
"""A shorter body is taken for a summary, and the page is asked: leads of agencies end about there."""

FetchText = Callable[[str], str | None]
"""Gives the body of a web page, None when it has none or cannot be reached."""


def read_feed_file(path: Path, *, max_bytes: int) -> Iterator[Entry]:
    """Read the articles of an RSS or Atom file; nothing is fetched from the network."""
    yield from parse_feed(path.read_bytes(), place=str(path), max_bytes=max_bytes)


def read_feed_address(address: str, *, max_bytes: int = 4 * 1024 * 1024) -> Iterator[Entry]:
    """Read the articles of a feed on the web, with the pages of those that are only summaries."""
    import trafilatura

    content = trafilatura.fetch_url(address)
    if content is None:
        yield Entry(address, error=DecodeError("the address cannot be reached or gives nothing"))
        return
    yield from parse_feed(content.encode(), place=address, max_bytes=max_bytes, fetch_text=fetch_page_text)


def fetch_page_text(address: str) -> str | None:
    """Fetch a web page and give its main text."""
    import trafilatura

    page = trafilatura.fetch_url(address)
    return trafilatura.extract(page, include_comments=False) if page else None


def parse_feed(
    content: bytes, *, place: str, max_bytes: int, fetch_text: FetchText | None = None
) -> Iterator[Entry]:
    """Read the articles of a feed's bytes.

    Args:
        content: RSS or Atom.
        place: What to call it in messages.
        max_bytes: A larger article is refused.
        fetch_text: Asked for the body where the feed gives only a summary.
    """
    import feedparser

    feed = feedparser.parse(content)
    if not feed.entries and not feed.version:
        reason = feed.get("bozo_exception") or "no feed in it"
        yield Entry(place, error=DecodeError(f"neither RSS nor Atom: {reason}"))
        return
    outlet = plain_text(feed.feed.get("title", "")) or None
    language = feed.feed.get("language") or "es"
    for number, item in enumerate(feed.entries, start=1):
        where = f"{place}: entry {number}"
        try:
            yield Entry(where, article=_article(item, outlet, language, max_bytes, fetch_text))
        except ArticleError as error:
            yield Entry(where, error=error)


def _article(
    item: Any, outlet: str | None, language: str, max_bytes: int, fetch_text: FetchText | None
) -> Article:
    import json

    published = _moment(item, "published") or _moment(item, "updated")
    if published is None:
        raise ContractError("published: the entry has no date")
    updated = _moment(item, "updated")
    link = item.get("link", "")
    link = link if link.startswith(("http://", "https://")) else None  # else it is the id again
    fields = {
        "id": None if link else item.get("id"),
        "url": link,
        "title": plain_text(item.get("title", "")) or None,
        "text": _text(item, fetch_text),
        "published": published.isoformat(),
        "updated": updated.isoformat() if updated else None,
        "source": outlet,
        "language": language.split("-")[0].lower(),
        "authors": [author["name"] for author in item.get("authors", ()) if author.get("name")],
        # Feeds number no versions; the seconds since publication grow with each correction.
        "version": max(0, int((updated - published).total_seconds())) if updated else 0,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    return decode_article(json.dumps(given, ensure_ascii=False).encode(), max_bytes=max_bytes)


def _text(item: Any, fetch_text: FetchText | None) -> str:
    bodies = [plain_text(part.get("value", "")) for part in item.get("content", ())]
    bodies.append(plain_text(item.get("summary", "")))
    longest = max(bodies, key=len)
    link = item.get("link", "")
    if fetch_text and len(longest) < SUMMARY_CHARACTERS and link.startswith(("http://", "https://")):
        return fetch_text(link) or longest
    return longest


def _moment(item: Any, name: str) -> datetime | None:
    """Read a date with the zone that the newsroom wrote; feedparser itself turns it into UTC."""
    if name not in item:  # `get` would give the other date, with a warning
        return None
    written = item[name]
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(written)
        except (ValueError, TypeError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    parsed: time.struct_time | None = item.get(f"{name}_parsed")
    return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
