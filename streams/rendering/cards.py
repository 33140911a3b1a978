"""The events of one article as a list that reads well without colours, scripts or eyes."""

from collections.abc import Callable, Sequence
from html import escape

from schemas import Article, Event, Span
from streams.rendering.parts import Part, parts_of
from streams.rendering.words import clean, shorten, what_type

_MAX_QUOTE_CHARACTERS = 90

Address = Callable[[Span], str]
"""Span → id of the piece of text in which it begins."""


def event_cards(
    events: Sequence[Event], article: Article, *, address: Address, style_of: Callable[[str], str]
) -> str:
    """Draw each event as a section: type, parts, words, reasons; links lead into the text.

    Args:
        events: Of the article, in the order in which they are numbered.
        article: Whose text the spans point into.
        address: Where a link to a span leads.
        style_of: Part → style class.
    """
    if not events:
        return '<p class="quiet">no events</p>\n'
    cards = "".join(
        _card(number, event, parts_of(event, article), address, style_of)
        for number, event in enumerate(events, start=1)
    )
    return f'<ol class="events" lang="en" aria-label="events">\n{cards}</ol>\n'


def _card(
    number: int, event: Event, parts: Sequence[Part], address: Address, style_of: Callable[[str], str]
) -> str:
    rows = "".join(_row(part, address, style_of(part.part)) for part in parts)
    return (
        f'<li class="event" data-event="{number}">\n<h3><a href="#{address(event.triggers[0])}">'
        f'<span class="no">{number}</span> {escape(what_type(event))}</a> '
        f'<span class="quiet" title="estimated probability that the event is right">'
        f"{event.confidence:.0%}</span></h3>\n<ul>{rows}</ul></li>\n"
    )


def _row(part: Part, address: Address, style: str) -> str:
    value = f"<b>{escape(part.value)}</b> " if part.value else ""
    words = " … ".join(_quote(span, address) for span in part.spans)
    named = f' <span class="quiet">named at</span> {_quote(part.named, address)}' if part.named else ""
    return (
        f'<li><span class="part {style}">{escape(part.part)}</span> {value}{words}{named} '
        f'<span class="why">{escape(part.why)}</span></li>\n'
    )


def _quote(span: Span, address: Address) -> str:
    words = escape(shorten(clean(span.text), _MAX_QUOTE_CHARACTERS))
    return f'<a href="#{address(span)}">“{words}”</a>'
