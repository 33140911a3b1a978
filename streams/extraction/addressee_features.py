"""What the addressee judge looks at: the cue, where somebody stands to it, what a clitic may mean."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Kind
from streams.extraction.addressee_options import AddresseeOption
from streams.extraction.annotations import Mention
from streams.extraction.features import bucket
from streams.extraction.passage import dependency_path
from streams.extraction.speaker_scene import NEVER, CueScene, ranks_of
from streams.extraction.syntax import SUBJECTS, VERBAL, case_of, dep
from streams.extraction.tokens import Token

_RELATIVES = ("que", "quien", "quienes", "cual", "cuales")
_DATIVES = ("le", "les")
_OTHERS = ("lo", "la", "los", "las", "me", "nos")


@dataclass(frozen=True, slots=True)
class Address:
    """What all options of one cue share: its act, where it has its addressee, its clitic."""

    at: CueScene
    act: str
    place: str
    clitic: str
    relative: Token | None


def address_of(at: CueScene, act: str, place: str | None) -> Address:
    """Look once at what does not depend on who is asked about.

    Args:
        at: The cue and what was said before.
        act: Act of the statement.
        place: Where the cue's reading has its addressee: `a`, `object`, None.
    """
    anchor = at.scene.doc[at.cue.anchor]
    return Address(at, act, place or "none", _clitic_of(anchor), _addressed_antecedent(anchor))


def _clitic_of(verb: Token) -> str:
    """The clitic of a verb, the pronoun before it or the one at its end: "le pidió", "pedirle"."""
    found = next((c for c in verb.lefts if c.pos_ == "PRON" and c.lower_ in _DATIVES + _OTHERS), None)
    if found is not None:
        return str(found.lower_)
    if verb.lower_.endswith(("rle", "rles", "ndole", "ndoles")):
        return "les" if verb.lower_.endswith("s") else "le"
    return ""


def _addressed_antecedent(verb: Token) -> Token | None:
    """Noun whose relative clause with "a" the cue is: "los estudiantes, a los que pidió …"."""
    if dep(verb) != "acl":
        return None
    relative = next(
        (c for c in verb.lefts if c.lower_ in ("que", "quien", "quienes", "cual", "cuales")), None
    )
    return verb.head if relative is not None and case_of(relative) == "a" else None


def addressee_features(address: Address, option: AddresseeOption) -> list[str]:
    """How an option stands to a cue."""
    at, act = address.at, address.act
    kind = option.entity.kind.value if option.entity is not None else "place"
    rule = option.filler is not None
    features = [
        f"act={act}",
        f"place={address.place}",
        f"lemma={at.lemma}",
        f"rule={rule}",
        f"rule+act={rule}|{act}",
        f"rule+clitic={rule}|{bool(address.clitic)}",
        f"kind={kind}",
        f"clitic={address.clitic}",
    ]
    if option.mention is not None:
        features += _here(address, option.mention, kind, rule=rule)
    elif option.entity is not None:
        features += _before(address, option, kind)
    if option.entity is not None:
        turn = at.turns.get(option.entity.index, NEVER)
        heard = ranks_of(at.scene.heard[:-4:-1]).get(option.entity.index, NEVER)
        local = option.mention is not None
        features += [
            f"turn={turn}|{local}|{address.clitic != ''}",
            f"turn+lemma={turn}|{at.lemma}|{local}",
            f"heard={heard}|{local}|{address.clitic != ''}",
            f"heard+act={heard}|{act}|{local}",
            f"medium={option.entity.medium}|{act}",
        ]
    return features


def _here(address: Address, mention: Mention, kind: str, *, rule: bool) -> list[str]:
    """Its words in the sentence: preposition, path, distance, part of what is said or not."""
    at, doc = address.at, address.at.scene.doc
    anchor, head = doc[at.cue.anchor], doc[mention.head]
    path = dependency_path(head, anchor)
    side = "after" if mention.start >= at.cue.end else "before"
    relative = address.relative is not None and head.i == address.relative.i
    case = "relative" if relative else _case_in_list(head)
    within = any(start <= mention.head < end for start, end in at.content)
    near = bucket(mention.start - at.cue.end if side == "after" else at.cue.start - mention.end)
    where = f"{side}|{within}"
    part = _part_of_content(head, anchor) if within else ""
    quoted = at.scene.is_quoted(mention.start)
    crosses = _crosses_verb(anchor, mention)
    close = head.head.i == anchor.i or head.head.head.i == anchor.i
    return [
        f"case={case}|{where}",
        f"case+act={case}|{address.act}|{where}",
        f"case+lemma={case}|{at.lemma}|{where}",
        f"case+place={case}|{address.place}|{where}",
        f"case+near={case}|{near}|{where}",
        f"case+kind={case}|{kind}|{where}",
        f"path={path}|{case}",
        f"path+act={path}|{address.act}|{case}",
        f"path+place={path}|{address.place}|{case}",
        f"relative={relative}",
        f"reach={case}|{where}|{crosses}|{close}",
        f"reach+act={case}|{where}|{crosses}|{close}|{address.act}",
        f"reach+place={case}|{where}|{crosses}|{address.place}",
        f"part={part}|{address.act}",
        f"part+case={part}|{case}|{address.act}",
        f"quoted={quoted}|{within}",
        f"rule+case={rule}|{case}|{where}",
        f"clitic+case={address.clitic}|{case}|{where}",
        f"proper={mention.proper}|{case}|{where}",
        f"head={head.lemma if not mention.proper else ''}|{case}",
    ]


def _case_in_list(head: Token) -> str:
    """Preposition of a nominal, or of the first of the list that it goes on: "a A, B y C"."""
    case, current = case_of(head), head
    while not case and dep(current) == "conj":
        current = current.head
        case = case_of(current)
    return case


def _part_of_content(head: Token, anchor: Token) -> str:
    """What somebody is in the words said: subject of their verb, possessor, or deeper."""
    if dep(head) in SUBJECTS and head.head.pos_ in VERBAL:
        direct = head.head.head.i == anchor.i
        mood = "".join(head.head.morph.get("Mood", []))
        return f"subject-{direct}-{mood}"
    if dep(head) == "nmod":
        return f"possessor-{head.head.head.i == anchor.i}"
    return "direct" if head.head.i == anchor.i else "deep"


def _crosses_verb(anchor: Token, mention: Mention) -> bool:
    start, end = sorted((anchor.i, mention.head))
    return any(token.pos_ == "VERB" for token in anchor.doc[start + 1 : end])


def _before(address: Address, option: AddresseeOption, kind: str) -> list[str]:
    """Somebody named before the sentence: whom a clitic or an answer may mean."""
    at, entity = address.at, option.entity
    assert entity is not None
    plural = entity.plural or entity.kind is Kind.GROUP
    agrees = address.clitic.endswith("s") == plural
    main = at.subject_ranks.get(entity.index, NEVER)
    clitic = address.clitic
    return [
        f"before|{clitic}",
        f"before|{at.lemma}|{clitic != ''}",
        f"before+agrees={clitic}|{agrees}",
        f"before+rank={option.rank}|{clitic != ''}|{agrees}",
        f"before+kind={kind}|{clitic}|{agrees}",
        f"before+main={main}|{clitic != ''}",
        f"before+act={address.act}|{clitic != ''}",
        f"before+rule={option.filler is not None}|{clitic != ''}|{option.rank}",
        f"before+layout={at.layout}|{at.lemma}",
    ]
