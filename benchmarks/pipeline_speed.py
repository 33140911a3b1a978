"""Words a second of the Spanish pipeline on one core: `python -m benchmarks.pipeline_speed`.

The network that reads the words is shared by four components; the same pipeline is measured with a network of
its own for each (`replace_listeners`), in the same run, turn by turn. Time is that of the process, on one
thread, and the best round counts: what else the machine does matters little. *Reading* is what the model and
the two steps that mend names and lemmas do; *extraction* is all, up to the candidates of events.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from spacy.language import Language

from streams.extraction import components
from streams.extraction.doc import make_doc
from streams.extraction.frames import load_event_types
from streams.extraction.pipeline import load_pipeline

SAMPLE = Path(__file__).parents[1] / "samples" / "agencia.jsonl"
READING = ("teletipo_paragraphs", "teletipo_entity_types", "teletipo_lemmas")
BATCH = 16
"""Articles, as extraction takes them."""

Article = dict[str, str]


def build(model: Path | None, *, shared: bool, steps: Sequence[str] | None = None) -> Language:
    """Give the pipeline with every step of extraction, or with these of them only.

    Args:
        model: Folder of the model; None for the one that is shipped.
        shared: Whether the components share one network; else each has a copy of its own.
        steps: Names of the steps to keep beside the model's own components.
    """
    nlp = load_pipeline(model)
    own = set(nlp.pipe_names)
    if not shared:
        for name in list(nlp.get_pipe("tok2vec").listening_components):
            nlp.replace_listeners("tok2vec", name, ["model.tok2vec"])
        nlp.remove_pipe("tok2vec")
    components.add_to(nlp, load_event_types())
    if steps is not None:
        for name in set(nlp.pipe_names) - own - set(steps):
            nlp.remove_pipe(name)
    return nlp


def words_per_second(nlp: Language, articles: Sequence[Article]) -> float:
    """Read the articles once; tokens that are white space or punctuation count too, as in spaCy's figures."""
    start = time.process_time()
    docs = (make_doc(nlp, a["text"], published=date.fromisoformat(a["published"][:10])) for a in articles)
    words = sum(len(doc) for doc in nlp.pipe(docs, batch_size=BATCH))
    return words / (time.process_time() - start)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Words a second, one network for all against one each.")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--articles", type=Path, default=SAMPLE, help="JSON lines with text and published")
    parser.add_argument("--repeat", type=int, default=5, help="times the articles are read in a round")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with arguments.articles.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines] * arguments.repeat
    pipelines = {
        (what, shared): build(arguments.model, shared=shared, steps=steps)
        for what, steps in (("reading", READING), ("extraction", None))
        for shared in (True, False)
    }
    best = dict.fromkeys(pipelines, 0.0)
    for _ in range(arguments.rounds):
        for key, nlp in pipelines.items():
            best[key] = max(best[key], words_per_second(nlp, articles))
    print(f"{'words/s, one core':20}{'one network':>14}{'one each':>12}{'ratio':>8}")
    for what in ("reading", "extraction"):
        one, each = best[what, True], best[what, False]
        print(f"{what:20}{one:14,.0f}{each:12,.0f}{one / each:8.2f}")


if __name__ == "__main__":
    main()
