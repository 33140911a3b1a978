"""Articles as JSON lines, gzipped or not: our own format, so nothing is translated."""

from collections.abc import Iterator
from pathlib import Path

from streams.article_files import Entry, read_file


def read_jsonl(path: Path, *, max_bytes: int) -> Iterator[Entry]:
    """Read the articles of a file, in order; a line that is none comes with its reason."""
    yield from read_file(path, max_bytes=max_bytes)
