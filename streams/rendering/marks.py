"""Which pieces of an article's text belong to its events, cut so that overlapping ones can be drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas import Article, Event, Span
from streams.rendering.parts import Part, parts_of
from streams.rendering.words import what_type


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text with its part in an event.

    Attributes:
        part: A role, or `trigger`, `date`, `place`, `document`, `content`, `source`, `named`.
        label: What hovering tells.
        event: Number of the event in its article, from 1.
        slot: Which part of the event it is, counted from 0 as `parts_of` lists them.
    """

    start: int
    end: int
    part: str
    label: str
    event: int = 0
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text over which the same marks hold; none for plain text."""

    text: str
    start: int
    marks: tuple[Mark, ...]


def marks_of(events: Sequence[Event], article: Article) -> list[Mark]:
    """List the marks of all events of an article, each event called by its number from 1."""
    return [
        mark
        for number, event in enumerate(events, start=1)
        for slot, part in enumerate(parts_of(event, article))
        for mark in _marks_of_part(number, what_type(event), slot, part)
    ]


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
            yield Segment(text[start:end], start, tuple(open_marks))


def _marks_of_part(number: int, called: str, slot: int, part: Part) -> Iterator[Mark]:
    value = f": {part.value}" if part.value else ""
    label = f"{number} {called} · {part.part}{value} ({part.why})"

    def mark(span: Span, name: str, label: str) -> Mark:
        return Mark(span.start, span.end, name, label, number, slot)

    yield from (mark(span, part.part, label) for span in part.spans)
    if part.named is not None:
        yield mark(part.named, "named", f"{number} {called} · {part.part}: the name is given here")
