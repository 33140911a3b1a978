"""What the antecedent judge looks at: how a description fits somebody, and where that one was mentioned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Entity, Mention
from streams.extraction.features import bucket
from streams.extraction.lexicon import fold
from streams.extraction.passage import sentences_between
from streams.extraction.syntax import SUBJECTS, case_of, dep
from streams.extraction.tokens import Doc, Token
from streams.extraction.told import Setting, Told, head_noun, names_in

_FARTHEST_RANK: Final = 4
"""Ranks by recency that are told apart."""
_LATELY: Final = 4
"""Of so many who were mentioned last one may be meant whatever is known of offices."""
_LONG_AGO: Final = 25
"""After so many others nobody without an office is meant; keeps time linear in the length of an article."""
_OPENING_TOKENS: Final = 25
"""How long the opening of an article is, in which its main figure is named."""
_TELLING: Final = frozenset({"NOUN", "PROPN", "ADJ"})


@dataclass(frozen=True, slots=True)
class DescriptionScene:
    """What all options of one description share.

    Attributes:
        rule: Whom the hand-written preferences choose.
        ranked: Entity → rank by its last mention before, the latest 0, of those who fit.
        names: Folded names in the description.
    """

    setting: Setting
    mention: Mention
    head: str
    determiner: str
    telling: frozenset[str]
    rule: int | None
    ranked: Mapping[int, int]
    names: Set[str]

    @property
    def capital(self) -> bool:
        """Whether the noun has a capital of its own, as institutions have: "la Procuraduría"."""
        token = self.setting.doc[self.mention.head]
        return token.text[:1].isupper() and not token.is_sent_start

    @property
    def bare(self) -> bool:
        """Whether the description is a noun alone: "la funcionaria"."""
        return self.mention.end - self.mention.start == 1


def set_scene(
    setting: Setting, mention: Mention, options: Sequence[Entity], rule: int | None
) -> DescriptionScene:
    """Look once at what does not depend on who is asked about."""
    doc = setting.doc
    last = [
        (max((m.start for m in e.mentions if m.end <= mention.start), default=-1), e.index) for e in options
    ]
    latest = [index for start, index in sorted(last, reverse=True) if start >= 0]
    return DescriptionScene(
        setting,
        mention,
        head_noun(doc, mention),
        _determiner(doc, mention),
        frozenset(
            fold(t.text)
            for t in doc[mention.start : mention.end]
            if t.pos_ in _TELLING and t.i != mention.head
        ),
        rule,
        {index: rank for rank, index in enumerate(latest)},
        names_in(doc, mention),
    )


def _determiner(doc: Doc, mention: Mention) -> str:
    """Class of the word before: article, possessive, demonstrative, none."""
    word = doc[mention.start - 1].lower_ if mention.start else ""
    if word in ("el", "la", "al", "del", "los", "las"):
        return "article"
    if word in ("su", "sus"):
        return "possessive"
    return "other" if word else "none"


def no_antecedent_features(at: DescriptionScene) -> list[str]:
    """What speaks for a description of somebody whom the article does not name."""
    mention = at.mention
    kind = mention.kind.value if mention.kind else ""
    return [
        "nobody",
        f"nobody-kind={kind}",
        f"nobody-rule={at.rule is not None}|{kind}",
        f"nobody-determiner={at.determiner}|{at.bare}",
        f"nobody-length={bucket(mention.end - mention.start)}|{kind}",
        f"nobody-office={','.join(sorted(mention.offices))}",
        f"nobody-head={at.head}",
        f"nobody-options={bucket(len(at.ranked))}|{kind}",
        f"nobody-country={bool(mention.country)}|{kind}",
        f"nobody-named={_names_something(at)}|{kind}",
        f"nobody-capital={at.capital}|{at.bare}|{kind}",
        f"nobody-generic={at.head in at.setting.words.generic_organizations}|{at.bare}",
    ]


def _names_something(at: DescriptionScene) -> bool:
    """Whether a name stands in the description: "la portavoz de Cáritas"."""
    return bool(at.names)


def is_likely(at: DescriptionScene, entity: Entity) -> bool:
    """Whether the judge should be asked about somebody.

    Not if another office, or none known, is told of one not mentioned lately, nor, unless of the same
    office, of one named only later: on the training articles it chose 11 of 5,700 such.
    """
    office = _office_fit(at, entity)
    rank = at.ranked.get(entity.index)
    if rank is None:
        return office in ("same", "unknown") or not entity.proper
    return rank < _LATELY or office == "same" or (office == "no-office" and rank < _LONG_AGO)


def antecedent_features(at: DescriptionScene, entity: Entity) -> list[str]:
    """How somebody fits a description, and where they were mentioned before it."""
    return _fit(at, entity) + _position(at, entity)


def _fit(at: DescriptionScene, entity: Entity) -> list[str]:
    mention = at.mention
    kinds = f"{mention.kind.value if mention.kind else ''}-{entity.kind.value}"
    office = _office_fit(at, entity)
    country = _agreement(mention.country, entity.country)
    gender = _agreement(mention.gender, entity.gender) if entity.kind is Kind.PERSON else "-"
    known = at.setting.told_of(entity)
    same_head = at.head in known.heads
    shared = _shared_words(at, known)
    rule = at.rule == entity.index
    inside = any(mention.start <= m.start and m.end <= mention.end for m in entity.mentions)
    counterpart = at.head in at.setting.words.counterpart
    first = fold(entity.name).split()[0] == at.head
    generic = at.head in at.setting.words.generic_organizations
    named = _names_agree(at, known)
    classes = at.mention.offices & entity.offices
    return [
        f"classes={','.join(sorted(classes))}|{rule}",
        f"first-word={first}|{at.capital}|{kinds}",
        f"generic={generic}|{at.bare}|{kinds}|{entity.proper}",
        f"generic+first={generic}|{first}|{at.capital}",
        f"named={named}|{kinds}",
        f"named+head={named}|{same_head}|{office}",
        f"rule={rule}",
        f"rule+kinds={rule}|{kinds}|{entity.proper}",
        f"kinds={kinds}|{entity.proper}",
        f"office={office}|{kinds}",
        f"office+country={office}|{country}",
        f"office+head={office}|{same_head}",
        f"office+gender={office}|{gender}",
        f"country={country}|{kinds}",
        f"gender={gender}",
        f"same-head={same_head}|{kinds}",
        f"shared={shared}|{kinds}",
        f"shared+head={shared}|{same_head}",
        f"inside={inside}",
        f"counterpart={counterpart}|{at.determiner}|{country}",
        f"generic-office={bool(at.setting.words.generic.get(at.head))}|{office}|{at.bare}",
        f"head={at.head}|{entity.kind.value}|{entity.proper}",
        f"rule+office={rule}|{office}|{country}",
        f"bare={at.bare}|{kinds}|{office}",
    ]


def _office_fit(at: DescriptionScene, entity: Entity) -> str:
    """Whether offices agree: the same class, one that the noun may mean, another, or unknown."""
    classes = at.setting.words.generic.get(at.head, frozenset())
    if not at.mention.offices and not classes:
        return "no-office"
    if not entity.offices:
        return "unknown"
    if at.mention.offices & entity.offices:
        return "same"
    return "possible" if classes & entity.offices or "any" in classes else "other"


def _agreement(one: str | None, other: str | None) -> str:
    if not one or not other:
        return f"unknown-{bool(one)}"
    return "same" if one == other else "other"


def _shared_words(at: DescriptionScene, known: Told) -> str:
    """How much of what the description adds to its noun was said of somebody before."""
    if not at.telling:
        return "nothing-added"
    found = len(at.telling & known.words)
    return "all" if found == len(at.telling) else ("some" if found else "none")


def _names_agree(at: DescriptionScene, known: Told) -> str:
    """Whether names in the description ("del Celta") stand in what was said of somebody before."""
    if not at.names:
        return "no-names"
    if not known.names:
        return "unknown"
    return "same" if at.names & known.names else "other"


def _position(at: DescriptionScene, entity: Entity) -> list[str]:
    mention, doc = at.mention, at.setting.doc
    before = [m for m in entity.mentions if m.end <= mention.start]
    rank = min(at.ranked[entity.index], _FARTHEST_RANK) if before else "later"
    gap, where, cue, case = "never", "none", False, ""
    if before:
        last = max(before, key=lambda m: m.start)
        head = doc[last.head]
        gap = bucket(sentences_between(doc, last.start, mention.start))
        where = "subject" if _is_subject(head) else dep(head)
        cue = head.head.lemma_ in at.setting.lexicon.cues.verbs
        case = case_of(head)
    subject_here = dep(doc[mention.head]) in SUBJECTS
    office = _office_fit(at, entity)
    return [
        f"rank={rank}",
        f"rank+kind={rank}|{entity.kind.value}|{entity.proper}",
        f"rank+office={rank}|{office}",
        f"gap={gap}|{entity.kind.value}",
        f"gap+office={gap}|{office}",
        f"rank+gap={rank}|{gap}",
        f"where={where}|{gap in ('0', '1')}",
        f"where+rank={where}|{rank}",
        f"spoke={where == 'subject' and cue}|{gap in ('0', '1')}|{subject_here}",
        f"case={case}|{gap == '0'}",
        f"opens={entity.mentions[0].start < _OPENING_TOKENS}",
        f"mentions={bucket(len(entity.mentions))}|{entity.proper}",
        f"determiner={at.determiner}|{rank}",
        f"bare+rank={at.bare}|{rank}",
        f"head+rank={at.head}|{rank}",
        f"counterpart={at.head in at.setting.words.counterpart}|{rank}|{where}",
        f"gap+rank+kind={gap}|{rank}|{entity.kind.value}",
    ]


def _is_subject(head: Token) -> bool:
    """Whether a name is a subject, or stands beside one: "la ministra Eva Gil"."""
    return dep(head) in SUBJECTS or (dep(head) in ("flat", "appos") and dep(head.head) in SUBJECTS)
