"""The repository works on any machine: no path of one, no address that only one network has."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

_MACHINE_PATH = re.compile(r"(?<![\w.~}])/(?:work|root|home/(?!teletipo\b|app\b)\w+|Users|tmp/venv)/")
_REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|repo1?\.maven|maven\.org|--?(?:extra-)?index-url|PIP_INDEX", re.I
)
_TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".cfg", ".json", ".txt", ".css", ".sh", ".csv", ".xml", ""}
_MAX_BYTES = 1_000_000  # models and vectors are data
_CREDITS = "SOURCES.md"  # names where data came from, registries too


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    """Text files under version control; this one names what it looks for."""
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git checkout")
    paths = [root / name for name in listed.stdout.splitlines()]
    return [
        path
        for path in paths
        if path.suffix in _TEXT
        and path.is_file()
        and path != Path(__file__)
        and path.stat().st_size < _MAX_BYTES
        and "models" not in path.parts
    ]


@pytest.mark.parametrize("pattern", [_MACHINE_PATH, _REGISTRY], ids=["machine path", "registry"])
def test_no_file_names(files: list[Path], pattern: re.Pattern[str], root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"
        for path in files
        if path.name != _CREDITS
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_modules_are_short(files: list[Path], root: Path) -> None:
    """One job a module; what outgrows 300 lines has two."""
    code = [path for path in files if path.suffix == ".py" and path.relative_to(root).parts[0] != "tests"]
    long = {str(p.relative_to(root)): n for p in code if (n := p.read_text("utf-8").count("\n")) > 300}
    assert long == {}


def test_every_module_says_what_it_is(files: list[Path], root: Path) -> None:
    code = [path for path in files if path.suffix == ".py" and path.relative_to(root).parts[0] != "tests"]
    silent = [
        str(path.relative_to(root))
        for path in code
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert silent == []


def test_the_sample_feed_is_what_the_readme_promises(samples: Path) -> None:
    from streams.article_files import read_file

    entries = list(read_file(samples / "agencia.jsonl", max_bytes=1_000_000))
    assert [entry.error for entry in entries if entry.error] == []
    articles = [entry.article for entry in entries if entry.article]
    assert len({article.id for article in articles}) == len(articles) >= 12
