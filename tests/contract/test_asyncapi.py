"""The AsyncAPI document says what the topics and models say."""

from pathlib import Path
from typing import Any

from streams.asyncapi import asyncapi, asyncapi_text
from streams.settings import Settings
from streams.topics import all_topics, event_type_names


def test_the_committed_document_is_fresh(root: Path) -> None:
    text = (root / "docs" / "asyncapi.json").read_text("utf-8")
    assert text == asyncapi_text(Settings()), "run: teletipo schemas asyncapi docs/asyncapi.json"


def references(part: Any) -> set[str]:
    """Every `$ref` below a part of the document."""
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list) else set()


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi(Settings())
    for reference in references(document):
        place: Any = document
        for name in reference.removeprefix("#/").split("/"):
            place = place[name]


def test_every_topic_is_described_with_its_clean_up() -> None:
    settings = Settings(topic_prefix="test.")
    document = asyncapi(settings)
    described = {
        channel["address"]: channel["bindings"]["kafka"]["topicConfiguration"]["cleanup.policy"]
        for channel in document["channels"].values()
    }
    topics = all_topics(settings, event_type_names(settings))
    assert described == {topic.name: topic.cleanup.split(",") for topic in topics}
    assert document["operations"]["articles-raw"]["action"] == "receive"
