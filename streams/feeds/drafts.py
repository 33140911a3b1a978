"""What every format is translated into, and the one way from there to an article of the contract."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

from schemas import ArticleError, ContractError
from streams.article_files import Entry
from streams.codec import decode_article
from streams.feeds.moments import read_moment

NOT_TEXT: Final = "not text"
EMBARGOED: Final = "embargoed"

KILLED: Final = frozenset({"canceled", "cancelled", "delete", "deleted", "kill", "killed"})
"""Statuses that take an article back, in every format: real files borrow from one another."""

HELD: Final = frozenset({"embargoed", "withheld"})
"""Statuses of what may not be seen yet, or not any more."""

_LANGUAGES: Final = {"spa": "es", "esp": "es", "castellano": "es", "español": "es", "spanish": "es"}
"""How real files name Spanish besides BCP 47."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a reader is told beside the bytes.

    Attributes:
        max_bytes: A larger article is refused.
        max_payload_bytes: A larger file or feed is refused; it may hold many articles.
        published: Taken where a payload says no date, as the contract writes it.
        zone: Of times without zone.
        source: Outlet, where the payload names none.
        language: Where the payload names none.
        now: Ends embargoes; without it every embargo holds.
    """

    max_bytes: int
    max_payload_bytes: int = 32 * 1024 * 1024
    published: str | None = None
    zone: tzinfo = UTC
    source: str | None = None
    language: str | None = None
    now: datetime | None = None


@dataclass(slots=True)
class Draft:
    """An article in the making.

    Attributes:
        place: Where it stands, for messages.
        published: As written; the first that can be read counts.
        updated: As written.
        version: None where the format gives none.
        version_guessed: The version comes from dates, so that a change without new dates is still one.
        embargoed: Not to be used yet; a time as written ends it.
        notes: What had to be guessed, in words that can be counted.
        key: Digest of a feed's item before its page was asked.
    """

    place: str
    text: str = ""
    published: Sequence[str | None] = ()
    id: str | None = None
    url: str | None = None
    title: str | None = None
    source: str | None = None
    language: str | None = None
    authors: Sequence[str] = ()
    updated: str | None = None
    version: int | None = None
    version_guessed: bool = False
    withdrawn: bool = False
    embargoed: str | bool = False
    notes: list[str] = field(default_factory=list)
    key: bytes | None = None


def finish(draft: Draft, options: ReadingOptions) -> Entry:
    """Make an article of a draft: dates read, defaults filled in, the contract checked."""
    if _is_embargoed(draft, options) and not draft.withdrawn:
        recall = finish(replace(draft, text="", withdrawn=True), options)
        fixed = recall.fixed_version
        return Entry(draft.place, skipped=EMBARGOED, recall=recall.article, fixed_version=fixed)
    try:
        value = json.dumps(_fields(draft, options), ensure_ascii=False).encode("utf-8", "replace")
        article = decode_article(value, max_bytes=options.max_bytes)
    except ArticleError as error:
        return Entry(draft.place, error=error, notes=tuple(draft.notes))
    except (ValueError, RecursionError) as error:
        return Entry(draft.place, error=ContractError(f"cannot be written as an article: {error}"))
    return Entry(
        draft.place,
        article=article,
        notes=tuple(draft.notes),
        fixed_version=_is_fixed(draft),
        key=draft.key,
    )


def version_number(written: object) -> int | None:
    """Read a version or revision: `3`, `"3"`, `"v3"`; None when it is no whole number.

    >>> version_number("2"), version_number("1.4"), version_number(None)
    (2, None, None)
    """
    digits = str(written).strip().lower().removeprefix("v") if isinstance(written, str | int) else ""
    return int(digits) if digits.isdecimal() and len(digits) < 16 else None


def _is_fixed(draft: Draft) -> bool:
    return draft.version is not None and not draft.version_guessed


def _is_embargoed(draft: Draft, options: ReadingOptions) -> bool:
    if not isinstance(draft.embargoed, str):
        return draft.embargoed
    until = read_moment(draft.embargoed, options.zone)
    if until is None or options.now is None or not isinstance(until.value, datetime):
        return True
    return until.value > options.now


def _fields(draft: Draft, options: ReadingOptions) -> dict[str, Any]:
    published = _published(draft, options)
    updated = read_moment(draft.updated, options.zone) if draft.updated else None
    fields = {
        "id": draft.id,
        "url": draft.url,
        "title": draft.title,
        "text": draft.text,
        "published": published,
        "updated": updated.value.isoformat() if updated else None,
        "source": draft.source or options.source,
        "language": _language(draft.language or options.language),
        "authors": [author for author in draft.authors if author] or None,
        "version": draft.version,
        "withdrawn": draft.withdrawn or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _published(draft: Draft, options: ReadingOptions) -> str:
    written = [text for text in draft.published if text]
    for text in written:
        moment = read_moment(text, options.zone)
        if moment is not None:
            draft.notes.extend(moment.notes)
            return moment.value.isoformat()
    if options.published is not None:
        draft.notes.append("no date, so the one given on the command line")
        return options.published
    if written:
        raise ContractError(f"published: {written[0]!r} is no date that can be read")
    raise ContractError("published: there is no date")


def _language(written: str | None) -> str | None:
    if not written:
        return None
    main = written.strip().replace("_", "-").split("-")[0].lower()
    return _LANGUAGES.get(main, main) or None


def seconds_between(first: str | None, last: str | None, zone: tzinfo) -> int | None:
    """Count the seconds from one written time to another, at least 0: they grow with each correction."""
    if not first or not last:
        return None
    start, end = read_moment(first, zone), read_moment(last, zone)
    if start is None or end is None:
        return None
    return max(0, int((_as_time(end.value) - _as_time(start.value)).total_seconds()))


def _as_time(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
