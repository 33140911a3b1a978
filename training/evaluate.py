"""Score a pipeline on the development part of the treebank: `python -m training.evaluate MODEL TREEBANK`.

The pipeline reads raw text and tokenises it itself; whole articles are one document each, sentences joined by
a space (the parser finds the boundaries) or by newlines, as agency articles come. Newline tokens are not
scored. Punctuation counts neither for UAS nor for LAS (spaCy's scorer).
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example

from streams.extraction import components  # noqa: F401  registers teletipo_entity_types
from training.corpus import development_corpus

FORMS = ("viajará viajar", "reunirán reunir", "firmará firmar", "recibirá recibir", "reunirse reunir",
         "firmándolo firmar", "entrevistarse entrevistar", "visitarlo visitar", "anunciándose anunciar",
         "suscribieron suscribir", "dijeron decir", "asistirá asistir", "pidió pedir", "tendrá tener",
         "sostuvo sostener", "harán hacer", "decirle decir", "llegará llegar", "viajaría viajar",
         "rubricarán rubricar", "trasladarse trasladar", "advirtió advertir", "partirá partir",
         "comprometiéndose comprometer", "desmintió desmentir", "arribará arribar")  # fmt: skip
HEADLINE = (
    "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_p", "ents_r", "ents_f"
)  # fmt: skip
"""Names of spaCy's scores that describe a pipeline."""
FRAME = "El presidente de Colombia, Juan Pérez, {} mañana en Madrid con el ministro."


def score(nlp: Language, treebank: Path, *, separator: str) -> dict[str, Any]:
    """Give spaCy's scores on the development articles, white-space tokens left out."""
    examples = []
    for reference in development_corpus(treebank, nlp.vocab, separator=separator).get_docs(nlp.vocab):
        examples.append(Example(without_space(nlp(reference.text)), without_space(reference)))
    return Scorer(nlp).score(examples)


def without_space(doc: Doc) -> Doc:
    """Copy a document without its white-space tokens; what hangs on them hangs on their head."""
    kept = [token for token in doc if not token.is_space]
    position = {token.i: i for i, token in enumerate(kept)}

    def head(token: Token) -> int:
        node = token.head
        while node.is_space and node.head is not node:
            node = node.head
        return position.get(node.i, position[token.i])

    return Doc(
        doc.vocab,
        words=[token.text for token in kept],
        spaces=[
            bool(token.whitespace_) or (token.i + 1 < len(doc) and doc[token.i + 1].is_space)
            for token in kept
        ],
        lemmas=[token.lemma_ for token in kept],
        pos=[token.pos_ for token in kept],
        morphs=[str(token.morph) for token in kept],
        heads=[head(token) for token in kept],
        deps=[token.dep_ for token in kept],
        ents=_marks(kept),
    )


def _marks(tokens: list[Token]) -> list[str | None]:
    return [
        None if not t.ent_iob_ else "O" if t.ent_iob_ == "O" else f"{t.ent_iob_}-{t.ent_type_}"
        for t in tokens
    ]


def words_per_second(nlp: Language, treebank: Path) -> float:
    """Measure the whole pipeline on the development articles, twice over; set threads to one outside."""
    texts = [doc.text for doc in development_corpus(treebank, nlp.vocab).get_docs(nlp.vocab)]
    list(nlp.pipe(texts[:10]))
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts * 2))
    return words / (time.perf_counter() - start)


def wrong_lemmas(nlp: Language) -> list[str]:
    """Try futures and clitic forms that reporting and visiting verbs come in; give the wrong ones."""
    wrong = []
    for pair in FORMS:
        form, lemma = pair.split()
        found = next(token.lemma_ for token in nlp(FRAME.format(form)) if token.text == form)
        if found != lemma:
            wrong.append(f"{form} → {found}")
    return wrong


def report(nlp: Language, treebank: Path) -> dict[str, Any]:
    """Collect all that the README tables show."""
    table: dict[str, Any] = {}
    for name, separator in (("space", " "), ("newline", "\n")):
        scores = score(nlp, treebank, separator=separator)
        table[name] = {key: round(100 * scores[key], 2) for key in ("token_f", *HEADLINE)}
        table[name]["types"] = {
            label: " ".join(f"{key} {100 * value[key]:.1f}" for key in "prf")
            for label, value in sorted(scores["ents_per_type"].items())
        }
        relations = scores["dep_las_per_type"]
        table[name]["relations"] = {
            label: round(100 * relations[label]["f"], 1)
            for label in (
                "nsubj",
                "obj",
                "obl",
                "ccomp",
                "xcomp",
                "conj",
                "appos",
                "acl",
                "advcl",
                "parataxis",
            )
        }
    table["wrong_lemmas"] = wrong_lemmas(nlp)
    table["words_per_second"] = round(words_per_second(nlp, treebank))
    return table


def main() -> None:
    """Print the report as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", type=Path)
    parser.add_argument("treebank", type=Path, nargs="?", default=Path("../shared/data/treebank"))
    parser.add_argument("--typed", action="store_true", help="with names and lemmas as extraction has them")
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    if args.typed:
        nlp.add_pipe("teletipo_entity_types")
        nlp.add_pipe("teletipo_lemmas")
    print(json.dumps(report(nlp, args.treebank), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
