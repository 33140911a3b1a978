"""Foreign formats → articles; what cannot be read comes as its reason, and the rest goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from schemas.errors import ConfigurationError
from streams.article_files import Entry

_JSON_ENDINGS: Final = (".jsonl", ".json", ".ndjson", ".jsonl.gz", ".json.gz", ".ndjson.gz")
_FEED_ENDINGS: Final = (".xml", ".rss", ".atom")


def read_source(source: str, *, max_bytes: int) -> Iterator[Entry]:
    """Read the articles of a file, a folder or an address.

    Args:
        source: A JSON or JSONL file (also .gz), an RSS or Atom file, a folder with such files,
            or the http(s) address of a feed.
        max_bytes: A larger article is refused.

    Raises:
        ConfigurationError: There is no such file, or nothing in it that we know.
    """
    from streams.feeds.rss import read_feed_address

    if source.startswith(("http://", "https://")):
        yield from read_feed_address(source)
        return
    path = Path(source)
    if not path.exists():
        raise ConfigurationError(f"{source}: no such file or folder")
    if not path.is_dir():
        yield from _reader_of(path)(path, max_bytes=max_bytes)
        return
    files = [found for found in sorted(path.rglob("*")) if found.is_file() and _is_known(found)]
    if not files:
        raise ConfigurationError(f"{source}: holds no {', '.join((*_JSON_ENDINGS[:3], *_FEED_ENDINGS))}")
    for file in files:
        yield from _reader_of(file)(file, max_bytes=max_bytes)


def _is_known(path: Path) -> bool:
    return path.name.lower().endswith((*_JSON_ENDINGS, *_FEED_ENDINGS))


def _reader_of(path: Path) -> Callable[..., Iterator[Entry]]:
    from streams.feeds.jsonl import read_jsonl
    from streams.feeds.rss import read_feed_file

    return read_feed_file if path.name.lower().endswith(_FEED_ENDINGS) else read_jsonl
