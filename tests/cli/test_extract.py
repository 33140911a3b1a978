"""`teletipo extract`: what goes in, what comes out, what becomes of bad articles."""

import gzip
import json
from pathlib import Path

import pytest

from schemas import EVENT_ADAPTER
from tests.cli.conftest import Run

GOOD = {"id": "a", "published": "2024-05-10", "text": "Rojas firmó el pacto. «Es un buen día», dijo Rojas."}
QUIET = {"id": "b", "published": "2024-05-10", "text": "Llovió."}


def line(article: dict[str, object]) -> str:
    return json.dumps(article, ensure_ascii=False)


def write(path: Path, *articles: dict[str, object]) -> Path:
    path.write_text("\n".join(map(line, articles)) + "\n", "utf-8")
    return path


def types(output: str) -> list[str]:
    return [EVENT_ADAPTER.validate_json(row).type for row in output.splitlines()]


def test_extract_writes_one_event_a_line(run: Run, tmp_path: Path) -> None:
    result = run("extract", write(tmp_path / "news.jsonl", GOOD, QUIET))
    assert result.exit_code == 0
    assert types(result.stdout) == ["signing", "statement"]
    assert result.stderr == ""


def test_extract_keeps_the_order_of_files_and_articles(run: Run, tmp_path: Path) -> None:
    first = write(tmp_path / "1.jsonl", *({**GOOD, "id": f"a{n}"} for n in range(40)))
    second = write(tmp_path / "2.jsonl", {**GOOD, "id": "z"})
    result = run("extract", first, second)
    ids = [json.loads(row)["article"]["id"] for row in result.stdout.splitlines()]
    assert list(dict.fromkeys(ids)) == [*(f"a{n}" for n in range(40)), "z"]


def test_extract_reports_bad_articles_with_file_and_line_and_goes_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    rows = [
        line(GOOD),
        "{not json",
        "",
        line({"published": "2024-05-10"}),
        line({**GOOD, "published": "2024-13-01"}),
        line({**GOOD, "language": "fr"}),
        line({**GOOD, "text": "rompe"}),
        line({**GOOD, "id": "last"}),
    ]
    path.write_bytes("\n".join(rows).encode() + b'\n{"text": "\xff"}\n')
    result = run("extract", path)
    assert result.exit_code == 1
    assert types(result.stdout) == ["signing", "statement"] * 2
    reported = [row.removeprefix(f"{path}:").split(": ")[:2] for row in result.stderr.splitlines()]
    assert reported == [
        ["2", "decode"],
        ["4", "contract"],
        ["5", "contract"],
        ["6", "language"],
        ["7", "extraction"],
        ["9", "decode"],
    ]


