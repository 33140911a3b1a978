"""Archives: order of time, bounds, what is packed, and what is no article."""

import gzip
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard

from schemas import Article, ArticleError, ConfigurationError
from streams import archive
from streams.archive import Archive
from streams.article_files import read_file
from streams.codec import encode_article
from tests.builders import make_article


def write(path: Path, articles: list[Article]) -> Path:
    lines = b"".join((encode_article(article).value or b"") + b"\n" for article in articles)
    if path.name.endswith(".gz"):
        lines = gzip.compress(lines)
    elif path.name.endswith(".zst"):
        lines = zstandard.compress(lines[: len(lines) // 2]) + zstandard.compress(lines[len(lines) // 2 :])
    path.write_bytes(lines)
    return path


def read(
    *files: Path, refused: list[tuple[str, str]] | None = None, **bounds: Any
) -> list[tuple[int, bytes]]:
    def note(place: str, error: ArticleError) -> None:
        assert refused is not None, f"{place}: {error}"
        refused.append((place, error.code))

    opened = Archive(files, **{"first": None, "end": None, **bounds}, max_bytes=10**6, on_refused=note)
    try:
        found = [(timed.timestamp_ms, timed.record.key or b"") for timed in opened]
        assert found == [(timed.timestamp_ms, timed.record.key or b"") for timed in opened], "twice the same"
        assert len(found) == opened.records
    finally:
        opened.close()
    return found


def many(count: int) -> list[Article]:
    chance = random.Random(3)
    days = [f"2024-05-{chance.randint(1, 28):02}" for _ in range(count)]
    return [make_article(f"Ana visitó Roma{n}.", id=f"a-{n}", published=day) for n, day in enumerate(days)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
@pytest.mark.parametrize("in_memory", [1000, 7])
def test_archive_gives_articles_in_order_of_time(
    name: str, in_memory: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However they are packed, and whether or not they fit into memory."""
    monkeypatch.setattr(archive, "_RUN_RECORDS", in_memory)
    articles = many(50)
    found = read(write(tmp_path / name, articles))
    expected = sorted(range(50), key=lambda n: (articles[n].published_on, n))
    assert [key for _, key in found] == [f"a-{n}".encode() for n in expected]


def test_archive_keeps_to_its_stretch_and_takes_the_time_of_an_update(tmp_path: Path) -> None:
    first = make_article("Ana visitó Roma.", id="a", published="2024-05-10")
    later = first.model_copy(update={"version": 1, "updated": datetime(2024, 5, 12, 8, tzinfo=UTC)})
    file = write(tmp_path / "a.jsonl", [later, first])
    day = [datetime(2024, 5, n, tzinfo=UTC) for n in range(1, 14)]
    assert [ms for ms, _ in read(file)] == [1715299200000, 1715500800000]
    assert [ms for ms, _ in read(file, first=day[10])] == [1715500800000]
    assert [ms for ms, _ in read(file, first=day[9], end=day[10])] == [1715299200000]


def test_archive_tells_what_is_no_article(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", many(2))
    file.write_bytes(file.read_bytes() + b"roto\n")
    refused: list[tuple[str, str]] = []
    assert len(read(file, refused=refused)) == 2
    assert refused == [(f"{file}:3", "decode")]


def test_archive_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nada\.jsonl"):
        read(tmp_path / "nada.jsonl")


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_archive_of_zstd_that_is_damaged_says_so(damage: str, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl.zst", many(200))
    packed = bytearray(file.read_bytes())
    if damage == "cut":
        del packed[-20:]
    else:
        packed[20:40] = bytes(20)
    file.write_bytes(packed)
    *_, last = read_file(file, max_bytes=10**6)
    assert last.error is not None and last.error.code == "decode"
    assert "cannot be read on" in last.error.detail
