"""The topics as an AsyncAPI 3 document: addresses, keys, headers, payloads, clean-up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from schemas.base import SCHEMA_VERSION
from schemas.events import EVENT_MODELS
from schemas.export import export_schemas
from streams.codec import DEAD_LETTER_HEADERS, cloud_event_headers
from streams.settings import Settings
from streams.topics import Topic, TopicNames, all_topics, event_type_names

_TEXT: Final = {"type": "string"}


def asyncapi_text(settings: Settings) -> str:
    """Render the document as JSON, reproducibly.

    Raises:
        ConfigurationError: A file of event types is missing or wrong.
    """
    return json.dumps(asyncapi(settings), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def asyncapi(settings: Settings) -> dict[str, Any]:
    """Describe the topics from the outside: what a newsroom sends, what a consumer receives."""
    event_types = event_type_names(settings)
    topics = all_topics(settings, event_types)
    names = TopicNames(settings.topic_prefix)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Teletipo",
            "version": SCHEMA_VERSION,
            "description": "Events out of Spanish news. Newsrooms write articles, consumers read events.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": {"host": "localhost:9092", "protocol": "kafka"}},
        "channels": {_channel_id(names, topic): _channel(names, topic) for topic in topics},
        "operations": {_channel_id(names, topic): _operation(names, topic) for topic in topics},
        "components": {"messages": _messages(event_types), "schemas": _schemas(), "messageTraits": _traits()},
    }


def _channel(names: TopicNames, topic: Topic) -> dict[str, Any]:
    message = _message_id(names, topic)
    return {
        "address": topic.name,
        "description": f"Key: {topic.key}. Clean-up: {topic.cleanup}.",
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "replicas": topic.replication,
                "topicConfiguration": {"cleanup.policy": topic.cleanup.split(",")},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _operation(names: TopicNames, topic: Topic) -> dict[str, Any]:
    channel = _channel_id(names, topic)
    return {
        # AsyncAPI tells it from the application's side: it receives articles and sends all else.
        "action": "receive" if topic.name == names.raw else "send",
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{_message_id(names, topic)}"}],
    }


def _messages(event_types: Sequence[str]) -> dict[str, Any]:
    article = _message("article", "An article, as newsrooms send it.", "the article's id")
    receipt = _message("receipt", "What became of an article.", "the article's id")
    letter = {
        "summary": "A record that could not be processed: its bytes untouched, the reason in its headers.",
        "contentType": "application/octet-stream",
        "headers": _headers(DEAD_LETTER_HEADERS),
        "payload": {},
        "bindings": {"kafka": {"key": _TEXT, "bindingVersion": "0.5.0"}},
    }
    found = {"article": article, "receipt": receipt, "dead-letter": letter}
    for event_type in event_types:
        schema = f"event.{event_type if event_type in EVENT_MODELS else 'custom'}"
        message = _message(schema, f"A {event_type}; a null value takes it back.", "the event's id")
        found[f"event.{event_type}"] = message | {
            "traits": [{"$ref": "#/components/messageTraits/cloudEvent"}]
        }
    return found


def _message(schema: str, summary: str, key: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "payload": {"$ref": f"#/components/schemas/{schema}"},
        "bindings": {"kafka": {"key": _TEXT | {"description": key}, "bindingVersion": "0.5.0"}},
    }


def _schemas() -> dict[str, Any]:
    """Give the contract's schemas, their references turned to where they stand in this document."""
    found = {}
    for file_name, text in export_schemas().items():
        name = file_name.removesuffix(".json")
        if name != "dead_letter":
            placed = text.replace('"#/$defs/', f'"#/components/schemas/{name}/$defs/')
            schema = json.loads(placed)
            del schema["$schema"], schema["$id"]  # inside a document they would move the references' root
            found[name] = schema
    return found


def _traits() -> dict[str, Any]:
    written = cloud_event_headers(event_id="", event_type="visit", article_id="", time=date.min)
    return {"cloudEvent": {"headers": _headers([name for name, _ in written])}}


def _headers(names: Sequence[str]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: dict(_TEXT) for name in names}}


def _channel_id(names: TopicNames, topic: Topic) -> str:
    return topic.name.removeprefix(names.prefix).replace(".", "-")


def _message_id(names: TopicNames, topic: Topic) -> str:
    fixed = {names.raw: "article", names.receipts: "receipt", names.dead_letter: "dead-letter"}
    return fixed.get(topic.name) or f"event.{names.event_type(topic.name)}"
