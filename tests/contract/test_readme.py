"""The README and the guide to extraction show what really comes out, and their code runs."""

import re
import sys
from pathlib import Path

import pytest


@pytest.fixture
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def test_the_text_shown_is_the_sample(readme: str, samples: Path) -> None:
    assert (samples / "breve.txt").read_text("utf-8") in readme


def test_the_guide_shows_the_same_sample(root: Path, samples: Path) -> None:
    assert (samples / "breve.txt").read_text("utf-8") in (root / "docs/extraction.md").read_text("utf-8")


@pytest.mark.model
@pytest.mark.parametrize("name", ["README.md", "docs/extraction.md"])
def test_the_output_shown_is_what_the_command_prints(
    name: str, root: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(samples))
    from readme import with_real_output

    text = (root / name).read_text("utf-8")
    assert with_real_output(text) == text, "run: make readme"


@pytest.mark.model
def test_the_code_runs(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out == "visit 2025-05-13 Lima\n"
    assert "spacy" in sys.modules
