"""Which statements or reports hold a token in their words, without a look at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from streams.extraction.annotations import Candidate
from streams.extraction.layout import Range

T = TypeVar("T")


class Holders(Generic[T]):
    """Things that hold ranges of tokens, in their order."""

    def __init__(self, items: Iterable[T], ranges_of: Callable[[T], Iterable[Range]]) -> None:
        self._at: dict[int, list[T]] = {}
        for item in items:
            for index in {i for start, end in ranges_of(item) for i in range(start, end)}:
                self._at.setdefault(index, []).append(item)

    def at(self, index: int) -> Sequence[T]:
        """Those that hold a token, in their order."""
        return self._at.get(index, ())


class Statements(tuple[Candidate, ...]):
    """Statements of one article in text order; their contents must be final."""

    @cached_property
    def _holders(self) -> Holders[Candidate]:
        return Holders(self, lambda statement: statement.content)

    def at(self, index: int) -> Sequence[Candidate]:
        """Statements whose words hold a token, in text order."""
        return self._holders.at(index)

    def covering(self, triggers: Iterable[Range]) -> list[Candidate]:
        """Statements in whose words one of the triggers begins, in text order."""
        found = {id(s): s for start, _ in triggers for s in self.at(start)}
        return sorted(found.values(), key=lambda s: s.anchor)
