"""The contract of the last release is kept; every kind of break is seen."""

import json
from copy import deepcopy
from typing import Any

import pytest

from schemas.compatibility import Direction, breaking_changes
from schemas.export import breaks_with_release, export_schemas, last_release

EVENT = json.loads(export_schemas()["event.json"])
ARTICLE = json.loads(export_schemas()["article.json"])


def changed(schema: Any, path: str, value: Any) -> Any:
    """A copy with one place changed; None takes it away."""
    copy = deepcopy(schema)
    *parents, last = path.split("/")
    place = copy
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return copy


def test_the_last_release_is_kept() -> None:
    assert breaks_with_release() == []
    assert last_release().name.count(".") == 2


def test_a_schema_is_compatible_with_itself() -> None:
    for direction in Direction:
        assert breaking_changes(EVENT, EVENT, direction) == []


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("$defs/Act/enum", ["say", "shout"], "value 'shout' is new to readers"),
        ("$defs/Span/properties/start/type", "string", "type string is new to readers"),
        ("$defs/Span/properties/start", None, ".start: is gone"),
        ("$defs/Span/required", ["text", "start"], ".end: was always there"),
        ("$defs/Participant/properties/country/anyOf/0/pattern", "^[a-z]+$", "pattern was"),
        ("$defs/Place/properties/country/anyOf", [{"type": "integer"}], "alternative integer is new"),
    ],
)
def test_what_breaks_readers_of_events_is_named(path: str, value: Any, told: str) -> None:
    found = breaking_changes(EVENT, changed(EVENT, path, value), Direction.WE_WRITE)
    assert any(told in line for line in found), found


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("required", ["text", "published", "source"], ".source: is required now"),
        ("properties/version/minimum", 1, "minimum was 0, is 1"),
        ("properties/withdrawn/type", "string", "type boolean is refused now"),
        ("properties/authors", None, ".authors: is gone"),
    ],
)
def test_what_breaks_newsrooms_is_named(path: str, value: Any, told: str) -> None:
    found = breaking_changes(ARTICLE, changed(ARTICLE, path, value), Direction.WE_READ)
    assert any(told in line for line in found), found


@pytest.mark.parametrize(
    ("schema", "path", "value", "direction"),
    [
        (EVENT, "$defs/Span/properties/note", {"type": "string"}, Direction.WE_WRITE),
        (EVENT, "$defs/Act/enum", ["say"], Direction.WE_WRITE),
        (ARTICLE, "properties/section", {"type": "string"}, Direction.WE_READ),
        (ARTICLE, "properties/version/minimum", None, Direction.WE_READ),
    ],
)
def test_what_breaks_nobody_is_let_through(schema: Any, path: str, value: Any, direction: Direction) -> None:
    assert breaking_changes(schema, changed(schema, path, value), direction) == []
