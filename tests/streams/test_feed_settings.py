import pytest
from pydantic import ValidationError

from streams.feed_settings import Feed, parse_interval


@pytest.mark.parametrize(
    ("written", "seconds"), [("90s", 90), ("5m", 300), ("2h", 7200), ("1d", 86400), (30, 30)]
)
def test_feed_settings_intervals(written: object, seconds: float) -> None:
    assert parse_interval(written) == seconds


@pytest.mark.parametrize("written", ["", "0", "0m", "-1", "five", "5 weeks", None])
def test_feed_settings_no_interval(written: object) -> None:
    with pytest.raises(ValueError, match="is no interval"):
        parse_interval(written)


def test_feed_settings_a_feed_is_checked() -> None:
    assert Feed(address="https://a.example/rss", every="5m").every == 300
    for wrong in (
        {"address": "file:///etc/passwd"},
        {"address": "https://a/", "timezone": "Mars"},
        {"addres": "x"},
    ):
        with pytest.raises(ValidationError):
            Feed(**wrong)
