"""Dates and times as feeds write them."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from streams.feeds.moments import read_moment


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-03-06", "2026-03-06"),
        ("20260306", "2026-03-06"),
        ("2026-03-06T08:15:00Z", "2026-03-06T08:15:00+00:00"),
        ("2026-03-06T08:15:00.250+01:00", "2026-03-06T08:15:00.250000+01:00"),
        ("2026-03-06 08:15:00 +0100", "2026-03-06T08:15:00+01:00"),
        ("20260306T081500+0100", "2026-03-06T08:15:00+01:00"),
        ("20260306T0815Z", "2026-03-06T08:15:00+00:00"),
        ("Fri, 06 Mar 2026 08:15:00 -0500", "2026-03-06T08:15:00-05:00"),
        ("Fri, 06 Mar 2026 08:15:00 GMT", "2026-03-06T08:15:00+00:00"),
        ("Fri, 06 Mar 2026 08:15:00 CET", "2026-03-06T08:15:00+01:00"),
        ("vie, 06 mar 2026 08:15:00 CEST", "2026-03-06T08:15:00+02:00"),
        ("6 de marzo de 2026", "2026-03-06"),
        ("6 de enero del 2026, a las 8:15 h", "2026-01-06T08:15:00+00:00"),
        ("viernes, 6 de marzo de 2026, 8.15 horas", "2026-03-06T08:15:00+00:00"),
        ("6 SEPT. 2026", "2026-09-06"),
        ("06/03/2026", "2026-03-06"),
        ("06/03/2026 08:15", "2026-03-06T08:15:00+00:00"),
        ("6-3-2026", "2026-03-06"),
    ],
)
def test_moments_are_read(written: str, value: str) -> None:
    moment = read_moment(written, UTC)
    assert moment is not None
    assert moment.value.isoformat() == value


@pytest.mark.parametrize(
    "written", ["", "ayer", "32/01/2026", "2026-13-01", "6 de brumario de 2026", "0" * 200]
)
def test_moments_what_is_no_date_is_none(written: str) -> None:
    assert read_moment(written, UTC) is None


def test_moments_without_zone_take_the_one_given_and_say_so() -> None:
    moment = read_moment("2026-07-06T23:30:00", ZoneInfo("Europe/Madrid"))
    assert moment is not None
    assert moment.value.isoformat() == "2026-07-06T23:30:00+02:00"
    assert moment.notes == ("time without zone, taken as Europe/Madrid",)
