"""The calendar and the pipelines that the temporal tests read with."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from streams.extraction.temporal import Calendar, load_calendar

EXTRACTION = Path(__file__).parents[3] / "streams" / "extraction"
MODEL = EXTRACTION / "models" / "es_teletipo_news"


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar(EXTRACTION / "lang" / "es")


@pytest.fixture(scope="session")
def blank() -> Language:
    return spacy.blank("es")


@pytest.fixture(scope="session")
def trained() -> Language:
    if not MODEL.exists():
        pytest.skip("the trained pipeline is not built")
    return spacy.load(MODEL)
