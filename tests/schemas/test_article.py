"""The article: tolerant of what it does not know, strict about what it needs."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from schemas import MAX_TEXT_BYTES, Article
from tests.builders import make_article
from tests.schemas.strategies import articles


def article(**fields: Any) -> Article:
    return Article.model_validate({"text": "Llovió.", "published": "2024-05-10", **fields})


@given(articles())
def test_article_survives_its_own_json(given_article: Article) -> None:
    assert Article.model_validate_json(given_article.model_dump_json()) == given_article


def test_article_keeps_fields_that_it_does_not_know() -> None:
    kept = article(section="mundo", nested={"a": [1]})
    assert kept.model_dump()["section"] == "mundo"
    assert Article.model_validate_json(kept.model_dump_json()).model_extra == {
        "section": "mundo",
        "nested": {"a": [1]},
    }


def test_article_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make_article().text = "otro"  # type: ignore[misc]  # what the test is about


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-10", date(2024, 5, 10)),
        ("2024-05-10T08:30:00", datetime(2024, 5, 10, 8, 30, tzinfo=UTC)),
        ("2024-05-10T08:30:00Z", datetime(2024, 5, 10, 8, 30, tzinfo=UTC)),
        (
            "2024-05-10T23:30:00-05:00",
            datetime(2024, 5, 10, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
        ),
    ],
)
def test_published_is_a_day_or_an_aware_moment(written: str, moment: date) -> None:
    published = article(published=written).published
    assert published == moment
    assert type(published) is type(moment)


def test_published_on_is_the_day_in_the_newsrooms_own_zone() -> None:
    """Half past eleven at night in Lima is the next day in UTC, but not for the newsroom."""
    assert article(published="2024-05-10T23:30:00-05:00").published_on == date(2024, 5, 10)


@pytest.mark.parametrize(
    "written", ["2024-13-01", "2024-02-30", "ayer", "", "2024-05-10T25:00:00", 1715299200, None, True]
)
def test_published_refuses_what_is_no_date(written: object) -> None:
    with pytest.raises(ValidationError, match="published"):
        article(published=written)


@pytest.mark.parametrize("missing", ["text", "published"])
def test_article_needs_text_and_date(missing: str) -> None:
    fields = {"text": "Llovió.", "published": "2024-05-10"}
    del fields[missing]
    with pytest.raises(ValidationError, match=missing):
        Article.model_validate(fields)


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_only_a_withdrawn_article_may_be_empty(text: str) -> None:
    with pytest.raises(ValidationError, match="empty"):
        article(text=text)
    assert article(text=text, withdrawn=True).withdrawn


def test_a_withdrawn_article_needs_no_text_at_all() -> None:
    assert Article.model_validate({"id": "a", "published": "2024-05-10", "withdrawn": True}).text == ""


def test_text_is_bounded_in_bytes_not_characters() -> None:
    assert article(text="x" * MAX_TEXT_BYTES)
    with pytest.raises(ValidationError, match="more than"):
        article(text="ñ" * (MAX_TEXT_BYTES // 2 + 1))


def test_version_is_not_negative() -> None:
    with pytest.raises(ValidationError, match="version"):
        article(version=-1)


def test_id_comes_from_the_url_then_from_source_date_and_text() -> None:
    by_url = article(url="https://a.example/1")
    assert by_url.id == article(url="https://a.example/1", text="Otro.", published="2023-01-01").id
    assert by_url.id != article(url="https://a.example/2").id
    plain = article(source="El Istmo")
    assert plain.id == article(source="El Istmo").id
    assert (
        len(
            {
                plain.id,
                article(source="Otro").id,
                article(text="Otro.").id,
                article(published="2024-05-11").id,
            }
        )
        == 4
    )


def test_id_never_changes_between_releases() -> None:
    """Pinned: consumers hold these ids."""
    assert article(url="https://a.example/1").id == PINNED_BY_URL
    assert article(source="El Istmo").id == PINNED_BY_TEXT


PINNED_BY_URL = "da93604e-423a-5213-9592-d30a0474679c"
PINNED_BY_TEXT = "d73f022d-3ef5-5df1-a0a0-f9c175bf5829"
