"""Train `es_teletipo_news` from the treebank: `python -m training.train`.

Builds vectors and corpora, runs `spacy train`, packages the best checkpoint and scores it. The same seed and
machine give the same model; BLAS threads are best set to one (`OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1`).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import spacy
from spacy.cli.train import train as spacy_train

from training.corpus import VARIED_COPIES, development_corpus, training_corpus
from training.evaluate import report
from training.package import package
from training.tokenizer import news_tokenizer
from training.vectors import build_vectors

CONFIG = Path(__file__).with_name("config.cfg")
MODEL = Path(__file__).parents[1] / "streams" / "extraction" / "models" / "es_teletipo_news"


def prepare_base(treebank: Path, output: Path) -> None:
    """Write a blank pipeline with the vectors and the tokeniser."""
    base = build_vectors([treebank / "train.conllu.gz"])
    base.tokenizer = news_tokenizer(base)
    base.to_disk(output)


def prepare(
    treebank: Path, work: Path, *, seed: int, extra: Path | None, copies: int = VARIED_COPIES
) -> None:
    """Write what `spacy train` reads: `base` (vectors, tokeniser), `train.spacy`, `dev.spacy`.

    Args:
        treebank: Directory of the treebank.
        work: Where they go.
        seed: The same seed gives the same corpus.
        extra: A pipeline trained without them, to harmonise the other treebanks by; None leaves them out.
        copies: Number of varied copies.
    """
    prepare_base(treebank, work / "base")
    vocab = spacy.blank("es").vocab
    first = spacy.load(extra) if extra else None
    training_corpus(treebank, vocab, seed=seed, first=first, copies=copies).to_disk(work / "train.spacy")
    development_corpus(treebank, vocab).to_disk(work / "dev.spacy")


def fit(work: Path, *, seed: int, base: Path | None = None, **settings: object) -> Path:
    """Train on what `prepare` wrote; give the directory of the best checkpoint.

    Args:
        work: Has the corpora, and `base` if that is not said.
        seed: Of weights and order.
        base: Vectors and tokeniser.
        settings: Override those of `[training]` in the configuration.
    """
    overrides: dict[str, object] = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "paths.base": str(base or work / "base"),
        "system.seed": seed,
        **{f"training.{name}": value for name, value in settings.items()},
    }
    spacy_train(CONFIG, work / "trained", overrides=overrides)
    return work / "trained" / "model-best"


def main() -> None:
    """Run every step and print the scores."""
    parser = argparse.ArgumentParser(description="Train the Spanish pipeline from the treebank.")
    parser.add_argument("--treebank", type=Path, default=Path("../shared/data/treebank"))
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument(
        "--work", type=Path, help="keeps what is made on the way; a temporary place by default"
    )
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--steps", type=int, help="overrides training.max_steps of config.cfg")
    parser.add_argument("--copies", type=int, default=VARIED_COPIES, help="varied copies of the treebank")
    parser.add_argument("--extra", type=Path, help="add UD GSD and PUD, harmonised by this first pipeline")
    parser.add_argument("--prepare-only", action="store_true", help="stop before training; needs --work")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = args.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        prepare(args.treebank, work, seed=args.seed, extra=args.extra, copies=args.copies)
        if args.prepare_only:
            return
        settings = {"max_steps": args.steps} if args.steps else {}
        nlp = package(fit(work, seed=args.seed, **settings), args.output, extra=bool(args.extra))
    print(json.dumps(report(nlp, args.treebank), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
