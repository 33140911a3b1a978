"""Datelines that a format keeps apart from the body, put where a reader of the wire sees them."""

import re
from typing import Final

PREPENDED: Final = "dateline, kept apart from the body, put before it"
_DATED: Final = re.compile(r"\W{0,3}[^\W\d_][^.!?]{0,80}?(?:\.\s?[-–—]|\)\s?(?:[-–—_:]|$)|\s[-–—]{1,2}\s)")
"""An opening such as `Lima, 10 may (EFE).-` or `(ANSA) - Roma`."""


def with_dateline(dateline: str | None, paragraphs: list[str]) -> tuple[list[str], bool]:
    """Put a dateline before the first paragraph, unless the paragraph has it already.

    Returns:
        The paragraphs, and whether it was put there.

    >>> with_dateline("Lima, 10 may (AFP)", ["Ana habló."])
    (['Lima, 10 may (AFP) - Ana habló.'], True)
    """
    line = (dateline or "").strip().rstrip("-–—").strip()
    if not paragraphs or not line[:1].isalpha():  # without a place it is but a date
        return paragraphs, False
    town = line.split(",")[0].casefold()
    if _DATED.match(paragraphs[0]) or paragraphs[0].lstrip(" (").casefold().startswith(town):
        return paragraphs, False
    return [f"{line} - {paragraphs[0]}", *paragraphs[1:]], True
