import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, Extractor, Receipt
from streams.corrections import Taken, events_taken_back, make_receipt, must_process
from tests.builders import make_article
from tests.fakes import NOW

ME = Extractor(version="1", model="m")
NEWER = Extractor(version="2", model="m")


def receipt(version: int = 0, *, withdrawn: bool = False, **ids: tuple[str, ...]) -> Receipt:
    article = make_article(version=version, withdrawn=withdrawn)
    return make_receipt(article, ME, ids, duration_ms=1, finished_at=NOW)


@pytest.mark.parametrize(
    ("known", "article", "extractor", "expected"),
    [
        (None, make_article(), ME, True),
        (receipt(), make_article(), ME, False),
        (receipt(), make_article(), NEWER, True),
        (receipt(1), make_article(), ME, False),
        (receipt(1), make_article(), NEWER, False),
        (receipt(), make_article(version=1), ME, True),
        (receipt(), make_article(withdrawn=True), ME, True),
        (receipt(withdrawn=True), make_article(), ME, False),
        (receipt(withdrawn=True), make_article(version=1), ME, True),
    ],
)
def test_corrections_what_must_be_processed(
    known: Receipt | None, article: Article, extractor: Extractor, expected: bool
) -> None:
    assert must_process(known, article, extractor) is expected


def test_corrections_take_back_what_no_longer_stands() -> None:
    known = receipt(visit=("b", "a", "c"), statement=("s",))
    assert events_taken_back(known, {"visit": ["b"]}) == (
        Taken("statement", "s"),
        Taken("visit", "a"),
        Taken("visit", "c"),
    )
    assert events_taken_back(None, {"visit": ["b"]}) == ()
    assert events_taken_back(known, known.event_ids) == ()


VERSIONS = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), st.frozensets(st.sampled_from("abcd"))),
    min_size=1,
    max_size=4,
    unique_by=lambda version: version[:2],
)


@given(VERSIONS)
def test_corrections_every_order_of_versions_ends_in_the_same_state(
    versions: list[tuple[int, bool, frozenset[str]]],
) -> None:
    outcomes = set()
    for order in itertools.permutations(versions):
        known, standing = None, set()
        for number, withdrawn, ids in order:
            article = make_article(version=number, withdrawn=withdrawn)
            if not must_process(known, article, ME):
                continue
            found = {"visit": sorted(ids)} if ids and not withdrawn else {}
            standing |= set(found.get("visit", ()))
            standing -= {taken.id for taken in events_taken_back(known, found)}
            known = make_receipt(article, ME, found, duration_ms=1, finished_at=NOW)
        outcomes.add((frozenset(standing), known.model_dump_json() if known else ""))
    assert len(outcomes) == 1
