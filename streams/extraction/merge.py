"""Mentions of one happening → one candidate: same type, nothing that contradicts.

Types that must not be told apart by a slot say so in their YAML (`merge`); dates and places of a
merged event are the most specific that any mention gave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Candidate, Filler
from streams.extraction.dates import same_date, surer_date
from streams.extraction.frames import EventType
from streams.extraction.places import more_specific, same_place

_FACTUALITY_ORDER = ("denied", "asserted", "planned", "possible")


_REACH_TOKENS: Final = 4_000
"""Farther on, in collections and minutes rather than news, the same words tell of something else."""
_LAST_STATEMENTS: Final = 100
"""Events before a statement that it may repeat; those that share its words stand beside it."""

SamePair = Callable[[Candidate, Candidate], float]
"""Probability that an earlier and a later candidate of one type name one happening."""


def merge_candidates(
    candidates: Sequence[Candidate],
    event_types: Mapping[str, EventType],
    *,
    same: SamePair | None = None,
    threshold: float = 0.5,
) -> list[Candidate]:
    """Merge candidates in text order; bare echoes ("la reunión") that join nothing are dropped.

    Args:
        candidates: Of all types.
        event_types: Types by name.
        same: Decides for the types that a judge knows; without it nothing may contradict.
        threshold: Least mean probability over the mentions of a happening with which another joins it.
    """
    merged: list[Candidate] = []
    parts: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda c: c.anchor):
        if candidate.type == "statement":
            _merge_statement(candidate, merged)
            continue
        event_type = event_types[candidate.type]
        if same is not None and event_type.judged and not candidate.echo:
            match = _most_probable(candidate, merged, parts, same, threshold)
        else:
            match = _find_match(candidate, merged, event_type)
        if match is not None:
            _absorb(match, candidate)
        elif not candidate.echo:
            match = candidate
            merged.append(candidate)
        if match is not None and not candidate.echo:
            parts.setdefault(id(match), []).append(replace(candidate))
    return [c for c in merged if c.type == "statement" or _stands(c, event_types[c.type])]


def _most_probable(
    candidate: Candidate,
    merged: Sequence[Candidate],
    parts: Mapping[int, Sequence[Candidate]],
    same: SamePair,
    threshold: float,
) -> Candidate | None:
    """The happening that a candidate most probably names, None when none is probable enough."""
    best: tuple[float, Candidate] | None = None
    for happening in merged:
        if happening.type != candidate.type or candidate.anchor - happening.anchor > _REACH_TOKENS:
            continue
        scores = [same(part, candidate) for part in parts[id(happening)]]
        score = sum(scores) / len(scores)
        if score >= threshold and (best is None or score > best[0]):
            best = (score, happening)
    return best[1] if best is not None else None


def _merge_statement(candidate: Candidate, merged: list[Candidate]) -> None:
    for other in merged[-_LAST_STATEMENTS:]:
        if other.type != "statement" or not _may_overlap(other, candidate):
            continue
        same_speakers = _names(other, "speaker") == _names(candidate, "speaker")
        if same_speakers and _overlap(other, candidate) >= 0.8:
            other.triggers = sorted({*other.triggers, *candidate.triggers})
            other.score = max(other.score, candidate.score)
            return
    merged.append(candidate)


def _may_overlap(one: Candidate, other: Candidate) -> bool:
    """Whether contents can share words; where there are none, nothing is shared."""
    if not one.content or not other.content:
        return False
    return one.content[0][0] < other.content[-1][1] and other.content[0][0] < one.content[-1][1]


def _overlap(one: Candidate, other: Candidate) -> float:
    a = {i for start, end in one.content for i in range(start, end)}
    b = {i for start, end in other.content for i in range(start, end)}
    return len(a & b) / len(a | b) if a | b else 0.0


def _names(candidate: Candidate, role: str) -> set[str]:
    return {filler.name for filler in candidate.of_role(role)}


def _find_match(candidate: Candidate, merged: Sequence[Candidate], event_type: EventType) -> Candidate | None:
    for other in reversed(merged):
        if other.type == candidate.type and compatible(candidate, other, event_type):
            return other
    return None


def compatible(candidate: Candidate, other: Candidate, event_type: EventType) -> bool:
    """Whether a candidate says nothing that an earlier one contradicts; a bare one never does."""
    if not same_place(candidate.place, other.place) or not same_date(candidate.date, other.date):
        return False
    if not candidate.fillers and candidate.document is None:
        return True
    slots = [slot for slot in event_type.merge if slot not in ("place", "date")]
    return all(_agree(slot, candidate, other, event_type) for slot in slots)


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


def _absorb(kept: Candidate, other: Candidate) -> None:
    kept.score = max(kept.score, other.score)
    if not other.echo:
        kept.triggers = sorted({*kept.triggers, *other.triggers})
    seen = {(f.role, f.name) for f in kept.fillers}
    kept.fillers.extend(f for f in other.fillers if (f.role, f.name) not in seen)
    kept.place = more_specific(kept.place, other.place)
    kept.date = surer_date(kept.date, other.date)
    if kept.document is None or (other.document is not None and _length(other) > _length(kept)):
        kept.document = other.document
    sources = {s.name for s in kept.sources}
    kept.sources.extend(s for s in other.sources if s.name not in sources)
    if other.verdicts and not kept.fixed_factuality:
        kept.verdicts = {name: kept.verdicts.get(name, 0.0) + v for name, v in other.verdicts.items()}
        kept.factuality = most_likely(kept.verdicts)
    elif kept.factuality != other.factuality and "denied" not in (kept.factuality, other.factuality):
        kept.factuality = min(kept.factuality, other.factuality, key=_FACTUALITY_ORDER.index)


def most_likely(verdicts: Mapping[str, float]) -> str:
    """Factuality of the highest score; the first by name of several."""
    return max(sorted(verdicts), key=lambda name: verdicts[name])


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
