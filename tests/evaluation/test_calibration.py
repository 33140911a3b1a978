"""Confidences compared with how many are right."""

import pytest

from streams.evaluation.calibration import Bin, calibration_error, reliability


def test_no_events_are_calibrated() -> None:
    assert calibration_error([]) == 0.0
    assert reliability([]) == []


def test_certainty_falls_into_the_last_bin() -> None:
    assert reliability([(1.0, True), (0.95, False)]) == [Bin(events=2, confidence=0.975, right=0.5)]


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([(0.8, True)] * 8 + [(0.8, False)] * 2, 0.0),
        ([(1.0, False)], 1.0),
        ([(0.9, True)] * 5 + [(0.2, True)] * 5, 0.45),
    ],
)
def test_error_is_the_mean_distance_by_bins(judged: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(judged) == pytest.approx(error)
