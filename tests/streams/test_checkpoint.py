from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.checkpoint import Checkpoint, Plan, Progress

PLAN = Plan(
    target="p.articles.raw",
    archive=("a.jsonl", "b.jsonl"),
    archive_bytes=7,
    prefix="p.",
    first=datetime(2024, 6, 19, tzinfo=UTC),
)


def test_checkpoint_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "deep" / "c.json", PLAN)
    checkpoint.acknowledge(source=1, position=5, target=3, offset=8)
    checkpoint.acknowledge(source=1, position=9, target=3, offset=9)
    checkpoint.save()
    found = Checkpoint.load(checkpoint.file)
    assert (found.plan, found.finished) == (PLAN, False)
    assert found.progress == {1: Progress(next=10, sent=2)}
    assert found.arrived == {3: 10}
    assert found.sent == 2
    assert [path.name for path in checkpoint.file.parent.iterdir()] == ["c.json"]


def test_checkpoint_that_is_not_there_or_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nothing to resume"):
        Checkpoint.load(tmp_path / "c.json")
    for text in ("{", "[]", '{"plan": {"first": 3}}'):
        (tmp_path / "c.json").write_text(text, "utf-8")
        with pytest.raises(ConfigurationError, match="no checkpoint"):
            Checkpoint.load(tmp_path / "c.json")
