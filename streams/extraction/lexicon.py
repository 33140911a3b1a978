"""The Spanish lexicon: every data file of `lang/es`, read once, checked, and indexed for look-up."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from schemas import ConfigurationError
from streams.extraction.cues import CueLexicon, read_cues
from streams.extraction.yaml_text import load_yaml

LANG_FOLDER: Final = Path(__file__).parent / "lang"


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """Lower case without accents, the key of every look-up by name.

    >>> fold("Perú")
    'peru'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Country:
    """A state: ISO 3166-1 alpha-2 ("" for vanished ones), usual name and capitals."""

    iso: str
    name: str
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A class of offices or roles: forms → gender and number (`m`, `f`, `mp`, `fp`)."""

    name: str
    rank: int
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All language data of one language. Keys are folded."""

    countries: Mapping[str, Country]
    capitals: Mapping[str, Country]
    demonyms: Mapping[str, Country]
    places: Mapping[str, str | None]
    given_names: Mapping[str, str]
    offices: Mapping[str, tuple[str, str]]
    office_ranks: Mapping[str, int]
    office_prefixes: tuple[str, ...]
    ambiguous_offices: frozenset[str]
    treatments: frozenset[str]
    organization_heads: frozenset[str]
    acronyms: Mapping[str, str]
    seats: Mapping[str, str | None]
    group_nouns: frozenset[str]
    speaking_documents: frozenset[str]
    media_names: frozenset[str]
    media_after_noun: frozenset[str]
    media_nouns: frozenset[str]
    media_heads: frozenset[str]
    cues: CueLexicon
    grammar: Mapping[str, frozenset[str]]
    country_by_iso: Mapping[str, Country] = field(default_factory=dict)

    def country_named(self, name: str) -> Country | None:
        """State of that name or alias ("EE.UU." → Estados Unidos)."""
        return self.countries.get(fold(name))

    def country_of_place(self, name: str) -> str | None:
        """ISO code of the state that a place, capital or state lies in, None when unknown."""
        key = fold(name)
        for table in (self.countries, self.capitals):
            found = table.get(key)
            if found:
                return found.iso or None
        return self.places.get(key)

    def is_place(self, name: str) -> bool:
        """Whether the gazetteer knows the name."""
        key = fold(name)
        return key in self.countries or key in self.capitals or key in self.places

    def office_of(self, phrase: str) -> tuple[str, str] | None:
        """Class and inflection of an office, prefixes undone: "expresidente", "vicecanciller"."""
        key = fold(phrase)
        found = self.offices.get(key)
        if found is not None or len(key) < 7:
            return found
        for prefix in self.office_prefixes:
            if key.startswith(prefix):
                rest = key[len(prefix) :].lstrip("-")
                if len(rest) > 3 and rest in self.offices:
                    return self.offices[rest]
        return None

    def is_medium(self, name: str) -> bool:
        """Whether a name is that of a news medium: "Interfax", "País" and "El País", "Radio Callao"."""
        key = fold(name).strip("\"'“”«» ")
        if key in self.media_names:
            return True
        head, _, rest = key.partition(" ")
        if rest and head in self.media_heads and name.lstrip("\"'“«")[:1].isupper():
            return True
        return head in ("la", "el", "los", "las", "the") and rest in self.media_names


def load_lexicon(language: str = "es", *, folder: Path = LANG_FOLDER) -> Lexicon:
    """Read the data folder of a language.

    Raises:
        ConfigurationError: A file is missing or wrong; the message names it.
    """
    return _read_lexicon(language, folder)


