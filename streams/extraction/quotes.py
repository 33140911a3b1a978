"""Quotation marks → quoted stretches: all common pairs, nested, broken and continued ones.

Techniques: inside/outside first (Pareti 2015), a table of pairs, a new paragraph's mark as a
continuation. One odd mark costs one quotation, never the article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from streams.extraction.annotations import Quote
from streams.extraction.doc import double_marks, original_text
from streams.extraction.tokens import Doc

_PAIRS: Final = {"«": "»", "“": "”", "„": "“”"}
_CLOSERS: Final = frozenset("»”")
_START: Final = attrgetter("start")
_STRAIGHT: Final = '"'
_DOUBLE: Final = frozenset('«»“”„"')
_SINGLE: Final = frozenset("'‘")
_LEAST_SINGLE_WORDS: Final = 3
"""Fewer words between single marks are titles and terms, not speech."""
_MAX_SINGLE_CHARS: Final = 400
MAX_QUOTE_CHARS: Final = 3000
"""A quotation longer than this has lost its closing mark; the longest of the training articles has 1,400."""


def find_quotes(doc: Doc) -> list[Quote]:
    """Find the outermost quoted stretches of a doc, in text order, as token ranges without the marks."""
    ranges = _character_ranges(double_marks(original_text(doc)))
    quotes = []
    for start_char, end_char, closed in ranges:
        span = doc.char_span(start_char, end_char, alignment_mode="contract")
        if span is None or not len(span):
            continue
        start, end = span.start, span.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            quotes.append(Quote(start, end, closed))
    return quotes


def _character_ranges(text: str) -> list[tuple[int, int, bool]]:
    found: list[tuple[int, int, bool]] = []
    stack: list[tuple[str, int]] = []
    single_end = 0
    for index, char in enumerate(text):
        if index < single_end:
            continue
        if char in _SINGLE and not stack and (end := _single_end(text, index)):
            found.append((index + 1, end, True))
            single_end = end + 1
        if char == "\n" and stack and not _continues(text, index, stack):
            stack = _close_lost(text, index, stack, found)
        if char not in _DOUBLE:
            continue
        if stack and index - stack[0][1] > MAX_QUOTE_CHARS:
            stack = []
        if stack and _closes_another_kind(text, index, char, stack[-1]):
            _, start = stack.pop()
            if not stack:
                found.append((start + 1, index, True))
        elif char == _STRAIGHT:
            _toggle(text, index, stack, found)
        elif char in _CLOSERS or (char == "“" and stack and stack[-1][0] == "„"):
            _close(text, index, char, stack, found)
        else:
            stack.append((char, index))
    if stack:
        _close_lost(text, len(text), stack, found)
    return _join_nested(text, found)


def _closes_another_kind(text: str, index: int, char: str, opened: tuple[str, int]) -> bool:
    """Whether a mark closes what one of another kind opened: “so" or "so”.

    It must stand as closing marks do, and the line must have no mark of the right kind to come.
    """
    mark, start = opened
    if (mark == _STRAIGHT) == (char == _STRAIGHT) or char in "«“„" or _can_only_open(text, index):
        return False
    right = _PAIRS.get(mark, _STRAIGHT)
    line_end = text.find("\n", index)
    ahead = text[index + 1 : len(text) if line_end < 0 else line_end]
    return index - start > 1 and not any(c in right for c in ahead)


def _single_end(text: str, index: int) -> int:
    """Where a stretch between single marks ends; 0 for an apostrophe, or for a word or two, only named."""
    if not _can_only_open(text, index):
        return 0
    line_end = text.find("\n", index)
    limit = min(len(text) if line_end < 0 else line_end, index + _MAX_SINGLE_CHARS)
    closing = "’" if text[index] == "‘" else text[index]
    for end in range(index + 2, limit):
        if text[end] in _DOUBLE:
            return 0
        if text[end] == closing and not text[end - 1].isspace() and not text[end + 1 : end + 2].isalnum():
            return end if len(text[index + 1 : end].split()) >= _LEAST_SINGLE_WORDS else 0
    return 0


def _toggle(text: str, index: int, stack: list[tuple[str, int]], found: list[tuple[int, int, bool]]) -> None:
    if (
        stack
        and stack[-1][0] == _STRAIGHT
        and _can_only_open(text, index)
        and "\n" in text[stack[-1][1] : index]
    ):
        _close_lost(text, index, stack, found)  # the mark that should have closed the last one was left out
        stack.clear()
    if stack and stack[-1][0] == _STRAIGHT:
        _, start = stack.pop()
        if not stack:
            found.append((start + 1, index, True))
    else:
        stack.append((_STRAIGHT, index))


def _can_only_open(text: str, index: int) -> bool:
    """Whether a straight mark stands as opening ones do: after a space or bracket, before a letter."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return before in ("", " ", "\n", "(", "—", "¿", "¡") and (after.isalnum() or after in ("¿", "¡"))


def _close(
    text: str, index: int, char: str, stack: list[tuple[str, int]], found: list[tuple[int, int, bool]]
) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if char in _PAIRS.get(stack[depth][0], ""):
            start = stack[depth][1]
            del stack[depth:]
            if not stack:
                found.append((start + 1, index, True))
            return
    # A closing mark at the start of a line re-opens a quotation that goes on ("”Y cuando venga …").
    if not text[:index].rstrip(" ") or text[:index].rstrip(" ").endswith("\n"):
        stack.append(("“" if char == "”" else "«", index))


def _continues(text: str, index: int, stack: list[tuple[str, int]]) -> bool:
    """Whether a quotation open at a line end goes on: a further line and a closing mark before long."""
    mark, start = stack[0]
    ahead = text[index : min(len(text), start + MAX_QUOTE_CHARS)]
    following = ahead.lstrip("\n ")
    if mark != _STRAIGHT and following[:1] in ("»", "”", mark):
        return False  # the next paragraph repeats the mark: this stretch ends here, another begins
    closers = _PAIRS.get(mark, _STRAIGHT)
    position = next((i for i, char in enumerate(ahead) if char in closers), -1)
    opener = next((i for i, char in enumerate(ahead) if char == mark), -1) if mark != _STRAIGHT else -1
    return position >= 0 and (opener < 0 or position < opener)


def _close_lost(
    text: str, index: int, stack: list[tuple[str, int]], found: list[tuple[int, int, bool]]
) -> list[tuple[str, int]]:
    _, start = stack[0]
    line_end = text.find("\n", start)
    found.append((start + 1, index if line_end < 0 else min(index, line_end), False))
    return []


def _join_nested(text: str, found: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Join stretches that only a word or two between straight marks divides: a quotation in a quotation.

    Outer and inner straight marks look alike, so pairing them in turn cuts the outer stretch at
    the inner words: `"soy un "loco" feliz"`. The cut shows by spaces inside the marks.
    """
    joined: list[tuple[int, int, bool]] = []
    for start, end, closed in found:
        if joined:
            last_start, last_end, _ = joined[-1]
            between = text[last_end:start].strip('"')
            glued = between[:1] not in (" ", ",", ".", ":", ";", ")", "", "\n") and between[-1:] not in (
                " ",
                "\n",
            )
            if (
                text[last_end : last_end + 1] == _STRAIGHT
                and glued
                and len(between) <= 40
                and "\n" not in between
            ):
                joined[-1] = (last_start, end, closed)
                continue
        joined.append((start, end, closed))
    return joined


def quote_at(quotes: Sequence[Quote], index: int) -> Quote | None:
    """The quotation that holds a token, None outside; `quotes` are in text order, none inside another."""
    found = bisect_right(quotes, index, key=_START) - 1
    return quotes[found] if found >= 0 and index < quotes[found].end else None
