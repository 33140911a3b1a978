"""The mentions of an article by where they stand, for questions that are asked of every trigger and cue."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final

from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import fold

_START = attrgetter("start")
LONGEST_TOKENS: Final = 40
"""How far before its head a mention may begin; descriptions are cut long before."""


class Timeline:
    """Finds mentions between two tokens without a look at all of them.

    Made when mentions have their entities; neither may change afterwards.
    """

    def __init__(self, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self._mentions = sorted(mentions, key=_START)
        self._starts = [mention.start for mention in self._mentions]
        self._of = [sorted(entity.mentions, key=_START) for entity in entities]
        self._rank = [{id(m): n for n, m in enumerate(entity.mentions)} for entity in entities]

    def between(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin between two tokens, the second not included, in text order."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def entities_between(self, start: int, end: int) -> set[int]:
        """Entities of which a mention begins there."""
        return {mention.entity for mention in self.between(start, end) if mention.entity >= 0}

    def of(self, entity: Entity, start: int, end: int) -> list[Mention]:
        """Mentions of one entity that begin there, in the order in which they were attached to it."""
        own, rank = self._of[entity.index], self._rank[entity.index]
        found = own[bisect_left(own, start, key=_START) : bisect_left(own, end, key=_START)]
        return sorted(found, key=lambda m: rank[id(m)]) if len(found) > 1 else found

    def last_of(self, entity: Entity, index: int) -> Mention | None:
        """The last mention of an entity that begins before a token."""
        own = self._of[entity.index]
        found = bisect_left(own, index, key=_START)
        return own[found - 1] if found else None

    @cached_property
    def places(self) -> Counter[str]:
        """How often each place is named, by its folded name."""
        return Counter(fold(mention.text) for mention in self._mentions if mention.place)
