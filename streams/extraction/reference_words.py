"""The words of `reference.yaml`: how descriptions refer, and which nouns stand for pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas import ConfigurationError
from streams.extraction.lexicon import LANG_FOLDER, fold
from streams.extraction.yaml_text import load_yaml


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """Words that refer. Keys and words are folded but for those of closed classes.

    Attributes:
        generic: Noun → classes of the people it may mean ("mandatario"); `any` for everybody.
        pairs: Noun after "ambos", "los dos" → kinds of the two.
        always_pairs: Plurals that mean the two sides without a word that counts ("las partes").
        pair_words: Words that count two.
        generic_organizations: Nouns for the body named last ("la compañía").
        counterpart: Nouns for the other one, never the possessor ("su homólogo").
        definite: Determiners with which a description may mean somebody known.
        name_particles: Words of a name that do not tell people apart.
    """

    generic: Mapping[str, frozenset[str]]
    pairs: Mapping[str, frozenset[str]]
    always_pairs: frozenset[str]
    pair_words: frozenset[str]
    generic_organizations: frozenset[str]
    counterpart: frozenset[str]
    definite: frozenset[str]
    name_particles: frozenset[str]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    generic: dict[str, frozenset[str]]
    pairs: dict[str, tuple[str, ...]]
    always_pairs: tuple[str, ...]
    pair_words: frozenset[str]
    generic_organizations: tuple[str, ...]
    counterpart: tuple[str, ...]
    definite: frozenset[str]
    name_particles: frozenset[str]


@lru_cache(maxsize=4)
def load_reference_words(language: str = "es", *, folder: Path = LANG_FOLDER) -> ReferenceWords:
    """Read `reference.yaml` of a language.

    Raises:
        ConfigurationError: The file is missing or wrong; the message names it and the key.
    """
    path = folder / language / "reference.yaml"
    try:
        data = _File.model_validate(load_yaml(path.read_text("utf-8")))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"{path}: {wrong}") from error
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    return ReferenceWords(
        generic={fold(noun): classes for noun, classes in data.generic.items()},
        pairs=_kinds_by_noun(data.pairs),
        always_pairs=frozenset(map(fold, data.always_pairs)),
        pair_words=data.pair_words,
        generic_organizations=frozenset(map(fold, data.generic_organizations)),
        counterpart=frozenset(map(fold, data.counterpart)),
        definite=data.definite,
        name_particles=data.name_particles,
    )


def _kinds_by_noun(nouns_by_kind: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, nouns in nouns_by_kind.items():
        for noun in nouns:
            kinds.setdefault(fold(noun), set()).add(kind)
    return {noun: frozenset(found) for noun, found in kinds.items()}
