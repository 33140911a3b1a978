"""Dates that are offered to a trigger, stays among them, and dates of one happening told twice."""

from functools import lru_cache

import pytest

from schemas import Basis
from streams.extraction.annotations import Candidate, DateFiller
from streams.extraction.date_choice import date_features, date_options
from streams.extraction.dates import place_in_doc, same_date, surer_date
from streams.extraction.lexicon import LANG_FOLDER
from streams.extraction.scene import Scene
from streams.extraction.temporal import Calendar, find_temporal_expressions, load_calendar
from tests.builders import make_doc

ARRIVAL = """
    Ana        PROPN  llegó      nsubj  _         _     PER
    llegó      VERB   =          ROOT   llegar    past
    el         DET    martes     det
    martes     NOUN   llegó      obl
    a          ADP    Quito      case
    Quito      PROPN  llegó      obl    _         _     LOC
    para       ADP    visita     case
    una        DET    visita     det
    visita     NOUN   llegó      obl
    de         ADP    días       case
    tres       NUM    días       nummod
    días       NOUN   visita     nmod
    .          PUNCT  llegó      punct
"""
UNTIL = """
    Ana        PROPN  llegó      nsubj  _         _     PER
    llegó      VERB   =          ROOT   llegar    past
    el         DET    martes     det
    martes     NOUN   llegó      obl
    y          CCONJ  seguirá    cc
    seguirá    VERB   llegó      conj   seguir    future
    allí       ADV    seguirá    advmod
    hasta      ADP    domingo    case
    el         DET    domingo    det
    domingo    NOUN   seguirá    obl
    .          PUNCT  llegó      punct
"""
SAID = """
    El         DET    lunes      det
    lunes      NOUN   llovió     obl
    llovió     VERB   =          ROOT   llover    past
    .          PUNCT  llovió     punct
    Ana        PROPN  dijo       nsubj  _         _     PER
    dijo       VERB   =          ROOT   decir     past
    ayer       ADV    dijo       advmod
    que        SCONJ  volverá    mark
    volverá    VERB   dijo       ccomp  volver    future
    mañana     ADV    volverá    advmod
    .          PUNCT  dijo       punct
"""


@lru_cache
def calendar() -> Calendar:
    return load_calendar(LANG_FOLDER / "es")


def values(table: str, candidate: Candidate) -> list[str]:
    """Values offered to a candidate of a table; published on Friday, 10 May 2024."""
    doc = make_doc(table)
    dated = place_in_doc(doc, find_temporal_expressions(doc, published=doc._.published, calendar=calendar()))
    options = date_options(doc, candidate, dated, calendar())
    scene = Scene(doc, [candidate])
    assert all(date_features(scene, candidate, option, options) for option in options)
    return [option.value for option in options]


def visit(anchor: int) -> Candidate:
    return Candidate("visit", anchor, [(anchor, anchor + 1)])


def test_a_duration_counts_from_the_day_of_arrival() -> None:
    assert values(ARRIVAL, visit(1)) == ["2024-05-07", "2024-05-07/2024-05-09"]


def test_a_duration_counts_back_from_the_day_that_ends_the_stay() -> None:
    table = ARRIVAL.replace("llegar ", "concluir ")
    assert values(table, visit(1)) == ["2024-05-07", "2024-05-05/2024-05-07"]


def test_two_days_span_a_stay_where_one_is_its_end() -> None:
    assert values(UNTIL, visit(1)) == ["2024-05-07", "2024-05-12", "2024-05-07/2024-05-12"]


def test_two_days_with_no_word_for_an_end_span_nothing() -> None:
    assert values(UNTIL.replace("hasta", "ante"), visit(1)) == ["2024-05-07", "2024-05-12"]


def test_a_statement_is_not_dated_by_what_is_said() -> None:
    candidate = Candidate("statement", 5, [(5, 6)], content=[(8, 10)])
    assert values(SAID, candidate) == ["2024-05-06", "2024-05-09"]


def filler(value: str, score: float = 0.5) -> DateFiller:
    return DateFiller(value, Basis.EXPLICIT, 0, 1, score)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2024-05-07", "2024-05-07", True),
        ("2024-05", "2024-05-07", True),
        ("2024-05-06/2024-05-08", "2024-05-07", True),
        ("2024-05/2024-06", "2024-05-07", True),
        ("2024-05-06/2024-05-08", "2024-05-09", False),
        ("2024-05-07", "2024-05-08", False),
    ],
)
def test_dates_agree_when_one_holds_the_other(one: str, other: str, same: bool) -> None:
    assert same_date(filler(one), filler(other)) is same
    assert same_date(filler(other), filler(one)) is same


def test_an_unknown_date_agrees_with_any_and_gives_way() -> None:
    assert same_date(None, filler("2024"))
    assert surer_date(None, filler("2024")) == filler("2024")


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        (filler("2024-05"), filler("2024-05-07"), "2024-05-07"),
        (filler("2024-05-07"), filler("2024-05-07/2024-05-09"), "2024-05-07/2024-05-09"),
        (filler("2024-05-07", 0.4), filler("2024-05-08", 0.9), "2024-05-08"),
    ],
    ids=["finer", "stay", "surer"],
)
def test_of_two_dates_the_finer_the_longer_stay_or_the_surer_is_kept(
    one: DateFiller, other: DateFiller, kept: str
) -> None:
    found = surer_date(one, other)
    assert found is not None
    assert found.value == kept
