"""Frames matched against the tree: verbs and nouns that may name a visit, a signing, a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.extraction.annotations import Candidate
from streams.extraction.documents import find_document
from streams.extraction.frame_checks import form_doubts, is_verbal, slot_doubts
from streams.extraction.frames import EventType, Frame
from streams.extraction.participants import fill_roles
from streams.extraction.places import find_place
from streams.extraction.references import References, Subject
from streams.extraction.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """Lemma → (type, frame), verbs and nouns apart."""

    verbs: dict[str, list[tuple[EventType, Frame]]]
    nouns: dict[str, list[tuple[EventType, Frame]]]

    def frames_of(self, token: Token) -> Sequence[tuple[EventType, Frame]]:
        """What a word may trigger; participles are verbs, whatever the model calls them."""
        lemma = token.lemma
        if is_verbal(token):
            return self.verbs.get(lemma, ())
        return self.nouns.get(lemma, ()) if token.pos_ in ("NOUN", "PROPN") else ()


def index_frames(event_types: Sequence[EventType]) -> FrameIndex:
    """Index all frames by lemma."""
    verbs: dict[str, list[tuple[EventType, Frame]]] = {}
    nouns: dict[str, list[tuple[EventType, Frame]]] = {}
    for event_type in event_types:
        for table, frames in ((verbs, event_type.verbs), (nouns, event_type.nouns)):
            for frame in frames:
                for lemma in frame.lemmas:
                    table.setdefault(lemma, []).append((event_type, frame))
    return FrameIndex(verbs, nouns)


def find_candidates(
    doc: Doc, index: FrameIndex, references: References, speakers: Sequence[Subject]
) -> list[Candidate]:
    """Find candidates with participants and place, in text order.

    One a word and type, of the frame with the fewest doubts. Of types that no judge decides about,
    and of strict frames, only what raises none.
    """
    found: list[Candidate] = []
    for token in doc:
        best: dict[str, Candidate] = {}
        for event_type, frame in index.frames_of(token):
            known = best.get(event_type.name)
            if known is not None and not known.doubts:
                continue
            candidate = _propose(token, event_type, frame, references, speakers)
            if candidate and (known is None or len(candidate.doubts) < len(known.doubts)):
                best[event_type.name] = candidate
        found.extend(best.values())
    return found


def _propose(
    token: Token, event_type: EventType, frame: Frame, references: References, speakers: Sequence[Subject]
) -> Candidate | None:
    doubts = form_doubts(token, frame, references)
    sure_only = frame.strict or not event_type.judged
    if doubts and sure_only:
        return None
    candidate = Candidate(type=event_type.name, anchor=token.i, triggers=[(token.i, token.i + 1)])
    candidate.fillers = fill_roles(token, event_type, frame, references, speakers)
    candidate.framed = tuple(candidate.fillers)
    candidate.place = find_place(token, frame, references)
    if event_type.document:
        candidate.document = find_document(
            token, event_type, frame, ends=references.lexicon.grammar["document_ends"]
        )
    candidate.echo = frame.echo
    if frame.factuality is not None:
        candidate.factuality = frame.factuality.value
        candidate.fixed_factuality = True
    if frame.trigger == "place" and candidate.place is not None and candidate.place.mention is not None:
        candidate.triggers = [candidate.place.mention]
    candidate.doubts = (*doubts, *slot_doubts(candidate, token, event_type, frame))
    sure_only |= frame.echo or frame.trigger is not None
    return None if candidate.doubts and sure_only else candidate
