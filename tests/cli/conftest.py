"""The command line, with an extractor that needs no model."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from streams.cli import build_app

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `teletipo` with arguments; `input` is its standard input."""
    monkeypatch.setenv("TELETIPO_EXTRACTOR", "tests.cli.fake_extractor:load_fake")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)  # no teletipo.toml of the developer's

    def invoke(*arguments: str | Path, input: bytes | str | None = None) -> Result:
        return CliRunner().invoke(build_app(), [str(argument) for argument in arguments], input=input)

    return invoke
