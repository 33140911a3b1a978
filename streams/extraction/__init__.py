"""Events out of Spanish news: language only, pure, no Kafka.

    from streams.extraction import load_extractor
    extractor = load_extractor()
    events = extractor.extract(article)

spaCy is imported when an extractor is loaded, not before, so that commands which need none start fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.extraction.pipeline import EventExtractor

__all__ = ["load_extractor"]


def load_extractor(
    model: str | Path | None = None,
    *,
    event_types: Sequence[Path] = (),
    min_confidence: float = 0.0,
) -> EventExtractor:
    """Load a pipeline, the lexicon and the event types into an extractor.

    Args:
        model: Name or folder of a Spanish spaCy pipeline with the standard labels; default: ours.
        event_types: YAML files of the user's own types, beside the built-in ones.
        min_confidence: Events below it (0 to 1) are left out.

    Raises:
        ConfigurationError: The model, the lexicon or an event type file is missing or wrong.
    """
    from streams.extraction.pipeline import EventExtractor

    return EventExtractor.load(model, event_types=event_types, min_confidence=min_confidence)
