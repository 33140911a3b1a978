"""Cues that no list has: verbs beside a quotation or with a clause in "que", a colon after a name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from streams.extraction.annotations import Quote
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import dep, finite_part, is_finite, is_negated
from streams.extraction.tokens import Doc, Token

_COLON_REACH: Final = 9
"""Tokens after a verb in which the quotation that its colon announces begins."""


def stands_beside_quote(doc: Doc, token: Token, quotes: list[Quote]) -> bool:
    """Whether a verb of a third person stands after a quotation and its comma, or before a colon and one.

    The verbs that news sets there are an open class ("se lamentó", "remachó", "bromeó").
    """
    if token.pos_ != "VERB" or not is_finite(token) or is_negated(token):
        return False
    morph = finite_part(token).morph
    if "3" not in morph.get("Person", []) or "Ind" not in morph.get("Mood", []):
        return False
    return quote_at(quotes, token.i) is None and _beside_quote(doc, token, quotes)


def _beside_quote(doc: Doc, token: Token, quotes: list[Quote]) -> bool:
    first = token.i
    while (
        first > 0 and doc[first - 1].pos_ in ("AUX", "PRON") and doc[first - 1].lower_ not in ("que", "quien")
    ):
        first -= 1
    marked = first > 1 and doc[first - 1].text in (",", "—", "–", "-")
    if marked and any(q.end in (first - 2, first - 1) for q in quotes):
        return True
    ahead = any(token.i < q.start <= token.i + _COLON_REACH for q in quotes)
    return ahead and ":" in doc.text_of(token.i, token.i + _COLON_REACH - 1)


def governs_que(token: Token, silent: Collection[str]) -> bool:
    """Whether a verb of a third person has a clause in "que": "teme que", "dejó entrever que".

    Args:
        token: Any token.
        silent: Verbs that never tell of words by that alone.
    """
    if token.pos_ != "VERB" or not is_finite(token) or token.lemma_ in silent:
        return False
    if "3" not in finite_part(token).morph.get("Person", []):
        return False
    return any(dep(c) == "ccomp" and any(m.lower_ == "que" for m in c.lefts) for c in token.rights)


def is_colon_of_speech(doc: Doc, token: Token, quotes: list[Quote]) -> bool:
    """Whether a colon stands in a verbless "X: «…»" at the start of a sentence."""
    if token.text != ":" or token.i + 1 >= len(doc):
        return False
    if not any(token.i < q.start <= token.i + 2 for q in quotes):
        return False
    start = token.sent.start
    words = [t for t in doc[start : token.i] if not t.is_space]
    if not words or len(words) > 12 or any(t.pos_ in ("VERB", "AUX") for t in words):
        return False
    return any(t.ent_type_ == "PER" for t in words)
