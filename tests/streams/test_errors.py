import pytest

from schemas.errors import ContractError, ExtractionError, TeletipoError
from streams import errors
from streams.errors import POLICY, Outcome, error_with_code, outcome_of


def all_errors(root: type[TeletipoError] = TeletipoError) -> list[type[TeletipoError]]:
    return [root] + [found for child in root.__subclasses__() for found in all_errors(child)]


def test_errors_every_class_has_an_outcome() -> None:
    for kind in all_errors():
        assert any(ancestor in POLICY for ancestor in kind.__mro__), kind


def test_errors_a_stranger_stops_the_worker() -> None:
    assert outcome_of(KeyError("x")) is Outcome.STOP


def test_errors_of_articles_are_dead_letters_and_those_of_delivery_are_not() -> None:
    assert outcome_of(ContractError("x")) is Outcome.DEAD_LETTER
    assert outcome_of(errors.ArticleTimeoutError("x", step="", article_id="")).value.endswith("dead-letter")
    assert outcome_of(errors.BrokerUnreachableError("x")) is Outcome.RETRY_THEN_STOP


@pytest.mark.parametrize("kind", POLICY)
def test_errors_come_back_from_their_code(kind: type[TeletipoError]) -> None:
    error = error_with_code(kind.code, "why", step="s", article_id="a")
    assert type(error) is kind
    assert error.detail == "why"


def test_errors_an_unknown_code_is_a_bug_of_extraction() -> None:
    error = error_with_code("new", "why", step="s", article_id="a")
    assert isinstance(error, ExtractionError)
    assert "new" in error.detail
