"""Fixtures that more than one folder of tests uses."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# No deadline: machines are shared. The same examples on every run: a failure is a change of ours.
settings.register_profile("teletipo", deadline=None, derandomize=True)
settings.load_profile("teletipo")


MODEL = ROOT / "streams" / "extraction" / "models" / "es_teletipo_news"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the trained pipeline where there is none, and say so."""
    if MODEL.is_dir() or "TELETIPO_MODEL" in os.environ:
        return
    absent = pytest.mark.skip(
        reason=f"no pipeline in {MODEL.relative_to(ROOT)}; TELETIPO_MODEL names another"
    )
    for item in items:
        if item.get_closest_marker("model"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """Articles of our own writing, which always come with the repository."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def gold() -> Path:
    """Folder of the annotated gold; tests that ask for it are skipped where it is absent."""
    folder = Path(os.environ.get("TELETIPO_GOLD", ROOT.parent / "shared" / "data"))
    if not (folder / "events-dev.jsonl").is_file():
        pytest.skip(f"no annotated gold in {folder}; TELETIPO_GOLD names its folder")
    return folder
