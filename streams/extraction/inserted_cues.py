"""Cues that interrupt or close what they report: "«…», dijo X, «…»", "A, según X, B", "—Sí —dijo X—. No.".

Surface order decides here: small parsers find parataxis in one case of two at best (spaCy's Spanish
pipelines .47–.52), while commas, dashes and quotation marks are plain to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from streams.extraction.annotations import Quote
from streams.extraction.complements import clause_content, prepositional_content
from streams.extraction.cue_finder import FoundCue
from streams.extraction.layout import BREAKS, DASHES, PREPOSITIONS, Layout, Range
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import dep, sentence_bounds

_OPENERS: Final = frozenset({",", '"', "!", "?", "...", "…"}) | DASHES
_VERBAL_SOURCES: Final = frozenset({"verb", "phrase", "open"})
_BY_PREPOSITION: Final = frozenset({"preposition", "possessive"})


def _grammar(layout: Layout) -> Mapping[str, frozenset[str]]:
    return layout.references.lexicon.grammar


def is_inserted(layout: Layout, cue: FoundCue) -> bool:
    """Whether a cue verb interrupts or closes the words that it reports, rather than introducing them."""
    doc = layout.doc
    first = first_of_group(layout, cue)
    start, end = sentence_bounds(doc, cue.anchor)
    if _que_follows(layout, cue, end):
        return False
    quoted_before = _quote_ending_before(layout, first) is not None
    if first <= start:
        return first > 0 and quoted_before and _in_one_paragraph(layout, first)
    previous = doc[first - 1]
    if previous.lower_ in ("según", "como"):
        return True
    if previous.text not in _OPENERS:
        return False
    if quoted_before:
        return True
    subject_before = any(dep(c) == "nsubj" and start <= c.i < first for c in doc[cue.anchor].children)
    if subject_before or (cue.end < end and doc[cue.end].text == ":"):
        return False
    if quote_at(layout.quotes, first) is not None:
        return True
    insert_end = end_of_insert(layout, cue)
    if _opens_clause(layout, first, start):
        return insert_end < end
    if layout.has_finite_verb(start, first):
        return not _reports_to_the_right(layout, cue, start)
    return insert_end < end and doc[insert_end].text in DASHES | {","}


def _que_follows(layout: Layout, cue: FoundCue, end: int) -> bool:
    after = [token.lower_ for token in layout.doc[cue.end : min(cue.end + 2, end)]]
    return after[:1] == ["que"] or after in (["de", "que"], ["en", "que"])


def _in_one_paragraph(layout: Layout, first: int) -> bool:
    """Whether the quotation right before stands in the same paragraph, and no colon opens another."""
    line_end = "\n" in layout.doc.text_of(max(0, first - 2), first)
    return not line_end and ":" not in layout.doc.text_of(first, first + 8)


def _opens_clause(layout: Layout, first: int, start: int) -> bool:
    """Whether only what follows is reported: "… porque, dijo, …"."""
    return first - 2 >= start and layout.doc[first - 2].lower_ in _grammar(layout)["clause_openers"]


def _reports_to_the_right(layout: Layout, cue: FoundCue, start: int) -> bool:
    """Whether the cue has a complement of its own after another cue: "Sostuvo que …, acusó a X de …"."""
    verb = layout.doc[cue.anchor]
    if cue.takes & {"clause", "quote"} and clause_content(layout, verb):
        return True
    strict = (cue.takes & PREPOSITIONS) - {"por", "en", "a"}
    speaks_of = any(reading.addressee == "object" for reading in cue.readings)
    if strict and speaks_of and prepositional_content(layout, verb, strict):
        return True
    if not any(start <= c.anchor < cue.start and c.source in _VERBAL_SOURCES and c.sure for c in layout.cues):
        return False
    insert_end = end_of_insert(layout, cue)
    if insert_end < sentence_bounds(layout.doc, cue.anchor)[1] and layout.doc[insert_end].text not in (
        ".",
        ",",
    ):
        return bool(layout.doc[insert_end].is_quote)
    return any(dep(c) in ("obj", "xcomp") and c.i > verb.i and c.pos_ != "PRON" for c in verb.children)


def _quote_ending_before(layout: Layout, index: int) -> Quote | None:
    doc = layout.doc
    position = index - 1
    while position > 0 and (doc[position].is_space or doc[position].text in BREAKS | {"!", "?"}):
        if doc[position].is_quote:
            return next((q for q in layout.quotes if q.end == position), None)
        position -= 1
    return next((q for q in layout.quotes if q.end == position + 1 and not q.closed), None)


def first_of_group(layout: Layout, cue: FoundCue) -> int:
    """First token of the cue's verb group: clitics, auxiliaries and adverbs before it."""
    index = cue.start
    while index > 0:
        before = layout.doc[index - 1]
        outside = _grammar(layout)["outside_verb_group"]
        if before.pos_ not in ("AUX", "PRON", "ADV") or before.lower_ in outside:
            break
        index -= 1
    return index


