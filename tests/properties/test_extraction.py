"""On any text extraction raises nothing, and every span is cut from the text."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.extraction import load_extractor
from streams.extraction.pipeline import EventExtractor
from tests.builders import make_article
from tests.properties.spans import spans_of

_PIECES = st.sampled_from(
    [
        "El presidente ruso, Iván Petrov, ",
        "dijo que ",
        "“",
        "”",
        "«",
        "»",
        '"',
        "'",
        "—",
        "- ",
        "\n",
        "\n\n",
        "\xa0",
        "según ",
        "la ministra Ana Ruiz ",
        "firmó ",
        "un acuerdo ",
        "en Lima ",
        "el lunes ",
        "visitó ",
        "Moscú ",
        ". ",
        ", ",
        "se reunió con ",
        "ambos países ",
        "a su juicio, ",
        "(EFE).- ",
        "…",
        "añadió",
        ": ",
        "no ",
        "ayer ",
        "2024 ",
        "que ",
        "\u200b",
        "\u202e",
        "🙂",
        "é",
        "\x00",
        "&amp;",
        "<b>",
        "de ",
        "para ",
        "y ",
        "lo firmaron ",
        "las partes ",
        "el martes ",
        "su visita a ",
        "fue recibido por ",
        "(",
        ")",
        "¿",
        "?",
        "EE.UU. ",
        "llamó ",
        "de «",
    ]
)
_TEXTS = st.one_of(
    st.lists(_PIECES, min_size=1, max_size=40).map("".join),
    st.lists(st.one_of(_PIECES, st.text(max_size=6)), min_size=1, max_size=25).map("".join),
).filter(lambda text: bool(text.strip()))


@cache
def extractor() -> EventExtractor:
    """The default pipeline, loaded once for all examples."""
    return load_extractor()


@pytest.mark.model
@settings(max_examples=600)
@given(_TEXTS)
def test_any_text_gives_events_with_true_spans(text: str) -> None:
    article = make_article(text)
    for event in extractor().extract(article):
        assert all(text[span.start : span.end] == span.text for span in spans_of(event))
