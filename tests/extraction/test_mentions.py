"""Names and descriptions: what refers to somebody, some body or some place."""

from schemas import Kind
from streams.extraction.annotations import Mention
from tests.extraction.reading import doc_of

MINISTER = """
    La        DET    ministra  det    el       Gender=Fem|Number=Sing
    ministra  NOUN   llegó     nsubj  _        Gender=Fem|Number=Sing
    de        ADP    Sanidad   case
    Sanidad   PROPN  ministra  nmod   _        _                       ORG
    ,         PUNCT  Ana       punct
    Ana       PROPN  ministra  appos  _        _                       PER
    Rubio     PROPN  Ana       flat   _        _                       PER
    ,         PUNCT  Ana       punct
    llegó     VERB   =         ROOT   llegar   past
    a         ADP    Lima      case
    Lima      PROPN  llegó     obl    _        _                       LOC
    .         PUNCT  llegó     punct
"""
PRESIDENT = """
    El          DET    presidente  det    _       Gender=Masc|Number=Sing
    presidente  NOUN   habló       nsubj  _       Gender=Masc|Number=Sing
    chileno     ADJ    presidente  amod   _       Gender=Masc|Number=Sing
    habló       VERB   =           ROOT   hablar  past
    en          ADP    Radio       case
    Radio       PROPN  habló       obl    _       _                        ORG
    Callao      PROPN  Radio       flat   _       _                        ORG
    .           PUNCT  habló       punct
"""
LAW = """
    Los        DET    vecinos    det    _         Gender=Masc|Number=Plur
    vecinos    NOUN   celebran   nsubj  _         Gender=Masc|Number=Plur
    celebran   VERB   =          ROOT   celebrar  Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin
    la         DET    lluvia     det    el        Gender=Fem|Number=Sing
    lluvia     NOUN   celebran   obj    _         Gender=Fem|Number=Sing
    .          PUNCT  celebran   punct
"""


def mention(table: str, words: str) -> Mention:
    doc = doc_of(table)
    found = [m for m in doc._.mentions if words in doc.text_of(m.start, m.end)]
    assert found, f"no mention with {words!r}"
    return min(found, key=lambda m: m.end - m.start)


def test_a_name_is_a_proper_mention_of_a_person() -> None:
    ana = mention(MINISTER, "Ana Rubio")
    assert (ana.kind, ana.proper, ana.place) == (Kind.PERSON, True, False)


def test_an_office_is_a_mention_with_its_gender() -> None:
    minister = mention(MINISTER, "ministra")
    assert (minister.kind, minister.proper, minister.gender) == (Kind.PERSON, False, "f")
    assert minister.offices


def test_a_town_is_a_place_with_its_country() -> None:
    lima = mention(MINISTER, "Lima")
    assert (lima.place, lima.country) == (True, "PE")


def test_a_demonym_gives_the_country() -> None:
    president = mention(PRESIDENT, "presidente")
    assert (president.kind, president.country, president.gender) == (Kind.PERSON, "CL", "m")


def test_a_medium_is_known_as_one() -> None:
    assert mention(PRESIDENT, "Radio Callao").medium


def test_a_plural_description_is_plural() -> None:
    assert mention(LAW, "vecinos").plural


def test_things_are_nobody() -> None:
    doc = doc_of(LAW)
    assert not [m for m in doc._.mentions if "lluvia" in doc.text_of(m.start, m.end) and m.kind is not None]
