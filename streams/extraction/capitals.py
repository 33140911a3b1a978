"""Lines in capitals, as headlines come, in the letters that they would have in a sentence.

The model knows names by their capitals, so a line that has nothing else tells it little. Length is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_LEAST_LETTERS: Final = 12
"""Shorter lines are names, codes and tables: "ONU", "GRUPO A"."""
_LEAST_WORDS: Final = 3

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME_IN_SENTENCE: Final = re.compile(r"(?<=[a-záéíóúüñ,] )[^\W\d_a-z][^\W\d_]+")


def lower_headlines(text: str, *, knows: Callable[[str], bool]) -> str:
    r"""Write lines that are all in capitals in lower case, but for names and acronyms.

    Names and acronyms are what the rest of the text writes so within its sentences, words unknown in
    lower case, and what follows such a name and is known as one.

    Args:
        text: Of an article.
        knows: Whether the model knows a word in this spelling.

    >>> body = "La ministra Ana Ruiz habló con la ONU."
    >>> lower_headlines(f"ANA RUIZ LLEGA A LA ONU\n{body}", knows=str.islower).splitlines()[0]
    'Ana Ruiz llega a la ONU'
    """
    lines = text.split("\n")
    loud = [_is_loud(line) for line in lines]
    if not any(loud):
        return text
    rest = "\n".join(line for line, is_loud in zip(lines, loud, strict=True) if not is_loud)
    written = {name.upper(): name for name in _NAME_IN_SENTENCE.findall(rest)}
    return "\n".join(
        _lowered(line, written, knows) if is_loud else line for line, is_loud in zip(lines, loud, strict=True)
    )


def _is_loud(line: str) -> bool:
    if line != line.upper() or sum(map(str.isalpha, line)) < _LEAST_LETTERS:
        return False
    return len(_WORD.findall(line)) >= _LEAST_WORDS


def _lowered(line: str, written: dict[str, str], knows: Callable[[str], bool]) -> str:
    pieces: list[str] = []
    position = 0
    after_name = False
    for match in _WORD.finditer(line):
        word = match[0]
        title, lower = word.capitalize(), word.lower()
        is_name = word in written or not knows(lower) or (after_name and knows(title))
        new = written.get(word, title) if is_name else lower if position else title
        pieces += [line[position : match.start()], new if len(new) == len(word) else word]
        position, after_name = match.end(), is_name
    return "".join([*pieces, line[position:]])
