"""Which date and which place belong to a candidate: options from its passage, ranked by a judge.

The rules of `dates` and `places` give their own answer; the judge sees it as one feature among those of
distance, tree and wording, so that it overrules them only where the training articles say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from streams.extraction.annotations import Candidate, DateFiller, Mention, PlaceFiller
from streams.extraction.dates import DatedRange
from streams.extraction.features import bucket, verb_form
from streams.extraction.judges import Judge
from streams.extraction.places import place_filler
from streams.extraction.references import References
from streams.extraction.syntax import VERBAL, case_of, dep

_SENTENCES_BACK = 2
"""Sentences before the trigger's own that may lend a date or a place, within its paragraph."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences around a trigger that options are taken from."""

    start: int
    own_start: int
    own_end: int


def passage_of(doc: Doc, index: int) -> Passage:
    """Sentence of a token and up to two before it, not over a line end."""
    sent = doc[index].sent
    start = sent.start
    for _ in range(_SENTENCES_BACK):
        if start == 0 or doc[start - 1].is_space:
            break
        start = doc[start - 1].sent.start
    return Passage(start, sent.start, sent.end)


def date_options(doc: Doc, candidate: Candidate, dated: Sequence[DatedRange]) -> list[DatedRange]:
    """Expressions that may date a candidate; a statement's from its sentence, outside its content."""
    passage = passage_of(doc, candidate.anchor)
    start = passage.own_start if candidate.type == "statement" else passage.start
    return [
        d
        for d in dated
        if start <= d.start < passage.own_end and not any(a <= d.start < b for a, b in candidate.content)
    ]


def date_features(
    doc: Doc, candidate: Candidate, option: DatedRange, options: Sequence[DatedRange], triggers: Sequence[int]
) -> list[str]:
    """How a temporal expression stands to a trigger."""
    token = doc[candidate.anchor]
    kind = "statement" if candidate.type == "statement" else "event"
    value = option.mention.value
    published = doc._.published.isoformat() if doc._.published is not None else ""
    when = "same" if value == published else "future" if value > published else "past"
    chosen = candidate.date is not None and candidate.date.start_char == option.mention.start
    features = _distance_features(doc, token, option.start, option.end, doc[option.governor], kind, triggers)
    features += [
        f"rule={kind}|{chosen}",
        f"rule-other={kind}|{candidate.date is not None and not chosen}",
        f"value={kind}|{len(value)}",
        f"when+form={when}|{verb_form(token)}",
        f"when={kind}|{when}",
        f"basis={kind}|{option.mention.basis.value}",
        f"options={kind}|{bucket(len(options))}",
        f"position={kind}|{_rank(options, option)}",
        f"word={kind}|{option.mention.text.split()[0].lower()}",
        f"opens={kind}|{option.start - doc[option.start].sent.start < 3}",
    ]
    return features


def place_options(doc: Doc, candidate: Candidate, references: References) -> list[Mention]:
    """Place names that may be where a candidate happens; a statement's only from its sentence."""
    passage = passage_of(doc, candidate.anchor)
    start = passage.own_start if candidate.type == "statement" else passage.start
    return [
        m
        for m in references.mentions
        if m.place
        and m.proper
        and start <= m.start < passage.own_end
        and not any(a <= m.start < b for a, b in candidate.content)
    ]


def place_features(
    doc: Doc, candidate: Candidate, option: Mention, options: Sequence[Mention], triggers: Sequence[int]
) -> list[str]:
    """How a place name stands to a trigger."""
    token = doc[candidate.anchor]
    kind = candidate.type
    head = doc[option.head]
    chosen = candidate.place is not None and candidate.place.mention == (option.start, option.end)
    named = candidate.place is not None and candidate.place.name == option.text
    case = case_of(head)
    features = _distance_features(doc, token, option.start, option.end, head.head, kind, triggers)
    features += [
        f"rule={kind}|{chosen}",
        f"rule-name={kind}|{named}",
        f"rule-other={kind}|{candidate.place is not None and not chosen}",
        f"case={kind}|{case}",
        f"case+dep={kind}|{case}|{dep(head)}",
        f"sort={kind}|{option.kind.value if option.kind else 'town'}",
        f"options={kind}|{bucket(len(options))}",
        f"position={kind}|{_rank(options, option)}",
        f"governor={kind}|{head.head.lemma_.lower()}",
        f"filler={kind}|{any(f.mention == (option.start, option.end) for f in candidate.fillers)}",
        f"opens={kind}|{option.start - head.sent.start < 3}",
    ]
    return features


def _rank(options: Sequence[DatedRange] | Sequence[Mention], option: DatedRange | Mention) -> str:
    return str(min(3, next(i for i, o in enumerate(reversed(options)) if o is option)))


def _distance_features(
    doc: Doc, token: Token, start: int, end: int, governor: Token, kind: str, triggers: Sequence[int]
) -> list[str]:
    after = start > token.i
    low, high = (token.i + 1, start) if after else (end, token.i)
    between = doc[low:high] if low < high else doc[low:low]
    verbs = sum(t.pos_ in VERBAL and t.pos_ != "AUX" for t in between)
    commas = sum(t.text in (",", ";", ":") for t in between)
    others = sum(low <= t < high for t in triggers)
    side = "after" if after else "before"
    same = doc[start].sent.start == token.sent.start
    return [
        f"distance={kind}|{side}|{bucket(high - low)}",
        f"verbs={kind}|{side}|{bucket(verbs)}",
        f"commas={kind}|{bucket(commas)}",
        f"others={kind}|{bucket(others)}",
        f"sentence={kind}|{same}",
        f"sentence+pos={kind}|{same}|{token.pos_}",
        f"tree={kind}|{_relation(token, governor)}",
        f"tree+side={kind}|{_relation(token, governor)}|{side}",
    ]


def _relation(token: Token, governor: Token) -> str:
    """Where the governor of an option stands to the trigger: the trigger itself, its head, below, above."""
    if governor.i == token.i:
        return "trigger"
    if governor.i == token.head.i:
        return "head"
    if governor.head.i == token.i:
        return "child"
    if token.is_ancestor(governor):
        return "below"
    if governor.is_ancestor(token):
        return "above"
    return "elsewhere"


def choose_date(
    doc: Doc, candidate: Candidate, dated: Sequence[DatedRange], triggers: Sequence[int], judge: Judge
) -> DateFiller | None:
    """The most probable date, None when none is probable enough."""
    options = date_options(doc, candidate, dated)
    scored = [(judge.probability(date_features(doc, candidate, o, options, triggers)), o) for o in options]
    if not scored:
        return None
    score, option = max(scored, key=lambda pair: pair[0])
    return option.filler() if score >= judge.threshold else None


def choose_place(
    doc: Doc, candidate: Candidate, references: References, triggers: Sequence[int], judge: Judge
) -> PlaceFiller | None:
    """The most probable place; the rule's own where it named none of the options ("la capital rusa")."""
    if candidate.place is not None and _described(candidate.place, references):
        return candidate.place
    options = place_options(doc, candidate, references)
    scored = [(judge.probability(place_features(doc, candidate, o, options, triggers)), o) for o in options]
    if not scored:
        return candidate.place
    score, option = max(scored, key=lambda pair: pair[0])
    return place_filler(option, references) if score >= judge.threshold else None


def _described(place: PlaceFiller, references: References) -> bool:
    return place.mention is not None and all(
        (m.start, m.end) != place.mention for m in references.mentions if m.place
    )
