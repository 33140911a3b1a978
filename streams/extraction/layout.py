"""What the search for content knows of a doc, and how found content is trimmed.

All ranges are token ranges of one doc. `trim` takes punctuation and quotation marks off the edges as the
annotation guidelines say ("quotation marks stay out of a span that lies entirely within them").
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Final

from streams.extraction.annotations import Quote
from streams.extraction.cue_finder import FoundCue
from streams.extraction.quotes import quote_at
from streams.extraction.references import References
from streams.extraction.tokens import Doc

Range = tuple[int, int]
DASHES: Final = frozenset({"-", "–", "—"})
BREAKS: Final = frozenset({",", ";", '"', ":", ".", "(", ")"}) | DASHES
PREPOSITIONS: Final = frozenset({"de", "por", "en", "a", "con", "contra", "sobre", "para"})
"""Prepositions that may lead to content; the rest of what a cue `takes` are kinds of complement."""

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")
_LONGEST_NAME: Final = 5
"""Words of the longest quoted name that leaves a statement indirect."""
_ENDS: Final = frozenset({",", ";", ":", ".", "-", "–", "—", "...", "…", "(", ")", "¡", "!", "¿", "?"})
_OPENING: Final = frozenset({"¿", "¡", "(", "..."})
_CLOSING: Final = frozenset({"!", "?", ")", "...", "…"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Quotations, cues, who is who, and inserted attributions of one doc.

    Attributes:
        cues: All cues, in text order.
        cue_verbs: Tokens that are cue verbs.
        inserts: Token ranges of ", según X" and ", dijo X", never part of anybody's words.
        heads: Governor of each token, -1 for that of a mark.
    """

    doc: Doc
    quotes: list[Quote]
    references: References
    cues: tuple[FoundCue, ...]
    cue_verbs: frozenset[int]
    inserts: tuple[Range, ...] = ()
    heads: tuple[int, ...] = ()

    @classmethod
    def of(cls, doc: Doc, quotes: list[Quote], references: References, cues: tuple[FoundCue, ...]) -> Layout:
        """Layout of a doc, inserted attributions apart."""
        verbs = frozenset(c.anchor for c in cues if c.sure and c.source in ("verb", "phrase", "open"))
        heads = tuple(-1 if token.is_punct else token.head.i for token in doc)
        return cls(doc, quotes, references, cues, verbs, heads=heads)

    def quote_beginning(self, first: int, last: int) -> Quote | None:
        """Quotation whose words begin between two tokens, both included."""
        found = bisect_left(self.quotes, first, key=_START)
        return self.quotes[found] if found < len(self.quotes) and self.quotes[found].start <= last else None

    def has_finite_verb(self, start: int, end: int) -> bool:
        """Whether a conjugated verb stands in a range."""
        return self.doc.tally("finite verbs", start, end) > 0

    def has_cue_verb(self, start: int, end: int) -> bool:
        """Whether a cue verb stands in a range."""
        return any(index in self.cue_verbs for index in range(start, end))


def trim_all(layout: Layout, ranges: list[Range]) -> list[Range]:
    """Trim ranges; what holds no word is left out."""
    trimmed = [trim(layout, start, end) for start, end in ranges]
    return [r for r in trimmed if r is not None and any(layout.doc[i].is_alpha for i in range(*r))]


def trim(layout: Layout, start: int, end: int) -> Range | None:
    """Take punctuation off both ends, and quotation marks where the whole lies within one quotation."""
    previous = None
    while previous != (start, end) and start < end:
        previous = (start, end)
        start, end = _without_punctuation(layout.doc, start, end)
        start, end = _within_one_quote(layout, start, end) or (start, end)
        start, end = _without_odd_mark(layout.doc, start, end)
    return (start, end) if start < end else None


def _without_punctuation(doc: Doc, start: int, end: int) -> Range:
    while start < end and (doc[start].is_space or doc[start].text in _ENDS - _OPENING):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _ENDS - _CLOSING):
        end -= 1
    unopened = end - start > 1 and doc[end - 1].text == ")" and all(t.text != "(" for t in doc[start:end])
    return start, end - 1 if unopened else end


def _without_odd_mark(doc: Doc, start: int, end: int) -> Range:
    """Range without a mark at its end that nothing in it opened: a quotation that lost its opening mark."""
    last = doc[end - 1] if end > start else None
    odd = last is not None and last.text == '"' and sum(t.text == '"' for t in doc[start:end]) == 1
    return start, end - 1 if odd else end


def _within_one_quote(layout: Layout, start: int, end: int) -> Range | None:
    """Range without its marks if it is one quotation with its marks, whole."""
    nearest = bisect_left(layout.quotes, start - 1, key=_END)  # none before it can hold the range
    for quote in islice(layout.quotes, nearest, None):
        left = quote.start - 1
        right = quote.end + (1 if quote.end < len(layout.doc) and layout.doc[quote.end].is_quote else 0)
        if left <= start <= quote.start and quote.end <= end <= right:
            return max(start, quote.start), min(end, quote.end)
        if quote.start <= start and end == quote.end + 1:
            return start, quote.end
        if left == start and end <= quote.end:
            return quote.start, end
        if quote.start > end:
            break
    return None


def _is_quoted(layout: Layout, index: int) -> bool:
    """Whether quotation marks that hold no bare name hold a word."""
    quote = quote_at(layout.quotes, index)
    return quote is not None and not _is_name(layout.doc, quote)


def _is_name(doc: Doc, quote: Quote) -> bool:
    """Whether all of a short quotation is capitalised: a title or nickname within somebody's words."""
    words = [t for t in doc[quote.start : quote.end] if t.is_alpha]
    inside = (
        quote.start > 1 and doc[quote.start - 2].text not in BREAKS and doc[quote.start - 2].lower_ != "que"
    )
    return inside and 1 < len(words) <= _LONGEST_NAME and all(t.text[0].isupper() for t in words)


def _in_turn(doc: Doc, index: int) -> bool:
    """Whether a paragraph that a dash opens holds a word: "—Sí —dijo X—. Mañana mismo."."""
    start = index
    while start > 0 and "\n" not in doc[start - 1].text:
        start -= 1
    return doc[start].text in ("—", "–") and not doc[start].whitespace_


def kind_of(layout: Layout, ranges: list[Range]) -> str:
    """`direct` when all of the content is quoted, `mixed` when some of it is, else `indirect`."""
    doc = layout.doc
    words = [i for r in ranges for i in range(*r) if not doc[i].is_punct and not doc[i].is_space]
    if words and _in_turn(doc, words[0]):
        return "direct"
    quoted = sum(_is_quoted(layout, i) for i in words)
    if not quoted:
        return "indirect"
    return "direct" if quoted == len(words) else "mixed"
