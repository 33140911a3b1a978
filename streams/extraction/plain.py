"""spaCy's doc → plain tokens, once a doc; what spaCy's docs carry of ours is registered here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import spacy.tokens
from spacy.vocab import Vocab

from streams.extraction.token_sorts import morph_of
from streams.extraction.tokens import OF_ARTICLE, OF_STEPS, Annotations, Doc, Span, Token

_ATTRIBUTES: Final = (
    "ORTH", "LOWER", "LEMMA", "POS", "DEP", "HEAD", "MORPH", "ENT_TYPE", "ENT_IOB", "SENT_START", "SPACY",
    "IS_SPACE", "IS_PUNCT", "IS_QUOTE", "IS_ALPHA", "IS_LOWER", "IS_STOP",
)  # fmt: skip
_IOB: Final = ("", "I", "O", "B")
_PLAIN: Final = "teletipo_tokens"

for _name in (*OF_ARTICLE, *OF_STEPS, _PLAIN):
    if not spacy.tokens.Doc.has_extension(_name):
        spacy.tokens.Doc.set_extension(_name, default=() if _name in OF_STEPS else None)


def plain(doc: spacy.tokens.Doc) -> Doc:
    """Give the plain tokens of a doc; they are made at the first call, when the model must be done."""
    made: Doc | None = getattr(doc._, _PLAIN)
    if made is None:
        made = _make(doc)
        setattr(doc._, _PLAIN, made)
    return made


def let_go(doc: spacy.tokens.Doc) -> None:
    """Free the plain tokens of a doc that nothing more is asked of."""
    made: Doc | None = getattr(doc._, _PLAIN)
    if made is not None:
        setattr(doc._, _PLAIN, None)
        made.let_go()


def _make(source: spacy.tokens.Doc) -> Doc:
    rows: list[list[int]] = source.to_array(list(_ATTRIBUTES)).tolist() if len(source) else []
    strings = _Strings(source.vocab)
    tokens: list[Token] = []
    idx = 0
    for i, row in enumerate(rows):
        token = _token(row, strings)
        token.i, token.idx = i, idx
        idx += len(token.text) + len(token.whitespace_)
        tokens.append(token)
    parsed, tagged = source.has_annotation("DEP"), source.has_annotation("MORPH")
    doc = Doc(tokens, text=source.text, vocab=source.vocab, parsed=parsed, tagged=tagged)
    for name in Annotations.__slots__:
        given = getattr(source._, name)
        setattr(doc._, name, list(given) if name in OF_STEPS else given)
    heads = [i + (row[5] - (1 << 64) if row[5] >> 63 else row[5]) for i, row in enumerate(rows)]
    _hang(doc, source, heads)
    doc.sents = _sentences(doc)
    doc.ents = [Span(doc, ent.start, ent.end, ent.label_) for ent in source.ents]
    return doc


class _Strings(dict[int, str]):
    """Strings of a vocabulary by their hash, each looked up once a doc."""

    def __init__(self, vocab: Vocab) -> None:
        self._store: Any = vocab.strings

    def __missing__(self, key: int) -> str:
        found: str = self._store[key] if key else ""
        self[key] = found
        return found


def _token(row: list[int], strings: _Strings) -> Token:
    token = Token()
    token.text = strings[row[0]]
    token.lower_ = strings[row[1]]
    token.lemma_ = strings[row[2]]
    token.lemma = token.lemma_.lower()
    token.pos_ = strings[row[3]]
    token.dep_ = strings[row[4]]
    token.relation = token.dep_.partition(":")[0]
    token.morph = morph_of(strings[row[6]])
    token.ent_type_ = strings[row[7]]
    token.ent_iob_ = _IOB[row[8]]
    token.is_sent_start = row[9] == 1
    token.whitespace_ = " " if row[10] else ""
    token.is_space = bool(row[11])
    token.is_punct = bool(row[12])
    token.is_quote = bool(row[13])
    token.is_alpha = bool(row[14])
    token.is_lower = bool(row[15])
    token.is_stop = bool(row[16])
    token.breaks = token.is_space and "\n" in token.text
    token.case = token.finite_part = None
    return token


def _hang(doc: Doc, source: spacy.tokens.Doc, heads: Sequence[int]) -> None:
    """Set heads, children, and the edges of what hangs below each token."""
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    for token, head in zip(doc, heads, strict=True):
        token.head = doc[head]
        if head != token.i:
            (lefts if token.i < head else rights).setdefault(head, []).append(token)
    for token, original in zip(doc, source, strict=True):
        left: Sequence[Token] = lefts.get(token.i, ())
        right: Sequence[Token] = rights.get(token.i, ())
        token.lefts, token.rights = left, right
        token.children = [*left, *right] if left and right else left or right
        token.left_edge, token.right_edge = doc[original.left_edge.i], doc[original.right_edge.i]


def _sentences(doc: Doc) -> list[Span]:
    starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
    sents = [Span(doc, a, b) for a, b in pairwise([*starts, len(doc)])]
    for sent in sents:
        for token in sent:
            token.sent = sent
    return sents
