"""Articles from sources → `articles.raw`. Safe to repeat: the worker skips what it knows."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from schemas import ArticleError
from streams.admin import require_topics
from streams.article_files import Entry
from streams.codec import encode_article
from streams.publisher import open_publisher
from streams.settings import Settings
from streams.topics import TopicNames

TWICE: Final = "twice in these sources"


@dataclass
class Tally:
    """What became of the articles of the sources.

    Attributes:
        taken: Acknowledged by the broker.
        skipped: Why nothing was to be sent → how many.
        refused: Code of the error → how many.
        notes: What had to be guessed → for how many articles.
    """

    taken: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All articles that were looked at."""
        return self.taken + self.skipped.total() + self.refused.total()


def ingest(
    entries: Iterable[Entry],
    settings: Settings,
    *,
    on_refused: Callable[[str, ArticleError], None],
    on_progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Send articles to `articles.raw` and wait until the broker has them.

    Args:
        entries: Articles with their places, or why they are none.
        settings: Where the broker is, and the prefix of the topics.
        on_refused: Told the place and reason of what is not taken.
        on_progress: Told after each article.

    Raises:
        DeliveryError: The broker is away or does not acknowledge.
        MissingTopicError: `articles.raw` does not exist.
    """
    topic = TopicNames(settings.topic_prefix).raw
    require_topics(settings, [topic])
    tally, seen = Tally(), set()

    def refuse(place: str, error: ArticleError) -> None:
        tally.refused[error.code] += 1
        on_refused(place, error)

    with open_publisher(settings) as publisher:
        for entry in entries:
            article = entry.article
            tally.notes.update(entry.notes)
            if entry.skipped is not None:
                tally.skipped[entry.skipped] += 1
            elif article is None:
                refuse(entry.place, entry.error or ArticleError("no article"))
            elif (identity := (article.id, article.version, article.withdrawn)) in seen:
                tally.skipped[TWICE] += 1
            else:
                seen.add(identity)

                def acknowledged(error: ArticleError | None, place: str = entry.place) -> None:
                    if error is None:
                        tally.taken += 1
                    else:
                        refuse(place, error)

                publisher.send(topic, encode_article(article), then=acknowledged)
            on_progress(tally)
    return tally
