"""How far a replay has come, on disk: enough to go on after Ctrl-C, a kill or a power cut."""

import json
import os
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from schemas.errors import ConfigurationError

_SAVE_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Plan:
    """What is replayed, and where to.

    Attributes:
        source: Topic that the records come from; empty for an archive.
        archive: Files that they come from.
        archive_bytes: Their size together.
        target: Topic that they go to.
        prefix: Prefix of the topics that are made for it; None: the live ones.
        first, end: The stretch of time; None: no bound.
    """

    target: str
    source: str = ""
    archive: tuple[str, ...] = ()
    archive_bytes: int = 0
    prefix: str | None = None
    first: datetime | None = None
    end: datetime | None = None


@dataclass
class Progress:
    """How far one partition of the source has come.

    Attributes:
        next: Offset, or number of the article in the archive's order, of the first not acknowledged.
        sent: Records acknowledged.
    """

    next: int = 0
    sent: int = 0


@dataclass
class Checkpoint:
    """A plan and its progress, saved now and then.

    Attributes:
        plan: What is replayed.
        progress: Partition of the source → how far; an archive is partition 0.
        arrived: Partition of the target → offset after the last record acknowledged there.
        finished: Nothing is left.
    """

    file: Path
    plan: Plan
    progress: dict[int, Progress] = field(default_factory=dict)
    arrived: dict[int, int] = field(default_factory=dict)
    finished: bool = False
    _saved_at: float = 0.0

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read a checkpoint.

        Raises:
            ConfigurationError: There is none, or it is none of ours.
        """
        try:
            stored = json.loads(file.read_text("utf-8"))
            plan = stored["plan"]
            for bound in ("first", "end"):
                plan[bound] = datetime.fromisoformat(plan[bound]) if plan[bound] else None
            return cls(
                file=file,
                plan=Plan(**{**plan, "archive": tuple(plan["archive"])}),
                progress={int(p): Progress(**progress) for p, progress in stored["progress"].items()},
                arrived={int(p): offset for p, offset in stored["arrived"].items()},
                finished=stored["finished"],
            )
        except FileNotFoundError as error:
            raise ConfigurationError(f"nothing to resume: there is no {file}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"{file} is no checkpoint: {error}") from error

    @property
    def sent(self) -> int:
        """Records acknowledged so far, over all partitions."""
        return sum(progress.sent for progress in self.progress.values())

    def acknowledge(self, *, source: int, position: int, target: int, offset: int) -> None:
        """Note that a record has arrived; call in the order of sending."""
        progress = self.progress.setdefault(source, Progress())
        progress.next = position + 1
        progress.sent += 1
        self.arrived[target] = offset + 1
        if time.monotonic() - self._saved_at >= _SAVE_SECONDS:
            self.save()

    def save(self) -> None:
        """Write it, whole or not at all."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_name(f"{self.file.name}.part{os.getpid()}")
        part.write_text(json.dumps(self._as_json(), indent=1, default=str) + "\n", "utf-8")
        part.replace(self.file)
        self._saved_at = time.monotonic()

    def _as_json(self) -> dict[str, Any]:
        plan = asdict(self.plan)
        for bound in ("first", "end"):
            plan[bound] = plan[bound].isoformat() if plan[bound] else None
        return {
            "plan": plan,
            "progress": {partition: asdict(progress) for partition, progress in self.progress.items()},
            "arrived": self.arrived,
            "finished": self.finished,
        }
