"""From mentions to candidates: the decisions about one doc in their order.

Statements first, since who speaks and what is said decides attribution and factuality of the rest; then
frames; then date, place and factuality of each; then mentions of one happening are merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from streams.extraction.annotations import Candidate, Filler
from streams.extraction.attribution import attribute
from streams.extraction.context import share_context
from streams.extraction.coreference import load_reference_words
from streams.extraction.date_choice import choose_date
from streams.extraction.dates import date_candidate, place_in_doc
from streams.extraction.factuality import judge_factuality
from streams.extraction.factuality_features import factuality_features
from streams.extraction.frames import EventType
from streams.extraction.holders import Statements
from streams.extraction.judges import Judge
from streams.extraction.lexicon import LANG_FOLDER, load_lexicon
from streams.extraction.merge import merge_candidates, most_likely
from streams.extraction.place_choice import choose_place
from streams.extraction.places import clause_place
from streams.extraction.press import find_press
from streams.extraction.press_features import PressReader
from streams.extraction.references import References
from streams.extraction.role_context import RoleContext, role_context
from streams.extraction.roles import choose_fillers
from streams.extraction.same_happening import same_features, surroundings_of
from streams.extraction.scene import Scene
from streams.extraction.source_choice import SourceReader, choose_sources
from streams.extraction.statements import StatementReader
from streams.extraction.temporal import Calendar, load_calendar
from streams.extraction.tokens import Doc
from streams.extraction.trigger_features import TriggerContext, event_features, trigger_context
from streams.extraction.triggers import find_candidates, index_frames


class EventReader:
    """Reads the events of one doc whose quotes, dates, mentions and entities are known.

    Attributes:
        statements: Candidates of type statement, after `propose`.
        proposed: Candidates of the other types, after `propose`.
        others: Those of them that name an event, after `select`.
    """

    def __init__(
        self, doc: Doc, language: str, event_types: Sequence[EventType], judges: Mapping[str, Judge]
    ) -> None:
        self.doc = doc
        self.lexicon = load_lexicon(language)
        self.calendar = _calendar(language)
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

    def read(self) -> list[Candidate]:
        """Propose, place, date, judge, merge and attribute; in text order."""
        self.propose()
        self.select()
        self.settle()
        everything = [*self.statements, *self.others]
        merged = self._merge(everything)
        attribute(self.doc, merged, self.reader.reports, self.references)
        self._choose_sources(merged)
        return merged

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
        everything = [*self.statements, *self.others]
        scene = Scene(self.doc, everything)
        for candidate in everything:
            sure = self._certainty(candidate)
            if date_judge is not None:
                candidate.date = choose_date(
                    scene, candidate, self.dated, self.calendar, date_judge, certainty=sure
                )
            if place_judge is not None:
                candidate.place = choose_place(scene, candidate, self.references, place_judge, certainty=sure)
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

    @cached_property
    def told(self) -> Statements:
        """The statements by the tokens in their words, after `propose`."""
        return Statements(self.statements)

    def role_context(self) -> RoleContext:
        """What decides on roles looks at, of the candidates left by now."""
        quotes, speakers = self.doc._.quotes, self.reader.speakers
        return role_context(self.doc, self.references, quotes, self.told, self.others, speakers)

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

    def source_reader(self, statements: Sequence[Candidate]) -> SourceReader:
        """What the article offers as sources; `statements` are those that stand."""
        words = self.lexicon.grammar["interviews"]
        press = PressReader(
            self.doc, statements, self.reader.reports, find_press(self.doc, self.lexicon), words
        )
        return SourceReader(self.doc, Statements(statements), press)

    def _choose_sources(self, merged: Sequence[Candidate]) -> None:
        """Let the judges of sources overrule the rules; events must be merged, so that all triggers count."""
        reader = self.source_reader([c for c in merged if c.type == "statement"])
        for candidate in merged:
            sources = choose_sources(reader, candidate, self.judges)
            if sources is not None:
                candidate.sources = sources

    def _certainty(self, candidate: Candidate) -> float:
        """Probability that a candidate is an event, 1 where no judge said so."""
        name = "statement" if candidate.type == "statement" else "event"
        judged = name in self.judges and not candidate.echo
        return candidate.score if judged and self.event_types[candidate.type].judged else 1.0

    def _judge_factuality(self, candidate: Candidate) -> None:
        if candidate.fixed_factuality:
            return
        published = self.doc._.published
        token = self.doc[candidate.anchor]
        rule = judge_factuality(token, candidate, self.lexicon.grammar, published=published)
        judge = self.judges.get("factuality")
        candidate.factuality = rule
        if judge is not None and self.event_types[candidate.type].judged:
            features = factuality_features(self.doc, candidate, rule, self.told, self.lexicon.grammar)
            candidate.verdicts = judge.scores(features)
            candidate.factuality = most_likely(candidate.verdicts)

    def _is_event(self, candidate: Candidate, context: TriggerContext) -> bool:
        judge = self.judges.get("event")
        if judge is None or candidate.echo or not self.event_types[candidate.type].judged:
            return not candidate.doubts
        candidate.score = judge.probability(event_features(self.doc, candidate, context))
        return candidate.score >= judge.threshold


@cache
def _calendar(language: str) -> Calendar:
    return load_calendar(LANG_FOLDER / language)
