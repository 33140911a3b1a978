"""Records become rows; applied twice they change nothing more; what is old goes."""

import sqlite3
from pathlib import Path

import pytest

from streams.codec import Record, encode_event
from streams.dashboard.database import edition, open_writer, reader
from streams.dashboard.filters import EventFilter
from streams.dashboard.queries import (
    changes_since,
    find_article,
    find_event,
    latest_change,
    list_events,
)
from streams.dashboard.writer import DAY_MS, Retention
from tests.dashboard.conftest import NAMES, NOW_MS, Feed
from tests.dashboard.examples import article, event, person


def ids(feed: Feed, **wanted: object) -> list[str]:
    with reader(feed.path) as connection:
        return [item.event.id for item in list_events(connection, EventFilter.model_validate(wanted))]


def count(feed: Feed, table: str) -> int:
    with reader(feed.path) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_an_event_is_there_once_however_often_it_comes(feed: Feed) -> None:
    one = event(article())
    feed.events(one, one)
    with reader(feed.path) as connection:
        assert latest_change(connection) == 1
    assert ids(feed) == [one.id]


def test_an_event_that_changed_takes_the_place_of_the_old_one(feed: Feed) -> None:
    one = event(article())
    feed.events(one, one.model_copy(update={"confidence": 0.4}))
    with reader(feed.path) as connection:
        found = find_event(connection, one.id)
        assert found is not None and found[0].confidence == 0.4
        assert latest_change(connection) == 2
    assert count(feed, "participants") == count(feed, "events_words") == 1


def test_a_tombstone_takes_an_event_out_of_the_list_but_its_page_stays(feed: Feed) -> None:
    told = article()
    one = event(told)
    feed.events(one)
    feed.withdraw(one, told)
    assert ids(feed) == []
    with reader(feed.path) as connection:
        assert find_event(connection, one.id) == (one, True)
        (change,) = changes_since(connection, EventFilter(), 1)
    assert (change.event_id, change.event) == (one.id, None)


def test_an_event_that_was_taken_back_can_come_again(feed: Feed) -> None:
    told = article()
    one = event(told)
    feed.events(one)
    feed.withdraw(one, told)
    feed.events(one)
    assert ids(feed) == [one.id]


def test_a_tombstone_of_an_unknown_event_is_no_change(feed: Feed) -> None:
    feed.withdraw(event(article()), article())
    with reader(feed.path) as connection:
        assert latest_change(connection) == 0


def test_a_lower_version_of_an_article_does_not_replace_a_higher_one(feed: Feed) -> None:
    feed.articles(article(version=2, title="nuevo"), article(version=1, title="viejo"))
    with reader(feed.path) as connection:
        found = find_article(connection, article().id)
    assert found is not None and found.title == "nuevo"


@pytest.mark.parametrize("value", [b"{", b"\xff\xfe", b"[]", b"null", b"{}"])
def test_what_is_no_record_of_ours_is_passed_over(feed: Feed, value: bytes) -> None:
    broken = [Record(b"k", value, [])]
    for topic in (NAMES.raw, NAMES.receipts, NAMES.dead_letter, NAMES.events("visit")):
        feed.apply(feed.records(topic, broken))
    assert ids(feed) == []
    assert feed.writer.positions()[NAMES.raw, 0] == 1


def test_positions_and_rows_change_together(feed: Feed) -> None:
    records = feed.records(NAMES.events("visit"), [encode_event(event(article()))])
    feed.apply(records)
    feed.writer._connection.execute(
        "CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT raise(FAIL, 'x'); END"
    )
    more = feed.records(NAMES.events("visit"), [encode_event(event(article(2)))])
    with pytest.raises(sqlite3.IntegrityError):
        feed.apply(more)
    assert feed.writer.positions() == {("events.visit", 0): 1}


def test_what_is_older_than_the_retention_goes(feed: Feed) -> None:
    old, new = event(article(1)), event(article(2))
    feed.events(old, at_ms=NOW_MS - 91 * DAY_MS)
    feed.events(new)
    feed.writer.prune(now_ms=NOW_MS)
    assert ids(feed) == [new.id]
    assert count(feed, "participants") == count(feed, "events_words") == 1


def test_no_more_events_are_kept_than_the_bound(tmp_path: Path) -> None:
    feed = Feed(tmp_path / "small.sqlite", Retention(90, 3))
    feed.events(*(event(article(n)) for n in range(5)))
    feed.writer.prune(now_ms=NOW_MS)
    assert ids(feed) == [event(article(n)).id for n in (4, 3, 2)]
    feed.writer.close()


def test_the_file_goes_on_where_it_stopped(feed: Feed) -> None:
    feed.events(event(article()))
    feed.writer.close()
    again = Feed(feed.path)
    assert again.writer.positions() == {("events.visit", 0): 1}
    assert ids(again) == [event(article()).id]
    again.writer.close()


def test_a_file_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    writer = open_writer(path)
    assert edition(writer)
    assert writer.execute("SELECT count(*) FROM sqlite_master WHERE name = 'other'").fetchone()[0] == 0
    writer.close()


def test_readers_cannot_write(feed: Feed) -> None:
    with reader(feed.path) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM events")


def test_two_participants_of_one_name_and_role_are_one_row(feed: Feed) -> None:
    feed.events(event(article(), participants=[person("visitor", "Ana Sol"), person("visitor", "Ana Sol")]))
    assert count(feed, "participants") == 1
