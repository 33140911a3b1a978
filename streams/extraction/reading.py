"""From mentions to candidates: the decisions about one doc in their order.

Statements first, since who speaks and what is said decides attribution and factuality of the rest; then
frames; then date, place and factuality of each; then mentions of one happening are merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from streams.extraction.annotations import Candidate, Filler
from streams.extraction.attachment import choose_date, choose_place
from streams.extraction.attribution import attribute
from streams.extraction.context import share_context
from streams.extraction.coreference import load_reference_words
from streams.extraction.dates import date_candidate, place_in_doc
from streams.extraction.factuality import judge_factuality
from streams.extraction.factuality_features import factuality_features
from streams.extraction.frames import EventType
from streams.extraction.judges import Judge
from streams.extraction.lexicon import load_lexicon
from streams.extraction.merge import merge_candidates, most_likely
from streams.extraction.places import clause_place
from streams.extraction.references import References
from streams.extraction.role_features import RoleContext, role_context
from streams.extraction.roles import choose_fillers
from streams.extraction.same_happening import same_features, surroundings_of
from streams.extraction.statements import StatementReader
from streams.extraction.trigger_features import TriggerContext, event_features, trigger_context
from streams.extraction.triggers import find_candidates, index_frames


class EventReader:
    """Reads the events of one doc whose quotes, dates, mentions and entities are known.

    Attributes:
        statements: Candidates of type statement, after `propose`.
        proposed: Candidates of the other types, after `propose`.
        others: Those of them that name an event, after `select`.
        triggers: Anchor tokens of all candidates, after `propose`.
    """

    def __init__(
        self, doc: Doc, language: str, event_types: Sequence[EventType], judges: Mapping[str, Judge]
    ) -> None:
        self.doc = doc
        self.lexicon = load_lexicon(language)
        self.event_types = {event_type.name: event_type for event_type in event_types}
        self.judges = judges
        self.references = References(
            doc, self.lexicon, load_reference_words(language), doc._.mentions, doc._.entities
        )
        self.reader = StatementReader(doc, self.lexicon, self.references, doc._.quotes, judges)
        self.dated = place_in_doc(doc, doc._.temporal)
        self.statements: list[Candidate] = []
        self.proposed: list[Candidate] = []
        self.others: list[Candidate] = []

    @property
    def triggers(self) -> list[int]:
        """Anchor tokens of all candidates."""
        return [c.anchor for c in (*self.statements, *self.others)]

    def read(self) -> list[Candidate]:
        """Propose, place, date, judge, attribute and merge; in text order."""
        self.propose()
        self.select()
        self.settle()
        everything = [*self.statements, *self.others]
        attribute(self.doc, everything, self.reader.reports, self.references)
        return self._merge(everything)

    def propose(self) -> None:
        """Find candidates of all types with their participants, and the rules' date and place."""
        if "statement" in self.event_types:
            self.statements = self.reader.read()
        index = index_frames(tuple(self.event_types.values()))
        self.proposed = find_candidates(self.doc, index, self.references, self.reader.speakers)
        self.others = list(self.proposed)
        for candidate in (*self.statements, *self.others):
            candidate.date = date_candidate(self.doc, candidate, self.dated)
        for candidate in self.others:
            if candidate.place is None:
                candidate.place = clause_place(self.doc[candidate.anchor], self.references)
        share_context(self.doc, [c for c in self.others if not c.doubts])

    def select(self) -> None:
        """Keep the candidates that name an event: the judge's choice; without one, what raises no doubt."""
        context = trigger_context(self.doc, self.doc._.quotes, self.references, self.proposed)
        self.others = [candidate for candidate in self.others if self._is_event(candidate, context)]

    def settle(self) -> None:
        """Let the judges, where there are any, decide on date, place and factuality."""
        fillers = self._choose_fillers()
        date_judge, place_judge = self.judges.get("date"), self.judges.get("place")
        triggers = self.triggers
        for candidate in (*self.statements, *self.others):
            if date_judge is not None:
                candidate.date = choose_date(self.doc, candidate, self.dated, triggers, date_judge)
            if place_judge is not None:
                candidate.place = choose_place(self.doc, candidate, self.references, triggers, place_judge)
        for candidate in self.others:
            candidate.fillers = fillers.get((candidate.type, candidate.anchor), candidate.fillers)
            self._judge_factuality(candidate)

    def _merge(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        judge = self.judges.get("same")
        if judge is None:
            return merge_candidates(candidates, self.event_types)
        around = surroundings_of(self.doc, self.others, self.event_types)

        def same(earlier: Candidate, later: Candidate) -> float:
            return judge.probability(same_features(self.doc, earlier, later, around))

        return merge_candidates(candidates, self.event_types, same=same, threshold=judge.threshold)

    def role_context(self) -> RoleContext:
        """What decides on roles looks at, of the candidates left by now."""
        quotes, speakers = self.doc._.quotes, self.reader.speakers
        return role_context(self.doc, self.references, quotes, self.statements, self.others, speakers)

    def _choose_fillers(self) -> dict[tuple[str, int], list[Filler]]:
        """Fillers by the judge, by type and anchor; echoes and types that no judge knows keep the rules'."""
        judge = self.judges.get("role")
        if judge is None:
            return {}
        context = self.role_context()
        return {
            (c.type, c.anchor): choose_fillers(c, self.event_types[c.type], context, judge)
            for c in self.others
            if self.event_types[c.type].judged and not c.echo
        }

    def _judge_factuality(self, candidate: Candidate) -> None:
        if candidate.fixed_factuality:
            return
        published = self.doc._.published
        token = self.doc[candidate.anchor]
        rule = judge_factuality(token, candidate, self.lexicon.grammar, published=published)
        judge = self.judges.get("factuality")
        candidate.factuality = rule
        if judge is not None and self.event_types[candidate.type].judged:
            features = factuality_features(self.doc, candidate, rule, self.statements, self.lexicon.grammar)
            candidate.verdicts = judge.scores(features)
            candidate.factuality = most_likely(candidate.verdicts)

    def _is_event(self, candidate: Candidate, context: TriggerContext) -> bool:
        judge = self.judges.get("event")
        if judge is None or candidate.echo or not self.event_types[candidate.type].judged:
            return not candidate.doubts
        candidate.score = judge.probability(event_features(self.doc, candidate, context))
        return candidate.score >= judge.threshold
