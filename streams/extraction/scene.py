"""What the other candidates of an article say of an option: whose place it is, by the rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from streams.extraction.annotations import Candidate
from streams.extraction.features import bucket
from streams.extraction.lexicon import fold
from streams.extraction.tokens import Doc

_ANCHOR: Final = attrgetter("anchor")
_FAR_TOKENS: Final = 250
"""Beyond this a candidate says nothing of another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Place that the rules gave to a candidate, and whom it has in its roles."""

    anchor: int
    sentence: int
    type: str
    names: frozenset[str]
    place: str


class Scene:
    """All candidates of an article before the judges of slots: triggers, and the rules' places."""

    def __init__(self, doc: Doc, candidates: Iterable[Candidate]) -> None:
        self.doc = doc
        self._candidates = sorted(candidates, key=_ANCHOR)
        self._asked: tuple[Candidate, Claim, list[Claim]] | None = None

    @cached_property
    def triggers(self) -> list[int]:
        """Anchor tokens in text order."""
        return [c.anchor for c in self._candidates]

    @cached_property
    def claims(self) -> list[Claim]:
        """What the rules gave to each, in text order; taken once, before any judge changes it."""
        return [_claim(self.doc, c) for c in self._candidates]

    def claim_features(self, candidate: Candidate, kind: str, *, place: str) -> list[str]:
        """How a place agrees with what neighbours have: before, in the sentence, of the same people."""
        own, told = self._told_around(candidate)
        agree = [c for c in told if c.place == place]
        before = next((c for c in reversed(told) if c.anchor < own.anchor), None)
        after = next((c for c in told if c.anchor > own.anchor), None)
        return [
            f"claims={kind}|{bucket(len(agree))}",
            f"claim-before={kind}|{_agreement(before, agree, own)}",
            f"claim-after={kind}|{_agreement(after, agree, own)}",
            f"claim-here={kind}|{_verdict([c for c in told if c.sentence == own.sentence], agree)}",
            f"claim-people={kind}|{_verdict([c for c in told if c.names & own.names], agree)}",
            f"claim-type={kind}|{_verdict([c for c in told if c.type == own.type], agree)}",
        ]

    def _told_around(self, candidate: Candidate) -> tuple[Claim, list[Claim]]:
        """A candidate's own claim, and those beside it that name a place; kept while it is asked about."""
        if self._asked is None or self._asked[0] is not candidate:
            own = _claim(self.doc, candidate)
            first = bisect_right(self.claims, own.anchor - _FAR_TOKENS, key=_ANCHOR)
            last = bisect_left(self.claims, own.anchor + _FAR_TOKENS, key=_ANCHOR)
            told = [c for c in self.claims[first:last] if c.anchor != own.anchor and c.place]
            self._asked = candidate, own, told
        return self._asked[1:]


def _claim(doc: Doc, candidate: Candidate) -> Claim:
    return Claim(
        candidate.anchor,
        doc[candidate.anchor].sent.start,
        candidate.type,
        frozenset(f.name for f in candidate.fillers),
        fold(candidate.place.name) if candidate.place is not None else "",
    )


def _agreement(other: Claim | None, agree: Sequence[Claim], own: Claim) -> str:
    if other is None:
        return "-"
    near = "here" if other.sentence == own.sentence else "near"
    return f"{other in agree}|{near}|{other.type == 'statement'}|{bool(other.names & own.names)}"


def _verdict(others: Sequence[Claim], agree: Sequence[Claim]) -> str:
    if not others:
        return "-"
    return "all" if all(c in agree for c in others) else str(any(c in agree for c in others))
