"""Statements: from each cue its act, its content and its speaker; media become sources instead.

Work goes from the cue outwards (Pareti 2015, Citron): cues first, then contents and speakers. The
order of quotation, cue and speaker decides how content is looked for; the tree serves clauses with
"que", surface order serves inserted and inverted cues, where small parsers are weakest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schemas import Act
from streams.extraction.addressee_choice import choose_addressees
from streams.extraction.addressees import find_addressees
from streams.extraction.annotations import Candidate, Filler, Quote
from streams.extraction.complements import (
    clause_content,
    infinitive_content,
    invitation_content,
    noun_content,
    object_content,
    passive_content,
    prepositional_content,
    question_content,
)
from streams.extraction.content_choice import Content, choose_content
from streams.extraction.cue_finder import FoundCue, find_cues
from streams.extraction.features import statement_features
from streams.extraction.inserted_cues import around, insert_range, is_inserted
from streams.extraction.judges import Judge
from streams.extraction.layout import PREPOSITIONS, Layout, Range, kind_of, trim_all
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.media import Report, is_medium, named_medium
from streams.extraction.naming import naming_content
from streams.extraction.quoted_content import continue_quotes, quote_after, quote_at_colon, spelled_out
from streams.extraction.quotes import quote_at
from streams.extraction.references import References, Subject
from streams.extraction.speaker_choice import choose_speakers, speaks_for_many
from streams.extraction.speaker_scene import Scene, set_scene
from streams.extraction.speakers import find_speakers
from streams.extraction.syntax import is_negated
from streams.extraction.tokens import Doc

_EVEN: Final = 0.5
"""Probability above which a statement counts for what follows it though its cue is not sure."""


@dataclass(slots=True)
class StatementReader:
    """Reads the statements of one doc, in text order."""

    doc: Doc
    lexicon: Lexicon
    references: References
    quotes: list[Quote]
    judges: Mapping[str, Judge] = field(default_factory=dict)
    layout: Layout = field(init=False)
    candidates: list[Candidate] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    scene: Scene = field(init=False)

    def __post_init__(self) -> None:
        self.scene = Scene(self.doc, self.references, self.quotes)
        cues = tuple(find_cues(self.doc, self.lexicon, self.quotes))
        bare = Layout.of(self.doc, self.quotes, self.references, cues)
        inserts = (insert_range(bare, cue) for cue in cues if cue.sure)
        self.layout = replace(bare, inserts=tuple(r for r in inserts if r is not None))

    @property
    def speakers(self) -> list[Subject]:
        """Who spoke so far, in text order; nobody within somebody's quotation."""
        return self.scene.speakers

    def read(self) -> list[Candidate]:
        """Turn every cue with content and a speaker into a candidate; fills `reports` too."""
        for cue in self.layout.cues:
            found = choose_content(self.layout, cue, find_content(self.layout, cue), self.judges)
            content = found.ranges
            if not content:
                continue
            fillers = self._speakers_of(cue, content)
            media = [f for f in fillers if is_medium(f, self.references, self.lexicon)]
            for filler in media:
                named = named_medium(filler, self.references)
                self.reports.append(Report(tuple(content), named, (cue.start, cue.end)))
            speakers = [f for f in fillers if f not in media]
            if speakers:
                self._add(cue, found, speakers)
        continue_quotes(self.layout, self.candidates)
        return self.candidates

    def _speakers_of(self, cue: FoundCue, content: list[Range]) -> list[Filler]:
        """Whose words they are: as the judge chooses, else as the rule proposes."""
        rule = find_speakers(cue, self.references, self.speakers, content)
        judge = self.judges.get("speaker")
        if judge is None or not self._is_open(rule):
            return rule
        return choose_speakers(self.scene, cue, content, rule=rule, judge=judge)

    def _is_open(self, rule: list[Filler]) -> bool:
        """Whether there is a speaker to choose: somebody speaks, and no medium, whose report is its own."""
        return bool(rule) and not any(is_medium(filler, self.references, self.lexicon) for filler in rule)

    def _add(self, cue: FoundCue, found: Content, speakers: list[Filler]) -> None:
        content, reading = found.ranges, found.reading
        act = self._act(cue, content, reading)
        addressees = self._addressees_of(cue, found, act, speakers)
        candidate = Candidate(
            type="statement",
            anchor=cue.anchor,
            triggers=[(cue.start, cue.end)],
            fillers=speakers + addressees,
            content=content,
            act=act,
            kind=kind_of(self.layout, content),
            cue=cue,
            reading=reading,
            content_score=found.score,
        )
        if not self._is_statement(candidate):
            return
        self.candidates.append(candidate)
        if not cue.sure and candidate.score <= _EVEN:
            return
        for start, end in content:
            self.references.hide(start, end)
        if quote_at(self.quotes, cue.anchor) is None:
            self.speakers.append(Subject(cue.anchor, tuple(speakers), speaks_for_many(speakers)))
        if addressees:
            self.scene.heard.append(Subject(cue.anchor, tuple(addressees), speaks_for_many(addressees)))

    def _addressees_of(self, cue: FoundCue, found: Content, act: str, speakers: list[Filler]) -> list[Filler]:
        """To whom or of whom the words are said: as the judge says, else as the rule proposes."""
        rule = find_addressees(cue, self.references, found.reading, found.ranges, speakers, self.speakers)
        judge = self.judges.get("addressee")
        if judge is None:
            return rule
        at = set_scene(self.scene, cue, found.ranges, speakers)
        place = cue.addressee_for(found.reading)
        return choose_addressees(at, act, place, speakers, rule=rule, judge=judge)

    def _is_statement(self, candidate: Candidate) -> bool:
        judge = self.judges.get("statement")
        if judge is None:
            return candidate.cue is not None and candidate.cue.sure
        features = statement_features(self.doc, candidate, self.quotes, self.references)
        candidate.score = judge.probability(features)
        return candidate.score >= judge.threshold

    def _act(self, cue: FoundCue, content: list[Range], reading: str) -> str:
        """Act of the reading; a negated cue may have its own, a naming one's depends on its words."""
        acts = self.lexicon.cues.attribute_acts
        lemma = self.doc[cue.anchor].lemma_
        negated = self.lexicon.cues.negated_acts.get(lemma)
        if negated is not None and is_negated(self.doc[cue.anchor]):
            return negated.value
        if lemma not in acts.lemmas or reading != "attribute":
            return cue.act_for(reading)
        words = {fold(self.doc[i].lemma_) for start, end in content for i in range(start, end)}
        for act in (acts.praise, acts.accuse):
            if words & {fold(word) for word in self.lexicon.cues.polarity[act.value]}:
                return act.value
        return acts.accuse.value if lemma in ("calificar", "llamar") else acts.default.value


