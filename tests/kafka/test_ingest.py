"""Feeds and files into a real broker, each article once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from schemas import Article
from streams.admin import create_topics
from streams.broker import Broker, free_port
from streams.cli import build_app
from streams.codec import decode_article
from streams.feeds import ReadingOptions, read_source
from streams.settings import default_data_dir
from streams.topics import all_topics, event_type_names
from tests.feeds.server import Answer, Server, serving
from tests.kafka.world import ROOT, Kafka, wait_until

pytestmark = pytest.mark.kafka

WORDS = "La ministra Nélida Ayala visitó este viernes el puerto de Lisboa y se reunió con su homólogo. " * 5


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def quick(kafka: Kafka, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the fixture has made its settings: it knows only values that it can write as text."""
    monkeypatch.setenv("TELETIPO_PRIVATE_NETWORKS", "127.0.0.1/32")
    monkeypatch.setenv("TELETIPO_FETCH_PAUSE_SECONDS", "0")
    monkeypatch.setenv("TELETIPO_FETCH_ATTEMPTS", "1")


def run(*arguments: str, input: str | None = None) -> tuple[int, dict[str, Any], str]:
    result = CliRunner().invoke(build_app(), ["ingest", *arguments, "--json"], input=input)
    return result.exit_code, json.loads(result.stdout) if result.stdout else {}, result.stderr


def sent(kafka: Kafka) -> list[Article]:
    return [decode_article(record.value, max_bytes=10**6) for record in kafka.read(kafka.names.raw)]


def rss(server: Server, **bodies: str) -> str:
    items = "".join(
        f"<item><title>{name}</title><link>{server.url}/{name}</link>"
        f"<pubDate>Fri, 06 Mar 2026 08:00:00 +0000</pubDate><description>{body}</description></item>"
        for name, body in bodies.items()
    )
    return f'<rss version="2.0"><channel><title>Diario</title>{items}</channel></rss>'


@contextmanager
def service(kafka: Kafka, tmp_path: Path, *arguments: str) -> Iterator[Path]:
    """`ingest` as a process that goes on; gives its log."""
    log = tmp_path / "ingest.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "streams.cli", "ingest", *arguments],
            cwd=ROOT,
            env={**os.environ, **kafka.environment()},
            stdout=subprocess.DEVNULL,
            stderr=sink,
        )
    try:
        yield log
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0, log.read_text("utf-8")


def test_ingest_twice_sends_once(kafka: Kafka, server: Server, tmp_path: Path) -> None:
    """Two runs, as two processes would make them: the second finds what the first remembered."""
    feed = server.on("/feed", Answer(rss(server, a=WORDS, b=WORDS)))
    samples = str(ROOT / "samples" / "feeds")
    entries = read_source(samples, ReadingOptions(max_bytes=10**6))
    wanted = {entry.article.id for entry in entries if entry.article}
    code, first, _ = run(feed, samples)
    assert code == 0
    assert first["taken"] == len(wanted) + 2
    assert first["skipped"] == {"not text": 1, "older than what was sent": 1}, "the kill comes first"
    code, second, _ = run(feed, samples)
    assert code == 0
    assert (second["taken"], second["skipped"]) == (0, {"sent before": first["taken"]} | first["skipped"])
    assert len(sent(kafka)) == first["taken"]
    code, third, _ = run(feed, samples, "--again")
    assert third["taken"] == first["taken"]


def test_ingest_changed_words_of_a_feed_are_a_new_version(kafka: Kafka, server: Server) -> None:
    feed = server.on("/feed", Answer(rss(server, a=WORDS)), Answer(rss(server, a="Corregido. " + WORDS)))
    assert run(feed)[1]["taken"] == 1
    assert run(feed)[1]["taken"] == 1
    before, after = sorted(sent(kafka), key=lambda article: article.version)
    assert before.id == after.id
    assert (before.version, after.version) == (0, 1)


def test_ingest_a_topic_made_anew_is_filled_anew(kafka: Kafka, server: Server) -> None:
    feed = server.on("/feed", Answer(rss(server, a=WORDS), etag='"1"'))
    assert run(feed)[1]["taken"] == 1
    assert run(feed)[1]["skipped"] == {"feed unchanged": 1}
    other = "other-" + kafka.settings.topic_prefix
    CliRunner().invoke(build_app(), ["topics", "create", "--prefix", other])
    assert run(feed, "--prefix", other)[1]["taken"] == 1


def test_ingest_reads_standard_input(kafka: Kafka) -> None:
    line = '{"text": "Ana visitó Roma.", "published": "2026-03-06", "id": "s"}\n'
    assert run("-", input=line)[1]["taken"] == 1
    assert [article.id for article in sent(kafka)] == ["s"]


NITF = """<nitf><head><docdata management-status="{status}"><doc-id id-string="n-1"/>
<date.issue norm="20260306T{time}Z"/></docdata></head>
<body><body.content><p>{text}</p></body.content></body></nitf>"""


