"""What a new version of an article changes on the topics. Pure: what is known and found in, records out.

The newest version wins, whatever the order of arrival: versions are ranked by number, and of two
with the same number the withdrawn one ranks higher. So every order ends in the same state.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas import Article, Extractor, Receipt


@dataclass(frozen=True)
class Taken:
    """An event that no longer stands."""

    type: str
    id: str


def must_process(known: Receipt | None, article: Article, extractor: Extractor) -> bool:
    """Decide whether an article brings anything new.

    Args:
        known: Receipt of the version that stands, None for an article not seen before.
        article: The version at hand.
        extractor: Who would read it now.

    Returns:
        False for a version older than the one known, and for the same one read by the same extractor.
    """
    if known is None:
        return True
    ours, theirs = (article.version, article.withdrawn), (known.version, known.withdrawn)
    if ours == theirs:
        return known.extractor != extractor
    return ours > theirs


def events_taken_back(known: Receipt | None, found: Mapping[str, Iterable[str]]) -> tuple[Taken, ...]:
    """List the events that the known version published and the new one does not have.

    Args:
        known: Receipt of the version that stood until now.
        found: Event type → ids of the new version; empty for a withdrawn article.

    Returns:
        Ordered by type and id, so that the same correction gives the same records.
    """
    if known is None:
        return ()
    return tuple(
        Taken(event_type, event_id)
        for event_type, ids in sorted(known.event_ids.items())
        for event_id in sorted(set(ids) - set(found.get(event_type, ())))
    )


def make_receipt(
    article: Article,
    extractor: Extractor,
    found: Mapping[str, Sequence[str]],
    *,
    duration_ms: float,
    finished_at: datetime,
) -> Receipt:
    """Write down what now stands of an article."""
    return Receipt(
        article_id=article.id,
        version=article.version,
        withdrawn=article.withdrawn,
        extractor=extractor,
        event_ids={event_type: tuple(ids) for event_type, ids in sorted(found.items())},
        counts={event_type: len(ids) for event_type, ids in sorted(found.items())},
        duration_ms=duration_ms,
        finished_at=finished_at,
    )
