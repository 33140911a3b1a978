"""What a mention says about itself, and what holds for any text."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from schemas.temporal import CALENDAR_VALUE, Basis
from streams.extraction.plain import plain
from streams.extraction.temporal import Calendar, TemporalMention, find_temporal_expressions

PUBLISHED = date(2000, 10, 13)

WORDS = [
    "el",
    "la",
    "los",
    "del",
    "al",
    "lunes",
    "martes",
    "próximo",
    "pasado",
    "este",
    "ese",
    "semana",
    "mes",
    "año",
    "que",
    "viene",
    "19",
    "31",
    "2000",
    "1999",
    "de",
    "octubre",
    "mayo",
    "hasta",
    "desde",
    "entre",
    "y",
    "a",
    ",",
    ".",
    "-",
    "(",
    ")",
    "/",
    "hoy",
    "mañana",
    "ayer",
    "víspera",
    "hace",
    "tres",
    "días",
    "dentro",
    "después",
    "antes",
    "fin",
    "principios",
    "Navidad",
    "Semana",
    "Santa",
    "otoño",
    "trimestre",
    "primer",
    "década",
    "los",
    "noventa",
    "por",
    "la",
    "noche",
    "firmará",
    "firmó",
    "ŉ",
    "\xa0",
    "\n",
    "\ud7ff",
    "𝟚𝟘𝟘𝟘",
    "٣",
    "İ",
    "ß",
]


def _find(nlp: Language, text: str, calendar: Calendar, published: date = PUBLISHED) -> list[TemporalMention]:
    return find_temporal_expressions(plain(nlp(text)), published=published, calendar=calendar)


@pytest.mark.parametrize(
    ("text", "basis", "anchor"),
    [
        ("Nació el 19 de octubre de 1950.", Basis.EXPLICIT, "none"),
        ("En 1999 se fue.", Basis.EXPLICIT, "none"),
        ("Caracas, 13 oct (EFE).- Llegó.", Basis.EXPLICIT, "publication"),
        ("Se fue ayer.", Basis.RELATIVE, "publication"),
        ("Firmarán el 19 de octubre.", Basis.RELATIVE, "publication"),
    ],
)
def test_mention_says_what_it_rests_on(
    text: str, basis: Basis, anchor: str, blank: Language, calendar: Calendar
) -> None:
    (mention,) = _find(blank, text, calendar)
    assert (mention.basis, mention.anchor) == (basis, anchor)


def test_mention_counted_from_an_earlier_date_is_anchored_in_the_text(
    blank: Language, calendar: Calendar
) -> None:
    _, second = _find(blank, "Llegó el martes y al día siguiente habló.", calendar)
    assert second.anchor == "text"


def test_tense_is_read_from_the_parse_where_there_is_one(blank: Language, calendar: Calendar) -> None:
    """A present tense looks forward, which endings alone cannot tell."""
    words = ["La", "cumbre", "comienza", "el", "jueves"]
    doc = Doc(
        blank.vocab,
        words=words,
        pos=["DET", "NOUN", "VERB", "DET", "NOUN"],
        heads=[1, 2, 2, 4, 2],
        deps=["det", "nsubj", "ROOT", "det", "obl"],
        morphs=["", "", "Mood=Ind|Tense=Pres|VerbForm=Fin", "", ""],
    )
    (mention,) = find_temporal_expressions(plain(doc), published=PUBLISHED, calendar=calendar)
    assert mention.value == "2000-10-19"


def test_infinitive_takes_the_direction_of_its_governor(blank: Language, calendar: Calendar) -> None:
    words = ["Aceptó", "viajar", "a", "Roma", "el", "lunes"]
    doc = Doc(
        blank.vocab,
        words=words,
        pos=["VERB", "VERB", "ADP", "PROPN", "DET", "NOUN"],
        heads=[0, 0, 3, 1, 5, 1],
        deps=["ROOT", "xcomp", "case", "obl", "det", "obl"],
        morphs=["Mood=Ind|Tense=Past|VerbForm=Fin", "VerbForm=Inf", "", "", "", ""],
        lemmas=["aceptar", "viajar", "a", "Roma", "el", "lunes"],
    )
    (mention,) = find_temporal_expressions(plain(doc), published=PUBLISHED, calendar=calendar)
    assert mention.value == "2000-10-16"


def test_dates_do_not_cross_lines(blank: Language, calendar: Calendar) -> None:
    assert [found.text for found in _find(blank, "Es del 19 de\noctubre de 1999", calendar)] == [
        "octubre de 1999"
    ]


def test_empty_doc_has_no_dates(calendar: Calendar) -> None:
    assert find_temporal_expressions(plain(Doc(Vocab())), published=PUBLISHED, calendar=calendar) == []


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)),
    day=st.dates(),
)
def test_any_text_gives_valid_ordered_mentions(
    text: str, day: date, blank: Language, calendar: Calendar
) -> None:
    mentions = _find(blank, text, calendar, day)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert CALENDAR_VALUE.match(mention.value)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    "piece",
    [
        "el lunes y ",
        "2 y ",
        "de octubre ",
        "1999-",
        "a ",
        "el 3, el ",
        "   ",
        "hace tres días ",
        "víspera",
        "al final del ",
    ],
)
def test_time_grows_with_the_text_only(piece: str, blank: Language, calendar: Calendar) -> None:
    """Twice the text takes about twice the time, not four times: no quadratic corner."""

    def seconds(count: int) -> float:
        doc = blank(piece * count)
        started = time.perf_counter()
        find_temporal_expressions(plain(doc), published=PUBLISHED, calendar=calendar)
        return time.perf_counter() - started

    small, large = min(seconds(500) for _ in range(3)), min(seconds(4000) for _ in range(2))
    assert large < 8 * 4 * small + 0.2
