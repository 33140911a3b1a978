"""`teletipo schemas`: the contract as files."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

RESIGNATION = """
name: resignation
description: Someone gives up an office.
roles:
  resigner: {kinds: [person], required: true}
verbs:
  - lemmas: [dimitir]
    roles: {resigner: subject}
"""


@pytest.fixture
def resignation(tmp_path: Path) -> Path:
    """An event type of a user's own."""
    path = tmp_path / "resignation.yaml"
    path.write_text(RESIGNATION, "utf-8")
    return path


def test_export_writes_files_that_check_accepts(run: Run, tmp_path: Path) -> None:
    exported = run("schemas", "export", tmp_path / "contract")
    assert exported.exit_code == 0
    assert str(tmp_path / "contract" / "event.visit.json") in exported.stdout.splitlines()
    assert run("schemas", "check", tmp_path / "contract").exit_code == 0


def test_export_removes_nothing_from_a_folder_of_the_users(run: Run, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}", "utf-8")
    assert run("schemas", "export", tmp_path).exit_code == 0
    assert (tmp_path / "package.json").exists()


def test_export_narrows_the_open_type_to_a_users_own(run: Run, tmp_path: Path, resignation: Path) -> None:
    run("schemas", "export", tmp_path / "contract", "--event-types", resignation)
    schema = json.loads((tmp_path / "contract" / "event.resignation.json").read_text("utf-8"))
    assert schema["properties"]["type"]["const"] == "resignation"
    assert schema["$defs"]["Participant"]["properties"]["role"]["enum"] == ["resigner"]


def test_check_names_what_differs(run: Run, tmp_path: Path) -> None:
    run("schemas", "export", tmp_path)
    (tmp_path / "article.json").write_text("{}", "utf-8")
    result = run("schemas", "check", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{tmp_path / 'article.json'}: differs")
    assert json.loads(run("schemas", "check", tmp_path, "--json").stdout) == ["article.json"]


def test_types_lists_the_built_in_ones_and_the_users(run: Run, resignation: Path) -> None:
    listed = json.loads(run("types", "--json", "--event-types", resignation).stdout)
    assert [entry["name"] for entry in listed] == ["visit", "signing", "meeting", "statement", "resignation"]
    assert listed[-1]["topic"] == "events.resignation"
    assert list(listed[-1]["roles"]) == ["resigner"]
    shown = run("types", "--event-types", resignation).stdout
    assert "resignation" in shown
    assert "resigner" in shown


def test_types_names_the_file_that_is_wrong(run: Run, resignation: Path) -> None:
    resignation.write_text("name: resignation\n", "utf-8")
    result = run("types", "--event-types", resignation)
    assert result.exit_code == 1
    assert "resignation.yaml" in result.stderr
