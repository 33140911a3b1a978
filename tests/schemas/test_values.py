"""Spans, dates, ids and participants: the small values that events are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import EventDate, Kind, Participant, Place, Span, span_of, stable_id


@given(st.text(min_size=1, max_size=30).flatmap(lambda t: st.tuples(st.just(t), st.integers(0, len(t) - 1))))
def test_span_of_cuts_the_text(case: tuple[str, int]) -> None:
    text, start = case
    span = span_of(text, start, len(text))
    assert text[span.start : span.end] == span.text


def test_span_counts_code_points() -> None:
    text = "🇪🇸 «ñandú»"
    start = text.index("ñandú")
    assert span_of(text, start, start + 5).text == "ñandú"


@pytest.mark.parametrize("span", [("ab", 0, 1), ("ab", 3, 1), ("", 0, 0), ("a", -1, 0)])
def test_span_refuses_positions_that_do_not_fit(span: tuple[str, int, int]) -> None:
    text, start, end = span
    with pytest.raises(ValidationError):
        Span(text=text, start=start, end=end)


@pytest.mark.parametrize(
    "value",
    ["2000-10-19", "2000-10", "2000", "199X", "2000-W42", "2000-10-19/2000-10-21", "2016-09/2016-12"],
)
def test_date_takes_every_granularity(value: str) -> None:
    assert EventDate(value=value, basis="explicit").value == value


@pytest.mark.parametrize(
    "value", ["2000-13", "2000-10-32", "2000-W54", "19-10-2000", "2000-10-19T10:00", "", "octubre", "2000/"]
)
def test_date_refuses_what_is_no_calendar_value(value: str) -> None:
    with pytest.raises(ValidationError):
        EventDate(value=value, basis="explicit")


@pytest.mark.parametrize(("field", "value"), [("country", "ve"), ("country", "VEN"), ("wikidata", "42")])
def test_codes_of_a_participant_are_checked(field: str, value: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Participant.model_validate({"role": "visitor", "name": "Rojas", "kind": Kind.PERSON, field: value})


def test_names_are_never_empty() -> None:
    with pytest.raises(ValidationError):
        Place(name="")


@given(st.lists(st.text(max_size=5), min_size=1, max_size=4))
def test_stable_id_is_a_function_of_its_parts(parts: list[str]) -> None:
    assert stable_id(*parts) == stable_id(*parts)


def test_stable_id_keeps_parts_apart() -> None:
    assert len({stable_id("ab", "c"), stable_id("a", "bc"), stable_id("abc"), stable_id("c", "ab")}) == 4


def test_stable_id_never_changes_between_releases() -> None:
    """Pinned: consumers hold these ids."""
    assert stable_id("article", "a") == PINNED


PINNED = "440651aa-d0aa-5d96-9607-274b22ecee2b"
