"""Is everything there? On invented topics."""

from streams.audit import judge
from streams.corrections import make_receipt
from tests.builders import make_article
from tests.fakes import NOW, FakeExtractor

ME = FakeExtractor().identity


def receipt(article_id: str, version: int = 0, **events: tuple[str, ...]):  # type: ignore[no-untyped-def]
    article = make_article(id=article_id, version=version)
    return make_receipt(article, ME, events, duration_ms=1, finished_at=NOW)


def test_audit_all_there() -> None:
    found = judge(
        {(0, 0): ("a", 0, False), (0, 1): ("a", 1, False), (1, 0): None},
        {(1, 0), (3, 7)},
        {"a": receipt("a", 1, visit=("v",)), "older": receipt("older")},
        {("visit", "v")},
    )
    assert found.clean
    assert (found.articles, found.receipts, found.dead_letters, found.events) == (1, 2, 1, 1)


def test_audit_a_record_without_receipt_or_dead_letter_is_lost() -> None:
    found = judge(
        {(0, 0): ("a", 0, False), (0, 1): ("a", 1, False), (0, 2): None, (0, 3): ("b", 0, False)},
        set(),
        {"a": receipt("a")},
        set(),
    )
    assert found.lost_records == ["0:1", "0:2", "0:3"]
    assert not found.clean


def test_audit_a_withdrawal_needs_a_receipt_of_its_own() -> None:
    assert judge({(0, 0): ("a", 0, True)}, set(), {"a": receipt("a")}, set()).lost_records == ["0:0"]


def test_audit_events_and_receipts_must_agree() -> None:
    found = judge({}, set(), {"a": receipt("a", visit=("v", "w"))}, {("visit", "v"), ("statement", "s")})
    assert (found.lost_events, found.left_behind) == (["visit w"], ["statement s"])
