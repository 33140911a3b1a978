"""Training examples for the judges of visits, signings and meetings: who fills which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streams.evaluation.alignment import same_name
from streams.extraction.annotations import Entity
from streams.extraction.lexicon import fold
from streams.extraction.reading import EventReader
from streams.extraction.role_features import full_names, role_features
from streams.extraction.role_options import Option, role_options
from streams.extraction.same_happening import same_features, surroundings_of

Matches = Mapping[int, dict[str, Any] | None]


def role_examples(reader: EventReader, matches: Matches) -> Iterator[tuple[str, str, list[str]]]:
    """Question (event, role and name), label and features: every option of every true trigger.

    Participants that are nobody's option are labelled "missed".
    """
    context = reader.role_context()
    found: set[tuple[int, str]] = set()
    for candidate in reader.others:
        gold = matches[id(candidate)]
        event_type = reader.event_types[candidate.type]
        if gold is None or not event_type.judged:
            continue
        options = role_options(candidate, reader.references, reader.reader.speakers)
        for role, described in event_type.roles.items():
            right = _right_entities(gold, role, reader.references.entities)
            for option in options:
                if option.filler.kind not in described.kinds:
                    continue
                label = _is_right(option, gold, role, right)
                question = f"{id(gold)}|{role}|{option.filler.name}"
                if label:
                    found.add((id(gold), question))
                features = full_names(role, role_features(candidate, [role], option, options, context)[role])
                yield question, "yes" if label else "no", features
    for gold in _unique(matches):
        reached = sum(event == id(gold) for event, _ in found)
        for missing in range(reached, len(gold["participants"])):
            yield f"{id(gold)}|missed|{missing}", "missed", []


def same_examples(reader: EventReader, matches: Matches) -> Iterator[tuple[bool, list[str]]]:
    """Whether they are one event, and features: every pair of true triggers of one type."""
    triggers = [c for c in reader.others if matches[id(c)] is not None and not c.echo]
    around = surroundings_of(reader.doc, triggers, reader.event_types)
    for position, later in enumerate(triggers):
        for earlier in triggers[:position]:
            if earlier.type == later.type:
                same = matches[id(earlier)] is matches[id(later)]
                yield same, same_features(reader.doc, earlier, later, around)


def _unique(matches: Matches) -> list[dict[str, Any]]:
    events = {id(gold): gold for gold in matches.values() if gold is not None and gold["type"] != "statement"}
    return list(events.values())


def _right_entities(gold: dict[str, Any], role: str, entities: list[Entity]) -> set[int]:
    """Entities that are participants by their name; by an alias only where no entity has the name."""
    found: set[int] = set()
    for participant in (p for p in gold["participants"] if p["role"] == role):
        by_name = {e.index for e in entities if fold(e.name) == fold(participant["name"])}
        names = [participant["name"], *participant.get("aliases", [])]
        by_alias = [e.index for e in entities if same_name(e.name, names)]
        found |= by_name or set(by_alias[:1])
    return found


def _is_right(option: Option, gold: dict[str, Any], role: str, right: set[int]) -> bool:
    if option.entity is not None:
        return option.entity.index in right
    return any(
        same_name(option.filler.name, [p["name"], *p.get("aliases", [])])
        for p in gold["participants"]
        if p["role"] == role
    )
