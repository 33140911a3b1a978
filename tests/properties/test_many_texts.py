"""On thousands of generated texts extraction raises nothing, and every span is cut from the text.

`TELETIPO_PROPERTY_TEXTS` says how many, `TELETIPO_PROPERTY_FIRST` with which number to begin.
"""

import os

import pytest

from schemas import Article, Event, ExtractionError
from streams.extraction import load_extractor
from tests.builders import make_article
from tests.properties.spans import spans_of
from tests.properties.texts import news_text

TEXTS = int(os.environ.get("TELETIPO_PROPERTY_TEXTS", "5000"))
FIRST = int(os.environ.get("TELETIPO_PROPERTY_FIRST", "0"))
BATCH = 500


def false_spans(article: Article, events: list[Event]) -> list[str]:
    """Spans that are not what the text has at their place."""
    return [
        span.text
        for event in events
        for span in spans_of(event)
        if article.text[span.start : span.end] != span.text
    ]


@pytest.mark.model
@pytest.mark.timeout(60 + TEXTS // 10)
def test_thousands_of_texts_raise_nothing_and_give_true_spans() -> None:
    extractor = load_extractor()
    found = 0
    for first in range(FIRST, FIRST + TEXTS, BATCH):
        numbers = range(first, min(first + BATCH, FIRST + TEXTS))
        articles = [make_article(news_text(number), id=str(number)) for number in numbers]
        try:
            batch = list(extractor.extract_many(articles, batch_size=256))
        except ExtractionError as error:
            pytest.fail(f"news_text({error.article_id}) = {news_text(int(error.article_id))!r}: {error}")
        for article, events in zip(articles, batch, strict=True):
            assert false_spans(article, events) == [], f"news_text({article.id}) = {article.text!r}"
            found += len(events)
    assert found > TEXTS / 2, "texts so broken that hardly anything is read in them prove little"


def test_a_number_gives_one_text() -> None:
    """A failure can be told, and looked at again, by its number."""
    texts = [news_text(number) for number in range(300)]
    assert texts == [news_text(number) for number in range(300)]
    assert len(set(texts)) > 290
