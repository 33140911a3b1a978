"""Where a candidate happens: place names near and far, ranked by a judge.

Named are towns, countries and regions, and bodies with a seat that a sentence puts something in ("en el
Congreso"). The rule of `places` gives its own answer, which the judge sees as one feature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Candidate, Mention, PlaceFiller
from streams.extraction.features import bucket, verb_form
from streams.extraction.judges import Judge
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.places import place_filler
from streams.extraction.references import References
from streams.extraction.scene import Scene
from streams.extraction.stance import stance_features
from streams.extraction.syntax import ancestors_or_self, case_of, children, dep
from streams.extraction.tokens import Doc, Token

_REACH_TOKENS: Final = 150
"""How far before the sentence of a trigger a place may be named that still holds for it."""
_LEAD_TOKENS: Final = 60
"""Start of an article, dateline included: its places often hold for all that follows."""
_NEAR, _LEADING = 5, 3
"""Most places taken from what precedes, and from the lead."""
_LOCATIVE: Final = frozenset({"en", "a", "hacia", "por", "desde"})


def place_options(doc: Doc, candidate: Candidate, references: References) -> list[Mention]:
    """Place names that may be where a candidate happens, in text order; none from a statement's content."""
    sent = doc[candidate.anchor].sent
    reach = _REACH_TOKENS // 4 if candidate.type == "statement" else _REACH_TOKENS
    timeline = references.timeline

    def named(start: int, end: int) -> list[Mention]:
        found = (m for m in timeline.between(start, end) if m.proper)
        return [m for m in found if not any(a <= m.start < b for a, b in candidate.content)]

    here = [m for m in named(sent.start, sent.end) if m.place or _located(doc, m)]
    near = [m for m in named(sent.start - reach, sent.start) if m.place][-_NEAR:]
    opening = named(0, min(_LEAD_TOKENS, sent.start))
    lead = [m for m in opening if m.place and m not in near][:_LEADING]
    return [*lead, *near, *here]


def _located(doc: Doc, mention: Mention) -> bool:
    """Whether something is put into a body: "en el Congreso", "en la sede de la ONU"."""
    case = case_of(doc[mention.head])
    return case == "en" or (case == "de" and case_of(doc[mention.head].head) == "en")


def place_features(
    scene: Scene,
    candidate: Candidate,
    option: Mention,
    options: Sequence[Mention],
    references: References,
) -> list[str]:
    """How a place name stands to a trigger."""
    doc = scene.doc
    token, head = doc[candidate.anchor], doc[option.head]
    kind = candidate.type if candidate.type in ("statement", "visit") else "event"
    if option.start < token.sent.start:
        kind = f"{kind}-far"
    ruled = candidate.place
    chosen = ruled is not None and ruled.mention == (option.start, option.end)
    case, sort = _case(head, references.lexicon), _sort(option)
    rank = _rank(options, option)
    pointing = _points_back(token, references.lexicon)
    same = sum(fold(o.text) == fold(option.text) for o in options)
    name = fold(place_filler(option, references).name)
    named = ruled is not None and fold(ruled.name) == name
    mentioned = references.timeline.places[fold(option.text)]
    features = stance_features(doc, token, option.start, option.end, head.head, kind, scene.triggers)
    return [
        *features,
        *scene.claim_features(candidate, kind, place=name),
        f"mentioned={kind}|{bucket(mentioned)}|{sort}",
        f"rule={kind}|{chosen}",
        f"rule-name={kind}|{named}",
        f"rule-other={kind}|{ruled is not None and not named}",
        f"rule={candidate.type}|{named}|{ruled is not None}",
        f"case={kind}|{case}",
        f"case+dep={kind}|{case}|{dep(head)}",
        f"case+here={kind}|{case}|{option.start >= token.sent.start}",
        f"sort={kind}|{sort}",
        f"sort+case={kind}|{sort}|{case}",
        f"type+sort={candidate.type}|{sort}",
        f"options={kind}|{bucket(len(options))}",
        f"position={kind}|{rank}",
        f"points={kind}|{pointing}|{rank}",
        f"governor={kind}|{head.head.lemma}",
        f"governor-pos={kind}|{head.head.pos_}|{case}",
        f"filler={kind}|{any(f.mention == (option.start, option.end) for f in candidate.fillers)}",
        f"filler-name={kind}|{any(fold(f.name) == fold(option.text) for f in candidate.fillers)}",
        f"town-too={kind}|{sort}|{_town_too(option, options)}",
        f"dateline={kind}|{_dateline(doc, option)}",
        f"lead={kind}|{option.start < _LEAD_TOKENS}",
        f"same={kind}|{bucket(same)}",
        f"form={kind}|{option.start >= token.sent.start}|{verb_form(token)}",
        f"lemma={candidate.type}|{option.start >= token.sent.start}|{token.lemma}",
        f"lemma+case={candidate.type}|{case}|{token.lemma}",
    ]


