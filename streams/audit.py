"""Is everything there? What stands on the topics of a cluster, compared with what was taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas import ArticleError, ContractError, Receipt
from streams.admin import uncommitted
from streams.codec import decode_article, decode_dead_letter, decode_receipt
from streams.records import StoredRecord, TopicReader, open_reader
from streams.settings import Settings
from streams.topics import TopicNames

Place = tuple[int, int]
"""Partition and offset on the raw topic."""

EventKey = tuple[str, str]
"""Type and id of an event."""


@dataclass
class Audit:
    """What was looked at, and what is not as promised.

    Attributes:
        records: On the raw topic, as far as they were committed.
        waiting: On the raw topic, not committed yet; they are not judged.
        articles: Different articles among the records.
        receipts: Articles with a receipt, those included whose records are gone.
        dead_letters: Records of the raw topic that ended there.
        events: Events that stand.
        lost_records: Places of records without a dead letter, and without a receipt of their version or
            a later one.
        lost_events: Events that a receipt tells of, and that do not stand.
        left_behind: Events that stand, and that no receipt tells of.
    """

    records: int = 0
    waiting: int = 0
    articles: int = 0
    receipts: int = 0
    dead_letters: int = 0
    events: int = 0
    lost_records: list[str] = field(default_factory=list)
    lost_events: list[str] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing is lost and nothing left behind."""
        return not (self.lost_records or self.lost_events or self.left_behind)


def audit(settings: Settings, event_types: Iterable[str]) -> Audit:
    """Read all topics of the settings' prefix and compare them.

    Ids of all articles and events are held in memory, some 300 bytes each. Events that retention has
    deleted count as lost: where `event_retention_hours` is set, only the records are worth looking at.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: A topic does not exist.
    """
    names = TopicNames(settings.topic_prefix)
    # In the order of what depends on what: a worker may be at work meanwhile.
    committed = {partition: to_come for partition, (to_come, _) in uncommitted(settings, names.raw).items()}
    with open_reader(settings, [names.raw]) as reader:
        raw = _everything(reader)
        records, waiting, articles = _sort_out(raw, committed, settings.max_article_bytes)
    with open_reader(settings, [names.dead_letter]) as reader:
        letters = _dead_places(_everything(reader), names.raw)
    with open_reader(settings, [names.receipts]) as reader:
        receipts = _latest_receipts(_everything(reader))
    standing: set[EventKey] = set()
    for event_type in event_types:
        with open_reader(settings, [names.events(event_type)]) as reader:
            standing |= {(event_type, key) for key in _standing(_everything(reader))}
    found = judge(articles, letters, receipts, standing)
    found.records, found.waiting = records, waiting
    return found


Versions = Mapping[Place, tuple[str, int, bool] | None]
"""Place of a record → article, version and whether it is withdrawn; None: no article."""


def judge(
    articles: Versions, letters: set[Place], receipts: Mapping[str, Receipt], standing: set[EventKey]
) -> Audit:
    """Compare what was taken in with what became of it. Pure."""
    told = {
        (event_type, event_id)
        for receipt in receipts.values()
        for event_type, ids in receipt.event_ids.items()
        for event_id in ids
    }
    lost = [
        f"{partition}:{offset}"
        for (partition, offset), article in sorted(articles.items())
        if (partition, offset) not in letters and not _has_receipt(article, receipts)
    ]
    return Audit(
        articles=len({article[0] for article in articles.values() if article}),
        receipts=len(receipts),
        dead_letters=len(letters & articles.keys()),
        events=len(standing),
        lost_records=lost,
        lost_events=[f"{event_type} {event_id}" for event_type, event_id in sorted(told - standing)],
        left_behind=[f"{event_type} {event_id}" for event_type, event_id in sorted(standing - told)],
    )


def _has_receipt(article: tuple[str, int, bool] | None, receipts: Mapping[str, Receipt]) -> bool:
    if article is None:
        return False
    article_id, version, withdrawn = article
    receipt = receipts.get(article_id)
    return receipt is not None and (receipt.version, receipt.withdrawn) >= (version, withdrawn)


def _everything(reader: TopicReader) -> Iterable[StoredRecord]:
    ends = reader.end_offsets()
    reader.seek_to_beginning()
    return reader.until(ends)


def _sort_out(
    raw: Iterable[StoredRecord], committed: Mapping[int, int], max_bytes: int
) -> tuple[int, int, Versions]:
    records = waiting = 0
    articles: dict[Place, tuple[str, int, bool] | None] = {}
    for record in raw:
        if record.offset >= committed.get(record.partition, 0):
            waiting += 1
            continue
        records += 1
        try:
            article = decode_article(record.value, max_bytes=max_bytes)
        except ArticleError:
            articles[record.partition, record.offset] = None
        else:
            articles[record.partition, record.offset] = (article.id, article.version, article.withdrawn)
    return records, waiting, articles


def _dead_places(letters: Iterable[StoredRecord], topic: str) -> set[Place]:
    places = set()
    for record in letters:
        try:
            letter = decode_dead_letter(record.key, record.value, record.headers)
        except ContractError:
            continue  # not written by a worker
        if letter.source_topic == topic:
            places.add((letter.source_partition, letter.source_offset))
    return places


def _latest_receipts(records: Iterable[StoredRecord]) -> dict[str, Receipt]:
    receipts = {}
    for record in records:
        try:
            receipt = decode_receipt(record.value or b"")
        except ContractError:
            continue  # not written by a worker
        receipts[receipt.article_id] = receipt
    return receipts


def _standing(records: Iterable[StoredRecord]) -> set[str]:
    keys: set[str] = set()
    for record in records:
        key = (record.key or b"").decode("utf-8", "replace")
        keys.add(key) if record.value is not None else keys.discard(key)
    return keys
