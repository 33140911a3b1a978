"""Which forms of a cue verb report something that was said."""

from __future__ import annotations

from streams.extraction.annotations import Quote
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import VERBAL, case_of, children, dep, finite_part, is_finite, is_negated
from streams.extraction.tokens import Token


def may_report(verb: Token, lexicon: Lexicon, quotes: list[Quote]) -> bool:
    """Whether a verb form can tell that something was said at all; a judge decides whether it does.

    Not what was not said, is yet to come or ordered, nor one's own performatives inside a quotation.
    """
    cues = lexicon.cues
    if is_negated(verb) and verb.lemma_ not in cues.negated_cues | cues.negated_acts.keys():
        return _not_only(verb)
    inside = quote_at(quotes, verb.i) is not None
    if is_finite(verb):
        morph = finite_part(verb).morph
        if "Fut" in morph.get("Tense", []) or "Imp" in morph.get("Mood", []):
            return False
        return not inside or "1" not in morph.get("Person", []) or "Past" in morph.get("Tense", [])
    return "Part" not in verb.morph.get("VerbForm", []) or _has_auxiliary(verb)


def _not_only(verb: Token) -> bool:
    """Whether "no" goes with "sólo": "no sólo saludó …, sino que reclamó …"."""
    before = [token.lower_ for token in verb.doc[max(0, verb.i - 3) : verb.i]]
    return any(word in ("sólo", "solo", "solamente") for word in before)


def _has_auxiliary(participle: Token) -> bool:
    """Whether a participle belongs to a compound tense, its own or that of the verb it is joined to."""
    if children(participle, "aux"):
        return True
    head = participle.head
    return (
        dep(participle) == "conj" and "Part" in head.morph.get("VerbForm", []) and bool(children(head, "aux"))
    )


def surely_reports(verb: Token, lexicon: Lexicon, quotes: list[Quote]) -> bool:
    """Whether a verb form tells that something was said: not negated, not wished for, of no first person."""
    if is_negated(verb) and verb.lemma_ not in lexicon.cues.negated_cues:
        return False
    inside = quote_at(quotes, verb.i) is not None
    if is_finite(verb):
        return _tells(verb) and _own_person(verb, inside=inside)
    form = verb.morph.get("VerbForm", [])
    if inside:
        return False
    if "Inf" in form:
        return _reported_infinitive(verb, lexicon)
    return "Ger" in form or ("Part" in form and bool(children(verb, "aux")))


def _tells(verb: Token) -> bool:
    """Whether a finite verb says that it happened: no future, conditional, subjunctive, imperative, "si"."""
    morph = finite_part(verb).morph
    if "Fut" in morph.get("Tense", []) or set(morph.get("Mood", [])) & {"Cnd", "Imp", "Sub"}:
        return False
    if any(mark.lower_ == "si" for mark in children(verb, "mark")):
        return False
    # "lo que llamó …": words borrowed inside another's
    return [t.lower_ for t in verb.doc[max(0, verb.i - 2) : verb.i]] != ["lo", "que"]


def _own_person(verb: Token, *, inside: bool) -> bool:
    """Whether the person fits: no first outside quotations; inside, only what somebody named had said."""
    person = finite_part(verb).morph.get("Person", [])
    if not inside:
        return "1" not in person
    past = "Past" in finite_part(verb).morph.get("Tense", [])
    return past and "3" in person and bool(children(verb, "nsubj"))


def _reported_infinitive(verb: Token, lexicon: Lexicon) -> bool:
    """Whether an infinitive was carried out: "al decir", "tras pedir", "quiso recordar"."""
    doc = verb.doc
    index = verb.i - 1
    while index > 0 and doc[index].lower_ in ("no", "de", "a", "que", "también"):
        index -= 1
    before = lexicon.grammar["before_infinitive"]
    if doc[max(index, 0)].lower_ in before or doc[max(0, verb.i - 1)].lower_ in ("al", "tras"):
        return True
    host = verb.head
    if host.i >= verb.i or host.pos_ not in VERBAL or fold(host.lemma_) not in lexicon.cues.infinitive_hosts:
        return False
    morph = finite_part(host).morph
    return "Past" in morph.get("Tense", []) and "Cnd" not in morph.get("Mood", []) and not is_negated(host)


def has_agent(verb: Token) -> bool:
    """Whether a phrase with "por" depends on the verb."""
    return any(case_of(child) == "por" for child in verb.rights)
