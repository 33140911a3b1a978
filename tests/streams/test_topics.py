from pathlib import Path

from streams.settings import Settings
from streams.topics import TopicNames, all_topics, event_type_names


def test_topics_are_those_of_the_contract() -> None:
    topics = {topic.name: topic for topic in all_topics(Settings(), ["visit", "resignation"])}
    assert {name: topic.cleanup for name, topic in topics.items()} == {
        "articles.raw": "delete",
        "articles.dead-letter": "delete",
        "articles.receipts": "compact",
        "events.visit": "compact",
        "events.resignation": "compact",
    }


def test_topics_take_the_largest_record_and_its_dead_letter() -> None:
    settings = Settings(max_record_bytes=8 * 1024 * 1024)
    for topic in all_topics(settings, []):
        assert int(topic.settings["max.message.bytes"]) > settings.max_record_bytes


def test_topics_retention_is_settable() -> None:
    settings = Settings(raw_retention_hours=2, event_retention_hours=1)
    raw, *_, visit = all_topics(settings, ["visit"])
    assert raw.settings["retention.ms"] == "7200000"
    assert visit.cleanup == "compact,delete"
    assert all_topics(Settings(), ["visit"])[-1].settings["retention.ms"] == "-1"


def test_topics_prefix_namespaces_all() -> None:
    names = TopicNames("x.")
    assert all(topic.name.startswith("x.") for topic in all_topics(Settings(topic_prefix="x."), ["visit"]))
    assert names.event_type(names.events("visit")) == "visit"


def test_topics_include_the_built_in_types() -> None:
    assert {"visit", "signing", "meeting", "statement"} <= set(event_type_names(Settings()))


def test_topics_are_documented(root: Path) -> None:
    text = (root / "docs" / "topics.md").read_text("utf-8")
    for topic in all_topics(Settings(), []):
        assert f"`{topic.name}`" in text
