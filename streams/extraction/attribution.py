"""On whom the article relies for an event: media for statements; media and speakers for all else."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from streams.extraction.annotations import Candidate, SourceFiller
from streams.extraction.content import Range
from streams.extraction.references import References
from streams.extraction.statements import Report


def attribute(
    doc: Doc, candidates: Sequence[Candidate], reports: Sequence[Report], references: References
) -> None:
    """Set `sources` of every candidate from the reports and statements that tell it."""
    statements = [c for c in candidates if c.type == "statement"]
    for candidate in candidates:
        names: dict[str, SourceFiller] = {}
        for report in reports:
            if _covers(report.ranges, candidate.triggers[0]):
                name = report.filler.name
                names.setdefault(name, SourceFiller(_bare(name), report.filler.kind, report.cue))
        if candidate.type != "statement":
            for statement in statements:
                if _covers(statement.content, candidate.triggers[0]):
                    for speaker in statement.of_role("speaker"):
                        names.setdefault(
                            speaker.name, SourceFiller(speaker.name, speaker.kind, statement.triggers[0])
                        )
        candidate.sources = list(names.values())


def _covers(ranges: Sequence[Range], trigger: Range) -> bool:
    return any(start <= trigger[0] < end for start, end in ranges)


def _bare(name: str) -> str:
    return name.strip("\"'“”«» ")
