"""Every span that an event carries."""

from collections.abc import Iterator

from schemas import Event, Span


def spans_of(event: Event) -> Iterator[Span]:
    """Give the spans of an event: triggers, evidence, mentions, what is said or signed, when, where, cues."""
    yield from event.triggers
    yield from event.evidence
    yield from getattr(event, "content", ())
    for participant in event.participants:
        yield from participant.mentions
    for part in (event.date, event.place):
        if part is not None and part.mention is not None:
            yield part.mention
    if document := getattr(event, "document", None):
        yield document
    yield from (source.cue for source in event.attribution if source.cue is not None)
