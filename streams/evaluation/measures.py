"""Counting what agrees: precision, recall and F1 by event type, role and slot."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from streams.evaluation.alignment import align, fold, same_filler, same_name, share
from streams.evaluation.records import Filler, GoldArticle, ScoredEvent

OVERALL_SLOTS: Final = ("event", "participant", "date", "place", "content", "attribution")
"""What `overall` adds up: one decision each."""

_CONTENT_AGREES: Final = 0.8
"""Share of common characters from which contents count as the same; the guidelines' threshold."""


@dataclass(slots=True)
class Tally:
    """Counts of one row: right, predicted and gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def row(self) -> dict[str, float | int]:
        """Give precision, recall and F1 in per cent, rounded to a tenth, beside the counts."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "P": round(100 * precision, 1),
            "R": round(100 * recall, 1),
            "F1": round(f1, 1),
            "gold": self.gold,
            "pred": self.predicted,
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold event that was missed, or a predicted one that is none."""

    verdict: str
    article_id: str
    event: ScoredEvent


@dataclass(slots=True)
class Evaluation:
    """What a comparison gave; `report` is the shape that machines read.

    Attributes:
        tallies: Row name (`event`, `event/visit`, `participant/speaker`, `date` …) → counts.
        accuracy: Label of matched events → (right, compared).
        mistakes: Missed and spurious events, article by article.
        confidences: Of each predicted event that has one, with whether it is right.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    accuracy: dict[str, tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def overall(self) -> Tally:
        """Add up every slot."""
        parts = [self.tallies[name] for name in OVERALL_SLOTS if name in self.tallies]
        return Tally(
            right=sum(part.right for part in parts),
            predicted=sum(part.predicted for part in parts),
            gold=sum(part.gold for part in parts),
        )

    def report(self) -> dict[str, Any]:
        """Give rows by name, then `overall`, then the accuracy of labels on matched events."""
        rows: dict[str, Any] = {name: tally.row() for name, tally in sorted(self.tallies.items())}
        rows["overall"] = self.overall().row()
        rows["accuracy"] = {
            name: round(100 * right / compared, 1) for name, (right, compared) in self.accuracy.items()
        }
        return rows


def evaluate(gold: Iterable[GoldArticle], predicted: Mapping[str, Sequence[ScoredEvent]]) -> Evaluation:
    """Compare predictions with gold.

    Args:
        gold: Articles in any order.
        predicted: Article id → its events; articles that the gold has not are passed over.
    """
    result = Evaluation()
    for article in gold:
        events = predicted.get(article.id, ())
        pairs = align(article.text, article.events, events)
        for event in article.events:
            _count(result, event, "gold")
        for event in events:
            _count(result, event, "predicted")
        for i, j in pairs:
            _compare(result, article.events[i], events[j])
        matched_gold, matched = {i for i, _ in pairs}, {j for _, j in pairs}
        result.confidences += [
            (event.confidence, j in matched) for j, event in enumerate(events) if event.confidence is not None
        ]
        result.mistakes += [
            Mistake("missed", article.id, event)
            for i, event in enumerate(article.events)
            if i not in matched_gold
        ]
        result.mistakes += [
            Mistake("spurious", article.id, event) for j, event in enumerate(events) if j not in matched
        ]
    return result


def _count(result: Evaluation, event: ScoredEvent, side: str) -> None:
    """Count what an event claims, on the side of the gold or of the predictions."""

    def add(name: str, amount: int = 1) -> None:
        tally = result.tallies[name]
        setattr(tally, side, getattr(tally, side) + amount)

    add("event")
    add(f"event/{event.type}")
    for filler in event.fillers:
        add("participant")
        add(f"participant/{filler.role}")
    add("date", event.date is not None)
    add("place", bool(event.place))
    add("attribution", len(event.attribution))
    add("content", event.type == "statement")


def _compare(result: Evaluation, gold: ScoredEvent, predicted: ScoredEvent) -> None:
    """Count what is right about a matched event."""
    tallies = result.tallies
    tallies["event"].right += 1
    tallies[f"event/{gold.type}"].right += 1
    for role in _matched_roles(gold.fillers, predicted.fillers):
        tallies["participant"].right += 1
        tallies[f"participant/{role}"].right += 1
    tallies["date"].right += gold.date is not None and predicted.date == gold.date
    if gold.place and predicted.place:
        tallies["place"].right += same_name(predicted.place[0], gold.place)
    tallies["attribution"].right += _matched_sources(gold.attribution, predicted.attribution)
    if gold.type == "statement":
        tallies["content"].right += share(gold.content, predicted.content) >= _CONTENT_AGREES
        for label in ("act", "kind"):
            _judge(result, f"statement {label}", gold.labels[label] == predicted.labels[label])
    else:
        _judge(result, "factuality", gold.labels["factuality"] == predicted.labels["factuality"])


def _judge(result: Evaluation, label: str, right: bool) -> None:
    before, compared = result.accuracy.get(label, (0, 0))
    result.accuracy[label] = (before + right, compared + 1)


def _matched_roles(gold: Sequence[Filler], predicted: Sequence[Filler]) -> list[str]:
    """List the role of each gold participant that was found; each predicted one serves once."""
    free = list(predicted)
    roles = []
    for filler in gold:
        hit = next((other for other in free if same_filler(filler, other)), None)
        if hit is not None:
            free.remove(hit)
            roles.append(filler.role)
    return roles


def _matched_sources(gold: Sequence[str], predicted: Sequence[str]) -> int:
    """Count the sources found: one name within the other is enough ("la agencia Interfax")."""
    free = [fold(name) for name in predicted]
    matched = 0
    for name in map(fold, gold):
        hit = next((other for other in free if name in other or (other and other in name)), None)
        if hit is not None:
            free.remove(hit)
            matched += 1
    return matched
