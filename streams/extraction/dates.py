"""Which temporal expression dates a candidate: the one that hangs on its trigger, or on its clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import ClassVar, Final

from streams.extraction.annotations import Candidate, DateFiller
from streams.extraction.syntax import VERBAL, ancestors_or_self, dep
from streams.extraction.temporal import TemporalMention
from streams.extraction.tokens import Doc, Token

_START: Final = attrgetter("start")
_MAX_CLIMB: Final = 3
"""Governors of a trigger at which a date may hang."""


@dataclass(frozen=True, slots=True)
class DatedRange:
    """A temporal expression with its tokens and the word that it hangs on."""

    mention: TemporalMention
    start: int
    end: int
    governor: int
    sort: ClassVar[str] = "said"
    signs: ClassVar[tuple[str, ...]] = ()

    @property
    def value(self) -> str:
        """Calendar value, as `TemporalMention` has it."""
        return self.mention.value

    def filler(self, score: float = 0.0) -> DateFiller:
        """As the date of a candidate."""
        mention = self.mention
        return DateFiller(mention.value, mention.basis, mention.start, mention.end, score)


def place_in_doc(doc: Doc, mentions: Sequence[TemporalMention]) -> list[DatedRange]:
    """Find the tokens of temporal expressions, in text order."""
    ranges = []
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        root = span.root
        ranges.append(
            DatedRange(mention, span.start, span.end, root.head.i if root.head.i != root.i else root.i)
        )
    return ranges


def date_candidate(doc: Doc, candidate: Candidate, dated: Sequence[DatedRange]) -> DateFiller | None:
    """Choose the date of a candidate among the expressions of its sentence; None when none belongs to it."""
    token = doc[candidate.anchor]
    sent = token.sent
    here = dated[bisect_left(dated, sent.start, key=_START) : bisect_left(dated, sent.end, key=_START)]
    if candidate.type == "statement":
        return _cue_date(token, candidate, here)
    best: tuple[int, DatedRange] | None = None
    for expression in here:
        distance = _distance(token, expression, doc)
        if distance is None and _beside(token, expression, doc):
            distance = 9
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, expression)
    return best[1].filler() if best else None


def _cue_date(cue: Token, candidate: Candidate, here: Sequence[DatedRange]) -> DateFiller | None:
    """A statement is dated only by words of the cue's own clause, outside what is said."""
    chain = [cue]
    while dep(chain[-1]) == "conj" and chain[-1].head.pos_ in VERBAL and len(chain) < 4:
        chain.append(chain[-1].head)
    heads = {token.i for token in chain}
    for expression in here:
        if any(start <= expression.start < end for start, end in candidate.content):
            continue
        adjacent = cue.i + 1 <= expression.start <= cue.i + 2
        if expression.governor in heads or adjacent:
            return expression.filler()
        governor = cue.doc[expression.governor]
        if governor.pos_ not in VERBAL and governor.head.i in heads and abs(expression.start - cue.i) < 8:
            return expression.filler()
    return None


def _beside(token: Token, expression: DatedRange, doc: Doc) -> bool:
    """Whether the expression follows the trigger within a few words, no verb or clause between."""
    if not 0 < expression.start - token.i <= 12:
        return False
    between = doc[token.i + 1 : expression.start]
    return not any(t.pos_ in VERBAL or t.lower_ in ("que", "quien", ";", ":") for t in between)


def _distance(token: Token, expression: DatedRange, doc: Doc) -> int | None:
    """Steps in the tree from trigger to expression; None when another clause lies between."""
    path = list(ancestors_or_self(doc[expression.governor]))[:8]
    indices = [t.i for t in path]
    if token.i in indices:
        position = indices.index(token.i)
        crossed = sum(1 for t in path[:position] if t.pos_ in VERBAL)
        return position if not crossed else None
    for up, ancestor in zip(range(_MAX_CLIMB + 1), ancestors_or_self(token), strict=False):
        if ancestor.i in indices:
            position = indices.index(ancestor.i)
            crossed = sum(1 for t in path[:position] if t.pos_ in VERBAL)
            return 3 * up + position if not crossed else None
    return None


def same_date(one: DateFiller | None, other: DateFiller | None) -> bool:
    """Whether two dates can be the same: equal, unknown, or one within the other."""
    if one is None or other is None:
        return True
    return _holds(one.value, other.value) or _holds(other.value, one.value)


def surer_date(one: DateFiller | None, other: DateFiller | None) -> DateFiller | None:
    """Of two dates of one happening the finer, or the stay that holds the other; else the surer."""
    if one is None or other is None:
        return one or other
    if "/" in one.value or "/" in other.value:
        return one if "/" in one.value else other
    if len(one.value) != len(other.value):
        return max(one, other, key=lambda d: len(d.value))
    return max(one, other, key=lambda d: d.score)


def _holds(value: str, other: str) -> bool:
    """Whether a value is the other, or a month, year or interval that holds it."""
    if "/" in value and "/" not in other:
        first, _, last = value.partition("/")
        return first <= other[: len(first)] and other[: len(last)] <= last
    return other.startswith(value)
