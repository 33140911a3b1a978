"""Descriptions and acronyms that stand beside the name they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import Lexicon
from streams.extraction.tokens import Doc

_MARKS_BEFORE_NAME: Final = (",", '"', "(", "–", "—", "-")
_ACRONYM_GAPS: Final = ("(", '("', ", ", '"')
"""What stands between a body's name and its acronym: "Fondo Monetario Internacional (FMI)"."""
_LONGEST_ACRONYM_CHARS: Final = 8
_CLOSING: Final = {"(": ")", "-": "-", "–": "–", "—": "—"}
_LONGEST_BRACKET_TOKENS: Final = 6
_LONGEST_EPITHET_TOKENS: Final = 3
_EPITHET: Final = frozenset({"DET", "NOUN", "ADJ"})
_LONGEST_COMPLEMENT_TOKENS: Final = 16
"""How far a name may stand from the words that a description was found by."""
_COMPLEMENT: Final = frozenset({"ADP", "DET", "NOUN", "ADJ", "PROPN", "NUM", "CCONJ", "PUNCT", "X"})


def link_appositions(
    doc: Doc, mentions: Sequence[Mention], entities: Sequence[Entity], lexicon: Lexicon
) -> None:
    """Join descriptions to the name beside them.

    Goes right to left, since one may stand before another: "la jefa de la misión, la danesa X, portavoz".
    """
    names = [mention for mention in mentions if mention.proper and mention.entity >= 0]
    by_start = {mention.start: mention for mention in names}
    by_end = {mention.end: mention for mention in names}
    for mention in reversed(mentions):
        if mention.proper or mention.plural or mention.kind is None:
            continue
        after = _name_after(doc, mention, by_start, lexicon)
        if after is not None and _can_name(after, mention):
            mention.kind = after.kind
            _link(mention, entities[after.entity])
            by_start[mention.start] = mention
            continue
        before = _name_before(doc, mention, by_end)
        if before is not None and _can_describe(doc, mention, before):
            _link(mention, entities[before.entity])


def _name_after(
    doc: Doc, mention: Mention, by_start: Mapping[int, Mention], lexicon: Lexicon
) -> Mention | None:
    """Name right after a description, or after a comma, bracket or dash and perhaps an article.

    What the description was cut before may stand between ("presidente de la Comisión sobre X, Ana Y").
    """
    position = _after_brackets(doc, mention.end)
    name = by_start.get(position)
    if name is not None and position == mention.end and _is_of_another(doc, mention, lexicon):
        return None
    if name is not None or position >= len(doc):
        return name
    if doc[position].text in _MARKS_BEFORE_NAME:
        return _name_after_mark(doc, position, by_start)
    comma = _comma_after_complements(doc, position)
    name = _name_after_mark(doc, comma, by_start) if comma is not None else None
    agrees = name is not None and not (mention.gender and name.gender and mention.gender != name.gender)
    return name if agrees else None


def _is_of_another(doc: Doc, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name right after belongs to somebody within the description: "la esposa del alcalde X"."""
    last = doc[mention.end - 1]
    if (
        mention.end - mention.start < 3
        or last.i == mention.head
        or doc[mention.end - 2].lower_ not in ("de", "del")
    ):
        return False
    return lexicon.office_of(last.text) is not None


def _name_after_mark(doc: Doc, mark: int, by_start: Mapping[int, Mention]) -> Mention | None:
    """Name after a comma and perhaps an article, a rank or an epithet: ", el islamista X", ", general Y"."""
    for position in range(mark + 1, min(mark + 2 + _LONGEST_EPITHET_TOKENS, len(doc))):
        name = by_start.get(position)
        if name is not None:
            return name
        if doc[position].pos_ not in _EPITHET or not doc[position].text.islower():
            return None
    return None


def _after_brackets(doc: Doc, index: int) -> int:
    """One past an acronym in brackets or dashes: "presidente del Consejo (PCM), Ana Y"."""
    if index < len(doc) and doc[index].text in _CLOSING:
        closing = _CLOSING[doc[index].text]
        for position in range(index + 2, min(index + _LONGEST_BRACKET_TOKENS, len(doc))):
            if doc[position].text == closing:
                return position + 1
    return index


def _comma_after_complements(doc: Doc, index: int) -> int | None:
    """Comma to which only complements lead: no verb, pronoun or other mark in between."""
    for position in range(index, min(index + _LONGEST_COMPLEMENT_TOKENS, len(doc))):
        token = doc[position]
        if token.text == ",":
            return position
        if token.is_space or token.pos_ not in _COMPLEMENT or (token.pos_ == "PUNCT" and not token.is_quote):
            return None
    return None


def _name_before(doc: Doc, mention: Mention, by_end: Mapping[int, Mention]) -> Mention | None:
    """Name that a comma, and perhaps an article, part from the description after it."""
    comma = mention.start - 1
    name = by_end.get(comma) if comma >= 0 and doc[comma].text == "," else None
    if name is None and comma > 0 and doc[comma].pos_ == "DET" and doc[comma - 1].text == ",":
        name = by_end.get(comma - 1)
    return name


def _can_name(name: Mention, mention: Mention) -> bool:
    """Whether a name may be the description's; "su rival, X" shows that a group noun is one person."""
    return name.kind is mention.kind or (mention.kind is Kind.GROUP and name.kind is Kind.PERSON)


def _can_describe(doc: Doc, mention: Mention, name: Mention) -> bool:
    """Whether an office may be that of the person named before it, and not of one named after it."""
    people = name.kind is mention.kind is Kind.PERSON
    return people and bool(mention.offices) and not _has_own_name(doc, mention)


def _has_own_name(doc: Doc, mention: Mention) -> bool:
    end = mention.end
    return end < len(doc) and doc[end].text == "," and doc.text_of(end + 1, end + 2).istitle()


def _link(mention: Mention, entity: Entity) -> None:
    mention.entity = entity.index
    mention.resolved_by = ResolvedBy.NAME
    entity.mentions.append(mention)
    entity.offices |= mention.offices
    entity.gender = mention.gender or entity.gender
    entity.country = entity.country or mention.country
    entity.aliases.add(mention.text)


def link_acronyms(doc: Doc, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
    """Join "Fondo Monetario Internacional (FMI)" into one entity under the long name."""
    bodies = [mention for mention in mentions if mention.entity >= 0 and mention.kind is Kind.ORGANIZATION]
    for before, after in pairwise(bodies):
        beside = doc.text_of(before.end, after.start) in _ACRONYM_GAPS
        if beside and _is_acronym(after) and before.entity != after.entity:
            _unite(entities[before.entity], entities[after.entity])


def _is_acronym(mention: Mention) -> bool:
    return mention.proper and mention.text.isupper() and 1 < len(mention.text) <= _LONGEST_ACRONYM_CHARS


def _unite(long: Entity, short: Entity) -> None:
    for mention in short.mentions:
        mention.entity = long.index
        mention.resolved_by = ResolvedBy.ALIAS
    long.mentions.extend(short.mentions)
    long.aliases |= short.aliases | {short.name}
    long.medium = long.medium or short.medium
    short.mentions = []