def find_content(layout: Layout, cue: FoundCue) -> Content:
    """Find what a cue reports and as which complement, by rule; nothing when it reports nothing."""
    verb = layout.doc[cue.anchor]
    if cue.source in ("preposition", "possessive"):
        return Content(trim_all(layout, around(layout, cue)), "clause")
    if cue.source == "colon":
        return Content(trim_all(layout, quote_at_colon(layout, cue.anchor)), "quote")
    if cue.source == "passive":
        return _found(layout, passive_content(layout, verb), "object")
    if cue.source == "noun":
        return _found(layout, noun_content(layout, verb), "object")
    return _of_verb(layout, cue)


def _found(layout: Layout, found: Range | None, reading: str) -> Content:
    return Content(trim_all(layout, [found]), reading) if found else Content([], "")


def _of_verb(layout: Layout, cue: FoundCue) -> Content:
    if cue.takes & {"clause", "quote"}:
        if is_inserted(layout, cue):
            ranges = trim_all(layout, around(layout, cue))
            if ranges:
                return Content(ranges, "quote")
        clause = clause_content(layout, layout.doc[cue.anchor])
        if clause:
            return Content(trim_all(layout, [clause, *spelled_out(layout, clause[1])]), "clause")
    if "quote" in cue.takes:
        ranges = quote_after(layout, cue)
        if ranges:
            return Content(trim_all(layout, ranges), "quote")
    return _of_phrase(layout, cue)


def _of_phrase(layout: Layout, cue: FoundCue) -> Content:
    verb = layout.doc[cue.anchor]
    if "attribute" in cue.takes:
        named = naming_content(layout, cue)
        if named:
            return Content(trim_all(layout, [named]), "attribute")
    prepositions = cue.takes & PREPOSITIONS
    if prepositions:
        spoken_to = any(r.addressee == "object" and "a" in r.takes for r in cue.readings)
        pair = prepositional_content(layout, verb, prepositions, addressee=spoken_to)
        if pair:
            return Content(trim_all(layout, [pair[0]]), pair[1])
        if cue.readings[0].act is Act.INVITE and (invited := invitation_content(layout, verb)):
            return Content(trim_all(layout, [invited]), "a")
    finders: tuple[tuple[str, Callable[[], Range | None]], ...] = (
        ("infinitive", lambda: infinitive_content(layout, verb)),
        ("object", lambda: object_content(layout, verb)),
        ("question", lambda: question_content(layout, verb)),
    )
    for reading, find in finders:
        found = find() if reading in cue.takes else None
        if found:
            more = spelled_out(layout, found[1]) if reading == "object" else []
            return Content(trim_all(layout, [found, *more]), reading)
    return Content([], "")