@lru_cache(maxsize=4)
def _read_lexicon(language: str, folder: Path) -> Lexicon:
    root = folder / language
    if not root.is_dir():
        raise ConfigurationError(f"no language data for {language!r} in {folder}")
    countries, capitals, demonyms, by_iso = _read_countries(root / "countries.csv")
    offices, ranks, office_data = _read_offices(root / "offices.yaml")
    organizations = _read_yaml(root / "organizations.yaml")
    groups = _read_yaml(root / "groups.yaml")
    media = _read_yaml(root / "media.yaml")
    grammar = _read_yaml(root / "grammar.yaml")
    media_words = media.get("nouns", []) + media.get("phrases", [])
    return Lexicon(
        countries=countries,
        capitals=capitals,
        demonyms=demonyms,
        places=_read_places(root / "places.csv"),
        given_names={fold(row["name"]): row["gender"] for row in _read_csv(root / "given_names.csv")},
        offices=offices,
        office_ranks=ranks,
        office_prefixes=tuple(
            sorted((fold(p) for p in office_data.get("prefixes", [])), key=len, reverse=True)
        ),
        ambiguous_offices=_folded(_words(office_data.get("ambiguous", []))),
        treatments=_folded(_words(office_data.get("treatments", []))),
        organization_heads=_folded(_words(organizations.get("heads", []))),
        acronyms=_name_table(organizations.get("acronyms", {})),
        seats=_name_table(organizations.get("seats", {})),
        group_nouns=_folded(_words(groups.get("nouns", groups.get("groups", [])))),
        speaking_documents=_folded(_words(groups.get("documents", []))),
        media_names=_folded(_words(media.get("agencies", [])) | _words(media.get("outlets", []))),
        media_after_noun=_folded(_words(media.get("after_noun", []))),
        media_nouns=_folded(_words(media_words)),
        media_heads=_folded(_words(media.get("name_heads", []))),
        cues=read_cues(root / "cues.yaml"),
        grammar={key: frozenset(_flat(value)) for key, value in grammar.items()},
        country_by_iso=by_iso,
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _words(value: Any) -> set[str]:
    """Words of a YAML list whose items are strings, `a|b` alternatives, or mappings of forms."""
    found: set[str] = set()
    for item in value or ():
        texts = [item] if isinstance(item, str) else [v for v in item.values() if isinstance(v, str)]
        for text in texts:
            found.update(part.strip() for part in text.split("|"))
    return found


def _flat(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _name_table(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {fold(str(key)): item for key, item in value.items()}
    table: dict[str, Any] = {}
    for item in value or ():
        if isinstance(item, str):
            table[fold(item)] = None
            continue
        for name in str(item.get("acronym") or item.get("name") or item.get("seat")).split("|"):
            table[fold(name)] = (
                item.get("country") if "country" in item and "acronym" not in item else item.get("name")
            )
    return table


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        data = load_yaml(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise ConfigurationError(f"{path}: a mapping is expected at the top")
    return data


def _read_csv(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(row for row in file if not row.startswith("#")))
    except OSError as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _split(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split("|") if part.strip()]


def _read_countries(
    path: Path,
) -> tuple[dict[str, Country], dict[str, Country], dict[str, Country], dict[str, Country]]:
    names: dict[str, Country] = {}
    capitals: dict[str, Country] = {}
    demonyms: dict[str, Country] = {}
    by_iso: dict[str, Country] = {}
    for row in _read_csv(path):
        country = Country(row["iso"], row["name"], tuple(_split(row["capitals"])))
        if country.iso:
            by_iso.setdefault(country.iso, country)
        for name in [row["name"], *_split(row["aliases"])]:
            names.setdefault(fold(name), country)
        for capital in country.capitals:
            capitals.setdefault(fold(capital), country)
        for demonym in _split(row["demonyms"]):
            demonyms.setdefault(fold(demonym), country)
    return names, capitals, demonyms, by_iso


def _read_places(path: Path) -> dict[str, str | None]:
    return {fold(row["name"]): row["country"] or None for row in _read_csv(path)}


def _read_offices(path: Path) -> tuple[dict[str, tuple[str, str]], dict[str, int], dict[str, Any]]:
    data = _read_yaml(path)
    forms: dict[str, tuple[str, str]] = {}
    ranks: dict[str, int] = {}
    for entry in data.get("classes", []):
        ranks[entry["name"]] = int(entry.get("rank", 0))
        for form in entry["forms"]:
            for inflection, text in form.items():
                for word in _split(str(text)):
                    forms.setdefault(fold(word), (entry["name"], inflection))
    return forms, ranks, data
