"""What stands on the topics in the end, against what an undisturbed reading of the articles gives."""

from collections import Counter
from dataclasses import dataclass, field

from schemas import Article, ArticleError, ExtractionError, TeletipoError
from streams.audit import audit
from streams.codec import decode_article, decode_dead_letter, encode_event
from streams.records import StoredRecord
from streams.topics import event_type_names
from tests.fakes import FakeExtractor
from tests.kafka.world import Kafka

_POISON = {"HANG": "timeout", "CRASH": "crash", "BUG": "extraction"}
_EXAMPLES = 5


@dataclass
class Expected:
    """What must stand in the end.

    Attributes:
        events: Type → key → value.
        receipts: Article id → the version that stands, and whether it is withdrawn.
        letters: Partition and offset on the raw topic → code, key and value.
    """

    events: dict[str, dict[bytes, bytes]]
    receipts: dict[str, tuple[int, bool]] = field(default_factory=dict)
    letters: dict[tuple[int, int], tuple[str, bytes | None, bytes | None]] = field(default_factory=dict)


@dataclass
class Verdict:
    """How what stands differs from what must.

    Attributes:
        lost: Events, receipts and dead letters that are missing.
        wrong: Those that are there, but not as they must be.
        left_behind: What should not stand: events of nothing, dead letters of what is no broken record,
            records not committed, processes that outlived their worker.
        duplicates: Records of event topics that repeat an earlier one, key and value.
        repeated_letters: Dead letters that stand more than once: their topic is not compacted.
        examples: A few of what is not as it must be.
    """

    lost: int = 0
    wrong: int = 0
    left_behind: int = 0
    duplicates: int = 0
    repeated_letters: int = 0
    events: int = 0
    tombstones: int = 0
    letters: int = 0
    receipts: int = 0
    examples: list[str] = field(default_factory=list)

    def compare(self, what: str, expected: dict, found: dict) -> None:
        """Count what two mappings differ in."""
        for key in expected.keys() | found.keys():
            if key not in found:
                self.lost += 1
                self._note(f"lost: {what} {key}")
            elif key not in expected:
                self.left_behind += 1
                self._note(f"left behind: {what} {key}")
            elif expected[key] != found[key]:
                self.wrong += 1
                self._note(f"wrong: {what} {key}: {found[key]!r:.200}, not {expected[key]!r:.200}")

    def leave_behind(self, count: int, what: str) -> None:
        """Count something that is left over."""
        if count:
            self.left_behind += count
            self._note(f"left behind: {count} {what}")

    def _note(self, text: str) -> None:
        if len(self.examples) < _EXAMPLES:
            self.examples.append(text)


def read_undisturbed(raw: list[StoredRecord], types: tuple[str, ...], max_bytes: int) -> Expected:
    """Read the raw topic in this process: the newest version of each article counts, whatever came first."""
    expected = Expected({name: {} for name in types})
    newest: dict[str, Article] = {}
    for record in raw:
        try:
            article = _accept(record.value, max_bytes)
        except (ArticleError, ExtractionError) as error:
            expected.letters[record.partition, record.offset] = (error.code, record.key, record.value)
            continue
        known = newest.get(article.id)
        if known is None or (article.version, article.withdrawn) > (known.version, known.withdrawn):
            newest[article.id] = article
    extractor = FakeExtractor(obeys=False)
    for article in newest.values():
        expected.receipts[article.id] = (article.version, article.withdrawn)
        for event in [] if article.withdrawn else extractor.extract(article):
            made = encode_event(event)
            assert made.key is not None and made.value is not None
            expected.events[event.type][made.key] = made.value
    return expected


def _accept(value: bytes | None, max_bytes: int) -> Article:
    article = decode_article(value, max_bytes=max_bytes)
    FakeExtractor(obeys=False).extract(article)  # refuses other languages
    for word, code in _POISON.items():
        if word in article.text:
            raise _coded(code)
    return article


def _coded(code: str) -> TeletipoError:
    from streams.errors import error_with_code

    return error_with_code(code, "on purpose")


def judge(kafka: Kafka, sent: Counter[tuple[bytes | None, bytes | None]]) -> Verdict:
    """Compare everything that stands on the topics.

    Args:
        kafka: The topics.
        sent: Key and value of what was given to the raw topic → how often; it must stand there.
    """
    types = event_type_names(kafka.settings)
    raw = kafka.read(kafka.names.raw)
    verdict = Verdict()
    stood = Counter((record.key, record.value) for record in raw)
    verdict.compare("raw record", dict(sent), dict(stood))
    expected = read_undisturbed(raw, types, kafka.settings.max_article_bytes)
    for name in types:
        records = kafka.read(kafka.names.events(name))
        found = {record.key: record.value for record in records}
        standing = {key: value for key, value in found.items() if value is not None}
        verdict.compare(f"{name} event", expected.events[name], standing)
        verdict.events += len(standing)
        verdict.tombstones += sum(record.value is None for record in records)
        verdict.duplicates += len(records) - len({(record.key, record.value) for record in records})
    receipts = kafka.receipts()
    verdict.receipts = len(receipts)
    verdict.compare("receipt", expected.receipts, {i: (r.version, r.withdrawn) for i, r in receipts.items()})
    letters = [
        decode_dead_letter(record.key, record.value, record.headers)
        for record in kafka.read(kafka.names.dead_letter)
    ]
    by_place = {
        (letter.source_partition, letter.source_offset): (letter.error, letter.key, letter.value)
        for letter in letters
    }
    verdict.letters = len(by_place)
    verdict.repeated_letters = len(letters) - len(by_place)
    verdict.compare("dead letter", expected.letters, by_place)
    verdict.leave_behind(kafka.lag() or 0, "records not committed")
    # The command for clusters of one's own must see the same.
    found = audit(kafka.settings, types)
    verdict.compare("audit", {"clean": verdict.lost + verdict.left_behind == 0}, {"clean": found.clean})
    return verdict
