"""Whether whoever reads or writes by an older JSON Schema can go on under a newer one.

Consumers of events and receipts read by the old schema what the new one allows; newsrooms write
articles by the old schema that the new one must still take. Only what our exported schemas use is
compared: objects, arrays, enumerations, unions, patterns, bounds.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

JsonSchema = Mapping[str, Any]


class Direction(Enum):
    """Who has the old schema: readers of what we write, or writers of what we read."""

    WE_WRITE = "we write"
    WE_READ = "we read"


def breaking_changes(old: JsonSchema, new: JsonSchema, direction: Direction) -> list[str]:
    """List what breaks those who have the old schema; each line names the field. Empty: compatible.

    Args:
        old: As released.
        new: As exported now.
        direction: Of the records.
    """
    return list(_Comparison(old, new, direction).run(old, new, "$", frozenset()))


class _Comparison:
    def __init__(self, old: JsonSchema, new: JsonSchema, direction: Direction) -> None:
        self._old, self._new = old, new
        self._we_write = direction is Direction.WE_WRITE

    def run(self, old: Any, new: Any, path: str, seen: frozenset[tuple[str, str]]) -> Iterator[str]:
        refs = (old.get("$ref", ""), new.get("$ref", ""))
        if all(refs):
            if refs in seen:
                return
            seen |= {refs}
        old, new = _resolve(old, self._old), _resolve(new, self._new)
        yield from self._types(old, new, path)
        yield from self._values(old, new, path)
        yield from self._bounds(old, new, path)
        yield from self._unions(old, new, path, seen)
        yield from self._properties(old, new, path, seen)
        if isinstance(old.get("items"), Mapping) and isinstance(new.get("items"), Mapping):
            yield from self.run(old["items"], new["items"], f"{path}[]", seen)
        more = (old.get("additionalProperties"), new.get("additionalProperties"))
        if isinstance(more[0], Mapping) and isinstance(more[1], Mapping):
            yield from self.run(*more, f"{path}.*", seen)

    def _types(self, old: JsonSchema, new: JsonSchema, path: str) -> Iterator[str]:
        before, after = _names(old.get("type")), _names(new.get("type"))
        if before and after and (lost := self._lost(before, after)):
            yield f"{path}: type {', '.join(sorted(lost))} {self._verdict}"

    def _values(self, old: JsonSchema, new: JsonSchema, path: str) -> Iterator[str]:
        before, after = _allowed(old), _allowed(new)
        if before and after and (lost := self._lost(before, after)):
            yield f"{path}: value {', '.join(sorted(lost))} {self._verdict}"

    def _bounds(self, old: JsonSchema, new: JsonSchema, path: str) -> Iterator[str]:
        for name in (
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "format",
        ):
            if old.get(name) != new.get(name) and (old if self._we_write else new).get(name) is not None:
                yield f"{path}: {name} was {old.get(name)!r}, is {new.get(name)!r}"

    def _unions(
        self, old: JsonSchema, new: JsonSchema, path: str, seen: frozenset[tuple[str, str]]
    ) -> Iterator[str]:
        before, after = _branches(old, self._old), _branches(new, self._new)
        if not before or not after:
            return
        if lost := self._lost(set(before), set(after)):
            yield f"{path}: alternative {', '.join(sorted(lost))} {self._verdict}"
        for name in before.keys() & after.keys():
            yield from self.run(before[name], after[name], path, seen)

    def _properties(
        self, old: JsonSchema, new: JsonSchema, path: str, seen: frozenset[tuple[str, str]]
    ) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in before.keys() - after.keys():
            yield f"{path}.{name}: is gone"
        required = set(old.get("required", ())), set(new.get("required", ()))
        if self._we_write:
            for name in sorted((required[0] - required[1]) & after.keys()):
                yield f"{path}.{name}: was always there, and need not be any more"
        else:
            for name in sorted(required[1] - required[0]):
                yield f"{path}.{name}: is required now"
        for name in before.keys() & after.keys():
            yield from self.run(before[name], after[name], f"{path}.{name}", seen)

    def _lost(self, before: set[str], after: set[str]) -> set[str]:
        """What readers do not know yet, or what writers may no longer send."""
        return after - before if self._we_write else before - after

    @property
    def _verdict(self) -> str:
        return "is new to readers" if self._we_write else "is refused now"


def _resolve(schema: JsonSchema, root: JsonSchema) -> JsonSchema:
    while "$ref" in schema:
        found: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _names(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value or ())


def _allowed(schema: JsonSchema) -> set[str]:
    values = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return {repr(value) for value in values}


def _branches(schema: JsonSchema, root: JsonSchema) -> dict[str, JsonSchema]:
    """Alternatives of a union by what tells them apart: their model, else their type."""
    found = {}
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        resolved = _resolve(branch, root)
        name = branch.get("$ref") or f"{resolved.get('type')} {resolved.get('format', '')}".strip()
        found[name] = branch
    return found
