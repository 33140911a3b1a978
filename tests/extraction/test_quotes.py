"""Quotation marks of every kind give quoted stretches; odd ones cost no more than themselves."""

from datetime import date
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from streams.extraction.annotations import Quote
from streams.extraction.doc import make_doc
from streams.extraction.quotes import MAX_QUOTE_CHARS, find_quotes, quote_at

NLP = spacy.blank("es")


def as_doc(text: str) -> Doc:
    return make_doc(NLP, text, published=date(2024, 5, 10))


def quoted(text: str) -> list[str]:
    doc = as_doc(text)
    spans = [doc[quote.start : quote.end] for quote in find_quotes(doc)]
    return [text[span.start_char : span.end_char] for span in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dijo que 'ya llueve' ayer.", ["ya llueve"]),
        ("Habló de ‘caos’ ayer.", ["caos"]),
        ("«Sí». Habló de 'caos' ayer.", ["Sí"]),
        ("«Sí». Dijo que 'ya no llueve' ayer.", ["Sí", "ya no llueve"]),
        ("«Me dijo ‘vete de aquí’ y me fui», contó.", ["Me dijo ‘vete de aquí’ y me fui"]),
        ("L'Hospitalet y D'Alema.", []),
    ],
)
def test_single_marks_quote_where_they_are_no_names(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Dijo «ya llueve» ayer.",
        "Dijo “ya llueve” ayer.",
        "Dijo „ya llueve“ ayer.",
        "Dijo „ya llueve” ayer.",
        'Dijo "ya llueve" ayer.',
        "Dijo « ya llueve » ayer.",
    ],
)
def test_every_pair_of_marks_quotes(text: str) -> None:
    assert quoted(text) == ["ya llueve"]


def test_quotations_come_in_text_order() -> None:
    assert quoted('«Uno», dijo; “dos”, añadió; "tres", cerró.') == ["Uno", "dos", "tres"]


def test_text_without_marks_has_no_quotation() -> None:
    assert quoted("Dijo que ya llueve.") == []


def test_marks_around_nothing_quote_nothing() -> None:
    assert quoted("Dijo «» y calló.") == []


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("«Soy un “loco” feliz», dijo.", "Soy un “loco” feliz"),
        ("“Soy un «loco» feliz”, dijo.", "Soy un «loco» feliz"),
        ('"Soy un "loco" feliz", dijo.', 'Soy un "loco" feliz'),
    ],
)
def test_a_nested_quotation_belongs_to_the_outer_one(text: str, outer: str) -> None:
    assert quoted(text) == [outer]


def test_a_lost_closing_mark_ends_with_its_line() -> None:
    text = "«Ya llueve, dijo Ana.\nHoy no «llueve» nada."
    doc = as_doc(text)
    first, second = find_quotes(doc)
    assert (first.closed, second.closed) == (False, True)
    assert quoted(text) == ["Ya llueve, dijo Ana.", "llueve"]


def test_a_lone_closing_mark_costs_nothing() -> None:
    assert quoted("Ya llueve», dijo. «Y nieva», añadió.") == ["Y nieva"]


def test_a_lost_straight_mark_does_not_turn_the_next_paragraph_inside_out() -> None:
    assert quoted('"Ya llueve, dijo Ana.\nLuis calló.\n"Nieva", añadió.')[-1] == "Nieva"


def test_a_paragraph_that_repeats_the_mark_is_a_quotation_of_its_own() -> None:
    assert quoted("«Ya llueve.\n»Y mañana nevará», dijo Ana.") == ["Ya llueve.", "Y mañana nevará"]


def test_a_quotation_may_go_on_over_a_line_end() -> None:
    assert quoted("«Ya llueve.\nMañana nevará», dijo Ana.") == ["Ya llueve.\nMañana nevará"]


def test_a_quotation_too_long_is_a_lost_mark() -> None:
    assert quoted("«" + "ya " * MAX_QUOTE_CHARS + "“nieva” y fin") == ["nieva"]


def test_quote_at_knows_inside_from_outside() -> None:
    quotes = [Quote(2, 4), Quote(6, 8)]
    inside = {index for index in range(10) if quote_at(quotes, index) is not None}
    assert inside == {2, 3, 6, 7}


MARKS = st.text(alphabet='«»“”„"\n .,aB¿—', max_size=60)


@given(st.one_of(st.text(max_size=60), MARKS))
def test_any_text_has_ordered_quotations_without_marks_at_their_edges(text: str) -> None:
    """Nothing raises, nothing overlaps, nothing is empty, whatever the marks."""
    doc = as_doc(text)
    quotes = find_quotes(doc)
    assert all(0 <= quote.start < quote.end <= len(doc) for quote in quotes)
    assert all(one.end <= other.start for one, other in pairwise(quotes))
