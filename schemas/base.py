"""What all models of the contract share: immutability, versions and deterministic ids."""

import uuid
from typing import Final

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION: Final = "1.0.0"
"""Version of the event contract, semantic: consumers may rely on the major number."""

ID_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://teletipo.dev/ids")
"""Namespace of every UUIDv5 that Teletipo makes; changing it changes every id ever published."""

_SEPARATOR: Final = "\x1f"
"""ASCII unit separator: it never occurs in names or dates, so parts cannot run into each other."""


class FrozenModel(BaseModel):
    """An immutable value that refuses unknown fields.

    Its JSON Schema requires every field, since every field is always written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


def stable_id(*parts: str) -> str:
    """Make a UUIDv5 from ordered parts: the same parts give the same id, always.

    >>> stable_id("article", "a") == stable_id("article", "a")
    True
    """
    return str(uuid.uuid5(ID_NAMESPACE, _SEPARATOR.join(parts)))
