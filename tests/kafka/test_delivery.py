"""The promise on a real broker with real processes: nothing lost, nothing wrong, nothing held up."""

import signal
import time
from pathlib import Path

import pytest

from schemas import Article, ConfigurationError
from streams.article_files import read_file
from streams.codec import Record, decode_dead_letter, encode_event
from streams.extraction import load_extractor
from tests.builders import make_article
from tests.kafka.world import Kafka, expected_events

pytestmark = pytest.mark.kafka

NOT_JSON = b"esto no es JSON"
WITHOUT_TEXT = b'{"id": "x1", "published": "2024-05-10"}'
MONTH_13 = b'{"id": "x2", "text": "Ana visit\xc3\xb3 Roma.", "published": "2024-13-01"}'
TWO_MIB = b'{"id": "x3", "published": "2024-05-10", "text": "' + b"a" * (2 * 1024 * 1024) + b'"}'
NOT_UTF8 = b'\xff\xfe{"text": "Ana"}'


def articles(count: int, text: str = "Ana visitó Roma. Luis dijo nada.") -> list[Article]:
    return [make_article(text, id=f"art-{number}", title=f"Número {number}") for number in range(count)]


def test_broken_records_land_on_the_dead_letter_topic_and_hold_nothing_up(kafka: Kafka) -> None:
    broken = {
        b"k1": (NOT_JSON, "decode"),
        b"k2": (WITHOUT_TEXT, "contract"),
        b"k3": (MONTH_13, "contract"),
        b"k4": (TWO_MIB, "too-large"),
        b"k5": (NOT_UTF8, "decode"),
    }
    good = articles(20)
    kafka.publish(*good[:10])
    kafka.publish_records(*(Record(key, value, [("origin", b"test")]) for key, (value, _) in broken.items()))
    kafka.publish(*good[10:])

    kafka.run_worker_until_done()

    letters = {record.key: record for record in kafka.read(kafka.names.dead_letter)}
    assert {key: (record.value) for key, record in letters.items()} == {k: v for k, (v, _) in broken.items()}
    for key, record in letters.items():
        letter = decode_dead_letter(record.key, record.value, record.headers)
        assert letter.error == broken[key or b""][1]
        assert letter.source_topic == kafka.names.raw
        assert letter.attempts == 1
        assert ("origin", b"test") in record.headers
    assert "text" in decode_dead_letter(None, None, letters[b"k2"].headers).detail
    assert "published" in decode_dead_letter(None, None, letters[b"k3"].headers).detail
    assert kafka.receipts().keys() == {article.id for article in good}
    assert kafka.events() == expected_events(good)


def test_the_same_article_again_leaves_the_topics_unchanged(kafka: Kafka) -> None:
    kafka.publish(*articles(4))
    with kafka.worker() as worker:
        kafka.wait_until_done()
        before, receipts = kafka.events(), kafka.receipts()
        kafka.publish(*articles(4))
        worker.wait_for("article.skipped", 4)
    assert kafka.events() == before
    assert kafka.receipts() == receipts


def test_another_extractor_reads_the_same_version_again(kafka: Kafka) -> None:
    kafka.publish(*articles(2))
    kafka.run_worker_until_done()
    before = kafka.events()
    kafka.publish(*articles(2))
    kafka.run_worker_until_done(model="fake-2")
    after = kafka.events()
    assert {name: found.keys() for name, found in after.items()} == {n: f.keys() for n, f in before.items()}
    assert all(receipt.extractor.version == "fake-2" for receipt in kafka.receipts().values())


def test_a_correction_takes_back_what_no_longer_stands(kafka: Kafka) -> None:
    first = make_article("Ana visitó Roma. Luis dijo nada.", id="c-1")
    second = make_article("Ana visitó Roma. Eva dijo todo.", id="c-1", version=1)
    kafka.publish(first, make_article("Juan visitó Lima.", id="other"))
    kafka.run_worker_until_done()
    kafka.publish(second)
    kafka.publish(first)  # late, and older: nothing changes
    kafka.run_worker_until_done()  # another process: what it knows comes from the receipts topic
    expected = expected_events([second, make_article("Juan visitó Lima.", id="other")])
    assert kafka.events() == expected
    tombstones = [record for record in kafka.read(kafka.names.events("statement")) if record.value is None]
    assert len(tombstones) == 1
    assert dict(tombstones[0].headers)["ce_subject"] == b"c-1"


def test_a_withdrawn_article_takes_all_its_events_back(kafka: Kafka) -> None:
    article = make_article("Ana visitó Roma. Luis dijo nada.", id="w-1")
    kafka.publish(article, make_article("", id="w-1", version=2, withdrawn=True), article)
    kafka.run_worker_until_done()
    assert not any(kafka.events().values())
    receipt = kafka.receipts()["w-1"]
    assert (receipt.withdrawn, receipt.version, receipt.event_ids) == (True, 2, {})