def insert_range(layout: Layout, cue: FoundCue) -> Range | None:
    """Tokens of an inserted attribution with its subject, for others' contents to leave out."""
    doc = layout.doc
    if cue.source == "preposition":
        start = cue.start
    else:
        if cue.source not in _VERBAL_SOURCES or not _looks_inserted(layout, cue):
            return None
        start = first_of_group(layout, cue) - 1
    if start > 0 and doc[start - 1].text in DASHES | {",", "("}:
        start -= 1
    return start, end_of_insert(layout, cue)


def _looks_inserted(layout: Layout, cue: FoundCue) -> bool:
    first = first_of_group(layout, cue)
    if first == 0:
        return False
    previous = layout.doc[first - 1]
    if previous.text not in DASHES | {",", '"'} and previous.lower_ not in ("según", "como"):
        return False
    after = layout.doc.text_of(cue.end, cue.end + 2).lower()
    verb = layout.doc[cue.anchor]
    return not after.startswith(("que", "de que", "en que")) and not any(
        dep(c) == "nsubj" and c.i < verb.i for c in verb.children
    )


def end_of_insert(layout: Layout, cue: FoundCue) -> int:
    """One past the attribution phrase: at the next break that is not inside the speaker's description."""
    _, sentence_end = sentence_bounds(layout.doc, cue.anchor)
    for index in range(cue.end, sentence_end):
        if layout.doc[index].text in BREAKS and not _inside_description(layout, cue, index, sentence_end):
            return index
    return sentence_end


def _inside_description(layout: Layout, cue: FoundCue, comma: int, end: int) -> bool:
    """Whether a comma only divides a speaker from his or her apposition."""
    if layout.doc[comma].text != "," or comma <= cue.end or comma + 1 >= end:
        return False
    before = layout.references.by_token.get(comma - 1)
    after = layout.references.by_token.get(comma + 1)
    if before is None or after is None or after.start != comma + 1:
        return False
    return after.entity >= 0 and before.entity == after.entity


def around(layout: Layout, cue: FoundCue) -> list[Range]:
    """Words on both sides of an inserted cue, and the quotation that goes on after it."""
    doc = layout.doc
    start, end = sentence_bounds(doc, cue.anchor)
    first = cue.start if cue.source in _BY_PREPOSITION else first_of_group(layout, cue)
    if first > 0 and doc[first - 1].lower_ in ("según", "como") and cue.source != "preposition":
        first -= 1
    insert_end = end_of_insert(layout, cue)
    turn = _turn_of_dialogue(layout, cue)
    if turn is not None and doc[first - 1].text in DASHES:
        return [(turn[0], first), (insert_end, turn[1])]
    left = _left_of(layout, cue, start, first)
    return left + _right_of(layout, cue, insert_end, end, has_left=bool(left))


