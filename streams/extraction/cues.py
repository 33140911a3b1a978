"""Cues of statements as checked data: which words report speech, with which act and complement."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas import Act, ConfigurationError
from streams.extraction.yaml_text import load_yaml


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cue(_Checked):
    """One reading of a cue: its act, what it takes as content, where the addressee stands.

    Attributes:
        takes: `clause`, `quote`, `object`, `infinitive`, `question`, `attribute`, or a preposition.
        addressee: `a` for a phrase with "a", `object` for the direct object, None for neither.
        reflexive: The reading needs "se".
        belief: A thought, which counts only when quoted.
        wide: A reading of words that mostly report nothing, for a judge alone to accept.
    """

    act: Act
    takes: frozenset[str]
    addressee: Literal["a", "object"] | None = None
    reflexive: bool = False
    belief: bool = False
    wide: bool = False


class _VerbGroup(Cue):
    lemmas: tuple[str, ...] = Field(min_length=1)


class Phrase(Cue):
    """A cue of several words: a verb and the words after it, by lemma or form."""

    verb: str
    words: tuple[str, ...] = Field(min_length=1)


class _NounGroup(_Checked):
    act: Act
    wide: bool = False
    lemmas: tuple[str, ...]


class _Predicatives(_Checked):
    verbs: frozenset[str]
    copulas: frozenset[str]
    adjectives: dict[Act, frozenset[str]]


class _ExpressiveNouns(_Checked):
    verbs: frozenset[str]
    nouns: dict[Act, frozenset[str]]


class _AttributeActs(_Checked):
    default: Act
    praise: Act
    accuse: Act
    lemmas: frozenset[str]


class _Prepositional(_Checked):
    words: tuple[str, ...]
    takes_clause: bool = False


class _CueFile(_Checked):
    verbs: tuple[_VerbGroup, ...]
    attribute_acts: _AttributeActs
    phrases: tuple[Phrase, ...]
    predicatives: _Predicatives
    expressive_nouns: _ExpressiveNouns
    nouns: tuple[_NounGroup, ...]
    prepositional: tuple[_Prepositional, ...]
    possessive: tuple[tuple[str, ...], ...]
    infinitive_hosts: frozenset[str]
    negated_cues: frozenset[str]
    negated_acts: dict[str, Act]
    silent_verbs: frozenset[str]
    polarity: dict[str, frozenset[str]]
    joints: frozenset[str]
    question_words: frozenset[str]


class CueLexicon:
    """Look-up of cues: by verb lemma, by noun lemma, by first word."""

    def __init__(self, data: _CueFile) -> None:
        self.verbs: dict[str, list[Cue]] = {}
        for group in data.verbs:
            cue = Cue(**group.model_dump(exclude={"lemmas"}))
            for lemma in group.lemmas:
                self.verbs.setdefault(lemma, []).append(cue)
        self.phrases: dict[str, list[Phrase]] = {}
        for phrase in data.phrases:
            self.phrases.setdefault(phrase.verb, []).append(phrase)
        self.nouns = {lemma: group.act for group in data.nouns for lemma in group.lemmas}
        self.wide_nouns = {lemma for group in data.nouns if group.wide for lemma in group.lemmas}
        self.predicative_verbs = data.predicatives.verbs | data.predicatives.copulas
        self.copulas = data.predicatives.copulas
        self.silent_verbs = data.silent_verbs
        self.negated_acts = data.negated_acts
        self.predicatives = {a: act for act, words in data.predicatives.adjectives.items() for a in words}
        self.expressive_verbs = data.expressive_nouns.verbs
        self.expressive_nouns = {n: act for act, words in data.expressive_nouns.nouns.items() for n in words}
        self.attribute_acts = data.attribute_acts
        self.prepositional = tuple(entry.words for entry in data.prepositional)
        self.possessive = data.possessive
        self.infinitive_hosts = data.infinitive_hosts
        self.negated_cues = data.negated_cues
        self.polarity = data.polarity
        self.joints = data.joints
        self.question_words = data.question_words


def read_cues(path: Path) -> CueLexicon:
    """Read and check `cues.yaml`.

    Raises:
        ConfigurationError: The file is missing or an entry is wrong; the message names the key.
    """
    try:
        data: Any = load_yaml(path.read_text("utf-8"))
        return CueLexicon(_CueFile.model_validate(data))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    except ValidationError as error:
        lines = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"{path}: {lines}") from error