def test_extract_reports_an_article_that_is_too_large(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELETIPO_MAX_ARTICLE_BYTES", "1024")
    path = write(tmp_path / "news.jsonl", {**GOOD, "text": "x" * 9000}, GOOD)
    result = run("extract", path)
    assert result.exit_code == 1
    assert types(result.stdout) == ["signing", "statement"]
    assert result.stderr.startswith(f"{path}:1: too-large: ")


def test_extract_reads_a_document_an_array_and_gzip(run: Run, tmp_path: Path) -> None:
    document = tmp_path / "one.json"
    document.write_text(json.dumps(GOOD, indent=2), "utf-8")
    array = tmp_path / "two.json"
    array.write_text(json.dumps([QUIET, GOOD]), "utf-8")
    zipped = tmp_path / "three.jsonl.gz"
    zipped.write_bytes(gzip.compress(line(GOOD).encode()))
    result = run("extract", document, array, zipped)
    assert result.exit_code == 0, result.stderr
    assert types(result.stdout) == ["signing", "statement"] * 3


def test_extract_goes_on_after_a_truncated_gzip(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(gzip.compress(line(GOOD).encode())[:-12])
    result = run("extract", broken, write(tmp_path / "good.jsonl", GOOD))
    assert result.exit_code == 1
    assert types(result.stdout) == ["signing", "statement"]
    assert result.stderr.startswith(f"{broken}: decode: cannot be read on")


def test_extract_reads_standard_input(run: Run) -> None:
    for arguments in ([], ["-"]):
        result = run("extract", *arguments, input=line(GOOD))
        assert types(result.stdout) == ["signing", "statement"]


def test_extract_reads_plain_text_with_its_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("\ufeffRojas firmó el pacto.\r\nLlovió.".encode())
    result = run("extract", path, "--published", "2024-05-10")
    [event] = [json.loads(row) for row in result.stdout.splitlines()]
    assert event["article"]["published"] == "2024-05-10"
    assert event["triggers"] == [{"text": "firmó", "start": 6, "end": 11}]
    piped = run("extract", "-", "--published", "2024-05-10", input="Rojas firmó el pacto.")
    assert types(piped.stdout) == ["signing"]


@pytest.mark.parametrize(
    "arguments", [["note.txt"], ["note.txt", "--published", "ayer"], ["none.jsonl"], ["--format", "xml"]]
)
def test_extract_refuses_wrong_usage(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "note.txt").write_text("Llovió.", "utf-8")
    result = run("extract", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_extract_passes_over_the_events_of_gold(run: Run, tmp_path: Path) -> None:
    result = run("extract", write(tmp_path / "gold.jsonl", {**GOOD, "events": [{"type": "visit"}]}))
    assert types(result.stdout) == ["signing", "statement"]


def test_extract_finds_nothing_in_a_withdrawn_article(run: Run, tmp_path: Path) -> None:
    result = run("extract", write(tmp_path / "a.jsonl", {**GOOD, "text": "", "withdrawn": True}))
    assert (result.exit_code, result.stdout) == (0, "")


def test_extract_leaves_out_what_is_below_the_confidence(run: Run, tmp_path: Path) -> None:
    result = run("extract", write(tmp_path / "a.jsonl", GOOD), "--min-confidence", "0.8")
    assert types(result.stdout) == ["statement"]


def test_extract_draws_a_table_within_the_terminal(run: Run, tmp_path: Path) -> None:
    result = run("extract", write(tmp_path / "a.jsonl", GOOD, QUIET), "--format", "table")
    assert "Es un buen día" in result.stdout
    assert "no events" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_extract_writes_a_whole_page(run: Run, tmp_path: Path) -> None:
    result = run("extract", write(tmp_path / "a.jsonl", GOOD, QUIET), "--format", "html")
    assert result.stdout.startswith("<!doctype html>")
    assert result.stdout.endswith("</html>\n")
    assert result.stdout.count("<article ") == 2


def test_extract_is_deterministic(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, QUIET)
    assert run("extract", path).stdout == run("extract", path).stdout


@pytest.mark.model
def test_extract_with_the_real_model(run: Run, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's first command."""
    monkeypatch.delenv("TELETIPO_EXTRACTOR")
    result = run("extract", samples / "agencia.jsonl")
    assert result.exit_code == 0, result.stderr
    assert set(types(result.stdout)) == {"visit", "signing", "meeting", "statement"}


@pytest.mark.model
def test_extract_finds_events_of_a_type_of_ones_own(
    run: Run, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A YAML file and nothing else: the promise of `docs/event-types.md`."""
    monkeypatch.delenv("TELETIPO_EXTRACTOR")
    text = "La ministra de Sanidad, Elena Prado, dimitió ayer en Lima."
    own = ("--event-types", samples / "resignation.yaml")
    result = run("extract", "-", "--published", "2025-05-14", *own, input=text)
    [event] = [json.loads(row) for row in result.stdout.splitlines()]
    assert (event["type"], event["date"]["value"], event["codes"]) == (
        "resignation",
        "2025-05-13",
        {"cameo": "082"},
    )
    assert [(p["role"], p["name"]) for p in event["participants"]] == [("resigner", "Elena Prado")]
