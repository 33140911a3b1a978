"""Fit the curves of `streams/extraction/confidence.py`, and measure how well confidences are calibrated.

    python -m training.calibration --data ../shared/data

The training articles are dealt into folds. For each fold, a copy of the package gets its judges trained on
the others, and reads the fold: so every score comes from judges, of whatever kind, that had not seen the
article. Which events are right is for the gold to say, by the project's own alignment. Arguments that are
not known here go to `training.judges`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from streams.evaluation import GoldArticle, ScoredEvent, read_gold
from streams.evaluation.alignment import align
from streams.evaluation.calibration import calibration_error
from streams.extraction.confidence import LEAST, Curve, log_odds

ROOT = Path(__file__).parents[1]
JUDGES = Path("streams/extraction/lang/es/judges")
OUTPUT = ROOT / JUDGES / "calibration.json"
SETS = ("events-train.jsonl", "modern-train.jsonl")
FOLDS = 4
STRENGTH = 1.0
"""Keeps the curve of a type with few events near the judge's own."""


@dataclass(frozen=True)
class Judged:
    """An event that was read by judges which had not seen its article."""

    fold: int
    type: str
    score: float
    several: bool
    right: bool


def main() -> None:
    """Read every fold, fit the curves, write them, and print the calibration error before and after."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments, passed_on = parser.parse_known_args()
    lines = [line for name in SETS for line in (arguments.data / name).read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy_package(Path(folder))
        judged = [row for fold in range(FOLDS) for row in _read_fold(copy, lines, fold, passed_on)]
        unjudged = _without_judges(copy, lines)
    corrected = _cross_corrected(judged)
    curves = {
        name: _curve([row for row in judged if row.type == name]) if _helps(corrected, name) else {}
        for name in sorted(_types(judged))
    }
    report = _report(corrected)
    data = {"trained": report, "unjudged": round(unjudged, 3), "curves": curves}
    arguments.output.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(report)


def _copy_package(folder: Path) -> Path:
    """Copy what training and extraction need; the model, which is not changed, is linked."""
    for name in ("schemas", "streams", "training"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("models", "__pycache__"))
    (folder / "streams/extraction/models").symlink_to(ROOT / "streams/extraction/models")
    (folder / JUDGES / "calibration.json").unlink(missing_ok=True)
    return folder


def _read_fold(copy: Path, lines: Sequence[str], fold: int, passed_on: Sequence[str]) -> Iterator[Judged]:
    train = [line for i, line in enumerate(lines) if i % FOLDS != fold]
    half = len(train) // 2  # training.judges reads two files; which article is in which does not matter
    for name, part in zip(SETS, (train[:half], train[half:]), strict=True):
        (copy / name).write_text("\n".join(part) + "\n", "utf-8")
    _run(copy, "training.judges", "--data", str(copy), "--output", str(copy / JUDGES), *passed_on)
    yield from _judged(copy, [line for i, line in enumerate(lines) if i % FOLDS == fold], fold)


def _without_judges(copy: Path, lines: Sequence[str]) -> float:
    """Share of right events among those that frames alone find."""
    (copy / JUDGES / "event.json").unlink()
    right = [row.right for row in _judged(copy, lines, fold=0) if row.type != "statement"]
    return sum(right) / len(right)


def _judged(copy: Path, lines: Sequence[str], fold: int) -> list[Judged]:
    articles = copy / "articles.jsonl"
    articles.write_text("\n".join(lines) + "\n", "utf-8")
    rows = [json.loads(row) for row in _run(copy, "streams.cli", "extract", str(articles)).splitlines()]
    predicted: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        predicted.setdefault(row["article"]["id"], []).append(row)
    return [row for gold in read_gold(lines) for row in _compared(gold, predicted.get(gold.id, []), fold)]


def _compared(gold: GoldArticle, events: Sequence[dict[str, Any]], fold: int) -> Iterator[Judged]:
    pairs = align(gold.text, gold.events, [ScoredEvent.from_json(event) for event in events])
    matched = {j for _, j in pairs}
    for j, event in enumerate(events):
        yield Judged(fold, event["type"], event["confidence"], len(event["triggers"]) > 1, j in matched)


def _run(copy: Path, module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TELETIPO_")}
    done = subprocess.run(
        command,
        cwd=copy,
        env={**environment, "PYTHONPATH": str(copy), "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _types(rows: Iterable[Judged]) -> set[str]:
    return {row.type for row in rows}


def _matrix(rows: Sequence[Judged]) -> Any:
    return np.array([[log_odds(row.score), float(row.several)] for row in rows])


def _curve(rows: Sequence[Judged]) -> dict[str, float]:
    """Fit the curve of one type; {}, the judge's own word, where all events are right or all wrong."""
    right = np.array([row.right for row in rows])
    if right.all() or not right.any():
        return {}
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(_matrix(rows), right)
    slope, several = model.coef_[0]
    return {
        "bias": round(float(model.intercept_[0]), 3),
        "slope": round(float(slope), 3),
        "several": round(float(several), 3),
    }


def _corrected(row: Judged, curve: dict[str, float]) -> float:
    return Curve(**curve).probability(row.score, triggers=1 + row.several)


def _helps(corrected: Sequence[tuple[Judged, float]], name: str) -> bool:
    """Whether the curve of a type predicts events of unseen folds better than the judge (log loss)."""
    own = [(row, score) for row, score in corrected if row.type == name]
    right = [row.right for row, _ in own]
    judged = [min(1 - LEAST, max(LEAST, row.score)) for row, _ in own]
    losses = (log_loss(right, scores, labels=[False, True]) for scores in (judged, [s for _, s in own]))
    return bool(next(losses) > next(losses))


def _report(corrected: Sequence[tuple[Judged, float]]) -> str:
    """Calibration error of the judges, and of the curves on folds that they were not fitted on."""
    parts = []
    for name in (None, *sorted(_types(row for row, _ in corrected))):
        own = [(row, score) for row, score in corrected if name in (None, row.type)]
        before = calibration_error([(row.score, row.right) for row, _ in own])
        after = calibration_error([(score, row.right) for row, score in own])
        parts.append(f"{name or 'all'} {len(own)} events, {before:.3f} judged, {after:.3f} corrected")
    return "expected calibration error out of fold: " + "; ".join(parts)


def _cross_corrected(rows: Sequence[Judged]) -> list[tuple[Judged, float]]:
    found = []
    for fold in range(FOLDS):
        rest = [row for row in rows if row.fold != fold]
        curves = {name: _curve([row for row in rest if row.type == name]) for name in _types(rows)}
        found += [(row, _corrected(row, curves[row.type])) for row in rows if row.fold == fold]
    return found


if __name__ == "__main__":
    main()
