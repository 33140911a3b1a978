"""Names that are the same, and events that are paired."""

import pytest

from streams.evaluation.alignment import align, fold, same_name
from streams.evaluation.records import ScoredEvent

TEXT = "Rojas visitó Lima. Luego Rojas visitó Quito."


def visit(start: int, visitor: str = "Rojas") -> ScoredEvent:
    """A visit whose trigger stands at `start`."""
    return ScoredEvent.from_json(
        {
            "type": "visit",
            "triggers": [{"text": TEXT[start : start + 6], "start": start, "end": start + 6}],
            "participants": [{"role": "visitor", "name": visitor}],
        }
    )


def statement(start: int, *, content: tuple[int, int]) -> ScoredEvent:
    """A statement that says `content`."""
    return ScoredEvent.from_json(
        {
            "type": "statement",
            "triggers": [{"text": "x", "start": start, "end": start + 1}],
            "participants": [],
            "content": [{"text": "…", "start": content[0], "end": content[1]}],
        }
    )


@pytest.mark.parametrize(
    ("predicted", "names", "same"),
    [
        ("Vladímir Putin", ["Vladimir Putin", "Putin"], True),
        ("putin", ["Vladimir Putin", "Putin"], True),
        ("presidente Vladimir Putin", ["Vladimir Putin"], True),
        ("Kim Jong Un", ["Kim"], False),
        ("Vladimir", ["Vladimir Putin", "Putin"], False),
        ("", ["Putin"], False),
        ("«»", ["Putin"], False),
    ],
)
def test_same_name_takes_aliases_and_fuller_forms(predicted: str, names: list[str], same: bool) -> None:
    assert same_name(predicted, names) is same


def test_fold_levels_case_accents_and_punctuation() -> None:
    assert fold("  «JOSÉ-María» ") == "jose maria"
    assert fold(None) == ""


def test_align_prefers_the_common_trigger() -> None:
    lima, quito = visit(6), visit(31)
    assert sorted(align(TEXT, [lima, quito], [quito, lima])) == [(0, 1), (1, 0)]


def test_align_pairs_by_sentence_and_participant_where_no_trigger_is_common() -> None:
    beside = visit(0)
    assert align(TEXT, [visit(6)], [beside]) == [(0, 0)]
    assert align(TEXT, [visit(6)], [visit(0, visitor="Mamani")]) == []
    assert align(TEXT, [visit(31)], [beside]) == []


def test_align_pairs_statements_that_share_half_of_what_is_said() -> None:
    gold = statement(0, content=(10, 20))
    assert align(TEXT, [gold], [statement(5, content=(10, 16))]) == [(0, 0)]
    assert align(TEXT, [gold], [statement(5, content=(10, 14))]) == []


def test_align_never_pairs_different_types() -> None:
    assert align(TEXT, [visit(6)], [statement(6, content=(0, 3))]) == []
