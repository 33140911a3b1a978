"""Where what a cue reports may begin and end: generous options for the content judges.

A content is a range before the cue, a range after it, or both around it. Openings are proposed first,
then, for a range after the cue, its ends; `content_choice` picks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from streams.extraction.cue_finder import FoundCue
from streams.extraction.inserted_cues import end_of_insert, first_of_group
from streams.extraction.layout import BREAKS, PREPOSITIONS, Layout, Range, trim
from streams.extraction.phrases import outer_head
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import VERBAL, sentence_bounds
from streams.extraction.tokens import Token

_REACH: Final = 32
"""Tokens after a cue in which an opening is looked for; 99 % of those of the training articles lie within."""
_MAX_ENDS: Final = 16
_CONTRACTIONS: Final = {"al": "a", "del": "de"}
_NOMINAL_STARTS: Final = frozenset({"DET", "NOUN", "PROPN", "NUM", "ADJ", "PRON"})


@dataclass(frozen=True, slots=True)
class Opening:
    """One way in which a content may begin.

    Attributes:
        left: Range before the cue, whole.
        start: First token of the range after the cue, whose end is still open.
        reading: Complement that it is, as in `Cue.takes`; `quote` for words around or before the cue.
        sort: How it was found: `que`, `infinitive`, `phrase`, `quote`, `before`, `around`, … a feature.
        word: Preposition or conjunction that it follows, "" for none.
    """

    left: Range | None
    start: int | None
    reading: str
    sort: str
    word: str = ""


def openings(layout: Layout, cue: FoundCue) -> list[Opening]:
    """Find every way in which the content of a cue may begin; no two begin alike."""
    found: dict[tuple[int, int], Opening] = {}
    for opening in (*_after(layout, cue), *_before(layout, cue)):
        left = trim(layout, *opening.left) if opening.left else None
        if opening.left and left is None:
            continue
        start = _first_word(layout, opening.start) if opening.start is not None else None
        key = (left[0] if left else -1, -1 if start is None else start)
        if key not in found and key != (-1, -1):
            found[key] = Opening(left, start, opening.reading, opening.sort, opening.word)
    return list(found.values())


def _first_word(layout: Layout, start: int) -> int:
    doc = layout.doc
    while start < len(doc) - 1 and (doc[start].is_space or doc[start].text in BREAKS - {'"', "("}):
        start += 1
    return start


def _after(layout: Layout, cue: FoundCue) -> list[Opening]:
    doc = layout.doc
    limit = last_end(layout, cue, cue.end)
    found: list[Opening] = []
    phrases = 0
    for index in range(cue.end, min(limit, cue.end + _REACH)):
        token = doc[index]
        before = doc[index - 1]
        word = before.lower_
        word = _CONTRACTIONS.get(word, word)
        if word == "que" and index > cue.end:
            found.append(Opening(None, index, "clause", "que", doc[index - 2].lower_))
        elif token.lower_ in layout.references.lexicon.cues.question_words:
            found.append(Opening(None, index, "question", "question"))
        elif before.text == ":":
            found.append(Opening(None, index, "quote", "colon"))
        elif (token.is_quote or before.is_quote) and quote_at(layout.quotes, index + token.is_quote):
            found.append(Opening(None, index + token.is_quote, "quote", "quote", word))
        elif _opens_infinitive(token, cue):
            found.append(Opening(None, index, "infinitive", "infinitive", word))
        elif before.pos_ in ("ADP", "SCONJ") and word in PREPOSITIONS and index > cue.end:
            found.append(Opening(None, index, word, "preposition", word))
        elif _opens_phrase(token, before, cue) and phrases < 4:
            phrases += 1
            found.append(Opening(None, index, "object", "phrase", before.pos_))
        if token.lower_ == "a" and index <= cue.end + 1:
            found.append(Opening(None, index, "a", "with-preposition", "a"))
    return found


def _opens_infinitive(token: Token, cue: FoundCue) -> bool:
    head = token
    if token.pos_ in ("ADV", "AUX") or token.lower_ == "no":
        head = token.head
    if "Inf" not in head.morph.get("VerbForm", []) or not token.i <= head.i <= token.i + 2:
        return False
    return token.i == cue.end or token.nbor(-1).pos_ not in ("VERB", "AUX") or token.i - 1 == cue.anchor


def _opens_phrase(token: Token, before: Token, cue: FoundCue) -> bool:
    if token.pos_ not in _NOMINAL_STARTS:
        return False
    opens = token.i == cue.end or token.pos_ == "DET" or before.pos_ not in _NOMINAL_STARTS
    return opens and before.pos_ not in ("ADP", "DET")


def _before(layout: Layout, cue: FoundCue) -> list[Opening]:
    """Words that a cue closes or interrupts: from the sentence's start, a quotation's, or after a joint."""
    doc = layout.doc
    sentence_start, sentence_end = sentence_bounds(doc, cue.anchor)
    first = _first_of_insert(layout, cue, sentence_start)
    right = _resumption(layout, cue, sentence_end)
    if first > 0 and not _set_off(layout, first):
        return _earlier_sentence(layout, cue, sentence_start)
    found = []
    for start in _left_starts(layout, first, sentence_start):
        if right is not None:
            found.append(Opening((start, first), right, "quote", "around"))
        found.append(Opening((start, first), None, "quote", "before"))
    if right is not None:
        found.append(Opening(None, right, "quote", "resumed"))
    return found + _earlier_sentence(layout, cue, sentence_start)


def _first_of_insert(layout: Layout, cue: FoundCue, sentence_start: int) -> int:
    """First token of an inserted cue: of its verb group, its host's ("se limitó a decir"), its "según"."""
    doc = layout.doc
    if cue.source in ("preposition", "possessive"):
        return cue.start
    first = first_of_group(layout, cue)
    verb = doc[cue.anchor]
    if "Inf" in verb.morph.get("VerbForm", []) and sentence_start <= verb.head.i < first:
        first = verb.head.i
        while first > sentence_start and doc[first - 1].pos_ in ("AUX", "PRON", "ADV"):
            first -= 1
    if first > sentence_start and doc[first - 1].lower_ in ("según", "como"):
        first -= 1
    return first


