"""Offices in the text: "ministro de Relaciones Exteriores" is one, longer than its first word."""

from __future__ import annotations

from typing import Final, NamedTuple

from streams.extraction.lexicon import Lexicon
from streams.extraction.tokens import Doc

_LONGEST_OFFICE_TOKENS: Final = 5
"""Most tokens tried; the few longer forms of `offices.yaml` begin with one that is shorter."""


class OfficeWords(NamedTuple):
    """Words of an office: its class in `offices.yaml`, inflection (`m`, `fp` …) and length in tokens."""

    name: str
    inflection: str
    length: int

    @property
    def plural(self) -> bool:
        """Whether several people hold it: "los ministros"."""
        return len(self.inflection) == 2

    @property
    def gender(self) -> str:
        """Gender of the holder, `m` or `f`."""
        return self.inflection[0]


def office_at(doc: Doc, start: int, end: int, lexicon: Lexicon) -> OfficeWords | None:
    """Find the longest office that begins at a token and ends before another; None when none does."""
    for length in range(min(_LONGEST_OFFICE_TOKENS, end - start), 0, -1):
        found = lexicon.office_of(doc.text_of(start, start + length))
        if found:
            return OfficeWords(*found, length)
    return None
