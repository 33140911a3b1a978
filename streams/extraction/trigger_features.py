"""What speaks for and against a trigger of a visit, signing or meeting: features of the event judge."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from streams.extraction.annotations import Candidate, Quote
from streams.extraction.features import bucket, filler_sort, verb_form
from streams.extraction.frame_checks import is_verbal
from streams.extraction.quotes import quote_at
from streams.extraction.references import References
from streams.extraction.syntax import (
    case_of,
    children,
    dep,
    governing_verb,
    has_se,
    is_negated,
    sentence_bounds,
)
from streams.extraction.tokens import Doc, Token

_CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
_SPORTS_WORDS = 6
"""Words of sport that make an article one about sport."""


@dataclass(frozen=True, slots=True)
class TriggerContext:
    """What the features of all triggers of an article look at.

    Attributes:
        anchors: Type → anchors of the candidates that raise no doubt, in text order.
        lemmas: (type, lemma) → how many of them.
        sports: Whether the article is about sport, where teams "visit" and "meet".
    """

    quotes: Sequence[Quote]
    references: References
    anchors: Mapping[str, Sequence[int]]
    lemmas: Counter[tuple[str, str]]
    sports: bool


def trigger_context(
    doc: Doc, quotes: Sequence[Quote], references: References, others: Sequence[Candidate]
) -> TriggerContext:
    """Look at an article once for all its triggers."""
    words = references.lexicon.grammar["sports"]
    anchors: dict[str, list[int]] = {}
    for candidate in sorted(others, key=lambda c: c.anchor):
        if not candidate.doubts:
            anchors.setdefault(candidate.type, []).append(candidate.anchor)
    lemmas = Counter((kind, doc[index].lemma_) for kind, own in anchors.items() for index in own)
    sports = sum(t.lemma_ in words for t in doc) > _SPORTS_WORDS
    return TriggerContext(quotes, references, anchors, lemmas, sports)


def event_features(doc: Doc, candidate: Candidate, context: TriggerContext) -> list[str]:
    """Whether a trigger names a specific visit, signing or meeting."""
    token = doc[candidate.anchor]
    kind, lemma = candidate.type, token.lemma
    return [
        *_word(token, kind, lemma),
        *_slots(candidate, kind, lemma, context.references),
        *(f for child in token.children for f in _child(child, kind, lemma, context.references)),
        *_surroundings(doc, candidate, context),
    ]


def _word(token: Token, kind: str, lemma: str) -> list[str]:
    doc = token.doc
    left = doc[token.i - 1] if token.i else token
    number = "".join(token.morph.get("Number", []))
    form = verb_form(token) if is_verbal(token) else f"noun-{number}"
    governor = governing_verb(token)
    above = governor.lemma if governor is not None else "-"
    before = left.lower_ if left.pos_ in ("DET", "ADP", "NUM", "ADV", "CCONJ", "SCONJ") else left.pos_
    return [
        f"type={kind}",
        f"lemma={kind}|{lemma}",
        f"form={kind}|{form}",
        f"lemma+form={kind}|{lemma}|{form}",
        f"before={kind}|{before}",
        f"lemma+before={kind}|{lemma}|{before}",
        f"dep={kind}|{dep(token)}",
        f"head={kind}|{token.head.lemma}",
        f"head-pos={kind}|{token.head.pos_}|{dep(token)}",
        f"governor={kind}|{above}",
        f"governor-form={kind}|{verb_form(governor) if governor is not None else '-'}",
        f"case={kind}|{case_of(token)}",
        f"negated={kind}|{is_negated(token)}",
        f"se={kind}|{has_se(token)}",
        f"lemma+se={lemma}|{has_se(token)}",
        f"capital={kind}|{token.text[:1].isupper()}|{token.is_sent_start}",
        f"entity={kind}|{token.ent_type_}",
    ]


def _slots(candidate: Candidate, kind: str, lemma: str, references: References) -> Iterator[str]:
    roles = sorted({f.role for f in candidate.fillers})
    for sort in sorted({filler_sort(f, references) for f in candidate.fillers}):
        yield f"sort={kind}|{sort}"
        yield f"lemma+sort={kind}|{lemma}|{sort}"
    yield f"roles={kind}|{','.join(roles)}"
    yield f"fillers={kind}|{bucket(len(candidate.fillers))}"
    yield f"lemma+fillers={kind}|{lemma}|{bucket(len(candidate.fillers))}"
    yield f"document={kind}|{candidate.document is not None}"
    yield f"date={kind}|{candidate.date is not None}"
    yield f"place={kind}|{candidate.place is not None}"
    yield f"lemma+place={kind}|{lemma}|{candidate.place is not None}"
    if candidate.place is not None and candidate.place.mention is None:
        yield f"place-inferred={kind}"
    for doubt in candidate.doubts:
        yield f"doubt={kind}|{doubt}"
        yield f"lemma+doubt={kind}|{lemma}|{doubt}"
    yield f"sure={kind}|{not candidate.doubts}"
    yield f"lemma+sure={kind}|{lemma}|{not candidate.doubts}"


def _child(child: Token, kind: str, lemma: str, references: References) -> Iterator[str]:
    if child.pos_ == "ADJ":
        yield f"child={kind}|{child.lemma}"
    if child.pos_ == "DET" or child.pos_ == "NUM":
        yield f"determiner={kind}|{child.lower_}"
    if child.pos_ not in ("NOUN", "PROPN", "PRON"):
        return
    case = case_of(child)
    sort = _sort(child, references)
    yield f"argument={kind}|{dep(child)}|{case}"
    yield f"argument+sort={kind}|{case}|{sort}"
    yield f"lemma+argument={kind}|{lemma}|{dep(child)}|{case}"
    yield f"lemma+argument+sort={kind}|{lemma}|{case}|{sort}"
    if child.pos_ == "NOUN":
        yield f"argument-word={kind}|{case}|{child.lemma}"


def _sort(token: Token, references: References) -> str:
    mention = references.by_token.get(token.i)
    if mention is None:
        return token.pos_
    kind = mention.kind.value if mention.kind is not None else "none"
    return f"{kind}{'-place' if mention.place else ''}{'-name' if mention.proper else ''}"


def _surroundings(doc: Doc, candidate: Candidate, context: TriggerContext) -> Iterator[str]:
    kind = candidate.type
    start, end = sentence_bounds(doc, candidate.anchor)
    yield f"inside={kind}|{quote_at(context.quotes, candidate.anchor) is not None}"
    yield f"early={kind}|{candidate.anchor - start < 6}"
    yield f"sports={kind}|{context.sports}"
    sure, lemma = not candidate.doubts, doc[candidate.anchor].lemma_
    same = context.anchors.get(kind, ())
    near = same[bisect_left(same, start) : bisect_left(same, end)]
    yield f"others={kind}|{bucket(len(same) - sure)}|{sure}"
    yield f"lemma-others={kind}|{bucket(context.lemmas[kind, lemma] - sure)}"
    yield f"near-others={kind}|{len(near) > (sure and start <= candidate.anchor < end)}"
    words = {t.lemma for t in doc[start:end] if t.pos_ in _CONTENT and t.i != candidate.anchor}
    for word in sorted(words):
        yield f"word={kind}|{word}"
    for verb in children(doc[candidate.anchor], "aux"):
        yield f"aux={kind}|{verb.lemma_}"
