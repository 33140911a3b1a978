from streams.codec import encode_event, encode_tombstone
from streams.records import StoredRecord
from streams.topics import TopicNames
from streams.watch import _watched, one_line
from tests.builders import make_article
from tests.fakes import FakeExtractor


def lines(text: str) -> list[str]:
    article = make_article(text)
    records = [(event.type, encode_event(event)) for event in FakeExtractor().extract(article)]
    records.append(("visit", encode_tombstone("visit", "e-1", article)))
    shown = []
    for event_type, (key, value, headers) in records:
        stored = StoredRecord(f"x.events.{event_type}", 0, 0, 0, key, value, headers)
        watched = _watched(TopicNames("x."), stored)
        assert watched is not None
        shown.append(one_line(watched))
    return shown


def test_watch_tells_an_event_in_a_line() -> None:
    visit, statement, tombstone = lines("Ana visitó Roma. Luis dijo nada.")
    assert visit.split() == ["visita", "2024-05-10", "Ana", "(50", "%)"]
    assert statement.startswith("declaración  2024-05-10  Luis dice")
    assert tombstone == "visita       retirada: e-1 (artículo a-1)"


def test_watch_passes_over_records_of_others() -> None:
    assert _watched(TopicNames(), StoredRecord("events.visit", 0, 0, 0, b"k", b"nada", [])) is None
