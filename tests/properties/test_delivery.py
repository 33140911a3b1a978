"""Whatever stands on `articles.raw` ends as events with a receipt or as one dead letter: nothing third."""

import asyncio
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Extractor
from streams.codec import decode_dead_letter, decode_event, decode_receipt
from streams.errors import POLICY, Outcome
from streams.extraction import load_extractor
from streams.extraction.pipeline import EventExtractor
from streams.pool_pipe import pack
from streams.pool_process import Extraction, read_answer, read_reply
from streams.pool_worker import reply
from streams.processing import ArticleProcessor, SourceRecord
from streams.receipts import ReceiptStore
from streams.topics import TopicNames
from tests.fakes import NOW, FakeTopics

_MAX_BYTES = 5_000

_PIECES = st.sampled_from(
    [
        "La ministra Ana Ruiz ",
        "visitó Lima ",
        "firmó un acuerdo con ",
        "Iván Petrov ",
        "dijo que ",
        "«",
        "»",
        "el lunes ",
        ". ",
        "\n",
        "se reunió con ",
        "🙂",
        "\x00",
        "\u202e",
    ]
)
_TEXTS = st.one_of(st.lists(_PIECES, max_size=8).map("".join), st.text(max_size=30))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
_PUBLISHED = st.sampled_from(
    [
        "2024-05-10",
        "2024-05-10T08:30:00-05:00",
        "2024-02-30",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01",
        "ayer",
    ]
)
_ARTICLES = st.fixed_dictionaries(
    {"text": _TEXTS, "published": _PUBLISHED},
    optional={
        "id": st.one_of(st.text(max_size=5), _VALUES),
        "title": st.one_of(st.none(), st.text(max_size=20)),
        "url": st.text(max_size=10),
        "language": st.sampled_from(["es", "es-CL", "en", "", "\ud800"]),
        "version": st.one_of(st.integers(-1, 10**30), st.floats(), st.text(max_size=3)),
        "withdrawn": st.one_of(st.booleans(), st.integers(0, 2)),
        "authors": _VALUES,
        "otro": _VALUES,
    },
)
_BROKEN_ARTICLES = _ARTICLES.flatmap(
    lambda fields: st.dictionaries(st.sampled_from(sorted(fields)), _VALUES, min_size=1).map(
        lambda wrong: {**fields, **wrong}
    )
)


def _encoded(values: st.SearchStrategy[Any]) -> st.SearchStrategy[bytes]:
    return st.one_of(
        values.map(lambda value: json.dumps(value).encode()),
        values.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")),
        values.map(lambda value: json.dumps(value, indent=1).encode("utf-16")),
    )


@st.composite
def _damaged(draw: Callable[..., Any]) -> bytes:
    """An article with a few of its bytes changed, or cut short."""
    value = bytearray(draw(_encoded(_ARTICLES)))
    for place in draw(st.lists(st.integers(0, len(value) - 1), max_size=3)):
        value[place] = draw(st.integers(0, 255))
    return bytes(value[: draw(st.integers(0, len(value)))] if draw(st.booleans()) else value)


@cache
def extractor() -> EventExtractor:
    """The default pipeline, loaded once for all examples."""
    return load_extractor()


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop for all examples: making one takes longer than most of them."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


class PoolInProcess:
    """What an extraction process does, without the process."""

    @property
    def identity(self) -> Extractor:
        return extractor().identity

    async def extract(self, article: bytes, *, article_id: str) -> Extraction:
        (answer,) = read_reply(reply(extractor(), pack([article]), max_bytes=_MAX_BYTES))
        return read_answer(answer, article_id)


def ends_well(loop: asyncio.AbstractEventLoop, value: bytes | None, key: bytes | None) -> None:
    """Process a record and look at what it left."""
    topics, receipts = FakeTopics(), ReceiptStore()
    processor = ArticleProcessor(
        pool=PoolInProcess(),
        receipts=receipts,
        send=topics.send,
        names=TopicNames(),
        max_article_bytes=_MAX_BYTES,
        now=lambda: NOW,
    )
    loop.run_until_complete(processor.process(SourceRecord(key, value, [], "articles.raw", 0, 0)))
    receipts.close()
    letters = topics.on("articles.dead-letter")
    if letters:
        assert len(topics.records) == 1, "a dead letter and nothing else"
        letter = decode_dead_letter(letters[0].key, letters[0].value, letters[0].headers)
        assert (letter.key, letter.value) == (key, value)
        assert letter.error in {kind.code for kind, outcome in POLICY.items() if outcome is not Outcome.STOP}
        return
    *events, (last, receipt) = topics.records
    assert last == "articles.receipts"
    ids = {
        event_id for found in decode_receipt(receipt.value or b"").event_ids.values() for event_id in found
    }
    assert [name for name, _ in events if not name.startswith("events.")] == []
    assert {decode_event(record.value or b"").id for _, record in events} == ids


@pytest.mark.model
@settings(max_examples=1500)
@given(
    value=st.one_of(st.none(), st.binary(max_size=60), _encoded(_VALUES)),
    key=st.none() | st.binary(max_size=8),
)
def test_any_bytes_and_any_json(
    loop: asyncio.AbstractEventLoop, value: bytes | None, key: bytes | None
) -> None:
    ends_well(loop, value, key)


@pytest.mark.model
@settings(max_examples=2000)
@given(value=st.one_of(_damaged(), _encoded(_BROKEN_ARTICLES)))
def test_any_damaged_article(loop: asyncio.AbstractEventLoop, value: bytes) -> None:
    ends_well(loop, value, b"a-1")


@pytest.mark.model
@settings(max_examples=1700)
@given(value=_encoded(_ARTICLES))
def test_any_article(loop: asyncio.AbstractEventLoop, value: bytes) -> None:
    ends_well(loop, value, b"a-1")
