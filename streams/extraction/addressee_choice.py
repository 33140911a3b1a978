"""To whom, or of whom, words are said: everybody near the cue of whom a judge says so."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import ResolvedBy
from streams.extraction.addressee_features import address_of, addressee_features
from streams.extraction.addressee_options import AddresseeOption, addressee_options
from streams.extraction.annotations import Filler
from streams.extraction.judges import Judge
from streams.extraction.references import filler_of
from streams.extraction.speaker_scene import CueScene


def choose_addressees(
    at: CueScene,
    act: str,
    place: str | None,
    speakers: Sequence[Filler],
    *,
    rule: Sequence[Filler],
    judge: Judge,
) -> list[Filler]:
    """Whoever is addressed, or accused, criticised, praised or thanked; at most once each.

    Args:
        at: The cue, and what was said before it.
        act: Act of the statement.
        place: Where the cue's reading has its addressee: `a`, `object`, None.
        speakers: Who speaks, never an addressee.
        rule: What `addressees.find_addressees` proposes.
        judge: Trained on `addressee_features`.
    """
    address = address_of(at, act, place)
    found: dict[str, Filler] = {}
    for option in addressee_options(at, speakers, rule):
        if judge.probability(addressee_features(address, option)) >= judge.threshold:
            filler = filler_of_option(option)
            found.setdefault(filler.name, filler)
    return list(found.values())


def filler_of_option(option: AddresseeOption) -> Filler:
    """An option in the role."""
    if option.filler is not None:
        return option.filler
    assert option.entity is not None
    entity = option.entity
    if option.mention is not None:
        return filler_of("addressee", entity, option.mention)
    how = ResolvedBy.COREFERENCE
    return Filler("addressee", entity.name, entity.kind, entity.index, entity.country, None, how)
