"""IPTC ninjs 1.x, 2.x and 3.x → articles; our own articles stand beside them in JSON files.

Source: IPTC, ninjs User Guide. 1.x names properties by pattern (`body_xhtml`, `headline_main`), 2.x has
lists (`bodies`, `headlines`), 3.x writes the same names in camel case.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from schemas import ContractError, DecodeError
from streams.article_files import Entry, own_entry
from streams.feeds.datelines import PREPENDED, with_dateline
from streams.feeds.drafts import (
    HELD,
    KILLED,
    NOT_TEXT,
    Draft,
    ReadingOptions,
    finish,
    seconds_between,
    version_number,
)
from streams.feeds.nitf import nitf_body
from streams.feeds.paragraphs import GUESSED, any_paragraphs, fullest, text_paragraphs
from streams.feeds.safe_xml import parse_xml

FROM_SUMMARY: Final = "no body, so the description"
VERSION_FROM_DATES: Final = "no whole number as version, so the seconds since it was first created"

_OURS: Final = re.compile(rb'"text"\s*:')
_MARKS: Final = frozenset({"uri", "versioncreated", "firstcreated", "pubstatus", "bodies", "headlines"})
_BODY: Final = re.compile(r"body(?:_\w+)?$")
_HEADLINE: Final = re.compile(r"headline(?:_\w+)?$")
_MARKED_UP: Final = re.compile(r"html|nitf|xml", re.IGNORECASE)
_SECONDARY: Final = re.compile(r"summary|teaser|caption|abstract|short|seo|social", re.IGNORECASE)


def json_entry(place: str, value: bytes, options: ReadingOptions) -> Entry:
    """Read one JSON value: an article of ours or a ninjs item."""
    if not _OURS.search(value):
        try:
            item = json.loads(value)
        except (ValueError, RecursionError):
            item = None
        if isinstance(item, dict) and is_ninjs(item):
            return read_ninjs(item, place, options)
    return own_entry(place, value, options.max_bytes)


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Tell a ninjs item from an article of ours, which has `text`."""
    return "text" not in item and not _MARKS.isdisjoint(name.lower() for name in item)


def read_ninjs(item: Mapping[str, Any], place: str, options: ReadingOptions) -> Entry:
    """Read a ninjs item of any version."""
    fields = {name.lower().replace("-", "_"): value for name, value in item.items()}
    kind = (_text(fields.get("type")) or "text").lower()
    draft = _draft(fields, place, options)
    if draft.withdrawn:
        return finish(draft, options)
    bodies = list(_bodies(fields))
    if not bodies and kind not in ("text", "composite"):
        return Entry(place, skipped=NOT_TEXT)
    found, guessed = fullest(bodies)
    if not found:
        found = _described(fields)
        draft.notes += [FROM_SUMMARY] * bool(found)
    if not found:
        return Entry(place, error=ContractError("text: the item has no body"))
    found, prepended = with_dateline(_text(fields.get("dateline")), found)
    draft.notes += [GUESSED] * guessed + [PREPENDED] * prepended
    draft.text = "\n".join(found)
    return finish(draft, options)


def _draft(fields: Mapping[str, Any], place: str, options: ReadingOptions) -> Draft:
    first, versioned = _text(fields.get("firstcreated")), _text(fields.get("versioncreated"))
    status = (_text(fields.get("pubstatus")) or "usable").lower().rpartition(":")[2]
    version = version_number(fields.get("version"))
    draft = Draft(
        place,
        published=(first, _text(fields.get("contentcreated")), versioned),
        updated=versioned,
        id=_text(fields.get("uri")) or _text(fields.get("guid")),
        title=_headline(fields),
        source=_source(fields),
        language=_text(fields.get("language")),
        authors=_authors(fields),
        version=version,
        withdrawn=status in KILLED,
        embargoed=_text(fields.get("embargoed")) or status in HELD,
    )
    if version is None and (seconds := seconds_between(first, versioned, options.zone)) is not None:
        draft.version, draft.version_guessed = seconds, True
        draft.notes.append(VERSION_FROM_DATES)
    return draft


def _bodies(fields: Mapping[str, Any]) -> Iterator[tuple[list[str], bool]]:
    """Give the paragraphs of each body; the same text with markup has more of them than without.

    XML in a vocabulary of the provider's own is left out: what in it is body cannot be told.
    """
    bodies = [(name, _text(value)) for name, value in fields.items() if _BODY.match(name)]
    for body in _objects(fields.get("bodies")):
        role, content = _text(body.get("role")) or "", _text(body.get("contenttype")) or ""
        bodies.append((f"{role} {content}", _text(body.get("value"))))
    for kind, text in bodies:
        if text and not _SECONDARY.search(kind) and ("<nitf" in text or not kind.endswith("application/xml")):
            yield _paragraphs(text, kind)


def _paragraphs(text: str, kind: str) -> tuple[list[str], bool]:
    if "<nitf" in text:
        try:
            return nitf_body(parse_xml(text).root)
        except DecodeError:
            return [], False
    return any_paragraphs(text) if _MARKED_UP.search(kind) or "</" in text else text_paragraphs(text)


def _described(fields: Mapping[str, Any]) -> list[str]:
    described = [_text(value) for name, value in fields.items() if name.startswith("description")]
    described += [_text(found.get("value")) for found in _objects(fields.get("descriptions"))]
    return max((any_paragraphs(text)[0] for text in described if text), key=len, default=[])


def _headline(fields: Mapping[str, Any]) -> str | None:
    listed = _objects(fields.get("headlines"))
    main = [found for found in listed if (_text(found.get("role")) or "main").lower() == "main"]
    named = [fields.get("headline"), fields.get("headline_main")]
    others = [value for name, value in fields.items() if _HEADLINE.match(name)]
    values = [*named, *(found.get("value") for found in [*main, *listed]), *others, fields.get("title")]
    for value in values:
        if text := _text(value):
            return " ".join(" ".join(any_paragraphs(text)[0]).split()) or None
    return None


def _source(fields: Mapping[str, Any]) -> str | None:
    for name in ("provider", "source", "copyrightholder", "infosource"):
        if text := _text(fields.get(name)):
            return text
    sources = [_text(found.get("name")) for found in _objects(fields.get("infosources"))]
    return next((name for name in sources if name), None)


def _authors(fields: Mapping[str, Any]) -> list[str]:
    by = _text(fields.get("byline")) or _text(fields.get("by"))
    if by:
        return [re.sub(r"^(?:por|by)\s+", "", by, flags=re.IGNORECASE)]
    people = [*_objects(fields.get("people")), *_objects(fields.get("person"))]
    names = [_text(person.get("name")) for person in people if person.get("rel") == "author"]
    return [name for name in names if name]


def _objects(value: object) -> list[dict[str, Any]]:
    """Give the objects of a list, their names in lower case; anything else is no list."""
    listed = value if isinstance(value, list) else []
    return [
        {str(name).lower(): part for name, part in found.items()}
        for found in listed
        if isinstance(found, dict)
    ]


def _text(value: object) -> str | None:
    """Give a string that says something; numbers, lists and objects are none."""
    return value.strip() or None if isinstance(value, str) else None
