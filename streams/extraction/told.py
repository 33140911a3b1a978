"""What an article tells of each entity by descriptions; asked for each description that may mean it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from streams.extraction.annotations import Entity, Mention
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.reference_words import ReferenceWords
from streams.extraction.tokens import Doc


@dataclass(frozen=True, slots=True)
class Told:
    """Folded nouns, words and names in the descriptions of one entity; its own name counts as words."""

    heads: Set[str]
    words: Set[str]
    names: Set[str]

    @classmethod
    def of(cls, doc: Doc, entity: Entity) -> Told:
        """Collect them."""
        described = [m for m in entity.mentions if not m.proper]
        words = {fold(t.text) for m in described for t in doc[m.start : m.end]}
        return cls(
            heads={head_noun(doc, m) for m in described},
            words=words | set(fold(entity.name).split()),
            names={name for m in described for name in names_in(doc, m)},
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """What does not change from description to description of one article."""

    doc: Doc
    lexicon: Lexicon
    words: ReferenceWords
    told: dict[int, tuple[int, Told]] = field(default_factory=dict)

    def told_of(self, entity: Entity) -> Told:
        """What the descriptions of somebody say; kept until there is another."""
        count, told = self.told.get(entity.index, (-1, None))
        if told is None or count != len(entity.mentions):
            told = Told.of(self.doc, entity)
            self.told[entity.index] = (len(entity.mentions), told)
        return told


def head_noun(doc: Doc, mention: Mention) -> str:
    """Folded lemma of a description's noun."""
    return fold(doc[mention.head].lemma_)


def names_in(doc: Doc, mention: Mention) -> set[str]:
    """Folded proper nouns of a description."""
    return {fold(t.text) for t in doc[mention.start : mention.end] if t.pos_ == "PROPN"}
