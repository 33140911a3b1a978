"""What the speaker judge looks at: how somebody stands to a cue, in the sentence and in the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from schemas import Kind
from streams.extraction.annotations import Filler, Mention, Quote
from streams.extraction.cue_finder import FoundCue
from streams.extraction.features import bucket
from streams.extraction.passage import Passage, dependency_path
from streams.extraction.quotes import quote_at
from streams.extraction.references import References, Subject
from streams.extraction.speaker_options import SpeakerOption
from streams.extraction.syntax import SUBJECTS, case_of, dep, finite_part

_NEVER = 9
"""Rank of somebody who was not among the last speakers or subjects."""


@dataclass(slots=True)
class Scene:
    """What is known of an article when a cue is read.

    Attributes:
        speakers: Who spoke so far, in text order.
    """

    doc: Doc
    references: References
    quotes: Sequence[Quote]
    passage: Passage
    speakers: list[Subject] = field(default_factory=list)

    def main_subjects(self, index: int) -> list[Subject]:
        """Subjects of main clauses before a token, none of them inside somebody's words, the latest first."""
        hidden, references = self.references.hidden, self.references
        met = (s for s in references.subjects if s.index < index and s.index not in hidden)
        return [s for s in met if references.is_main_subject(s)][::-1]


@dataclass(frozen=True, slots=True)
class CueScene:
    """What all options of one cue share."""

    scene: Scene
    cue: FoundCue
    content: Sequence[tuple[int, int]]
    rule: Sequence[Filler]
    recent: Sequence[Subject]
    subjects: Sequence[Subject]
    number: str
    dropped: bool


def set_scene(
    scene: Scene, cue: FoundCue, content: Sequence[tuple[int, int]], rule: Sequence[Filler]
) -> CueScene:
    """Look once at what does not depend on who is asked about."""
    verb = finite_part(scene.doc[cue.anchor])
    return CueScene(
        scene,
        cue,
        content,
        rule,
        [s for s in scene.speakers if s.index < cue.start][::-1][:4],
        scene.main_subjects(cue.start)[:3],
        "".join(verb.morph.get("Number", [])) + "".join(verb.morph.get("Person", [])),
        not any(filler.mention is not None for filler in rule),
    )


def speaker_features(at: CueScene, option: SpeakerOption) -> list[str]:
    """How an option stands to a cue."""
    features = _of_the_option(at, option)
    if option.local is not None:
        features += _in_the_sentence(at, option, option.local)
    else:
        features.append(f"not-local|{at.cue.source}|{at.dropped}")
    if option.entity is not None:
        features += _in_the_passage(at, option)
    return features


def _of_the_option(at: CueScene, option: SpeakerOption) -> list[str]:
    """The rule's word on it, and its kind."""
    source = at.cue.source
    how = option.filler.resolved_by.value if option.filler is not None else "none"
    kind = option.filler.kind.value if option.filler is not None else ""
    proper, office = False, False
    if option.entity is not None:
        kind, proper, office = option.entity.kind.value, option.entity.proper, bool(option.entity.offices)
    sort = f"{kind}|{proper}|{option.entity is not None}"
    others = len(at.rule) - (option.filler is not None)
    return [
        f"rule={option.filler is not None}",
        f"rule+how={how}",
        f"rule+source={how}|{source}",
        f"rule+others={how}|{bucket(others)}",
        f"rule+dropped={option.filler is not None}|{at.dropped}",
        f"rule+sort={how}|{sort}",
        f"sort={sort}",
        f"office={office}",
        f"number={at.number}|{kind}",
    ]


def _in_the_sentence(at: CueScene, option: SpeakerOption, mention: Mention) -> list[str]:
    """Its mention in the cue's sentence: path, side, what governs it and what stands between."""
    doc, anchor = at.scene.doc, at.scene.doc[at.cue.anchor]
    head = doc[mention.head]
    path = dependency_path(head, anchor)
    side = "after" if mention.start >= at.cue.end else "before"
    case = case_of(head)
    within = any(start <= mention.head < end for start, end in at.content)
    inner = _stretch(doc, mention, at.cue)
    rule = option.filler is not None
    verb = head.head
    subject = dep(head) in SUBJECTS
    agrees = ("Plur" in at.number) == mention.plural
    described = not mention.proper
    return [
        f"path={path}",
        f"path+side={path}|{side}",
        f"path+case={path}|{case}",
        f"path+source={path}|{at.cue.source}",
        f"path+within={path}|{within}",
        f"side+case={side}|{case}|{within}",
        f"side+between={side}|{inner}|{case}",
        f"side+near={side}|{bucket(_distance(mention, at.cue))}|{case}|{within}",
        f"within={within}|{rule}",
        f"subject={subject}|{side}|{within}",
        f"subject+governor={subject}|{_governor(verb, anchor)}|{within}",
        f"agrees={agrees}|{rule}|{described}",
        f"path+agrees={path}|{agrees}",
        f"described={described}|{rule}",
        f"quoted={quote_at(list(at.scene.quotes), mention.start) is not None}|{rule}",
        f"kind+path={path}|{mention.kind.value if mention.kind else ''}",
        f"dropped+subject={at.dropped}|{subject}|{within}|{side}",
    ]


