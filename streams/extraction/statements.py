"""Statements: from each cue its act, its content and its speaker; media become sources instead.

Work goes from the cue outwards (Pareti 2015, Citron): cues first, then contents and speakers. The
order of quotation, cue and speaker decides how content is looked for; the tree serves clauses with
"que", surface order serves inserted and inverted cues, where small parsers are weakest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from spacy.tokens import Doc, Token

from schemas import Act, Kind, ResolvedBy
from streams.extraction.annotations import Candidate, Filler, Quote
from streams.extraction.content import (
    Layout,
    Range,
    clause_content,
    end_of_report,
    infinitive_content,
    kind_of,
    noun_content,
    object_content,
    prepositional_content,
    trim,
)
from streams.extraction.cue_finder import FoundCue, find_cues
from streams.extraction.features import statement_features
from streams.extraction.judges import Judge
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.quotes import quote_at
from streams.extraction.references import References, Subject
from streams.extraction.speaker_choice import choose_speaker
from streams.extraction.speakers import find_addressees, find_speakers
from streams.extraction.syntax import VERBAL, case_of, dep, finite_part, sentence_bounds

_BREAKS: Final = frozenset({",", ";", "-", "–", "—", '"', ":", ".", "(", ")"})
_DASHES: Final = frozenset({"-", "–", "—"})
_OPENERS: Final = frozenset({",", '"', "-", "–", "—", "!", "?", "...", "…"})
_CLAUSE_OPENERS: Final = frozenset(
    {"que", "porque", "pues", "para", "cual", "donde", "pero", "aunque", "y", "si"}
)
_PREPOSITIONS: Final = frozenset({"de", "por", "en", "a", "con", "contra", "sobre", "para"})


@dataclass(frozen=True, slots=True)
class Report:
    """Something attributed to a medium: which tokens it covers, who, by which cue."""

    ranges: tuple[Range, ...]
    filler: Filler
    cue: Range


@dataclass(slots=True)
class StatementReader:
    """Reads the statements of one doc, in text order."""

    doc: Doc
    lexicon: Lexicon
    references: References
    quotes: list[Quote]
    judges: Mapping[str, Judge] = field(default_factory=dict)
    layout: Layout = field(init=False)
    cues: list[FoundCue] = field(init=False)
    candidates: list[Candidate] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    speakers: list[Subject] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cues = find_cues(self.doc, self.lexicon, self.quotes)
        verbs = frozenset(cue.anchor for cue in self.cues if cue.source in ("verb", "phrase", "open"))
        bare = Layout(self.doc, self.quotes, verbs)
        inserts = tuple(filter(None, (self._insert_range(cue) for cue in self.cues)))
        self.layout = Layout(self.doc, bare.quotes, verbs, inserts)

    def read(self) -> list[Candidate]:
        """Turn every cue with content and a speaker into a candidate; fills `reports` too."""
        for cue in self.cues:
            content, reading, prep = self._content(cue)
            if not content or reading is None:
                continue
            fillers = self._speakers_of(cue, content)
            media = [f for f in fillers if self._is_medium(f)]
            speakers = [f for f in fillers if f not in media]
            for filler in media:
                self.reports.append(Report(tuple(content), self._named_medium(filler), (cue.start, cue.end)))
            if not speakers:
                continue
            self._add(cue, content, speakers, reading, prep)
        self._continue_quotes()
        return self.candidates

    def _speakers_of(self, cue: FoundCue, content: list[Range]) -> list[Filler]:
        fillers = find_speakers(cue, self.references, self.speakers, content)
        judge = self.judges.get("speaker")
        dropped = not fillers or all(f.resolved_by is ResolvedBy.DROPPED_SUBJECT for f in fillers)
        if judge is None or not dropped or cue.source == "noun":
            return fillers
        return choose_speaker(
            self.doc,
            cue.start,
            self.references,
            self.speakers,
            self.quotes,
            rule=fillers,
            plural="Plur" in finite_part(self.doc[cue.anchor]).morph.get("Number", []),
            judge=judge,
        )

    def _is_medium(self, filler: Filler) -> bool:
        if filler.entity >= 0:
            entity = self.references.entities[filler.entity]
            return entity.medium or (not entity.proper and self._names_medium(filler.name))
        return self._names_medium(filler.name)

    def _named_medium(self, filler: Filler) -> Filler:
        """The name behind "la agencia": beside the words, or the medium named last before them."""
        if filler.mention is None or (filler.entity >= 0 and self.references.entities[filler.entity].proper):
            return filler
        start, end = filler.mention
        media = [m for m in self.references.mentions if m.proper and m.medium]
        beside = next((m for m in media if start <= m.start <= end + 1), None)
        if (
            beside is None
            and end - start == 1
            and self.doc[max(0, start - 1)].lower_ in ("la", "el", "del", "al")
        ):
            beside = next((m for m in reversed(media) if m.end <= start), None)
        if beside is None:
            return filler
        name = self.references.entities[beside.entity].name if beside.entity >= 0 else beside.text
        return replace(filler, name=name, kind=Kind.ORGANIZATION)

    def _names_medium(self, name: str) -> bool:
        return fold(name.split()[0]) in self.lexicon.media_nouns or self.lexicon.is_medium(name)

    def _add(
        self, cue: FoundCue, content: list[Range], speakers: list[Filler], reading: str, prep: str
    ) -> None:
        addressees = find_addressees(cue, self.references, reading, prep, content, speakers, self.speakers)
        candidate = Candidate(
            type="statement",
            anchor=cue.anchor,
            triggers=[(cue.start, cue.end)],
            fillers=speakers + addressees,
            content=content,
            act=self._act(cue, content, reading),
            kind=kind_of(self.layout, content),
            cue=cue,
            reading=reading,
        )
        judge = self.judges.get("statement")
        if judge is not None:
            candidate.score = judge.probability(
                statement_features(self.doc, candidate, self.quotes, self.references)
            )
            if candidate.score < judge.threshold:
                return
        self.candidates.append(candidate)
        for start, end in content:
            self.references.hide(start, end)
        if quote_at(self.quotes, cue.anchor) is None:
            plural = len(speakers) > 1 or speakers[0].kind is Kind.GROUP
            self.speakers.append(Subject(cue.anchor, tuple(speakers), plural))

    def _act(self, cue: FoundCue, content: list[Range], reading: str) -> str:
        acts = self.lexicon.cues.attribute_acts
        if self.doc[cue.anchor].lemma_ in acts.lemmas and reading == "attribute":
            words = {fold(self.doc[i].lemma_) for start, end in content for i in range(start, end)}
            polarity = self.lexicon.cues.polarity
            if words & {fold(word) for word in polarity["praise"]}:
                return "praise"
            if words & {fold(word) for word in polarity["accuse"]}:
                return "accuse"
            return "accuse" if self.doc[cue.anchor].lemma_ in ("calificar", "llamar") else "say"
        return cue.act_for(reading)

    # --- content -------------------------------------------------------------------------------

    def _content(self, cue: FoundCue) -> tuple[list[Range], str | None, str]:
        if cue.source in ("preposition", "possessive"):
            ranges = self._around(cue)
            return self._trimmed(ranges), ("clause" if ranges else None), ""
        if cue.source == "colon":
            ranges = self._after(cue.end)
            return self._trimmed(ranges), ("quote" if ranges else None), ""
        verb = self.doc[cue.anchor]
        takes = cue.takes
        if cue.source == "passive":
            return self._passive_content(verb)
        if cue.source == "noun":
            found = noun_content(self.layout, verb)
            return (self._trimmed([found]), "object", "") if found else ([], None, "")
        if takes & {"clause", "quote"} and self._is_inserted(cue):
            ranges = self._trimmed(self._around(cue))
            if ranges:
                return ranges, "quote", ""
        if takes & {"clause", "quote"}:
            found = clause_content(self.layout, verb)
            if found:
                return self._trimmed([found, *self._following_quote(found[1])]), "clause", ""
        if "quote" in takes:
            ranges = self._quoted_after(cue)
            if ranges:
                return self._trimmed(ranges), "quote", ""
        return self._complement(cue, verb, takes)

    def _complement(
        self, cue: FoundCue, verb: Token, takes: frozenset[str]
    ) -> tuple[list[Range], str | None, str]:
        if "attribute" in takes:
            attribute = self._attribute(cue, verb)
            if attribute:
                return self._trimmed([attribute]), "attribute", ""
        prepositions = takes & _PREPOSITIONS
        if prepositions:
            spoken_to = any(r.addressee == "object" and "a" in r.takes for r in cue.readings)
            pair = prepositional_content(self.layout, verb, prepositions, addressee=spoken_to)
            if pair:
                return self._trimmed([pair[0]]), pair[1], pair[1]
            if cue.readings[0].act is Act.INVITE:
                found = self._invitation(verb)
                if found:
                    return self._trimmed([found]), "a", "a"
        if "infinitive" in takes:
            found = infinitive_content(self.layout, verb)
            if found:
                return self._trimmed([found]), "infinitive", ""
        if "object" in takes:
            found = object_content(self.layout, verb)
            if found:
                return self._trimmed([found, *self._following_quote(found[1])]), "object", ""
        if "question" in takes:
            found = self._question(verb)
            if found:
                return self._trimmed([found]), "question", ""
        return [], None, ""

    def _invitation(self, verb: Token) -> Range | None:
        """ "invitó a X a Moscú": whom and where, with the prepositions, as no clause says it."""
        for child in verb.rights:
            if dep(child) in ("obj", "obl", "iobj") and case_of(child) == "a":
                return child.left_edge.i, end_of_report(self.layout, verb, child.i)
        return None

    def _trimmed(self, ranges: list[Range]) -> list[Range]:
        trimmed = [trim(self.layout, start, end) for start, end in ranges]
        return [r for r in trimmed if r is not None and any(self.doc[i].is_alpha for i in range(*r))]

    def _is_inserted(self, cue: FoundCue) -> bool:
        """Whether the cue interrupts or closes the words that it reports: "…, dijo X, …"."""
        first = self._first_of_group(cue)
        start, end = sentence_bounds(self.doc, cue.anchor)
        after = self.doc[cue.end].lower_ if cue.end < end else "."
        if after == "que" or (
            cue.end + 1 < end and after in ("de", "en") and self.doc[cue.end + 1].lower_ == "que"
        ):
            return False
        if first <= start:
            return (
                first > 0
                and self._quote_ending_before(first) is not None
                and self._previous_sentence_open(first)
            )
        previous = self.doc[first - 1]
        if previous.lower_ in ("según", "como"):
            return True
        if self._quote_ending_before(first) is not None and previous.text in _OPENERS:
            return True
        if previous.text not in _OPENERS or any(
            dep(child) == "nsubj" and start <= child.i < first for child in self.doc[cue.anchor].children
        ):
            return False
        if cue.end < end and self.doc[cue.end].text == ":":
            return False
        if self._quote_ending_before(first) is not None or quote_at(self.quotes, first) is not None:
            return True
        if self._opens_clause(first, start):
            return self._ends_at(cue) < end
        if self._has_verb(start, first):
            return not self._reports_to_the_right(cue, start)
        return self._ends_at(cue) < end and self.doc[self._ends_at(cue)].text in (",", "-", "–", "—")

    def _ends_at(self, cue: FoundCue) -> int:
        return self._end_of_insert(cue)

    def _has_verb(self, start: int, end: int) -> bool:
        return any(
            self.doc[i].pos_ in VERBAL and "Fin" in self.doc[i].morph.get("VerbForm", [])
            for i in range(start, end)
        )

    def _opens_clause(self, first: int, start: int) -> bool:
        """ "… porque, dijo, …": only what follows is reported."""
        word = self.doc[first - 2].lower_ if first - 2 >= start else ""
        return word in _CLAUSE_OPENERS

    def _reports_to_the_right(self, cue: FoundCue, start: int) -> bool:
        """Whether the cue goes on with a complement of its own after a coordinated cue: "Sostuvo que …, acusó a X de …"."""
        verb = self.doc[cue.anchor]
        if cue.takes & {"clause", "quote"} and clause_content(self.layout, verb):
            return True
        strict = cue.takes & _PREPOSITIONS - {"por", "en", "a"}
        if (
            strict
            and any(r.addressee == "object" for r in cue.readings)
            and prepositional_content(self.layout, verb, strict)
        ):
            return True
        earlier = any(
            start <= c.anchor < cue.start and c.source in ("verb", "phrase", "open") for c in self.cues
        )
        insert_end = self._end_of_insert(cue)
        _, end = sentence_bounds(self.doc, cue.anchor)
        if insert_end >= end or self.doc[insert_end].text in (".", ","):
            has_object = any(
                dep(c) in ("obj", "xcomp") and c.i > verb.i and c.pos_ != "PRON" for c in verb.children
            )
            return earlier and has_object
        return earlier and self.doc[insert_end].is_quote

    def _previous_sentence_open(self, first: int) -> bool:
        """The quotation right before stands in the same paragraph and no colon follows the cue."""
        return (
            "\n" not in self.doc[max(0, first - 2) : first].text
            and ":" not in self.doc[first : first + 8].text
        )

    def _quote_ending_before(self, index: int) -> Quote | None:
        position = index - 1
        while position > 0 and (
            self.doc[position].is_space or self.doc[position].text in _BREAKS | {"!", "?"}
        ):
            if self.doc[position].is_quote:
                return next((q for q in self.quotes if q.end == position), None)
            position -= 1
        return next((q for q in self.quotes if q.end == position + 1 and not q.closed), None)

    def _first_of_group(self, cue: FoundCue) -> int:
        index = cue.start
        while index > 0 and self.doc[index - 1].pos_ in ("AUX", "PRON", "ADV") and self.doc[index - 1].lower_ not in (
            "que", "quien", "como", "según", "además", "así",
        ):  # fmt: skip
            index -= 1
        return index

    def _insert_range(self, cue: FoundCue) -> Range | None:
        """Tokens of an inserted attribution with its subject, for others' contents to leave out."""
        if cue.source == "possessive":
            return None
        if cue.source != "preposition":
            first = self._first_of_group(cue)
            if first == 0 or (
                self.doc[first - 1].text not in (",", '"', "-", "–", "—")
                and self.doc[first - 1].lower_ not in ("según", "como")
            ):
                return None
            if cue.source in ("passive", "noun", "colon"):
                return None
            after = self.doc[cue.end : cue.end + 2].text.lower()
            if after.startswith("que") or after.startswith("de que") or after.startswith("en que"):
                return None
            verb = self.doc[cue.anchor]
            if any(dep(c) == "nsubj" and c.i < verb.i for c in verb.children):
                return None
            start = first - 1
        else:
            start = cue.start
        if start > 0 and self.doc[start - 1].text in (",", "-", "–", "—", "("):
            start -= 1
        return start, self._end_of_insert(cue)

    def _end_of_insert(self, cue: FoundCue) -> int:
        """One past the attribution phrase: at the next break that is not inside the speaker's description."""
        _, sentence_end = sentence_bounds(self.doc, cue.anchor)
        index = cue.end
        while index < sentence_end:
            token = self.doc[index]
            if token.text in _BREAKS:
                mention = self.references.by_token.get(index + 1) if index + 1 < sentence_end else None
                apposed = (
                    token.text == ","
                    and mention is not None
                    and mention.start == index + 1
                    and index > cue.end
                    and self._same_entity(index - 1, mention.entity)
                )
                if not apposed:
                    return index
            index += 1
        return sentence_end

    def _same_entity(self, index: int, entity: int) -> bool:
        mention = self.references.by_token.get(index)
        return mention is not None and entity >= 0 and mention.entity == entity

    def _around(self, cue: FoundCue) -> list[Range]:
        """Words on both sides of an inserted cue, and the quotation that goes on after it."""
        start, end = sentence_bounds(self.doc, cue.anchor)
        first = cue.start if cue.source in ("preposition", "possessive") else self._first_of_group(cue)
        if first > 0 and self.doc[first - 1].lower_ in ("según", "como") and cue.source != "preposition":
            first -= 1
        insert_end = self._end_of_insert(cue)
        turn = self._turn_of_dialogue(cue)
        if turn is not None and self.doc[first - 1].text in _DASHES:
            return [(turn[0], first), (insert_end, turn[1])]
        left = self._left_of(cue, start, first)
        right = self._right_of(cue, insert_end, end, has_left=bool(left))
        return left + right

    def _turn_of_dialogue(self, cue: FoundCue) -> Range | None:
        """Tokens of a paragraph that a dash opens, the dash left out: "—Sí —dijo X—. Mañana mismo."."""
        start = cue.anchor
        while start > 0 and not (self.doc[start - 1].is_space and "\n" in self.doc[start - 1].text):
            start -= 1
        if self.doc[start].text not in _DASHES:
            return None
        end = cue.anchor
        while end < len(self.doc) and not (self.doc[end].is_space and "\n" in self.doc[end].text):
            end += 1
        return start + 1, end

    def _left_of(self, cue: FoundCue, start: int, first: int) -> list[Range]:
        if cue.source in ("preposition", "possessive") and first <= start:
            return []
        inside = quote_at(self.quotes, first)
        if inside is not None:
            return [(max(start, inside.start), first)] if inside.start < first else []
        quote = self._quote_ending_before(first)
        if quote is not None:
            if quote.start - 1 <= start or self._opens_after_break(quote, start):
                return [(quote.start, quote.end)]
            if self._introduced(quote, start):
                return [(quote.start, quote.end)]
        elif first <= start:
            return []
        if cue.source not in ("preposition", "possessive") and self._opens_clause(first, start):
            return []
        left_start = start
        for other in self.cues:
            if start <= other.anchor < first and other.source == "preposition" and other.start == start:
                left_start = self._end_of_insert(other) + 1
        word = self.doc[first - 2].lower_ if first - 2 >= left_start else ""
        if word in _CLAUSE_OPENERS:
            return []
        return [(left_start, first)] if left_start < first else []

    def _introduced(self, quote: Quote, start: int) -> bool:
        """Whether another cue already introduces the quotation, by a colon or "que"."""
        before = quote.start - 2
        if before < start:
            return True
        direct = self.doc[before].text == ":" or self.doc[before].lower_ == "que"
        return direct and any(quote.start - 14 <= other.anchor < quote.start for other in self.cues)

    def _opens_after_break(self, quote: Quote, start: int) -> bool:
        before = quote.start - 2
        return before >= 0 and self.doc[before].text in (":", "-", "–", "—") and before >= start

    def _right_of(self, cue: FoundCue, insert_end: int, end: int, *, has_left: bool) -> list[Range]:
        inside = quote_at(self.quotes, cue.anchor)
        if inside is not None:
            return [(insert_end, inside.end)] if insert_end < inside.end else []
        quote = next((q for q in self.quotes if insert_end <= q.start <= insert_end + 2), None)
        if quote is not None and quote.start <= end:
            between = self.doc[insert_end : quote.start].text
            if not any(char.isalpha() for char in between):
                return [(quote.start, quote.end)]
        if insert_end >= end:
            return []
        if not has_left:
            return [(insert_end, self._report_end(cue, insert_end, end))]
        if cue.source in ("preposition", "possessive"):
            goes_on = self.doc[insert_end].text == "," and self._clause_goes_on(cue, insert_end, end)
            return [(insert_end, self._report_end(cue, insert_end, end))] if goes_on else []
        verb = self.doc[cue.anchor]
        start, _ = sentence_bounds(self.doc, cue.anchor)
        left_verb = self._has_verb(start, cue.start)
        if not left_verb or (
            dep(verb) != "ROOT" and insert_end <= verb.head.i < end and self.doc[insert_end].text == ","
        ):
            return [(insert_end, self._report_end(cue, insert_end, end))]
        return []

    def _report_end(self, cue: FoundCue, start: int, end: int) -> int:
        """Sentence end, or where a later cue of its own begins ("…, y añadió que …")."""
        for other in self.cues:
            if (
                start < other.anchor < end
                and other.source in ("verb", "phrase")
                and other.anchor != cue.anchor
            ):
                first = self._first_of_group(other)
                if self.doc[first - 1].lower_ in ("y", "e", "pero") and dep(self.doc[other.anchor]) in (
                    "conj",
                    "ROOT",
                ):
                    return max(start, first - 1)
        return end

    def _clause_goes_on(self, cue: FoundCue, insert_end: int, end: int) -> bool:
        """Whether the main verb stands after the inserted phrase: "X, según Y, hizo Z"."""
        start, _ = sentence_bounds(self.doc, cue.anchor)
        verb_before = any(
            self.doc[i].pos_ in VERBAL
            and "Fin" in self.doc[i].morph.get("VerbForm", [])
            and dep(self.doc[i]) in ("ROOT", "conj", "aux", "cop")
            for i in range(start, cue.start)
        )
        after = self.doc[insert_end + 1 : insert_end + 2]
        return not verb_before or (
            len(after) > 0 and after[0].lower_ in ("que", "lo", "aunque", "pero", "porque", "por")
        )

    def _after(self, index: int) -> list[Range]:
        quote = next((q for q in self.quotes if index <= q.start <= index + 2), None)
        if quote is not None:
            return [(quote.start, quote.end)]
        return []

    def _quoted_after(self, cue: FoundCue) -> list[Range]:
        """A quotation that the cue introduces: after a colon, or right after cue and subject."""
        _, end = sentence_bounds(self.doc, cue.anchor)
        for index in range(cue.end, min(end + 1, len(self.doc))):
            token = self.doc[index]
            if token.text == ":":
                quotes = self._after(index + 1)
                if quotes:
                    return [] if self._has_object_between(cue, index) else quotes
                if index + 1 < end and cue.takes & {"clause"} and token.i - cue.end < 14:
                    return [(index + 1, end)]
                return []
            if index in self.layout.cues and index != cue.anchor:
                return []
            quote = next((q for q in self.quotes if q.start - 1 == index), None)
            if quote is not None:
                return self._introduced_quote(cue, quote, index)
        return []

    def _has_object_between(self, cue: FoundCue, colon: int) -> bool:
        """Whether a complement of the cue stands before the colon: "pidió paciencia: «…»"."""
        if not cue.takes & {"object", "infinitive"}:
            return False
        verb = self.doc[cue.anchor]
        return any(
            cue.end <= child.i < colon
            and dep(child) in ("obj", "xcomp", "ccomp")
            and child.pos_ != "PRON"
            and not case_of(child)
            for child in verb.rights
        )

    def _introduced_quote(self, cue: FoundCue, quote: Quote, index: int) -> list[Range]:
        between = [self.doc[i] for i in range(cue.end, index)]
        if any(t.pos_ in VERBAL and t.i != cue.anchor for t in between):
            return []
        if any(t.text == "," for t in between) and len(between) > 8:
            return []
        if between and between[-1].pos_ == "CCONJ":
            return []
        takes_phrase = cue.takes & {"object", "infinitive"} or cue.takes & _PREPOSITIONS
        spoken_to = (
            bool(between) and between[0].lower_ in ("a", "al") and between[-1].pos_ not in ("DET", "ADP")
        )
        if takes_phrase and between and not spoken_to and between[-1].pos_ in ("DET", "ADP", "ADJ", "NOUN"):
            return []
        if takes_phrase:
            return [(quote.start - 1, end_of_report(self.layout, self.doc[cue.anchor], quote.end))]
        return [(quote.start, quote.end)]

    def _following_quote(self, index: int) -> list[Range]:
        """The quotation that spells out what was just reported: "pidió paciencia: «…»"."""
        for position in (index, index + 1):
            if position < len(self.doc) and self.doc[position].text == ":":
                return self._after(position + 1)
        return []

    def _attribute(self, cue: FoundCue, verb: Token) -> Range | None:
        """What somebody or something is called; with what is called so where that is a thing.

        "calificó de «lamentable» la pelea" keeps both; "calificó la cita de «muy productiva»" the words alone,
        unless they are a single word (counted in the training articles).
        """
        _, end = sentence_bounds(self.doc, verb.i)
        for index in range(cue.end, min(end, cue.end + 30)):
            token = self.doc[index]
            if token.i in self.layout.cues:
                break
            quoted = next((q for q in self.quotes if q.start - 1 == index), None)
            opens = token.lower_ in ("de", "como") and (
                token.head.head.i == verb.i or self.doc[min(index + 1, end - 1)].is_quote or index == cue.end
            )
            if not opens and (
                quoted is None or verb.lemma_ not in ("llamar", "calificar", "definir", "considerar")
            ):
                continue
            start = index + 1 if opens else index
            stop = self._end_of_attribute(start, end, verb)
            adverbs = all(self.doc[i].pos_ == "ADV" for i in range(cue.end, index))
            if adverbs and stop < end and self._thing_follows(stop):
                return start, end_of_report(self.layout, verb, stop)
            if index > cue.end + 1 and sum(self.doc[i].is_alpha for i in range(start, stop)) == 1:
                first = self.doc[cue.end]
                if first.pos_ == "DET" and not any(
                    f for f in self.references.fillers(self.doc[cue.end + 1], "x") if f.entity >= 0
                ):
                    return cue.end, stop
            return start, stop
        return None

    def _thing_follows(self, index: int) -> bool:
        position = index + 1 if self.doc[index].is_quote else index
        if position >= len(self.doc):
            return False
        token = self.doc[position]
        return token.lower_ in (
            "el",
            "la",
            "los",
            "las",
            "que",
            "su",
            "sus",
            "lo",
            "ese",
            "esa",
            "este",
            "esta",
        )

    def _end_of_attribute(self, start: int, end: int, verb: Token) -> int:
        for quote in self.quotes:
            if start <= quote.start <= start + 2:
                return quote.end
        for index in range(start, end):
            token = self.doc[index]
            if token.text in (",", ";", ":") or (
                token.lower_ in ("y", "pero") and token.head.head.i == verb.i
            ):
                return index
            if index in self.layout.cues:
                return index
        return end

    def _question(self, verb: Token) -> Range | None:
        for child in verb.rights:
            if dep(child) in ("ccomp", "advcl", "obj", "xcomp", "obl"):
                first = child.left_edge
                if first.lower_ in (
                    "si",
                    "cómo",
                    "qué",
                    "quién",
                    "cuándo",
                    "dónde",
                    "cuánto",
                    "cuántos",
                    "cuál",
                    "por",
                ):
                    return first.i, child.right_edge.i + 1
        return None

    def _passive_content(self, verb: Token) -> tuple[list[Range], str | None, str]:
        """ "una acusación negada por X": the noun is what the statement is about."""
        noun = verb.head if dep(verb) in ("acl", "amod") else None
        if noun is None:
            subject = next((c for c in verb.lefts if dep(c) == "nsubj"), None)
            noun = subject
        if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
            return [], None, ""
        start, end = noun.left_edge.i, min(noun.right_edge.i + 1, verb.i)
        start = max(start, noun.i - 4)
        while start < noun.i and self.doc[start].pos_ not in ("DET", "ADJ", "NUM"):
            start += 1
        while end > noun.i + 1 and self.doc[end - 1].pos_ in ("AUX", "PRON", "ADV", "PUNCT", "SCONJ"):
            end -= 1
        for index in range(noun.i + 1, end):
            if self.doc[index].text == "," or self.doc[index].lower_ in ("que", "quien"):
                end = index
                break
        return self._trimmed([(start, end)]), "object", ""

    # --- quotations that go on -----------------------------------------------------------------

    def _continue_quotes(self) -> None:
        """Give quotations without a cue of their own to the statement before them."""
        used = [r for c in self.candidates for r in c.content]
        for quote in self.quotes:
            if quote.end - quote.start < 4 or any(a < quote.end and quote.start < b for a, b in used):
                continue
            before = quote.start - 2
            start, end = sentence_bounds(self.doc, quote.start)
            whole = quote.start - 1 <= start + 1 and (quote.end + 2 >= end or quote.end >= end)
            if not whole or before < 0:
                continue
            previous = [c for c in self.candidates if c.anchor < quote.start]
            if not previous:
                continue
            last = max(previous, key=lambda c: max([c.anchor, *(e for _, e in c.content)]))
            tail = max([c_end for _, c_end in last.content] + [last.anchor])
            gap = self.doc[tail : quote.start]
            if len(gap) <= 30 and sum(t.is_sent_start is True for t in gap) <= 1 and last.kind != "indirect":
                trimmed = self._trimmed([(quote.start, quote.end)])
                last.content = sorted(last.content + trimmed)
                last.kind = kind_of(self.layout, last.content)


def kinds_of_speakers() -> frozenset[Kind]:
    """Kinds that may speak."""
    return frozenset(Kind)
