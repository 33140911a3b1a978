"""Cues that name: "calificó X de Y", "llamó a X Y", "definió a X como Y"."""

from __future__ import annotations

from typing import Final

from streams.extraction.cue_finder import FoundCue
from streams.extraction.layout import Layout, Range
from streams.extraction.report_bounds import end_of_report
from streams.extraction.syntax import sentence_bounds
from streams.extraction.tokens import Token

_REACH: Final = 30
"""Tokens after the cue in which the name is looked for."""


def naming_content(layout: Layout, cue: FoundCue) -> Range | None:
    """Find what somebody or something is called; with the thing itself where that follows.

    "calificó de «lamentable» la pelea" keeps both; "calificó la cita de «muy productiva»" the words alone,
    unless they are a single word (counted in the training articles).
    """
    verb = layout.doc[cue.anchor]
    bare_verbs = layout.references.lexicon.grammar["bare_name_verbs"]
    _, end = sentence_bounds(layout.doc, verb.i)
    for index in range(cue.end, min(end, cue.end + _REACH)):
        if index in layout.cue_verbs:
            return None
        opens = _opens_name(layout, cue, index, end)
        bare = layout.quote_beginning(index + 1, index + 1) is not None and verb.lemma_ in bare_verbs
        if opens or bare:
            start = index + 1 if opens else index
            return _with_thing(layout, cue, index, start, _end_of_name(layout, start, end, verb), end)
    return None


def _opens_name(layout: Layout, cue: FoundCue, index: int, end: int) -> bool:
    token = layout.doc[index]
    if token.lower_ not in ("de", "como"):
        return False
    governed = token.head.head.i == cue.anchor
    return governed or index == cue.end or bool(layout.doc[min(index + 1, end - 1)].is_quote)


def _with_thing(layout: Layout, cue: FoundCue, index: int, start: int, stop: int, end: int) -> Range:
    doc = layout.doc
    if (
        all(doc[i].pos_ == "ADV" for i in range(cue.end, index))
        and stop < end
        and _thing_follows(layout, stop)
    ):
        return start, end_of_report(layout, doc[cue.anchor], stop)
    single = sum(doc[i].is_alpha for i in range(start, stop)) == 1
    if single and index > cue.end + 1 and doc[cue.end].pos_ == "DET":
        named = layout.references.fillers(doc[cue.end + 1], "addressee")
        if not any(filler.entity >= 0 for filler in named):
            return cue.end, stop
    return start, stop


def _thing_follows(layout: Layout, index: int) -> bool:
    position = index + 1 if layout.doc[index].is_quote else index
    determiners = layout.references.lexicon.grammar["thing_determiners"]
    return position < len(layout.doc) and layout.doc[position].lower_ in determiners


def _end_of_name(layout: Layout, start: int, end: int, verb: Token) -> int:
    quote = layout.quote_beginning(start, start + 2)
    if quote is not None:
        return quote.end
    for index in range(start, end):
        token = layout.doc[index]
        joined = token.lower_ in ("y", "pero") and token.head.head.i == verb.i
        if token.text in (",", ";", ":") or joined or index in layout.cue_verbs:
            return index
    return end
