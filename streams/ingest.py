"""Articles from sources → `articles.raw`. Safe to repeat: what was sent before is not sent again."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from schemas import Article, ArticleError
from streams.admin import require_topics, topic_identity
from streams.article_files import Entry
from streams.codec import encode_article
from streams.ingest_memory import IngestMemory, open_memory
from streams.publisher import Publisher, open_publisher
from streams.sent import SENT_BEFORE, Sent, decide
from streams.settings import Settings
from streams.topics import TopicNames

MEMORY_FILE: Final = "ingest.sqlite"

_MAX_REASONS: Final = 100

Refused = Callable[[str, ArticleError], None]
"""Told the place and reason of what is not taken."""


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


@dataclass
class Settlement:
    """What became of one batch, when the broker has all that it gets of it.

    Attributes:
        refused: How many were not taken.
        reasons: Place and reason of the first hundred of these: an archive may hold millions.
        notes: What had to be guessed → for how many articles.
    """

    taken: int = 0
    skipped: int = 0
    refused: int = 0
    reasons: list[tuple[str, ArticleError]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def refuse(self, place: str, error: ArticleError) -> None:
        """Count one that is not taken."""
        self.refused += 1
        if len(self.reasons) < _MAX_REASONS:
            self.reasons.append((place, error))

    def fields(self) -> dict[str, int | dict[str, int]]:
        """Give its counts as fields of a log line; guesses only where there are any."""
        counts = {"taken": self.taken, "skipped": self.skipped, "refused": self.refused}
        return {**counts, **({"guessed": dict(self.notes)} if self.notes else {})}


@dataclass(frozen=True)
class Batch:
    """Entries that come together: a file, an answer of a feed, standard input.

    Attributes:
        entries: Read as they are sent.
        settle: Called when everything of it is acknowledged: a file may be moved, a feed's state kept.
    """

    entries: Iterable[Entry]
    settle: Callable[[Settlement], None] | None = None


def ingest(
    batches: Callable[[IngestMemory], Iterable[Batch]],
    settings: Settings,
    *,
    on_refused: Refused,
    on_progress: Callable[[Tally], None] = lambda _: None,
    on_warning: Callable[[str], None] = lambda _: None,
    again: bool = False,
    tally: Tally | None = None,
) -> Tally:
    """Send articles to `articles.raw` and wait until the broker has them.

    Args:
        batches: Gives what is to be sent; told what is remembered.
        settings: Where the broker is, and the prefix of the topics.
        on_refused: Told the place and reason of what is not taken.
        on_progress: Told after each article.
        on_warning: Told what is wrong and can be lived with.
        again: Send also what was sent before.
        tally: Counts on; what is counted stands in it even when an error ends the run.

    Raises:
        DeliveryError: The broker is away or does not acknowledge.
        MissingTopicError: `articles.raw` does not exist.
    """
    topic = TopicNames(settings.topic_prefix).raw
    require_topics(settings, [topic])
    remembered = open_memory(
        settings.data_dir / MEMORY_FILE,
        topic_identity(settings, topic),
        keep_hours=settings.raw_retention_hours,
        again=again,
    )
    with remembered as memory, open_publisher(settings) as publisher:
        if memory.forgetful is not None:
            on_warning(f"what is sent cannot be remembered: {memory.forgetful}")
        sender = _Sender(publisher, memory, topic, on_refused, on_progress, tally or Tally())
        for batch in batches(memory):
            sender.send(batch)
        publisher.flush()
    return sender.tally


class _Sender:
    """Sends batches, one after the other, and counts."""

    def __init__(
        self,
        publisher: Publisher,
        memory: IngestMemory,
        topic: str,
        on_refused: Refused,
        on_progress: Callable[[Tally], None],
        tally: Tally,
    ) -> None:
        self.tally = tally
        self._publisher = publisher
        self._memory = memory
        self._topic = topic
        self._on_refused = on_refused
        self._on_progress = on_progress

    def send(self, batch: Batch) -> None:
        """Send a batch; one that is to be settled is waited for."""
        settlement = Settlement()
        for entry in batch.entries:
            self.tally.notes.update(entry.notes)
            settlement.notes.update(entry.notes)
            if entry.article is None:
                self._pass_over(entry, settlement)
            else:
                self._send_article(entry, entry.article, settlement)
            self._on_progress(self.tally)
        if batch.settle is not None:
            self._publisher.flush()
            self._memory.flush()
            batch.settle(settlement)

    def _pass_over(self, entry: Entry, settlement: Settlement) -> None:
        if entry.recall is not None and self._memory.known(entry.recall.id) is not None:
            # Withheld after it was sent: it must not be seen until it is usable again.
            self._send_article(entry, entry.recall, settlement)
        elif entry.skipped is not None:
            self._skip(entry.skipped, settlement)
        else:
            self._refuse(entry.place, entry.error or ArticleError("no article"), settlement)

    def _send_article(self, entry: Entry, found: Article, settlement: Settlement) -> None:
        known = self._memory.known(found.id)
        article, reason = decide(found, known, fixed_version=entry.fixed_version)
        if article is None and self._memory.again and known is not None and reason == SENT_BEFORE:
            article = found.model_copy(update={"version": known.version})
        if article is None:
            self._skip(reason, settlement)
            return
        sent = self._memory.sending(article, read_version=found.version)

        def acknowledged(error: ArticleError | None) -> None:
            self._acknowledge(entry, found.id, sent, error, settlement)

        self._publisher.send(self._topic, encode_article(article), then=acknowledged)

    def _acknowledge(
        self, entry: Entry, article_id: str, sent: Sent, error: ArticleError | None, settlement: Settlement
    ) -> None:
        if error is None:
            self._memory.sent(article_id, sent, entry.key)
            self.tally.taken += 1
            settlement.taken += 1
        else:
            self._memory.lost(article_id, sent)
            self._refuse(entry.place, error, settlement)

    def _skip(self, reason: str, settlement: Settlement) -> None:
        self.tally.skipped[reason] += 1
        settlement.skipped += 1

    def _refuse(self, place: str, error: ArticleError, settlement: Settlement) -> None:
        self.tally.refused[error.code] += 1
        settlement.refuse(place, error)
        self._on_refused(place, error)
