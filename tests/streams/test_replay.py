"""The merge over partitions and the pace, without a broker."""

from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import ConfigurationError
from streams.merge import merge_by_time
from streams.records import StoredRecord
from streams.replay import _Pace, check_lifetime


class FakeReader:
    """Partitions in memory that answer in an order of the test's choosing, a few records at a time."""

    def __init__(self, partitions: list[list[int]], answers: deque[int]) -> None:
        self.partitions = list(range(len(partitions)))
        self._times = partitions
        self._positions = [0] * len(partitions)
        self._answers = answers
        self._paused: set[int] = set()

    def position(self, partition: Any) -> int:
        return self._positions[partition]

    def pause(self, partitions: list[int]) -> None:
        self._paused.update(partitions)

    def resume(self, partitions: list[int]) -> None:
        self._paused.difference_update(partitions)

    @staticmethod
    def partition_of(record: StoredRecord) -> int:
        return record.partition

    def poll(self) -> list[StoredRecord]:
        self._answers.rotate(-1)
        partition = self._answers[0] % len(self.partitions)
        if partition in self._paused:
            return []
        start = self._positions[partition]
        found = self._times[partition][start : start + 2]
        self._positions[partition] += len(found)
        return [StoredRecord("t", partition, start + n, time, None, None, []) for n, time in enumerate(found)]


@given(
    st.lists(st.lists(st.integers(0, 50)).map(sorted), min_size=1, max_size=3),
    st.lists(st.integers(0, 5), max_size=5),
)
def test_replay_merge_is_the_same_whatever_answers_first(times: list[list[int]], answers: list[int]) -> None:
    ends = {number: len(found) for number, found in enumerate(times)}
    reader = FakeReader(times, deque([*answers, 0, 1, 2]))
    merged = [(r.timestamp_ms, r.partition, r.offset) for r in merge_by_time(reader, ends)]  # type: ignore[arg-type]
    expected = sorted((t, p, o) for p, found in enumerate(times) for o, t in enumerate(found))
    assert merged == expected


def test_replay_pace_is_so_many_times_faster() -> None:
    waited: list[float] = []
    pace = _Pace(60.0, waited.append)
    for written in (1000.0, 1060.0, 1120.0):
        pace.wait_for(written)
    assert [round(seconds) for seconds in waited] == [1, 2]
    _Pace(None, waited.append).wait_for(0)
    assert len(waited) == 2


def test_replay_sends_nothing_that_is_older_than_the_topic_keeps() -> None:
    yesterday = int((datetime.now(UTC) - timedelta(days=1)).timestamp() * 1000)
    check_lifetime("t", timedelta(days=2), yesterday)
    check_lifetime("t", None, 0)
    with pytest.raises(ConfigurationError, match=r"t keeps records for 12 hours.*--despite-retention"):
        check_lifetime("t", timedelta(hours=12), yesterday)
