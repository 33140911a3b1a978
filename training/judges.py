"""Train the judges of `streams/extraction/judges.py` on the training articles, by cross-validation.

    python -m training.judges --data ../shared/data --model streams/extraction/models/es_teletipo_news

Gold and proposals are aligned with the project's own evaluation; folds go by article. Weights are
written as JSON, rounded and pruned, so that a diff shows what changed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from streams.extraction.judges import Judge
from training.antecedent_examples import resolve_by_folds
from training.example import Example
from training.fitting import FOLDS, PRUNE_BELOW, STRENGTHS, Fitted, best_strength, matrix_of, weights_of
from training.judge_examples import collect_content_examples, collect_examples, read_twice
from training.ranking import fit_ranking, fold_of
from training.speaker_examples import speaker_examples
from training.thresholds import EVENTS_FOUND, even_threshold

OUTPUT = Path("streams/extraction/lang/es/judges")
CHANCE = 0.003
"""Differences of F1 out of fold that mean nothing: less than a new shuffle of the folds makes."""
CONTENT_STRENGTH = 0.2
"""Regularisation of the judges of contents that the folds use."""
CONTENT_THRESHOLD = 0.1
"""Least probability of an opening; what stays is the statement judge's to accept."""


THRESHOLDS = tuple(float(t) for t in np.arange(0.3, 0.65, 0.05))


def fit_binary(
    examples: Sequence[Example],
    *,
    cautious: bool = False,
    missed: int = 0,
    thresholds: Sequence[float] = THRESHOLDS,
) -> Fitted:
    """Fit a yes/no judge; the threshold maximises F1 out of fold.

    Args:
        examples: With label "yes" or "no".
        cautious: Of thresholds that do equally well, take the highest, not the lowest: fewer spurious events.
        missed: Gold events that no example stands for, counted as misses in F1.
        thresholds: To choose from.
    """
    vectorizer, matrix, labels, groups = matrix_of(examples)
    truth = labels == "yes"
    strength, scores = best_strength(matrix, truth, groups)
    found = []
    for threshold in thresholds:
        kept = scores >= threshold
        hits = int((kept & truth).sum())
        f1 = 2 * hits / (int(kept.sum()) + int(truth.sum()) + missed) if hits else 0.0
        found.append((f1, threshold))
    f1, threshold = _equally_good(found)[-1 if cautious else 0]
    everything = 2 * int(truth.sum()) / (len(examples) + int(truth.sum()) + missed)
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, truth)
    report = (
        f"{len(examples)} examples, F1 {everything:.3f} accepting all, "
        f"{f1:.3f} judged (C={strength}, >= {threshold:.2f})"
    )
    return Fitted({"yes": weights_of(vectorizer, model.coef_[0], model.intercept_[0])}, threshold, report)


def fit_pooled(
    examples: Sequence[Example],
    *,
    strengths: Sequence[float] = STRENGTHS,
    thresholds: Sequence[float] = THRESHOLDS,
) -> Fitted:
    """Fit a yes/no judge of examples that share questions: a question is answered yes where one of them is.

    Several triggers stand for one event, and each may name its participants. The threshold maximises
    F1 of questions out of fold; those labelled "missed" have no example, but count.

    Args:
        examples: With label "yes", "no" or "missed".
        strengths: Of regularisation, to choose from.
        thresholds: To choose from.
    """
    missed = sum(e.label == "missed" for e in examples)
    examples = [e for e in examples if e.label != "missed"]
    vectorizer, matrix, labels, groups = matrix_of(examples)
    truth = labels == "yes"
    strength, scores = best_strength(matrix, truth, groups, strengths, solver="liblinear")
    best: dict[str, float] = {}
    for example, score in zip(examples, scores, strict=True):
        best[example.question] = max(score, best.get(example.question, 0.0))
    right = {e.question for e in examples if e.label == "yes"}
    found = []
    for threshold in thresholds:
        kept = {question for question, score in best.items() if score >= threshold}
        found.append((2 * len(kept & right) / (len(kept) + len(right) + missed), threshold))
    f1, threshold = _equally_good(found)[0]
    model = LogisticRegression(C=strength, max_iter=2000, solver="liblinear").fit(matrix, truth)
    report = (
        f"{len(examples)} examples of {len(best)} questions, F1 {f1:.3f} (C={strength}, >= {threshold:.2f})"
    )
    return Fitted({"yes": weights_of(vectorizer, model.coef_[0], model.intercept_[0])}, threshold, report)


