"""What is sent of what comes again: once, unless the words or the version are new."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, ConfigurationError
from streams.ingest_memory import FeedState, IngestMemory, open_memory
from streams.sent import OLDER, SAME_VERSION, SENT_BEFORE, decide


def article(text: str = "Uno.", version: int = 0, *, withdrawn: bool = False, id: str = "a") -> Article:
    return Article(id=id, text=text, published="2026-03-06", version=version, withdrawn=withdrawn)


def offer(memory: IngestMemory, found: Article, *, fixed: bool = False) -> str:
    """Send an article if it is to be sent: its version, or why not."""
    chosen, reason = decide(found, memory.known(found.id), fixed_version=fixed)
    if chosen is None:
        return reason
    memory.sent(found.id, memory.sending(chosen, read_version=found.version))
    return f"v{chosen.version}" + ("†" if chosen.withdrawn else "")


def test_memory_the_same_article_is_sent_once() -> None:
    with open_memory(None, "t") as memory:
        assert offer(memory, article()) == "v0"
        assert offer(memory, article()) == SENT_BEFORE
        assert offer(memory, article(id="b")) == "v0"


def test_memory_another_date_or_outlet_is_not_another_article() -> None:
    with open_memory(None, "t") as memory:
        assert offer(memory, article()) == "v0"
        again = article().model_copy(update={"published": datetime(2026, 3, 7, tzinfo=UTC), "source": "Otro"})
        assert offer(memory, again) == SENT_BEFORE


def test_memory_changed_words_are_a_new_version_where_the_newsroom_numbers_none() -> None:
    with open_memory(None, "t") as memory:
        assert [offer(memory, article(text)) for text in ("Uno.", "Dos.", "Tres.")] == ["v0", "v1", "v2"]
        assert [offer(memory, article(text)) for text in ("Uno.", "Dos.", "Tres.")] == [SENT_BEFORE] * 3
        assert offer(memory, article("Cuatro.", 3600)) == "v3600"
        assert offer(memory, article("Antiguo.", 60)) == OLDER


def test_memory_the_newsrooms_own_versions_are_left_as_they_are() -> None:
    with open_memory(None, "t") as memory:
        assert offer(memory, article("Dos.", 2), fixed=True) == "v2"
        assert offer(memory, article("Uno.", 1), fixed=True) == OLDER
        assert offer(memory, article("Otro.", 2), fixed=True) == SAME_VERSION
        assert offer(memory, article("Dos.", 3), fixed=True) == "v3"


@pytest.mark.parametrize("fixed", [True, False])
def test_memory_a_kill_stands_until_a_higher_version(fixed: bool) -> None:
    with open_memory(None, "t") as memory:
        offer(memory, article("Uno.", 1), fixed=fixed)
        assert offer(memory, article("", 1, withdrawn=True), fixed=fixed) == "v1†"
        assert offer(memory, article("", 1, withdrawn=True), fixed=fixed) == SENT_BEFORE
        assert offer(memory, article("Nuevo.", 1), fixed=fixed) == OLDER
        assert offer(memory, article("Nuevo.", 2), fixed=fixed) == "v2"


def test_memory_a_killed_article_that_comes_back_later_is_sent() -> None:
    with open_memory(None, "t") as memory:
        assert offer(memory, article("Uno.", 60)) == "v60"
        assert offer(memory, article("Uno.", 90)) == SENT_BEFORE
        assert offer(memory, article("", 120, withdrawn=True)) == "v120†"
        assert offer(memory, article("Uno.", 60)) == SENT_BEFORE
        assert offer(memory, article("Uno.", 180)) == "v180"


OFFERS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.booleans()), max_size=12)


@given(OFFERS, st.booleans())
def test_memory_repeating_all_sends_nothing_and_versions_only_grow(
    offers: list[tuple[str, int, bool]], fixed: bool
) -> None:
    found = [article("" if kill else text, version, withdrawn=kill) for text, version, kill in offers]
    with open_memory(None, "t") as memory:
        sent = [offer(memory, one, fixed=fixed) for one in found]
        ranks = [(int(s[1:].rstrip("†")), s.endswith("†")) for s in sent if s.startswith("v")]
        assert ranks == sorted(set(ranks))
        last = memory.known("a")
        again = [offer(memory, one, fixed=fixed) for one in found]
        if fixed:
            assert not [s for s in again if s.startswith("v")]
        elif not any(kill for _, _, kill in offers):
            assert again == [SENT_BEFORE if not s.startswith(OLDER) else s for s in again]
            assert memory.known("a") == last


def test_memory_lasts_in_its_file_by_target(tmp_path: Path) -> None:
    path = tmp_path / "new" / "m.sqlite"
    with open_memory(path, "t") as memory:
        offer(memory, article())
        memory.polled("http://a/", FeedState('"1"', None))
    with open_memory(path, "t") as memory:
        assert offer(memory, article()) == SENT_BEFORE
        assert memory.feed("http://a/").etag == '"1"'
        assert memory.poll_failed("http://a/").failures == 1
        assert memory.feed("http://a/").etag == '"1"', "a failure does not lose the validators"
    with open_memory(path, "another topic") as memory:
        assert offer(memory, article()) == "v0"
        assert memory.feed("http://a/") == FeedState()


def test_memory_what_was_not_acknowledged_is_not_kept(tmp_path: Path) -> None:
    with open_memory(tmp_path / "m", "t") as memory:
        sent = memory.sending(article(), read_version=0)
        assert memory.known("a") == sent, "on its way counts within the run"
        memory.lost("a", sent)
        assert memory.known("a") is None
        memory.sending(article(), read_version=0)
    with open_memory(tmp_path / "m", "t") as memory:
        assert memory.known("a") is None


def test_memory_forgets_what_the_topic_has_forgotten(tmp_path: Path) -> None:
    with open_memory(tmp_path / "m", "t") as memory:
        offer(memory, article())
    with open_memory(tmp_path / "m", "t", keep_hours=1) as memory:
        assert memory.known("a") is not None
    with sqlite3.connect(tmp_path / "m") as connection:  # as if two hours had passed
        connection.execute("UPDATE sent SET at = at - 7200")
    connection.close()
    with open_memory(tmp_path / "m", "t", keep_hours=1) as memory:
        assert memory.known("a") is None


def test_memory_forgets_while_it_goes_on(tmp_path: Path) -> None:
    now = [1_000_000.0]
    with open_memory(tmp_path / "m", "t", keep_hours=3, clock=lambda: now[0]) as memory:
        offer(memory, article())
        memory.flush()
        now[0] += 2 * 3600
        offer(memory, article(id="b"))
        memory.flush()
        assert memory.known("a") is not None
        now[0] += 2 * 3600
        memory.flush()
        assert (memory.known("a"), memory.known("b") is not None) == (None, True)


def test_memory_that_cannot_be_written_lasts_for_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with open_memory(tmp_path / "file" / "m", "t") as memory:
        assert memory.forgetful is not None and "file" in memory.forgetful
        assert [offer(memory, article()), offer(memory, article())] == ["v0", SENT_BEFORE]


def test_memory_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "m"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(ConfigurationError, match="delete the file"), open_memory(path, "t"):
        pass
