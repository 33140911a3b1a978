"""The example consumers see what the worker published, tombstones included."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schemas import Article
from tests.kafka.world import ROOT, Kafka

pytestmark = pytest.mark.kafka

NODE_MODULES = ROOT / "examples" / "javascript" / "node_modules" / "kafkajs"


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_an_example_shows_what_stands(kafka: Kafka, language: str) -> None:
    article = Article(id="a", text="Ana visitó Lima y Leo dijo nada", published="2024-06-19")
    kafka.publish(article)
    kafka.run_worker_until_done()
    kafka.publish(article.model_copy(update={"version": 1, "text": "Ana visitó Lima"}))
    kafka.run_worker_until_done()
    records = sum(len(kafka.read(kafka.names.events(name))) for name in ("visit", "statement"))
    done = subprocess.run(
        [*command(language), kafka.settings.bootstrap_servers, kafka.settings.topic_prefix],
        env={**os.environ, "LIMIT": str(records)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("+") and line.endswith("visit 2024-06-19 Ana") for line in lines)
    assert any(line.startswith("-") for line in lines)
    assert lines[-1] == "1 events stand"


def command(language: str) -> list[str]:
    if language == "python":
        return [sys.executable, str(ROOT / "examples" / "consumer.py")]
    node = shutil.which("node")
    if node is None or not NODE_MODULES.is_dir():
        pytest.skip("KafkaJS is not installed: npm install --prefix examples/javascript (make does it)")
    return [node, str(Path(NODE_MODULES).parents[1] / "consumer.mjs")]