def _equally_good(found: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """F1 and threshold, rising, of the thresholds that are as good as the best, within what chance moves."""
    best = max(f1 for f1, _ in found)
    return sorted((pair for pair in found if pair[0] >= best - CHANCE), key=lambda pair: pair[1])


def fit_statements(examples: Sequence[Example]) -> Fitted:
    """Fit the judge of statements, which are proposed freely: rather too few of them than spurious ones."""
    return fit_binary(examples, cautious=True)


def fit_several(examples: Sequence[Example]) -> Fitted:
    """Fit a judge of options of which several, or none, are right; F1 is of options out of fold."""
    vectorizer, matrix, labels, groups = matrix_of(examples, least=4)
    truth = labels == "yes"
    strength, scores = best_strength(matrix, truth, groups)
    found = []
    for threshold in np.arange(0.2, 0.6, 0.05):
        kept = scores >= threshold
        found.append(2 * int((kept & truth).sum()) / (int(kept.sum()) + int(truth.sum())))
    f1 = max(found)
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, truth)
    report = (
        f"{len(examples)} options, {int(truth.sum())} right, F1 {f1:.3f} "
        f"(C={strength}, >= {even_threshold(f1):.2f})"
    )
    return Fitted(
        {"yes": weights_of(vectorizer, model.coef_[0], model.intercept_[0])}, even_threshold(f1), report
    )


def fit_classes(examples: Sequence[Example]) -> Fitted:
    """Fit a judge of several classes."""
    vectorizer, matrix, labels, groups = matrix_of(examples)
    best: tuple[float, float] | None = None
    for strength in STRENGTHS:
        right = 0
        for train, test in GroupKFold(FOLDS).split(matrix, labels, groups):
            model = LogisticRegression(C=strength, max_iter=2000).fit(matrix[train], labels[train])
            right += int((model.predict(matrix[test]) == labels[test]).sum())
        if best is None or right > best[0]:
            best = (right, strength)
    assert best is not None
    model = LogisticRegression(C=best[1], max_iter=2000).fit(matrix, labels)
    weights = {
        str(name): weights_of(vectorizer, model.coef_[i], model.intercept_[i])
        for i, name in enumerate(model.classes_)
    }
    majority = Counter(labels).most_common(1)[0][1]
    report = (
        f"{len(labels)} examples, accuracy {best[0] / len(labels):.3f} "
        f"(majority {majority / len(labels):.3f}, C={best[1]})"
    )
    return Fitted(weights, 0.0, report)


def fit_choice(examples: Sequence[Example], *, least: int = 2, found: float = 1.0) -> Fitted:
    """Fit a judge that ranks the options of one question; reported: how often the best is right.

    Args:
        examples: With label "yes", "no" or "lost".
        least: Examples that a feature must have to count.
        found: F1 of what the questions are about; slots of the rest are lost, and those of the wrong too.
    """
    vectorizer, matrix, labels, groups = matrix_of(examples, least=least)
    truth = labels == "yes"
    questions = [e.question for e in examples]
    strength, scores = best_strength(matrix, truth, groups)
    tops: dict[str, int] = {}
    for i, question in enumerate(questions):
        if question not in tops or scores[i] > scores[tops[question]]:
            tops[question] = i
    answerable = len({e.question for e in examples if e.label != "no"})
    scored = []
    for threshold in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        chosen = [i for i in tops.values() if scores[i] >= threshold]
        right = sum(bool(truth[i]) for i in chosen)
        scored.append((2 * right / (len(chosen) + answerable) if right else 0.0, threshold))
    f1 = max(scored)[0]
    threshold = even_threshold(f1 * found)
    model = LogisticRegression(C=strength, max_iter=2000).fit(matrix, truth)
    report = (
        f"{len(examples)} options of {len(tops)} questions, F1 {f1:.3f} (C={strength}, >= {threshold:.2f})"
    )
    return Fitted({"yes": weights_of(vectorizer, model.coef_[0], model.intercept_[0])}, threshold, report)


