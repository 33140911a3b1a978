"""The commands that speak to Kafka, as a user calls them, on a real broker."""

import gzip
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from streams.broker import Broker, free_port
from streams.cli import build_app
from streams.codec import Record, decode_article, encode_article
from streams.publisher import open_publisher
from streams.settings import default_data_dir
from tests.builders import make_article
from tests.kafka.world import ROOT, Kafka

pytestmark = pytest.mark.kafka

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Agencia</title><language>es-ES</language>
<item><title>Visita</title><link>https://example.org/1</link>
<pubDate>Fri, 13 Oct 2000 23:30:00 -0500</pubDate>
<description>&lt;p&gt;Petro visit&#243; Lima.&lt;/p&gt;&lt;p&gt;Nada m&#225;s.&lt;/p&gt;</description></item>
<item><title>Sin fecha</title><link>https://example.org/2</link><description>Nada.</description></item>
</channel></rss>"""


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build_app(), list(arguments))
    return result.exit_code, result.stdout, result.stderr


def _folder(path: Path) -> Path:
    lines = [
        json.dumps({"id": f"f-{n}", "text": f"Ana visitó Roma{n}.", "published": "2024-05-10", "extra": n})
        for n in range(3)
    ]
    (path / "a.jsonl").write_text("\n".join([*lines, "roto"]) + "\n", "utf-8")
    (path / "b.jsonl.gz").write_bytes(
        gzip.compress(encode_article(make_article("Luis dijo algo.", id="gz")).value or b"")
    )
    (path / "c.rss").write_text(RSS, "utf-8")
    (path / "notas.md").write_text("no es una fuente", "utf-8")
    return path


def test_ingest_takes_a_folder_and_says_what_it_refused(kafka: Kafka, tmp_path: Path) -> None:
    code, out, err = run("ingest", str(_folder(tmp_path)), "--json")
    assert code == 1
    assert json.loads(out) == {
        "taken": 5,
        "skipped": {},
        "refused": {"decode": 1, "contract": 1},
        "guessed": {},
    }
    assert "a.jsonl:4: decode" in err
    assert "c.rss: entry 2: contract: published" in err
    stored = [decode_article(r.value, max_bytes=10**6) for r in kafka.read(kafka.names.raw)]
    articles = {article.id: article for article in stored}
    assert len(articles) == 5
    assert articles["f-1"].model_extra == {"extra": 1}
    (from_feed,) = (article for article in stored if article.source == "Agencia")
    assert from_feed.text == "Petro visitó Lima.\nNada más."
    assert from_feed.published_on.isoformat() == "2000-10-13"


def test_ingest_then_worker_then_watch(kafka: Kafka, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(
        (encode_article(make_article("Ana visitó Roma. Luis dijo nada.", id="w")).value or b"") + b"\n"
    )
    assert run("ingest", str(path))[0] == 0
    kafka.run_worker_until_done()
    code, out, _ = run("watch", "--from", "beginning", "--until-idle", "1")
    assert code == 0
    assert sorted(out.split()[:1] + out.splitlines()[1].split()[:1]) == ["declaración", "visita"]
    code, out, _ = run("watch", "visit", "--from", "beginning", "--limit", "1", "--json")
    assert json.loads(out)["participants"][0]["name"] == "Ana"
    assert run("watch", "nada")[0] == 2


def test_topics_are_created_with_their_settings_and_listed(kafka: Kafka) -> None:
    prefix = "made-" + kafka.settings.topic_prefix
    code, out, _ = run("topics", "create", "--prefix", prefix, "--json")
    assert code == 0
    assert f"{prefix}articles.raw" in json.loads(out)["created"]
    assert json.loads(run("topics", "create", "--prefix", prefix, "--json")[1]) == {"created": []}
    listed = [
        json.loads(line) for line in run("topics", "list", "--prefix", prefix, "--json")[1].splitlines()
    ]
    assert {state["name"].removeprefix(prefix): state["cleanup"] for state in listed} == {
        "articles.raw": "delete",
        "articles.dead-letter": "delete",
        "articles.receipts": "compact",
        "events.visit": "compact",
        "events.signing": "compact",
        "events.meeting": "compact",
        "events.statement": "compact",
    }
    assert all(state["exists"] and state["partitions"] == 2 for state in listed)


def test_dead_letters_are_listed_shown_and_requeued(kafka: Kafka) -> None:
    kafka.publish_records(Record(b"k", b"nada\x1b[2J", [("origin", b"x")]))
    kafka.run_worker_until_done()
    (listed,) = [json.loads(line) for line in run("dead-letters", "list", "--json")[1].splitlines()]
    assert (listed["error"], listed["attempts"]) == ("decode", 1)
    assert "\x1b" not in run("dead-letters", "show", listed["place"])[1]
    assert run("dead-letters", "show", listed["place"], "--value")[1] == "nada\x1b[2J"
    assert run("dead-letters", "requeue", listed["place"])[0] == 0
    kafka.run_worker_until_done()
    attempts = [
        json.loads(line)["attempts"] for line in run("dead-letters", "list", "--json")[1].splitlines()
    ]
    assert attempts == [1, 2]
    assert run("dead-letters", "show", "0:999")[0] == 1
    assert run("dead-letters", "show", "nada")[0] == 1


def test_dead_letters_requeued_again_and_again_come_to_an_end(kafka: Kafka) -> None:
    """Each round sends a record once, and after five failures not at all."""
    kafka.publish_records(Record(b"k", b"nada", []), Record(b"k2", b"tampoco", []))
    sent = []
    with kafka.worker():
        for _ in range(6):
            kafka.wait_until_done()
            code, out, _ = run("dead-letters", "requeue", "--all", "--json")
            assert code == 0
            sent.append(tuple(json.loads(out).values()))
    assert sent == [(2, 0)] * 4 + [(0, 2)] * 2
    assert len(kafka.read(kafka.names.dead_letter)) == 10
    assert json.loads(run("dead-letters", "requeue", "--until", "2020-01-01", "--json")[1])["requeued"] == 0
    assert run("dead-letters", "requeue")[0] == 2
    assert run("dead-letters", "requeue", "0:1", "--all")[0] == 2


def test_audit_finds_what_is_missing_and_what_is_left(kafka: Kafka) -> None:
    kafka.publish(*(make_article(f"Ana visitó Roma{n}.", id=f"au-{n}") for n in range(5)))
    kafka.publish_records(Record(b"bad", b"nada", []))
    kafka.publish(make_article("Luis dijo nada.", id="au-1", version=1))
    kafka.run_worker_until_done()
    kafka.publish(make_article("Nadie lo ha leído.", id="waits"))
    code, out, _ = run("audit", "--json")
    found = json.loads(out)
    assert (code, found["clean"]) == (0, True)
    assert {
        name: found[name] for name in ("records", "waiting", "articles", "receipts", "dead_letters", "events")
    } == {
        "records": 7,
        "waiting": 1,
        "articles": 5,
        "receipts": 5,
        "dead_letters": 1,
        "events": 5,
    }
    with open_publisher(kafka.settings) as publisher:
        publisher.send(kafka.names.events("visit"), Record(b"stray", b"{}", []))
    code, out, err = run("audit")
    assert code == 1
    assert "visit stray" in out
    assert "Not as promised" in err


def test_the_worker_refuses_to_start_without_its_topics(kafka: Kafka) -> None:
    with kafka.under("missing.").worker() as worker:
        assert worker.process.wait(timeout=30) == 1
    assert "missing-topic" in worker.log()[-1]["event"]
    assert "missing.articles.raw" in worker.log()[-1]["event"]


def test_the_worker_refuses_a_model_that_does_not_load(kafka: Kafka) -> None:
    with kafka.worker("--model", "broken") as worker:
        assert worker.process.wait(timeout=30) == 1
    assert worker.log()[-1]["event"] == "teletipo: configuration: model: broken is no pipeline"


def test_the_worker_waits_for_the_broker_and_creates_its_topics(kafka: Kafka, tmp_path: Path) -> None:
    port = free_port()
    late = Broker(tmp_path / "late", jars_dir=default_data_dir() / "jars")
    with kafka.worker("--create-topics", bootstrap_servers=f"127.0.0.1:{port}") as worker:
        worker.wait_for("broker.away")
        late.start(port)
        try:
            worker.wait_for("worker.ready")
            assert worker.count("broker.away") == 1
            assert worker.stop() == 0
        finally:
            late.stop()


def test_the_app_is_also_a_faust_app(kafka: Kafka) -> None:
    kafka.publish(make_article("Ana visitó Roma.", id="f"))
    process = subprocess.Popen(
        [sys.executable, "-m", "faust", "-A", "streams.app", "worker", "--without-web", "-l", "error"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        kafka.wait_until_done()
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert kafka.receipts().keys() == {"f"}


COMMANDS_ON_KAFKA = (
    ["watch"],
    ["ingest", "samples/agencia.jsonl"],
    ["dead-letters", "list"],
    ["dead-letters", "requeue", "--all"],
    ["replay", "--from", "2024-01-01"],
    ["replay", "samples/agencia.jsonl"],
    ["audit"],
    ["diff", "other."],
)


@pytest.mark.parametrize("command", [*COMMANDS_ON_KAFKA, ["topics", "list"]], ids=" ".join)
def test_without_a_broker_a_command_says_so_in_one_line(
    command: list[str], monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("TELETIPO_BOOTSTRAP_SERVERS", f"127.0.0.1:{free_port()}")
    started = time.monotonic()
    code, _, err = run(*command)
    assert code == 1
    assert time.monotonic() - started < 10
    assert len(err.strip().splitlines()) == 1
    assert "unreachable" in err
    assert "refused" in err
    assert "teletipo broker start" in err


def test_a_port_that_never_answers_is_no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("TELETIPO_BOOTSTRAP_SERVERS", f"127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        code, _, err = run("topics", "list")
        assert time.monotonic() - started < 10
    assert code == 1
    assert "gives no answer over PLAINTEXT" in err


@pytest.mark.parametrize("command", COMMANDS_ON_KAFKA, ids=" ".join)
def test_without_its_topics_a_command_says_so_in_one_line(
    command: list[str], kafka: Kafka, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("TELETIPO_TOPIC_PREFIX", "nowhere.")
    started = time.monotonic()
    code, _, err = run(*command)
    assert code == 1
    assert time.monotonic() - started < 10
    assert len(err.strip().splitlines()) == 1
    assert err.strip().startswith("teletipo: missing-topic: no topic nowhere.")
