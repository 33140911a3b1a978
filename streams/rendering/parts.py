"""What an event consists of, each part with its words in the article and why it is there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas import Article, Event, Participant, ResolvedBy, SigningEvent, Span, StatementEvent, span_of
from streams.rendering.reasons import FACTUALITY, RESOLVED_BY, why_date, why_place
from streams.rendering.words import clean

_SHORTEST_NAME = 3
"""Shorter names would be found by chance ("UE" is found in no other word, "A" is)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an event.

    Attributes:
        part: A role, or `trigger`, `date`, `place`, `document`, `content`, `source`.
        value: What was read: a name, a calendar value; empty where the words themselves are the value.
        why: What led from the words to the value.
        spans: The words; none for a subject that is left out, or a date that nothing in the text says.
        named: Where else the article gives the name that the words stand for.
    """

    part: str
    value: str
    why: str
    spans: tuple[Span, ...] = ()
    named: Span | None = None


def parts_of(event: Event, article: Article) -> tuple[Part, ...]:
    """List the parts of an event: triggers first, then participants, what, when, where, sources."""
    return tuple(_parts(event, article))


def _parts(event: Event, article: Article) -> Iterator[Part]:
    yield Part("trigger", "", f"{event.factuality}: {FACTUALITY[event.factuality]}", event.triggers)
    for participant in event.participants:
        yield _participant(participant, event.triggers, article.text)
    if isinstance(event, SigningEvent) and event.document is not None:
        yield Part("document", "", "the words that name it most fully", (event.document,))
    if isinstance(event, StatementEvent) and event.content:
        yield Part("content", "", f"{event.act}, {event.kind}", event.content)
    if event.date is not None:
        mention = (event.date.mention,) if event.date.mention else ()
        yield Part("date", event.date.value, why_date(event.date, article.published_on.isoformat()), mention)
    if event.place is not None:
        where = f"{clean(event.place.name)}{f' ({event.place.country})' if event.place.country else ''}"
        mention = (event.place.mention,) if event.place.mention else ()
        yield Part("place", where, why_place(event.place), mention)
    for source in event.attribution:
        cue = (source.cue,) if source.cue else ()
        yield Part("source", clean(source.name), f"{source.kind} that the article relies on", cue)


def _participant(participant: Participant, triggers: Sequence[Span], text: str) -> Part:
    kind = f"{participant.kind}{f', {participant.country}' if participant.country else ''}"
    why = f"{kind}; {participant.resolved_by}: {RESOLVED_BY[participant.resolved_by]}"
    named = None
    if participant.resolved_by not in (ResolvedBy.NAME, ResolvedBy.DESCRIPTION):
        named = find_name(text, participant.name, before=triggers[0].start)
    return Part(participant.role, clean(participant.name), why, participant.mentions, named)


def find_name(text: str, name: str, *, before: int) -> Span | None:
    """Find where a text gives a name: the last place before a position, else the first after it.

    >>> find_name("Ana Ruiz y Eva Sol. Ana Ruiz calló. Dijo que sí.", "Ana Ruiz", before=36).start
    20
    """
    if len(name) < _SHORTEST_NAME:
        return None
    starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    if not starts:
        return None
    start = max((at for at in starts if at < before), default=starts[0])
    return span_of(text, start, start + len(name))
