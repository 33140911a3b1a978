"""Infinitives of the forms of any verb, where the model's lemma is none.

A small statistical lemmatiser invents infinitives for rare verbs ("bromeó" → *bromeir*), irregular futures
and verbs that open a sentence. A list of infinitives tells whether its lemma is one; if not, the endings are
taken off the form until what is left is in the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from streams.extraction.conjugation import Endings
from streams.extraction.lexicon import LANG_FOLDER

_HOST: Final = r"(.+?(?:[aeiíáé]r|[áé]ndo|[aeá]))"
"""Infinitive, gerund or imperative that pronouns can hang on."""
_CLITIC: Final = re.compile(_HOST + r"(?:me|te|se|l[aeo]s?|nos|os)$")
_TWO_CLITICS: Final = re.compile(_HOST + r"(?:[mts]e|nos|os)(?:me|te|l[aeo]s?|nos)$")
_UNACCENT: Final = str.maketrans("áéí", "aei")
_LAST_VOWELS: Final = re.compile(r"([aeiouíú]+)(?:[gq]u|[^aeiouíú])*$")


class Infinitives:
    """Known infinitives, and which of them a form can be of.

    >>> known = Infinitives(["hacer", "reunir", "viajar"], load_endings())
    >>> [known.of(form) for form in ("harán", "reunírsele", "viajaremos", "mesa")]
    [{'hacer'}, {'reunir'}, {'viajar'}, set()]
    """

    def __init__(self, lemmas: Iterable[str], endings: Endings) -> None:
        self._known = frozenset(lemmas)
        self._endings = endings
        self._stems = {
            conjugation: {new: old for old, news in changes.items() for new in news}
            for conjugation, changes in endings.changes.items()
        }

    def choose(self, form: str, said: str, known: str) -> str:
        """Choose the lemma of a verb.

        Args:
            form: In lower case.
            said: The model's lemma; it stays where it is an infinitive that the form can be of.
            known: The verb of the lexicon that has this form, else what the model said.
        """
        if said in self._known and (known == said or said in self.of(form)):
            return said
        if known != said:
            return known
        found = self.of(form)
        return found.pop() if len(found) == 1 else said

    def of(self, form: str) -> set[str]:
        """Infinitives of a form in lower case, with clitics or without; a changed stem is second choice."""
        hosts = (match[1].translate(_UNACCENT) for p in (_TWO_CLITICS, _CLITIC) if (match := p.match(form)))
        for host in (form, *hosts):
            if found := self._plain(host) or self._changed(host):
                return found
        return set()

    def with_clitics(self, form: str) -> str | None:
        """Infinitive of an infinitive or gerund with clitics, as only verbs have them ("firmándolo")."""
        for match in (_TWO_CLITICS.match(form), _CLITIC.match(form)):
            host = match[1].translate(_UNACCENT) if match else ""
            if host in self._known:
                return host
            if host.endswith("ndo") and len(found := self._plain(host) or self._changed(host)) == 1:
                return found.pop()
        return None

    def _plain(self, form: str) -> set[str]:
        """Infinitives of which the form is irregular, or regular without a change of the stem."""
        found = {form} & self._known
        for verb, forms in self._endings.irregular.items():
            for irregular in forms:
                lemma = form.removesuffix(irregular) + verb
                if form.endswith(irregular) and lemma in self._known and self._endings.is_of(lemma, verb):
                    found.add(lemma)
        regular = (stem + conjugation for stem, conjugation in self._stems_of(form))
        return found.union(lemma for lemma in regular if lemma in self._known)

    def _changed(self, form: str) -> set[str]:
        """Infinitives whose stem vowel is another in this form."""
        found = set()
        for stem, conjugation in self._stems_of(form):
            if vowels := _LAST_VOWELS.search(stem):
                for new, old in self._stems[conjugation].items():
                    if vowels[1].endswith(new):
                        at = vowels.end(1)
                        found.add(stem[: at - len(new)] + old + stem[at:] + conjugation)
        return found & self._known

    def _stems_of(self, form: str) -> Iterator[tuple[str, str]]:
        """Stem and conjugation as each ending has it, in the spelling of the form and of the infinitive."""
        for conjugation, table in self._endings.endings.items():
            for ending in table:
                stem = form.removesuffix(ending)
                if stem == form or len(stem) < 2:
                    continue
                yield stem, conjugation
                for verb, soft in self._endings.spelling.items():
                    if ending[0] in "eé" and stem.endswith(soft):
                        yield stem.removesuffix(soft) + verb[0], conjugation


@lru_cache(maxsize=4)
def load_infinitives(language: str = "es", *, folder: Path = LANG_FOLDER) -> frozenset[str]:
    """Read `infinitives.csv` of a language."""
    _, *verbs = (folder / language / "infinitives.csv").read_text("utf-8").split()
    return frozenset(verbs)
