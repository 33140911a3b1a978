"""Knowledge points one way, and nothing slow is imported before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest


def run(*command: str | Path, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=root, capture_output=True, text=True, check=False
    )


def test_layers_are_kept(root: Path) -> None:
    """`schemas` knows pydantic only, `streams.extraction` no Kafka and no terminal."""
    checked = run(Path(sys.executable).with_name("lint-imports"), root=root)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("schemas", "spacy faust kafka aiokafka typer yaml"),
        ("streams.extraction", "spacy faust kafka aiokafka typer"),
        ("streams.codec", "spacy faust kafka aiokafka typer"),
        ("streams.evaluation", "spacy faust kafka aiokafka typer"),
        ("streams.cli", "spacy faust kafka aiokafka pydantic yaml"),
    ],
)
def test_importing_brings_nothing_heavy(module: str, absent: str, root: Path) -> None:
    """A notebook needs no Kafka client, and `teletipo --help` answers at once."""
    build = "; streams.cli.build_app()" if module == "streams.cli" else ""
    code = f"import sys, {module}{build}; print(*(set({absent.split()!r}) & set(sys.modules)))"
    done = run(sys.executable, "-c", code, root=root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
