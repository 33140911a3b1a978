"""Where a noun phrase ends that serves as a description or as a name.

Surface order serves better than the tree here: attachment of the last complement is what a small parser
gets wrong, and a description ends at the first comma, verb or relative anyway.
"""

from __future__ import annotations

from typing import Final

from streams.extraction.lexicon import Lexicon
from streams.extraction.syntax import VERBAL, dep
from streams.extraction.tokens import Doc, Token

_LONGEST_DESCRIPTION_TOKENS: Final = 16
"""Bound on what is taken in to the right of a head: "ministro de Economía y Hacienda de la República X"."""
_LONGEST_NAME_TOKENS: Final = 12
"""Tokens from its noun of the longest description used as a name; the gold's longest has 14 in all."""
_LONGEST_PREMODIFIER_TOKENS: Final = 4
"""How far left of its noun a name may begin: "los dos principales grupos"."""

_ADJECTIVES_WITH_A: Final = frozenset({"cercano", "próximo", "ajeno", "afín", "allegado", "leal", "opuesto"})
"""Adjectives with a complement of their own: "fuentes cercanas al proceso"."""


def is_plural(token: Token) -> bool:
    """Whether the tagger calls the word plural."""
    return "Plur" in token.morph.get("Number", [])


def is_participle(token: Token) -> bool:
    """Whether the tagger calls the word a participle."""
    return "Part" in token.morph.get("VerbForm", [])


def description_end(doc: Doc, end: int, head: int) -> int:
    """Take in adjectives and "de …" complements to the right of a description's head.

    Args:
        doc: The article.
        end: One past the words that surely belong: the noun, the office.
        head: First of them.

    Returns:
        One past the last token of the description.
    """
    limit = min(len(doc), head + _LONGEST_DESCRIPTION_TOKENS)
    while end < limit:
        step = _next_part(doc, end, head, limit)
        if step is None:
            break
        end = step
    return end


def _next_part(doc: Doc, index: int, head: int, limit: int) -> int | None:
    """One past the adjective, complement or second name that begins at a token; None when none does."""
    token = doc[index]
    if token.is_space or token.is_punct:
        return None
    if _is_attributive(token):
        return index + 1
    if index + 1 >= limit:
        return None
    if _takes_in(doc, index, head):
        return _nominal_end(doc, index + 1, limit)
    if token.lower_ in ("y", "e") and (_joins_names(doc, index) or _joins_complements(doc, index, head)):
        return _nominal_end(doc, index + 1, limit) or index + 2
    return None


def _is_attributive(token: Token) -> bool:
    adjective = token.pos_ == "ADJ" or (dep(token) == "amod" and token.is_lower)
    return adjective and not is_participle(token)


def _takes_in(doc: Doc, index: int, head: int) -> bool:
    """Whether the complement after a preposition belongs to the description."""
    word = doc[index].lower_
    if word in ("de", "del"):
        return True
    if word == "para":
        return doc[index + 1].text[:1].isupper() or doc.text_of(index + 2, index + 3)[:1].isupper()
    if word in ("a", "al"):
        return doc[index - 1].lemma in _ADJECTIVES_WITH_A
    # "en", "ante": only where the tree hangs it on the description ("embajador en Londres").
    noun = doc[index].head
    return word in ("en", "ante") and dep(noun) in ("nmod", "obl") and noun.head.i == head


def _nominal_end(doc: Doc, index: int, limit: int) -> int | None:
    """One past the noun or the whole name that follows a preposition; None when neither does."""
    while index < limit and doc[index].pos_ in ("DET", "NUM") and not doc[index].is_space:
        index += 1
    start = index
    while index < limit and doc[index].pos_ in ("NOUN", "PROPN", "X", "NUM") and not doc[index].is_space:
        if index > start and doc[index].ent_iob_ == "B":
            break
        index += 1
        if doc[index - 1].pos_ == "NOUN" and not (index < limit and _continues_noun(doc[index])):
            break
    return index if index > start else None


def _continues_noun(token: Token) -> bool:
    return token.pos_ == "NOUN" and dep(token) in ("amod", "flat", "compound", "fixed")


def _joins_names(doc: Doc, index: int) -> bool:
    """Whether "y" stands within one name: "Comercio e Industrias", not "Chile y Marta Ruiz"."""
    before, after = doc[index - 1], doc[index + 1]
    capitalised = before.text[:1].isupper() and after.text[:1].isupper()
    nominal = after.pos_ in ("NOUN", "PROPN") and before.pos_ in ("NOUN", "PROPN")
    return capitalised and nominal and after.ent_type_ != "PER" and after.ent_iob_ != "B"


def _joins_complements(doc: Doc, index: int, head: int) -> bool:
    """Whether "y" stands between two complements of one description: "responsables de X y Z"."""
    after = doc[index + 1]
    inner = dep(after) == "conj" and head < after.head.i < index
    return inner and after.pos_ == "PROPN" and after.text[:1].isupper() and after.ent_type_ != "PER"


def name_range(token: Token, lexicon: Lexicon) -> tuple[int, int]:
    """Token range of a noun phrase as a name: no article, nothing after a comma or a relative."""
    doc = token.doc
    start = max(token.left_edge.i, token.i - _LONGEST_PREMODIFIER_TOKENS)
    while start < token.i and _is_unnamed(doc[start], lexicon):
        start += 1
    end = token.i + 1
    limit = min(token.right_edge.i + 1, token.i + _LONGEST_NAME_TOKENS)
    while end < limit and not _ends_name(doc[end], lexicon):
        end += 1
    while end > token.i + 1 and doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "ADV"):
        end -= 1
    return start, end


def _is_unnamed(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word at the left edge is no part of a name."""
    return token.lower_ in lexicon.grammar["phrase_determiners"] or token.pos_ in ("ADP", "PUNCT", "CCONJ")


def _ends_name(token: Token, lexicon: Lexicon) -> bool:
    closed = token.is_punct or token.is_space or token.lower_ in lexicon.grammar["phrase_ends"]
    return closed or token.pos_ in VERBAL
