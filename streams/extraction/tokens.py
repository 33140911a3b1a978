"""A parsed doc as plain Python objects: what extraction reads, thousands of times a token.

spaCy makes a new object at each `doc[i]`, `token.head` or `doc[a:b]` and looks strings up at each attribute,
which costs more than all decisions that look at them (docs/performance.md). Here each token is made once,
with the same names for the same things (`pos_`, `lefts`, `sent` …), so that code reads as if it were spaCy's.
What differs: a slice of a doc is a list of tokens, `doc.span(a, b)` is what spaCy would give; `morph` is a
mapping.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from streams.extraction.token_sorts import COUNTED, morph_of

if TYPE_CHECKING:
    from spacy.vocab import Vocab

    from streams.extraction.annotations import Candidate, Entity, Mention, Quote
    from streams.extraction.cleaning import CleanText
    from streams.extraction.temporal import TemporalMention

OF_ARTICLE: Final = ("published", "source_text", "cleaned")
OF_STEPS: Final = ("quotes", "temporal", "mentions", "entities", "candidates")
"""What the article, and what the steps of extraction give a doc."""


class Token:
    """One token; attributes mean what they mean in spaCy.

    Attributes:
        lemma: Lemma in lower case.
        relation: Dependency relation without its subtype: `acl:relcl` → `acl`.
        morph: Feature → its values; shared between tokens, never changed.
        breaks: Whether it is white space with a line end.
        case: Kept by `syntax.case_of` once it was asked for; None before.
        finite_part: Kept by `syntax.finite_part` likewise.
    """

    __slots__ = (
        "breaks", "case", "children", "dep_", "doc", "ent_iob_", "ent_type_", "finite_part", "head", "i",
        "idx", "is_alpha", "is_lower", "is_punct", "is_quote", "is_sent_start", "is_space", "is_stop",
        "left_edge", "lefts", "lemma", "lemma_", "lower_", "morph", "pos_", "relation", "right_edge",
        "rights", "sent", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    lemma: str
    pos_: str
    dep_: str
    relation: str
    morph: Mapping[str, list[str]]
    ent_type_: str
    ent_iob_: str
    whitespace_: str
    is_sent_start: bool
    is_space: bool
    is_punct: bool
    is_quote: bool
    is_alpha: bool
    is_lower: bool
    is_stop: bool
    breaks: bool
    head: Token
    lefts: Sequence[Token]
    rights: Sequence[Token]
    children: Sequence[Token]
    left_edge: Token
    right_edge: Token
    sent: Span
    case: str | None
    finite_part: Token | None

    def nbor(self, step: int) -> Token:
        """Token so many places on; IndexError outside the doc."""
        index = self.i + step
        if index < 0:
            raise IndexError(index)
        return self.doc[index]

    @property
    def ancestors(self) -> Iterator[Token]:
        """Heads up to the root, the nearest first."""
        current = self
        while current.head is not current:
            current = current.head
            yield current

    def is_ancestor(self, other: Token) -> bool:
        """Whether the other token hangs below this one, at any depth."""
        return any(ancestor is self for ancestor in other.ancestors)

    def set_lemma(self, lemma: str) -> None:
        """Give it another lemma."""
        self.lemma_, self.lemma = lemma, lemma.lower()

    def make_verb(self, features: str) -> None:
        """Make it a verb of this morphology ("VerbForm=Inf"), and forget what was kept of its old form."""
        self.pos_, self.morph = "VERB", morph_of(features)
        for token in (self, self.head):
            token.case = token.finite_part = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text


class Span:
    """Tokens `start` to `end` of a doc."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __getitem__(self, index: int) -> Token:
        return self.doc[self.start + index if index >= 0 else self.end + index]

    @property
    def text(self) -> str:
        """Its text without the white space behind it; "" if it is empty."""
        return self.doc.text_of(self.start, self.end)

    @property
    def start_char(self) -> int:
        """Its first character; it must not be empty."""
        return self[0].idx

    @property
    def end_char(self) -> int:
        """One past its last character."""
        return self[-1].idx + len(self[-1].text)

    @property
    def root(self) -> Token:
        """The token nearest to the root of its sentence, the first of equals; marks only if alone."""
        tokens = self.doc[self.start : self.end]
        best, least = None, len(self.doc)
        for token in tokens:
            if token.head is token:
                return token
        for token in tokens:
            if self.start <= token.head.i < self.end:
                continue
            mark = (token.is_space or token.is_punct) and not token.children
            depth = len(self.doc) - 1 if mark else sum(1 for _ in token.ancestors)
            if depth < least:
                best, least = token, depth
        return best if best is not None else self.doc[self.start]


