"""What one record leaves on the topics, on fake ones."""

import asyncio

import pytest

from schemas import Article
from streams.codec import decode_dead_letter, decode_receipt, encode_article
from streams.errors import DeliveryError, RecordRefusedError
from streams.metrics import STEP_SECONDS
from streams.pool import Extraction
from streams.processing import ArticleProcessor, SourceRecord
from streams.receipts import ReceiptStore
from streams.topics import TopicNames
from tests.builders import make_article
from tests.fakes import NOW, FakeExtractor, FakePool, FakeTopics


class World:
    def __init__(self, pool: FakePool | None = None) -> None:
        self.topics = FakeTopics()
        self.pool = pool or FakePool()
        self.receipts = ReceiptStore()
        self.processor = ArticleProcessor(
            pool=self.pool,
            receipts=self.receipts,
            send=self.topics.send,
            names=TopicNames(),
            max_article_bytes=1_000_000,
            now=lambda: NOW,
        )

    async def take(self, article: Article) -> None:
        await self.take_bytes(encode_article(article).value, key=article.id.encode())

    async def take_bytes(
        self, value: bytes | None, *, key: bytes | None = None, headers: list[tuple[str, bytes]] | None = None
    ) -> None:
        await self.processor.process(SourceRecord(key, value, headers or [], "articles.raw", 3, 17))


async def test_processing_sends_events_first_and_the_receipt_last() -> None:
    world = World()
    await world.take(make_article("Ana visitó Roma. Luis dijo nada."))
    names = [name for name, _ in world.topics.records]
    assert sorted(names[:-1]) == ["events.statement", "events.visit"]
    assert names[-1] == "articles.receipts"
    receipt = decode_receipt(world.topics.on("articles.receipts")[0].value or b"")
    assert receipt.counts == {"statement": 1, "visit": 1}
    assert receipt.finished_at == NOW


async def test_processing_sends_one_event_a_key() -> None:
    world = World()
    await world.take(make_article("Ana visitó Roma. Ana visitó Roma."))
    (record,) = world.topics.on("events.visit")
    assert b'"start":21' in (record.value or b""), "the last one stands"
    assert decode_receipt(world.topics.on("articles.receipts")[0].value or b"").counts == {"visit": 1}


async def test_processing_an_article_again_sends_nothing() -> None:
    world = World()
    await world.take(make_article("Ana visitó Roma."))
    sent = list(world.topics.records)
    await world.take(make_article("Ana visitó Roma."))
    assert world.topics.records == sent


async def test_processing_a_correction_tombstones_what_is_gone() -> None:
    world = World()
    await world.take(make_article("Ana visitó Roma. Luis dijo nada."))
    await world.take(make_article("Ana visitó Roma.", version=1))
    assert len(world.topics.compacted("events.visit")) == 1
    assert world.topics.compacted("events.statement") == {}


async def test_processing_a_withdrawn_article_needs_no_text() -> None:
    world = World()
    await world.take(make_article("Ana visitó Roma."))
    await world.take_bytes(b'{"id": "a-1", "published": "2024-05-10", "withdrawn": true, "version": 1}')
    assert world.topics.compacted("events.visit") == {}


async def test_processing_what_is_no_article_is_a_dead_letter_with_its_bytes() -> None:
    world = World()
    await world.take_bytes(b"\xff", key=b"\xfe", headers=[("origin", b"x"), ("attempts", b"1")])
    ((topic, record),) = world.topics.records
    assert (topic, record.key, record.value) == ("articles.dead-letter", b"\xfe", b"\xff")
    letter = decode_dead_letter(record.key, record.value, record.headers)
    assert (letter.error, letter.source_partition, letter.source_offset) == ("decode", 3, 17)
    assert letter.attempts == 2
    assert ("origin", b"x") in record.headers


async def test_processing_an_event_too_large_for_its_topic_is_a_dead_letter() -> None:
    world = World()
    world.topics.refuse["events.visit"] = RecordRefusedError("events.visit: too large")
    await world.take(make_article("Ana visitó Roma."))
    (record,) = world.topics.on("articles.dead-letter")
    assert dict(record.headers)["error"] == b"refused"
    assert world.topics.on("articles.receipts") == []


@pytest.mark.parametrize("topic", ["events.visit", "articles.receipts", "articles.dead-letter"])
async def test_processing_stops_when_the_broker_does_not_acknowledge(topic: str) -> None:
    world = World()
    world.topics.refuse[topic] = DeliveryError("away")
    with pytest.raises(DeliveryError):
        await world.take(make_article("Ana visitó Roma."))
        await world.take_bytes(b"nada")
    assert world.topics.on(topic) == []
    assert (world.receipts.get("a-1") is not None) == (topic == "articles.dead-letter")


async def test_processing_stops_on_a_surprise() -> None:
    class Broken(FakePool):
        async def extract(self, article: bytes, *, article_id: str) -> Extraction:
            raise KeyError("surprise")

    with pytest.raises(KeyError):
        await World(Broken()).take(make_article())


async def test_processing_keeps_the_versions_of_an_article_in_turn() -> None:
    class Slow(FakePool):
        running = 0

        async def extract(self, article: bytes, *, article_id: str) -> Extraction:
            self.running += 1
            assert self.running == 1, "two versions at once"
            await asyncio.sleep(0.02 if b'"version":0' in article else 0)
            self.running -= 1
            return await super().extract(article, article_id=article_id)

    world = World(Slow())
    versions = [make_article(f"Ana visitó Roma{n}.", version=n) for n in range(4)]
    await asyncio.gather(*(world.take(article) for article in versions))
    (value,) = world.topics.compacted("events.visit").values()
    assert b'"version":3' in value


async def test_processing_another_extractor_reads_again() -> None:
    world = World()
    await world.take(make_article("Ana visitó Roma."))
    world.pool.extractor = FakeExtractor("fake-2")
    await world.take(make_article("Ana visitó Roma."))
    assert len(world.topics.on("events.visit")) == 2
    assert len(world.topics.compacted("events.visit")) == 1


def test_receipts_pass_over_what_they_cannot_read() -> None:
    store = ReceiptStore()
    store.load(None, b"{}")
    store.load(b"a", b"nada")
    assert len(store) == 0


async def test_processing_measures_each_step_once() -> None:
    def counted() -> dict[str, float]:
        samples = [s for family in STEP_SECONDS.collect() for s in family.samples]
        return {s.labels["step"]: s.value for s in samples if s.name.endswith("_count")}

    before = counted()
    await World().take(make_article("Ana visitó Roma."))
    after = counted()
    assert {step: after[step] - before.get(step, 0.0) for step in after} == dict.fromkeys(
        ("decode", "wait", "extract", "send", "receipt"), 1.0
    )
