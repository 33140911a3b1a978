"""Dates and places that a sentence leaves to its neighbours: coordinated events, and what goes on there.

"El domingo llegará a Hanói, donde se reunirá con X y firmará un acuerdo": one day, one town. Each rule
was kept only where it raised F1 on the training articles.
"""

from __future__ import annotations

from collections.abc import Sequence

from streams.extraction.annotations import Candidate
from streams.extraction.syntax import VERBAL, dep
from streams.extraction.tokens import Doc

_REACH_TOKENS = 45
"""How far back an event may lend its place or date within a paragraph."""


def share_context(doc: Doc, candidates: Sequence[Candidate]) -> None:
    """Let events without a date or a place take those of the event before them in the same passage."""
    ordered = sorted((c for c in candidates if c.type != "statement"), key=lambda c: c.anchor)
    for position, candidate in enumerate(ordered):
        for earlier in reversed(ordered[:position]):
            if candidate.anchor - earlier.anchor > _REACH_TOKENS or not _same_paragraph(
                doc, earlier, candidate
            ):
                break
            same_sentence = doc[candidate.anchor].sent.start == doc[earlier.anchor].sent.start
            if (
                candidate.date is None
                and earlier.date is not None
                and same_sentence
                and _linked(doc, earlier, candidate)
            ):
                candidate.date = earlier.date
            wanted = candidate.place is None and candidate.type != "visit"
            if wanted and (same_sentence or _shares_people(earlier, candidate)):
                candidate.place = earlier.place
            if candidate.date is not None and candidate.place is not None:
                break


def _same_paragraph(doc: Doc, one: Candidate, other: Candidate) -> bool:
    first, last = sorted((one.anchor, other.anchor))
    return not doc.tally("line ends", first, last)


def _linked(doc: Doc, earlier: Candidate, later: Candidate) -> bool:
    """Coordinated verbs, or a clause that hangs on the dated one: "viajará … para reunirse"."""
    token = doc[later.anchor]
    for _ in range(5):
        if token.i == earlier.anchor:
            return True
        if token.head.i == token.i:
            return False
        if dep(token) not in ("conj", "advcl", "xcomp", "obj", "obl", "acl", "nmod") and token.pos_ in VERBAL:
            return False
        token = token.head
    return token.i == earlier.anchor


def _shares_people(one: Candidate, other: Candidate) -> bool:
    return bool({f.name for f in one.fillers} & {f.name for f in other.fillers})
