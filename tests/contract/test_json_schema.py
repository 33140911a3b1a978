"""The exported JSON Schema says what the models say."""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from schemas import EVENT_ADAPTER, Article, Event
from schemas.export import JSON_FOLDER, stale_schemas
from streams.codec import encode_event
from tests.schemas.strategies import articles, events
from tests.schemas.test_events import VISIT


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of an exported file."""
    schema = json.loads((JSON_FOLDER / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def is_valid(name: str, value: Any) -> bool:
    return validator(name).is_valid(value)


def test_exported_files_are_fresh() -> None:
    assert stale_schemas() == [], "run: teletipo schemas export"


@pytest.mark.parametrize("path", sorted(JSON_FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_file_is_a_json_schema_with_an_address(path: Any) -> None:
    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:teletipo:schema:{path.stem}:v1"


@given(events())
def test_every_event_validates(event: Event) -> None:
    value = json.loads(event.model_dump_json())
    name = "custom" if event.type == "resignation" else event.type
    validator(f"event.{name}").validate(value)
    validator("event").validate(value)


@given(articles())
def test_every_article_validates(article: Article) -> None:
    validator("article").validate(json.loads(article.model_dump_json()))


def full_visit() -> dict[str, Any]:
    """A visit as it is written, every field there."""
    written: dict[str, Any] = json.loads(EVENT_ADAPTER.validate_python(VISIT).model_dump_json())
    return written


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"triggers": []},
        {"confidence": 2},
        {"factuality": "rumoured"},
        {"type": "signing"},
    ],
    ids=str,
)
def test_the_schema_refuses_what_the_models_refuse(change: dict[str, Any]) -> None:
    assert is_valid("event.visit", full_visit())
    assert not is_valid("event.visit", {**full_visit(), **change})


@pytest.mark.parametrize("missing", ["id", "type", "article", "triggers", "extractor"])
def test_the_schema_promises_the_fields_that_consumers_read(missing: str) -> None:
    event = full_visit()
    del event[missing]
    assert not is_valid("event.visit", event)


@given(events())
def test_the_header_of_a_record_names_the_schema_of_its_event(event: Event) -> None:
    headers = dict(encode_event(event).headers)
    name = "custom" if event.type == "resignation" else event.type
    assert headers["ce_dataschema"].decode() == validator(f"event.{name}").schema["$id"]
