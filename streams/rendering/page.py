"""A page that shows each article's text with its events marked: one file, no scripts, nothing loaded.

News is foreign text. Every piece of it is escaped, no piece of it becomes a class or an attribute
name, and the page's own policy forbids scripts and every address but its one style sheet.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from schemas import Article, Event
from streams.rendering.marks import Segment, marks_of, segments
from streams.rendering.words import relied_on, what, what_type, when, where, who

_PARTS: Final = {
    "trigger": ("trigger", "words that name the event"),
    "visitor": ("role", "who does it: visitor, signatory, attendee, speaker"),
    "host": ("target", "to whom: host, addressee, roles of your own types"),
    "document": ("document", "document"),
    "content": ("content", "what is said"),
    "date": ("date", "date"),
    "place": ("place", "place"),
    "source": ("source", "source"),
}
"""Part → style class and legend."""

_ROLE_CLASSES: Final = dict.fromkeys(("visitor", "signatory", "attendee", "speaker"), "role")
_OTHER_ROLE_CLASS: Final = "target"


def page_head(title: str = "Teletipo") -> str:
    """Open the page: policy, style, title and legend."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    legend = "".join(
        f'<li><mark class="{name}">{escape(meaning)}</mark></li>' for name, meaning in _PARTS.values()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<h1>{escape(title)}</h1>\n<ul class="legend">{legend}</ul>\n'
    )


def page_article(article: Article, events: Sequence[Event]) -> str:
    """Draw one article: heading, marked text, table of its events."""
    body = "".join(map(_segment, segments(article.text, marks_of(events))))
    return (
        f'<article lang="{escape(article.language, quote=True)}">\n<h2>{escape(article.title or "—")}</h2>\n'
        f'<p class="about">{_about(article)}</p>\n<div class="text">{body}</div>\n'
        f"{_events(events)}</article>\n"
    )


def page_foot() -> str:
    """Close the page."""
    return "</body>\n</html>\n"


@cache
def _style() -> str:
    return files("streams.rendering").joinpath("page.css").read_text("utf-8")


def _about(article: Article) -> str:
    parts = [escape(article.source)] if article.source else []
    parts += [escape(article.published_on.isoformat()), escape(article.id)]
    if article.url and article.url.startswith(("https://", "http://")):
        parts.append(
            f'<a href="{escape(article.url, quote=True)}" rel="noreferrer">{escape(article.url)}</a>'
        )
    return " · ".join(parts)


def _segment(segment: Segment) -> str:
    text = escape(segment.text)
    if not segment.marks:
        return text
    classes = " ".join(dict.fromkeys(_class_of(mark.part) for mark in segment.marks))
    title = "\n".join(dict.fromkeys(mark.label for mark in segment.marks))
    return f'<mark class="{classes}" title="{escape(title, quote=True)}">{text}</mark>'


def _class_of(part: str) -> str:
    if part in _ROLE_CLASSES:
        return _ROLE_CLASSES[part]
    return _PARTS[part][0] if part in _PARTS else _OTHER_ROLE_CLASS


def _events(events: Sequence[Event]) -> str:
    if not events:
        return '<p class="quiet">no events</p>\n'
    columns = ("", "event", "who", "when", "where", "what", "according to", "confidence")
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = "".join(_row(number, event) for number, event in enumerate(events, start=1))
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="events"><table lang="en">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _row(number: int, event: Event) -> str:
    participants = "<br>".join(
        f'<span class="quiet">{escape(role)}</span> {escape(name)}' for role, name in who(event)
    )
    cells = [str(number), escape(what_type(event)), participants]
    cells += [escape(text) for text in (when(event), where(event), what(event), relied_on(event))]
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr>{body}<td class="number">{event.confidence:.2f}</td></tr>\n'
