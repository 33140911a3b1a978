"""Mentions → entities: short names, acronyms, appositions, offices, nationality, "ambos mandatarios".

Names are grouped over the whole article first, with the offices that stand beside them, so that a
description can refer to somebody who is named only later. Descriptions then look for the nearest
entity that agrees in office, country, gender and number (hard constraints before recency, as in coreferee).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from spacy.tokens import Doc

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import LANG_FOLDER, Lexicon, fold

_DEFINITE: Final = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "este",
        "esta",
        "estos",
        "estas",
        "ese",
        "esa",
        "esos",
        "esas",
        "dicho",
        "dicha",
        "su",
        "sus",
        "al",
        "del",
    ]
)
_PAIR_WORDS: Final = frozenset({"ambos", "ambas", "dos"})
_SURNAME_PARTICLES: Final = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "y",
        "e",
        "al",
        "el",
        "bin",
        "ben",
        "von",
        "van",
        "der",
        "da",
        "do",
        "dos",
        "di",
        "abu",
    ]
)

if not Doc.has_extension("entities"):
    Doc.set_extension("entities", default=())


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """`reference.yaml`: generic nouns, nouns for pairs, nouns for the other side."""

    generic: dict[str, frozenset[str]]
    pairs: dict[str, frozenset[str]]
    always_pairs: frozenset[str]
    generic_organizations: frozenset[str]
    counterpart: frozenset[str]


@lru_cache(maxsize=4)
def load_reference_words(language: str = "es", *, folder: Path = LANG_FOLDER) -> ReferenceWords:
    """Read `reference.yaml` of a language."""
    data: dict[str, Any] = yaml.safe_load((folder / language / "reference.yaml").read_text("utf-8"))
    return ReferenceWords(
        generic={fold(noun): frozenset(classes) for noun, classes in data["generic"].items()},
        pairs=_invert(data["pairs"]),
        generic_organizations=frozenset(fold(noun) for noun in data["generic_organizations"]),
        always_pairs=frozenset(fold(noun) for noun in data["always_pairs"]),
        counterpart=frozenset(fold(noun) for noun in data["counterpart"]),
    )


def _invert(nouns_by_kind: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, nouns in nouns_by_kind.items():
        for noun in nouns:
            kinds.setdefault(fold(noun), set()).add(kind)
    return {noun: frozenset(found) for noun, found in kinds.items()}


def resolve_entities(
    doc: Doc, mentions: list[Mention], lexicon: Lexicon, words: ReferenceWords
) -> list[Entity]:
    """Group mentions into entities; sets `mention.entity` and `mention.resolved_by`.

    Returns:
        Entities in order of first mention; `entity.name` is the fullest name that the article gives.
    """
    entities: list[Entity] = []
    for mention in mentions:
        if mention.proper and mention.kind is not None:
            _enter_name(mention, entities, lexicon)
    _link_appositions(doc, mentions, entities, lexicon)
    _link_acronyms(doc, mentions, entities)
    for mention in mentions:
        if mention.entity < 0 and not mention.proper and mention.kind is not None:
            _resolve_description(doc, mention, mentions, entities, words)
    return entities


def name_tokens(text: str) -> list[str]:
    """Folded words of a name that tell people apart: particles left out."""
    return [word for word in fold(text).replace("-", " ").split() if word not in _SURNAME_PARTICLES]


def _enter_name(mention: Mention, entities: list[Entity], lexicon: Lexicon) -> None:
    match = _find_named(mention, entities)
    if match is None:
        country = lexicon.country_by_iso.get(mention.country or "") if mention.kind is Kind.COUNTRY else None
        # The article's own word for a state, unless it is an abbreviation ("EE.UU.").
        shortened = mention.text.replace(".", "").replace(" ", "").isupper()
        name = country.name if country is not None and shortened else mention.text
        assert mention.kind is not None
        match = Entity(len(entities), name, mention.kind, proper=True, country=mention.country)
        entities.append(match)
    elif match.kind is not Kind.COUNTRY and len(mention.text.split()) > len(match.name.split()):
        match.aliases.add(match.name)
        match.name = mention.text
    else:
        match.aliases.add(mention.text)
    _attach(mention, match)
    match.medium = match.medium or mention.medium


def _attach(mention: Mention, entity: Entity) -> None:
    mention.entity = entity.index
    entity.mentions.append(mention)
    entity.offices |= mention.offices
    entity.gender = entity.gender or mention.gender
    entity.country = entity.country or mention.country


def _find_named(mention: Mention, entities: list[Entity]) -> Entity | None:
    words = name_tokens(mention.text)
    for entity in reversed(entities):
        if not entity.proper:
            continue
        if mention.kind is Kind.COUNTRY or entity.kind is Kind.COUNTRY:
            if mention.kind is entity.kind and (
                (mention.country and mention.country == entity.country)
                or fold(entity.name) == fold(mention.text)
            ):
                return entity
            continue
        if (
            entity.kind is Kind.PERSON
            and mention.kind is Kind.PERSON
            and _same_person(words, name_tokens(entity.name))
        ):
            return entity
        if entity.kind is mention.kind and fold(entity.name) == fold(mention.text):
            return entity
        if (
            entity.kind is mention.kind is Kind.ORGANIZATION
            and len(words) == 1
            and " " in entity.name
            and fold(entity.name).split()[0] == words[0]
        ):
            return entity
        # A surname alone that the model took for a body or a place, after the person was named in full.
        if entity.kind is Kind.PERSON and len(words) == 1 and words[0] in name_tokens(entity.name)[1:]:
            return entity
    return None


def _same_person(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    positions = [long.index(word) if word in long else -1 for word in short]
    return -1 not in positions and positions == sorted(positions)


def _link_appositions(doc: Doc, mentions: list[Mention], entities: list[Entity], lexicon: Lexicon) -> None:
    """Join descriptions to the name beside them, right to left: "la jefa de la misión, la danesa X, portavoz"."""
    by_start = {mention.start: mention for mention in mentions if mention.proper and mention.entity >= 0}
    ends = {mention.end: mention for mention in mentions if mention.proper and mention.entity >= 0}
    for mention in reversed(mentions):
        if mention.proper or mention.plural or mention.kind is None:
            continue
        name = by_start.get(mention.end)
        position = mention.end
        if name is None and position < len(doc) and doc[position].text in (",", '"', "(", "–", "—", "-"):
            position += 1
            if position < len(doc) and doc[position].pos_ == "DET":
                position += 1
            name = by_start.get(position) or by_start.get(mention.end + 1)
        if name is not None and _can_name(name, mention) and not _inside(mention, name):
            mention.kind = name.kind
            _link(mention, name, entities)
            by_start[mention.start] = mention
            continue
        before = (
            ends.get(mention.start - 1) if mention.start > 0 and doc[mention.start - 1].text == "," else None
        )
        if (
            before is None
            and mention.start > 1
            and doc[mention.start - 1].pos_ == "DET"
            and doc[mention.start - 2].text == ","
        ):
            before = ends.get(mention.start - 2)
        if (
            before is not None
            and before.kind is mention.kind is Kind.PERSON
            and mention.offices
            and not _has_own_name(doc, mention)
        ):
            _link(mention, before, entities)


def _can_name(name: Mention, mention: Mention) -> bool:
    """Whether a name may be that of the description beside it; "su rival, X" shows that the group noun is one person."""
    return name.kind is mention.kind or (mention.kind is Kind.GROUP and name.kind is Kind.PERSON)


def _inside(mention: Mention, name: Mention) -> bool:
    return mention.start <= name.start < mention.end


def _has_own_name(doc: Doc, mention: Mention) -> bool:
    return (
        mention.end < len(doc)
        and doc[mention.end].text == ","
        and doc[mention.end + 1 : mention.end + 2].text.istitle()
    )


def _link(mention: Mention, name: Mention, entities: list[Entity]) -> None:
    entity = entities[name.entity]
    mention.entity = entity.index
    mention.resolved_by = ResolvedBy.NAME
    entity.mentions.append(mention)
    entity.offices |= mention.offices
    entity.gender = mention.gender or entity.gender
    entity.country = entity.country or mention.country
    entity.aliases.add(mention.text)


def _link_acronyms(doc: Doc, mentions: list[Mention], entities: list[Entity]) -> None:
    """Join "Fondo Monetario Internacional (FMI)" into one entity under the long name."""
    names = [mention for mention in mentions if mention.entity >= 0 and mention.kind is Kind.ORGANIZATION]
    for before, after in zip(names, names[1:], strict=False):
        if not (after.proper and after.text.isupper() and 1 < len(after.text) < 9):
            continue
        gap = doc[before.end : after.start].text
        if gap in ("(", '("', ', "', '"') and before.entity != after.entity:
            long, short = entities[before.entity], entities[after.entity]
            for mention in short.mentions:
                mention.entity = long.index
                mention.resolved_by = ResolvedBy.ALIAS
            long.mentions.extend(short.mentions)
            long.aliases |= short.aliases | {short.name}
            long.medium = long.medium or short.medium
            short.mentions = []


def _resolve_description(
    doc: Doc, mention: Mention, mentions: list[Mention], entities: list[Entity], words: ReferenceWords
) -> None:
    head = fold(doc[mention.head].lemma_)
    definite = mention.start > 0 and doc[mention.start - 1].lower_ in _DEFINITE
    if mention.kind is Kind.PERSON and definite:
        entity = _nearest_agreeing(doc, mention, head, entities, words)
        if entity is not None:
            mention.resolved_by = ResolvedBy.COREFERENCE
            _attach(mention, entity)
            return
    entity = _same_description(mention, entities)
    if (
        entity is None
        and mention.kind is Kind.ORGANIZATION
        and definite
        and head in words.generic_organizations
    ):
        entity = _last_organization(mention, entities)
        if entity is not None:
            mention.resolved_by = ResolvedBy.COREFERENCE
            _attach(mention, entity)
            return
    if entity is None and mention.kind is Kind.PERSON and definite:
        entity = _only_person_at_hand(doc, mention, head, entities, words)
        if entity is not None:
            mention.resolved_by = ResolvedBy.COREFERENCE
            _attach(mention, entity)
            return
    if entity is None:
        assert mention.kind is not None
        entity = Entity(len(entities), mention.text, mention.kind, proper=False, plural=mention.plural)
        entities.append(entity)
    mention.resolved_by = ResolvedBy.DESCRIPTION
    _attach(mention, entity)


def _same_description(mention: Mention, entities: list[Entity]) -> Entity | None:
    for entity in reversed(entities):
        if not entity.proper and entity.kind is mention.kind and fold(entity.name) == fold(mention.text):
            return entity
    return None


def _last_organization(mention: Mention, entities: list[Entity]) -> Entity | None:
    """ "la compañía", "el sindicato": the body named last, if the words add nothing of their own."""
    if mention.end - mention.start > 1:
        return None
    before = [
        ((len(e.mentions), max(m.start for m in e.mentions if m.end <= mention.start)), e)
        for e in entities
        if e.kind is Kind.ORGANIZATION
        and e.proper
        and not e.medium
        and any(m.end <= mention.start for m in e.mentions)
    ]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _only_person_at_hand(
    doc: Doc, mention: Mention, head: str, entities: list[Entity], words: ReferenceWords
) -> Entity | None:
    """The one person of fitting gender, office unknown, named in this sentence or the two before it."""
    if head in words.counterpart or mention.country:
        return None
    earliest = doc[mention.start].sent.start
    for _ in range(2):
        earliest = doc[max(0, earliest - 1)].sent.start
    found = [
        entity
        for entity in entities
        if entity.kind is Kind.PERSON
        and entity.proper
        and not entity.offices
        and (not entity.gender or not mention.gender or entity.gender == mention.gender)
        and any(earliest <= m.start < mention.start for m in entity.mentions)
    ]
    return found[0] if len(found) == 1 else None


def _nearest_agreeing(
    doc: Doc, mention: Mention, head: str, entities: list[Entity], words: ReferenceWords
) -> Entity | None:
    other_side = head in words.counterpart
    classes = words.generic.get(head, frozenset()) | mention.offices
    best: tuple[int, int, Entity] | None = None
    for entity in entities:
        if entity.kind is not Kind.PERSON or not entity.mentions or entity.medium:
            continue
        if mention.gender and entity.gender and mention.gender != entity.gender:
            continue
        if mention.country and entity.country and mention.country != entity.country:
            continue
        office_fits = bool(classes & entity.offices) or "any" in classes
        nation_fits = bool(mention.country) and mention.country == entity.country
        if mention.offices and not other_side:
            if not office_fits:
                continue
        elif not nation_fits:
            continue
        before = [m.end for m in entity.mentions if m.end <= mention.start]
        if not entity.proper and (not before or fold(doc[entity.mentions[0].head].lemma_) != head):
            continue
        distance = mention.start - max(before) if before else 100_000 + entity.mentions[0].start
        key = (0 if nation_fits or not mention.country else 1, distance, entity)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best else None


def members_of_pair(
    doc: Doc, start: int, end: int, entities: list[Entity], mentions: list[Mention], words: ReferenceWords
) -> list[Entity]:
    """Find the members of "ambos mandatarios", "los dos países", "las partes"; empty when there are not two.

    People and bodies are the last two that fit; states the two that the article names most, by
    name or by nationality, since a bilateral story is about the same two throughout.

    Args:
        doc: The article.
        start: First token of the phrase ("ambos", "los").
        end: One past its last token.
        entities: All entities of the article.
        mentions: All mentions, for the nationalities that they name.
        words: Which nouns mean a pair of what.
    """
    phrase = [doc[i] for i in range(start, end)]
    nouns = [key for t in phrase for key in (fold(t.lemma_), fold(t.text)) if key in words.pairs]
    counted = any(token.lower_ in _PAIR_WORDS for token in phrase)
    if not counted and not any(fold(t.text) in words.always_pairs for t in phrase):
        return []
    kinds = {kind for noun in nouns for kind in words.pairs[noun]} or {"person", "country"}
    for kind in (Kind.PERSON, Kind.COUNTRY, Kind.ORGANIZATION):
        if kind.value not in kinds:
            continue
        found = (
            _most_named_states(entities, mentions)
            if kind is Kind.COUNTRY
            else _last_two(kind, start, entities)
        )
        if len(found) == 2:
            return sorted(found, key=lambda e: e.index)
    return []


def _last_two(kind: Kind, start: int, entities: list[Entity]) -> list[Entity]:
    fitting = [
        (max(m.start for m in e.mentions if m.start < start), e)
        for e in entities
        if e.kind is kind
        and e.proper
        and not e.medium
        and (kind is not Kind.PERSON or e.offices or " " in e.name)
        and any(m.start < start for m in e.mentions)
    ]
    return [e for _, e in sorted(fitting, key=lambda pair: -pair[0])[:2]]


def _most_named_states(entities: list[Entity], mentions: list[Mention]) -> list[Entity]:
    counts: dict[str, int] = {}
    for mention in mentions:
        if mention.country and (mention.kind is not None or mention.place):
            counts[mention.country] = counts.get(mention.country, 0) + 1
    ranked = sorted(counts, key=lambda iso: -counts[iso])[:2]
    by_iso = {e.country: e for e in entities if e.kind is Kind.COUNTRY and e.country}
    return [by_iso[iso] for iso in ranked if iso in by_iso]
