"""Write `infinitives.csv`, the verbs that lemmas are checked against: `python -m training.infinitives`.

A verb is listed if the treebank has its lemma more than once or wordfreq knows the infinitive too, if
wordfreq knows the infinitive and three other forms of a regular verb, or if a cue or an event type names it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from streams.extraction.frames import load_event_types
from streams.extraction.lexicon import LANG_FOLDER, load_lexicon
from training.treebank import read_sentences

FORMS = {
    "ar": ("ando", "ado", "ó", "aron", "a", "an", "ará"),
    "er": ("iendo", "ido", "ió", "ieron", "e", "en", "ía"),
    "ir": ("iendo", "ido", "ió", "ieron", "e", "en", "ía"),
}
ENOUGH_FORMS = 3
WORDFREQ_FORMS = 80_000
SLIPS = frozenset({"bardear", "cojer", "flashear", "pesidir"})
"""Misspelt or no Spanish of the news."""


def infinitives(treebank: Path) -> list[str]:
    """Collect the verbs, sorted."""
    from wordfreq import top_n_list

    words = set(top_n_list("es", WORDFREQ_FORMS))
    lemmas = Counter(
        token.lemma.lower()
        for sentence in read_sentences(treebank / "train.conllu.gz")
        for token in sentence.tokens
        if token.pos in ("VERB", "AUX")
    )
    cues = load_lexicon().cues
    named = {lemma for kind in load_event_types() for frame in kind.verbs for lemma in frame.lemmas}
    named |= set(cues.verbs) | set(cues.predicative_verbs)
    found = {lemma for lemma, count in lemmas.items() if count > 1 or lemma in words} | named
    found |= {word for word in words if len(word) > 3 and _forms(word, words) >= ENOUGH_FORMS}
    return sorted(w for w in found - SLIPS if w.isalpha() and w.endswith(("ar", "er", "ir", "ír")))


def _forms(word: str, words: set[str]) -> int:
    return sum(word[:-2] + ending in words for ending in FORMS.get(word[-2:], ()))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, default=Path("../shared/data/treebank"))
    arguments = parser.parse_args()
    verbs = infinitives(arguments.treebank)
    (LANG_FOLDER / "es" / "infinitives.csv").write_text("\n".join(["infinitive", *verbs]) + "\n", "utf-8")
    print(f"{len(verbs)} verbs")


if __name__ == "__main__":
    main()
