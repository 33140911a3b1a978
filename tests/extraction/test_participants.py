"""Who fills the roles: subjects, partners, agents, lists, those who lead a delegation."""

from tests.extraction.reading import TWO_MET, only, roles

PARTNERS = """
    Ana     PROPN  reunió  nsubj    _       _     PER
    Rubio   PROPN  Ana     flat     _       _     PER
    se      PRON   reunió  expl:pv  él
    reunió  VERB   =       ROOT     reunir  past
    con     ADP    Luis    case
    Luis    PROPN  reunió  obj      _       _     PER
    Soto    PROPN  Luis    flat     _       _     PER
    y       CCONJ  Eva     cc
    con     ADP    Eva     case
    Eva     PROPN  Luis    conj     _       _     PER
    Paz     PROPN  Eva     flat     _       _     PER
    .       PUNCT  reunió  punct
"""
RECEIVED = """
    Ana       PROPN  recibida  nsubj  _        _     PER
    Rubio     PROPN  Ana       flat   _        _     PER
    fue       AUX    recibida  aux    ser      past
    recibida  VERB   =         ROOT   recibir  Gender=Fem|Number=Sing|Tense=Past|VerbForm=Part
    por       ADP    Luis      case
    Luis      PROPN  recibida  obj    _        _     PER
    Soto      PROPN  Luis      flat   _        _     PER
    .         PUNCT  recibida  punct
"""
DELEGATION = """
    Una         DET    delegación  det    uno        Gender=Fem|Number=Sing
    delegación  NOUN   visitó      nsubj  _          Gender=Fem|Number=Sing
    encabezada  ADJ    delegación  amod   encabezado Gender=Fem|Number=Sing
    por         ADP    Ana         case
    Ana         PROPN  encabezada  obj    _          _                       PER
    Rubio       PROPN  Ana         flat   _          _                       PER
    visitó      VERB   =           ROOT   visitar    past
    Quito       PROPN  visitó      obj    _          _                       LOC
    .           PUNCT  visitó      punct
"""
NOUN = """
    La      DET    visita  det    el     Gender=Fem|Number=Sing
    visita  NOUN   acabó   nsubj  _      Gender=Fem|Number=Sing
    de      ADP    Ana     case
    Ana     PROPN  visita  nmod   _      _                       PER
    Rubio   PROPN  Ana     flat   _      _                       PER
    a       ADP    Lima    case
    Lima    PROPN  visita  nmod   _      _                       LOC
    acabó   VERB   =       ROOT   acabar past
    .       PUNCT  acabó   punct
"""
MEDIUM = """
    Radio    PROPN  reunió  nsubj    _       _     ORG
    Callao   PROPN  Radio   flat     _       _     ORG
    se       PRON   reunió  expl:pv  él
    reunió   VERB   =       ROOT     reunir  past
    con      ADP    Ana     case
    Ana      PROPN  reunió  obl      _       _     PER
    Rubio    PROPN  Ana     flat     _       _     PER
    .        PUNCT  reunió  punct
"""


def test_every_member_of_a_list_takes_part() -> None:
    assert roles(only(TWO_MET, "meeting")) == [("attendee", "Ana Rubio"), ("attendee", "Luis Soto")]


def test_partners_take_part_like_the_subject() -> None:
    names = {name for _, name in roles(only(PARTNERS, "meeting"))}
    assert names == {"Ana Rubio", "Luis Soto", "Eva Paz"}


def test_in_a_passive_both_sides_meet() -> None:
    assert {name for _, name in roles(only(RECEIVED, "meeting"))} == {"Ana Rubio", "Luis Soto"}


def test_who_leads_a_delegation_travels_too() -> None:
    assert ("visitor", "Ana Rubio") in roles(only(DELEGATION, "visit"))


def test_a_noun_has_its_participant_after_a_preposition() -> None:
    assert roles(only(NOUN, "visit")) == [("visitor", "Ana Rubio")]


def test_nobody_takes_part_twice() -> None:
    for table, kind in ((TWO_MET, "meeting"), (PARTNERS, "meeting"), (DELEGATION, "visit")):
        found = roles(only(table, kind))
        assert len(found) == len(set(found))


def test_a_filler_knows_its_words() -> None:
    candidate = only(TWO_MET, "meeting")
    assert [filler.mention for filler in candidate.fillers] == [(0, 2), (3, 5)]
