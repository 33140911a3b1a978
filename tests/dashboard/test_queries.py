"""Views: each filter alone and together, pages of a list, counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Event
from schemas.errors import ConfigurationError
from streams.codec import encode_event
from streams.dashboard.database import reader
from streams.dashboard.filters import EventFilter, match_query, read_filter
from streams.dashboard.overview import MOST_DAYS, overview
from streams.dashboard.queries import (
    changes_since,
    events_of_article,
    latest_change,
    list_events,
    related_events,
)
from tests.dashboard.conftest import Feed
from tests.dashboard.examples import article, event, person

VISIT = event(article(1))
SIGNING = event(
    article(2, source="El Faro"),
    "signing",
    participants=[person("signatory", "Lucía Arbeloa"), person("signatory", "Tomás Quispe", country="PE")],
)
STATEMENT = event(article(45), "statement", confidence=0.5)
MEETING = event(
    article(4, source="El Faro"),
    "meeting",
    participants=[person("attendee", "Lucía Arbeloa"), person("attendee", "Tomás Quispe")],
)


@pytest.fixture
def filled(feed: Feed) -> Feed:
    feed.events(VISIT, SIGNING, STATEMENT, MEETING)
    return feed


def shown(feed: Feed, **parameters: str) -> set[str]:
    with reader(feed.path) as connection:
        return {item.event.type for item in list_events(connection, read_filter(parameters))}


@pytest.mark.parametrize(
    ("parameters", "types"),
    [
        ({}, {"visit", "signing", "statement", "meeting"}),
        ({"type": "visit,meeting"}, {"visit", "meeting"}),
        ({"who": "quispe"}, {"signing", "meeting"}),
        ({"who": "LUCIA ARB"}, {"visit", "signing", "statement", "meeting"}),
        ({"country": "pe"}, {"visit", "signing"}),
        ({"source": "El Faro"}, {"signing", "meeting"}),
        ({"factuality": "planned"}, {"visit", "signing"}),
        ({"act": "say"}, {"statement"}),
        ({"confidence": "0.8"}, {"visit", "signing", "meeting"}),
        ({"from": "2024-06-02"}, {"statement"}),
        ({"to": "2024-06-01"}, {"visit", "signing", "meeting"}),
        ({"q": "artesanal prioridad"}, {"statement"}),
        ({"q": "quisp"}, {"visit", "signing", "statement", "meeting"}),
        ({"q": "LUCIA", "type": "visit", "country": "UY"}, {"visit"}),
        ({"q": "nada de esto"}, set()),
        ({"q": '"'}, set()),
        ({"who": "%"}, set()),
        ({"unknown": "x", "q": " "}, {"visit", "signing", "statement", "meeting"}),
    ],
)
def test_a_view_shows_what_it_asks_for(filled: Feed, parameters: dict[str, str], types: set[str]) -> None:
    assert shown(filled, **parameters) == types


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"confidence": "7"}, "confidence"),
        ({"confidence": "x"}, "confidence"),
        ({"from": "ayer"}, "from"),
        ({"country": "Perú"}, "country"),
        ({"type": "Visit; DROP"}, "type"),
        ({"factuality": "sure"}, "factuality"),
        ({"q": "x" * 201}, "q"),
    ],
)
def test_a_wrong_parameter_is_named(parameters: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        read_filter(parameters)


@given(st.text(max_size=200))
def test_nothing_that_is_typed_is_syntax(text: str) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (words)")
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (match_query(text),)).fetchall()
    connection.close()


def test_a_view_and_its_address_say_the_same() -> None:
    view = EventFilter.model_validate(
        {"q": "a b", "type": ["visit", "signing"], "from": date(2024, 6, 1), "confidence": 0.5, "who": "Ñu"}
    )
    assert read_filter(dict_of(view)) == view
    assert EventFilter().query() == ""
    assert view.query(type=None, q=None, who=None) == "?from=2024-06-01&confidence=0.5"


def dict_of(view: EventFilter) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in view.parameters():
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def test_pages_join_without_gap_or_repetition(feed: Feed) -> None:
    events = [event(article(n % 3, id=f"a{n}")) for n in range(23)]  # many of the same hour
    feed.events(*events)
    seen: list[str] = []
    cursor = None
    with reader(feed.path) as connection:
        while page := list_events(connection, EventFilter(), limit=5, after=cursor):
            seen += [item.event.id for item in page]
            cursor = page[-1].cursor
    assert len(seen) == 23 and set(seen) == {one.id for one in events}


def test_related_events_are_of_other_articles_and_share_people(filled: Feed) -> None:
    other = event(
        article(9, text="Quispe firmará el convenio."),
        "signing",
        participants=list(people(SIGNING)),
        id="other",
    )
    filled.events(other)
    with reader(filled.path) as connection:
        assert [found.id for found in related_events(connection, SIGNING)] == ["other"]
        assert [found.id for found in events_of_article(connection, SIGNING.article.id)] == [SIGNING.id]


def people(of: Event) -> list[dict[str, object]]:
    return [participant.model_dump() for participant in of.participants]


def test_the_overview_counts_a_view(filled: Feed) -> None:
    with reader(filled.path) as connection:
        everything = overview(connection, EventFilter())
        signings = overview(connection, EventFilter(type=("signing",)))
    assert everything.events == everything.articles == 4
    assert {c.name: c.events for c in everything.types} == dict.fromkeys(
        ("visit", "signing", "statement", "meeting"), 1
    )
    assert [(p.one, p.other, p.events) for p in everything.pairs] == [("Lucía Arbeloa", "Tomás Quispe", 2)]
    assert everything.speakers[0].name == "Lucía Arbeloa"
    assert [c.name for c in everything.countries] == ["PE", "UY"]
    assert [day.day.day for day in everything.days] == [1, 2, 3]
    assert everything.days[1].types == {}
    assert signings.events == 1 and signings.speakers == []


def test_topics_are_words_that_statements_share(feed: Feed) -> None:
    feed.events(*(event(article(n), "statement") for n in range(3)))
    with reader(feed.path) as connection:
        (speaker,) = overview(connection, EventFilter()).speakers
    assert speaker.events == 3
    assert set(speaker.topics) == {"pesca", "artesanal", "prioridad"}


def test_the_timeline_is_bounded(feed: Feed) -> None:
    feed.events(event(article(1)), event(article(2, published="2021-01-01")))
    with reader(feed.path) as connection:
        days = overview(connection, EventFilter()).days
    assert len(days) == MOST_DAYS


def test_the_overview_of_nothing_is_empty(feed: Feed) -> None:
    with reader(feed.path) as connection:
        counted = overview(connection, EventFilter())
    assert (counted.events, counted.days, counted.pairs) == (0, [], [])


def test_what_is_new_is_found_without_reading_all_that_is_old(feed: Feed) -> None:
    feed.apply(
        [
            record
            for n in range(900)
            for record in feed.records("events.visit", [encode_event(event(article(n % 500, id=f"a-{n}")))])
        ]
    )
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 100
        return 0

    with reader(feed.path) as connection:
        connection.set_progress_handler(count, 100)
        assert len(changes_since(connection, EventFilter(), latest_change(connection) - 2)) == 2
    assert steps <= 1000, "of the machine that runs SQL"
