"""Training examples for the judges of dates and places: the options of each candidate, by the gold event.

The options of all candidates of one gold event are one question, since merging keeps the surest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streams.evaluation.alignment import same_name
from streams.extraction.annotations import Candidate
from streams.extraction.date_choice import date_features, date_options
from streams.extraction.place_choice import place_features, place_options
from streams.extraction.places import place_filler
from streams.extraction.reading import EventReader
from streams.extraction.scene import Scene
from training.example import Example

Gold = dict[str, Any]


def slot_examples(
    article: Gold, reader: EventReader, matches: Mapping[int, Gold | None]
) -> Iterator[tuple[str, Example]]:
    """Yield (judge, example) for each option of each candidate that is a gold event.

    Args:
        article: As in the gold file.
        reader: After `propose`.
        matches: `id` of a candidate → its gold event.
    """
    everything = [*reader.statements, *reader.others]
    scene = Scene(reader.doc, [c for c in everything if matches[id(c)] is not None or not c.doubts])
    for candidate in everything:
        gold = matches[id(candidate)]
        if gold is None:
            continue
        question = f"{article['id']}|{article['events'].index(gold)}"
        for name, right, answered, features in _options(reader, scene, candidate, gold):
            label = "yes" if right else "lost" if answered else "no"
            yield name, Example(article["id"], question, label, tuple(features))


def _options(
    reader: EventReader, scene: Scene, candidate: Candidate, gold: Gold
) -> Iterator[tuple[str, bool, bool, list[str]]]:
    """Judge, whether the option is right, whether the gold has an answer, and features."""
    dates = date_options(scene.doc, candidate, reader.dated, reader.calendar)
    for day in dates:
        right = day.value == gold["date"]
        yield "date", right, gold["date"] is not None, date_features(scene, candidate, day, dates)
    place = gold["place"]
    names = [place["name"], *place.get("aliases", [])] if place else []
    places = place_options(scene.doc, candidate, reader.references)
    for mention in places:
        right = bool(names) and same_name(place_filler(mention, reader.references).name, names)
        features = place_features(scene, candidate, mention, places, reader.references)
        yield "place", right, bool(names), features
