"""Mentions of one happening → one candidate."""

import spacy
from spacy.tokens import Doc

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Candidate, Filler
from streams.extraction.frames import load_event_types
from streams.extraction.merge import merge_candidates

TYPES = {event_type.name: event_type for event_type in load_event_types()}
DOC = Doc(spacy.blank("es").vocab, words=["x"] * 20)

Party = tuple[str, Kind, str | None]
CHILE: Party = ("Chile", Kind.COUNTRY, "CL")
PERU: Party = ("Perú", Kind.COUNTRY, "PE")
BOLIVIA: Party = ("Bolivia", Kind.COUNTRY, "BO")
CHILEAN: Party = ("Elena Fuenzalida", Kind.PERSON, "CL")
PERUVIAN: Party = ("Raúl Ccori", Kind.PERSON, "PE")
STATELESS: Party = ("Ana Ruiz", Kind.PERSON, None)


def signing(anchor: int, *parties: Party, echo: bool = False) -> Candidate:
    candidate = Candidate(type="signing", anchor=anchor, triggers=[(anchor, anchor + 1)])
    candidate.fillers = [
        Filler("signatory", name, kind, i, country, None, ResolvedBy.NAME)
        for i, (name, kind, country) in enumerate(parties)
    ]
    candidate.echo = echo
    return candidate


def merged(*candidates: Candidate) -> list[list[str]]:
    return [[f.name for f in c.fillers] for c in merge_candidates(candidates, TYPES)]


def test_countries_and_those_who_act_for_them_sign_once() -> None:
    assert merged(signing(1, CHILE, PERU), signing(5, CHILEAN, PERUVIAN)) == [
        ["Chile", "Perú", "Elena Fuenzalida", "Raúl Ccori"]
    ]


def test_other_countries_sign_something_else() -> None:
    assert len(merged(signing(1, CHILE, BOLIVIA), signing(5, CHILEAN, PERUVIAN))) == 2


def test_one_whose_country_is_unknown_joins_nothing() -> None:
    assert len(merged(signing(1, CHILE, PERU), signing(5, CHILEAN, STATELESS))) == 2


def test_a_single_country_is_not_enough() -> None:
    assert len(merged(signing(1, CHILE), signing(5, CHILEAN))) == 2


def test_fewer_of_the_same_signatories_are_the_same_signing() -> None:
    assert merged(signing(1, CHILE, PERU), signing(5, CHILE)) == [["Chile", "Perú"]]


def test_an_echo_with_nothing_to_join_is_dropped() -> None:
    assert merged(signing(1, echo=True)) == []
