"""A page that shows each article's text with its events: one file, nothing loaded.

News is foreign text. Every piece of it is escaped, no piece of it becomes a class, an attribute name
or a part of the script, and the page's own policy allows its one style sheet and its one script, by
their digests, and no address at all. Without the script the page is whole, less the arrows.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from schemas import Article, Event, Span
from streams.rendering.cards import event_cards
from streams.rendering.marks import Segment, marks_of, segments
from streams.rendering.words import clean, shorten

_PARTS: Final = {
    "trigger": ("trigger", "words that name the event"),
    "visitor": ("role", "who does it"),
    "host": ("target", "to whom"),
    "document": ("document", "document"),
    "content": ("content", "what is said"),
    "date": ("date", "date"),
    "place": ("place", "place"),
    "source": ("source", "source"),
    "named": ("named", "where the name is given"),
}
"""Part → style class and legend."""

_ROLE_CLASSES: Final = dict.fromkeys(("visitor", "signatory", "attendee", "speaker"), "role")
_OTHER_ROLE_CLASS: Final = "target"
_TITLE_CHARACTERS: Final = 80


def page_head(title: str = "Teletipo") -> str:
    """Open the page: policy, style, title and legend."""
    policy = (
        f"default-src 'none'; style-src '{_digest('page.css')}'; script-src '{_digest('page.js')}'; "
        "base-uri 'none'; form-action 'none'"
    )
    legend = "".join(
        f'<li><mark class="{name}">{escape(meaning)}</mark></li>' for name, meaning in _PARTS.values()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_asset('page.css')}</style>\n</head>\n<body>\n"
        f'<header><h1>{escape(title)}</h1>\n<ul class="legend" aria-label="legend">{legend}</ul></header>\n'
        "<main>\n"
    )


def page_article(article: Article, events: Sequence[Event], *, number: int = 1) -> str:
    """Draw one article: heading, marked text, its events as a list.

    Args:
        article: Whose text is shown.
        events: In the order in which they are numbered.
        number: Of the article on its page, so that ids stay distinct.
    """
    cut = segments(article.text, marks_of(events, article))
    body = "".join(_segment(segment, _address(number, segment.start)) for segment in cut)

    def address(span: Span) -> str:
        return _address(number, span.start)

    heading = f"a{number}"
    language = escape(article.language, quote=True)
    return (
        f'<article aria-labelledby="{heading}">\n<h2 id="{heading}" lang="{language}">'
        f'{escape(_title(article))}</h2>\n<p class="about">{_about(article)}</p>\n'
        f'<div class="sides"><div class="text" lang="{language}">{body}</div>\n'
        f"{event_cards(events, article, address=address, style_of=_class_of)}</div></article>\n"
    )


def page_foot() -> str:
    """Close the page; the script comes last, when all that it draws on is there."""
    return f"</main>\n<script>{_asset('page.js')}</script>\n</body>\n</html>\n"


@cache
def _asset(name: str) -> str:
    return files("streams.rendering").joinpath(name).read_text("utf-8")


@cache
def _digest(name: str) -> str:
    """Name an asset as a content security policy does."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()


def _address(article: int, start: int) -> str:
    """Name the piece of text that begins at a code point, as an id."""
    return f"a{article}c{start}"


def _title(article: Article) -> str:
    """Call an article by its title, else by how it begins."""
    return article.title or shorten(clean(article.text), _TITLE_CHARACTERS) or article.id


def _about(article: Article) -> str:
    parts = [escape(article.source)] if article.source else []
    parts += [escape(article.published_on.isoformat()), escape(article.id)]
    if article.url and article.url.startswith(("https://", "http://")):
        parts.append(
            f'<a href="{escape(article.url, quote=True)}" rel="noreferrer">{escape(article.url)}</a>'
        )
    return " · ".join(parts)


def _segment(segment: Segment, address: str) -> str:
    text = escape(segment.text)
    if not segment.marks:
        return text
    classes = " ".join(dict.fromkeys(_class_of(mark.part) for mark in segment.marks))
    title = "\n".join(dict.fromkeys(mark.label for mark in segment.marks))
    parts = " ".join(
        dict.fromkeys(f"{mark.event}.{mark.slot}.{_class_of(mark.part)}" for mark in segment.marks)
    )
    return (
        f'<mark id="{address}" class="{classes}" data-parts="{parts}" title="{escape(title, quote=True)}">'
        f"{text}</mark>"
    )


def _class_of(part: str) -> str:
    if part in _ROLE_CLASSES:
        return _ROLE_CLASSES[part]
    return _PARTS[part][0] if part in _PARTS else _OTHER_ROLE_CLASS
