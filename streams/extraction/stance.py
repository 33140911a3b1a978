"""How an option (a date, a place name, a source) stands to a trigger: features of distance and tree.

The judges of dates, places and sources share them; `kind` keeps the weights of statements and of the
other types apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from streams.extraction.features import bucket
from streams.extraction.syntax import VERBAL, dep
from streams.extraction.tokens import Doc, Token

_MAX_STEPS = 3
"""Relations named on either side of a path; longer paths are parse errors more often than language."""
_CLAUSAL = frozenset({"conj", "advcl", "acl", "ccomp", "xcomp", "csubj", "parataxis", "ROOT"})


def stance_features(
    doc: Doc, token: Token, start: int, end: int, governor: Token, kind: str, triggers: Sequence[int]
) -> list[str]:
    """Describe where the tokens `start` to `end`, hanging on `governor`, stand to a trigger.

    Args:
        doc: The article.
        token: Anchor of the trigger.
        start: First token of the option.
        end: One past its last token.
        governor: Word that the option hangs on.
        kind: Which weights: part of every feature's name.
        triggers: Anchor tokens of all candidates, in text order.
    """
    after = start > token.i
    low, high = (token.i + 1, start) if after else (end, token.i)
    side = "after" if after else "before"
    sentences = _sentences_apart(doc, start, token.i)
    verbs = bucket(doc.tally("verbs", low, high)) if sentences < 2 else "far"
    up, down = tree_path(governor, token)
    path = f"{'>'.join(up[:_MAX_STEPS])}|{'<'.join(down[:_MAX_STEPS])}" if sentences == 0 else "-"
    clauses = "|".join(">".join(d for d in part if d in _CLAUSAL) for part in (up, down))
    rivals = _rivals(triggers, token.i, start, end)
    relation = _relation(token, governor)
    return [
        f"distance={kind}|{side}|{bucket(high - low)}",
        f"verbs={kind}|{side}|{verbs}",
        f"commas={kind}|{bucket(doc.tally('commas', low, high))}",
        f"sentences={kind}|{sentences}",
        f"sentences+pos={kind}|{sentences}|{token.pos_}",
        f"paragraph={kind}|{_breaks(doc, low, high)}",
        f"path={kind}|{path}",
        f"clauses={kind}|{clauses if sentences == 0 else '-'}|{side}",
        f"rivals={kind}|{sentences == 0}|{rivals}",
        f"rivals+verbs={kind}|{rivals}|{verbs}|{side}",
        f"tree={kind}|{relation}",
        f"tree+side={kind}|{relation}|{side}",
        f"tree+rivals={kind}|{relation}|{rivals}",
        f"tree+pos={kind}|{relation}|{token.pos_}|{governor.pos_}",
        f"hangs-on-rival={kind}|{governor.i != token.i and governor.i in triggers}",
        f"opens={kind}|{start - doc[start].sent.start < 3}",
        f"opens+sentences={kind}|{start - doc[start].sent.start < 3}|{sentences}",
    ]


def tree_path(governor: Token, token: Token) -> tuple[list[str], list[str]]:
    """Relations from a governor up to the ancestor that it shares with a token, and from there down."""
    above = [token, *token.ancestors]
    positions = {t.i: n for n, t in enumerate(above)}
    up: list[str] = []
    current = governor
    while current.i not in positions:
        up.append(dep(current))
        if current.head.i == current.i:
            return up, ["-"]
        current = current.head
    return up, [dep(t) for t in above[: positions[current.i]]]


def _relation(token: Token, governor: Token) -> str:
    """Where the governor of an option stands to the trigger: the trigger itself, its head, below, above."""
    if governor.i == token.i:
        return "trigger"
    if governor.i == token.head.i:
        return "head"
    if governor.head.i == token.i:
        return "child"
    if token.is_ancestor(governor):
        return "below"
    if governor.is_ancestor(token):
        return "above"
    if _clause(governor).i == _clause(token).i:
        return "clause"
    return "elsewhere"


def _clause(token: Token) -> Token:
    """The verb that a token's clause is built on, or the root."""
    while token.pos_ not in VERBAL and token.head.i != token.i:
        token = token.head
    return token


def _sentences_apart(doc: Doc, one: int, other: int) -> int:
    """Sentences between two tokens: 0 for the same, at most 4."""
    low, high = sorted((one, other))
    count, index = 0, doc[high].sent.start
    while index > low and count < 4:
        count += 1
        index = doc[index - 1].sent.start
    return count


def _breaks(doc: Doc, low: int, high: int) -> str:
    if high - low > 400:
        return "many"
    return bucket(doc.tally("line ends", low, high))


def _rivals(triggers: Sequence[int], anchor: int, start: int, end: int) -> str:
    """How many other triggers stand nearer to the option than this one does."""
    mine = max(start - anchor, anchor - end + 1)
    near = triggers[bisect_left(triggers, start - mine + 1) : bisect_left(triggers, end - 1 + mine)]
    return bucket(sum(other != anchor for other in near))
