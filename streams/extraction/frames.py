"""Event types as data: what triggers an event, and where its roles are filled from.

A type is one YAML file. Verbs and nouns are listed with the syntactic position of each role; the
same reader serves the types of the contract and those of a user (`docs/event-types.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from schemas import ConfigurationError, Factuality, Kind
from streams.extraction.yaml_text import load_yaml

BUILT_IN_FOLDER: Final = Path(__file__).parent / "event_types"
POSITIONS: Final = frozenset({"subject", "object", "object_person", "agent", "doer", "patient"})


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(_Checked):
    """A role: which kinds fill it, whether there must be one, whether there may be several."""

    kinds: tuple[Kind, ...] = tuple(Kind)
    required: bool = False
    many: bool = False


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Frame(_Checked):
    """Trigger lemmas and where their roles stand.

    Attributes:
        roles: Role → positions: `subject`, `object` (no preposition, or "a"), `object_person` (a
            person after "a"), `agent` ("por" in a passive), `doer` (subject, or agent in a passive),
            `patient` (a person after "a", or the subject of a passive), `with:con` (a partner on the same
            footing), `companions` ("acompañado de"), `clitic` ("la acompañan"), or a preposition ("de").
        reflexive: The verb counts only with "se".
        place: Prepositions of the place, or `object`.
        echo: Adds to an event told before and is none of its own ("la acompañan …").
        document: Where the signed document stands: `object`, or a preposition.
        support: Verbs that carry a noun ("realizar una visita").
        possessive: Role that "su" fills.
        partner_required: Lemmas that need two sides ("hablar", "verse").
        document_required: Nouns one of which must head the document ("sellar un acuerdo").
        person_object: The direct object must be a person after "a", or the verb must be passive.
        proper_visitor: The subject must be known by name, or by office.
        visitor_kinds: Kinds that the subject may have.
        place_required: Without a named place it is no event.
        factuality: What the frame itself says of it ("invitar": possible), whatever the verb's tense.
        strict: Not proposed when anything that the frame asks for is missing: frequent words.
        trigger: `place` when the words that name the event are the place ("lo invitó a Moscú").
    """

    lemmas: tuple[str, ...] = Field(min_length=1)
    roles: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    reflexive: bool = False
    place: tuple[str, ...] = ()
    place_required: bool = False
    strict: bool = False
    factuality: Factuality | None = None
    trigger: Literal["place"] | None = None
    echo: bool = False
    document: str | None = None
    document_required: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    possessive: str | None = None
    partner_required: tuple[str, ...] = ()
    person_object: bool = False
    proper_visitor: bool = False
    visitor_kinds: tuple[Kind, ...] = ()

    @field_validator("roles", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (
            {role: _as_tuple(places) for role, places in value.items()} if isinstance(value, dict) else value
        )


class EventType(_Checked):
    """One type of event.

    Attributes:
        needs: One of these must be filled (`place`, `date`, `document` or a role).
        merge: Slots that must not contradict each other when two mentions become one event.
        judged: Whether a trained judge decides which words are triggers; without, frames decide alone.
        document: Whether events of the type carry a signed document.
        codes: Factuality → code system → code.
        acts: Act → code system → code (statements).
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    description: str
    roles: dict[str, Role]
    needs: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()
    judged: bool = False
    document: bool = False
    document_nouns: frozenset[str] = frozenset()
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    acts: dict[str, dict[str, str]] = Field(default_factory=dict)
    verbs: tuple[Frame, ...] = ()
    nouns: tuple[Frame, ...] = ()
    source: str = ""


def load_event_types(paths: Sequence[Path] = ()) -> tuple[EventType, ...]:
    """Read the built-in types, then the user's; a user's file may not redefine a built-in name.

    Raises:
        ConfigurationError: A file is missing or wrong; the message names file, entry and key.
    """
    types = list(_built_in_types())
    names = {event_type.name for event_type in types}
    for path in paths:
        event_type = read_event_type(path)
        if event_type.name in names:
            raise ConfigurationError(f"{path}: name: the event type {event_type.name!r} is there already")
        names.add(event_type.name)
        types.append(event_type)
    return tuple(types)


@cache
def _built_in_types() -> tuple[EventType, ...]:
    order = ("visit", "signing", "meeting", "statement")
    return tuple(read_event_type(BUILT_IN_FOLDER / f"{name}.yaml") for name in order)


def read_event_type(path: Path) -> EventType:
    """Read and check one YAML file.

    Raises:
        ConfigurationError: It cannot be read, or an entry is wrong.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        data = load_yaml(text)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: is not YAML: {error}") from error
    try:
        event_type = EventType.model_validate(
            {**data, "source": path.name} if isinstance(data, dict) else data
        )
    except ValidationError as error:
        lines = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"{path}: {lines}") from error
    _check_roles(path, event_type)
    return event_type


def _check_roles(path: Path, event_type: EventType) -> None:
    for group in (event_type.verbs, event_type.nouns):
        for frame in group:
            unknown = frame.roles.keys() - event_type.roles.keys()
            if unknown:
                where = ", ".join(frame.lemmas[:2])
                raise ConfigurationError(
                    f"{path}: frame of {where}: roles: {', '.join(unknown)} not in `roles`"
                )
