"""How the media that an article names stand to a candidate: named beside it, or spoken to before.

Guidelines: "A speaker interviewed by one named medium has it as attribution of all statements of that
interview." How far an interview goes is what the judge learns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Candidate, SourceFiller
from streams.extraction.features import bucket
from streams.extraction.holders import Holders
from streams.extraction.lexicon import fold
from streams.extraction.media import Report
from streams.extraction.press import PressMention
from streams.extraction.syntax import case_of, dep, governing_verb
from streams.extraction.telling import covers
from streams.extraction.tokens import Doc

_AT: Final = itemgetter(0)
_SPOKEN_TO: Final = frozenset({"a", "en", "con", "para", "por", "ante"})
_CONTRACTIONS: Final = {"al": "a", "del": "de"}


class PressReader:
    """Describes the media of one article as sources of its candidates."""

    def __init__(
        self,
        doc: Doc,
        statements: Sequence[Candidate],
        reports: Sequence[Report],
        press: Sequence[PressMention],
        interview_words: frozenset[str],
    ) -> None:
        self.doc = doc
        self.statements = statements
        self._reports = Holders(reports, lambda report: report.ranges)
        self.interview_words = interview_words
        self._by_name: dict[str, list[PressMention]] = {}
        for mention in press:
            self._by_name.setdefault(fold(mention.name), []).append(mention)
        self._starts = {s.anchor: doc[s.anchor].sent.start for s in statements}
        self._leads = {m.start: _lead(doc, m) for m in press}
        self._said = sorted(((s.anchor, _speakers([s])) for s in statements), key=_AT)
        self._told = {m.start: self._beside(m) for m in press}

    def _beside(self, mention: PressMention) -> list[Candidate]:
        """Statements in whose sentence, outside what they say, a medium is named."""
        start = self.doc[mention.start].sent.start
        here = [s for s in self.statements if self._starts[s.anchor] == start]
        return [s for s in here if not covers(s.content, (mention.start, mention.end))]

    def options(self, candidate: Candidate) -> Iterator[tuple[SourceFiller, list[str]]]:
        """Every medium of the article, nearest first, with its features."""
        anchor = candidate.triggers[0][0]
        kind = "statement" if candidate.type == "statement" else "event"
        ordered = [
            sorted(mentions, key=lambda m: (m.how == "described", abs(m.start - anchor)))
            for mentions in self._by_name.values()
        ]
        for mentions in sorted(ordered, key=lambda group: abs(group[0].start - anchor)):
            nearest = mentions[0]
            name = nearest.name.strip("\"'“”«» ")
            filler = SourceFiller(name, Kind.ORGANIZATION, (nearest.start, nearest.end))
            features = self._features(candidate, mentions)
            yield filler, [f.replace("=", f"={kind}|", 1) for f in features]

    def _features(self, candidate: Candidate, mentions: Sequence[PressMention]) -> list[str]:
        anchor = candidate.triggers[0][0]
        sent = self.doc[anchor].sent
        here = [m for m in mentions if sent.start <= m.start < sent.end]
        reported = self._reported(candidate, mentions[0])
        features = [
            f"media={bucket(len(self._by_name))}",
            f"m-how={mentions[0].how}",
            f"m-count={bucket(len(mentions))}",
            f"m-reported={reported}",
            f"m-here={bool(here)}|{reported}",
            f"m-how+reported={mentions[0].how}|{reported}",
        ]
        if not here:
            return features + self._carried(candidate, mentions)
        inside = any(covers(candidate.content, (m.start, m.end)) for m in here)
        return [*features, f"h-inside={inside}", *self._named(here[0], anchor, "h")]

    def _reported(self, candidate: Candidate, mention: PressMention) -> bool:
        name = fold(mention.name)
        telling = (report for start, _ in candidate.triggers for report in self._reports.at(start))
        return any(fold(report.filler.name) == name for report in telling)

    def _carried(self, candidate: Candidate, mentions: Sequence[PressMention]) -> list[str]:
        """A medium of another sentence: who speaks to it there, and who has spoken since."""
        doc, anchor = self.doc, candidate.triggers[0][0]
        earlier = [m for m in mentions if m.start < anchor]
        side = "earlier" if earlier else "later"
        mention = max(earlier or mentions, key=self._link)
        speakers = _speakers(self._told[mention.start])
        mine = _speakers([candidate])
        low, high = sorted((mention.start, anchor))
        first, last = bisect_right(self._said, low, key=_AT), bisect_left(self._said, high, key=_AT)
        others = sum(not who <= speakers for _, who in self._said[first:last])
        same = "same" if speakers & mine else "other" if speakers and mine else "none"
        paragraphs = bucket(doc.tally("line ends", low, high))
        sentences = bucket(doc.tally("sentence starts", low + 1, high + 1))
        link = self._link(mention)
        return [
            f"c-side={side}",
            f"c-same={same}",
            f"c-link={link}",
            f"c-link+same={link}|{same}|{side}",
            f"c-others={bucket(others)}|{same}",
            f"c-paragraphs={paragraphs}|{link}",
            f"c-sentences={sentences}|{link}",
            f"c-same+sentences={same}|{sentences}",
            *self._named(mention, mention.start, "c"),
        ]

    def _link(self, mention: PressMention) -> int:
        """2 for a medium that somebody speaks to, 1 for one beside a statement, 0 for a mere mention."""
        if not self._told[mention.start]:
            return 0
        return 2 if self._leads[mention.start] in _SPOKEN_TO else 1

    def _named(self, mention: PressMention, anchor: int, where: str) -> list[str]:
        """How the words of a medium stand in their sentence; `where`: "h" here, "c" carried."""
        head = self.doc.span(mention.outset, mention.end).root
        verb = governing_verb(head)
        lead = self._leads[mention.start]
        interview = any(t.lemma in self.interview_words for t in head.sent)
        cue = verb is not None and verb.i in self._starts
        return [
            f"{where}-lead={lead}",
            f"{where}-verb={verb.lemma if verb is not None else '-'}",
            f"{where}-verb+lead={cue}|{lead}",
            f"{where}-interview={interview}|{lead}",
            f"{where}-side={mention.start > anchor}|{bucket(abs(mention.start - anchor))}",
            f"{where}-link={self._link(mention)}",
            f"{where}-subject={dep(head) == 'nsubj'}",
        ]


def _speakers(statements: Sequence[Candidate]) -> set[str]:
    return {filler.name for s in statements for filler in s.of_role("speaker")}


def _lead(doc: Doc, mention: PressMention) -> str:
    """Preposition that leads to a medium, over its noun: "al diario X" is "a"; "" for none."""
    for index in range(mention.outset - 1, max(-1, mention.outset - 4), -1):
        word = doc[index].lower_
        if doc[index].pos_ == "ADP" or word in ("según", *_CONTRACTIONS):
            return _CONTRACTIONS.get(word, word)
        if doc[index].pos_ not in ("DET", "ADJ", "PUNCT"):
            break
    return case_of(doc.span(mention.outset, mention.end).root)
