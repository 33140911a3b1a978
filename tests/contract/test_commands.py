"""Every command explains itself, with an example that it would take."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from streams.cli import build_app


def leaves(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its path."""
    if hasattr(command, "commands"):
        for name, child in command.commands.items():
            yield from leaves(child, *path, name)
    else:
        yield path, command


COMMANDS = dict(leaves(typer.main.get_command(build_app())))


def example_of(command: Any) -> list[str]:
    found = re.search(r"^\s*Example: (teletipo .*)$", command.help or "", re.MULTILINE)
    assert found is not None, "its help has no line `Example: teletipo …`"
    return shlex.split(found[1])


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_shows_what_it_does_and_an_example(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(build_app(), [*path, "--help"])
    assert result.exit_code == 0
    assert "Example: teletipo " + " ".join(path) in " ".join(result.stdout.split())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_example_uses_options_that_there_are(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    words = example_of(command)
    assert tuple(words[1 : 1 + len(path)]) == path
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_commands_are_those_of_the_contract() -> None:
    named = {" ".join(path) for path in COMMANDS}
    assert {
        *("extract", "worker", "ingest", "watch", "replay", "evaluate", "types"),
        *("dead-letters list", "dead-letters show", "dead-letters requeue"),
        *("topics create", "topics list", "schemas export", "schemas check"),
        *("broker start", "broker stop", "broker status", "dashboard"),
    } <= named


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(build_app(), ["nonsense"]).exit_code == 2


def test_version_is_told() -> None:
    assert CliRunner().invoke(build_app(), ["--version"]).stdout.startswith("teletipo ")
