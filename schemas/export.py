"""Models → JSON Schema, one file a record type, committed under `schemas/json/`."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from schemas.article import Article
from schemas.compatibility import Direction, breaking_changes
from schemas.dead_letter import DeadLetter
from schemas.events import EVENT_ADAPTER, EVENT_MODELS, CustomEvent
from schemas.receipts import Receipt

JSON_FOLDER: Final = Path(__file__).parent / "json"
RELEASED_FOLDER: Final = Path(__file__).parent / "released"
"""The schemas of each release, a folder a version: what consumers in the field have."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Final[dict[str, type[BaseModel]]] = {
    "article": Article,
    "receipt": Receipt,
    "dead_letter": DeadLetter,
    "event.custom": CustomEvent,
    **{f"event.{name}": model for name, model in EVENT_MODELS.items()},
}


def export_schemas() -> dict[str, str]:
    """Render every JSON Schema: file name → text, keys sorted, so that the output is reproducible."""
    schemas: dict[str, dict[str, Any]] = {
        name: model.model_json_schema(mode="serialization" if name != "article" else "validation")
        for name, model in _MODELS.items()
    }
    schemas["event"] = EVENT_ADAPTER.json_schema(mode="serialization")
    return {f"{name}.json": _render(name, schema) for name, schema in sorted(schemas.items())}


def stale_schemas(folder: Path = JSON_FOLDER) -> list[str]:
    """List the files in `folder` that differ from the models; empty when they agree."""
    expected = export_schemas()
    present = {path.name for path in folder.glob("*.json")}
    changed = [
        name
        for name, text in expected.items()
        if name in present and (folder / name).read_text("utf-8") != text
    ]
    return sorted(changed + list(present ^ expected.keys()))


def write_schemas(folder: Path = JSON_FOLDER) -> list[Path]:
    """Write every schema into `folder`, drop what no model stands for, and return the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = export_schemas()
    for path in folder.glob("*.json"):
        if path.name not in expected:
            path.unlink()
    written = []
    for name, text in expected.items():
        path = folder / name
        path.write_text(text, "utf-8")
        written.append(path)
    return written


def last_release() -> Path:
    """Give the folder of the latest release's schemas."""
    return max(RELEASED_FOLDER.iterdir(), key=lambda folder: [int(part) for part in folder.name.split(".")])


def breaks_with_release() -> list[str]:
    """List what breaks those who hold the last release's schemas; empty when nothing does.

    A break needs a new major version of the topic's CloudEvents type, not only of the schema.
    """
    found = []
    for name, text in export_schemas().items():
        released = last_release() / name
        if released.is_file():
            direction = Direction.WE_READ if name == "article.json" else Direction.WE_WRITE
            old, new = json.loads(released.read_text("utf-8")), json.loads(text)
            found += [f"{name} {line}" for line in breaking_changes(old, new, direction)]
    return found


def _render(name: str, schema: dict[str, Any]) -> str:
    document = {"$schema": _DIALECT, "$id": f"urn:teletipo:schema:{name}:v1", **schema}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
