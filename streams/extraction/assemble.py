"""Candidate → Event: code points, ids, evidence, codes, confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from schemas import (
    EVENT_ADAPTER,
    Article,
    ArticleReference,
    Basis,
    Event,
    EventDate,
    Extractor,
    Participant,
    Place,
    Source,
    Span,
    span_of,
    stable_id,
)
from streams.extraction.annotations import Candidate, Filler
from streams.extraction.confidence import Calibration
from streams.extraction.doc import article_range
from streams.extraction.frames import EventType
from streams.extraction.layout import Range
from streams.extraction.merge import unique_fillers
from streams.extraction.syntax import sentence_bounds
from streams.extraction.tokens import Doc


def assemble(
    article: Article,
    doc: Doc,
    candidates: Sequence[Candidate],
    event_types: Mapping[str, EventType],
    extractor: Extractor,
    calibration: Calibration | None = None,
) -> list[Event]:
    """Build the events of an article, in order of their first trigger, each with an id of its own."""
    calibration = calibration or Calibration()
    events: list[Event] = []
    used: dict[str, int] = {}
    reference = ArticleReference(
        id=article.id,
        published=article.published,
        url=article.url,
        title=article.title,
        source=article.source,
        version=article.version,
    )
    for candidate in sorted(candidates, key=lambda c: (c.triggers[0], c.type)):
        event_type = event_types[candidate.type]
        fields = _fields(article, doc, candidate, event_type)
        fields["confidence"] = calibration.confidence(candidate, judged=event_type.judged)
        key = _identity(article, candidate, fields)
        used[key] = used.get(key, 0) + 1
        ordinal = "" if used[key] == 1 else str(used[key])
        fields |= {"id": stable_id("event", key, ordinal), "article": reference, "extractor": extractor}
        events.append(EVENT_ADAPTER.validate_python(fields))
    return events


def _fields(article: Article, doc: Doc, candidate: Candidate, event_type: EventType) -> dict[str, Any]:
    text = article.text
    codes = event_type.acts.get(candidate.act) or event_type.codes.get(candidate.factuality) or {}
    fields: dict[str, Any] = {
        "type": candidate.type,
        "triggers": tuple(_span(doc, text, r) for r in sorted(set(candidate.triggers))),
        "participants": tuple(_participant(doc, text, f) for f in unique_fillers(candidate.fillers)),
        "date": _date(article, doc, candidate),
        "place": _place(doc, text, candidate),
        "factuality": candidate.factuality,
        "attribution": tuple(
            Source(name=s.name, kind=s.kind, cue=_span(doc, text, s.cue) if s.cue else None)
            for s in candidate.sources
        ),
        "evidence": _evidence(doc, text, candidate),
        "codes": dict(codes),
    }
    if candidate.type == "signing":
        fields["document"] = _span(doc, text, candidate.document) if candidate.document else None
    if candidate.type == "statement":
        fields |= {
            "act": candidate.act,
            "kind": candidate.kind,
            "content": tuple(_span(doc, text, r) for r in sorted(set(candidate.content))),
        }
    return fields


def _span(doc: Doc, text: str, tokens: Range) -> Span:
    first, last = doc[tokens[0]], doc[tokens[1] - 1]
    return span_of(text, *article_range(doc, first.idx, last.idx + len(last.text)))


def _participant(doc: Doc, text: str, filler: Filler) -> Participant:
    return Participant(
        role=filler.role,
        name=filler.name,
        kind=filler.kind,
        country=filler.country,
        mentions=(_span(doc, text, filler.mention),) if filler.mention else (),
        resolved_by=filler.resolved_by,
    )


def _date(article: Article, doc: Doc, candidate: Candidate) -> EventDate:
    if candidate.date is None:
        return EventDate(value=article.published_on.isoformat(), basis=Basis.PUBLICATION)
    date = candidate.date
    mention = span_of(article.text, *article_range(doc, date.start_char, date.end_char))
    return EventDate(value=date.value, basis=date.basis, mention=mention)


def _place(doc: Doc, text: str, candidate: Candidate) -> Place | None:
    if candidate.place is None:
        return None
    place = candidate.place
    mention = _span(doc, text, place.mention) if place.mention else None
    return Place(name=place.name, country=place.country, mention=mention)


def _evidence(doc: Doc, text: str, candidate: Candidate) -> tuple[Span, ...]:
    ranges = sorted({sentence_bounds(doc, start) for start, _ in candidate.triggers})
    return tuple(_span(doc, text, r) for r in ranges if r[0] < r[1])


def _identity(article: Article, candidate: Candidate, fields: Mapping[str, Any]) -> str:
    """What makes the event this event: article, type, participants, date, document or content."""
    people = "\x1e".join(sorted(f"{p.role}={p.name}" for p in fields["participants"]))
    what = "\x1e".join(s.text for s in fields.get("content", ()))
    document = fields.get("document")
    return "\x1f".join(
        (
            article.id,
            candidate.type,
            people,
            fields["date"].value,
            document.text if document else "",
            what,
            candidate.act,
        )
    )