def _turn_of_dialogue(layout: Layout, cue: FoundCue) -> Range | None:
    """Tokens of a paragraph that a dash opens, the dash left out: "—Sí —dijo X—. Mañana mismo."."""
    doc = layout.doc
    start = end = cue.anchor
    while start > 0 and not doc[start - 1].breaks:
        start -= 1
    if doc[start].text not in DASHES:
        return None
    while end < len(doc) and not doc[end].breaks:
        end += 1
    return start + 1, end


def _left_of(layout: Layout, cue: FoundCue, start: int, first: int) -> list[Range]:
    by_preposition = cue.source in _BY_PREPOSITION
    if by_preposition and first <= start:
        return []
    inside = quote_at(layout.quotes, first)
    if inside is not None:
        return [(max(start, inside.start), first)] if inside.start < first else []
    quote = _quote_ending_before(layout, first)
    if quote is not None and _stands_alone(layout, quote, start):
        return [(quote.start, quote.end)]
    if (quote is None and first <= start) or (not by_preposition and _opens_clause(layout, first, start)):
        return []
    for other in layout.cues:
        if other.source == "preposition" and other.start == start < first:
            start = end_of_insert(layout, other) + 1
    return [(start, first)] if start < first and not _opens_clause(layout, first, start) else []


def _stands_alone(layout: Layout, quote: Quote, start: int) -> bool:
    """Whether a quotation is the whole of what is said: it opens the sentence, or something introduces it."""
    before = quote.start - 2
    if before < start or layout.doc[before].text in DASHES | {":"}:
        return True
    introduced = layout.doc[before].lower_ == "que"
    return introduced and any(quote.start - 14 <= other.anchor < quote.start for other in layout.cues)


def _right_of(layout: Layout, cue: FoundCue, insert_end: int, end: int, *, has_left: bool) -> list[Range]:
    inside = quote_at(layout.quotes, cue.anchor)
    if inside is not None:
        return [(insert_end, inside.end)] if insert_end < inside.end else []
    quote = layout.quote_beginning(insert_end, insert_end + 2)
    if (
        quote is not None
        and quote.start <= end
        and not layout.doc.text_of(insert_end, quote.start).strip(' ,:;."—–-')
    ):
        return [(quote.start, quote.end)]
    if insert_end >= end:
        return []
    goes_on = not has_left or _clause_goes_on(layout, cue, insert_end, end)
    return [(insert_end, _report_end(layout, cue, insert_end, end))] if goes_on else []


def _clause_goes_on(layout: Layout, cue: FoundCue, insert_end: int, end: int) -> bool:
    """Whether the main verb stands after the inserted phrase: "X, según Y, hizo Z"."""
    doc = layout.doc
    start, _ = sentence_bounds(doc, cue.anchor)
    if cue.source not in _BY_PREPOSITION:
        verb = doc[cue.anchor]
        governed = dep(verb) != "ROOT" and insert_end <= verb.head.i < end and doc[insert_end].text == ","
        return governed or not layout.has_finite_verb(start, cue.start)
    if doc[insert_end].text != ",":
        return False
    main_before = any(
        layout.has_finite_verb(i, i + 1) and dep(doc[i]) in ("ROOT", "conj", "aux", "cop")
        for i in range(start, cue.start)
    )
    going_on = _grammar(layout)["clause_continuers"]
    return not main_before or any(t.lower_ in going_on for t in doc[insert_end + 1 : insert_end + 2])


def _report_end(layout: Layout, cue: FoundCue, start: int, end: int) -> int:
    """Sentence end, or where a later cue of its own begins ("…, y añadió que …")."""
    for other in layout.cues:
        if not start < other.anchor < end or other.source not in ("verb", "phrase") or not other.sure:
            continue
        first = first_of_group(layout, other)
        joined = layout.doc[first - 1].lower_ in ("y", "e", "pero")
        if joined and dep(layout.doc[other.anchor]) in ("conj", "ROOT") and other.anchor != cue.anchor:
            return max(start, first - 1)
    return end