def test_articles_that_hang_or_crash_their_process_hold_up_no_other(kafka: Kafka) -> None:
    good = articles(12)
    bad = [make_article(text, id=text.lower()) for text in ("HANG", "CRASH", "BUG")]
    kafka.publish(*good[:6], *bad, *good[6:])
    worker = kafka.run_worker_until_done(article_timeout_seconds=0.7)
    letters = [
        decode_dead_letter(record.key, record.value, record.headers)
        for record in kafka.read(kafka.names.dead_letter)
    ]
    assert {letter.key: letter.error for letter in letters} == {
        b"hang": "timeout",
        b"crash": "crash",
        b"bug": "extraction",
    }
    assert worker.count("process.replaced") == 6
    assert kafka.events() == expected_events(good)


def test_a_killed_worker_loses_nothing(kafka: Kafka) -> None:
    sent = [make_article(f"Ana visitó Roma{n}. SLEEP 0.05", id=f"k-{n}") for n in range(80)]
    kafka.publish(*sent)
    with kafka.worker(session_timeout_seconds=6) as worker:
        worker.wait_for("article.extracted", 15)
        worker.signal(signal.SIGKILL)
        worker.process.wait()
    assert len(kafka.receipts()) < len(sent)
    kafka.run_worker_until_done(session_timeout_seconds=6)
    assert kafka.receipts().keys() == {article.id for article in sent}
    assert kafka.events() == expected_events(sent)


def test_sigterm_drains_and_commits_what_is_done(kafka: Kafka) -> None:
    sent = [make_article(f"Ana visitó Roma{n}. SLEEP 0.1", id=f"s-{n}") for n in range(60)]
    kafka.publish(*sent)
    with kafka.worker() as worker:
        worker.wait_for("article.extracted", 10)
        started = time.monotonic()
        assert worker.stop() == 0
        assert time.monotonic() - started < 10
    done = len(kafka.receipts())
    assert done < len(sent)
    assert kafka.lag() == len(sent) - done, "what is done is committed, and nothing more"
    kafka.run_worker_until_done()
    receipts = [record.key for record in kafka.read(kafka.names.receipts)]
    assert len(receipts) == len(set(receipts)) == len(sent), "nothing is done twice"


def test_a_second_signal_stops_at_once(kafka: Kafka) -> None:
    kafka.publish(make_article("HANG", id="h"))
    with kafka.worker(article_timeout_seconds=60) as worker:
        worker.wait_for("receipts.read", 2)  # the second time with its first record
        time.sleep(0.3)
        worker.signal(signal.SIGTERM)
        worker.wait_for("worker.stopping")
        assert worker.stop() == 1


def test_two_workers_share_the_work(kafka: Kafka) -> None:
    """The second joins while the first is at work, and both leave without a repeat or a gap."""
    sent: list[Article] = []

    def send(count: int) -> None:
        more = range(len(sent), len(sent) + count)
        articles = [make_article(f"Ana visitó Roma{n}. SLEEP 0.05", id=f"t-{n}") for n in more]
        sent.extend(articles)
        kafka.publish(*articles)

    send(80)
    with kafka.worker(worker_processes=1) as first:
        first.wait_for("article.extracted", 5)
        with kafka.worker(worker_processes=1) as second:
            # However long it takes to join, there is something left for it.
            while not second.count("article.extracted") and len(sent) < 2000:
                send(20)
                time.sleep(0.5)
            kafka.wait_until_done()
            assert second.count("article.extracted") > 0
            # What the first one did before is corrected by whoever has its partition now.
            corrected = [make_article("Luis dijo nada.", id=article.id, version=1) for article in sent[:40]]
            kafka.publish(*corrected)
            kafka.wait_until_done()
            assert second.stop() == 0
        assert first.stop() == 0
    assert kafka.receipts().keys() == {article.id for article in sent}
    assert kafka.events() == expected_events(corrected + sent[40:])


@pytest.mark.model
def test_real_extraction_arrives_as_it_is_in_process(kafka: Kafka, samples: Path) -> None:
    """The whole path with the real extractor: the same bytes on the topics as `teletipo extract` gives."""
    try:
        extractor = load_extractor()
    except ConfigurationError as error:
        pytest.skip(f"no trained pipeline: {error.detail}")
    entries = list(read_file(samples / "agencia.jsonl", max_bytes=10**6))
    sent = [entry.article for entry in entries if entry.article is not None]
    kafka.publish(*sent)
    kafka.run_worker_until_done(extractor="streams.extraction:load_extractor", article_timeout_seconds=60)
    expected: dict[str, dict[bytes | None, bytes | None]] = {name: {} for name in kafka.events()}
    for article in sent:
        for event in extractor.extract(article):
            record = encode_event(event)
            expected[event.type][record.key] = record.value
    assert any(expected.values())
    assert kafka.events() == expected
    before = kafka.read(kafka.names.events("statement"))
    kafka.publish(*sent)
    kafka.run_worker_until_done(extractor="streams.extraction:load_extractor", article_timeout_seconds=60)
    assert kafka.read(kafka.names.events("statement")) == before