def _set_off(layout: Layout, first: int) -> bool:
    """Whether a mark, or nothing, stands before the cue: what it needs to be inserted."""
    before = layout.doc[first - 1]
    return not before.is_alpha or layout.doc[first].is_sent_start is True or before.lower_ in ("y", "que")


def _left_starts(layout: Layout, first: int, sentence_start: int) -> list[int]:
    doc = layout.doc
    starts = []
    quote = next((q for q in layout.quotes if q.end <= first <= q.end + 3 or q.start < first < q.end), None)
    if quote is not None:
        starts.append(quote.start)
    if first > sentence_start:
        starts.append(sentence_start)
        for index in range(first - 2, sentence_start, -1):
            joint = doc[index].text in BREAKS or doc[index].lower_ in ("que", "y", "pero", "porque", "aunque")
            if joint and len(starts) < 8:
                starts.append(index + 1)
    return starts


def _resumption(layout: Layout, cue: FoundCue, sentence_end: int) -> int | None:
    """Where the words go on after an inserted cue: past its subject, at a comma, dash or quotation."""
    insert_end = end_of_insert(layout, cue)
    quote = layout.quote_beginning(insert_end, insert_end + 3)
    if quote is not None:
        return quote.start
    return insert_end + 1 if insert_end + 1 < sentence_end else None


def _earlier_sentence(layout: Layout, cue: FoundCue, sentence_start: int) -> list[Opening]:
    """The sentence before, for "Así lo dijo": what a pronoun stands for."""
    doc = layout.doc
    if sentence_start < 2:
        return []
    words = {token.lower_ for token in doc[sentence_start : cue.anchor]}
    if not words & {"lo", "así"} or cue.anchor - sentence_start > 8:
        return []
    end = sentence_start
    while end > 0 and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    start = sentence_bounds(doc, max(0, end - 1))[0]
    return [Opening((start, end), None, "quote", "earlier")] if start < end else []


def last_end(layout: Layout, cue: FoundCue, start: int) -> int:
    """Furthest end of a content that begins at a token: sentence, or quotation that outlasts it."""
    end = sentence_bounds(layout.doc, min(max(start, cue.anchor), len(layout.doc) - 1))[1]
    outer = quote_at(layout.quotes, cue.anchor)
    if outer is not None:
        return min(end, outer.end)
    quote = quote_at(layout.quotes, max(start, end - 1)) or quote_at(layout.quotes, start)
    return max(end, quote.end) if quote is not None and quote.closed else end


def ends(layout: Layout, cue: FoundCue, start: int) -> list[int]:
    """Find where a content that begins at a token may end, trimmed, in text order."""
    doc = layout.doc
    limit = last_end(layout, cue, start)
    own = quote_at(layout.quotes, start)
    found: list[int] = []
    for index in range(start + 1, limit + 1):
        if index < limit and not _may_end_before(layout, index, start, cue):
            continue
        if own is not None and index < own.end and doc[index].text not in BREAKS:
            continue
        trimmed = trim(layout, start, index)
        if trimmed is not None and trimmed[1] not in found[-1:]:
            found.append(trimmed[1])
    return found if len(found) <= _MAX_ENDS else [*found[: _MAX_ENDS - 1], found[-1]]


def _may_end_before(layout: Layout, index: int, start: int, cue: FoundCue) -> bool:
    token = layout.doc[index]
    joints = layout.references.lexicon.cues.joints
    if token.text in BREAKS or token.is_quote or token.lower_ in joints:
        return True
    if token.pos_ in VERBAL:
        return index in layout.cue_verbs
    return token.pos_ in ("ADP", "ADV", "SCONJ") and outer_head(token, start) < start
