"""The topics of a prefix against the live ones: what another extractor made of the same articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Article, ArticleError, ContractError, Event, Receipt
from schemas.errors import ConfigurationError
from streams.codec import decode_article, decode_event, decode_receipt
from streams.comparison import Compared, compare
from streams.records import open_reader
from streams.rendering.page import page_article, page_foot, page_head
from streams.settings import Settings
from streams.topics import TopicNames


@dataclass(frozen=True)
class Side:
    """What stands under one prefix.

    Attributes:
        receipts: Article id → what became of it.
        events: Of the articles that both sides have read.
    """

    receipts: dict[str, Receipt]
    events: list[Event]

    def of(self, article_id: str) -> list[Event]:
        """Give the events of one article in the order of the text."""
        found = [event for event in self.events if event.article.id == article_id]
        return sorted(found, key=lambda event: (event.triggers[0].start, event.id))


@dataclass(frozen=True)
class Diff:
    """Two sides and what differs between them.

    Attributes:
        articles: Ids of the articles that both sides have read; only these are compared.
    """

    articles: frozenset[str]
    live: Side
    other: Side
    compared: list[Compared]


def diff(
    settings: Settings, prefix: str, event_types: Sequence[str], *, article_id: str | None = None
) -> Diff:
    """Compare what stands on the event topics of the settings' prefix and of another.

    Args:
        settings: Where the broker is; their prefix is the one side.
        prefix: The other side.
        event_types: Which topics are compared.
        article_id: Only this article; None: all.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: A side has no topics.
        ConfigurationError: Not both sides have read the article.
    """
    other_settings = settings.model_copy(update={"topic_prefix": prefix})
    receipts = _receipts(settings), _receipts(other_settings)
    articles = frozenset(receipts[0].keys() & receipts[1].keys())
    if article_id is not None:
        if article_id not in articles:
            raise ConfigurationError(f"article {article_id} was not read on both sides")
        articles = frozenset({article_id})
    live, other = (
        Side(found, _events(where, event_types, articles))
        for found, where in zip(receipts, (settings, other_settings), strict=True)
    )
    return Diff(articles, live, other, compare(live.events, other.events))


def page_of(settings: Settings, prefix: str, found: Diff, article_id: str) -> str:
    """Draw one article twice, side by side, each with the events that a side has.

    Raises:
        ConfigurationError: The article is no longer on the raw topic of either side.
    """
    sides = []
    for number, (name, where, side) in enumerate(
        (
            (settings.topic_prefix or "live", settings, found.live),
            (prefix, settings.model_copy(update={"topic_prefix": prefix}), found.other),
        ),
        start=1,
    ):
        receipt = side.receipts[article_id]
        article = _article(where, article_id, receipt.version)
        extractor = f"{receipt.extractor.version}, {receipt.extractor.model}"
        titled = article.model_copy(update={"title": f"{name}: {article.title or article_id} ({extractor})"})
        sides.append(page_article(titled, side.of(article_id), number=number))
    return f'{page_head("Teletipo")}<div class="versus">\n{"".join(sides)}</div>\n{page_foot()}'


def _receipts(settings: Settings) -> dict[str, Receipt]:
    latest = _latest(settings, [TopicNames(settings.topic_prefix).receipts])
    found = {}
    for value in latest.values():
        try:
            receipt = decode_receipt(value)
        except ContractError:
            continue  # not written by a worker
        found[receipt.article_id] = receipt
    return found


def _events(settings: Settings, event_types: Sequence[str], articles: frozenset[str]) -> list[Event]:
    names = TopicNames(settings.topic_prefix)
    found = []
    for value in _latest(settings, [names.events(event_type) for event_type in event_types]).values():
        try:
            event = decode_event(value)
        except ContractError:
            continue  # not written by a worker
        if event.article.id in articles:
            found.append(event)
    return found


def _latest(settings: Settings, topics: Sequence[str]) -> dict[tuple[str, bytes | None], bytes]:
    """Read what compaction leaves, whether or not it has happened yet."""
    latest: dict[tuple[str, bytes | None], bytes] = {}
    with open_reader(settings, topics) as reader:
        ends = reader.end_offsets()
        reader.seek_to_beginning()
        for record in reader.until(ends):
            if record.value is None:
                latest.pop((record.topic, record.key), None)
            else:
                latest[record.topic, record.key] = record.value
    return latest


def _article(settings: Settings, article_id: str, version: int) -> Article:
    found = None
    with open_reader(settings, [TopicNames(settings.topic_prefix).raw]) as reader:
        ends = reader.end_offsets()
        reader.seek_to_beginning()
        for record in reader.until(ends):
            try:
                article = decode_article(record.value, max_bytes=settings.max_article_bytes)
            except ArticleError:
                continue
            if (article.id, article.version) == (article_id, version):
                found = article
    if found is None:
        raise ConfigurationError(f"article {article_id} is no longer on the raw topic")
    return found
