"""Who stands where around a trigger, whatever its frame says: subject, objects, prepositions, whose it is.

A frame names the positions of its roles; the judge of roles sees them all and learns which counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from streams.extraction.annotations import Filler
from streams.extraction.frame_checks import is_verbal
from streams.extraction.participants import companions, with_case
from streams.extraction.references import References, Subject
from streams.extraction.subjects import clitic_fillers, possessor_fillers, subject_fillers
from streams.extraction.syntax import SUBJECTS, case_of, children, dep, finite_part, governing_verb
from streams.extraction.tokens import Token

Position = tuple[str, Filler]
_PREPOSITIONS: Final = ("con", "entre", "de", "por", "a", "en")


def find_positions(token: Token, references: References, speakers: Sequence[Subject]) -> list[Position]:
    """Fillers around a trigger, each with the name of its position; one may stand in several."""
    return [
        *_own(token, references, speakers),
        *_governor(token, references, speakers),
        *_discourse(token, references, speakers),
    ]


def _own(token: Token, references: References, speakers: Sequence[Subject]) -> Iterator[Position]:
    """Positions that the trigger itself opens."""
    if is_verbal(token):
        for filler in subject_fillers(token, "", references, speakers):
            yield "subject", filler
        for child in children(token, "obj", "iobj"):
            for filler in references.fillers(child, ""):
                yield f"object-{case_of(child)}", filler
        for filler in clitic_fillers(token, "", references, speakers):
            yield "clitic", filler
    else:
        for filler in possessor_fillers(token, "", references, speakers):
            yield "possessor", filler
    for preposition in _PREPOSITIONS:
        for filler in with_case(token, "", preposition, references):
            yield preposition, filler
    for filler in companions(token, "", references):
        yield "companion", filler


def _governor(token: Token, references: References, speakers: Sequence[Subject]) -> Iterator[Position]:
    """Positions of the verb that governs the trigger: "mantuvo un encuentro con", "espera reunirse"."""
    verb = governing_verb(token)
    if verb is None:
        return
    for filler in subject_fillers(verb, "", references, speakers):
        yield ("governor-subject" if not is_verbal(token) else "matrix-subject"), filler
    for child in verb.children:
        case = case_of(child)
        if child.i != token.i and dep(child) not in SUBJECTS and case in ("con", "a", "por", "entre"):
            for filler in references.fillers(child, ""):
                yield f"governor-{case}", filler


def _discourse(token: Token, references: References, speakers: Sequence[Subject]) -> Iterator[Position]:
    """Whom the passage is about: subject of the sentence, and whom a dropped subject would mean."""
    root = token.sent.root
    for child in children(root, "nsubj"):
        for filler in references.fillers(child, ""):
            yield "sentence-subject", filler
    plural = is_verbal(token) and "Plur" in finite_part(token).morph.get("Number", [])
    for filler in references.dropped_subject(token.sent.start, "", plural=plural, speakers=list(speakers)):
        yield "last-subject", filler
