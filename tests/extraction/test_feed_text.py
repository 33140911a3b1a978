"""What feeds contain, through the whole pipeline: the same events, and spans of the article's own text."""

import unicodedata

import pytest

from schemas import Event, StatementEvent
from streams.extraction import load_extractor
from streams.extraction.pipeline import EventExtractor
from tests.builders import make_article
from tests.properties.spans import spans_of

pytestmark = pytest.mark.model

SIGNED = "La ministra Elena Prado firmó ayer en Lima un acuerdo con Raúl Soto."


@pytest.fixture(scope="module")
def extractor() -> EventExtractor:
    return load_extractor()


def read(extractor: EventExtractor, text: str) -> list[Event]:
    """Events of a text; every span is checked."""
    events = extractor.extract(make_article(text, published="2025-05-14"))
    assert all(text[s.start : s.end] == s.text for event in events for s in spans_of(event))
    return events


def names(event: Event) -> set[str]:
    return {participant.name for participant in event.participants}


@pytest.mark.parametrize(
    "dateline",
    [
        "Caracas, 19 oct (EFE).- ",
        "CARACAS (AFP) — ",
        "Santa Cruz de la Sierra, 3 mar (EFE).- ",
        "BOGOTÁ.- ",
        "Quito, 12 de mayo de 2025 (Agencia Andina) – ",
        "Madrid, 4 jul (Europa Press)-. ",
        "Por Marta Gil\nCaracas\n\n",
        "MARTA GIL | Caracas\n",
    ],
)
def test_a_dateline_or_byline_takes_no_part(extractor: EventExtractor, dateline: str) -> None:
    events = read(extractor, dateline + SIGNED)
    assert [event.type for event in events] == ["signing"]
    assert "Elena Prado" in names(events[0])
    assert events[0].place is not None
    assert (events[0].place.name, events[0].date and events[0].date.value) == ("Lima", "2025-05-13")


@pytest.mark.parametrize(
    "text",
    [
        SIGNED.replace(" ", "  "),
        SIGNED.replace(" ", "\xa0"),
        SIGNED.replace("ó", "&oacute;").replace(" ayer", "&nbsp;ayer"),
        f"<p>{SIGNED}</p>\r\n",
        SIGNED.replace("firmó", "fir\xadmó").replace("Elena", "Elena\u200b"),
        unicodedata.normalize("NFD", SIGNED),
        SIGNED.replace(" en Lima", "\nen Lima").replace(" con", "\ncon"),
        f"• {SIGNED}\n• Más noticias",
        f"{SIGNED} (EFE) mg/rs",
    ],
)
def test_leftovers_change_nothing(extractor: EventExtractor, text: str) -> None:
    [event] = read(extractor, text)
    assert (event.type, event.place and event.place.name) == ("signing", "Lima")
    assert "Elena Prado" in names(event)
    assert event.date is not None
    assert event.date.value == "2025-05-13"


def test_a_name_is_given_as_it_is_read(extractor: EventExtractor) -> None:
    [event] = read(
        extractor, "El portavoz de Ríos &amp; Soto, Luis&nbsp;&Aacute;vila, dijo ayer que habrá acuerdo."
    )
    assert names(event) == {"Luis Ávila"}


@pytest.mark.parametrize(
    "said",
    [
        "“Es un buen día”",
        "«Es un buen día»",
        "« Es un buen día »",
        '"Es un buen día"',
        "''Es un buen día''",
        "``Es un buen día''",
        "'Es un buen día'",
        "‘Es un buen día’",
        "„Es un buen día“",
        "<<Es un buen día>>",
        "&quot;Es un buen d&iacute;a&quot;",
        "&laquo;Es un buen día&raquo;",
        "&#8220;Es un buen día&#8221;",
        '“Es un buen día"',
        '"Es un buen día”',
    ],
)
def test_all_quotation_marks_are_marks(extractor: EventExtractor, said: str) -> None:
    [event] = read(extractor, f"{said}, dijo la ministra Elena Prado.")
    assert isinstance(event, StatementEvent)
    assert (event.kind, names(event)) == ("direct", {"Elena Prado"})
    assert [span.text.replace("&iacute;", "í") for span in event.content] == ["Es un buen día"]


@pytest.mark.parametrize(
    "text",
    [
        "Es un buen día», dijo la ministra Elena Prado. Después viajó a Lima.",
        "—Es un buen día —dijo la ministra Elena Prado.",
        "- Es un buen día - dijo la ministra Elena Prado.",
    ],
)
def test_words_without_their_marks_are_still_said(extractor: EventExtractor, text: str) -> None:
    said = next(event for event in read(extractor, text) if isinstance(event, StatementEvent))
    assert [span.text for span in said.content] == ["Es un buen día"]
    assert names(said) == {"Elena Prado"}


def test_a_lost_mark_costs_its_paragraph_at_most(extractor: EventExtractor) -> None:
    text = f"«Es un buen día, dijo la ministra Elena Prado.\n\n{SIGNED} «Estoy contenta», añadió."
    signing, last = read(extractor, text)[-2:]
    assert signing.type == "signing"
    assert isinstance(last, StatementEvent)
    assert [span.text for span in last.content] == ["Estoy contenta"]


def test_a_headline_in_capitals_is_read(extractor: EventExtractor) -> None:
    text = f"PRADO Y SOTO FIRMAN UN ACUERDO EN LIMA\n\n{SIGNED}"
    [event] = [event for event in read(extractor, text) if event.type == "signing"]
    assert "Elena Prado" in names(event)
    assert [span.text for span in event.triggers] == ["FIRMAN", "firmó"]


def test_each_line_of_a_list_stands_alone(extractor: EventExtractor) -> None:
    text = (
        "Esta semana:\n• La ministra Elena Prado viajará el lunes a Lima.\n"
        "• El canciller Raúl Soto visitará Quito el martes."
    )
    visits = [(names(e), e.place and e.place.name, e.date and e.date.value) for e in read(extractor, text)]
    assert visits == [({"Elena Prado"}, "Lima", "2025-05-19"), ({"Raúl Soto"}, "Quito", "2025-05-20")]


def test_a_quotation_that_touches_its_neighbours_is_one(extractor: EventExtractor) -> None:
    said = read(extractor, f"{SIGNED}«Es un buen día»,dijo Prado.")[-1]
    assert isinstance(said, StatementEvent)
    assert ([s.text for s in said.content], names(said)) == (["Es un buen día"], {"Elena Prado"})


@pytest.mark.parametrize("text", ["&nbsp;", "\u200b", "<p></p>", "&#0;", "•", "«»", "\xad\xad", "<br>\n<br>"])
def test_a_text_of_leftovers_alone_has_no_events(extractor: EventExtractor, text: str) -> None:
    assert read(extractor, text) == []
    assert extractor.temporal_expressions(text, published=make_article().published_on) == []


def test_dates_lead_back_too(extractor: EventExtractor) -> None:
    text = "La&nbsp;obra empezó el&nbsp;3 de marzo de&nbsp;2019."
    [found] = extractor.temporal_expressions(text, published=make_article().published_on)
    assert (found.value, text[found.start : found.end]) == ("2019-03-03", "el&nbsp;3 de marzo de&nbsp;2019")
