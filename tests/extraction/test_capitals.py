"""Headlines in capitals become sentences; nothing else does."""

import pytest

from streams.extraction.capitals import lower_headlines

WORDS = frozenset(
    ["firman", "un", "acuerdo", "en", "lima", "llega", "a", "la", "prado", "de", "para", "y", "Prado", "Lima"]
)
BODY = "Quito, 3 may.- Los ministros Elena Prado y Raúl Soto hablaron en Lima con la ONU."


def first_line(headline: str, body: str = BODY) -> str:
    return lower_headlines(f"{headline}\n{body}", knows=WORDS.__contains__).splitlines()[0]


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("PRADO Y SOTO FIRMAN UN ACUERDO EN LIMA", "Prado y Soto firman un acuerdo en Lima"),
        ("LA ONU LLEGA A LIMA", "La ONU llega a Lima"),
        ("FIRMAN UN ACUERDO PARA XERTA", "Firman un acuerdo para Xerta"),
        ("«LLEGA UN ACUERDO», DE SOTO", "«Llega un acuerdo», de Soto"),
    ],
)
def test_headline_is_written_as_its_text_writes(headline: str, read: str) -> None:
    assert first_line(headline) == read


@pytest.mark.parametrize(
    "line", ["ONU", "GRUPO A", "Prado firma en LIMA", "1.234 – 5.678", "BOGOTÁ.- Prado llegó hoy."]
)
def test_other_lines_stay(line: str) -> None:
    assert first_line(line) == line


def test_a_name_unknown_to_the_text_is_one_where_it_follows_a_name() -> None:
    assert first_line("XENIA PRADO LLEGA A LIMA", "Nada.") == "Xenia Prado llega a lima"


def test_length_is_kept_where_a_letter_has_no_counterpart_of_its_own() -> None:
    headline = "LA STRASSE DE İSTANBUL LLEGA A LIMA"
    assert len(first_line(headline)) == len(headline)
