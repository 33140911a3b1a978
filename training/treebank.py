"""Read CoNLL-U into plain tokens, one for each token that spaCy should see.

A multiword line (`12-13 del`, `7-8 reunirse`) becomes one token with the attributes of its head member: the
preposition of a contraction, the verb of a verb with clitics. spaCy's own `convert --merge-subtokens` joins
lemmas and features of all members ("reunir él"); rules over events want the verb alone.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HEAD_POS = ("VERB", "AUX", "ADP")
"""What the head member of a multiword token is, in this order of preference."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the treebank as spaCy should see it.

    `head` is an index into the sentence, its own for the root. `space` is the white space after the token:
    `" "`, `""`, or something longer after augmentation. `entity` is `B-PER`, `I-PER`, …, `O`, or None where
    the annotation is missing. An empty `lemma` means unknown.
    """

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    space: str = " "
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence and the article that it stands in."""

    document: str
    tokens: tuple[Token, ...]

    @property
    def has_entities(self) -> bool:
        """Whether names are annotated in this sentence (`O` counts as annotated)."""
        return any(token.entity is not None for token in self.tokens)

    def with_tokens(self, tokens: list[Token] | tuple[Token, ...]) -> Sentence:
        """Give the same sentence with other tokens."""
        return replace(self, tokens=tuple(tokens))


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Read the sentences of a CoNLL-U file, gzipped or not, in the order of the file."""
    opener = gzip.open if path.suffix == ".gz" else open
    document, rows = "", []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                document = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield Sentence(document, tuple(_tokens(rows)))
                rows = []
    if rows:
        yield Sentence(document, tuple(_tokens(rows)))


def _tokens(rows: list[list[str]]) -> list[Token]:
    """Merge multiword rows and turn word ids into indices of the merged tokens."""
    units = list(_units(rows))
    index = {row[0]: i for i, (_, members) in enumerate(units) for row in members}
    tokens = []
    for i, (surface, members) in enumerate(units):
        head_row = _head_member(members)
        head = i if head_row[6] == "0" else index[head_row[6]]
        if head == i and head_row[6] != "0":  # the verb hangs on its own clitic: take the clitic's head
            head_row = next(row for row in members if row[6] == "0" or index[row[6]] != i)
            head = i if head_row[6] == "0" else index[head_row[6]]
        tokens.append(
            Token(
                form=surface[1],
                lemma=head_row[2] if head_row[2] != "_" or head_row[1] == "_" else "",
                pos=head_row[3],
                morph="" if head_row[5] == "_" else head_row[5],
                head=head,
                dep="ROOT" if head == i else head_row[7],
                space="" if _misc(surface).get("SpaceAfter") == "No" else " ",
                entity=_entity(members),
            )
        )
    return tokens


def _units(rows: list[list[str]]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Give each surface row with the word rows that it stands for."""
    position = 0
    while position < len(rows):
        row = rows[position]
        position += 1
        if "." in row[0]:  # empty node of enhanced dependencies
            continue
        if "-" not in row[0]:
            yield row, [row]
            continue
        first, _, last = row[0].partition("-")
        size = int(last) - int(first) + 1
        yield row, rows[position : position + size]
        position += size


def _head_member(members: list[list[str]]) -> list[str]:
    """Choose the member whose attributes the merged token takes."""
    for pos in HEAD_POS:
        for row in members:
            if row[3] == pos:
                return row
    return members[0]


def _misc(row: list[str]) -> dict[str, str]:
    """Read the last column."""
    return dict(item.partition("=")[::2] for item in row[9].split("|"))


def _entity(members: list[list[str]]) -> str | None:
    """Take the B- of a member, else an I-, else O; None where no member has the key."""
    values = [value for row in members if (value := _misc(row).get("NE"))]
    return min(values, key=lambda value: "BIO".index(value[0])) if values else None