def _case(head: Token, lexicon: Lexicon) -> str:
    """Preposition of the phrase that a name stands in: "en la ciudad de X" is "en+de"."""
    case = case_of(head)
    if case != "de" or head.head.pos_ != "NOUN":
        return case
    outer = case_of(head.head)
    noun = head.head.lemma if head.head.lemma in lexicon.grammar["place_nouns"] else "noun"
    return f"{outer}+{noun}+de" if outer in _LOCATIVE else "de"


def _sort(option: Mention) -> str:
    if option.kind is None:
        return "town"
    return f"{option.kind.value}{'' if option.place else '-body'}"


def _points_back(token: Token, lexicon: Lexicon) -> str:
    """Word in the clause of a trigger that points to a place named before: "allí", "en la ciudad"."""
    for verb in list(ancestors_or_self(token))[:3]:
        for child in verb.children:
            if child.lower_ in lexicon.grammar["place_adverbs"]:
                return child.lower_
            if child.lemma in lexicon.grammar["place_nouns"] and case_of(child) in _LOCATIVE:
                return "noun" if not children(child, "nmod") else "named"
    return "-"


def _town_too(option: Mention, options: Sequence[Mention]) -> bool:
    """Whether another option lies in the same country and is named more narrowly."""
    return option.country is not None and any(
        o.country == option.country and o.kind is not Kind.COUNTRY and fold(o.text) != fold(option.text)
        for o in options
    )


def _dateline(doc: Doc, option: Mention) -> bool:
    """Whether the name opens a line and a dateline follows: "Quito, 15 ene.-", "MADRID.-"."""
    opens = option.start == 0 or "\n" in doc[option.start - 1].text
    end = doc[option.start : option.start + 14]
    return opens and any(t.text.endswith((".-", ".–", ".—", "—", "–")) for t in end)


def _rank(options: Sequence[Mention], option: Mention) -> str:
    return str(min(4, next(i for i, o in enumerate(reversed(options)) if o is option)))


def choose_place(
    scene: Scene, candidate: Candidate, references: References, judge: Judge, *, certainty: float = 1.0
) -> PlaceFiller | None:
    """The most probable place; the rule's own where it named none of the options ("la capital rusa").

    Args:
        scene: The candidates of the article.
        candidate: Whose place it is.
        references: Names of the article.
        judge: Ranks the options.
        certainty: Probability that the candidate is an event; a place of none would be wrong.
    """
    if candidate.place is not None and _described(candidate.place, references):
        return candidate.place
    options = place_options(scene.doc, candidate, references)
    scored = [
        (judge.probability(place_features(scene, candidate, o, options, references)), o) for o in options
    ]
    if not scored:
        return candidate.place
    score, option = max(scored, key=lambda pair: pair[0])
    return (
        replace(place_filler(option, references), score=score)
        if score * certainty >= judge.threshold
        else None
    )


def _described(place: PlaceFiller, references: References) -> bool:
    return place.mention is not None and all(
        (m.start, m.end) != place.mention for m in references.mentions if m.place
    )
