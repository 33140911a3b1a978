"""Names that mean the same: "Ana Prieto Lobo" and "Prieto", a state and its aliases, a body's short form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas import Kind
from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.reference_words import ReferenceWords


def group_names(mentions: Iterable[Mention], lexicon: Lexicon, words: ReferenceWords) -> list[Entity]:
    """Make entities of the names that take part in events; sets `mention.entity`."""
    entities: list[Entity] = []
    for mention in mentions:
        if not mention.proper or mention.kind is None:
            continue
        entity = _find_named(mention, entities, words)
        if entity is None:
            entity = Entity(
                len(entities),
                _first_name(mention, lexicon),
                mention.kind,
                proper=True,
                country=mention.country,
            )
            entities.append(entity)
        else:
            _note_form(mention, entity)
        attach(mention, entity)
        entity.medium = entity.medium or mention.medium
    return entities


def attach(mention: Mention, entity: Entity) -> None:
    """Add a mention to an entity, which learns from it what it did not know."""
    mention.entity = entity.index
    entity.mentions.append(mention)
    entity.offices |= mention.offices
    entity.gender = entity.gender or mention.gender
    entity.country = entity.country or mention.country


def name_tokens(text: str, words: ReferenceWords) -> list[str]:
    """Folded words of a name that tell people apart: particles left out."""
    return [word for word in fold(text).replace("-", " ").split() if word not in words.name_particles]


def _first_name(mention: Mention, lexicon: Lexicon) -> str:
    """Name of a new entity: the article's own words, unless they abbreviate a state ("EE.UU.")."""
    country = lexicon.country_by_iso.get(mention.country or "") if mention.kind is Kind.COUNTRY else None
    abbreviated = mention.text.replace(".", "").replace(" ", "").isupper()
    return country.name if country is not None and abbreviated else mention.text


def _note_form(mention: Mention, entity: Entity) -> None:
    """Keep the fullest form as the name and the others as aliases; a state keeps its first."""
    if entity.kind is not Kind.COUNTRY and len(mention.text.split()) > len(entity.name.split()):
        entity.aliases.add(entity.name)
        entity.name = mention.text
    else:
        entity.aliases.add(mention.text)


def _find_named(mention: Mention, entities: Sequence[Entity], words: ReferenceWords) -> Entity | None:
    """Entity that a name repeats or shortens, the latest first."""
    tokens = name_tokens(mention.text, words)
    for entity in reversed(entities):
        if Kind.COUNTRY in (mention.kind, entity.kind):
            same = mention.kind is entity.kind and _same_state(mention, entity)
        else:
            same = _same_name(mention, tokens, entity, words)
        if same:
            return entity
    return None


def _same_state(mention: Mention, entity: Entity) -> bool:
    same_code = bool(mention.country) and mention.country == entity.country
    return same_code or fold(entity.name) == fold(mention.text)


def _same_name(mention: Mention, tokens: list[str], entity: Entity, words: ReferenceWords) -> bool:
    known = name_tokens(entity.name, words)
    if entity.kind is Kind.PERSON and mention.kind is Kind.PERSON and _same_person(tokens, known):
        return True
    if entity.kind is mention.kind and fold(entity.name) == fold(mention.text):
        return True
    if len(tokens) != 1:
        return False
    if entity.kind is mention.kind is Kind.ORGANIZATION:
        return " " in entity.name and fold(entity.name).split()[0] == tokens[0]
    # A surname alone that the model took for a body or a place, after the person was named in full.
    return entity.kind is Kind.PERSON and tokens[0] in known[1:]


def _same_person(one: list[str], other: list[str]) -> bool:
    """Whether the shorter name's words stand in the longer one, in their order."""
    short, long = sorted((one, other), key=len)
    if not short or not all(word in long for word in short):
        return False
    positions = [long.index(word) for word in short]
    return positions == sorted(positions)
