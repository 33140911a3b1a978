"""Mentions are found by where they stand."""

from __future__ import annotations

import random

from schemas import Kind
from streams.extraction.annotations import Entity, Mention
from streams.extraction.timeline import Timeline


def _mention(start: int, entity: int) -> Mention:
    return Mention(start, start + 2, start, f"n{entity}", Kind.PERSON, proper=True, place=True, entity=entity)


def _entities(mentions: list[Mention]) -> list[Entity]:
    return [
        Entity(n, f"n{n}", Kind.PERSON, proper=True, mentions=[m for m in mentions if m.entity == n])
        for n in range(4)
    ]


def test_it_finds_what_a_look_at_all_would_find() -> None:
    chance = random.Random(5)
    mentions = [_mention(start, chance.randrange(4)) for start in sorted(chance.sample(range(200), 60))]
    entities = _entities(mentions)
    chance.shuffle(entities[1].mentions)
    timeline = Timeline(mentions, entities)
    for _ in range(300):
        start, end = sorted(chance.choices(range(-20, 220), k=2))
        near = [m for m in mentions if start <= m.start < end]
        assert timeline.between(start, end) == near
        assert timeline.entities_between(start, end) == {m.entity for m in near}
        for entity in entities:
            assert timeline.of(entity, start, end) == [m for m in entity.mentions if start <= m.start < end]
            before = [m for m in entity.mentions if m.start < end]
            assert timeline.last_of(entity, end) == max(before, key=lambda m: m.start, default=None)


def test_places_are_counted_by_their_folded_name() -> None:
    mentions = [_mention(0, 1), _mention(5, 1), _mention(9, 2)]
    assert Timeline(mentions, _entities(mentions)).places == {"n1": 2, "n2": 1}
