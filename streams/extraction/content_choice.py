"""Choose what a cue reports: the rules' content, or a better one among all openings and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from streams.extraction.content_options import Opening, ends, openings
from streams.extraction.cue_finder import FoundCue
from streams.extraction.end_features import end_features
from streams.extraction.judges import Judge
from streams.extraction.layout import Layout, Range, trim_all
from streams.extraction.opening_features import cue_features, opening_features
from streams.extraction.quoted_content import spelled_out

_SPELLED_OUT: Final = frozenset({"object", "clause"})
"""Readings after which a colon and a quotation repeat the content in the speaker's words."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a cue reports.

    Attributes:
        ranges: Token ranges, in text order; none when it reports nothing.
        reading: The complement that they are: `clause`, `quote`, `object`, a preposition …
        score: Probability that it begins right, 0 to 1; 0.5 where no judge looked.
    """

    ranges: list[Range]
    reading: str
    score: float = 0.5


def choose_content(layout: Layout, cue: FoundCue, rule: Content, judges: Mapping[str, Judge]) -> Content:
    """Choose the most probable content of a cue; what the rules found where a judge is missing."""
    opening_judge, end_judge = judges.get("opening"), judges.get("end")
    if opening_judge is None or end_judge is None:
        return rule
    options = openings(layout, cue)
    if not options:
        return rule
    shared = cue_features(layout, cue, options)
    scores = [
        opening_judge.probability(opening_features(layout, cue, option, options, rule.ranges, shared))
        for option in options
    ]
    score = max(scores)
    best = options[scores.index(score)]
    if score < opening_judge.threshold:
        return Content([], "")
    ranges = [best.left] if best.left else []
    if best.start is not None:
        end = choose_end(layout, cue, best, rule.ranges, end_judge)
        ranges.append((best.start, end))
        if best.reading in _SPELLED_OUT:
            ranges.extend(spelled_out(layout, end))
    same = bool(rule.ranges) and ranges[0][0] == rule.ranges[0][0]
    return Content(trim_all(layout, ranges), rule.reading if same else best.reading, score)


def choose_end(layout: Layout, cue: FoundCue, opening: Opening, rule: Sequence[Range], judge: Judge) -> int:
    """Most probable end of the range after the cue."""
    assert opening.start is not None
    options = ends(layout, cue, opening.start)
    if not options:
        return opening.start + 1
    return max(
        options,
        key=lambda end: judge.probability(end_features(layout, cue, opening, end, options, rule)),
    )
