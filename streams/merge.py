"""Records of several partitions in one order of time, whichever of them answers first."""

import heapq
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final

from streams.records import StoredRecord, TopicReader

_BUFFERED_RECORDS: Final = 1000
"""So many of a partition wait for the slower ones; then it is paused, and memory stays flat."""


def merge_by_time(reader: TopicReader, ends: Mapping[Any, int]) -> Iterator[StoredRecord]:
    """Give the records of all partitions up to `ends` in order of time, then partition, then offset.

    Waits until every unfinished partition has a record to compare, so the order does not hang on
    which one answered first. Within a partition the order of offsets is kept.
    """
    waiting: dict[Any, deque[StoredRecord]] = {tp: deque() for tp in reader.partitions}
    finished = {tp: reader.position(tp) >= ends[tp] for tp in reader.partitions}
    heads: list[tuple[int, int, int, Any]] = []
    queued: set[Any] = set()
    reader.pause([tp for tp, over in finished.items() if over])
    while True:
        for partition, records in waiting.items():
            if records and partition not in queued:
                head = records[0]
                heapq.heappush(heads, (head.timestamp_ms, head.partition, head.offset, partition))
                queued.add(partition)
        if all(finished[tp] or tp in queued for tp in reader.partitions):
            if not heads:
                return
            partition = heapq.heappop(heads)[-1]
            queued.discard(partition)
            yield waiting[partition].popleft()
            continue
        full = [tp for tp, records in waiting.items() if len(records) >= _BUFFERED_RECORDS]
        reader.pause(full)
        for record in reader.poll():
            partition = reader.partition_of(record)
            if record.offset < ends[partition]:
                waiting[partition].append(record)
        reader.resume([tp for tp in full if not finished[tp]])
        for partition in reader.partitions:
            if not finished[partition] and reader.position(partition) >= ends[partition]:
                finished[partition] = True
                reader.pause([partition])
