"""On whom the article relies for an event: options from statements, reports and the press, judged each.

For a statement the options are the news media of the article; for the other types also the speakers of
the statements that tell of the event, and of those beside it. There may be several sources, or none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from streams.extraction.annotations import Candidate, SourceFiller
from streams.extraction.holders import Statements
from streams.extraction.judges import Judge
from streams.extraction.lexicon import fold
from streams.extraction.press_features import PressReader
from streams.extraction.telling import speaker_features, telling_features
from streams.extraction.tokens import Doc

_ANCHOR: Final = attrgetter("anchor")
_REPORTED_LENIENCY: Final = 0.5
_REPORTED: Final = frozenset({"m-here=statement|True|True", "m-here=event|True|True"})


@dataclass(frozen=True, slots=True)
class SourceOption:
    """Somebody that may be the source, and what speaks for it."""

    source: SourceFiller
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Knows the statements and the press of one article, and offers sources out of them."""

    doc: Doc
    statements: Statements
    press: PressReader

    def options(self, candidate: Candidate) -> list[SourceOption]:
        """Options for one merged candidate, one a name; tellers first, then media, nearest first."""
        found = [] if candidate.type == "statement" else self._tellers(candidate)
        found += [SourceOption(filler, tuple(f)) for filler, f in self.press.options(candidate)]
        seen: dict[str, SourceOption] = {}
        for option in found:
            seen.setdefault(fold(option.source.name), option)
        return list(seen.values())

    def _tellers(self, event: Candidate) -> list[SourceOption]:
        """Speakers whose words hold the event, innermost first, then of statements in its sentence."""
        sent = self.doc[event.triggers[0][0]].sent
        covering = self.statements.covering(event.triggers)
        covering.sort(key=lambda s: sum(b - a for a, b in s.content))
        first = bisect_left(self.statements, sent.start - 1, key=_ANCHOR)
        last = bisect_left(self.statements, sent.end, key=_ANCHOR)
        near = self.statements[first:last]
        beside = [s for s in near if s not in covering and s.triggers[0] not in event.triggers]
        found = []
        for depth, statement in enumerate([*covering, *beside]):
            how = "covers" if depth < len(covering) else "beside"
            place = f"{depth}|{len(covering)}" if how == "covers" else "-"
            features = telling_features(self.doc, event, statement, self.statements, how=how)
            features.append(f"depth={how}|{place}")
            for speaker in statement.of_role("speaker"):
                filler = SourceFiller(speaker.name, speaker.kind, statement.triggers[0])
                own = (*features, *speaker_features(event, speaker, how=how))
                found.append(SourceOption(filler, own))
        return found


def choose_sources(
    reader: SourceReader, candidate: Candidate, judges: Mapping[str, Judge]
) -> list[SourceFiller] | None:
    """Every source that is probable enough, likeliest first; None where no judge decides."""
    judge = judges.get("medium" if candidate.type == "statement" else "teller")
    if judge is None:
        return None
    scored = [(judge.probability(option.features), option) for option in reader.options(candidate)]
    kept = [(score, option) for score, option in scored if score >= judge.threshold * _leniency(option)]
    return [option.source for _, option in sorted(kept, key=lambda pair: -pair[0])]


def _leniency(option: SourceOption) -> float:
    """Part of the threshold that a medium needs which the event's own sentence names as reporting it.

    The annotators of the training articles left attributions out more than anything else, so the judge
    doubts even the plainest: "según X", "informó X".
    """
    return _REPORTED_LENIENCY if _REPORTED.intersection(option.features) else 1.0
