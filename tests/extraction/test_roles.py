"""Who may fill a role, what the judge of roles sees of them, and whom it takes."""

from streams.extraction.annotations import Candidate
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.frames import load_event_types
from streams.extraction.judges import Judge
from streams.extraction.lexicon import load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.reading import EventReader
from streams.extraction.role_features import full_names, role_features
from streams.extraction.role_options import Option, role_options
from streams.extraction.roles import choose_fillers
from tests.builders import make_doc

TYPES = load_event_types()
MEETING = next(t for t in TYPES if t.name == "meeting")
MEETS = """
    Luis     PROPN  llegó    nsubj  _         _        PER
    Mora     PROPN  Luis     flat   _         _        PER
    llegó    VERB   =        ROOT   llegar    past
    tarde    ADV    llegó    advmod
    .        PUNCT  llegó    punct
    Ana      PROPN  reunió   nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    se       PRON   reunió   obj
    reunió   VERB   =        ROOT   reunir    past
    con      ADP    Eva      case
    Eva      PROPN  reunió   obl    _         _        PER
    Soler    PROPN  Eva      flat   _         _        PER
    y        CCONJ  vecinos  cc
    los      DET    vecinos  det
    vecinos  NOUN   Eva      conj   vecino    plur
    .        PUNCT  reunió   punct
"""


def read(table: str) -> tuple[EventReader, Candidate]:
    doc = make_doc(table)
    lexicon, words = load_lexicon(), load_reference_words()
    doc._.mentions = find_mentions(doc, lexicon)
    doc._.entities = resolve_entities(doc, doc._.mentions, lexicon, words)
    reader = EventReader(doc, "es", TYPES, {})
    reader.propose()
    return reader, next(c for c in reader.others if c.type == "meeting")


def options_by_name(reader: EventReader, candidate: Candidate) -> dict[str, Option]:
    options = role_options(candidate, reader.references, reader.reader.speakers)
    return {option.filler.name: option for option in options}


def test_everybody_around_may_take_part() -> None:
    reader, candidate = read(MEETS)
    options = options_by_name(reader, candidate)
    assert {"Ana Rubio", "Eva Soler", "Luis Mora"} <= set(options)
    assert [name for name, o in options.items() if o.back] == ["Luis Mora"]


def test_an_option_knows_where_it_stands() -> None:
    reader, candidate = read(MEETS)
    options = options_by_name(reader, candidate)
    assert "subject" in [where for where, _ in options["Ana Rubio"].positions]
    assert "con" in [where for where, _ in options["Eva Soler"].positions]


def test_features_name_role_path_and_preposition() -> None:
    reader, candidate = read(MEETS)
    options = role_options(candidate, reader.references, reader.reader.speakers)
    option = next(o for o in options if o.filler.name == "Eva Soler")
    found = full_names(
        "attendee", role_features(candidate, ["attendee"], option, options, reader.role_context())["attendee"]
    )
    assert {"attendee|path+case=>obl|con", "party|path+case=>obl|con"} <= set(found)
    assert len(found) == len(set(found))


def test_a_judge_takes_whoever_is_probable_enough() -> None:
    reader, candidate = read(MEETS)
    judge = Judge({"yes": {"bias": -5.0, "attendee|position=verb|con": 9.0}}, threshold=0.5)
    fillers = choose_fillers(candidate, MEETING, reader.role_context(), judge)
    assert "Eva Soler" in [f.name for f in fillers]
    assert "Ana Rubio" not in [f.name for f in fillers]
    assert {f.role for f in fillers} == {"attendee"}


def test_without_a_judge_roles_are_what_the_frames_say() -> None:
    reader, candidate = read(MEETS)
    before = list(candidate.fillers)
    reader.settle()
    assert candidate.fillers == before
    assert [f.name for f in before][:2] == ["Ana Rubio", "Eva Soler"]
