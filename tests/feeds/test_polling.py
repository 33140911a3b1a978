"""Polls of feeds on a real server, as `ingest --every` makes them."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from streams.article_files import Entry
from streams.feed_settings import Feed
from streams.feeds.addresses import AddressPolicy
from streams.feeds.fetching import FetchLimits
from streams.feeds.polling import ASKED_TO_WAIT, UNCHANGED, FeedPoller
from streams.feeds.web import Web
from streams.ingest import Batch, Settlement
from streams.ingest_memory import IngestMemory, open_memory
from streams.sent import SENT_BEFORE
from tests.feeds.reading import OPTIONS
from tests.feeds.server import Answer, Server

WORDS = "La ministra Nélida Ayala visitó este viernes el puerto de Lisboa y se reunió con su homólogo. "
PAGE = f"<html><body><article><h1>Visita</h1><p>{WORDS * 4}</p><p>{WORDS * 2}</p></article></body></html>"


def rss(server: Server, *names: str, body: str = WORDS * 5) -> str:
    items = "".join(
        f"<item><title>{name}</title><link>{server.url}/{name}</link>"
        f"<pubDate>Fri, 06 Mar 2026 08:00:00 +0000</pubDate><description>{body}</description></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel><title>Diario</title>{items}</channel></rss>'


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def polling(
    memory: IngestMemory, *feeds: str | Feed, clock: Clock | None = None, every: float = 60
) -> Iterator[FeedPoller]:
    limits = FetchLimits(pause_seconds=0, first_wait_seconds=0.01, timeout_seconds=1)
    listed = [feed if isinstance(feed, Feed) else Feed(address=feed) for feed in feeds]
    with Web(limits, AddressPolicy([ipaddress.ip_network("127.0.0.1/32")])) as web:
        yield FeedPoller(listed, web, memory, OPTIONS, every_seconds=every, clock=clock or Clock())


def take(poller: FeedPoller, *, settle: bool = True, memory: IngestMemory | None = None) -> list[Entry]:
    """Everything of one poll, as if the broker had it."""
    found = []
    for batch in poller.batches(wait=True):
        entries = list(batch.entries)
        found += entries
        if memory is not None:
            for entry in entries:
                if entry.article:
                    sent = memory.sending(entry.article, read_version=entry.article.version)
                    memory.sent(entry.article.id, sent, entry.key)
        if settle:
            _settle(batch, entries)
    return found


def _settle(batch: Batch, entries: list[Entry]) -> None:
    if batch.settle:
        settlement = Settlement(sum(entry.article is not None for entry in entries))
        for entry in entries:
            if entry.error:
                settlement.refuse(entry.place, entry.error)
        batch.settle(settlement)


@pytest.fixture
def memory() -> Iterator[IngestMemory]:
    with open_memory(None, "t") as opened:
        yield opened


def test_polling_an_unchanged_feed_is_not_read_again(server: Server, memory: IngestMemory) -> None:
    url = server.on("/feed", Answer(rss(server, "a", "b"), etag='"1"'))
    clock = Clock()
    with polling(memory, url, clock=clock) as poller:
        assert [entry.article is not None for entry in take(poller)] == [True, True]
        assert take(poller) == [], "not due yet"
        clock.now += 61
        assert [entry.skipped for entry in take(poller)] == [UNCHANGED]


def test_polling_a_feed_whose_articles_did_not_arrive_is_read_again(
    server: Server, memory: IngestMemory
) -> None:
    url = server.on("/feed", Answer(rss(server, "a"), etag='"1"'))
    with polling(memory, url) as poller:
        take(poller, settle=False)
    with polling(memory, url) as poller:
        assert [entry.article is not None for entry in take(poller)] == [True]


def test_polling_one_feed_that_fails_does_not_stop_the_others(server: Server, memory: IngestMemory) -> None:
    good = server.on("/good", Answer(rss(server, "a")))
    bad = [
        server.on("/500", Answer(status=500)),
        server.on("/html", Answer("<html><body>Error</body></html>")),
        server.on("/slow", Answer(b"x" * 1000, drip_seconds=0.1)),
        "http://127.0.0.2:9/feed",
        "http://127.0.0.1:1/feed",
    ]
    with polling(memory, *bad, good) as poller:
        found = take(poller)
    assert [entry.article.title for entry in found if entry.article] == ["a"]
    assert {entry.place: entry.error.code for entry in found if entry.error} == {
        f"{server.url}/500": "feed",
        f"{server.url}/html": "decode",
        f"{server.url}/slow": "feed",
        "http://127.0.0.2:9/feed": "feed",
        "http://127.0.0.1:1/feed": "feed",
    }


def test_polling_does_not_wait_for_a_slow_feed_where_others_go_on(
    server: Server, memory: IngestMemory
) -> None:
    import time

    slow = server.on("/slow", Answer(b"x" * 1000, drip_seconds=0.1))
    with polling(memory, slow) as poller:
        started = time.monotonic()
        assert list(poller.batches(wait=False)) == []
        assert time.monotonic() - started < 1


def test_polling_a_failing_feed_is_asked_less_and_less_often(server: Server, memory: IngestMemory) -> None:
    url = server.on("/feed", Answer(status=404))
    clock, polls = Clock(), []
    with polling(memory, url, clock=clock) as poller:
        for minute in range(40):
            if take(poller):
                polls.append(minute)
            clock.now += 60
    assert polls == [0, 2, 6, 14, 30]
    server.on("/feed", Answer(rss(server, "a")))
    clock.now += 3600
    with polling(memory, url, clock=clock) as poller:
        assert take(poller)[0].article is not None
    assert memory.feed(url).failures == 0


def test_polling_a_server_that_asks_to_wait_is_left_alone_also_by_the_next_run(
    server: Server, memory: IngestMemory
) -> None:
    url = server.on("/feed", Answer(status=503, headers={"Retry-After": "600"}), Answer(rss(server, "a")))
    clock = Clock()
    with polling(memory, url, clock=clock) as poller:
        assert take(poller)[0].error is not None
    with polling(memory, url, clock=clock) as poller:
        assert [entry.skipped for entry in take(poller)] == [ASKED_TO_WAIT]
    clock.now += 601
    with polling(memory, url, clock=clock) as poller:
        assert take(poller)[0].article is not None
    assert server.paths() == ["/feed", "/feed"]


def test_polling_summaries_are_completed_once(server: Server, memory: IngestMemory) -> None:
    url = server.on("/feed", Answer(rss(server, "a", body="Lo esencial.")))
    server.on("/a", Answer(PAGE))
    with polling(memory, url) as poller:
        (first,) = take(poller, memory=memory)
    assert first.article is not None and first.article.text.count("Nélida Ayala") == 6
    assert "only a summary in the feed, so the text of its page" in first.notes
    with polling(memory, url) as poller:
        (second,) = take(poller, memory=memory)
    assert second.skipped == SENT_BEFORE
    assert server.paths() == ["/feed", "/a", "/feed"]


def test_polling_a_page_that_cannot_be_had_is_asked_again_next_time(
    server: Server, memory: IngestMemory
) -> None:
    url = server.on("/feed", Answer(rss(server, "a", body="Lo esencial.")))
    server.on("/a", Answer(status=500), Answer(PAGE))
    with polling(memory, url) as poller:
        (first,) = take(poller, memory=memory)
    assert first.article is not None and first.article.text == "Lo esencial."
    with polling(memory, url) as poller:
        (second,) = take(poller, memory=memory)
    assert second.article is not None and "Nélida Ayala" in second.article.text


def test_polling_pages_of_a_site_that_is_down_are_given_up(server: Server, memory: IngestMemory) -> None:
    url = server.on("/feed", Answer(rss(server, *"abcdef", body="Lo esencial.")))
    with polling(memory, url) as poller:
        found = take(poller)
    assert [entry.article.text for entry in found if entry.article] == ["Lo esencial."] * 6
    assert server.paths() == ["/feed", "/a", "/b", "/c"]


def test_polling_the_list_says_more_of_a_feed(server: Server, memory: IngestMemory) -> None:
    body = rss(server, "a", body="Corto.").replace(" +0000", "")
    feed = Feed(
        address=server.on("/feed", Answer(body)),
        source="El Faro",
        language="es-UY",
        timezone="America/Montevideo",
        full_text=False,
    )
    with polling(memory, feed) as poller:
        (entry,) = take(poller)
    assert entry.article is not None
    assert entry.article.source == "El Faro"
    assert entry.article.published.isoformat() == "2026-03-06T08:00:00-03:00"
    assert server.paths() == ["/feed"]


def test_polling_passwords_are_not_kept(server: Server, tmp_path: Path) -> None:
    url = server.on("/feed", Answer(rss(server, "a"), etag='"1"')).replace("//", "//eva:secreto@")
    with open_memory(tmp_path / "m", "t") as memory, polling(memory, url) as poller:
        (entry,) = take(poller)
        assert "secreto" not in entry.place
        assert memory.feed(url.replace("eva:secreto@", "")).etag == '"1"'
    assert b"secreto" not in (tmp_path / "m").read_bytes()


def test_polling_other_formats_come_over_http_too(server: Server, memory: IngestMemory) -> None:
    url = server.on("/n.json", Answer('{"uri": "u", "versioncreated": "2026-03-06", "body_text": "Ana."}'))
    with polling(memory, url) as poller:
        (entry,) = take(poller)
    assert entry.article is not None and entry.article.text == "Ana."