class Annotations:
    """What the steps of extraction and the article give a doc; the same names as in spaCy's `Doc._`."""

    __slots__ = (*OF_ARTICLE, *OF_STEPS)

    published: date | None
    source_text: str | None
    cleaned: CleanText | None
    quotes: list[Quote]
    temporal: list[TemporalMention]
    mentions: list[Mention]
    entities: list[Entity]
    candidates: list[Candidate]


class Doc(list[Token]):
    """Tokens of an article in their order.

    Attributes:
        text: The text, as in spaCy.
        ents: Names, as spans with a label.
        sents: Sentences.
        parsed: Whether there are dependencies.
        tagged: Whether there is morphology.
    """

    __slots__ = (
        "_",
        "__weakref__",
        "_counts",
        "_starts",
        "ents",
        "parsed",
        "sents",
        "tagged",
        "text",
        "vocab",
    )

    _: Annotations
    ents: list[Span]
    sents: list[Span]
    text: str
    vocab: Vocab
    parsed: bool
    tagged: bool
    _starts: list[int]
    _counts: dict[str, list[int]]

    def __init__(
        self, tokens: Iterable[Token], *, text: str, vocab: Vocab, parsed: bool = True, tagged: bool = True
    ) -> None:
        super().__init__(tokens)
        self._ = Annotations()
        self.text, self.vocab, self.parsed, self.tagged = text, vocab, parsed, tagged
        self.ents, self.sents = [], []
        self._counts = {}
        self._starts = []
        for token in self:
            token.doc = self
            self._starts.append(token.idx)

    __hash__ = object.__hash__  # type: ignore[assignment]  # a doc is itself, whatever its words

    def __eq__(self, other: object) -> bool:
        return self is other

    def let_go(self) -> None:
        """Cut the ties between tokens: nothing can be asked of it any more, and its memory is free at once.

        They point at each other, so that otherwise the garbage collector would have to find them.
        """
        for token in self:
            del token.doc, token.head, token.lefts, token.rights, token.children
            del token.left_edge, token.right_edge, token.sent, token.finite_part
        self.clear()
        self.sents, self.ents, self._ = [], [], Annotations()

    def tally(self, what: str, start: int, end: int) -> int:
        """How many of the tokens `start` to `end` are of a sort in `COUNTED`, in constant time.

        Counted once a doc, so parts of speech must be final.
        """
        if start >= end:
            return 0
        sums = self._counts.get(what)
        if sums is None:
            sums = self._counts[what] = [0, *accumulate(map(COUNTED[what], self))]
        last = len(self)
        return sums[min(end, last)] - sums[min(start, last)]

    def set_ents(self, ents: Iterable[Span]) -> None:
        """Give it other names: its tokens' `ent_type_` and `ent_iob_` follow."""
        self.ents = list(ents)
        for token in self:
            token.ent_type_, token.ent_iob_ = "", "O"
        for ent in self.ents:
            for token in ent:
                token.ent_type_, token.ent_iob_ = ent.label_, "B" if token.i == ent.start else "I"

    def span(self, start: int, end: int, label: str = "") -> Span:
        """Tokens `start` to `end`; bounds as those of a slice."""
        length = len(self)
        start = min(max(start, 0), length)
        return Span(self, start, max(start, min(end, length)), label)

    def text_of(self, start: int, end: int) -> str:
        """Text of tokens `start` to `end` without the white space behind it."""
        end = min(end, len(self))
        if start >= end:
            return ""
        last = self[end - 1]
        return self.text[self[start].idx : last.idx + len(last.text)]

    def char_span(self, start: int, end: int, *, alignment_mode: str) -> Span | None:
        """Tokens inside a range of characters ("contract"), or those that it meets ("expand")."""
        if start >= end or not self:
            return None
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(0, bisect_left(self._starts, end) - 1)
        if alignment_mode == "contract":
            first += self._starts[first] < start
            ends = self[last].idx + len(self[last].text)
            last -= ends > end
        else:  # a range that begins between two tokens does not meet the first
            first += start >= self[first].idx + len(self[first].text)
        if last < first:
            return None
        return Span(self, first, last + 1)
