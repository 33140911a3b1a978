"""News media as sources: what they report, and which medium "la agencia" is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemas import Kind
from streams.extraction.annotations import Filler
from streams.extraction.layout import Range
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.references import References


@dataclass(frozen=True, slots=True)
class Report:
    """Something attributed to a medium: which tokens it covers, who, by which cue."""

    ranges: tuple[Range, ...]
    filler: Filler
    cue: Range


def is_medium(filler: Filler, references: References, lexicon: Lexicon) -> bool:
    """Whether a would-be speaker is a news medium, by name or by noun ("la agencia")."""
    if filler.entity >= 0:
        entity = references.entities[filler.entity]
        return entity.medium or (not entity.proper and _names_medium(filler.name, lexicon))
    return _names_medium(filler.name, lexicon)


def _names_medium(name: str, lexicon: Lexicon) -> bool:
    return fold(name.split()[0]) in lexicon.media_nouns or lexicon.is_medium(name)


def named_medium(filler: Filler, references: References) -> Filler:
    """The name behind "la agencia": beside the words, or the medium named last before them."""
    if filler.mention is None or (filler.entity >= 0 and references.entities[filler.entity].proper):
        return filler
    start, end = filler.mention
    media = [m for m in references.mentions if m.proper and m.medium]
    found = next((m for m in media if start <= m.start <= end + 1), None)
    definite = references.doc[max(0, start - 1)].lower_ in ("la", "el", "del", "al")
    if found is None and end - start == 1 and definite:
        found = next((m for m in reversed(media) if m.end <= start), None)
    if found is None:
        return filler
    name = references.entities[found.entity].name if found.entity >= 0 else found.text
    return replace(filler, name=name, kind=Kind.ORGANIZATION)
