"""What extraction knows of an article after each step: `python samples/steps.py ARTICLE.txt DAY`.

`docs/extraction.md` explains what it prints for `breve.txt`.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from spacy.tokens import Doc

from schemas import Article, Event
from streams.extraction import load_extractor
from streams.extraction.doc import make_doc


def main() -> None:
    """Read one article, and print what each step adds."""
    file, day = sys.argv[1:]
    text = Path(file).read_text("utf-8")
    extractor = load_extractor()
    doc = extractor.nlp(make_doc(extractor.nlp, text, published=date.fromisoformat(day)))
    events = extractor.extract(Article(text=text, published=day))
    sys.stdout.write("\n".join(steps(doc, events)) + "\n")


def steps(doc: Doc, events: list[Event]) -> Iterator[str]:
    """Describe what was found, a line an item, a heading a step."""
    yield "sentences"
    yield from (f"  {i}  {sent.text.strip()}" for i, sent in enumerate(doc.sents, start=1))
    yield "quotations"
    yield from (f"  {doc[quote.start : quote.end].text}" for quote in doc._.quotes)
    yield "temporal expressions"
    yield from (f"  {doc.text[m.start : m.end]} → {m.value} ({m.basis})" for m in doc._.temporal)
    yield "entities: mentions"
    for entity in doc._.entities:
        mentions = ", ".join(dict.fromkeys(doc[m.start : m.end].text for m in entity.mentions))
        yield f"  {entity.name} ({entity.kind}{f', {entity.country}' if entity.country else ''}): {mentions}"
    yield "events"
    for event in events:
        triggers = ", ".join(span.text for span in event.triggers)
        yield f"  {event.type} by “{triggers}”: {event.factuality}, {event.confidence:.2f}"
        yield from (f"    {line}" for line in slots(event))


def slots(event: Event) -> Iterator[str]:
    """Describe what fills an event."""
    for participant in event.participants:
        words = ", ".join(f"“{span.text}”" for span in participant.mentions)
        by = f"by {participant.resolved_by}" + (f" from {words}" if words else "")
        yield f"{participant.role}: {participant.name} ({by})"
    if event.date is not None:
        yield f"date: {event.date.value} ({event.date.basis})"
    if event.place is not None:
        yield f"place: {event.place.name}, {event.place.country}"
    for source in event.attribution:
        yield f"according to: {source.name}"


if __name__ == "__main__":
    main()