def test_ingest_corrections_and_kills_of_an_agency_reach_the_events(kafka: Kafka, tmp_path: Path) -> None:
    file = tmp_path / "n.xml"

    def events_after(text: str, time: str, status: str = "usable") -> int:
        file.write_text(NITF.format(text=text, time=time, status=status), "utf-8")
        assert run(str(file))[0] == 0
        kafka.wait_until_done()
        return sum(len(found) for found in kafka.events().values())

    with kafka.worker():
        assert events_after("Ana visitó Roma. Luis visitó Lima.", "080000") == 2
        assert events_after("Ana visitó Roma.", "090000") == 1
        assert events_after("", "100000", "withheld") == 0, "withheld after it was sent"
        assert events_after("Ana visitó Roma.", "110000") == 1
        assert events_after("", "120000", "canceled") == 0


def test_ingest_that_is_killed_goes_on_where_it_was(kafka: Kafka, tmp_path: Path) -> None:
    """Nothing is lost, and only what was on its way is sent again."""
    articles, on_its_way = 15_000, 2_000
    archive = tmp_path / "archive.jsonl"
    lines = (json.dumps({"id": f"k-{n}", "text": WORDS, "published": "2026-03-06"}) for n in range(articles))
    archive.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "streams.cli", "ingest", str(archive)]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **kafka.environment()}, stderr=subprocess.DEVNULL
    )
    wait_until(lambda: len(sent(kafka)) > on_its_way, "nothing is sent")
    process.kill()
    process.wait()
    before = len(sent(kafka))
    if before == articles:
        pytest.skip("it was too quick to be killed")
    code, summary, _ = run(str(archive))
    assert code == 0
    assert summary["skipped"]["sent before"] >= before - on_its_way
    assert {article.id for article in sent(kafka)} == {f"k-{n}" for n in range(articles)}
    assert len(sent(kafka)) <= articles + on_its_way


def test_ingest_waits_for_a_broker_and_its_topics(kafka: Kafka, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "b.txt").write_text("Fecha: 2026-03-06\nId: b\n\nAna visitó Lima.", "utf-8")
    port = free_port()
    late = Broker(tmp_path / "late", jars_dir=default_data_dir() / "jars")
    there = kafka.settings.model_copy(update={"bootstrap_servers": f"127.0.0.1:{port}"})
    with service(Kafka(there, tmp_path), tmp_path, "--watch", str(drop)) as log:
        wait_until(lambda: "unreachable" in log.read_text("utf-8"), "it does not say that it waits")
        late.start(port)
        try:
            wait_until(lambda: "missing-topic" in log.read_text("utf-8"), "it does not say what is missing")
            assert (drop / "b.txt").exists()
            create_topics(there, all_topics(there, event_type_names(there)))
            wait_until(lambda: (drop / "done" / "b.txt").exists(), "b.txt was not sent")
            assert [article.id for article in sent(Kafka(there, tmp_path))] == ["b"]
        finally:
            late.stop()


def test_ingest_goes_on_with_feeds_and_folders(kafka: Kafka, server: Server, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    good = server.on("/good", Answer(rss(server, a=WORDS), etag='"1"'))
    bad = server.on("/bad", Answer(status=500))
    with service(kafka, tmp_path, good, bad, "--every", "1s", "--watch", str(drop)) as log:
        wait_until(lambda: len(sent(kafka)) == 1, "no article of the feed came")
        (drop / "b.txt").write_text("Fecha: 2026-03-06\nId: b\n\nAna visitó Lima.", "utf-8")
        (drop / "c.xml").write_text("<nitf>", "utf-8")
        wait_until(lambda: (drop / "done" / "b.txt").exists(), "b.txt was not read")
        wait_until(lambda: (drop / "failed" / "c.xml.reason.txt").exists(), "c.xml was not refused")
        wait_until(lambda: server.paths().count("/good") >= 3, "the feed is not polled on")
    assert sorted(article.id == "b" for article in sent(kafka)) == [False, True]
    events = [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()]
    assert events[0] == "ingest.ready"
    assert events[-1] == "ingest.ended"
    assert {"file.read", "article.refused"} <= set(events)


def test_ingest_watches_a_folder_before_the_first_feed_is_listed(kafka: Kafka, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "b.txt").write_text("Fecha: 2026-03-06\nId: b\n\nAna visitó Lima.", "utf-8")
    with service(kafka, tmp_path, "--every", "5m", "--watch", str(drop)) as log:
        wait_until(lambda: (drop / "done" / "b.txt").exists(), "b.txt was not read")
    assert "feeds.none" in log.read_text("utf-8")
    (drop / "done" / "b.txt").rename(drop / "b.txt")
    with service(kafka, tmp_path, "--every", "5m", "--watch", str(drop)) as log:
        wait_until(lambda: (drop / "done" / "b.txt").exists(), "b.txt was not read again")
    assert [article.id for article in sent(kafka)] == ["b"], "a restart sends nothing twice"
