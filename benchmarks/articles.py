"""The articles that benchmarks read: paragraphs of the samples, put together anew at any length.

Everyone has the samples, so figures can be compared from machine to machine. Real news is read in their place
with `--articles FILE` (JSON lines with `text` and `published`).
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from schemas import Article

SAMPLES: Final = Path(__file__).parents[1] / "samples" / "agencia.jsonl"
SHORTEST: Final = 50
LONGEST: Final = 2_000
"""Words of an article: a flash, a long report."""
_KEPT: Final = {"id", "text", "published"}


def read_articles(path: Path = SAMPLES) -> list[Article]:
    """Articles of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in lines]


def compose(count: int, *, seed: int = 1, shortest: int = SHORTEST, longest: int = LONGEST) -> list[Article]:
    """Compose articles whose lengths are spread evenly by their logarithm, the same for the same seed.

    Args:
        count: How many.
        seed: Of the random choices.
        shortest: Words of the shortest, about.
        longest: Words of the longest, about.
    """
    chance = random.Random(seed)
    sources = read_articles()
    lengths = [round(math.exp(chance.uniform(math.log(shortest), math.log(longest)))) for _ in range(count)]
    return [_compose(chance, n, words, sources) for n, words in enumerate(lengths)]


def of_length(words: int, *, seed: int = 1) -> Article:
    """Compose one article of about so many words."""
    return _compose(random.Random(seed), words, words, read_articles())


def words_of(articles: Sequence[Article]) -> int:
    """Count the words between white space."""
    return sum(len(article.text.split()) for article in articles)


def _compose(chance: random.Random, number: int, words: int, sources: Sequence[Article]) -> Article:
    published = chance.choice(sources).published
    text: list[str] = []
    left = words
    for paragraph in _paragraphs(chance, sources):
        size = len(paragraph.split())
        if size > left:
            paragraph = " ".join(paragraph.split()[: max(left, 1)])
        text.append(paragraph)
        left -= size
        if left <= 0:
            break
    return _article(
        {"id": f"bench-{number}-{words}", "text": "\n\n".join(text), "published": published.isoformat()}
    )


def _paragraphs(chance: random.Random, sources: Sequence[Article]) -> Iterator[str]:
    """Paragraphs without end: those of an article stay together, since their names belong together."""
    while True:
        for source in chance.sample(sources, len(sources)):
            yield from (paragraph for paragraph in source.text.split("\n") if paragraph.strip())


def _article(data: dict[str, object]) -> Article:
    return Article.model_validate({key: data[key] for key in _KEPT & data.keys()})
