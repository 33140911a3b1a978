"""Two readings of the same articles: which events appeared, vanished or changed. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from schemas import Event

_IDENTITY: Final = frozenset({"id", "extractor", "schema_version", "article", "confidence"})
"""Fields in which the same event may differ between two readings."""

CONFIDENCE_STEP: Final = 0.1
"""A smaller step in confidence is no change: another model never gives quite the same."""


class Difference(StrEnum):
    """What became of an event from one reading to the other."""

    SAME = "same"
    APPEARED = "appeared"
    VANISHED = "vanished"
    CHANGED = "changed"


@dataclass(frozen=True)
class Compared:
    """An event of one reading or both.

    Attributes:
        before: None where it appeared.
        after: None where it vanished.
        fields: Names of the fields that changed.
    """

    difference: Difference
    before: Event | None
    after: Event | None
    fields: tuple[str, ...] = ()

    @property
    def event(self) -> Event:
        """The later reading of it, or the only one."""
        event = self.after or self.before
        assert event is not None
        return event


def compare(before: Iterable[Event], after: Iterable[Event]) -> list[Compared]:
    """Pair the events of two readings, article by article.

    The id of an event is made of what it says, so a changed one may have another: what is left after
    pairing by id is paired where type and trigger are the same.

    Returns:
        In the order of publication, article and text.
    """
    left: dict[str, Event] = {event.id: event for event in before}
    right: dict[str, Event] = {event.id: event for event in after}
    pairs = [(left.pop(event_id), right.pop(event_id)) for event_id in sorted(left.keys() & right.keys())]
    pairs += _pair_by_trigger(left, right)
    compared = [_compare_pair(one, other) for one, other in pairs]
    compared += [Compared(Difference.VANISHED, event, None) for event in left.values()]
    compared += [Compared(Difference.APPEARED, None, event) for event in right.values()]
    return sorted(compared, key=_place)


def _pair_by_trigger(left: dict[str, Event], right: dict[str, Event]) -> list[tuple[Event, Event]]:
    """Take out of both what shares article, type and a trigger, the most triggers first."""
    candidates: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in right.values():
        candidates[event.article.id, event.type].append(event)
    shared = [
        (-common, one.id, other.id)
        for one in left.values()
        for other in candidates[one.article.id, one.type]
        if (common := len(_triggers(one) & _triggers(other)))
    ]
    pairs = []
    for _, one_id, other_id in sorted(shared):
        if one_id in left and other_id in right:
            pairs.append((left.pop(one_id), right.pop(other_id)))
    return pairs


def _triggers(event: Event) -> set[tuple[int, int]]:
    return {(trigger.start, trigger.end) for trigger in event.triggers}


def _compare_pair(before: Event, after: Event) -> Compared:
    one, other = _said(before), _said(after)
    fields = [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)]
    if abs(before.confidence - after.confidence) >= CONFIDENCE_STEP:
        fields.append("confidence")
    difference = Difference.CHANGED if fields else Difference.SAME
    return Compared(difference, before, after, tuple(fields))


def _said(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude=set(_IDENTITY))


def _place(compared: Compared) -> tuple[str, str, int, str]:
    event = compared.event
    return (event.article.published.isoformat(), event.article.id, event.triggers[0].start, event.id)


def count(compared: Iterable[Compared]) -> Mapping[str, Counter[Difference]]:
    """Count the differences by event type."""
    counts: dict[str, Counter[Difference]] = defaultdict(Counter)
    for one in compared:
        counts[one.event.type][one.difference] += 1
    return dict(sorted(counts.items()))