def _distance(mention: Mention, cue: FoundCue) -> int:
    return mention.start - cue.end if mention.start >= cue.end else max(0, cue.start - mention.end)


def _governor(verb: Token, anchor: Token) -> str:
    """How the verb that a mention hangs on stands to the cue: itself, above it, beside it, apart."""
    if verb.i == anchor.i:
        return "cue"
    if any(verb.i == above.i for above in anchor.ancestors):
        return "above"
    if any(anchor.i == above.i for above in verb.ancestors):
        return "below"
    return "apart"


def _stretch(doc: Doc, mention: Mention, cue: FoundCue) -> str:
    """What stands between the cue and a mention: marks, a verb, "que"."""
    if mention.start >= cue.end:
        start, end = cue.end, mention.start
    else:
        start, end = mention.end, cue.start
    found = set()
    for token in doc[start:end]:
        if token.is_quote:
            found.add("quote")
        elif token.is_punct:
            found.add("mark")
        elif token.lower_ in ("que", "quien", "cual"):
            found.add("que")
        elif token.pos_ == "VERB":
            found.add("verb")
    return "+".join(sorted(found)) or ("close" if end - start <= 3 else "words")


def _in_the_passage(at: CueScene, option: SpeakerOption) -> list[str]:
    """Its turns so far, when it was subject, how long ago it was mentioned, how often."""
    entity, doc, passage = option.entity, at.scene.doc, at.scene.passage
    assert entity is not None
    turn = _rank(at.recent, entity.index)
    subject = _rank(at.subjects, entity.index)
    rule = option.filler is not None
    index = at.cue.start
    gap, where = "never", "none"
    paragraph = hidden = quoted = False
    if option.last is not None:
        hidden = option.last.start in at.scene.references.hidden
        quoted = quote_at(list(at.scene.quotes), option.last.start) is not None
        gap = bucket(passage.sentences_between(option.last.start, index))
        where = dep(doc[option.last.head])
        paragraph = passage.same_paragraph(option.last.start, index)
    spoken = bool(at.recent) and passage.sentences_between(at.recent[0].index, index) <= 1
    local = option.local is not None
    d = at.dropped
    return [
        f"turn={turn}|{d}",
        f"turn+rule={turn}|{subject}|{rule}|{d}",
        f"turn+gap={turn}|{gap}|{d}",
        f"turn+spoken={turn}|{spoken}|{d}",
        f"turn+subject={turn}|{subject}|{local}|{d}",
        f"main-subject={subject}|{d}|{local}",
        f"gap={gap}|{d}",
        f"gap+where={gap}|{where in SUBJECTS}|{d}",
        f"where={where}|{d}|{local}",
        f"paragraph={paragraph}|{d}|{turn}",
        f"mentions={bucket(len(entity.mentions))}|{d}",
        f"kind={entity.kind.value}|{entity.proper}|{d}|{bool(entity.offices)}",
        f"kind+number={entity.kind.value}|{entity.plural}|{at.number}|{d}",
        f"first={_among_first(entity.mentions[0])}|{d}",
        f"hidden={hidden}|{d}",
        f"quoted-last={quoted}|{d}",
        f"source={at.cue.source}|{d}|{turn}",
        f"person={entity.kind is Kind.PERSON}|{turn}|{gap}|{d}",
    ]


def _among_first(mention: Mention) -> bool:
    return mention.start < 25


def _rank(subjects: Sequence[Subject], entity: int) -> int:
    """Position of somebody among the last subjects, the latest 0."""
    found = (i for i, s in enumerate(subjects) if any(f.entity == entity for f in s.fillers))
    return next(found, _NEVER)
