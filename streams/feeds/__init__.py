"""Foreign formats → articles; what cannot be read comes as its reason, and the rest goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from schemas.errors import ConfigurationError, DecodeError
from streams.article_files import Entry
from streams.feeds.drafts import ReadingOptions
from streams.feeds.formats import JSON_ENDINGS, read_open_file, read_payload

__all__ = [
    "OpenFile",
    "ReadingOptions",
    "files_of",
    "read_file",
    "read_open_file",
    "read_payload",
    "read_source",
]

_XML_ENDINGS: Final = (".xml", ".rss", ".atom", ".nitf", ".newsml", ".ninjs")
_TEXT_ENDING: Final = ".txt"
_KNOWN_ENDINGS: Final = (*JSON_ENDINGS, *_XML_ENDINGS, *(ending + ".gz" for ending in _XML_ENDINGS))


OpenFile = Callable[[Path], IO[bytes]]


def read_source(source: str, options: ReadingOptions) -> Iterator[Entry]:
    """Read the articles of a file or a folder.

    Args:
        source: A file of any format that we know, gzipped or not, or a folder with such files.
        options: Bounds and defaults.

    Raises:
        ConfigurationError: There is no such file, or nothing in it that we know.
    """
    for file in files_of(Path(source)):
        yield from read_file(file, options)


def files_of(path: Path) -> list[Path]:
    """List the file itself, or those of a folder and its folders whose names end as feeds do, in order.

    Raises:
        ConfigurationError: There is no such file, or a folder holds none that we know.
    """
    if not path.exists():
        raise ConfigurationError(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    files = [found for found in sorted(path.rglob("*")) if found.is_file() and _is_known(found)]
    if not files:
        endings = ", ".join((*JSON_ENDINGS[:3], *_XML_ENDINGS, _TEXT_ENDING))
        raise ConfigurationError(f"{path}: holds no {endings}")
    return files


def read_file(
    path: Path, options: ReadingOptions, *, open_file: OpenFile = lambda path: path.open("rb")
) -> Iterator[Entry]:
    """Read the articles of a file of any format that we know; `open_file` may count what is read."""
    try:
        stream = open_file(path)
    except OSError as error:
        yield Entry(str(path), error=DecodeError(f"cannot be read: {error.strerror or error}"))
        return
    with stream:
        yield from read_open_file(stream, str(path), options)


def _is_known(path: Path) -> bool:
    """Tell a feed by its name; of plain text, which may be anything, only what has a header with a date."""
    from streams.feeds.headed_text import has_header

    name = path.name.lower()
    return name.endswith(_KNOWN_ENDINGS) or (name.endswith(_TEXT_ENDING) and has_header(path))
