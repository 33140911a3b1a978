"""Articles of files in order of time, as a source to replay; larger than memory where need be."""

import heapq
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from schemas import Article, ArticleError
from schemas.errors import ConfigurationError
from streams.article_files import read_file
from streams.codec import Record, encode_article

_RUN_RECORDS: Final = 20_000
"""So many articles are sorted in memory at once, some 100 MB of long ones; more go to temporary files."""

Refused = Callable[[str, ArticleError], None]
"""Told the place and the reason of what is no article."""


class Timed(NamedTuple):
    """A record with its time; `number` counts the articles as they stand in the files, from 0."""

    timestamp_ms: int
    number: int
    record: Record


class Archive:
    """The articles of some files, sorted by time and then by their place in the files.

    The time of an article is when this version of it came out: `updated`, else `published`.
    """

    def __init__(
        self,
        files: Sequence[Path],
        *,
        first: datetime | None,
        end: datetime | None,
        max_bytes: int,
        on_refused: Refused,
    ) -> None:
        """Read and sort the files.

        Args:
            files: JSON or JSONL, plain, gzip or zstd.
            first: Only articles from then on; None: all.
            end: Only articles before then; None: all.
            max_bytes: A larger article is refused.
            on_refused: Told of what is no article; the rest goes on.

        Raises:
            ConfigurationError: There is no such file.
        """
        self._bounds = (_milliseconds(first), _milliseconds(end))
        self._stack = ExitStack()
        self._runs: list[IO[bytes]] = []
        self._last: list[Timed] = []
        self.records = 0
        try:
            for number, article in enumerate(_articles(files, max_bytes, on_refused)):
                self._take(number, article)
        except BaseException:
            self.close()
            raise
        self._last.sort()

    def __iter__(self) -> Iterator[Timed]:
        """Give the articles in order; each time anew from the first."""
        for run in self._runs:
            run.seek(0)
        return heapq.merge(*map(_read_run, self._runs), self._last)

    def close(self) -> None:
        """Let the temporary files go."""
        self._stack.close()

    def _take(self, number: int, article: Article) -> None:
        moment = _milliseconds(article.updated or article.published) or 0
        first, end = self._bounds
        if (first is not None and moment < first) or (end is not None and moment >= end):
            return
        self.records += 1
        self._last.append(Timed(moment, number, encode_article(article)))
        if len(self._last) >= _RUN_RECORDS:
            self._last.sort()
            run = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
            for timed in self._last:
                pickle.dump(tuple(timed), run)
            self._runs.append(run)
            self._last = []


def _articles(files: Sequence[Path], max_bytes: int, on_refused: Refused) -> Iterator[Article]:
    for file in files:
        if not file.is_file():
            raise ConfigurationError(f"{file}: no such file")
        for entry in read_file(file, max_bytes=max_bytes):
            if entry.article is None:
                on_refused(entry.place, entry.error or ArticleError("no article"))
            else:
                yield entry.article


def _read_run(run: IO[bytes]) -> Iterator[Timed]:
    while True:
        try:
            moment, number, record = pickle.load(run)
        except EOFError:
            return
        yield Timed(moment, number, Record(*record))


def _milliseconds(moment: Any) -> int | None:
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    # Kafka knows no time before 1970.
    return max(0, int(moment.timestamp() * 1000))
