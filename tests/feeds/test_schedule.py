"""What `ingest` is asked for, put together: files, standard input, feeds, folders."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.feed_settings import Feed
from streams.feeds.schedule import Schedule, Sources, reading_options, sources_of
from streams.ingest import Batch, Settlement
from streams.ingest_memory import IngestMemory, open_memory
from streams.settings import Settings
from tests.feeds.server import Answer, Server

NINJS = '{"uri": "f", "versioncreated": "2026-03-06", "body_text": "Del feed."}'


@pytest.fixture
def memory() -> Iterator[IngestMemory]:
    with open_memory(None, "t") as opened:
        yield opened


def settings(**more: object) -> Settings:
    chosen = {"private_networks": "127.0.0.1/32", "fetch_pause_seconds": 0, "feed_timezone": "America/Bogota"}
    return Settings(**(chosen | more))  # type: ignore[arg-type]


def schedule(sources: Sources, **more: object) -> Schedule:
    found = settings(**more)
    return Schedule(sources, found, reading_options(found), look_seconds=0.02)


def texts(batch: Batch) -> list[str]:
    """Texts of a batch, as if the broker had it."""
    found = [entry.article.text for entry in batch.entries if entry.article]
    if batch.settle:
        batch.settle(Settlement(len(found)))
    return found


def test_schedule_reads_files_then_standard_input_then_feeds(
    server: Server, memory: IngestMemory, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Fecha: 2026-03-06 08:00\n\nDel archivo.", "utf-8")
    stdin = io.BytesIO(json.dumps({"text": "De la tubería.", "published": "2026-03-06"}).encode())
    feeds = [Feed(address=server.on("/f", Answer(NINJS)))]
    plan = schedule(Sources(files=[file], stdin=stdin, feeds=feeds))
    assert [texts(batch) for batch in plan.batches(memory)] == [
        ["Del archivo."],
        ["De la tubería."],
        ["Del feed."],
    ]


def test_schedule_zone_and_bounds_are_those_of_the_settings(tmp_path: Path) -> None:
    options = reading_options(settings(max_feed_bytes=2048), published="2026-03-06")
    assert str(options.zone) == "America/Bogota"
    assert (options.max_payload_bytes, options.published) == (2048, "2026-03-06")


def test_schedule_a_watched_folder_goes_on_and_a_feed_without_interval_is_asked_once(
    server: Server, memory: IngestMemory, tmp_path: Path
) -> None:
    feeds = [Feed(address=server.on("/f", Answer(NINJS)))]
    plan = schedule(Sources(feeds=feeds, watched=[tmp_path]))
    found: list[list[str]] = []
    for batch in plan.batches(memory):
        found.append(texts(batch))
        if len(found) == 1:
            (tmp_path / "a.txt").write_text("Fecha: 2026-03-06\n\nDe la carpeta.", "utf-8")
        else:
            plan.stop.set()
    assert found == [["Del feed."], ["De la carpeta."]]
    assert server.paths() == ["/f"]


def test_schedule_feeds_are_asked_on_and_on(server: Server, memory: IngestMemory) -> None:
    feeds = [Feed(address=server.on("/f", Answer(NINJS, etag='"1"')))]
    plan = schedule(Sources(feeds=feeds, every_seconds=0.1))
    for number, batch in enumerate(plan.batches(memory)):
        texts(batch)
        if number == 2:
            plan.stop.set()
    assert server.paths() == ["/f"] * 3


def test_schedule_names_are_told_apart(tmp_path: Path) -> None:
    listed = ({"address": "https://a.example/rss", "source": "A"}, {"address": "https://b.example/rss"})
    found = settings(feeds=listed)
    file = tmp_path / "a.json"
    file.touch()
    addresses = [feed.address for feed in sources_of([], found).feeds]
    assert addresses == ["https://a.example/rss", "https://b.example/rss"]
    named = sources_of(["https://a.example/rss", "https://c.example/x", str(file)], found)
    assert [(feed.address, feed.source) for feed in named.feeds] == [
        ("https://a.example/rss", "A"),
        ("https://c.example/x", None),
    ]
    assert named.files == [file]
    assert not named.endless
    assert sources_of([str(file)], found).feeds == []
    watching = sources_of([], found, watched=[tmp_path])
    assert (watching.feeds, watching.endless) == ([], True)
    both = sources_of([], found, watched=[tmp_path], every_seconds=60)
    assert len(both.feeds) == 2
    with pytest.raises(ConfigurationError, match="no such file"):
        sources_of(["none.json"], found)
