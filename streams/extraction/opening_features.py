"""What the judge of openings looks at: whether a reported content may begin so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from streams.extraction.content_options import Opening
from streams.extraction.cue_finder import FoundCue
from streams.extraction.features import bucket, verb_form
from streams.extraction.inserted_cues import first_of_group
from streams.extraction.layout import BREAKS, Layout, Range
from streams.extraction.phrases import is_closed, outer_head, phrase_head, word_or_class
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import (
    VERBAL,
    case_of,
    dep,
    finite_part,
    has_se,
    is_finite,
    is_negated,
    sentence_bounds,
)
from streams.extraction.tokens import Token


def cue_features(layout: Layout, cue: FoundCue, every: Sequence[Opening]) -> list[str]:
    """What holds for every opening of a cue: its form, what stands around it, how else it could open."""
    doc = layout.doc
    verb = doc[cue.anchor]
    lemma = _lemma(layout, cue)
    sorts = {o.sort for o in every}
    return [
        f"lemma={lemma}",
        f"source={cue.source}",
        f"act={cue.readings[0].act.value}",
        f"form={verb_form(verb)}",
        f"se={has_se(verb)}|{lemma}",
        f"negated={is_negated(verb)}",
        f"inside={quote_at(layout.quotes, cue.anchor) is not None}",
        f"others={','.join(sorted(sorts & {'que', 'colon', 'infinitive', 'quote'}))}",
        f"after-cue={word_or_class(doc, cue.end)}",
        *_before_cue(layout, cue),
    ]


def _lemma(layout: Layout, cue: FoundCue) -> str:
    doc = layout.doc
    return doc[cue.anchor].lemma if cue.source != "preposition" else doc.text_of(cue.start, cue.end).lower()


def opening_features(
    layout: Layout,
    cue: FoundCue,
    opening: Opening,
    every: Sequence[Opening],
    rule: Sequence[Range],
    shared: Sequence[str],
) -> list[str]:
    """Whether a content begins so: how it was found, what stands between, what the cue and the rules say.

    `shared` is what `cue_features` says of the cue.
    """
    sort = f"{opening.sort}{':' + opening.word if opening.sort == 'preposition' else ''}"
    same = _agrees(opening, rule)
    features = [f"{feature}|{sort}" for feature in shared]
    features += [
        f"sort={sort}",
        f"taken={opening.reading in cue.takes}|{sort}",
        f"rule={same}",
        f"rule={same}|{sort}",
        f"rule={same}|{cue.source}",
        f"first={all(o.sort != opening.sort for o in every[: every.index(opening)])}|{sort}",
    ]
    if opening.start is not None:
        features.extend(_of_start(layout, cue, opening.start, sort))
    if opening.left is not None:
        features.extend(_of_left(layout, cue, opening, sort))
    return features


def _agrees(opening: Opening, rule: Sequence[Range]) -> str:
    """How an opening compares with what the rules chose."""
    if not rule:
        return "none"
    starts = {opening.left[0]} if opening.left else set()
    if opening.start is not None:
        starts.add(opening.start)
    shared = starts & {start for start, _ in rule}
    return "same" if shared and len(starts) == len(rule) else ("part" if shared else "other")


def _before_cue(layout: Layout, cue: FoundCue) -> list[str]:
    """What stands before the cue's verb group: a mark, a relative, the sentence's start."""
    doc = layout.doc
    first = first_of_group(layout, cue) if cue.source not in ("preposition", "possessive") else cue.start
    start, _ = sentence_bounds(doc, cue.anchor)
    before = doc[first - 1].lower_ if first > start else "^"
    if before.isalpha() and not is_closed(doc[first - 1]):
        before = doc[first - 1].pos_
    quoted = first > 1 and any(first - 3 <= q.end <= first for q in layout.quotes)
    subject = any(dep(c) == "nsubj" and c.i < first for c in doc[cue.anchor].children)
    return [
        f"before={before}",
        f"before={before}|quoted={quoted}",
        f"subject-first={subject}",
        f"finite-before={layout.has_finite_verb(start, first)}",
    ]


def _of_start(layout: Layout, cue: FoundCue, start: int, sort: str) -> list[str]:
    doc = layout.doc
    token = doc[start]
    head = outer_head(token, start)
    phrase = phrase_head(token, start)
    marks = "".join(islice((t.text for t in doc[cue.end : start] if t.text in BREAKS), 3))[:3]
    verbs = doc.tally("verbs and auxiliaries", cue.end, start)
    names = doc.tally("nouns", cue.end, start)
    return [
        f"distance={bucket(max(0, start - cue.end))}|{sort}",
        f"marks={marks}|{sort}",
        f"verbs={min(verbs, 2)}|{sort}",
        f"verbs={min(verbs, 2)}|marks={bool(marks)}|{sort}",
        f"nouns={min(names, 3)}|{sort}",
        f"start={token.pos_}|{sort}",
        f"start-word={word_or_class(doc, start)}|{sort}",
        f"previous={word_or_class(doc, start - 1)}|{sort}",
        f"previous-two={word_or_class(doc, start - 2)} {word_or_class(doc, start - 1)}",
        f"hangs-on-cue={head == cue.anchor}|{dep(phrase)}|{sort}",
        f"head={dep(phrase)}|{phrase.pos_}|{sort}",
        f"head-form={verb_form(phrase) if phrase.pos_ in VERBAL else phrase.pos_}|{sort}",
        f"head-case={case_of(phrase)}|{sort}",
        f"person={_is_named(layout, start)}|{sort}",
        f"agrees={_agrees_in_number(phrase, doc[cue.anchor])}|{dep(phrase)}|{sort}",
        f"quoted={quote_at(layout.quotes, start) is not None}|{sort}",
        f"cue-between={layout.has_cue_verb(cue.end, start)}|{sort}",
    ]


def _of_left(layout: Layout, cue: FoundCue, opening: Opening, sort: str) -> list[str]:
    doc = layout.doc
    assert opening.left is not None
    start, end = opening.left
    sentence_start, sentence_end = sentence_bounds(doc, cue.anchor)
    quote = quote_at(layout.quotes, start)
    whole = quote is not None and quote.start == start and end == quote.end
    features = [
        f"left-from={word_or_class(doc, start - 1) if start > sentence_start else '^'}|{sort}",
        f"left-start={doc[start].pos_}|{sort}",
        f"left-quoted={quote is not None}|{sort}",
        f"left-quote={whole}|{sort}",
        f"left-quote={whole}|{cue.source}|{sort}",
        f"left-verb={layout.has_finite_verb(start, end)}|{sort}",
        f"left-length={bucket(end - start)}|{sort}",
        f"left-cue={layout.has_cue_verb(start, end)}|{sort}",
        f"left-of-cue={layout.has_cue_verb(sentence_start, start)}|{sort}",
        f"left-gap={doc.text_of(end, cue.start).strip()[:4]}|{sort}",
        f"left-before={start < sentence_start}|{whole}|{sort}",
    ]
    if opening.start is not None:
        main = any(is_finite(t) and dep(t) in ("ROOT", "conj") for t in doc[start:end] if t.pos_ in VERBAL)
        features += [
            f"resumes={word_or_class(doc, opening.start)}|{sort}",
            f"resumes-two={word_or_class(doc, opening.start)} {word_or_class(doc, opening.start + 1)}",
            f"resumes-after={word_or_class(doc, opening.start - 1)}|{main}|{sort}",
            f"resumes-quoted={quote_at(layout.quotes, opening.start) is not None}|{quote is not None}|{sort}",
            f"main-left={main}|{sort}",
            f"rest={bucket(max(0, sentence_end - opening.start))}|{sort}",
        ]
    return features


def _agrees_in_number(token: Token, verb: Token) -> bool:
    return token.morph.get("Number", []) == finite_part(verb).morph.get("Number", [])


def _is_named(layout: Layout, start: int) -> str:
    mention = layout.references.by_token.get(start)
    if mention is None or mention.kind is None:
        return "no"
    return f"{mention.kind.value}{'-name' if mention.proper else ''}"
