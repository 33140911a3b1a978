"""Training examples for the speaker judge: each gold statement read with what was said before it right.

At run time most earlier speakers are right, so a reader that knows the gold's ("teacher forcing") shows
the judge what it will see, which the rules alone, cues that report nothing included, do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas import Kind, ResolvedBy
from streams.evaluation.alignment import same_name
from streams.extraction.addressee_choice import filler_of_option
from streams.extraction.addressee_features import address_of, addressee_features
from streams.extraction.addressee_options import addressee_options
from streams.extraction.addressees import find_addressees
from streams.extraction.annotations import Candidate, Entity, Filler
from streams.extraction.content_choice import Content
from streams.extraction.cue_finder import FoundCue
from streams.extraction.judges import Judge
from streams.extraction.layout import Range
from streams.extraction.lexicon import load_lexicon
from streams.extraction.reference_words import load_reference_words
from streams.extraction.references import References
from streams.extraction.speaker_features import speaker_features
from streams.extraction.speaker_options import SpeakerOption, speaker_options
from streams.extraction.speaker_scene import set_scene
from streams.extraction.speakers import find_speakers
from streams.extraction.statements import StatementReader
from streams.extraction.tokens import Doc
from training.example import Example
from training.judge_examples import match_gold


def speaker_examples(
    article: dict[str, Any], doc: Doc, judges: Mapping[str, Judge]
) -> Iterator[tuple[str, Example]]:
    """Every option of every cue that the gold calls a statement's, right or wrong."""
    lexicon = load_lexicon("es")
    references = References(doc, lexicon, load_reference_words("es"), doc._.mentions, doc._.entities)
    reader = TaughtReader(doc, lexicon, references, doc._.quotes, judges, article=article)
    reader.read()
    for example in reader.examples:
        yield "speaker", example
    for example in reader.addressed:
        yield "addressee", example


@dataclass(slots=True)
class TaughtReader(StatementReader):
    """Reads statements as extraction does, but keeps those of the gold, with the gold's speakers."""

    article: dict[str, Any] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    addressed: list[Example] = field(default_factory=list)

    def _speakers_of(self, cue: FoundCue, content: list[Range]) -> list[Filler]:
        rule = find_speakers(cue, self.references, self.speakers, content)
        gold = self._gold(cue, content)
        if gold is None or not self._is_open(rule):
            return rule
        names = [[p["name"], *p.get("aliases", [])] for p in gold["participants"] if p["role"] == "speaker"]
        at = set_scene(self.scene, cue, content, rule)
        right: list[Entity] = []
        for option in speaker_options(self.references, cue.start, rule, at.latest):
            fits = any(same_name(_name(option), wanted) for wanted in names)
            question = f"{self.article['id']}|{cue.anchor}"
            features = tuple(speaker_features(at, option))
            self.examples.append(Example(self.article["id"], question, "yes" if fits else "no", features))
            if fits and option.entity is not None:
                right.append(option.entity)
        return rule if not right or any(f.entity == e.index for f in rule for e in right) else _taught(right)

    def _addressees_of(self, cue: FoundCue, found: Content, act: str, speakers: list[Filler]) -> list[Filler]:
        rule = find_addressees(cue, self.references, found.reading, found.ranges, speakers, self.speakers)
        gold = self._gold(cue, found.ranges)
        if gold is None:
            return rule
        names = [[p["name"], *p.get("aliases", [])] for p in gold["participants"] if p["role"] == "addressee"]
        at = set_scene(self.scene, cue, found.ranges, speakers)
        address = address_of(at, act, cue.addressee_for(found.reading))
        options = [(option, filler_of_option(option)) for option in addressee_options(at, speakers, rule)]
        wanted = _closest([filler.name for _, filler in options], names)
        for option, filler in options:
            label = "yes" if filler.name in wanted else "no"
            question = f"{self.article['id']}|{cue.anchor}"
            features = tuple(addressee_features(address, option))
            self.addressed.append(Example(self.article["id"], question, label, features))
        return [filler for name in sorted(wanted) for _, filler in options if filler.name == name][:1]

    def _is_statement(self, candidate: Candidate) -> bool:
        return match_gold(self.article, self.doc, candidate) is not None

    def _gold(self, cue: FoundCue, content: list[Range]) -> dict[str, Any] | None:
        candidate = Candidate("statement", cue.anchor, [(cue.start, cue.end)], content=content)
        return match_gold(self.article, self.doc, candidate)


def _closest(options: Sequence[str], names: Sequence[Sequence[str]]) -> set[str]:
    """For each of the gold's, the options that are that one: by the name itself, else by an alias."""
    found = set()
    for wanted in names:
        fitting = [option for option in options if same_name(option, wanted)]
        exact = [option for option in fitting if same_name(option, wanted[:1])]
        found.update(exact or fitting[:1])
    return found


def _name(option: SpeakerOption) -> str:
    if option.entity is not None:
        return option.entity.name
    return option.filler.name if option.filler is not None else ""


def _taught(entities: list[Entity]) -> list[Filler]:
    how = ResolvedBy.DROPPED_SUBJECT
    people = [e for e in entities if e.kind is not Kind.COUNTRY] or entities
    return [Filler("speaker", e.name, e.kind, e.index, e.country, None, how) for e in people[:1]]
