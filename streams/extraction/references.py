"""Words in a role → whom they mean: the entity, a metonym's country, a plural's members, or a description."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Entity, Filler, Mention
from streams.extraction.dropped_subjects import Subject, choose_subject
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.office_lists import holders_of_office
from streams.extraction.pairs import members_of_pair
from streams.extraction.reference_words import ReferenceWords
from streams.extraction.syntax import SUBJECTS, antecedent_of, conjuncts, dep
from streams.extraction.timeline import Timeline
from streams.extraction.tokens import Doc, Token

__all__ = ["References", "Subject"]

_PRONOUN_REACH_TOKENS: Final = 150
"""How far back a pronoun may point."""
_MAX_DESCRIPTION: Final = 12
"""Tokens of the longest description used as a name; the gold's longest has 14."""


@dataclass(slots=True)
class References:
    """Answers "who is that?" for one doc; remembers subjects for sentences that drop theirs."""

    doc: Doc
    lexicon: Lexicon
    words: ReferenceWords
    mentions: list[Mention]
    entities: list[Entity]
    by_token: dict[int, Mention] = field(default_factory=dict)
    subjects: list[Subject] = field(default_factory=list)
    main_subjects: list[Subject] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    timeline: Timeline = field(init=False)

    def __post_init__(self) -> None:
        self.timeline = Timeline(self.mentions, self.entities)
        for mention in sorted(self.mentions, key=lambda m: -(m.end - m.start)):
            for index in range(mention.start, mention.end):
                self.by_token[index] = mention
        for mention in self.mentions:
            self.by_token[mention.head] = mention
        self._collect_subjects()

    def _collect_subjects(self) -> None:
        for token in self.doc:
            if dep(token) not in SUBJECTS or (token.pos_ == "PRON" and token.lower_ not in ("él", "ella")):
                continue
            if token.head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
                continue
            found = self.fillers(token, "subject")
            if found and all(self._animate(filler) for filler in found):
                plural = len(found) > 1 or "Plur" in token.morph.get("Number", [])
                subject = Subject(token.i, tuple(found), plural)
                self.subjects.append(subject)
                if self.is_main_subject(subject):
                    self.main_subjects.append(subject)

    def _animate(self, filler: Filler) -> bool:
        """Somebody who may go on speaking: known, and no medium or document."""
        return filler.entity >= 0 and not self.entities[filler.entity].medium

    def fillers(self, token: Token, role: str, *, agentive: bool = True) -> list[Filler]:
        """Whom a nominal refers to, its coordinated members included.

        Args:
            token: Head of the noun phrase, or a relative pronoun.
            role: Role that the fillers get.
            agentive: They act, so a capital stands for its state.
        """
        if token.lower_ in self.lexicon.grammar["relative_pronouns"] and token.pos_ in (
            "PRON",
            "DET",
            "SCONJ",
        ):
            antecedent = antecedent_of(token)
            if antecedent is None or antecedent.i == token.i:
                return []
            return self._one(antecedent, role, agentive=agentive)
        found: list[Filler] = []
        for member in conjuncts(token):
            for filler in self._one(member, role, agentive=agentive):
                if all(filler.name != other.name for other in found):
                    found.append(filler)
        return found

    def _one(self, token: Token, role: str, *, agentive: bool) -> list[Filler]:
        pair = self._pair(token, role)
        if pair:
            return pair
        mention = self.by_token.get(token.i)
        if mention is not None and mention.plural and not mention.proper:
            members = self._listed_after(mention)
            if len(members) > 1:
                return [filler_of(role, self.entities[m.entity], m) for m in members]
            holders = holders_of_office(self.doc, mention, role, self.entities, self.lexicon)
            if any(holder.entity >= 0 for holder in holders):
                return holders
        if mention is not None and mention.kind is not None and mention.entity >= 0:
            entity = self.entities[mention.entity]
            return [filler_of(role, entity, mention)]
        named = self._apposed_name(token)
        if named is not None:
            return [filler_of(role, self.entities[named.entity], named)]
        if mention is not None and mention.place:
            return [self._from_place(mention, role)] if agentive else []
        if token.pos_ == "PRON" and token.lower_ in self.lexicon.grammar["person_pronouns"]:
            return self._pronoun(token, role)
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and not token.is_punct and not self._no_name(token):
            return self._described(token, role)
        return []

    def _no_name(self, token: Token) -> bool:
        """Words that the parser takes for a subject but that name nobody: participles, times, adverbs."""
        if "Part" in token.morph.get("VerbForm", []):
            return True
        return token.lemma in self.lexicon.grammar["times"]

    def _pronoun(self, token: Token, role: str) -> list[Filler]:
        """Whom "él", "ella" or "este" means: the last who is surely, or else may be, of that gender."""
        gender = "f" if token.lower_ in ("ella", "esta", "ésta", "aquella") else "m"
        possible: Entity | None = None
        for mention in reversed(self.mentions):
            if mention.end > token.i or mention.entity < 0 or mention.kind is not Kind.PERSON:
                continue
            if token.i - mention.end > _PRONOUN_REACH_TOKENS:
                break
            entity = self.entities[mention.entity]
            if entity.medium or entity.gender not in ("", gender):
                continue
            if entity.gender:
                return [self._meant(token, role, entity)]
            possible = possible or entity
        return [self._meant(token, role, possible)] if possible is not None else []

    def _meant(self, token: Token, role: str, entity: Entity) -> Filler:
        span, how = (token.i, token.i + 1), ResolvedBy.COREFERENCE
        return Filler(role, entity.name, entity.kind, entity.index, entity.country, span, how)

    def _listed_after(self, mention: Mention) -> list[Mention]:
        """Names that spell a plural out: "los ministros de X e Y, A y B"."""
        found: list[Mention] = []
        index = mention.end
        if index >= len(self.doc) or self.doc[index].text not in (",", ":", "(", "—", "–"):
            return []
        while index < min(len(self.doc), mention.end + 40):
            token = self.doc[index]
            named = self.by_token.get(index)
            if named is not None and named.proper and named.kind is Kind.PERSON and named.start == index:
                found.append(named)
                index = named.end
                continue
            if token.pos_ in ("VERB", "AUX", "SCONJ") or token.is_space or token.text in (".", ";"):
                break
            index += 1
        return found

    def _apposed_name(self, token: Token) -> Mention | None:
        """Name set beside a noun that no list knows: "el conseller, Vicent Aparici"."""
        if token.pos_ not in ("NOUN", "ADJ") or "Plur" in token.morph.get("Number", []):
            return None
        _, end = self.description_range(token)
        for position in (end, end + 1):
            if position > end and (end >= len(self.doc) or self.doc[end].text != ","):
                return None
            mention = self.by_token.get(position)
            if mention and mention.proper and mention.start == position and mention.kind is Kind.PERSON:
                return mention
        return None

    def _pair(self, token: Token, role: str) -> list[Filler]:
        start, end = token.left_edge.i, token.i + 1
        start = max(start, token.i - 4)
        members = members_of_pair(self.doc, start, end, self.entities, self.mentions, self.words)
        return [
            Filler(role, e.name, e.kind, e.index, e.country, (token.i, token.i + 1), ResolvedBy.COREFERENCE)
            for e in members
        ]

    def _from_place(self, mention: Mention, role: str) -> Filler:
        country = self.lexicon.capitals.get(fold(mention.text))
        span = (mention.start, mention.end)
        if country is not None:
            return Filler(
                role, country.name, Kind.COUNTRY, -1, country.iso or None, span, ResolvedBy.METONYMY
            )
        return Filler(role, mention.text, Kind.ORGANIZATION, -1, None, span, ResolvedBy.NAME)

    def _described(self, token: Token, role: str) -> list[Filler]:
        start, end = self.description_range(token)
        text = self.doc.text_of(start, end).strip()
        if not text or not any(char.isalpha() for char in text):
            return []
        plural = "Plur" in token.morph.get("Number", [])
        kind = Kind.GROUP if plural or token.pos_ != "PROPN" else Kind.ORGANIZATION
        return [Filler(role, text, kind, -1, None, (start, end), ResolvedBy.DESCRIPTION)]

    def description_range(self, token: Token) -> tuple[int, int]:
        """Token range of a noun phrase as a name: no article, nothing after a comma or a relative."""
        start = max(token.left_edge.i, token.i - 4)
        while start < token.i and (
            self.doc[start].lower_ in self.lexicon.grammar["determiners"]
            or self.doc[start].pos_ in ("ADP", "PUNCT", "CCONJ")
        ):
            start += 1
        end = token.i + 1
        limit = min(token.right_edge.i + 1, token.i + _MAX_DESCRIPTION)
        while end < limit:
            current = self.doc[end]
            if (
                current.is_punct
                or current.is_space
                or current.lower_ in ("que", "quien", "quienes", "donde", "y", "e")
            ):
                break
            if current.pos_ == "VERB" or current.pos_ == "AUX":
                break
            end += 1
        while end > token.i + 1 and self.doc[end - 1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "ADV"):
            end -= 1
        return start, end

    def dropped_subject(
        self, index: int, role: str, *, plural: bool, speakers: list[Subject]
    ) -> list[Filler]:
        """Whom a verb without subject means: `dropped_subjects.choose_subject` among those met so far."""
        start = self.doc[index].sent.start
        main, others = self.main_subjects, self.subjects
        chosen = choose_subject(index, start, speakers, main, others, hidden=self.hidden, plural=plural)
        return chosen.as_dropped(role) if chosen is not None else []

    def is_main_subject(self, subject: Subject) -> bool:
        """Whether a subject is that of a sentence's main verb, or of one coordinated with it."""
        verb = self.doc[subject.index].head
        while dep(verb) == "conj" and verb.head is not verb:
            verb = verb.head
        return verb.dep_ == "ROOT"

    def hide(self, start: int, end: int) -> None:
        """Leave out subjects between two tokens: they are in somebody's words."""
        self.hidden.update(range(start, end))


def filler_of(role: str, entity: Entity, mention: Mention) -> Filler:
    """An entity in a role, by the words of one of its mentions."""
    return Filler(
        role,
        entity.name,
        entity.kind,
        entity.index,
        entity.country,
        (mention.start, mention.end),
        _how(entity, mention),
    )


def _how(entity: Entity, mention: Mention) -> ResolvedBy:
    if mention.proper:
        return ResolvedBy.NAME if fold(mention.text) == fold(entity.name) else ResolvedBy.ALIAS
    return mention.resolved_by
