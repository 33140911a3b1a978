"""Where an article names news media, known ones and others: what may be the source of its statements.

Independent of the entity recogniser, which takes capitals like "EL HERALDO" or a quoted "La Jornada"
for works as often as for bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.tokens import Doc, Token

_LONGEST_NAME: Final = 6
_NOUN_REACH: Final = 4
"""Words between a media noun and the name that it announces: "cadena de televisión X"."""
_QUOTE_REACH: Final = 8
"""The same where the name is quoted: "diario egipcio de propiedad estatal "X""."""
_ARTICLES: Final = frozenset({"el", "la", "los", "las", "the"})


@dataclass(frozen=True, slots=True)
class PressMention:
    """Words that name or describe a news medium.

    Attributes:
        start: First token, the noun that announces a name left out.
        end: One past the last token.
        outset: First token of the whole phrase, that noun included.
        name: As a source.
        how: "known" by name, "announced" by a noun, "described" by one alone, or "resolved": "el rotativo".
    """

    start: int
    end: int
    outset: int
    name: str
    how: str


def find_press(doc: Doc, lexicon: Lexicon) -> list[PressMention]:
    """Find media in text order, without overlaps; a name goes before a description."""
    taken: set[int] = set()
    found: list[PressMention] = []
    for mention in [*_known(doc, lexicon), *_announced(doc, lexicon), *_described(doc, lexicon)]:
        if taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.outset, mention.end))
            found.append(mention)
    found.sort(key=lambda m: m.start)
    return [_resolved(doc, mention, found) for mention in found]


def _known(doc: Doc, lexicon: Lexicon) -> Iterator[PressMention]:
    openers = _openers(lexicon)
    index = 0
    while index < len(doc):
        text = doc[index].text
        end = _known_end(doc, index, lexicon) if text[:1].isupper() and fold(text) in openers else 0
        if end:
            yield PressMention(index, end, _outset(doc, index, lexicon), doc.text_of(index, end), "known")
        index = end or index + 1


@lru_cache(maxsize=2)
def _first_words(names: frozenset[str], heads: frozenset[str]) -> frozenset[str]:
    return frozenset(name.split()[0] for name in names if name) | heads | _ARTICLES


def _openers(lexicon: Lexicon) -> frozenset[str]:
    """Words that a known name can begin with."""
    return _first_words(lexicon.media_names, lexicon.media_heads)


def _known_end(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """Where the longest known name that begins at a token ends; 0 for none."""
    for end in range(min(len(doc), start + _LONGEST_NAME), start, -1):
        text = doc.text_of(start, end)
        if doc[end - 1].is_punct or not (len(text) >= 4 or text.isupper()):
            continue
        if lexicon.is_medium(text):
            return end
    return 0


def _outset(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """First token of "diario", "cadena de televisión" right before a name; else the name's own."""
    for index in range(start - 1, max(-1, start - 1 - _NOUN_REACH), -1):
        if fold(doc[index].text) in lexicon.media_nouns:
            return index
        if doc[index].pos_ not in ("ADJ", "ADP", "NOUN", "PUNCT"):
            break
    return start


def _announced(doc: Doc, lexicon: Lexicon) -> Iterator[PressMention]:
    """Names that a media noun announces: "el rotativo "X"", "la emisora X"."""
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN") and fold(token.text) in lexicon.media_nouns:
            start, end = _quoted_name(doc, token) or _plain_name(doc, token)
            if end > start:
                yield PressMention(start, end, token.i, doc.text_of(start, end), "announced")


def _quoted_name(doc: Doc, noun: Token) -> tuple[int, int] | None:
    for opening in range(noun.i + 1, min(len(doc) - 1, noun.i + _QUOTE_REACH)):
        if doc[opening].is_quote:
            reach = range(opening + 1, min(len(doc), opening + 1 + _LONGEST_NAME))
            closing = next((i for i in reach if doc[i].is_quote), None)
            if closing is not None and doc[opening + 1].text[:1].isupper():
                return opening + 1, closing
            return None
        if doc[opening].pos_ in ("VERB", "PUNCT"):
            return None
    return None


def _plain_name(doc: Doc, noun: Token) -> tuple[int, int]:
    start = noun.i + 1
    while start < min(len(doc), noun.i + _NOUN_REACH) and doc[start].pos_ in ("ADJ", "ADP"):
        if not doc[start].text.islower():
            break
        start += 1
    end = start
    while end < min(len(doc), start + 4) and doc[end].text[:1].isupper() and not doc[end].is_sent_start:
        end += 1
    return start, end


def _described(doc: Doc, lexicon: Lexicon) -> Iterator[PressMention]:
    """Media without a name: "este diario", "medios locales", "televisión pública"."""
    for token in doc:
        if token.pos_ != "NOUN" or fold(token.text) not in lexicon.media_nouns:
            continue
        end = token.i + 1
        while end < min(len(doc), token.i + 4) and doc[end].pos_ == "ADJ":
            end += 1
        start = token.i - 1 if token.i and doc[token.i - 1].lower_ in ("este", "esta") else token.i
        yield PressMention(start, end, start, doc.text_of(start, end), "described")


def _resolved(doc: Doc, mention: PressMention, found: list[PressMention]) -> PressMention:
    """Take "el rotativo" alone for the medium named last."""
    alone = mention.how == "described" and mention.end - mention.start == 1 and mention.start > 0
    if not alone or doc[mention.start - 1].lower_ not in ("el", "la", "del", "al"):
        return mention
    before = [m for m in found if m.start < mention.start and m.how != "described"]
    return replace(mention, name=before[-1].name, how="resolved") if before else mention
