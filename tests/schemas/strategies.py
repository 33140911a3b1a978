"""Articles and events as the contract allows them, for properties."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from schemas import (
    Act,
    Article,
    ArticleReference,
    CustomEvent,
    Event,
    EventDate,
    Extractor,
    Factuality,
    Kind,
    MeetingEvent,
    Participant,
    Place,
    ResolvedBy,
    SigningEvent,
    Source,
    Span,
    StatementEvent,
    StatementKind,
    VisitEvent,
    span_of,
)

_zones = st.one_of(
    st.just(UTC), st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
moments: st.SearchStrategy[date] = st.one_of(
    st.dates(),
    st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1), timezones=_zones),  # noqa: DTZ001  # bounds
)
words = st.text(min_size=1, max_size=12).filter(str.strip)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any article, with fields that we do not know."""
    unknown = st.text("abcdefgh", min_size=3, max_size=8).map("x_".__add__)
    fields: dict[str, Any] = {
        "text": draw(words),
        "published": draw(moments),
        "id": draw(st.just("") | words),
        "title": draw(st.none() | words),
        "url": draw(st.none() | words),
        "source": draw(st.none() | words),
        "authors": draw(st.lists(words, max_size=2)),
        "updated": draw(st.none() | moments),
        "version": draw(st.integers(0, 9)),
        "withdrawn": draw(st.booleans()),
        **draw(st.dictionaries(unknown, json_values, max_size=3)),
    }
    return Article.model_validate(fields)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A piece of the text."""
    start = draw(st.integers(0, len(text) - 1))
    return span_of(text, start, draw(st.integers(start + 1, len(text))))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event of any type."""
    text = draw(st.text(min_size=1, max_size=40))
    span = spans(text)
    model, roles = draw(
        st.sampled_from(
            [
                (VisitEvent, ["visitor", "host"]),
                (SigningEvent, ["signatory"]),
                (MeetingEvent, ["attendee"]),
                (StatementEvent, ["speaker", "addressee"]),
                (CustomEvent, ["resigner"]),
            ]
        )
    )
    fields: dict[str, Any] = {
        "id": draw(words),
        "article": ArticleReference(id=draw(words), published=draw(moments), version=draw(st.integers(0, 9))),
        "triggers": draw(st.lists(span, min_size=1, max_size=3)),
        "participants": draw(st.lists(_participants(span, roles), max_size=3)),
        "date": draw(st.none() | _dates(span)),
        "place": draw(st.none() | st.builds(Place, name=words, mention=st.none() | span)),
        "factuality": draw(st.sampled_from(Factuality)),
        "attribution": draw(st.lists(st.builds(Source, name=words, kind=st.sampled_from(Kind)), max_size=2)),
        "evidence": draw(st.lists(span, max_size=2)),
        "confidence": draw(st.integers(0, 100)) / 100,
        "codes": draw(st.dictionaries(words, words, max_size=2)),
        "extractor": Extractor(version="0.1.0", model="none"),
    }
    if model is StatementEvent:
        fields |= {"act": draw(st.sampled_from(Act)), "kind": draw(st.sampled_from(StatementKind))}
        fields["content"] = draw(st.lists(span, max_size=2))
    if model is SigningEvent:
        fields["document"] = draw(st.none() | span)
    if model is CustomEvent:
        fields["type"] = "resignation"
    return model.model_validate(fields)


def _participants(span: st.SearchStrategy[Span], roles: list[str]) -> st.SearchStrategy[Participant]:
    return st.builds(
        Participant,
        role=st.sampled_from(roles),
        name=words,
        kind=st.sampled_from(Kind),
        country=st.none() | st.just("VE"),
        wikidata=st.none() | st.just("Q42"),
        mentions=st.lists(span, max_size=2).map(tuple),
        resolved_by=st.sampled_from(ResolvedBy),
    )


def _dates(span: st.SearchStrategy[Span]) -> st.SearchStrategy[EventDate]:
    values = ["2000-10-19", "2000-10", "2000", "2000-W42", "199X", "2000-10-19/2000-10-21", "2016-09/2016-12"]
    return st.builds(
        EventDate,
        value=st.sampled_from(values),
        basis=st.sampled_from(["explicit", "relative", "publication"]),
        mention=st.none() | span,
    )
