"""A feed of the list in `teletipo.toml`, and how its settings are written."""

import re
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_interval(written: Any) -> float:
    """Read an interval: `90s`, `5m`, `2h`, or seconds.

    Raises:
        ValueError: It is none, or none that is longer than nothing.

    >>> parse_interval("5m")
    300.0
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*", str(written))
    seconds = float(found[1]) * _UNITS[found[2] or "s"] if found else 0.0
    if not seconds:
        raise ValueError(f"{written!r} is no interval; write 90s, 5m or 2h")
    return seconds


def check_zone(name: str) -> str:
    """Make sure that there is a time zone of this name.

    Raises:
        ValueError: There is none.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write UTC or Europe/Madrid") from error
    return name


Interval = Annotated[float, BeforeValidator(parse_interval)]
"""Seconds, written `90s`, `5m`, `2h`."""

ZoneName = Annotated[str, AfterValidator(check_zone)]
"""Name of a time zone in the IANA database."""


class Feed(BaseModel):
    """A feed on the web that is polled.

    Attributes:
        address: http or https; user and password may stand in it.
        source: Outlet of its articles, instead of the title that the feed gives itself.
        language: Of its articles, where the feed is wrong about it.
        timezone: Of its times without zone.
        every: Its own interval.
        full_text: Whether the pages of articles that have only a summary are asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str = Field(pattern=r"^https?://")
    source: str | None = None
    language: str | None = None
    timezone: ZoneName | None = None
    every: Interval | None = None
    full_text: bool = True
