"""What feeds leave behind is gone from what the model reads, and every position leads back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.extraction.cleaning import clean

LEFTOVERS = st.sampled_from(
    [
        "&quot;",
        "&amp;amp;",
        "&nbsp;",
        "&#243;",
        "&x;",
        "<p>",
        "<br/>",
        "<",
        "\u200b",
        "\xad",
        "o\u0301",
        "''",
        "  ",
        "»,",
    ]
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("La ministra firmó.", "La ministra firmó."),
        ("&quot;S&iacute;&quot; &#8211; dijo", '"Sí" – dijo'),
        ("R&amp;D y &amp;quot;paz&amp;quot;", 'R&D y "paz"'),
        ("AT&T; vendió", "AT&T; vendió"),
        ("<p>Uno.</p><p class='x'>Dos <b>y</b> tres.</p>", "\nUno.\n\nDos y tres.\n"),
        ("si 2 < 3 y 5 > 4", "si 2 < 3 y 5 > 4"),
        ("fir\xadmó el pac\u200bto", "firmó el pacto"),
        (unicodedata.normalize("NFD", "viajó a España"), "viajó a España"),
        ("''Sí'', ``no''", '"Sí", "no"'),
        ("<<Sí, claro>>, dijo", "«Sí, claro», dijo"),
        ("un pacto.«Sí»,dijo Rojas.“No”añadió", "un pacto. «Sí», dijo Rojas. “No” añadió"),
        ("«Llueve.\n»Y nieva»", "«Llueve.\n»Y nieva»"),
        ("La  ministra\xa0 \tfirmó", "La ministra firmó"),
    ],
)
def test_text_is_read_as_a_reader_sees_it(text: str, read: str) -> None:
    assert clean(text).text == read


def test_positions_lead_back_to_what_stands_in_the_article() -> None:
    text = "La&nbsp;ministra  dijo: &laquo;S&iacute;&raquo;."
    cleaned = clean(text)
    for read, stands in (
        ("ministra", "ministra"),
        ("dijo", "dijo"),
        ("Sí", "S&iacute;"),
        ("«Sí»", "&laquo;S&iacute;&raquo;"),
    ):
        start = cleaned.text.index(read)
        first, last = cleaned.original(start, start + len(read))
        assert text[first:last] == stands


WRAPPED = """La ministra de Sanidad, la señora Elena
Prado, firmó ayer en la ciudad de Lima
un acuerdo con el canciller Raúl Soto
y con la alcaldesa. Después viajó a
Quito.
Prado

Otro párrafo"""


def test_lines_of_even_length_are_joined_within_paragraphs() -> None:
    text = WRAPPED.replace("Quito", "la ciudad\nde Quito")
    joined = " ".join(text.splitlines()[:6])
    assert clean(text).text == f"{joined}\nPrado\n\nOtro párrafo"


def test_a_line_that_goes_on_in_lower_case_is_joined_in_any_text() -> None:
    assert clean("Prado firmó\nun acuerdo\nSoto").text == "Prado firmó un acuerdo\nSoto"


@pytest.mark.parametrize(
    "text", ["Uno\nDos\nTres", "Llega hoy:\nuna lista", "Acabó.\ny siguió", "- pan\n- vino"]
)
def test_other_lines_stay_lines(text: str) -> None:
    assert clean(text).text == text


def test_clean_text_is_left_alone() -> None:
    assert clean("«Sí», dijo.").original(1, 3) == (1, 3)


@given(st.lists(st.one_of(LEFTOVERS, st.text(max_size=5)), max_size=15).map("".join))
def test_positions_stay_within_the_text_and_in_order(text: str) -> None:
    cleaned = clean(text)
    ranges = [cleaned.original(i, i + 1) for i in range(len(cleaned.text))]
    assert all(0 <= start <= end <= len(text) for start, end in ranges)
    assert ranges == sorted(ranges)


@given(st.text(max_size=40))
def test_what_is_not_rewritten_stays_the_same_character(text: str) -> None:
    cleaned = clean(text)
    for i, char in enumerate(cleaned.text):
        start, end = cleaned.original(i, i + 1)
        assert end - start != 1 or text[start] == char or char in '" '
