"""`make demo`: the README's promise, on a real broker."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from streams.broker_files import BrokerError, find_java


@pytest.mark.kafka
def test_demo_shows_events_and_leaves_nothing_behind(samples: Path, tmp_path: Path, root: Path) -> None:
    """With the extractor of tests: the path is what is tested here, not the language."""
    try:
        find_java()
    except BrokerError as error:
        pytest.skip(f"no broker can be started here: {error.detail}")
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": str(root),
        "TELETIPO_EXTRACTOR": "tests.cli.fake_extractor:load_fake",
    }
    demo = subprocess.run(
        [sys.executable, str(samples / "demo.py")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "14 articles → 3 events (2 signing, 1 statement)" in demo.stdout
    assert "The live page shows them all: http://127.0.0.1:" in demo.stdout
    assert list(tmp_path.glob("teletipo-demo-*")) == []
