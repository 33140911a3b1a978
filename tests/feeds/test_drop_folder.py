"""A folder that an agency delivers into."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.article_files import Entry
from streams.feeds.drop_folder import DropFolder
from streams.ingest import Settlement
from tests.feeds.reading import OPTIONS

TEXT = "Fecha: 2026-03-06\n\nAna visitó Lima.\n"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Delivery:
    """A watched folder and time that a test moves."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = Clock()
        self.folder = DropFolder(path, OPTIONS, settle_seconds=2, clock=self.clock)

    def after(self, seconds: float) -> list[str]:
        """Files that are complete then."""
        self.clock.now += seconds
        return [file.name for file in self.folder.complete_files()]

    def take(self, seconds: float = 0) -> list[Entry]:
        """Take what is complete, as if the broker had it."""
        self.clock.now += seconds
        return list(self._taken())

    def _taken(self) -> Iterator[Entry]:
        for batch in self.folder.batches():
            settlement = Settlement()
            for entry in batch.entries:
                yield entry
                settlement.taken += entry.article is not None
                if entry.error:
                    settlement.refuse(entry.place, entry.error)
            assert batch.settle is not None
            batch.settle(settlement)

    def listing(self) -> list[str]:
        return sorted(str(file.relative_to(self.path)) for file in self.path.rglob("*") if not file.is_dir())


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path)


def test_drop_folder_a_file_is_taken_when_it_has_stopped_growing(delivery: Delivery) -> None:
    file = delivery.path / "a.txt"
    file.write_text(TEXT[:10], "utf-8")
    assert delivery.after(0) == []
    assert delivery.after(1) == []
    file.write_text(TEXT, "utf-8")
    assert delivery.after(1.5) == [], "it has grown"
    assert delivery.after(1) == []
    assert delivery.after(1.5) == ["a.txt"]


def test_drop_folder_unfinished_names_wait_until_they_are_renamed(delivery: Delivery) -> None:
    for name in ("a.txt.tmp", "b.part", ".c.txt", "d.filepart"):
        (delivery.path / name).write_text(TEXT, "utf-8")
    delivery.after(0)
    assert delivery.after(10) == []
    (delivery.path / "a.txt.tmp").rename(delivery.path / "a.txt")
    delivery.after(0)
    assert delivery.after(3) == ["a.txt"]


def test_drop_folder_what_was_read_is_moved_and_what_failed_has_its_reason(delivery: Delivery) -> None:
    (delivery.path / "good.txt").write_text(TEXT, "utf-8")
    (delivery.path / "bad.xml").write_text("<nitf><body>", "utf-8")
    (delivery.path / "half.jsonl").write_text('{"text": "A.", "published": "2026-03-06"}\nroto\n', "utf-8")
    (delivery.path / "foto.jpg").write_bytes(b"\xff\xd8\xff\x00")
    delivery.take()
    entries = delivery.take(3)
    assert sum(entry.article is not None for entry in entries) == 2
    assert delivery.listing() == [
        "done/foto.jpg",
        "done/good.txt",
        "failed/bad.xml",
        "failed/bad.xml.reason.txt",
        "failed/half.jsonl",
        "failed/half.jsonl.reason.txt",
    ]
    assert "decode: the XML is cut off" in (delivery.path / "failed/bad.xml.reason.txt").read_text("utf-8")
    reason = (delivery.path / "failed/half.jsonl.reason.txt").read_text("utf-8")
    assert "half.jsonl:2: decode" in reason
    assert "1 articles of the file were taken" in reason
    assert delivery.take(10) == []


def test_drop_folder_a_file_of_many_mistakes_has_a_short_reason(delivery: Delivery) -> None:
    (delivery.path / "bad.jsonl").write_text("roto\n" * 5000, "utf-8")
    delivery.take()
    delivery.take(3)
    reason = (delivery.path / "failed/bad.jsonl.reason.txt").read_text("utf-8").splitlines()
    assert len(reason) == 101
    assert reason[-1] == "and 4900 more"


def test_drop_folder_a_name_that_comes_again_overwrites_nothing(delivery: Delivery) -> None:
    for text in ("Fecha: 2026-03-06\n\nUno.", "Fecha: 2026-03-06\n\nDos."):
        (delivery.path / "a.txt").write_text(text, "utf-8")
        delivery.take()
        delivery.take(3)
    assert delivery.listing() == ["done/a.2.txt", "done/a.txt"]
    assert "Uno" in (delivery.path / "done/a.txt").read_text("utf-8")


def test_drop_folder_what_is_not_settled_stays(delivery: Delivery) -> None:
    (delivery.path / "a.txt").write_text(TEXT, "utf-8")
    delivery.after(0)
    delivery.clock.now += 3
    for batch in delivery.folder.batches():
        list(batch.entries)
    assert delivery.listing() == ["a.txt"]
    assert len(delivery.take()) == 1


def test_drop_folder_the_oldest_comes_first(delivery: Delivery) -> None:
    for seconds, name in ((300, "a.txt"), (100, "b.txt"), (200, "c.txt")):
        (delivery.path / name).write_text(TEXT, "utf-8")
        os.utime(delivery.path / name, (seconds, seconds))
    delivery.after(0)
    assert delivery.after(3) == ["b.txt", "c.txt", "a.txt"]


def test_drop_folder_links_and_folders_are_left_alone(
    delivery: Delivery, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(TEXT, "utf-8")
    (delivery.path / "link.txt").symlink_to(outside)
    (delivery.path / "sub").mkdir()
    delivery.after(0)
    assert delivery.after(10) == []


def test_drop_folder_an_empty_file_may_still_be_written(delivery: Delivery) -> None:
    (delivery.path / "a.txt").touch()
    delivery.after(0)
    assert delivery.after(10) == []
    (entry,) = delivery.take(60)
    assert entry.error is not None and "empty" in entry.error.detail


def test_drop_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such folder"):
        DropFolder(tmp_path / "none", OPTIONS)
