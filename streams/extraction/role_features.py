"""How somebody stands to a trigger: features of the judge of roles.

Each feature is given twice, for the role and for all roles of those who act, so that a rare role
learns from the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas import Kind
from streams.extraction.annotations import Candidate, Mention
from streams.extraction.features import bucket, verb_form
from streams.extraction.frame_checks import is_verbal
from streams.extraction.quotes import quote_at
from streams.extraction.role_context import RoleContext
from streams.extraction.role_options import Option
from streams.extraction.syntax import NOMINAL, VERBAL, case_of, children, dep, finite_part, has_se, is_passive
from streams.extraction.tokens import Token

_MAX_CLIMB = 6
_HOSTING = frozenset({"host"})


def role_features(
    candidate: Candidate,
    roles: Sequence[str],
    option: Option,
    options: Sequence[Option],
    context: RoleContext,
) -> dict[str, list[str]]:
    """Whether an option fills a role of a candidate, for each of these roles."""
    token = context.doc[candidate.anchor]
    standing = [
        *_positions(token, option, options),
        *_who(option, options, context),
        *_trigger(token, candidate, option),
    ]
    around = [
        *(f for mention in option.near for f in _mention(token, mention, context)),
        *_around(token, option, context),
    ]
    return {
        role: list(
            dict.fromkeys(
                [
                    *_proposal(candidate, role, option),
                    *standing,
                    *_elsewhere(candidate, role, option, context),
                    *around,
                ]
            )
        )
        for role in roles
    }


def prefixes_of(role: str) -> tuple[str, ...]:
    """Under which names the judge has the features of a role: its own, and that of all who act."""
    return (role,) if role in _HOSTING else (role, "party")


def full_names(role: str, features: Sequence[str]) -> list[str]:
    """Features of a role with each of its prefixes, as the judge is trained on them."""
    return [f"{prefix}|{feature}" for prefix in prefixes_of(role) for feature in features]


def _proposal(candidate: Candidate, role: str, option: Option) -> Iterator[str]:
    """What the rules make of the option."""
    same = [f for f in option.proposed if f.role == role]
    rivals = [f for f in candidate.of_role(role) if f.entity != option.filler.entity]
    yield f"rule={bool(same)}"
    yield f"rule+sure={bool(same)}|{not candidate.doubts}"
    yield f"rule+rivals={bool(same)}|{bucket(len(rivals))}"
    if same:
        yield f"rule-how={same[0].resolved_by.value}|{same[0].kind.value}"
    if option.proposed and not same:
        yield f"rule-role={option.proposed[0].role}"
    if option.entity is None:
        yield f"unknown={option.filler.kind.value}"


def _positions(token: Token, option: Option, options: Sequence[Option]) -> Iterator[str]:
    """Where the option stands around the trigger, and how many others stand there."""
    lemma, kind = token.lemma, option.filler.kind.value
    pos = "verb" if is_verbal(token) else "noun"
    names = list(dict.fromkeys(name for name, _ in option.positions))
    yield f"positions={pos}|{'+'.join(names)}"
    yield f"positioned={pos}|{bool(names)}|{bool(option.near)}|{kind}"
    for name, filler in option.positions:
        yield f"position={pos}|{name}"
        yield f"position+kind={pos}|{name}|{kind}"
        yield f"position+how={pos}|{name}|{filler.resolved_by.value}"
        yield f"position+lemma={lemma}|{name}"
        if not is_verbal(token):
            yield f"position+governor={token.head.lemma}|{name}"
    for name in names:
        beside = sum(any(name == other for other, _ in o.positions) for o in options)
        yield f"position+beside={pos}|{name}|{bucket(beside)}"


def _who(option: Option, options: Sequence[Option], context: RoleContext) -> Iterator[str]:
    kind = option.filler.kind.value
    yield f"kind={kind}"
    entity = option.entity
    if entity is None:
        return
    yield f"proper={kind}|{entity.proper}"
    yield f"rank={kind}|{min(4, context.ranks[entity.index])}"
    yield f"mentions={kind}|{bucket(len(entity.mentions))}"
    yield f"office={kind}|{bool(entity.offices)}"
    yield f"speaks={kind}|{bucket(context.speaking.get(entity.index, 0))}"
    if entity.kind is not Kind.PERSON and entity.country:
        for_it = any(
            o.filler.kind is Kind.PERSON and o.filler.country == entity.country and o.near for o in options
        )
        yield f"person-for-it={kind}|{for_it}|{bool(option.near)}"
    if option.near and entity.kind is Kind.PERSON:
        yield f"people={bucket(sum(o.filler.kind is Kind.PERSON and bool(o.near) for o in options))}"


def _trigger(token: Token, candidate: Candidate, option: Option) -> Iterator[str]:
    lemma = token.lemma
    where = "near" if option.near else "back" if option.back else "ahead" if option.ahead else "far"
    yield f"where={where}|{option.filler.kind.value}"
    yield f"lemma+where={lemma}|{where}"
    yield f"lemma+kind={lemma}|{option.filler.kind.value}"
    yield f"lemma+kind+where={lemma}|{option.filler.kind.value}|{where}"
    yield f"lemma+kind+placed={lemma}|{option.filler.kind.value}|{bool(option.positions)}"
    if is_verbal(token):
        subject = bool(children(token, "nsubj"))
        number = "".join(finite_part(token).morph.get("Number", []))
        yield f"where+subject={where}|{subject}|{number}"
        yield f"form={where}|{verb_form(token)}"
    else:
        own = any(c.lower_ in ("su", "sus") for c in token.lefts)
        yield f"where+possessive={where}|{own}"
        yield f"where+bare={where}|{bool(candidate.fillers)}"
    if candidate.place is not None and option.near:
        yield f"place={any(candidate.place.mention == (m.start, m.end) for m in option.near)}"
    if candidate.place is not None and candidate.place.country:
        local = candidate.place.country == option.filler.country
        yield f"local={local}|{option.filler.kind.value}|{where}"


def _elsewhere(candidate: Candidate, role: str, option: Option, context: RoleContext) -> Iterator[str]:
    if option.entity is None:
        return
    others = [
        (kind, other, abs(anchor - candidate.anchor))
        for (kind, other), anchors in context.filled.get(option.entity.index, {}).items()
        for anchor in anchors
        if anchor != candidate.anchor
    ]
    same = [distance for kind, other, distance in others if (kind, other) == (candidate.type, role)]
    yield f"elsewhere={bucket(len(same))}|{bool(option.near)}"
    if same:
        yield f"elsewhere-distance={bucket(min(same))}"
    for kind, other in sorted({(k, o) for k, o, _ in others}):
        yield f"elsewhere-role={kind}|{other}"


def _mention(token: Token, mention: Mention, context: RoleContext) -> Iterator[str]:
    """How one mention of the trigger's sentence stands to it."""
    doc = context.doc
    head, joined = _phrase_head(doc[mention.head])
    path = _path(token, head)
    case = case_of(head)
    lemma = token.lemma
    side = "after" if mention.start > token.i else "before"
    kind = mention.kind.value if mention.kind is not None else "none"
    holder = _holder(head, mention, context)
    yield f"inside={holder}|{kind}"
    yield f"inside+path={holder}|{path}"
    yield f"path={path}"
    yield f"path+case={path}|{case}"
    yield f"path+case+kind={path}|{case}|{kind}"
    yield f"lemma+path+case={lemma}|{path}|{case}"
    yield f"lemma+case={lemma}|{side}|{case}"
    yield f"case+kind={side}|{case}|{kind}"
    yield f"joined={joined}|{kind}"
    yield f"dep={dep(head)}|{side}|{case}"
    yield f"governor={head.head.lemma}|{dep(head)}"
    yield f"passive={is_passive(token)}|{has_se(token)}|{path}"
    start = max(0, mention.start - 3)
    for word in doc[start : mention.start]:
        yield f"word-before={word.lower_}"
    distance = mention.start - token.i if side == "after" else token.i - mention.end
    yield f"distance={side}|{bucket(max(0, distance))}"
    low, high = sorted((token.i, mention.start))
    yield f"verbs={side}|{bucket(doc.tally('verbs', low + 1, high))}"
    yield f"breaks={side}|{bucket(doc.tally('breaks', low + 1, high))}"
    rivals = sum(
        m.entity >= 0 and m.entity != mention.entity and low < m.start < high
        for m in map(context.references.by_token.get, range(low + 1, high))
        if m is not None
    )
    yield f"names-between={side}|{bucket(rivals)}"
    quoted = quote_at(context.quotes, mention.start) is not None
    yield f"quoted={quoted}|{quote_at(context.quotes, token.i) is not None}"


