"""Whatever the bytes are, reading ends in entries: articles of the contract, or a reason."""

import gzip
import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas import ArticleError
from streams.article_files import Entry
from streams.feeds import ReadingOptions, read_open_file
from streams.feeds.formats import read_payload
from streams.feeds.headed_text import read_headed_text
from streams.feeds.moments import read_moment
from streams.feeds.newsml1 import read_newsml1
from streams.feeds.newsml_g2 import read_newsml_g2
from streams.feeds.nitf import read_nitf
from streams.feeds.paragraphs import any_paragraphs, html_paragraphs
from streams.feeds.payloads import Payload
from streams.feeds.rss import read_syndication
from tests.feeds.reading import NOW, OPTIONS

FOLDER = Path(__file__).parents[2] / "samples"
SAMPLES = [*sorted((FOLDER / "feeds").iterdir()), FOLDER / "agencia.rss.xml"]
MARKUP = r"""
<rss> <rss version='2.0'><channel> </channel></rss> <item> </item> <feed> <entry> </entry> <title> </title>
<nitf> </nitf> <body> </body> <body.content> </body.content> <p> </p> <NewsML><NewsItem> </NewsItem></NewsML>
<newsItem> </newsItem> <newsMessage> <DataContent> </DataContent> <inlineXML> <![CDATA[ ]]> <!-- --> <!DOCTYPE
<?xml ?> <![if & &amp; &#0; &#x110000; &nbsp; <x:y> </x:y> <y:2> xmlns='' = ' " { } [ ] "uri" "bodies" : ,
null 1e999 "text" Fecha: <pubDate>2026-03-06</pubDate> ñ 😀
"""
PIECES = st.sampled_from([*MARKUP.split(), " ", "\n\n", "\x00", "\ufeff"])
MIXTURES = st.lists(PIECES, max_size=25).map("".join)
DATED = ReadingOptions(max_bytes=10_000, published="2026-03-06", now=NOW, max_payload_bytes=50_000)


def check(entries: list[Entry]) -> None:
    """Each entry says exactly one thing, and a reason is a sentence."""
    for entry in entries:
        assert sum(part is not None for part in (entry.article, entry.error, entry.skipped)) == 1, entry
        assert entry.place
        if entry.error is not None:
            assert entry.error.detail.strip()


@given(st.binary(max_size=400))
@example(b"\xff\xfe<\x00")
@example(b"\x1f\x8b\x08")
@example(b"<![foo[")
@example(b'{"uri": {"a": [' + b"[" * 3000)
def test_any_bytes_end_in_entries(data: bytes) -> None:
    check(list(read_payload(Payload("doc", data), OPTIONS)))
    check(list(read_open_file(io.BytesIO(data), "doc", OPTIONS)))


@given(MIXTURES)
@settings(max_examples=300)
def test_any_mixture_of_markup_ends_in_entries(text: str) -> None:
    check(list(read_payload(Payload("doc", text.encode()), DATED)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40)
def test_any_damage_to_a_real_document_ends_in_entries(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(200)]
            case 2:
                data[at:at] = data[: chance.randrange(300)]
            case _:
                data[at:at] = chance.choice([*MARKUP.encode().split(), b"<", b"\x00", b"\xff", b"&lt;p&gt;"])
    check(list(read_payload(Payload("doc", bytes(data)), DATED)))
    packed = gzip.compress(bytes(data))
    check(list(read_open_file(io.BytesIO(packed[: chance.randint(1, len(packed))]), "doc", DATED)))


@pytest.mark.parametrize(
    "reader", [read_nitf, read_newsml1, read_newsml_g2, read_headed_text, read_syndication]
)
@given(data=st.one_of(st.binary(max_size=200), MIXTURES.map(str.encode)))
@settings(max_examples=60)
def test_each_reader_refuses_with_our_errors_only(reader: Callable[..., object], data: bytes) -> None:
    try:
        check(list(reader(Payload("doc", data), OPTIONS)))  # type: ignore[call-overload]
    except ArticleError as error:
        assert error.detail


@pytest.mark.parametrize(
    "text",
    [
        "<nitf>&" + "/><!--" * 300_000,
        "<nitf>& " + "<![CDATA[" * 200_000 + "</nitf>",
        "<!--" * 300_000,
        "<!DOCTYPE a [" * 100_000,
        "<nitf><p>" + "<a" * 500_000,
        "<nitf>" + "&" * 1_000_000 + "</nitf>",
        "<nitf><body>" + "(" * 500_000 + "</body></nitf>",
        "Fecha: " + "a" * 1_000_000,
        "Fecha" + " " * 1_000_000 + "x",
        '{"uri": "u", "versioncreated": "2026-03-06", "body_text": "' + "<p" * 500_000 + '"}',
    ],
    ids=lambda text: text[:12],
)
def test_large_traps_take_no_longer_than_large_documents(text: str) -> None:
    started = time.process_time()
    check(list(read_payload(Payload("doc", text.encode()), OPTIONS)))
    assert time.process_time() - started < 10


@given(st.text(max_size=100))
def test_paragraphs_have_no_breaks_and_no_empty_ones(text: str) -> None:
    for paragraph in [*html_paragraphs(text), *any_paragraphs(text)[0]]:
        assert paragraph.strip() == paragraph != ""
        assert "\n" not in paragraph


@given(st.text(alphabet="0123456789 -/:.TZ+,abcdefgmnorzdeuléáñMF", max_size=30))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    moment = read_moment(text, OPTIONS.zone)
    assert moment is None or moment.value.isoformat()
