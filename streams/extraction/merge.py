"""Mentions of one happening → one candidate: same type, nothing that contradicts.

Types that must not be told apart by a slot say so in their YAML (`merge`); dates and places of a
merged event are the most specific that any mention gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from schemas import Kind
from streams.extraction.annotations import Candidate, Filler
from streams.extraction.frames import EventType
from streams.extraction.places import more_specific, same_place

_FACTUALITY_ORDER = ("denied", "asserted", "planned", "possible")


def merge_candidates(
    doc: Doc, candidates: Sequence[Candidate], event_types: Mapping[str, EventType]
) -> list[Candidate]:
    """Merge candidates in text order; bare echoes ("la reunión") that join nothing are dropped."""
    merged: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: c.anchor):
        if candidate.type == "statement":
            _merge_statement(candidate, merged)
            continue
        event_type = event_types[candidate.type]
        match = _find_match(candidate, merged, event_type)
        if match is not None:
            _absorb(match, candidate)
        elif not candidate.echo:
            merged.append(candidate)
    return [c for c in merged if c.type == "statement" or _stands(c, event_types[c.type])]


def _merge_statement(candidate: Candidate, merged: list[Candidate]) -> None:
    for other in merged:
        if other.type != "statement" or _names(other, "speaker") != _names(candidate, "speaker"):
            continue
        if _overlap(other, candidate) >= 0.8:
            other.triggers = sorted({*other.triggers, *candidate.triggers})
            other.score = max(other.score, candidate.score)
            return
    merged.append(candidate)


def _overlap(one: Candidate, other: Candidate) -> float:
    a = {i for start, end in one.content for i in range(start, end)}
    b = {i for start, end in other.content for i in range(start, end)}
    return len(a & b) / len(a | b) if a | b else 0.0


def _names(candidate: Candidate, role: str) -> set[str]:
    return {filler.name for filler in candidate.of_role(role)}


def _find_match(candidate: Candidate, merged: Sequence[Candidate], event_type: EventType) -> Candidate | None:
    bare = not candidate.fillers and candidate.document is None
    for other in reversed(merged):
        if other.type != candidate.type:
            continue
        if not same_place(candidate.place, other.place) or not _same_date(candidate, other):
            continue
        if bare:
            return other
        if all(
            _agree(slot, candidate, other, event_type)
            for slot in event_type.merge
            if slot not in ("place", "date")
        ):
            return other
    return None


def _agree(slot: str, one: Candidate, other: Candidate, event_type: EventType) -> bool:
    if slot == "document":
        return True
    mine, theirs = _names(one, slot), _names(other, slot)
    if not mine or not theirs:
        return event_type.document or (one.place is not None and other.place is not None)
    return mine <= theirs or theirs <= mine or _same_countries(slot, one, other)


def _same_countries(role: str, one: Candidate, other: Candidate) -> bool:
    """Whether one names the countries that act and the other who acts for them, all of them."""
    sides = []
    for candidate in (one, other):
        fillers = candidate.of_role(role)
        sides.append((any(f.kind is Kind.COUNTRY for f in fillers), {f.country for f in fillers}))
    (states, ours), (others, theirs) = sides
    return states != others and ours == theirs and None not in ours and len(ours) > 1


def _same_date(one: Candidate, other: Candidate) -> bool:
    if one.date is None or other.date is None:
        return True
    a, b = one.date.value, other.date.value
    return a == b or a.startswith(b) or b.startswith(a)


def _absorb(kept: Candidate, other: Candidate) -> None:
    kept.score = max(kept.score, other.score)
    if not other.echo:
        kept.triggers = sorted({*kept.triggers, *other.triggers})
    seen = {(f.role, f.name) for f in kept.fillers}
    kept.fillers.extend(f for f in other.fillers if (f.role, f.name) not in seen)
    kept.place = more_specific(kept.place, other.place)
    if kept.date is None or (other.date is not None and len(other.date.value) > len(kept.date.value)):
        kept.date = other.date
    if kept.document is None or (other.document is not None and _length(other) > _length(kept)):
        kept.document = other.document
    sources = {s.name for s in kept.sources}
    kept.sources.extend(s for s in other.sources if s.name not in sources)
    if kept.factuality != other.factuality and "denied" not in (kept.factuality, other.factuality):
        kept.factuality = min(kept.factuality, other.factuality, key=_FACTUALITY_ORDER.index)


def _length(candidate: Candidate) -> int:
    return candidate.document[1] - candidate.document[0] if candidate.document else 0


def _stands(candidate: Candidate, event_type: EventType) -> bool:
    """Whether anything specific was found: one of the slots that the type needs."""
    filled = {f.role for f in candidate.fillers}
    if candidate.place is not None:
        filled.add("place")
    if candidate.date is not None:
        filled.add("date")
    if candidate.document is not None:
        filled.add("document")
    return not event_type.needs or bool(filled & set(event_type.needs))


def unique_fillers(fillers: Sequence[Filler]) -> list[Filler]:
    """One filler a role and name; mentions of the first are kept."""
    seen: set[tuple[str, str]] = set()
    return [f for f in fillers if (f.role, f.name) not in seen and not seen.add((f.role, f.name))]  # type: ignore[func-returns-value]
