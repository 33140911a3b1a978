"""A judge's probability becomes the probability that an event is right."""

import json
from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.extraction.annotations import Candidate
from streams.extraction.confidence import Calibration, Curve, load_calibration


def candidate(score: float, *, triggers: int = 1) -> Candidate:
    return Candidate("visit", 0, [(i, i + 1) for i in range(triggers)], score=score)


def test_without_a_curve_the_judge_is_taken_at_its_word() -> None:
    assert Calibration().confidence(candidate(0.7), judged=True) == 0.7
    assert Curve().probability(0.7, triggers=3) == pytest.approx(0.7)


def test_a_curve_corrects_and_counts_triggers() -> None:
    calibration = Calibration({"visit": Curve(bias=0.5, slope=1.2, several=1.0)})
    once = calibration.confidence(candidate(0.7), judged=True)
    assert 0.7 < once < calibration.confidence(candidate(0.7, triggers=2), judged=True) < 1.0


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_certain_judges_stay_within_bounds(score: float) -> None:
    assert 0.0 < Curve(slope=2.0).probability(score, triggers=1) < 1.0


def test_a_more_probable_event_is_never_less_confident() -> None:
    curve = Curve(bias=-0.3, slope=0.8)
    found = [curve.probability(score / 100, triggers=1) for score in range(101)]
    assert found == sorted(found)


def test_types_without_a_judge_have_the_share_that_frames_alone_get_right() -> None:
    assert Calibration(unjudged=0.62).confidence(candidate(0.5), judged=False) == 0.62


def test_the_curves_that_come_with_spanish_are_read() -> None:
    calibration = load_calibration("es")
    assert set(calibration.curves) == {"visit", "signing", "meeting", "statement"}
    assert all(curve.slope > 0 for curve in calibration.curves.values())
    assert 0.3 < calibration.unjudged < 1.0


def test_a_language_without_curves_has_none(tmp_path: Path) -> None:
    assert load_calibration("es", folder=tmp_path) == Calibration()


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"curves": {"visit": {"height": 1}}, "unjudged": 0.5}', '{"curves": {}}']
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "es" / "judges" / "calibration.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=r"calibration\.json"):
        load_calibration("es", folder=tmp_path)


def test_a_file_is_read_as_training_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "es" / "judges" / "calibration.json"
    path.parent.mkdir(parents=True)
    data = {"trained": "…", "unjudged": 0.6, "curves": {"visit": {"bias": 0.1, "slope": 0.9, "several": 0.2}}}
    path.write_text(json.dumps(data), "utf-8")
    assert load_calibration("es", folder=tmp_path).curves["visit"] == Curve(0.1, 0.9, 0.2)
