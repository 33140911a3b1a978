"""Content as a complement of its cue: clause, infinitive, object, prepositional phrase, question.

The tree decides where it is sound for small parsers (clauses with "que"); close wording decides where
they err: a "que" hung on a noun, a phrase hung on the object.
"""

from __future__ import annotations

from typing import Final

from streams.extraction.layout import Layout, Range
from streams.extraction.report_bounds import end_of_phrase, end_of_report
from streams.extraction.syntax import VERBAL, case_of, children, dep, finite_part, sentence_bounds
from streams.extraction.tokens import Token

_CLAUSAL: Final = frozenset({"ccomp", "xcomp", "obj", "csubj", "advcl", "obl", "parataxis"})
_OBJECTS: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
_CONTRACTIONS: Final = {"al": "a", "del": "de"}
_QUE_REACH: Final = 14
"""Tokens after a cue in which its "que" is looked for."""
_PREPOSITION_REACH: Final = 30
"""Tokens after a cue in which its preposition is looked for."""


def clause_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "dijo que …": from after "que" to the end of what is reported."""
    que = _reported_que(layout, verb)
    return None if que is None else (que + 1, end_of_report(layout, verb, que + 1))


def _reported_que(layout: Layout, verb: Token) -> int | None:
    """Token of the "que" that opens the reported clause, None when there is none."""
    for child in verb.rights:
        if dep(child) in _CLAUSAL:
            for mark in children(child, "mark"):
                if mark.lower_ == "que" and verb.i < mark.i and not _is_relative(mark, verb):
                    return int(mark.i)
    return _que_by_order(layout, verb)


def _is_relative(que: Token, verb: Token) -> bool:
    """Whether a comma before "que" makes it a relative, if none follows the cue ("dijo, por fin, que")."""
    return que.doc[que.i - 1].text == "," and que.doc[verb.i + 1].text != "," and que.i > verb.i + 3


def _que_by_order(layout: Layout, verb: Token) -> int | None:
    """What the parser missed: "que" after the verb, no verb between, with the looks of a conjunction."""
    doc = layout.doc
    end = min(sentence_bounds(doc, verb.i)[1], verb.i + _QUE_REACH)
    for index in range(verb.i + 1, end):
        token = doc[index]
        if token.lower_ == "que":
            close = index == verb.i + 1 or doc[index - 1].lower_ in ("de", "en", "a", "hoy", "ayer")
            if _is_relative(token, verb):
                return None
            return index if close or token.head.head.i == verb.i or _is_conjunction(token, verb) else None
        if token.pos_ in VERBAL or token.text in (":", ";", '"', "."):
            return None
    return None


def _is_conjunction(que: Token, verb: Token) -> bool:
    """Whether "que" opens what is said though it hangs on a noun: "pidió a X que haga", "dijo en X que Y …".

    A relative clause has no subject besides its "que", and is not subjunctive after a verb of asking. On a
    bare object it may have one: "denunció la cantidad que X quiere imponer".
    """
    clause = que.head if que.head.pos_ in VERBAL or que.head.i > que.i else que.head.head
    if "Sub" in finite_part(clause).morph.get("Mood", []):
        return True
    if clause.head.head.i == verb.i and dep(clause.head) == "obj" and not case_of(clause.head):
        return False
    return any(dep(c) == "nsubj" and c.i > que.i for c in clause.children) and verb.is_ancestor(clause)


def infinitive_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "prometió volver" and "pidió a X hacer …"."""
    for child in verb.rights:
        if dep(child) in _CLAUSAL and "Inf" in child.morph.get("VerbForm", []):
            start = max(verb.i + 1, child.left_edge.i)
            while start < child.i and layout.doc[start].pos_ in ("ADP", "PUNCT", "SCONJ"):
                start += 1
            return start, end_of_report(layout, verb, start)
    return None


