"""Whom a verb without subject means: Spanish drops the subject while it stays the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import attrgetter

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler

_INDEX = attrgetter("index")


@dataclass(slots=True)
class Subject:
    """A subject or speaker met on the way: at which token, and who."""

    index: int
    fillers: tuple[Filler, ...]
    plural: bool

    def fits(self, *, plural: bool) -> bool:
        """Whether the number agrees; a group may be taken up by a plural ("la delegación … dijeron")."""
        if self.plural == plural:
            return plural or any(f.kind is not Kind.GROUP for f in self.fillers)
        return plural and len(self.fillers) == 1 and self.fillers[0].kind is Kind.GROUP

    def as_dropped(self, role: str) -> list[Filler]:
        """The same people in a role, without words of their own there."""
        how = ResolvedBy.DROPPED_SUBJECT
        return [Filler(role, f.name, f.kind, f.entity, f.country, None, how) for f in self.fillers]


def choose_subject(
    index: int,
    sentence_start: int,
    speakers: Sequence[Subject],
    main_subjects: Sequence[Subject],
    subjects: Sequence[Subject],
    *,
    hidden: Set[int] = frozenset(),
    plural: bool,
) -> Subject | None:
    """Choose whom a verb without subject means; None when nobody was met.

    In its own sentence: whoever spoke last there, else the subject of its main clause. Before it: the
    later of the last speaker and the last main subject, since news goes on with the speaker.

    Args:
        index: Token of the verb.
        sentence_start: First token of its sentence.
        speakers: Speakers of the statements so far, in text order.
        main_subjects: Subjects of main clauses, in text order.
        subjects: Subjects of any clause, for want of better, in text order.
        hidden: Tokens inside what others say, whose subjects do not count.
        plural: Number of the verb.
    """

    def spoke_last(start: int, end: int) -> Subject | None:
        met = takewhile(lambda s: s.index >= start, reversed(speakers))
        return next((s for s in met if s.index < end and s.fits(plural=plural)), None)

    def last(options: Sequence[Subject], start: int, end: int) -> Subject | None:
        met = islice(reversed(options), len(options) - bisect_left(options, end, key=_INDEX), None)
        near = takewhile(lambda s: s.index >= start, met)
        return next((s for s in near if s.index not in hidden and s.fits(plural=plural)), None)

    here = spoke_last(sentence_start, index) or last(main_subjects, sentence_start, index)
    if here is not None:
        return here
    before = [s for s in (spoke_last(0, sentence_start), last(main_subjects, 0, sentence_start)) if s]
    if before:
        return max(before, key=lambda s: s.index)
    return last(subjects, sentence_start, index)
