"""Which predicted event means which gold event, and when two names are the same."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from streams.evaluation.records import Filler, ScoredEvent

_CONTENT_ALIGNS: Final = 0.5
"""Share of common characters from which two statements pair although no trigger is common."""

_NOT_WORD: Final = re.compile(r"[^\w]+")


def align(text: str, gold: Sequence[ScoredEvent], predicted: Sequence[ScoredEvent]) -> list[tuple[int, int]]:
    """Pair gold with predicted events one to one, the likeliest pairs first.

    Returns:
        Pairs of positions, best first; events of different types are never paired.
    """
    scored = [(likeness(text, g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    scored.sort(key=lambda entry: -entry[0])
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for score, i, j in scored:
        if score > 0 and i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
            pairs.append((i, j))
    return pairs


def likeness(text: str, gold: ScoredEvent, predicted: ScoredEvent) -> float:
    """Say how likely it is that both mean the same happening; 0 means that they cannot be paired.

    A common trigger weighs most. Without one, statements still pair when half of what is said is
    common, other events when they stand in one sentence and share a participant.
    """
    if gold.type != predicted.type:
        return 0.0
    common = sum(any(_overlap(g, p) for p in predicted.triggers) for g in gold.triggers)
    by_trigger = 1.0 + 0.1 * common if common else 0.0
    fillers = sum(any(same_filler(g, p) for p in predicted.fillers) for g in gold.fillers)
    if gold.type == "statement":
        shared = share(gold.content, predicted.content)
        return by_trigger + shared + 0.05 * fillers if by_trigger or shared >= _CONTENT_ALIGNS else 0.0
    if by_trigger:
        return by_trigger + 0.05 * fillers
    return 0.5 + 0.05 * fillers if fillers and _in_one_sentence(text, gold, predicted) else 0.0


def same_name(predicted: str, names: Sequence[str]) -> bool:
    """Tell whether a name is one of `names`, or a fuller form of the first of them.

    >>> same_name("Vladímir Putin", ["Vladimir Putin", "Putin"]), same_name("Putin Ruiz", ["Putin"])
    (True, False)
    """
    found = fold(predicted)
    wanted = [fold(name) for name in names if name]
    if not found or found in wanted:
        return bool(found)
    main = set(wanted[0].split()) if wanted else set()
    return len(main) > 1 and main <= set(found.split())


def fold(name: str | None) -> str:
    """Level case, accents and punctuation.

    >>> fold("  «José-María», Rúa ")
    'jose maria rua'
    """
    letters = unicodedata.normalize("NFKD", name or "")
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def same_filler(gold: Filler, predicted: Filler) -> bool:
    """Tell whether both put the same name into the same role."""
    return gold.role == predicted.role and same_name(predicted.names[0], gold.names)


def share(first: frozenset[int], second: frozenset[int]) -> float:
    """Give characters in both, of those in either; 0 where neither has any."""
    return len(first & second) / len(first | second) if first or second else 0.0


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return min(first[1], second[1]) > max(first[0], second[0])


def _in_one_sentence(text: str, gold: ScoredEvent, predicted: ScoredEvent) -> bool:
    bounds = [_sentence_around(text, start) for start, _ in gold.triggers]
    return any(begin <= start < end for begin, end in bounds for start, _ in predicted.triggers)


def _sentence_around(text: str, position: int) -> tuple[int, int]:
    """Bound the sentence roughly, by line breaks and full stops: the scorer must not lean on a parser."""
    begin = max(text.rfind("\n", 0, position), text.rfind(". ", 0, position)) + 1
    ends = [end for end in (text.find("\n", position), text.find(". ", position)) if end >= 0]
    return begin, min(ends, default=len(text))
