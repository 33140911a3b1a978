"""The documents say what the code does: names compared, commands there, links that lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
import typer

import streams.errors
from schemas import EVENT_MODELS, TeletipoError
from streams.cli import build_app
from streams.extraction.frames import EventType, Frame
from streams.settings import Settings
from streams.topics import all_topics
from tests.contract.test_commands import COMMANDS

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
_ROOT = Path(__file__).parents[2]
_DOCUMENTS = sorted([*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md"), *(_ROOT / "deploy").rglob("*.md")])


def document(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def shell_lines(text: str) -> list[str]:
    """Commands of the shell blocks, comments and output left out."""
    blocks = [
        body for language, body in _FENCE.findall(text) if language in ("sh", "bash", "shell", "console")
    ]
    lines = "\n".join(blocks).replace("\\\n", " ").split("\n")
    return [line.removeprefix("$ ").strip() for line in lines]


def all_errors(kind: type[TeletipoError] = TeletipoError) -> set[type[TeletipoError]]:
    """Every error class of ours that has a code of its own."""
    assert streams.errors.POLICY  # imported, so that its classes are there
    found = {kind} if "code" in vars(kind) else set()
    return found.union(*(all_errors(child) for child in kind.__subclasses__()))


def test_every_setting_is_documented(root: Path) -> None:
    text = document(root, "docs/settings.md")
    missing = [name for name in Settings.model_fields if f"`{name}`" not in text]
    assert missing == []


def test_no_setting_is_documented_that_there_is_not(root: Path) -> None:
    named = set(re.findall(r"TELETIPO_([A-Z][A-Z_]+)", document(root, "docs/settings.md")))
    known = {name.upper() for name in Settings.model_fields} | {"CONFIG", "GOLD"}
    assert {name.rstrip("_") for name in named} <= known


def test_every_error_code_is_a_heading(root: Path) -> None:
    headings = set(re.findall(r"^#+ `?([a-z-]+)`?", document(root, "docs/errors.md"), re.MULTILINE))
    used = {error.code for error in all_errors()} - {"teletipo", "article"}  # roots, never raised themselves
    assert used <= headings


def test_every_topic_is_documented(root: Path) -> None:
    text = document(root, "docs/topics.md")
    settings = Settings.model_construct(**{name: f.default for name, f in Settings.model_fields.items()})
    topics = [topic.name for topic in all_topics(settings, ["<type>"])]
    assert [name for name in topics if f"`{name}`" not in text] == []


def test_every_key_of_an_event_type_is_documented(root: Path) -> None:
    text = document(root, "docs/event-types.md")
    keys = (EventType.model_fields.keys() | Frame.model_fields.keys()) - {"source"}
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_every_event_type_is_documented(root: Path) -> None:
    text = document(root, "docs/event-types.md")
    for name, model in EVENT_MODELS.items():
        assert f"`{name}`" in text
        assert [role for role in model.roles or () if f"`{role}`" not in text] == []


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: str(path.relative_to(_ROOT)))
def test_commands_in_the_documents_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", document(_ROOT, "Makefile"), re.MULTILINE))
    groups = typer.main.get_command(build_app()).commands  # type: ignore[attr-defined]
    for line in shell_lines(path.read_text("utf-8")):
        for piece in re.split(r"\s*[|;&]+\s*", line):
            words = shlex.split(piece, comments=True)
            if words[:1] == ["make"]:
                assert {word for word in words[1:] if word.isalpha()} <= targets, line
            if words[:1] == ["teletipo"] and len(words) > 1 and not words[1].startswith("-"):
                depth = 2 if words[1] in groups and hasattr(groups[words[1]], "commands") else 1
                command = COMMANDS.get(tuple(words[1 : 1 + depth]))
                assert command is not None, line
                known = {option for parameter in command.params for option in parameter.opts}
                used = {word.partition("=")[0] for word in words if word.startswith("--")}
                assert used <= known | {"--help"}, line


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: str(path.relative_to(_ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = _LINK.findall(path.read_text("utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (path.parent / link).exists()] == []
