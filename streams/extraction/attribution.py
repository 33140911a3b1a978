"""On whom the article relies for an event: media for statements; media and speakers for all else."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Kind
from streams.extraction.annotations import Candidate, Mention, SourceFiller
from streams.extraction.holders import Holders, Statements
from streams.extraction.media import Report
from streams.extraction.references import References
from streams.extraction.telling import covers
from streams.extraction.tokens import Doc


def attribute(
    doc: Doc, candidates: Sequence[Candidate], reports: Sequence[Report], references: References
) -> None:
    """Set `sources` of every candidate from the reports, statements and interviews that tell it."""
    statements = Statements(c for c in candidates if c.type == "statement")
    telling = Holders(reports, lambda report: report.ranges)
    interviewers = _interviewers(doc, statements, references)
    for candidate in candidates:
        names: dict[str, SourceFiller] = {}
        begins = candidate.triggers[0][0]
        for report in telling.at(begins):
            _add(names, SourceFiller(_bare(report.filler.name), report.filler.kind, report.cue))
        if candidate.type == "statement":
            for speaker in candidate.of_role("speaker"):
                for source in interviewers.get(speaker.name, ()):
                    _add(names, source)
        else:
            # What the statement tells, not what it takes for granted.
            for statement in statements.at(begins):
                for speaker in statement.of_role("speaker"):
                    _add(names, SourceFiller(speaker.name, speaker.kind, statement.triggers[0]))
        candidate.sources = list(names.values())


def _add(names: dict[str, SourceFiller], source: SourceFiller) -> None:
    names.setdefault(source.name, source)


def _interviewers(
    doc: Doc, statements: Sequence[Candidate], references: References
) -> dict[str, list[SourceFiller]]:
    """Speaker → media that he or she spoke to: "dijo a EFE", "en una entrevista con El País".

    Guidelines: "A speaker interviewed by one named medium has it as attribution of all statements of
    that interview."
    """
    found: dict[str, list[SourceFiller]] = {}
    media = [m for m in references.mentions if m.proper and _is_medium(m, references)]
    for statement in statements:
        sent = doc[statement.anchor].sent
        for mention in media:
            if not sent.start <= mention.start < sent.end or covers(
                statement.content, (mention.start, mention.end)
            ):
                continue
            if not _spoken_to(doc, mention):
                continue
            entity = references.entities[mention.entity] if mention.entity >= 0 else None
            name = entity.name if entity is not None else mention.text
            for speaker in statement.of_role("speaker"):
                sources = found.setdefault(speaker.name, [])
                if all(source.name != name for source in sources):
                    sources.append(SourceFiller(_bare(name), Kind.ORGANIZATION, (mention.start, mention.end)))
    return found


def _is_medium(mention: Mention, references: References) -> bool:
    return mention.medium or (mention.entity >= 0 and references.entities[mention.entity].medium)


def _spoken_to(doc: Doc, mention: Mention) -> bool:
    """Whether "a", "en", "con", "para" or "por" leads to the medium, over its noun ("al diario X")."""
    for index in range(mention.start - 1, max(-1, mention.start - 9), -1):
        word = doc[index].lower_
        if word in ("a", "al", "en", "con", "para", "por"):
            return True
        if doc[index].pos_ in ("VERB", "AUX") or doc[index].text in (",", ";", ":"):
            return False
    return False


def _bare(name: str) -> str:
    return name.strip("\"'“”«» ")
