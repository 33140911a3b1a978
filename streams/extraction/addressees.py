"""To whom, or of whom, words are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler
from streams.extraction.cue_finder import FoundCue
from streams.extraction.layout import Range
from streams.extraction.references import References, Subject
from streams.extraction.syntax import case_of, dep
from streams.extraction.tokens import Token

_ARGUMENTS: Final = frozenset({"obj", "iobj", "obl", "dep", "nmod"})
_REACH: Final = 60
"""Tokens before the cue's sentence in which whom a clitic means is looked for."""


def find_addressees(
    cue: FoundCue,
    references: References,
    reading: str,
    content: list[Range],
    speakers: list[Filler],
    earlier: Sequence[Subject] = (),
) -> list[Filler]:
    """Find to whom, or of whom, the words are said; empty when the text names nobody."""
    if cue.source not in ("verb", "phrase", "open"):
        return []
    place = cue.addressee_for(reading) or "a"
    verb = references.doc[cue.anchor]
    names = {filler.name for filler in speakers}
    for child in _arguments(verb, place):
        if any(start <= child.i < end for start, end in content) or not _may_be_addressed(child, references):
            continue
        found = [f for f in references.fillers(child, "addressee") if f.name not in names]
        if found:
            return found
    return _clitic_addressee(verb, references, names, earlier, place)


def _arguments(verb: Token, place: str) -> Iterator[Token]:
    """Nominals where the cue has its addressee: after "a", or as the object."""
    for child in verb.children:
        if dep(child) not in _ARGUMENTS or child.pos_ == "PRON":
            continue
        case = case_of(child)
        if case == "a" or (place == "object" and case == "" and child.i > verb.i):
            yield child


def _may_be_addressed(token: Token, references: References) -> bool:
    """Whether somebody or some place is meant, and no news medium, which is only where it was said."""
    mention = references.by_token.get(token.i)
    if mention is None or (mention.kind is None and not mention.place):
        return False
    return not mention.medium and not (mention.entity >= 0 and references.entities[mention.entity].medium)


def _clitic_addressee(
    verb: Token, references: References, names: set[str], earlier: Sequence[Subject], place: str
) -> list[Filler]:
    """Whom a clitic means, the last other speaker or else the person last named: "le respondieron"."""
    grammar = references.lexicon.grammar
    clitics = grammar["dative_clitics"] | (grammar["accusative_clitics"] if place != "a" else frozenset())
    pronoun = next((c for c in verb.lefts if c.pos_ == "PRON" and c.lower_ in clitics), None)
    if pronoun is None:
        return []
    plural = pronoun.lower_.endswith("s")
    start = max(0, verb.sent.start - _REACH)
    for subject in reversed(earlier):
        if subject.index < start:
            break
        if subject.plural == plural and not names & {f.name for f in subject.fillers}:
            return [_addressed(f.name, f.kind, f.entity, f.country) for f in subject.fillers]
    return _named_last(verb, start, references, names, plural=plural)


def _named_last(
    verb: Token, start: int, references: References, names: set[str], *, plural: bool
) -> list[Filler]:
    """The person, or the group for a plural, named last between a token and the verb."""
    wanted = Kind.GROUP if plural else Kind.PERSON
    for mention in reversed(references.mentions):
        if mention.end > verb.i or mention.start < start or mention.entity < 0 or mention.kind is None:
            continue
        entity = references.entities[mention.entity]
        if entity.kind is wanted and entity.name not in names and not entity.medium:
            return [_addressed(entity.name, entity.kind, entity.index, entity.country)]
    return []


def _addressed(name: str, kind: Kind, entity: int, country: str | None) -> Filler:
    return Filler("addressee", name, kind, entity, country, None, ResolvedBy.COREFERENCE)
