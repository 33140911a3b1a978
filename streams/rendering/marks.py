"""Which pieces of an article's text belong to its events, cut so that overlapping ones can be drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas import Event, SigningEvent, Span, StatementEvent


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text with its part in an event.

    Attributes:
        part: A role, or `trigger`, `date`, `place`, `document`, `content`, `source`.
        label: What hovering tells.
    """

    start: int
    end: int
    part: str
    label: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text over which the same marks hold; none for plain text."""

    text: str
    marks: tuple[Mark, ...]


def marks_of(events: Sequence[Event]) -> list[Mark]:
    """List the marks of all events of an article, each event called by its number from 1."""
    return [mark for number, event in enumerate(events, start=1) for mark in _marks_of_event(number, event)]


def segments(text: str, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Cut a text wherever a mark begins or ends; the segments joined are the text."""
    bounds = sorted({0, len(text)} | {bound for mark in marks for bound in (mark.start, mark.end)})
    waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    open_marks: list[Mark] = []
    for start, end in pairwise(bounds):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while waiting and waiting[-1].start <= start:
            open_marks.append(waiting.pop())
        if text[start:end]:
            yield Segment(text[start:end], tuple(open_marks))


def _marks_of_event(number: int, event: Event) -> Iterator[Mark]:
    called = f"{event.type} {number}"

    def mark(span: Span | None, part: str, tells: str = "") -> Iterator[Mark]:
        if span is not None:
            yield Mark(span.start, span.end, part, f"{called}, {part}{': ' if tells else ''}{tells}")

    if isinstance(event, StatementEvent):
        for span in event.content:
            yield from mark(span, "content", f"{event.act}, {event.kind}")
    if isinstance(event, SigningEvent):
        yield from mark(event.document, "document")
    for participant in event.participants:
        for span in participant.mentions:
            yield from mark(span, participant.role, participant.name)
    if event.date is not None:
        yield from mark(event.date.mention, "date", event.date.value)
    if event.place is not None:
        yield from mark(event.place.mention, "place", event.place.name)
    for source in event.attribution:
        yield from mark(source.cue, "source", source.name)
    for span in event.triggers:
        yield from mark(span, "trigger", event.factuality)
