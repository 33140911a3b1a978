"""JSON Schema for a folder of the user's: the contract, and the types that the user defined.

A type of the user's own is the open type, narrowed to its name and its roles.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas import BUILT_IN_TYPES
from schemas.export import export_schemas
from streams.extraction.frames import EventType


def export_with_types(event_types: Sequence[EventType], folder: Path) -> list[Path]:
    """Write the contract and the schema of each type of the user's own into `folder`; remove nothing.

    Returns:
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contract = export_schemas()
    own = {
        f"event.{event_type.name}.json": _narrow(contract["event.custom.json"], event_type)
        for event_type in event_types
        if event_type.name not in BUILT_IN_TYPES
    }
    written = []
    for name, text in {**contract, **own}.items():
        path = folder / name
        path.write_text(text, "utf-8")
        written.append(path)
    return written


def _narrow(custom: str, event_type: EventType) -> str:
    schema: dict[str, Any] = json.loads(custom)
    schema["$id"] = f"urn:teletipo:schema:event.{event_type.name}:v1"
    schema["title"] = event_type.name
    schema["description"] = event_type.description
    schema["properties"]["type"] = {"const": event_type.name, "title": "Type", "type": "string"}
    schema["$defs"]["Participant"]["properties"]["role"]["enum"] = sorted(event_type.roles)
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
