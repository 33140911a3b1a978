"""What the speaker judge looks at: how somebody stands to a cue, in the sentence and in the passage."""

from __future__ import annotations

from schemas import Kind
from streams.extraction.annotations import Mention
from streams.extraction.cue_finder import FoundCue
from streams.extraction.features import bucket
from streams.extraction.passage import dependency_path, same_paragraph, sentences_between
from streams.extraction.speaker_options import SpeakerOption
from streams.extraction.speaker_scene import NEVER, CueScene
from streams.extraction.syntax import SUBJECTS, case_of, dep
from streams.extraction.tokens import Doc, Token

_OPENING_TOKENS = 25
"""How long the opening of an article is, in which its main figure is named."""


def speaker_features(at: CueScene, option: SpeakerOption) -> list[str]:
    """How an option stands to a cue."""
    features = _of_the_option(at, option)
    if option.local is not None:
        features += _in_the_sentence(at, option, option.local)
    else:
        features.append(f"not-local|{at.cue.source}|{at.dropped}")
        features.append(f"not-local|{at.lemma}")
        features.append(f"not-local|{at.place}|{at.number}")
    if option.entity is not None:
        features += _in_the_passage(at, option)
        features += _by_turns(at, option)
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
        f"rule+place={how}|{at.place}",
        f"rule+sort={how}|{sort}",
        f"sort={sort}",
        f"office={office}",
        f"number={at.number}|{kind}",
        f"lemma+kind={at.lemma}|{kind}",
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
    near = bucket(_distance(mention, at.cue))
    rule = option.filler is not None
    subject = dep(head) in SUBJECTS
    agrees = ("Plur" in at.number) == mention.plural
    described = not mention.proper
    nearest = _is_nearest(at, mention, side)
    return [
        f"path={path}",
        f"path+side={path}|{side}",
        f"path+case={path}|{case}",
        f"path+source={path}|{at.cue.source}",
        f"path+within={path}|{within}",
        f"path+dropped={path}|{at.dropped}",
        f"side+case={side}|{case}|{within}",
        f"side+between={side}|{inner}|{case}",
        f"side+near={side}|{near}|{case}|{within}",
        f"within={within}|{rule}",
        f"subject={subject}|{side}|{within}",
        f"subject+governor={subject}|{_governor(head.head, anchor)}|{within}",
        f"agrees={agrees}|{rule}|{described}",
        f"path+agrees={path}|{agrees}",
        f"described={described}|{rule}",
        f"quoted={at.scene.is_quoted(mention.start)}|{rule}",
        f"quoted+place={at.scene.is_quoted(mention.start)}|{at.place}",
        f"kind+path={path}|{mention.kind.value if mention.kind else ''}",
        f"dropped+subject={at.dropped}|{subject}|{within}|{side}",
        f"nearest={nearest}|{side}|{case}|{within}",
        f"nearest+between={nearest}|{side}|{inner}|{at.dropped}",
        f"case+number={case}|{at.number}|{at.dropped}",
        f"layout={at.layout}|{side}|{within}|{nearest}",
        f"document={_document_part(at, head)}",
    ]


def _is_nearest(at: CueScene, mention: Mention, side: str) -> bool:
    """Whether no other name or description that no preposition governs stands between it and the cue."""
    doc = at.scene.doc
    start, end = (at.cue.end, mention.start) if side == "after" else (mention.end, at.cue.start)
    by_token = at.scene.references.by_token
    for index in range(start, end):
        other = by_token.get(index)
        if other is None or other.kind is None or other.entity == mention.entity or other.head != index:
            continue
        if not case_of(doc[index]):
            return False
    return True


def _document_part(at: CueScene, head: Token) -> str:
    """How a mention stands to the document whose relative clause the cue is in."""
    if at.document is None:
        return "none"
    if head.i == at.document.i:
        return "itself"
    if any(above.i == at.document.i for above in head.ancestors):
        return "inside"
    return "its-subject" if dep(head) in SUBJECTS and head.head.i == at.document.head.i else "other"


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
    """How long ago it was mentioned, as what, and how often."""
    entity, doc = option.entity, at.scene.doc
    assert entity is not None
    turn = at.turns.get(entity.index, NEVER)
    index, d = at.cue.start, at.dropped
    gap, where = "never", "none"
    paragraph = hidden = quoted = False
    if option.last is not None:
        gap = bucket(sentences_between(doc, option.last.start, index))
        where = dep(doc[option.last.head])
        paragraph = same_paragraph(doc, option.last.start, index)
        hidden = option.last.start in at.scene.references.hidden
        quoted = at.scene.is_quoted(option.last.start)
    local = option.local is not None
    return [
        f"gap={gap}|{d}",
        f"gap+where={gap}|{where in SUBJECTS}|{d}",
        f"where={where}|{d}|{local}",
        f"paragraph={paragraph}|{d}|{turn}",
        f"mentions={bucket(len(entity.mentions))}|{d}",
        f"kind={entity.kind.value}|{entity.proper}|{d}|{bool(entity.offices)}",
        f"kind+number={entity.kind.value}|{entity.plural}|{at.number}|{d}",
        f"first={entity.mentions[0].start < _OPENING_TOKENS}|{d}",
        f"hidden={hidden}|{d}",
        f"quoted-last={quoted}|{d}",
        f"source={at.cue.source}|{d}|{turn}",
        f"person={entity.kind is Kind.PERSON}|{turn}|{gap}|{d}",
    ]


def _by_turns(at: CueScene, option: SpeakerOption) -> list[str]:
    """Whether it spoke or was subject lately, and whether the cue goes on or answers."""
    entity = option.entity
    assert entity is not None
    d, local, rule = at.dropped, option.local is not None, option.filler is not None
    turn, subject = at.turns.get(entity.index, NEVER), at.subject_ranks.get(entity.index, NEVER)
    spoken = at.spoken_since[0] in ("0", "1")
    return [
        f"turn={turn}|{d}",
        f"turn+rule={turn}|{subject}|{rule}|{d}",
        f"turn+since={turn}|{at.spoken_since[turn]}|{d}",
        f"turn+spoken={turn}|{spoken}|{d}",
        f"turn+subject={turn}|{subject}|{local}|{d}",
        f"turn+place={turn}|{at.place}|{d}",
        f"turn+layout={turn}|{at.layout}|{d}",
        f"turn+lemma={turn}|{at.lemma}|{d}",
        f"turn+clitic={turn}|{at.clitic}|{d}",
        f"turn+document={turn}|{at.document is not None}",
        f"main-subject={subject}|{d}|{local}",
        f"subject+since={subject}|{at.subject_since[subject]}|{d}",
        f"latest={at.spoke_later}|{turn}|{subject}|{d}",
    ]