def fit_best(examples: Sequence[Example]) -> Fitted:
    """Fit a judge that ranks the options of one question, one of them being right; the best is taken."""
    ranking = fit_ranking(examples)
    report = (
        f"{len(examples)} options of {ranking.questions} questions, accuracy "
        f"{ranking.right / max(1, ranking.questions):.3f} (conditional logit, penalty {ranking.penalty})"
    )
    kept = {name: round(w, 3) for name, w in sorted(ranking.weights.items()) if abs(w) >= PRUNE_BELOW}
    return Fitted({"yes": kept}, 0.0, report)


def fit_content(examples: Sequence[Example]) -> Fitted:
    """Fit a judge of where contents begin or end; as `fit_choice`, but the best option always counts."""
    fitted = fit_choice(examples)
    return Fitted(fitted.weights, CONTENT_THRESHOLD, fitted.report)


def judges_by_article(
    articles: Sequence[str], examples: dict[str, list[Example]]
) -> dict[str, dict[str, Judge]]:
    """Judges of contents for each article, trained on the articles of the other folds."""
    judges: dict[str, dict[str, Judge]] = {}
    for fold in range(FOLDS):
        held_out = {article for article in articles if fold_of(article) == fold}
        fitted = {}
        for name, found in examples.items():
            seen = [e for e in found if e.article not in held_out]
            vectorizer, matrix, labels, _ = matrix_of(seen)
            model = LogisticRegression(C=CONTENT_STRENGTH, max_iter=2000).fit(matrix, labels == "yes")
            weights = weights_of(vectorizer, model.coef_[0], model.intercept_[0])
            fitted[name] = Judge({"yes": weights}, CONTENT_THRESHOLD if name == "opening" else 0.0)
        judges.update(dict.fromkeys(held_out, fitted))
    return judges


FITS: dict[str, Callable[[Sequence[Example]], Fitted]] = {
    "opening": fit_content,
    "end": fit_content,
    "statement": fit_statements,
    "event": fit_pooled,
    # Trained on true events; some that are found are not, and what fills their roles is wrong, too.
    "role": partial(fit_pooled, strengths=(0.02, 0.05), thresholds=(0.4,)),
    "antecedent": fit_best,
    "speaker": fit_best,
    "addressee": fit_binary,
    "date": partial(fit_choice, least=5, found=EVENTS_FOUND),
    "place": partial(fit_choice, least=5, found=EVENTS_FOUND),
    "factuality": fit_classes,
    "same": partial(fit_binary, thresholds=(0.4,)),  # best for whole events, not for pairs
    "medium": fit_several,
    "teller": fit_several,
}


def _write(name: str, fitted: Fitted, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data = {"trained": fitted.report, "threshold": fitted.threshold, "weights": fitted.weights}
    (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _articles(folder: Path) -> Iterator[dict[str, Any]]:
    for name in ("events-train.jsonl", "modern-train.jsonl"):
        with (folder / name).open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file)


def main() -> None:
    """Collect examples, fit each judge asked for, write it and print how it did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", default=None)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--parses", type=Path, help="what training.jackknife wrote")
    parser.add_argument("names", nargs="*", default=list(FITS))
    arguments = parser.parse_args()
    parsed = read_twice(list(_articles(arguments.data)), arguments.model, arguments.parses)
    resolved = resolve_by_folds([article for article, _ in parsed], [doc for _, doc in parsed])
    contents = collect_content_examples(parsed)
    judges = judges_by_article([article["id"] for article, _ in parsed], contents)
    found = collect_examples(parsed, judges, more=(speaker_examples,))
    examples = {"antecedent": resolved} | contents | found
    for name in arguments.names:
        if examples.get(name):
            fitted = FITS[name](examples[name])
            _write(name, fitted, arguments.output)
            print(f"{name}: {fitted.report}")


if __name__ == "__main__":
    main()
