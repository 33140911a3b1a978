"""Training examples for the judges of where reported contents begin and end.

Only cues that the gold has as triggers are asked about. Of a cue's openings those are right that, with
their best end, come within 0.02 of the best overlap with the gold content, and reach 0.8 of it; of the
ends of a right opening, those of the best overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from streams.extraction.content_choice import Content
from streams.extraction.content_options import Opening, ends, openings
from streams.extraction.cue_finder import FoundCue
from streams.extraction.end_features import end_features
from streams.extraction.layout import Layout
from streams.extraction.opening_features import cue_features, opening_features
from streams.extraction.statements import StatementReader, find_content
from streams.extraction.tokens import Doc

GOOD_OVERLAP: Final = 0.8
_TIE: Final = 0.02


@dataclass(frozen=True)
class ContentExample:
    """Features of one way to begin or end a content, and whether it is right."""

    judge: str
    cue: int
    label: bool
    features: tuple[str, ...]


def content_examples(article: dict[str, Any], doc: Doc, reader: StatementReader) -> Iterator[ContentExample]:
    """Examples for `opening` and `end` from every cue that is a trigger in the gold."""
    for gold in article["events"]:
        if gold["type"] != "statement":
            continue
        said = [(c["start"], c["end"]) for c in gold["content"]]
        for cue in reader.layout.cues:
            if any(_overlaps(doc, cue, t) for t in gold["triggers"]):
                yield from _of_cue(doc, reader.layout, cue, said)


def _overlaps(doc: Doc, cue: FoundCue, trigger: dict[str, Any]) -> bool:
    end = doc[cue.end - 1].idx + len(doc[cue.end - 1])
    return bool(trigger["start"] < end and doc[cue.start].idx < trigger["end"])


def _of_cue(doc: Doc, layout: Layout, cue: FoundCue, said: list[tuple[int, int]]) -> Iterator[ContentExample]:
    options = openings(layout, cue)
    rule: Content = find_content(layout, cue)
    reached = [_overlaps_by_end(doc, layout, cue, option, said) for option in options]
    best = max((max(r.values()) for r in reached if r), default=0.0)
    if best < GOOD_OVERLAP:
        return
    shared = cue_features(layout, cue, options)
    for option, overlaps in zip(options, reached, strict=True):
        if not overlaps:
            continue
        top = max(overlaps.values())
        right = top >= GOOD_OVERLAP and top >= best - _TIE
        features = opening_features(layout, cue, option, options, rule.ranges, shared)
        yield ContentExample("opening", cue.anchor, right, tuple(features))
        if right and option.start is not None:
            every = list(overlaps)
            for end, overlap in overlaps.items():
                features = end_features(layout, cue, option, end, every, rule.ranges)
                yield ContentExample("end", cue.anchor, overlap >= top - 1e-9, tuple(features))


def _overlaps_by_end(
    doc: Doc, layout: Layout, cue: FoundCue, option: Opening, said: list[tuple[int, int]]
) -> dict[int, float]:
    """Overlap with the gold for each end of an opening; the key is 0 for words before the cue alone."""
    left = [_characters(doc, *option.left)] if option.left else []
    if option.start is None:
        return {0: overlap(left, said)}
    found = ends(layout, cue, option.start)
    return {end: overlap([*left, _characters(doc, option.start, end)], said) for end in found}


def _characters(doc: Doc, start: int, end: int) -> tuple[int, int]:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Characters shared over characters of either, 0 to 1; each side's ranges are disjoint."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    total = sum(b - a for a, b in one) + sum(d - c for c, d in other) - shared
    return shared / total if total else 0.0
