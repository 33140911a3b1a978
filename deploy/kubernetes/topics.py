"""Write the topics of each overlay for Strimzi, from the same description that `teletipo topics create` uses.

python deploy/kubernetes/topics.py
"""

from pathlib import Path
from typing import Any, Final

import yaml

from streams.settings import Settings
from streams.topics import Topic, all_topics

FOLDER: Final = Path(__file__).parent / "overlays"
BUILT_IN: Final = ("visit", "signing", "meeting", "statement")
_HEADER: Final = "# Written by deploy/kubernetes/topics.py; add a topic for each event type of your own.\n"


def settings_of(overlay: Path) -> Settings:
    """Read the settings that the topics of an overlay depend on, the base's where it has none of its own."""
    data: dict[str, str] = {}
    for file in (overlay.parents[1] / "base" / "settings.yaml", overlay / "settings.yaml"):
        data |= yaml.safe_load(file.read_text("utf-8"))["data"]
    wanted = ("partitions", "replication", "min_insync_replicas")
    return Settings.model_validate({name: data[f"TELETIPO_{name.upper()}"] for name in wanted})


def render(overlay: Path) -> str:
    """Render the topics of an overlay as YAML documents."""
    documents = [_document(topic) for topic in all_topics(settings_of(overlay), BUILT_IN)]
    return _HEADER + yaml.safe_dump_all(documents, sort_keys=False)


def _document(topic: Topic) -> dict[str, Any]:
    return {
        "apiVersion": "kafka.strimzi.io/v1beta2",
        "kind": "KafkaTopic",
        "metadata": {"name": topic.name, "labels": {"strimzi.io/cluster": "teletipo"}},
        "spec": {
            "partitions": topic.partitions,
            "replicas": topic.replication,
            "config": dict(topic.settings),
        },
    }


if __name__ == "__main__":
    for overlay in sorted(FOLDER.iterdir()):
        (overlay / "topics.yaml").write_text(render(overlay), "utf-8")
