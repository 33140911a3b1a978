"""The API as an OpenAPI 3.1 document, its schemas taken from the models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from schemas import Event
from schemas.base import SCHEMA_VERSION
from streams.dashboard.filters import EventFilter
from streams.dashboard.health import Health
from streams.dashboard.overview import Overview
from streams.dashboard.queries import MOST_EVENTS

_REF = "#/components/schemas/{model}"


def openapi(event_types: Sequence[str]) -> dict[str, Any]:
    """Describe the API.

    Args:
        event_types: Types known to this dashboard, listed for the `type` parameter.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(Event)
    event = adapter.json_schema(ref_template=_REF)
    schemas = {**event.pop("$defs"), "Event": event}
    _, others = models_json_schema(
        [(Overview, "serialization"), (Health, "serialization")], ref_template=_REF
    )
    schemas |= others["$defs"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Teletipo",
            "version": SCHEMA_VERSION,
            "description": "Events out of Spanish news, as the dashboard's read model has them.",
        },
        "paths": _paths(_filter_parameters(event_types)),
        "components": {"schemas": schemas},
    }


def _paths(view: list[dict[str, Any]]) -> dict[str, Any]:
    limit = {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST_EVENTS, "default": 50},
    }
    after = {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "`next` of a page."}
    last = {"name": "Last-Event-ID", "in": "header", "schema": {"type": "string"}}
    identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    page = {
        "type": "object",
        "required": ["events", "next"],
        "properties": {
            "events": {"type": "array", "items": _ref("Event")},
            "next": {"type": ["string", "null"]},
        },
    }
    one = {
        "type": "object",
        "required": ["event", "withdrawn"],
        "properties": {"event": _ref("Event"), "withdrawn": {"type": "boolean"}},
    }
    text = {"type": "string"}
    return {
        "/api/events": _get("A page of events, latest publication first.", page, [*view, limit, after]),
        "/api/events/{id}": _get("One event.", one, [identity], missing=True),
        "/api/events/stream": _get(
            "Server-sent events: `event` (data: an event), `withdrawn` (data: its id), "
            "`reset` when the view must be loaded anew.",
            text,
            [*view, last],
            media="text/event-stream",
        ),
        "/api/overview": _get("Counts over a view.", _ref("Overview"), view),
        "/api/health": _get("How the stream is.", _ref("Health"), []),
        "/events.csv": _get("A view as CSV.", text, view, media="text/csv"),
        "/events.jsonl": _get("A view, one event a line.", text, view, media="application/jsonl"),
        "/events.atom": _get("A view as an Atom feed.", text, view, media="application/atom+xml"),
    }


def _get(
    summary: str,
    schema: dict[str, Any],
    parameters: Sequence[dict[str, Any]],
    *,
    media: str = "application/json",
    missing: bool = False,
) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": {"description": "OK", "content": {media: {"schema": schema}}}}
    if parameters and not missing:
        responses["400"] = {"description": "A parameter is wrong; `error` names it and the reason."}
    if missing:
        responses["404"] = {"description": "There is no such event."}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": _REF.format(model=model)}


def _filter_parameters(event_types: Sequence[str]) -> list[dict[str, Any]]:
    schema = EventFilter.model_json_schema(ref_template=_REF)
    found = []
    for name, field in schema["properties"].items():
        plain = {key: value for key, value in field.items() if key not in ("title", "default")}
        if name == "type":
            plain["items"] = {"type": "string", "examples": list(event_types)}
        found.append({"name": name, "in": "query", "schema": plain, "description": _DESCRIPTIONS[name]})
    return found


_DESCRIPTIONS = {
    "q": "Words that must all occur, the last one as a prefix.",
    "type": "Event types, any of them; repeat the parameter or separate by commas.",
    "who": "A participant's name or part of it.",
    "country": "ISO 3166-1 alpha-2, of the place or of a participant.",
    "source": "Name of the outlet.",
    "factuality": "Any of them.",
    "act": "Acts of statements, any of them.",
    "from": "First day of publication (UTC).",
    "to": "Last day of publication (UTC).",
    "confidence": "Least confidence, 0 to 1.",
}
