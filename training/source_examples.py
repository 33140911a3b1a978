"""Training examples for the judges of sources: each option of each gold event that was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from streams.extraction.annotations import Candidate
from streams.extraction.lexicon import fold
from streams.extraction.reading import EventReader
from training.example import Example

Gold = dict[str, Any]


def source_examples(
    article: Gold, reader: EventReader, matches: Mapping[int, Gold | None]
) -> Iterator[tuple[str, Example]]:
    """Yield (judge, example) for each option; candidates of one gold event are merged as extraction would.

    Args:
        article: As in the gold file.
        reader: After `propose`.
        matches: `id` of a candidate → its gold event.
    """
    groups: dict[int, list[Candidate]] = {}
    for candidate in (*reader.statements, *reader.others):
        gold = matches[id(candidate)]
        if gold is not None:
            groups.setdefault(article["events"].index(gold), []).append(candidate)
    statements = [c for c in reader.statements if matches[id(c)] is not None]
    sources = reader.source_reader(statements)
    for index, candidates in sorted(groups.items()):
        event = _merged(sorted(candidates, key=lambda c: c.anchor))
        wanted = [fold(name) for name in article["events"][index].get("attribution", [])]
        judge = "medium" if event.type == "statement" else "teller"
        for option in sources.options(event):
            right = _named(fold(option.source.name), wanted)
            label = "yes" if right else "no"
            yield judge, Example(article["id"], f"{article['id']}|{index}", label, option.features)


def _merged(candidates: list[Candidate]) -> Candidate:
    first = candidates[0]
    triggers = sorted({t for c in candidates for t in c.triggers})
    return replace(first, triggers=triggers, fillers=[f for c in candidates for f in c.fillers])


def _named(name: str, wanted: list[str]) -> list[str]:
    """Gold sources that an option names, in full or in part."""
    return [w for w in wanted if w in name or (name and name in w)]
