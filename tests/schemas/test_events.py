"""Events: told apart by type, frozen, strict, and the same after a journey as JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from schemas import (
    BUILT_IN_TYPES,
    EVENT_ADAPTER,
    EVENT_MODELS,
    CustomEvent,
    Event,
    Extractor,
    Receipt,
    StatementEvent,
    VisitEvent,
)
from tests.schemas.strategies import events

VISIT: dict[str, Any] = {
    "id": "e-1",
    "type": "visit",
    "article": {"id": "a-1", "published": "2024-05-10"},
    "triggers": [{"text": "visitó", "start": 6, "end": 12}],
    "confidence": 0.5,
    "extractor": {"version": "0.1.0", "model": "none"},
}


def read(**changes: Any) -> Event:
    return EVENT_ADAPTER.validate_python({**VISIT, **changes})


@given(events())
def test_event_survives_its_own_json(event: Event) -> None:
    text = event.model_dump_json()
    again = EVENT_ADAPTER.validate_json(text)
    assert again == event
    assert type(again) is type(event)
    assert again.model_dump_json() == text


def test_type_chooses_the_model() -> None:
    assert isinstance(read(), VisitEvent)
    assert isinstance(read(type="resignation"), CustomEvent)
    assert EVENT_MODELS.keys() == BUILT_IN_TYPES


def test_a_statement_needs_act_and_kind() -> None:
    with pytest.raises(ValidationError, match="act"):
        read(type="statement")
    assert isinstance(read(type="statement", act="say", kind="direct"), StatementEvent)


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"triggers": []},
        {"confidence": 1.5},
        {"factuality": "rumoured"},
        {"type": "Visita Oficial"},
        {"type": None},
        {"document": None},
        {"date": {"value": "2024-13", "basis": "explicit"}},
        {"participants": [{"role": "signatory", "name": "Rojas", "kind": "person"}]},
    ],
    ids=str,
)
def test_event_refuses_what_the_contract_does_not_have(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(**change)


def test_event_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read().confidence = 1.0  # type: ignore[misc]  # what the test is about


def test_a_custom_event_never_takes_a_built_in_name() -> None:
    with pytest.raises(ValidationError, match="built in"):
        CustomEvent.model_validate(VISIT)


def test_a_custom_event_has_roles_of_its_own() -> None:
    resigner = {"role": "resigner", "name": "Rojas", "kind": "person"}
    assert read(type="resignation", participants=[resigner]).participants[0].role == "resigner"


def test_confidence_is_written_with_two_decimals() -> None:
    assert json.loads(read(confidence=0.8649).model_dump_json())["confidence"] == 0.86


def test_receipt_survives_its_own_json() -> None:
    receipt = Receipt(
        article_id="a-1",
        version=2,
        extractor=Extractor(version="0.1.0", model="none"),
        event_ids={"visit": ("e-1", "e-2")},
        counts={"visit": 2},
        duration_ms=12.5,
        finished_at="2024-05-10T08:30:00Z",
    )
    assert Receipt.model_validate_json(receipt.model_dump_json()) == receipt
