"""Which date belongs to a candidate: temporal expressions near and far, ranked by a judge.

The rule of `dates` gives its own answer; the judge sees it as one feature among those of distance, tree
and wording, so that it overrules it only where the training articles say so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from streams.extraction.annotations import Candidate, DateFiller
from streams.extraction.dates import DatedRange
from streams.extraction.features import bucket, verb_form
from streams.extraction.judges import Judge
from streams.extraction.scene import Scene
from streams.extraction.stance import stance_features
from streams.extraction.stays import Stay, stays_of
from streams.extraction.temporal.calendar import Calendar
from streams.extraction.tokens import Doc

_START = attrgetter("start")
_LEAD_TOKENS = 70
"""Start of an article: the day that it gives often holds for all that follows."""

Option = DatedRange | Stay


def date_options(
    doc: Doc, candidate: Candidate, dated: Sequence[DatedRange], calendar: Calendar
) -> list[Option]:
    """Expressions that may date a candidate: of its sentence and of the one before.

    A statement's stand outside its content. For the others, stays spanned by two expressions or by one
    and a duration are options too. (Two sentences back, or the lead, cost more than they gave: F1 out of
    fold 80.1 against 81.7.)
    """
    sent = doc[candidate.anchor].sent
    earlier = doc[sent.start - 1].sent.start if sent.start else 0
    near = dated[bisect_left(dated, earlier, key=_START) : bisect_left(dated, sent.end, key=_START)]
    outside = [d for d in near if not any(a <= d.start < b for a, b in candidate.content)]
    here = [d for d in outside if d.start >= sent.start]
    before = [d for d in outside if d.start < sent.start]
    if candidate.type == "statement":
        return [*before, *here]
    return [*before, *here, *stays_of(doc, candidate, here, before, calendar)]


def date_features(scene: Scene, candidate: Candidate, option: Option, options: Sequence[Option]) -> list[str]:
    """How a temporal expression stands to a trigger."""
    doc = scene.doc
    token = doc[candidate.anchor]
    kind = "statement" if candidate.type == "statement" else "event"
    value = option.value
    published = doc._.published.isoformat() if doc._.published is not None else ""
    when = "same" if value == published else "future" if value > published else "past"
    chosen = candidate.date is not None and candidate.date.value == value
    form = verb_form(token)
    sort = option.sort
    if sort != "said":
        kind = f"{kind}-stay"
    elif option.start < token.sent.start:
        kind = f"{kind}-far"
    features = stance_features(
        doc, token, option.start, option.end, doc[option.governor], kind, scene.triggers
    )
    here = sum(doc[o.start].sent.start == token.sent.start and o.sort == "said" for o in options)
    lead = doc[max(0, option.start - 1)].lower_
    features += [
        f"rule={kind}|{chosen}",
        f"rule-other={kind}|{candidate.date is not None and not chosen}",
        f"rule={candidate.type}|{chosen}|{candidate.date is not None}",
        f"value={kind}|{len(value)}",
        f"when+form={kind}|{when}|{form}",
        f"when={kind}|{when}",
        f"when+type={candidate.type}|{when}",
        f"basis={kind}|{option.mention.basis.value}",
        f"options={kind}|{bucket(here)}",
        f"position={kind}|{_rank(options, option)}",
        f"word={kind}|{option.mention.text.split()[0].lower()}",
        f"lead={kind}|{lead}",
        f"lead+tree={kind}|{lead}|{doc[option.governor].i == token.i}",
        f"sort={candidate.type}|{sort}",
        f"lemma={kind}|{token.lemma}",
        f"early={kind}|{option.start < _LEAD_TOKENS}",
        f"alone={kind}|{_alone(doc, option)}",
        f"same={kind}|{bucket(sum(o.value == value for o in options))}",
    ]
    if sort != "said":
        features += [f"stay={sort}|{word}" for word in option.signs]
    return features


def _alone(doc: Doc, option: Option) -> bool:
    """Whether the sentence is little more than the date: the head of an entry in a calendar."""
    sent = doc[option.start].sent
    return sum(not t.is_punct and not t.is_space for t in sent) - (option.end - option.start) <= 3


def _rank(options: Sequence[Option], option: Option) -> str:
    return str(min(3, next(i for i, o in enumerate(reversed(options)) if o is option)))


def choose_date(
    scene: Scene,
    candidate: Candidate,
    dated: Sequence[DatedRange],
    calendar: Calendar,
    judge: Judge,
    *,
    certainty: float = 1.0,
) -> DateFiller | None:
    """The most probable date, None when none is probable enough.

    Args:
        scene: The candidates of the article.
        candidate: Whose date it is.
        dated: Temporal expressions of the article.
        calendar: Words of the language.
        judge: Ranks the options.
        certainty: Probability that the candidate is an event; a date of none would be wrong.
    """
    options = date_options(scene.doc, candidate, dated, calendar)
    scored = [(judge.probability(date_features(scene, candidate, o, options)), o) for o in options]
    if not scored:
        return None
    score, option = max(scored, key=lambda pair: pair[0])
    return option.filler(score) if score * certainty >= judge.threshold else None
