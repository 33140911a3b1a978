"""Set-up of logging, called by commands only: events with fields, readable on a terminal, else JSON."""

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from streams.settings import Settings

_NOISY: Final = ("faust", "mode", "aiokafka", "kafka", "asyncio")
_REPEAT_SECONDS: Final = 30.0
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logging(settings: Settings) -> None:
    """Send logs to stderr in the format of the settings; libraries speak from warnings upwards."""
    handler = logging.StreamHandler(sys.stderr)
    readable = settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())
    handler.setFormatter(ConsoleFormatter() if readable else JsonFormatter())
    handler.addFilter(SaidOnce())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


class SaidOnce(logging.Filter):
    """Lets a message of a library through once in half a minute: clients repeat theirs ten times a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Decide on a record; our own always pass."""
        if not record.name.startswith(_NOISY):
            return True
        key = (record.name, str(record.msg))
        now = self._clock()
        if now - self._said.get(key, -_REPEAT_SECONDS) < _REPEAT_SECONDS:
            return False
        self._said[key] = now
        return True


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class ConsoleFormatter(logging.Formatter):
    """Time, level, event and fields on one line, for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record."""
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {record.getMessage()}"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{line} {fields}".rstrip() + trace