def _holder(head: Token, mention: Mention, context: RoleContext) -> str:
    """Kind of the words that a name is part of: the person in "el presidente de Bolivia, X"; "" for none."""
    for current in (head, *_climb(head)):
        other = context.references.by_token.get(current.i)
        if other is not None and other is not mention and other.entity != mention.entity:
            return other.kind.value if other.kind is not None else "none"
        if dep(current) not in ("nmod", "flat", "appos", "conj", "amod"):
            return ""
    return ""


def _phrase_head(token: Token) -> tuple[Token, str]:
    """Head of the coordination or apposition that a name is in, and how it is joined to it."""
    joined = ""
    for _ in range(_MAX_CLIMB):
        if dep(token) not in ("conj", "appos", "flat") or token.head.pos_ not in NOMINAL:
            break
        joined = joined or dep(token)
        token = token.head
    return token, joined


def _path(token: Token, head: Token) -> str:
    """Relations from the trigger up to the common governor and down to the phrase; "far" beyond six."""
    below = [head, *_climb(head)]
    positions = {t.i: n for n, t in enumerate(below)}
    ups: list[str] = []
    current = token
    for _ in range(_MAX_CLIMB + 1):
        if current.i in positions:
            downs = [dep(t) for t in reversed(below[: positions[current.i]])]
            if len(ups) + len(downs) > _MAX_CLIMB:
                return "far"
            return "<".join(["", *ups]) + ">".join(["", *downs]) or "self"
        if current.head.i == current.i:
            return "apart"
        ups.append(dep(current))
        current = current.head
    return "far"


def _climb(token: Token) -> Iterator[Token]:
    for _ in range(_MAX_CLIMB):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def _around(token: Token, option: Option, context: RoleContext) -> Iterator[str]:
    """How mentions of the sentences around stand there, and whether the option tells of the event."""
    for name, mention in (("back", option.back), ("ahead", option.ahead)):
        if mention is None or option.near:
            continue
        head, _ = _phrase_head(context.doc[mention.head])
        kind = mention.kind.value if mention.kind is not None else "none"
        yield f"{name}={dep(head)}|{head.head.dep_ == 'ROOT'}|{kind}"
        yield f"{name}-distance={bucket(abs(mention.start - token.i))}|{kind}"
        if head.head.pos_ in VERBAL:
            yield f"{name}-verb={dep(head)}|{head.head.lemma}"
    if option.entity is None:
        return
    tellers = context.tellers_of(token.i)
    if tellers is not None:
        yield f"tells={option.entity.index in tellers}|{bool(option.near)}"
