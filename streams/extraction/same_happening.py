"""Whether two triggers name one happening: features of the judge that merges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from streams.extraction.annotations import Candidate
from streams.extraction.features import bucket, verb_form
from streams.extraction.frame_checks import is_verbal
from streams.extraction.frames import EventType
from streams.extraction.lexicon import fold
from streams.extraction.merge import compatible
from streams.extraction.places import same_place
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import dep, is_negated
from streams.extraction.tokens import Doc, Token

_OPENING: Final = 4
"""Words at the start of a sentence that may set it apart from the one before ("también", "por su parte")."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the triggers of an article.

    Attributes:
        event_types: Types by name, for what must not be contradicted.
        anchors: Type → tokens of its candidates in text order, echoes apart, for how many stand between two.
        named: Anchor → entities named in its sentence, places left out.
    """

    event_types: Mapping[str, EventType]
    anchors: Mapping[str, Sequence[int]]
    named: Mapping[int, frozenset[int]]


def surroundings_of(
    doc: Doc, candidates: Sequence[Candidate], event_types: Mapping[str, EventType]
) -> Surroundings:
    """Look at an article once for all its pairs of triggers."""
    by_sentence: dict[int, set[int]] = {}
    for mention in doc._.mentions:
        if mention.entity >= 0 and not mention.place:
            by_sentence.setdefault(doc[mention.start].sent.start, set()).add(mention.entity)
    named = {c.anchor: frozenset(by_sentence.get(doc[c.anchor].sent.start, ())) for c in candidates}
    anchors: dict[str, list[int]] = {}
    for candidate in sorted(candidates, key=lambda c: c.anchor):
        if not candidate.echo:
            anchors.setdefault(candidate.type, []).append(candidate.anchor)
    return Surroundings(event_types, anchors, named)


def same_features(doc: Doc, earlier: Candidate, later: Candidate, around: Surroundings) -> list[str]:
    """How two triggers of one type stand to each other, the earlier one first in the text."""
    kind = later.type
    plain = [
        *_distance(doc, earlier, later, around.anchors.get(kind, ())),
        *_words(doc, earlier, later),
        *_people(earlier, later),
        *_named(around.named[earlier.anchor], around.named[later.anchor]),
        *_circumstances(doc, earlier, later),
        f"compatible={compatible(later, earlier, around.event_types[kind])}",
    ]
    return [*plain, *(f"{kind}|{feature}" for feature in plain)]


def _distance(doc: Doc, earlier: Candidate, later: Candidate, anchors: Sequence[int]) -> Iterator[str]:
    low, high = earlier.anchor, later.anchor
    sentences = doc.tally("sentence starts", low + 1, high + 1)
    rivals = max(0, bisect_left(anchors, high) - bisect_right(anchors, low))
    yield f"sentences={bucket(sentences)}"
    yield f"distance={bucket(high - low)}"
    yield f"rivals={bucket(rivals)}"
    yield f"paragraph={doc.tally('white space', low, high) > 0}|{bucket(sentences)}"
    if sentences == 0:
        yield f"tree={_relation(doc[earlier.anchor], doc[later.anchor])}"
        yield f"joined={any(t.lower_ in ('y', 'e', 'ni', 'o') for t in doc[low:high])}"


def _relation(one: Token, other: Token) -> str:
    if other.head.i == one.i:
        return f"below-{dep(other)}"
    if one.head.i == other.i:
        return f"above-{dep(one)}"
    if one.is_ancestor(other):
        return "below"
    if other.is_ancestor(one):
        return "above"
    return "siblings" if one.head.i == other.head.i else "apart"


def _words(doc: Doc, earlier: Candidate, later: Candidate) -> Iterator[str]:
    first, second = doc[earlier.anchor], doc[later.anchor]
    how = _how_named(second)
    same = first.lemma == second.lemma
    yield f"same-lemma={same}|{is_verbal(first)}|{is_verbal(second)}"
    yield f"named={how}"
    yield f"named-first={_how_named(first)}|{how}"
    yield f"named+lemma={how}|{same}"
    yield f"lemmas={'|'.join(sorted((first.lemma, second.lemma)))}"
    yield f"lemma={second.lemma}|{how}"
    yield f"negated={is_negated(first)}|{is_negated(second)}"
    for child in second.children:
        if child.pos_ in ("ADJ", "NUM") and not is_verbal(second):
            yield f"adjective={child.lemma}"
    start = second.sent.start
    for word in doc[start : min(start + _OPENING, second.i)]:
        if word.pos_ in ("ADV", "ADP", "SCONJ", "CCONJ") and not word.is_punct:
            yield f"opens={word.lower_}"


def _how_named(token: Token) -> str:
    """A verb by its tense, a noun by its determiner and number."""
    if is_verbal(token):
        return f"verb-{verb_form(token)}"
    words = [c.lower_ for c in token.lefts if c.pos_ in ("DET", "NUM")]
    before = words[0] if words else "bare"
    article = {"al": "el", "del": "el"}.get(before, before)
    return f"noun-{article}-{''.join(token.morph.get('Number', []))}"


def _people(earlier: Candidate, later: Candidate) -> Iterator[str]:
    roles = sorted({f.role for f in (*earlier.framed, *later.framed)} - {"host"})
    for role in roles or [""]:
        ours = {fold(f.name) for f in earlier.framed if f.role == role}
        theirs = {fold(f.name) for f in later.framed if f.role == role}
        yield f"people={_sets(ours, theirs)}"
        yield f"people-shared={bucket(len(ours & theirs))}|{bucket(len(ours ^ theirs))}"
        countries = [{f.country for f in c.framed if f.role == role and f.country} for c in (earlier, later)]
        yield f"countries={_sets(*countries)}"
    yield f"bare={bool(earlier.framed)}|{bool(later.framed)}"


def _named(ours: frozenset[int], theirs: frozenset[int]) -> Iterator[str]:
    """Who is named in both sentences, taking part or not."""
    yield f"named-shared={bucket(len(ours & theirs))}"
    yield f"named-sets={_sets(ours, theirs)}"
    yield f"named-new={bucket(len(theirs - ours))}"


def _sets(ours: Set[Any], theirs: Set[Any]) -> str:
    if not ours or not theirs:
        return "unknown" if ours or theirs else "none"
    if ours == theirs:
        return "equal"
    if ours <= theirs or theirs <= ours:
        return "part"
    return "overlap" if ours & theirs else "disjoint"


def _circumstances(doc: Doc, earlier: Candidate, later: Candidate) -> Iterator[str]:
    place, date = _place(earlier, later), _date(earlier, later)
    yield f"place={place}"
    yield f"date={date}"
    yield f"place+date={place}|{date}"
    yield f"factuality={earlier.factuality}|{later.factuality}"
    documents = [_document(doc, c) for c in (earlier, later)]
    if any(documents):
        yield f"document={bool(documents[0])}|{bool(documents[1])}|{documents[0] == documents[1]}"
    quoted = [quote_at(doc._.quotes, c.anchor) is not None for c in (earlier, later)]
    yield f"quoted={quoted[0]}|{quoted[1]}"


def _place(earlier: Candidate, later: Candidate) -> str:
    if earlier.place is None or later.place is None:
        return "none" if earlier.place is later.place else "unknown"
    if fold(earlier.place.name) == fold(later.place.name):
        return "equal"
    return "compatible" if same_place(earlier.place, later.place) else "other"


def _date(earlier: Candidate, later: Candidate) -> str:
    if earlier.date is None or later.date is None:
        return "none" if earlier.date is later.date else "unknown"
    a, b = earlier.date.value, later.date.value
    if a == b:
        return "equal"
    return "compatible" if a.startswith(b) or b.startswith(a) else "other"


def _document(doc: Doc, candidate: Candidate) -> str:
    if candidate.document is None:
        return ""
    start, end = candidate.document
    return doc.span(start, end).root.lemma
