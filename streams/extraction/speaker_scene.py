"""What is known of an article, and of a cue, when it is asked who speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from streams.extraction.annotations import Filler, Quote
from streams.extraction.cue_finder import FoundCue
from streams.extraction.features import bucket
from streams.extraction.passage import sentences_between
from streams.extraction.quotes import quote_at
from streams.extraction.references import References, Subject
from streams.extraction.syntax import case_of, dep, finite_part
from streams.extraction.tokens import Doc, Token

_INDEX = attrgetter("index")
NEVER = 9
"""Rank of somebody who was not among the last speakers or subjects."""


@dataclass(slots=True)
class Scene:
    """What is known of an article when a cue is read.

    Attributes:
        speakers: Who spoke so far, in text order.
        heard: To whom words were said so far, in text order.
    """

    doc: Doc
    references: References
    quotes: Sequence[Quote]
    speakers: list[Subject] = field(default_factory=list)
    heard: list[Subject] = field(default_factory=list)

    def main_subjects(self, index: int, *, most: int) -> list[Subject]:
        """Subjects of main clauses before a token, none of them inside somebody's words, the latest first."""
        hidden, subjects = self.references.hidden, self.references.main_subjects
        before = range(bisect_left(subjects, index, key=_INDEX) - 1, -1, -1)
        met = (subjects[n] for n in before if subjects[n].index not in hidden)
        return list(islice(met, most))

    def is_quoted(self, index: int) -> bool:
        """Whether a token stands in quotation marks."""
        return quote_at(self.quotes, index) is not None


@dataclass(frozen=True, slots=True)
class CueScene:
    """What all options of one cue share.

    Attributes:
        content: Token ranges of what is said.
        rule: What `speakers.find_speakers` proposes.
        recent: Who spoke last before, the latest first.
        subjects: The last subjects of main clauses before, the latest first.
        spoken_since: Rank among the last speakers → sentences since, coarsely; "-" for no such rank.
        subject_since: The same of the last subjects.
        turns: Entity → rank among the last speakers.
        subject_ranks: Entity → rank among the last subjects.
        number: Number and person of the cue's verb.
        lemma: Lemma of the cue.
        dropped: The rule found no words in the sentence that name the speaker.
        place: Where the cue stands: in a quotation, in words said by somebody, first in its sentence.
        layout: Where its content stands, and whether it is quoted.
        document: The noun of a relative clause that the cue is in ("un comunicado en el que …").
        spoke_later: The last speaker came after the last subject of a main clause.
    """

    scene: Scene
    cue: FoundCue
    content: Sequence[tuple[int, int]]
    rule: Sequence[Filler]
    recent: Sequence[Subject]
    subjects: Sequence[Subject]
    spoken_since: Mapping[int, str]
    subject_since: Mapping[int, str]
    turns: Mapping[int, int]
    subject_ranks: Mapping[int, int]
    number: str
    lemma: str
    dropped: bool
    place: str
    layout: str
    clitic: bool
    document: Token | None
    spoke_later: bool

    @property
    def latest(self) -> frozenset[int]:
        """Entities among the last speakers and subjects."""
        return frozenset(e for e in (*self.turns, *self.subject_ranks) if e >= 0)


def set_scene(
    scene: Scene, cue: FoundCue, content: Sequence[tuple[int, int]], rule: Sequence[Filler]
) -> CueScene:
    """Look once at what does not depend on who is asked about."""
    anchor = scene.doc[cue.anchor]
    verb = finite_part(anchor)
    recent = list(islice((s for s in reversed(scene.speakers) if s.index < cue.start), 4))
    subjects = scene.main_subjects(cue.start, most=3)
    return CueScene(
        scene=scene,
        cue=cue,
        content=content,
        rule=rule,
        recent=recent,
        subjects=subjects,
        spoken_since=_since(scene, recent, cue.start),
        subject_since=_since(scene, subjects, cue.start),
        turns=ranks_of(recent),
        subject_ranks=ranks_of(subjects),
        number="".join(verb.morph.get("Number", [])) + "".join(verb.morph.get("Person", [])),
        lemma=anchor.lemma if cue.source in ("verb", "phrase", "open") else cue.source,
        dropped=not any(filler.mention is not None for filler in rule),
        place=_place_of(scene, cue),
        layout=_layout_of(scene, cue, content),
        clitic=any(
            c.lower_ in ("le", "les", "lo", "la", "los", "las") and c.pos_ == "PRON" for c in anchor.lefts
        ),
        document=_document_of(anchor),
        spoke_later=bool(recent) and (not subjects or recent[0].index > subjects[0].index),
    )


def _place_of(scene: Scene, cue: FoundCue) -> str:
    if scene.is_quoted(cue.start):
        return "quoted"
    if cue.start in scene.references.hidden:
        return "said"
    first = scene.doc[cue.start].sent.start
    opens = all(not token.is_alpha for token in scene.doc[first : cue.start])
    return "opens" if opens else "within"


def _layout_of(scene: Scene, cue: FoundCue, content: Sequence[tuple[int, int]]) -> str:
    if not content:
        return "none"
    side = "before" if content[0][0] < cue.start else "after"
    return f"{side}-{scene.is_quoted(content[0][0])}"


def _document_of(anchor: Token) -> Token | None:
    """Noun whose relative clause with "en" the cue is: "unas declaraciones en las que calificó …"."""
    if dep(anchor) != "acl" or anchor.head.pos_ not in ("NOUN", "PROPN") or anchor.head.i > anchor.i:
        return None
    relative = next((c for c in anchor.lefts if c.lower_ in ("que", "cual", "cuales", "donde")), None)
    return anchor.head if relative is not None and case_of(relative) == "en" else None


def _since(scene: Scene, subjects: Sequence[Subject], index: int) -> dict[int, str]:
    found = dict.fromkeys((*range(len(subjects) + 1), NEVER), "-")
    gaps = (sentences_between(scene.doc, subject.index, index) for subject in subjects)
    return found | {rank: bucket(gap) for rank, gap in enumerate(gaps)}


def ranks_of(subjects: Sequence[Subject]) -> dict[int, int]:
    """Entity → its position among the last subjects, the latest 0."""
    ranks: dict[int, int] = {}
    for rank, subject in enumerate(subjects):
        for filler in subject.fillers:
            ranks.setdefault(filler.entity, rank)
    return ranks
