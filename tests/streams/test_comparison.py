"""Two readings of the same articles."""

from typing import Any

from schemas import Event
from streams.comparison import Difference, compare, count
from tests.builders import make_article
from tests.fakes import FakeExtractor


def events(text: str, version: str = "1", **fields: Any) -> list[Event]:
    return FakeExtractor(version).extract(make_article(text, **fields))


def told(before: list[Event], after: list[Event]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.difference.value, one.fields) for one in compare(before, after)]


def test_comparison_another_extractor_alone_is_no_difference() -> None:
    text = "Ana visitó Roma. Luis dijo nada."
    assert told(events(text, "1"), events(text, "2")) == [("same", ()), ("same", ())]


def test_comparison_what_appeared_and_what_vanished() -> None:
    found = compare(events("Ana visitó Roma."), events("Luis dijo nada."))
    assert {(one.difference, one.event.type) for one in found} == {
        (Difference.VANISHED, "visit"),
        (Difference.APPEARED, "statement"),
    }
    assert count(found) == {"statement": {"appeared": 1}, "visit": {"vanished": 1}}


def test_comparison_pairs_by_trigger_what_got_another_id() -> None:
    """The same words, read as another person's visit."""
    (before,), (after,) = events("Ana visitó Roma."), events("Eva visitó Roma.")
    assert before.id != after.id
    assert told([before], [after]) == [("changed", ("participants",))]


def test_comparison_pairs_each_event_once() -> None:
    before = events("Ana visitó Roma.")
    after = events("Eva visitó Roma.") + events("Eva visitó Lima.")
    assert sorted(kind for kind, _ in told(before, after)) == ["appeared", "changed"]


def test_comparison_a_step_in_confidence_is_a_change_and_a_wobble_is_none() -> None:
    (event,) = events("Ana visitó Roma.")
    assert told([event], [event.model_copy(update={"confidence": 0.55})]) == [("same", ())]
    assert told([event], [event.model_copy(update={"confidence": 0.9})]) == [("changed", ("confidence",))]


def test_comparison_keeps_articles_apart_and_in_order_of_publication() -> None:
    late = events("Ana visitó Roma.", id="a", published="2024-06-01")
    early = events("Ana visitó Roma.", id="b", published="2024-05-01")
    found = compare(late, early)
    assert [(one.event.article.id, one.difference.value) for one in found] == [
        ("b", "appeared"),
        ("a", "vanished"),
    ]
