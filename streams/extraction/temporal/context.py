"""What stands around a match: the words that decide whether it is a date at all."""

import re

from streams.extraction.temporal.calendar import Calendar

_WORD_BEFORE = re.compile(r"([^\W\d_][\w.]*)[ \t\xa0]{1,3}$")
_WORD_AFTER = re.compile(r"[ \t\xa0]{1,3}([^\W_]\w*)")
_REACH = 40
"""Characters looked at on either side; longer words than this are none of ours."""


def word_before(text: str, position: int) -> str:
    """Give the word right before a position, in lower case; empty after punctuation or a line's start."""
    found = _WORD_BEFORE.search(text[max(0, position - _REACH) : position])
    return found[1].lower() if found else ""


def words_before(text: str, position: int, count: int) -> list[str]:
    """Give up to `count` words before a position with nothing but blanks between them, nearest first."""
    words: list[str] = []
    for _ in range(count):
        found = _WORD_BEFORE.search(text[max(0, position - _REACH) : position])
        if not found:
            break
        words.append(found[1].lower())
        position = max(0, position - _REACH) + found.start(1)
    return words


def word_after(text: str, position: int) -> str:
    """Give the word right after a position, as written; empty before punctuation or a line's end."""
    found = _WORD_AFTER.match(text, position, position + _REACH)
    return found[1] if found else ""


def names_something(text: str, start: int, calendar: Calendar) -> bool:
    """Tell whether the words before make the date a name, as in "calle 13 de Septiembre".

    An article with its own preposition keeps the two apart: "salieron a la calle el 13 de septiembre".
    """
    if word_after(text, start - 1) in ("el", "El", "este", "la", "los"):
        return False
    for word in words_before(text, start, 4):
        if word.rstrip(".") in calendar.name_heads:
            return True
        if word not in ("de", "del", "la", "el", "los", "las"):
            return False
    return False


def goes_on(text: str, end: int, calendar: Calendar) -> bool:
    """Tell whether the sentence goes on after a bare number with no word that it could count."""
    after = word_after(text, end)
    return not after or after[0].isupper() or after in calendar.function_words
