"""Articles a second of extraction on one core, beside a plain build of it and beside spaCy alone.

- *extraction*: `EventExtractor.extract_many`, as a worker's process calls it;
- *plain build*: the same steps on the same model, with a network of its own for each of its components
  (`replace_listeners`), article by article: what one would write first;
- *spaCy alone*: `nlp.pipe` of tagger, parser and entity recogniser, and nothing else: the floor.

The contestants read the same articles in turn, a few at a time, so that what else the machine does falls on
all alike; time is that of the process, on one thread.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import psutil
from rich.console import Console
from spacy.language import Language

from benchmarks.articles import compose, of_length, words_of
from benchmarks.peak import peak_mb
from benchmarks.pipeline_speed import build
from benchmarks.tables import make_table, say_load
from schemas import Article
from streams.extraction import load_extractor
from streams.extraction.doc import make_doc
from streams.extraction.pipeline import EventExtractor, load_pipeline

CHUNK: Final = 16
"""Articles that a contestant reads before the next one has its turn."""
FLOOR: Final = ("tok2vec", "morphologizer", "parser", "ner")
LENGTHS: Final = (100, 316, 1_000, 3_162, 10_000, 31_623, 100_000)
"""Words; half a power of ten apart."""
_READ: Final = "from benchmarks.extraction import read_and_tell; read_and_tell({count})"


def run(console: Console, quick: bool) -> dict[str, float]:
    """Print the tables, give the ratios."""
    say_load(console)
    articles = compose(32 if quick else 320)
    ours = load_extractor()
    ratios = _compare(console, ours, articles)
    _shares(console, ours, articles[: 32 if quick else 96])
    ratios["length_exponent"] = _lengths(console, ours, LENGTHS[: 4 if quick else None])
    ratios["extraction_peak_mb"] = _peak(console, 32 if quick else 320)
    return ratios


def _compare(console: Console, ours: EventExtractor, articles: Sequence[Article]) -> dict[str, float]:
    plain = EventExtractor(build(None, shared=False), ours.event_types, identity=ours.identity)
    floor = load_pipeline(None)
    floor.select_pipes(enable=list(FLOOR))
    contestants: dict[str, Callable[[Sequence[Article]], Iterable[object]]] = {
        "extraction": ours.extract_many,
        "plain build": lambda some: [plain.extract(article) for article in some],
        "spaCy alone": lambda some: floor.pipe(article.text for article in some),
    }
    spent = dict.fromkeys(contestants, 0.0)
    for warm in (True, False):
        for start in range(0, CHUNK if warm else len(articles), CHUNK):
            some = articles[start : start + CHUNK]
            for name, read in contestants.items():
                begun = time.process_time()
                for _ in read(some):
                    pass
                spent[name] += 0.0 if warm else time.process_time() - begun
    words = words_of(articles)
    table = make_table(
        f"{len(articles)} articles, {words:,} words", "", "articles/s", "words/s", "× extraction"
    )
    for name, seconds in spent.items():
        ratio = spent["extraction"] / seconds
        table.add_row(name, f"{len(articles) / seconds:.1f}", f"{words / seconds:,.0f}", f"{ratio:.2f}")
    console.print(table)
    return {
        "extraction_vs_plain_build": spent["plain build"] / spent["extraction"],
        "extraction_vs_spacy_floor": spent["spaCy alone"] / spent["extraction"],
    }


def _shares(console: Console, extractor: EventExtractor, articles: Sequence[Article]) -> None:
    """Print what each step takes."""
    spent: dict[str, float] = {}
    tokens = 0
    for start in range(0, len(articles), CHUNK):
        some = articles[start : start + CHUNK]
        tokens += _time_steps(extractor.nlp, extractor, some, spent)
    whole = sum(spent.values())
    table = make_table("Steps of extraction", "", "share", "µs a token")
    for name, seconds in spent.items():
        table.add_row(name, f"{100 * seconds / whole:.1f} %", f"{1e6 * seconds / tokens:.1f}")
    table.add_row("all", "", f"{1e6 * whole / tokens:.1f}")
    console.print(table)


def _time_steps(
    nlp: Language, extractor: EventExtractor, articles: Sequence[Article], spent: dict[str, float]
) -> int:
    """Add the seconds of every step; gives the number of tokens."""

    def add(name: str, begun: float) -> None:
        spent[name] = spent.get(name, 0.0) + time.process_time() - begun

    begun = time.process_time()
    docs = [make_doc(nlp, article.text, published=article.published_on) for article in articles]
    add("clean and tokenise", begun)
    for name, step in nlp.pipeline:
        begun = time.process_time()
        docs = list(step.pipe(docs)) if hasattr(step, "pipe") else [step(doc) for doc in docs]
        add(name, begun)
    begun = time.process_time()
    for article, doc in zip(articles, docs, strict=True):
        extractor.assemble(article, doc)
    add("assemble", begun)
    return sum(len(doc) for doc in docs)


def _lengths(console: Console, extractor: EventExtractor, lengths: Sequence[int]) -> float:
    """Print the time for articles of growing length; gives the exponent, 1 if it is linear.

    The slope of log time over log words by least squares, from 1,000 words on: below, what each article
    costs at least flattens it.
    """
    table = make_table("Length of an article", "words", "seconds", "µs a word")
    points = []
    for words in lengths:
        article = of_length(words)
        least = math.inf
        for _ in range(3 if words < 10_000 else 1):
            begun = time.process_time()
            extractor.extract(article)
            least = min(least, time.process_time() - begun)
        table.add_row(f"{words:,}", f"{least:.2f}", f"{1e6 * least / words:.0f}")
        points.append((math.log(words), math.log(least)))
    console.print(table)
    long = [point for point in points if point[0] >= math.log(1_000)]
    mean_x, mean_y = (sum(axis) / len(long) for axis in zip(*long, strict=True))
    exponent = sum((x - mean_x) * (y - mean_y) for x, y in long) / sum((x - mean_x) ** 2 for x, _ in long)
    console.print(f"time grows with the length to the power of {exponent:.2f}")
    return exponent


def _peak(console: Console, count: int) -> float:
    """Print the peak memory of a process that reads articles and does nothing else; in MiB."""
    command = [sys.executable, "-c", _READ.format(count=count)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    loaded, peak = map(float, answer)
    console.print(f"{loaded:.0f} MB once loaded, {peak:.0f} MB at most")
    return peak


def read_and_tell(count: int) -> None:
    """Read articles and print the most memory there was, in MiB: before, and in all."""
    extractor = load_extractor()
    loaded = peak_mb(psutil.Process())
    for _ in extractor.extract_many(compose(count)):
        pass
    print(loaded, peak_mb(psutil.Process()))
