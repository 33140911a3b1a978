"""`teletipo ingest`, as far as it goes without a broker."""

from pathlib import Path

import pytest

from streams.cli.ingest import _show_table
from streams.ingest import Tally
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "list feeds in teletipo.toml"),
        (["--every", "soon"], "is no interval"),
        (["--every", "0"], "is no interval"),
        (["-", "--watch", "."], "cannot be watched"),
        (["a.txt", "--published", "ayer"], "is no date"),
        ([__file__, "--every", "5m"], "no feed to be polled"),
    ],
)
def test_ingest_refuses_wrong_usage(run: Run, arguments: list[str], says: str) -> None:
    result = run("ingest", *arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none.jsonl"], "none.jsonl: no such file or folder"),
        (["--watch", "none"], "none: no such folder"),
        (["a", "--timezone", "Marte/Olympus"], "is no time zone"),
    ],
)
def test_ingest_tells_what_is_not_there_before_it_asks_for_a_broker(
    run: Run, arguments: list[str], says: str
) -> None:
    result = run("ingest", *arguments)
    assert result.exit_code == 1
    assert says in result.stderr


def test_ingest_feeds_may_stand_in_the_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "teletipo.toml").write_text(
        'bootstrap_servers = "127.0.0.1:1"\nconnect_timeout_seconds = 0.2\n'
        '[[feeds]]\naddress = "https://diario.example/rss"\nevery = "10m"\ntimezone = "Europe/Madrid"\n',
        "utf-8",
    )
    assert "unreachable" in run("ingest").stderr, "the list is read, and then the broker asked for"
    (tmp_path / "teletipo.toml").write_text('[[feeds]]\naddress = "ftp://diario.example/"\n', "utf-8")
    assert "feeds.0.address" in run("ingest").stderr


def test_ingest_the_summary_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally(taken=3)
    tally.skipped.update({"sent before": 2, "not text": 1})
    tally.refused["decode"] += 1
    _show_table(tally)
    lines = [" ".join(line.split()) for line in capsys.readouterr().err.splitlines()]
    assert lines == ["taken 3", "skipped 2 sent before", "1 not text", "refused 1 decode"]
