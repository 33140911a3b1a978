"""The words of a language's calendar: data, checked once when they are loaded."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import AfterValidator, Field, ValidationError

from schemas.base import FrozenModel
from schemas.errors import ConfigurationError
from streams.extraction.yaml_text import load_yaml

CALENDAR_FILE: Final = "calendar.yaml"
"""Name of the file in the folder of a language."""


class Direction(StrEnum):
    """Where an expression looks, seen from its anchor."""

    PAST = "past"
    FUTURE = "future"
    THIS = "this"
    AFTER = "after"
    BEFORE = "before"
    THAT = "that"


class Unit(StrEnum):
    """Granularity of a calendar period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def _check_word(word: str) -> str:
    if not word or word != word.lower().strip() or "  " in word:
        raise ValueError(
            f"{word!r} must be in lower case, without blanks at its ends and with single ones inside"
        )
    return word


Word = Annotated[str, AfterValidator(_check_word)]
Words = Annotated[tuple[Word, ...], Field(min_length=1)]
MonthNumber = Annotated[int, Field(ge=1, le=12)]
DayNumber = Annotated[int, Field(ge=1, le=31)]
EasterShift = Annotated[int, Field(ge=-70, le=100)]


class Calendar(FrozenModel):
    """Calendar words of one language; `calendar.yaml` explains every key.

    A calendar is loaded once and compared by identity, so that what is compiled from it can be kept.
    """

    weekdays: dict[Word, Annotated[int, Field(ge=0, le=6)]] = Field(min_length=7)
    months: dict[Word, MonthNumber] = Field(min_length=12)
    month_abbreviations: dict[Word, MonthNumber] = Field(min_length=12)
    seasons: dict[Word, tuple[MonthNumber, MonthNumber]] = Field(min_length=4)
    day_adverbs: dict[Word, Annotated[int, Field(ge=-3, le=3)]] = Field(min_length=1)
    morning_determiners: Words
    idle_adverb_phrases: Words
    parts_of_day: dict[Word, Annotated[int, Field(ge=-1, le=0)]] = Field(min_length=1)
    units: dict[Word, Unit] = Field(min_length=4)
    periods: dict[Word, Unit] = Field(min_length=1)
    weekend: Words
    numbers: dict[Word, Annotated[int, Field(ge=1, le=100)]] = Field(min_length=1)
    ordinals: dict[Word, Annotated[int, Field(ge=-1, le=4)]] = Field(min_length=1)
    parts_of_year: dict[Word, Annotated[int, Field(ge=2, le=4)]] = Field(min_length=1)
    decades: dict[Word, Annotated[int, Field(ge=1, le=9)]] = Field(min_length=1)
    decade_nouns: Words
    directions: dict[Word, Direction] = Field(min_length=1)
    demonstratives: dict[Word, Direction] = Field(min_length=1)
    rolling: Words
    vague_parts: Words
    end_verbs: Words
    fixed_feasts: dict[Word, tuple[MonthNumber, DayNumber]] = Field(min_length=1)
    easter_feasts: dict[Word, tuple[EasterShift, EasterShift]] = Field(min_length=1)
    broad_feasts: Words
    name_heads: Words
    counted_nouns: Words
    function_words: Words
    time_prepositions: Words
    future_endings: Words
    future_exceptions: Words
    past_endings: Words
    preterite_endings: Words
    past_exceptions: Words
    future_openers: Words
    plan_words: Words
    past_participles: Words
    implicative_lemmas: Words
    past_prepositions: Words
    stay_begins: Words
    stay_ends: Words

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def load_calendar(folder: Path) -> Calendar:
    """Read and check the calendar of a language.

    Args:
        folder: Folder of the language, with `calendar.yaml` in it.

    Raises:
        ConfigurationError: The file is missing, is no YAML, or an entry is unknown, absent or wrong;
            the detail names file, entry and key.
    """
    path = folder / CALENDAR_FILE
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        data = load_yaml(content)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: is no YAML ({error})") from error
    if not isinstance(data, dict):
        raise ConfigurationError(f"{path}: must be a mapping of word lists")
    try:
        return Calendar.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_describe(error)}") from error


def _describe(error: ValidationError) -> str:
    """Name entry, key and reason of everything that is wrong."""
    return "; ".join(f"{_place(problem['loc'])}: {problem['msg']}" for problem in error.errors())


def _place(location: tuple[Any, ...]) -> str:
    entry, *keys = [str(part) for part in location if part != "[key]"] or ["calendar"]
    return f"entry {entry!r}" + (f", key {'.'.join(keys)!r}" if keys else "")
