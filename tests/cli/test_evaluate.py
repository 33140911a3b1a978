"""`teletipo evaluate`: numbers for people and machines."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = "Rojas firmó el pacto. «Es un buen día», dijo Rojas."
SIGNING = {
    "type": "signing",
    "triggers": [{"text": "firmó", "start": 6, "end": 11}],
    "participants": [{"role": "signatory", "name": "Rojas"}],
    "date": None,
    "place": None,
    "factuality": "asserted",
    "attribution": [],
}


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    """Gold of one article with one event."""
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps({"id": "a", "published": "2024-05-10", "text": TEXT, "events": [SIGNING]}), "utf-8"
    )
    return path


def test_evaluate_extracts_by_itself(run: Run, gold_file: Path) -> None:
    result = run("evaluate", gold_file, "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["event/signing"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "gold": 1, "pred": 1}
    assert report["event/statement"]["pred"] == 1


def test_evaluate_takes_what_extract_wrote(run: Run, gold_file: Path, tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_bytes(run("extract", gold_file).stdout.encode())
    assert run("evaluate", gold_file, predicted).stdout == run("evaluate", gold_file).stdout


def test_evaluate_shows_mistakes_on_stderr(run: Run, gold_file: Path, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    result = run("evaluate", gold_file, tmp_path / "none.jsonl", "--errors", "5")
    assert result.stderr == "missed   a signing 'firmó' [signatory Rojas]\n"
    assert "overall" in result.stdout


def test_evaluate_fails_where_an_article_fails(run: Run, gold_file: Path) -> None:
    gold_file.write_text(gold_file.read_text("utf-8").replace("Rojas firm", "rompe firm"), "utf-8")
    result = run("evaluate", gold_file)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{gold_file}:1: extraction: ")


def test_evaluate_names_the_line_that_is_no_gold(run: Run, gold_file: Path, tmp_path: Path) -> None:
    gold_file.write_text('{"id": "a", "text": "x"}', "utf-8")
    (tmp_path / "none.jsonl").touch()
    result = run("evaluate", gold_file, tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert f"{gold_file}:1" in result.stderr
