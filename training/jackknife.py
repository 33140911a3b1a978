"""Parse the training articles with pipelines that have not seen them: `python -m training.jackknife`.

Most articles of `events-train.jsonl` stand in the treebank that the pipeline was trained on; parsed by it
they look almost flawless, and a judge trained on such parses trusts them too much. Here the articles are
dealt into folds; for each fold a pipeline, and the network that types names, is trained on the rest of the
treebank and reads the articles of the fold. `python -m training.judges --parses FILE` learns from them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from streams.extraction import components  # noqa: F401  registers teletipo_paragraphs
from streams.extraction.doc import make_doc
from streams.extraction.entity_types import load_entity_typer, retype
from streams.extraction.lexicon import load_lexicon
from streams.extraction.plain import plain
from training.corpus import development_corpus, training_corpus
from training.entity_types import train as train_types
from training.train import fit, prepare_base
from training.treebank import read_sentences

FOLDS = 2
STEPS = 2_000
BATCH_WORDS = 400
"""Fewer and smaller steps than for the pipeline itself, to spare time: a sixth of it a fold."""
COPIES = 1
SEED = 11
ANY_DAY = date(2000, 1, 1)
"""Of publication; no step that is run here asks for it."""
ATTRIBUTES = (
    "ORTH",
    "SPACY",
    "SENT_START",
    "HEAD",
    "DEP",
    "POS",
    "TAG",
    "MORPH",
    "LEMMA",
    "ENT_IOB",
    "ENT_TYPE",
)


def known_articles(articles: Path, treebank: Path) -> dict[str, str]:
    """Give id → text of the articles that stand in the training part of the treebank, sorted by id."""
    seen = {sentence.document for sentence in read_sentences(treebank / "train.conllu.gz")}
    with articles.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["id"]: row["text"] for row in sorted(rows, key=lambda row: row["id"]) if row["id"] in seen}


def train_without(left_out: Iterable[str], treebank: Path, work: Path, *, steps: int) -> Language:
    """Train a pipeline and its typer on the treebank without some documents; both stay in `work`.

    Needs `work/../base`, the vectors, which know no annotation.
    """
    work.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("es").vocab
    without = frozenset(left_out)
    base = work.parent / "base"
    training_corpus(treebank, vocab, seed=SEED, copies=COPIES, without=without).to_disk(work / "train.spacy")
    development_corpus(treebank, vocab).to_disk(work / "dev.spacy")
    nlp = spacy.load(fit(work, seed=SEED, base=base, **{"max_steps": steps, "batcher.size": BATCH_WORDS}))
    train_types(nlp.vocab, treebank, work / "types.npz", without=without)
    return nlp


def parse(nlp: Language, texts: Iterable[str], typer_file: Path) -> list[Doc]:
    """Read articles as extraction does, up to the types of names."""
    typer, lexicon = load_entity_typer(typer_file), load_lexicon()
    nlp.add_pipe("teletipo_paragraphs", before="parser")
    docs = list(nlp.pipe(make_doc(nlp, text, published=ANY_DAY) for text in texts))
    for doc in docs:
        names = retype(plain(doc), typer, lexicon)
        doc.ents = tuple(Span(doc, name.start, name.end, label=name.label_) for name in names)
        doc._.teletipo_tokens = None  # it is stored, and has been read only for this
    return docs


def main() -> None:
    """Train a pipeline a fold and write what each reads in the articles that it has not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, required=True, help="for vectors, corpora and checkpoints")
    parser.add_argument("--output", type=Path, required=True, help="a DocBin")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    treebank, work = arguments.data / "treebank", arguments.work
    articles = known_articles(arguments.data / "events-train.jsonl", treebank)
    if not (work / "base").exists():
        prepare_base(treebank, work / "base")
    parsed = DocBin(attrs=ATTRIBUTES, store_user_data=False)
    for fold in range(arguments.folds):
        chosen = list(articles)[fold :: arguments.folds]
        folder = work / f"fold-{fold}"
        nlp = train_without(chosen, treebank, folder, steps=arguments.steps)
        for doc in parse(nlp, [articles[id] for id in chosen], folder / "types.npz"):
            parsed.add(doc)
    parsed.to_disk(arguments.output)
    print(f"{len(parsed)} articles")


if __name__ == "__main__":
    main()
