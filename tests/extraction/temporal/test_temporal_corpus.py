"""Phrases with their dates, and phrases that name none: one value, many ways to say it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from streams.extraction.plain import plain
from streams.extraction.temporal import Calendar, find_temporal_expressions

CORPUS = Path(__file__).parents[2] / "corpus" / "es" / "temporal.jsonl"
PHRASES: list[dict[str, Any]] = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def _found(nlp: Language, phrase: dict[str, Any], calendar: Calendar) -> list[tuple[str, str]]:
    published = date.fromisoformat(phrase["published"])
    mentions = find_temporal_expressions(plain(nlp(phrase["text"])), published=published, calendar=calendar)
    return [(mention.text, mention.value) for mention in mentions]


def _wanted(phrase: dict[str, Any]) -> list[tuple[str, str]]:
    return [(expression["text"], expression["value"]) for expression in phrase["expressions"]]


@pytest.mark.parametrize(
    "phrase",
    [phrase for phrase in PHRASES if not phrase.get("needs_model")],
    ids=lambda phrase: phrase["text"],
)
def test_corpus_without_a_model(phrase: dict[str, Any], blank: Language, calendar: Calendar) -> None:
    assert _found(blank, phrase, calendar) == _wanted(phrase)


@pytest.mark.model
@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["text"])
def test_corpus_with_the_model(phrase: dict[str, Any], trained: Language, calendar: Calendar) -> None:
    assert _found(trained, phrase, calendar) == _wanted(phrase)


def test_corpus_is_large_and_says_what_no_date_is() -> None:
    assert len(PHRASES) >= 300
    assert sum(not phrase["expressions"] for phrase in PHRASES) >= 60


def test_corpus_repeats_no_phrase() -> None:
    counts = Counter((phrase["text"], phrase["published"]) for phrase in PHRASES)
    assert [phrase for phrase, count in counts.items() if count > 1] == []
