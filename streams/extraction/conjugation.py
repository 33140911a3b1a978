"""Verb forms → infinitive for the verbs that the lexicon knows, where the model's lemma may be wrong.

A small statistical lemmatiser guesses rare verbs ("bromeó" → *bromeir*); the verbs that matter here
are known by name, so their regular and stem-changing forms are spelled out once, at load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from streams.extraction.lexicon import LANG_FOLDER
from streams.extraction.tokens import Token
from streams.extraction.yaml_text import load_yaml

_DASHES: Final = frozenset({"-", "–", "—"})


class Endings(BaseModel):
    """How verbs are conjugated: see `conjugation.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endings: dict[str, tuple[str, ...]]
    spelling: dict[str, str]
    changes: dict[str, dict[str, tuple[str, ...]]]
    irregular: dict[str, tuple[str, ...]]
    unmistakable: dict[str, str]
    after_quote: str
    alone: frozenset[str]

    def is_of(self, lemma: str, verb: str) -> bool:
        """Whether a verb is conjugated as this irregular one."""
        return lemma == verb or (lemma.endswith(verb) and verb not in self.alone)


class VerbForms:
    """Form → infinitive; a form that two known verbs share belongs to neither."""

    def __init__(self, lemmas: Iterable[str], endings: Endings) -> None:
        self._forms: dict[str, str] = {}
        self._endings = endings
        shared: set[str] = set()
        for lemma in sorted(set(lemmas)):
            for form in _forms_of(lemma, endings):
                if self._forms.setdefault(form, lemma) != lemma:
                    shared.add(form)
        for form in shared:
            del self._forms[form]

    def lemma(self, token: Token) -> str:
        """Infinitive of a verb token: by its form where known, else as the model says."""
        return self._forms.get(token.lower_, token.lemma_)

    def missed_features(self, token: Token) -> str | None:
        """Features of a verb that the model took for something else ("zanjó", "«…», cuenta X"), else None."""
        form = token.lower_
        if form not in self._forms or len(form) < 4:
            return None
        opens = token.is_sent_start and token.text.istitle()
        if not (token.is_lower or opens):
            return None
        for ending, features in self._endings.unmistakable.items():
            if form.endswith(ending) and (token.is_lower or ending in ("ó", "aron", "ieron")):
                return features
        if token.pos_ in ("NOUN", "ADJ", "PROPN") and _closes_speech(token):
            return self._endings.after_quote
        return None


def _closes_speech(token: Token) -> bool:
    """Whether a quotation and its comma, or a dash of dialogue, stand right before a word."""
    if token.i < 2:
        return False
    before = token.nbor(-1)
    glued_dash = before.text in _DASHES and not before.whitespace_
    return glued_dash or (before.text in {",", *_DASHES} and token.nbor(-2).is_quote)


def _forms_of(lemma: str, endings: Endings) -> Iterator[str]:
    for verb, forms in endings.irregular.items():
        if endings.is_of(lemma, verb):
            prefix = lemma[: -len(verb)]
            yield from (prefix + form for form in forms)
    table = endings.endings.get(lemma[-2:])
    if table is None or len(lemma) < 5:
        return
    stem = lemma[:-2]
    softened = endings.spelling.get(lemma[-3:])
    stems = {stem, *_changed(stem, endings.changes[lemma[-2:]])}
    for ending in table:
        for variant in stems:
            if softened and ending[0] in "eé":
                yield variant[:-1] + softened + ending
            else:
                yield variant + ending


def _changed(stem: str, changes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for index in range(len(stem) - 1, -1, -1):
        if stem[index] in "aeiou":
            for change in changes.get(stem[index], ()):
                yield stem[:index] + change + stem[index + 1 :]
            return


@lru_cache(maxsize=4)
def load_endings(language: str = "es", *, folder: Path = LANG_FOLDER) -> Endings:
    """Read `conjugation.yaml` of a language."""
    return Endings.model_validate(load_yaml((folder / language / "conjugation.yaml").read_text("utf-8")))
