"""Quotations that a cue introduces, and those that go on after a statement without a cue of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from streams.extraction.annotations import Candidate, Quote
from streams.extraction.cue_finder import FoundCue
from streams.extraction.layout import PREPOSITIONS, Layout, Range, kind_of, trim_all
from streams.extraction.report_bounds import end_of_report
from streams.extraction.syntax import VERBAL, case_of, dep, sentence_bounds

_COLON_REACH: Final = 14
"""Tokens between a cue and the colon that it still introduces unquoted words by."""
_SHORTEST_FLOATING: Final = 4
"""Tokens of the shortest quotation taken for a continuation; shorter ones are borrowed terms."""
_FLOATING_GAP: Final = 30
"""Tokens between a statement and its continuation."""


def quote_after(layout: Layout, cue: FoundCue) -> list[Range]:
    """Find a quotation that the cue introduces: after a colon, or right after cue and subject."""
    doc = layout.doc
    _, end = sentence_bounds(doc, cue.anchor)
    for index in range(cue.end, min(end + 1, len(doc))):
        if doc[index].text == ":":
            return _after_colon(layout, cue, index, end)
        if index in layout.cue_verbs and index != cue.anchor:
            return []
        quote = layout.quote_beginning(index + 1, index + 1)
        if quote is not None:
            return _introduced(layout, cue, quote, index)
    return []


def _after_colon(layout: Layout, cue: FoundCue, colon: int, end: int) -> list[Range]:
    quotes = quote_at_colon(layout, colon)
    if quotes:
        return [] if _has_object_between(layout, cue, colon) else quotes
    if colon + 1 < end and "clause" in cue.takes and colon - cue.end < _COLON_REACH:
        return [(colon + 1, end)]
    return []


def quote_at_colon(layout: Layout, colon: int) -> list[Range]:
    """Quotation right after a colon."""
    quote = layout.quote_beginning(colon + 1, colon + 3)
    return [(quote.start, quote.end)] if quote is not None else []


def spelled_out(layout: Layout, index: int) -> list[Range]:
    """Quotation that spells out what ends at a token: "pidió paciencia: «…»"."""
    for position in (index, index + 1):
        if position < len(layout.doc) and layout.doc[position].text == ":":
            return quote_at_colon(layout, position)
    return []


def _has_object_between(layout: Layout, cue: FoundCue, colon: int) -> bool:
    if not cue.takes & {"object", "infinitive"}:
        return False
    return any(
        cue.end <= child.i < colon
        and dep(child) in ("obj", "xcomp", "ccomp")
        and child.pos_ != "PRON"
        and not case_of(child)
        for child in layout.doc[cue.anchor].rights
    )


def _introduced(layout: Layout, cue: FoundCue, quote: Quote, index: int) -> list[Range]:
    """The quotation if only subject, addressee or adverbs stand before it; more if the cue takes phrases."""
    between = [layout.doc[i] for i in range(cue.end, index)]
    if any(t.pos_ in VERBAL and t.i != cue.anchor for t in between):
        return []
    if any(t.text == "," for t in between) and len(between) > 8:
        return []
    last = between[-1].pos_ if between else ""
    if last == "CCONJ":
        return []
    if not cue.takes & ({"object", "infinitive"} | PREPOSITIONS):
        return [(quote.start, quote.end)]
    spoken_to = bool(between) and between[0].lower_ in ("a", "al") and last not in ("DET", "ADP")
    if not spoken_to and last in ("DET", "ADP", "ADJ", "NOUN"):
        return []
    return [(quote.start - 1, end_of_report(layout, layout.doc[cue.anchor], quote.end))]


def continue_quotes(layout: Layout, candidates: Sequence[Candidate]) -> None:
    """Give whole quoted sentences without a cue to the statement before them (as GenderGapTracker does)."""
    used = [r for candidate in candidates for r in candidate.content]
    for quote in layout.quotes:
        if quote.end - quote.start < _SHORTEST_FLOATING or any(
            a < quote.end and quote.start < b for a, b in used
        ):
            continue
        last = _statement_before(layout, quote, candidates)
        if last is not None:
            last.content = sorted(last.content + trim_all(layout, [(quote.start, quote.end)]))
            last.kind = kind_of(layout, last.content)


def _statement_before(layout: Layout, quote: Quote, candidates: Sequence[Candidate]) -> Candidate | None:
    start, end = sentence_bounds(layout.doc, quote.start)
    if quote.start > start + 2 or quote.end + 2 < end or quote.start < 2:
        return None
    previous = [c for c in candidates if c.anchor < quote.start]
    if not previous:
        return None
    last = max(previous, key=_tail)
    gap = layout.doc[_tail(last) : quote.start]
    near = len(gap) <= _FLOATING_GAP and sum(t.is_sent_start is True for t in gap) <= 1
    return last if near and last.kind != "indirect" else None


def _tail(candidate: Candidate) -> int:
    return max([candidate.anchor, *(end for _, end in candidate.content)])
