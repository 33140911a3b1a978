"""A folder that agencies deliver into: files are taken once they are complete, and then moved away."""

import logging
import mimetypes
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from schemas.errors import ConfigurationError
from streams.article_files import Entry
from streams.feeds import read_file
from streams.feeds.drafts import NOT_TEXT, ReadingOptions
from streams.ingest import Batch, Settlement

DONE: Final = "done"
FAILED: Final = "failed"
REASON_SUFFIX: Final = ".reason.txt"

_UNFINISHED: Final = (
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".writing",
    ".swp",
    "~",
)
"""How programs name files that they still write: they rename them in the end."""
_OTHER_MEDIA: Final = ("image", "video", "audio")
"""Agencies deliver pictures beside texts."""
_EMPTY_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Look:
    size: int
    modified_ns: int
    since: float


class DropFolder:
    """Watches one folder; what is in folders within it is left alone.

    A file is complete when its size and time have not changed for a while. It goes to `done` when
    the broker has its articles, to `failed` with the reasons beside it when any of them is refused.
    """

    def __init__(
        self,
        path: Path,
        options: ReadingOptions,
        *,
        settle_seconds: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the folders for what was read.

        Raises:
            ConfigurationError: There is no such folder, or it cannot be written to.
        """
        if not path.is_dir():
            raise ConfigurationError(f"{path}: no such folder")
        try:
            for name in (DONE, FAILED):
                (path / name).mkdir(exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"{path}: files cannot be moved in it: {error.strerror}") from error
        self._path = path
        self._options = options
        self._settle_seconds = settle_seconds
        self._clock = clock
        self._looks: dict[str, _Look] = {}
        self._stuck: set[str] = set()

    def batches(self) -> Iterator[Batch]:
        """Give a batch for each file that is complete, the oldest first, so that corrections come last."""
        for file in self.complete_files():
            yield Batch(self._read(file), partial(self._settle, file))

    def complete_files(self) -> list[Path]:
        """List the files that have not changed since they were looked at a while ago."""
        now, looks = self._clock(), {}
        complete = []
        for name, found in self._files():
            before = self._looks.get(name)
            same = before is not None and (before.size, before.modified_ns) == (
                found.st_size,
                found.st_mtime_ns,
            )
            look = before if before is not None and same else _Look(found.st_size, found.st_mtime_ns, now)
            looks[name] = look
            patience = self._settle_seconds if found.st_size else max(_EMPTY_SECONDS, self._settle_seconds)
            if now - look.since >= patience and name not in self._stuck:
                complete.append((found.st_mtime_ns, name))
        self._looks = looks
        return [self._path / name for _, name in sorted(complete)]

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        """Give the plain files of the folder: no links, which may lead anywhere."""
        for entry in os.scandir(self._path):
            name = entry.name
            if name.startswith(".") or name.lower().endswith((*_UNFINISHED, REASON_SUFFIX)):
                continue
            try:
                found = entry.stat(follow_symlinks=False)
            except OSError:  # moved away meanwhile
                continue
            if stat.S_ISREG(found.st_mode):
                yield name, found

    def _read(self, file: Path) -> Iterator[Entry]:
        medium = (mimetypes.guess_type(file.name)[0] or "").partition("/")[0]
        if medium in _OTHER_MEDIA:
            yield Entry(str(file), skipped=NOT_TEXT)
            return
        yield from read_file(file, replace(self._options, now=datetime.now(UTC)))

    def _settle(self, file: Path, settlement: Settlement) -> None:
        log = logging.getLogger(__name__)
        failed = bool(settlement.refused)
        try:
            target = _free_name(self._path / (FAILED if failed else DONE) / file.name)
            if failed:
                reason = target.with_name(target.name + REASON_SUFFIX)
                reason.write_text(_reasons(settlement), "utf-8")
            file.rename(target)
        except FileNotFoundError:  # another process took it: what was sent twice has the same ids
            log.warning("file.gone", extra={"file": str(file)})
        except OSError as error:
            self._stuck.add(file.name)
            log.error("file.stuck", extra={"file": str(file), "reason": error.strerror or str(error)})
        else:
            fields = {"file": file.name, "outcome": target.parent.name, **settlement.fields()}
            log.info("file.read", extra=fields)


def _free_name(path: Path) -> Path:
    """Give the name, or with a number if a file of that name was read before."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}.{number}{path.suffix}")
    return free


def _reasons(settlement: Settlement) -> str:
    refused = [f"{place}: {error.code}: {error.detail}" for place, error in settlement.reasons]
    more = settlement.refused - len(refused)
    rest = [f"and {more} more"] if more else []
    taken = [f"{settlement.taken} articles of the file were taken"] if settlement.taken else []
    return "\n".join([*refused, *rest, *taken]) + "\n"
