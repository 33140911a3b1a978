"""What feeds leave in a text – entities, tags, invisible characters – taken out, with every position kept.

The model was trained on printed text. What it reads may therefore be shorter or longer than the article; an
alignment leads from each of its characters back to the characters of the article that it stands for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_BLOCKS: Final = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre|"
    "section|table|tbody|td|th|thead|tr|ul"
)
"""HTML elements that begin a line; the others leave no trace."""

_INLINE: Final = (
    "a|abbr|acronym|b|big|cite|code|del|em|font|i|iframe|img|ins|kbd|mark|q|s|small|source|span|strike|strong|sub|"
    "sup|time|tt|u|video|wbr"
)

_ENTITY: Final = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG: Final = re.compile(rf"</?(?:({_BLOCKS})|{_INLINE})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]+"
)
_DECOMPOSED: Final = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_MAKESHIFT_QUOTE: Final = re.compile(r"''|``|´´|‘‘|’’|,,(?=\w)|<<|>>")
_MISSING_SPACE: Final = re.compile(
    r"(?<=[.,;:!?])(?=[«“][^\W_])|(?<=\S[»”])(?=[^\W_])|(?<=[»”][,;:.])(?=[^\W_])"
)
_WRAP: Final = re.compile(r"(?<=[^\s.!?:;»”\"…]) ?\r?\n(?=[^\W\d_])")
_LOWER_LINE: Final = re.compile(r"(?<=[^\s.!?:;»”\"…]) ?\r?\n(?=[a-záéíóúüñ])")
_LEAST_WRAPS: Final = 3
"""So many lines that go on in lower case show that the text was broken into lines of even length."""

_LEAST_WRAPPED_CHARS: Final = 30
"""Shorter lines of such a text are headlines, bylines, ends of paragraphs."""

_SPACES: Final = re.compile("[ \t\u00a0\u2007\u2009\u202f]{2,}")
_MARKS: Final = {"<<": "«", ">>": "»"}


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text as the model reads it.

    Attributes:
        text: Cleaned.
        starts: For each character of `text`, where what it stands for begins in the article; empty
            where the text is the article's own.
        ends: The same for where it ends.
    """

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Range of the article that a range of `text`, not empty, stands for."""
        return (self.starts[start], self.ends[end - 1]) if self.starts else (start, end)


def clean(text: str) -> CleanText:
    """Take out what no reader sees, and mend what they overlook.

    Entities are decoded, tags and invisible characters removed, letters and their accents joined,
    makeshift quotation marks (two apostrophes, two angle brackets) made whole, spaces put where a
    quotation touches its neighbours, runs of spaces made one, and lines joined that a sentence goes on over.

    >>> clean("&laquo;S&iacute;&raquo;").text
    '«Sí»'
    >>> clean("&laquo;S&iacute;&raquo;").original(1, 3)
    (7, 16)
    """
    cleaned = CleanText(text)
    wrapped = len(_LOWER_LINE.findall(text)) >= _LEAST_WRAPS
    for pattern, replace in (*_PASSES, (_WRAP, _unwrapped) if wrapped else (_LOWER_LINE, _space)):
        if pattern.search(cleaned.text):
            cleaned = _rewrite(cleaned, pattern, replace)
    return cleaned


def _rewrite(
    cleaned: CleanText, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]
) -> CleanText:
    """Replace every match, and align the new characters with what the match stood for."""
    text = cleaned.text
    starts = cleaned.starts or tuple(range(len(text)))
    ends = cleaned.ends or tuple(range(1, len(text) + 1))
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    position = 0
    for match in pattern.finditer(text):
        first, last = match.span()
        new = replace(match)
        pieces += [text[position:first], new]
        new_starts += starts[position:first]
        new_ends += ends[position:first]
        if new:
            begins = starts[first] if first < len(text) else ends[-1]
            new_starts += [begins] * len(new)
            new_ends += [ends[last - 1] if last > first else begins] * len(new)
        position = last
    pieces.append(text[position:])
    new_starts += starts[position:]
    new_ends += ends[position:]
    return CleanText("".join(pieces), tuple(new_starts), tuple(new_ends))


def _decoded(match: re.Match[str]) -> str:
    """The character of an entity, also of one that was encoded twice ("&amp;quot;")."""
    decoded = match[0]
    while (once := html.unescape(decoded)) != decoded:
        decoded = once
    return decoded


def _line_or_nothing(match: re.Match[str]) -> str:
    return "\n" if match[1] else ""


def _space(match: re.Match[str]) -> str:
    return " "


def _unwrapped(match: re.Match[str]) -> str:
    """A space where a line of even length was broken within a sentence."""
    line = match.start() - match.string.rfind("\n", 0, match.start())
    goes_on = match.string[match.end()].islower() or line > _LEAST_WRAPPED_CHARS
    return " " if goes_on else match[0]


_PASSES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_ENTITY, _decoded),
    (_TAG, _line_or_nothing),
    (_INVISIBLE, lambda match: ""),
    (_DECOMPOSED, lambda match: unicodedata.normalize("NFC", match[0])),
    (_MAKESHIFT_QUOTE, lambda match: _MARKS.get(match[0], '"')),
    (_MISSING_SPACE, _space),
    (_SPACES, _space),
)
