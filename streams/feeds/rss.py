"""RSS and Atom → articles, by feedparser; the page itself where a feed gives only a summary."""

import hashlib
import io
import re
from calendar import timegm
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from schemas import DecodeError
from streams.article_files import Entry
from streams.feeds.drafts import Draft, ReadingOptions, finish, seconds_between
from streams.feeds.moments import read_moment
from streams.feeds.paragraphs import GUESSED, any_paragraphs, plain_text
from streams.feeds.payloads import Payload
from streams.feeds.safe_xml import without_doctype
from streams.sent import SENT_BEFORE

SUMMARY_CHARACTERS: Final = 400
"""A shorter body is taken for a summary, and the page is asked: leads of agencies end about there."""

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_TRACKING: Final = re.compile(r"(?:utm_\w+|at_\w+|xtor|fbclid|gclid|ref=rss)\b")

FULL_TEXT: Final = "only a summary in the feed, so the text of its page"
SUMMARY_ONLY: Final = "only a summary in the feed, and no text from its page"

FetchText = Callable[[str], str | None]
"""Gives the body of a web page, None when it has none or cannot be reached."""

IsKnown = Callable[[bytes], bool]
"""Tells whether an item was sent before, by its digest, so that its page is not asked again."""


def read_syndication(
    payload: Payload,
    options: ReadingOptions,
    *,
    fetch_text: FetchText | None = None,
    is_known: IsKnown = lambda _: False,
) -> Iterator[Entry]:
    """Read the articles of an RSS or Atom payload.

    Args:
        payload: RSS or Atom.
        options: Source and language count before what the feed says of itself.
        fetch_text: Asked for the body where the feed gives only a summary.
        is_known: Tells which items need not be completed again.

    Raises:
        DecodeError: Neither RSS nor Atom.
    """
    feed = _parse(without_doctype(_DECLARATION.sub("", payload.text, count=1)))
    outlet = plain_text(_string(feed.feed, "title")) or None
    language = _string(feed.feed, "language")
    links = Counter(_string(item, "link") for item in feed.entries)
    for number, item in enumerate(feed.entries, start=1):
        draft = Draft(f"{payload.place}: entry {number}", notes=payload.notes)
        draft.source = options.source or outlet
        draft.language = options.language or _string(item, "language") or language
        _fill(draft, item, options)
        if (
            links[_string(item, "link")] > 1
        ):  # the address of the newspaper or of a live page: no name of an item
            draft.id = _string(item, "id") or None
        if fetch_text and draft.url and len(draft.text) < SUMMARY_CHARACTERS:
            key = _digest(draft)
            if is_known(key):
                yield Entry(draft.place, skipped=SENT_BEFORE)
                continue
            _complete(draft, draft.url, key, fetch_text)
        yield finish(draft, options)


def _complete(draft: Draft, url: str, key: bytes, fetch_text: FetchText) -> None:
    """Put the text of its page in the place of a summary; without it, the next poll tries again."""
    text = fetch_text(url)
    draft.notes.append(FULL_TEXT if text else SUMMARY_ONLY)
    if text:
        draft.text, draft.key = text, key


def _digest(draft: Draft) -> bytes:
    parts = (draft.url, draft.title, draft.text)
    return hashlib.blake2b("\x1f".join(part or "" for part in parts).encode("utf-8", "replace")).digest()[:16]


def _parse(text: str) -> Any:
    import feedparser

    # Decoded by us, since feedparser believes wrong declarations. In a file object, since it takes
    # bytes that look like a path or an address for one.
    declared = b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace")
    try:
        feed = feedparser.parse(io.BytesIO(declared))
    except Exception as error:  # whatever it stumbles over, this feed is not to stop the others
        raise DecodeError(f"cannot be parsed: {type(error).__name__}: {error}") from error
    if not feed.get("entries") and not feed.get("version"):
        raise DecodeError(f"neither RSS nor Atom: {feed.get('bozo_exception') or 'no feed in it'}")
    return feed


def _fill(draft: Draft, item: Any, options: ReadingOptions) -> None:
    published, updated = _written(item, "published"), _written(item, "updated")
    draft.published = (published, updated)
    draft.updated = updated
    link = _string(item, "link")
    draft.url = clean_link(link) if link.startswith(("http://", "https://")) else None  # else the id again
    draft.id = None if draft.url else _string(item, "id") or None
    draft.title = plain_text(_string(item, "title")).replace("\n", " ") or None
    draft.authors = [_string(author, "name") for author in item.get("authors") or ()]
    # Feeds number no versions; the seconds since publication grow with each correction.
    draft.version = seconds_between(published or updated, updated, options.zone)
    draft.version_guessed = True
    parts = [_string(part, "value") for part in item.get("content") or ()]
    bodies = [any_paragraphs(part) for part in (*parts, _string(item, "summary"))]
    found, guessed = max(bodies, key=lambda body: sum(map(len, body[0])))
    draft.notes += [GUESSED] * guessed
    draft.text = "\n".join(found)


def _string(found: Any, name: str) -> str:
    """Give a value of feedparser's, which may also be there and be None."""
    value = found.get(name)
    return value if isinstance(value, str) else ""


def clean_link(link: str) -> str:
    """Drop from a link what tells only where it was clicked: the article is the same.

    >>> clean_link("https://diario.example/a?id=3&utm_source=rss#?ref=rss")
    'https://diario.example/a?id=3'
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    kept = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.match(pair))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(parts._replace(query=kept, fragment=fragment))


def _written(item: Any, name: str) -> str | None:
    """Give a date as written, since feedparser turns it into UTC; what only it can read comes so."""
    if name not in item:  # `get` would give the other date, with a warning
        return None
    written = str(item[name])
    parsed = item.get(f"{name}_parsed")
    if read_moment(written, UTC) is None and parsed is not None:
        try:
            return datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return written
    return written
