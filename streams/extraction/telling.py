"""How a statement tells of an event: what decides whether the article relies on its speaker for it.

"Dijo que el ministro viajará": the speaker is the source. "Criticó el acuerdo que firmó": the signing is
taken for granted, and told by the article itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from streams.extraction.annotations import Candidate, Filler
from streams.extraction.features import bucket, verb_form
from streams.extraction.holders import Statements
from streams.extraction.layout import Range
from streams.extraction.syntax import dep
from streams.extraction.tokens import Doc, Token

_DETERMINERS = frozenset({"el", "la", "los", "las", "su", "sus", "ese", "esa", "este", "esta"})
_MAX_CLIMB = 6
"""Governors looked at between a trigger and the top of what is said."""


def covers(ranges: Iterable[Range], trigger: Range) -> bool:
    """Whether a trigger begins within one of the ranges."""
    return any(start <= trigger[0] < end for start, end in ranges)


def telling_features(
    doc: Doc, event: Candidate, statement: Candidate, statements: Statements, *, how: str
) -> list[str]:
    """Describe a statement as teller of an event.

    Args:
        doc: The article.
        event: Merged, with all its triggers.
        statement: Whose content "covers" a trigger, or which stands "beside" one.
        statements: All of the article.
        how: Which of the two.
    """
    token, cue = doc[event.anchor], doc[statement.anchor]
    source = statement.cue.source if statement.cue is not None else "-"
    path = _path(token, statement.content)
    offset = min((token.i - a for a, b in statement.content if a <= token.i < b), default=0)
    definite = any(c.lower_ in _DETERMINERS for c in token.lefts)
    alone = any(not statements.at(start) for start, _ in event.triggers)
    return [
        f"how={how}|{event.type}",
        f"share={how}|{_share(event, statement)}|{bucket(len(event.triggers))}",
        f"act={how}|{statement.act}",
        f"cue={how}|{source}",
        f"kind={how}|{statement.kind}",
        f"cue+kind={how}|{source}|{statement.kind}",
        f"lemma={how}|{cue.lemma}",
        f"pos={how}|{token.pos_}|{definite}",
        f"form={how}|{verb_form(token)}",
        f"offset={how}|{bucket(offset)}",
        f"climb={how}|{len(path) - 1}|{token.pos_}",
        f"verbs={how}|{bucket(sum(t.pos_ == 'VERB' for t in path))}",
        f"relative={how}|{any(dep(t) == 'acl' for t in path)}",
        f"before={how}|{cue.i < token.i}",
        f"near={how}|{bucket(abs(cue.i - token.i))}",
        f"told-outside={how}|{alone}",
    ]


def speaker_features(event: Candidate, speaker: Filler, *, how: str) -> list[str]:
    """Describe the speaker of a telling statement: what it is, and whether it takes part in the event."""
    role = next((f.role for f in event.fillers if f.name == speaker.name), "-")
    return [
        f"who={how}|{speaker.kind.value}|{speaker.entity >= 0}",
        f"takes-part={how}|{role != '-'}",
        f"takes-part+type={how}|{event.type}|{role}",
    ]


def _share(event: Candidate, statement: Candidate) -> str:
    held = [covers(statement.content, t) for t in event.triggers]
    return "all" if all(held) else "first" if held[0] else "some" if any(held) else "none"


def _path(token: Token, content: Iterable[Range]) -> list[Token]:
    """The trigger and its governors up to the top of what is said."""
    path = [token]
    ranges = list(content)
    while len(path) <= _MAX_CLIMB:
        head = path[-1].head
        if head.i == path[-1].i or not covers(ranges, (head.i, head.i)):
            break
        path.append(head)
    return path