def object_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "anunció recortes": the direct object as a noun phrase, clitics apart."""
    for child in verb.rights:
        if dep(child) not in ("obj", "nsubj") or child.pos_ not in _OBJECTS or _case_mark(child):
            continue
        if dep(child) == "nsubj" and _agrees(child, verb):
            continue
        alone = child.left_edge.i == child.right_edge.i
        if child.pos_ == "PRON" and alone and child.lower_ not in ("lo", "eso", "esto"):
            continue
        start = child.left_edge.i if child.left_edge.i > verb.i else child.i
        return start, end_of_phrase(layout, verb, child, start)
    return None


def _case_mark(token: Token) -> bool:
    return any(dep(child) == "case" for child in token.lefts)


def _agrees(subject: Token, verb: Token) -> bool:
    number = subject.morph.get("Number", [])
    return not number or number == finite_part(verb).morph.get("Number", [])


def prepositional_content(
    layout: Layout, verb: Token, prepositions: frozenset[str], *, addressee: bool = False
) -> tuple[Range, str] | None:
    """Content after a preposition: "acusó a Y de …", "insistió en …"; its preposition is returned too.

    Args:
        layout: The doc.
        verb: The cue.
        prepositions: Those that the cue takes.
        addressee: The first "a" may introduce who is spoken to ("instó a X a hacer …").
    """
    limit = sentence_bounds(layout.doc, verb.i)[1]
    for index in range(verb.i + 1, min(limit, verb.i + _PREPOSITION_REACH)):
        token = layout.doc[index]
        if token.text in (";", ":", ".") or index in layout.cue_verbs:
            return None
        word = _CONTRACTIONS.get(token.lower_, token.lower_)
        if word not in prepositions or token.pos_ not in ("ADP", "SCONJ") or not _hangs_on(token, verb):
            continue
        if word == "a" and addressee and not _opens_act(layout, index + 1):
            continue
        start = index + 2 if index + 1 < limit and layout.doc[index + 1].lower_ == "que" else index + 1
        return (start, end_of_report(layout, verb, start)), word
    return None


def _hangs_on(preposition: Token, verb: Token) -> bool:
    """Whether a preposition's phrase depends on the verb, over its object at most, or comes next."""
    if preposition.i == verb.i + 1:
        return True
    current = preposition.head
    for _ in range(3):
        if current.i == verb.i:
            return True
        current = current.head
        if current.pos_ in VERBAL and current.i != verb.i:
            return False
    return current.i == verb.i


def _opens_act(layout: Layout, index: int) -> bool:
    """Whether an infinitive, "que" or a quotation follows: what somebody is asked to do, not who is asked."""
    for token in layout.doc[index : index + 3]:
        if "Inf" in token.morph.get("VerbForm", []) or token.lower_ == "que" or token.is_quote:
            return True
        if token.pos_ not in ("ADV", "PRON"):
            return False
    return False


def invitation_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "invitó a X a Moscú": whom and where, prepositions included, as no clause says it."""
    for child in verb.rights:
        if dep(child) in ("obj", "obl", "iobj") and case_of(child) == "a":
            return child.left_edge.i, end_of_report(layout, verb, child.i)
    return None


def question_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "preguntó si …", "explicó cómo …", the question word included."""
    words = layout.references.lexicon.grammar["question_words"]
    for child in verb.rights:
        if dep(child) in _CLAUSAL and child.left_edge.lower_ in words:
            return child.left_edge.i, child.right_edge.i + 1
    return None


def noun_content(layout: Layout, noun: Token) -> Range | None:
    """Content of a noun cue: "la promesa de que …", "la petición de volver", "el anuncio de despidos"."""
    near = [c for c in noun.rights if c.i - noun.i <= 12 and c.left_edge.i > noun.i]
    limit = min(noun.right_edge.i + 1, sentence_bounds(layout.doc, noun.i)[1])
    for child in near:
        if dep(child) in ("acl", "ccomp", "advcl", "xcomp") and child.pos_ in VERBAL:
            marks = [t for t in child.lefts if dep(t) in ("mark", "case")]
            if marks and marks[-1].pos_ != "PRON":
                keeps = marks[-1].lower_ == "a" and "Inf" in child.morph.get("VerbForm", [])
                start = marks[-1].i if keeps else marks[-1].i + 1
                return start, min(child.right_edge.i + 1, limit)
    for child in near:
        if dep(child) in ("nmod", "obl", "appos") and child.pos_ in ("NOUN", "NUM"):
            case = [t for t in child.lefts if dep(t) == "case"]
            if case and case[0].lower_ in ("de", "del", "contra", "por"):
                return case[-1].i + 1, min(child.right_edge.i + 1, limit)
    return None


def passive_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "una acusación negada por X": the noun is what the statement is about."""
    noun = (
        verb.head
        if dep(verb) in ("acl", "amod")
        else next((c for c in verb.lefts if dep(c) == "nsubj"), None)
    )
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    doc = layout.doc
    start = max(noun.left_edge.i, noun.i - 4)
    while start < noun.i and doc[start].pos_ not in ("DET", "ADJ", "NUM"):
        start += 1
    end = min(noun.right_edge.i + 1, verb.i)
    while end > noun.i + 1 and doc[end - 1].pos_ in ("AUX", "PRON", "ADV", "PUNCT", "SCONJ"):
        end -= 1
    relative = (i for i in range(noun.i + 1, end) if doc[i].text == "," or doc[i].lower_ in ("que", "quien"))
    return start, next(relative, end)
