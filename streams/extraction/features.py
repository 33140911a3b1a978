"""What the judges look at: named features of a candidate, of its date, place, speaker and factuality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from streams.extraction.annotations import Candidate, Filler, Quote
from streams.extraction.quotes import quote_at
from streams.extraction.references import References
from streams.extraction.syntax import (
    case_of,
    dep,
    finite_part,
    has_se,
    is_finite,
    is_negated,
)
from streams.extraction.tokens import Doc, Token

_LIMITS: Final = (0, 1, 2, 3, 6, 12, 30)
_LARGEST: Final = _LIMITS[-1]
_BUCKETS: Final = tuple(str(next(limit for limit in _LIMITS if n <= limit)) for n in range(_LARGEST + 1))


def bucket(number: int) -> str:
    """Coarse size: 0, 1, 2, 3, 4-6, 7-12, 13-30, more."""
    return _BUCKETS[number] if 0 <= number <= _LARGEST else ("0" if number < 0 else "many")


def verb_form(token: Token) -> str:
    """Tense and mood of the verb group, or its non-finite form."""
    finite = finite_part(token)
    if is_finite(token):
        return "-".join(finite.morph.get("Mood", []) + finite.morph.get("Tense", [])) or "fin"
    return "-".join(token.morph.get("VerbForm", [])) or token.pos_


def statement_features(
    doc: Doc, candidate: Candidate, quotes: Sequence[Quote], references: References
) -> list[str]:
    """Whether the cue reports something: its lemma and form, who speaks, what is said."""
    cue = candidate.cue
    assert cue is not None
    token = doc[candidate.anchor]
    lemma = token.lemma if cue.source != "preposition" else doc.text_of(cue.start, cue.end).lower()
    speakers = candidate.of_role("speaker")
    first = speakers[0] if speakers else None
    form = verb_form(token)
    inside = quote_at(quotes, token.i) is not None
    who = filler_sort(first, references)
    content_start, content_end = candidate.content[0][0], candidate.content[-1][1]
    opening = doc[content_start]
    features = [
        f"lemma={lemma}",
        f"lemma+reading={lemma}|{candidate.reading}",
        f"lemma+kind={lemma}|{candidate.kind}",
        f"source={cue.source}",
        f"sure={cue.sure}|{cue.source}",
        f"sure={cue.sure}|{form}",
        f"taken={candidate.reading in cue.takes}|{candidate.reading}",
        f"taken={candidate.reading in cue.takes}|{cue.source}|{who}",
        f"se-lo-que={doc.text_of(max(0, token.i - 2), token.i).lower() == 'lo que'}",
        f"negated={is_negated(token)}|{lemma}",
        f"act+reading={candidate.act}|{candidate.reading}",
        f"opens-word={opening.lower_}|{candidate.reading}"
        if opening.pos_ in ("DET", "PRON", "ADP")
        else "opens-word",
        f"case={case_of(token)}|{form}",
        f"dep+form={dep(token)}|{form}",
        f"reading={candidate.reading}",
        f"source+kind={cue.source}|{candidate.kind}",
        f"act={candidate.act}",
        f"form={form}",
        f"source+form={cue.source}|{form}",
        f"who={who}",
        f"who+reading={who}|{candidate.reading}",
        f"who+lemma={who}|{lemma}",
        f"how={first.resolved_by.value if first else '-'}",
        f"inside={inside}",
        f"inside+form={inside}|{form}",
        f"dep={dep(token)}",
        f"negated={is_negated(token)}",
        f"se={has_se(token)}|{lemma if has_se(token) else ''}",
        f"length={bucket(content_end - content_start)}",
        f"reading+length={candidate.reading}|{bucket(content_end - content_start)}",
        f"opens={opening.pos_}|{candidate.reading}",
        f"person={''.join(finite_part(token).morph.get('Person', []))}",
        f"belief={cue.belief}|{candidate.kind}",
        f"addressee={bool(candidate.of_role('addressee'))}",
        f"relative={_in_relative(token)}",
        f"speakers={bucket(len(speakers))}",
        f"content-score={round(candidate.content_score, 1)}",
        f"content-score={round(candidate.content_score, 1)}|{cue.source}",
    ]
    if first is not None and first.mention is not None and first.entity < 0:
        features.append(f"head={doc.span(first.mention[0], first.mention[1]).root.lemma}")
    if candidate.reading == "object":
        root = doc.span(content_start, content_end).root
        features.append(f"object={root.lemma}")
        features.append(f"lemma+object={lemma}|{root.lemma}")
    return features


def filler_sort(filler: Filler | None, references: References) -> str:
    """Kind of a filler and how well the article knows it: "person-named-office", "group-unknown"."""
    if filler is None:
        return "none"
    if filler.entity < 0:
        return f"{filler.kind.value}-unknown"
    entity = references.entities[filler.entity]
    known = "named" if entity.proper else "described"
    return f"{entity.kind.value}-{known}{'-office' if entity.offices else ''}"


def _in_relative(token: Token) -> bool:
    return dep(token) == "acl" and any(c.lower_ in ("que", "quien", "quienes") for c in token.lefts)
