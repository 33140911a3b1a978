"""Where the reported words begin and end: que-clauses, quotations, what stands around an inserted cue.

All ranges are token ranges of one doc; `trim` takes punctuation and quotation marks off the edges as
the annotation guidelines say ("quotation marks stay out of a span that lies entirely within them").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from streams.extraction.annotations import Quote
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import VERBAL, children, dep, finite_part, sentence_bounds

Range = tuple[int, int]
_EDGE: Final = frozenset({",", ";", ":", ".", "-", "–", "—", "...", "…", "(", ")", "¡", "!", "¿", "?"})
_STOPS: Final = frozenset({",", ";", ":", "-", "–", "—", "(", ")", ".", '"'})


@dataclass(frozen=True, slots=True)
class Layout:
    """What content finding knows of the doc: quotations, cue verbs, and inserted attributions.

    Attributes:
        cues: Tokens that are cue verbs.
        inserts: Token ranges of ", según X" and ", dijo X", never part of anybody's words.
    """

    doc: Doc
    quotes: list[Quote]
    cues: frozenset[int]
    inserts: tuple[Range, ...] = ()


def clause_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "dijo que …": from after "que" to the end of what is reported."""
    que = _reported_que(layout, verb)
    if que is None:
        return None
    start = que + 1
    return start, end_of_report(layout, verb, start)


def infinitive_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "prometió volver" and "pidió a X hacer …"."""
    for child in verb.rights:
        if dep(child) in ("xcomp", "ccomp", "obj", "csubj", "advcl", "obl") and "Inf" in child.morph.get(
            "VerbForm"
        ):
            start = max(verb.i + 1, child.left_edge.i)
            while start < child.i and layout.doc[start].pos_ in ("ADP", "PUNCT", "SCONJ"):
                start += 1
            return start, end_of_report(layout, verb, start)
    return None


def object_content(layout: Layout, verb: Token) -> Range | None:
    """Content of "anunció recortes": the direct object as a noun phrase, clitics apart."""
    for child in verb.rights:
        if dep(child) not in ("obj", "nsubj") or child.pos_ not in (
            "NOUN",
            "PROPN",
            "PRON",
            "NUM",
            "ADJ",
            "DET",
        ):
            continue
        if child.i < verb.i or _preposition(child) or (dep(child) == "nsubj" and _agrees(child, verb)):
            continue
        if (
            child.pos_ == "PRON"
            and len(list(child.subtree)) == 1
            and child.lower_ not in ("lo", "eso", "esto")
        ):
            continue
        start = child.left_edge.i
        if start <= verb.i:
            start = child.i
        return start, _end_of_phrase(layout, verb, child, start)
    return None


def prepositional_content(
    layout: Layout, verb: Token, prepositions: frozenset[str], *, addressee: bool = False
) -> tuple[Range, str] | None:
    """Content after a preposition: "acusó a Y de …", "insistió en …"; its preposition is returned too.

    Args:
        addressee: The first "a" may introduce who is spoken to ("instó a X a hacer …").
    """
    limit = sentence_bounds(layout.doc, verb.i)[1]
    fallback: tuple[Range, str] | None = None
    for index in range(verb.i + 1, min(limit, verb.i + 30)):
        token = layout.doc[index]
        word = {"al": "a", "del": "de"}.get(token.lower_, token.lower_)
        if token.text in (";", ":", ".") or (token.i in layout.cues and token.i != verb.i):
            break
        if word in prepositions and token.pos_ in ("ADP", "SCONJ") and _hangs_on(token, verb):
            start = index + 1
            if start < limit and layout.doc[start].lower_ == "que":
                start += 1
            found = (start, end_of_report(layout, verb, start)), word
            if word != "a" or not addressee or _opens_act(layout, index + 1):
                return found
            fallback = fallback or found
    return None if addressee else fallback


def _opens_act(layout: Layout, index: int) -> bool:
    """Whether an infinitive, "que" or a quotation follows: what somebody is asked to do, not who is asked."""
    doc = layout.doc
    for token in doc[index : index + 3]:
        if "Inf" in token.morph.get("VerbForm", []) or token.lower_ == "que" or token.is_quote:
            return True
        if token.pos_ not in ("ADV", "PRON"):
            return False
    return False


def noun_content(layout: Layout, noun: Token) -> Range | None:
    """Content of a noun cue: "la promesa de que …", "la petición de volver", "el anuncio de despidos"."""
    near = [c for c in noun.rights if c.i - noun.i <= 12 and c.left_edge.i > noun.i]
    for child in near:
        if dep(child) in ("acl", "ccomp", "advcl", "xcomp") and child.pos_ in VERBAL:
            marks = [t for t in child.lefts if dep(t) in ("mark", "case")]
            if not marks or marks[-1].pos_ == "PRON":
                continue
            keeps = marks[-1].lower_ == "a" and "Inf" in child.morph.get("VerbForm", [])
            start = marks[-1].i if keeps else marks[-1].i + 1
            return start, _end_of_nominal(layout, noun, child)
    for child in near:
        if dep(child) in ("nmod", "obl", "appos") and child.pos_ in ("NOUN", "NUM"):
            case = [t for t in child.lefts if dep(t) == "case"]
            if case and case[0].lower_ in ("de", "del", "contra", "por"):
                return case[-1].i + 1, _end_of_nominal(layout, noun, child)
    return None


def _end_of_nominal(layout: Layout, noun: Token, child: Token) -> int:
    end = min(child.right_edge.i, noun.right_edge.i) + 1
    limit = sentence_bounds(layout.doc, noun.i)[1]
    return min(end, limit)


def _hangs_on(preposition: Token, verb: Token) -> bool:
    """Whether the phrase of a preposition depends on the verb, over its object at most, or stands right after it."""
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


def _preposition(token: Token) -> str:
    for child in token.lefts:
        if dep(child) == "case":
            return child.lower_
    return ""


def _agrees(subject: Token, verb: Token) -> bool:
    number = subject.morph.get("Number", [])
    return not number or number == finite_part(verb).morph.get("Number", [])


def _reported_que(layout: Layout, verb: Token) -> int | None:
    """Token of the "que" that opens the reported clause, None when there is none."""
    doc = layout.doc
    end = sentence_bounds(doc, verb.i)[1]
    for child in verb.rights:
        if dep(child) in (
            "ccomp",
            "xcomp",
            "obj",
            "csubj",
            "advcl",
            "obl",
            "parataxis",
            "acl",
            "conj",
            "nsubj",
        ):
            for mark in children(child, "mark"):
                relative = doc[mark.i - 1].text == "," and doc[verb.i + 1].text != "," and mark.i > verb.i + 3
                if mark.lower_ == "que" and verb.i < mark.i and not relative:
                    return int(mark.i)
    # What the parser missed: "que" right after the verb, adverbs, a date and a preposition apart.
    index = verb.i + 1
    while index < min(end, verb.i + 14):
        token = doc[index]
        if token.lower_ == "que":
            before = doc[index - 1]
            if before.text == "," and doc[verb.i + 1].text != ",":
                return None
            close = (
                index == verb.i + 1 or before.lower_ in ("de", "en", "a", "hoy", "ayer") or before.text == ","
            )
            return index if close or token.head.head.i == verb.i else None
        if token.pos_ in VERBAL or token.text in (":", ";", '"', "."):
            return None
        index += 1
    return None


def _asked_of(que: Token, verb: Token) -> bool:
    """Whether "que" opens what is said though the parser hangs it on a noun: "pidió a X que haga", "dijo en X que Y …".

    A relative clause has no subject besides its "que", and is not subjunctive after a verb of asking.
    """
    clause = que.head if que.head.pos_ in VERBAL or que.head.i > que.i else que.head.head
    if "Sub" in finite_part(clause).morph.get("Mood", []):
        return True
    subjects = [c for c in clause.children if dep(c) == "nsubj" and c.i > que.i]
    return bool(subjects) and verb.is_ancestor(clause)


def end_of_report(layout: Layout, verb: Token, start: int) -> int:
    """End of reported words that begin at `start`: the sentence, less what goes on about the speaker."""
    doc = layout.doc
    sentence_end = sentence_bounds(doc, verb.i)[1]
    outer = _outer_limit(layout, verb, start, sentence_end)
    end = outer
    for index in range(start, outer):
        token = doc[index]
        if index in layout.cues and index > start and _continues_speaker(token, verb):
            end = _before_coordinator(layout, index, start)
            break
        if (
            token.pos_ in VERBAL
            and token.head.i == verb.i
            and dep(token) == "conj"
            and _same_subject(token, verb)
        ):
            end = _before_coordinator(
                layout, token.left_edge.i if token.left_edge.i > start else index, start
            )
            break
    for insert_start, insert_end in layout.inserts:
        if start < insert_start < end and not insert_start <= verb.i < insert_end and insert_end >= end - 1:
            end = insert_start
    return end


def _outer_limit(layout: Layout, verb: Token, start: int, sentence_end: int) -> int:
    """Where the clause of the cue itself must end: a quotation, brackets or dashes around it, its subtree."""
    quote = quote_at(layout.quotes, verb.i)
    if quote is not None:
        sentence_end = min(sentence_end, quote.end)
    depth = 0
    for index in range(start, sentence_end):
        text = layout.doc[index].text
        if text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
            if depth < 0:
                return index
    head_clause = verb
    while (
        dep(head_clause) in ("conj", "xcomp", "ccomp")
        and head_clause.head.pos_ in VERBAL
        and head_clause.head.i < verb.i
    ):
        head_clause = head_clause.head
    if dep(head_clause) in ("acl", "advcl") and head_clause.i < head_clause.head.i + 400:
        edge = head_clause.right_edge.i + 1
        governor = head_clause.head
        resumes = any(child.i > edge and child.pos_ in VERBAL for child in governor.children) or (
            governor.head.i >= edge and governor.head is not governor
        )
        if resumes and edge > start:
            return min(sentence_end, edge)
    return sentence_end


def _continues_speaker(token: Token, verb: Token) -> bool:
    """Whether a later cue verb is the same speaker's next act, coordinated with this cue: "dijo que … y añadió"."""
    one, other = finite_part(token).morph, finite_part(verb).morph
    if (
        not one.get("Tense", [])
        or one.get("Tense", []) != other.get("Tense", [])
        or one.get("Mood", []) != other.get("Mood", [])
    ):
        return False
    if one.get("Person", []) != other.get("Person", []) or one.get("Number", []) != other.get("Number", []):
        return False
    if token.head.i == verb.i and dep(token) in ("conj", "parataxis"):
        return True
    before = _first_of_group(token) - 1
    coordinated = before > verb.i and _links(token.doc, before)
    return coordinated and not any(dep(child) == "nsubj" and child.i < token.i for child in token.children)


def _same_subject(token: Token, verb: Token) -> bool:
    """Whether a verb coordinated with the cue goes on about the speaker: no subject, no "se" of its own."""
    if any(dep(child) in ("nsubj", "csubj") or child.lower_ == "se" for child in token.children):
        return False
    one, other = finite_part(token).morph, finite_part(verb).morph
    return one.get("Number", []) == other.get("Number", []) and one.get("Person", []) == other.get(
        "Person", []
    )


def _links(doc: Doc, index: int) -> bool:
    """Whether a word joins a further act of the same speaker: "y", "pero", "por lo que", "al tiempo que", "pues"."""
    word = doc[index].lower_
    if word in ("y", "e", "pero", "aunque", "mientras", "pues", "porque"):
        return True
    return word == "que" and index > 0 and doc[index - 1].lower_ in ("lo", "tiempo", "ya", "mientras")


def _first_of_group(verb: Token) -> int:
    """First token of a verb group: clitics, negation, auxiliaries and an adverb before the verb."""
    index = verb.i
    while (
        index > 0
        and verb.doc[index - 1].pos_ in ("AUX", "PRON", "ADV", "PART")
        and verb.doc[index - 1].lower_ != "que"
    ):
        index -= 1
    return index


def _before_coordinator(layout: Layout, index: int, start: int) -> int:
    """Token to cut at before a coordinated verb group: its conjunction, or the comma before it."""
    doc = layout.doc
    first = index
    while first > start and doc[first - 1].pos_ in ("AUX", "PRON", "ADV", "PART", "CCONJ", "PUNCT", "SCONJ"):
        if doc[first - 1].lower_ == "que" or doc[first - 1].is_quote:
            break
        first -= 1
    for comma in range(first, max(start, first - 5), -1):
        if doc[comma].text == "," and not any(
            t.pos_ in ("NOUN", "PROPN") and t.lower_ != "tiempo" for t in doc[comma:first]
        ):
            return comma
    return first if first > start else index


def _end_of_phrase(layout: Layout, verb: Token, head: Token, start: int) -> int:
    """End of a noun phrase used as content: its subtree, and what follows up to the next comma.

    What small parsers hang on the verb ("atribuyó la decisión a …") mostly belongs to what is said.
    """
    doc = layout.doc
    limit = end_of_report(layout, verb, start)
    end = min(head.right_edge.i + 1, limit)
    while end < limit and doc[end].text not in (",", ";", ":", ".", "(", "-", "–", "—"):
        if doc[end].pos_ in VERBAL and "Fin" in doc[end].morph.get("VerbForm", []):
            return min(head.right_edge.i + 1, limit)
        end += 1
    return end


def trim(layout: Layout, start: int, end: int) -> Range | None:
    """Take punctuation off both ends, and quotation marks where the whole lies within one quotation."""
    doc = layout.doc
    changed = True
    while changed and start < end:
        changed = False
        while start < end and (doc[start].is_space or doc[start].text in _EDGE - {"¿", "¡", "(", "..."}):
            start += 1
            changed = True
        while start < end and (
            doc[end - 1].is_space or doc[end - 1].text in _EDGE - {"!", "?", ")", "...", "…"}
        ):
            end -= 1
            changed = True
        if (
            end - start > 1
            and doc[end - 1].text == ")"
            and all(doc[i].text != "(" for i in range(start, end))
        ):
            end -= 1
            changed = True
        inner = _within_one_quote(layout, start, end)
        if inner is not None and inner != (start, end):
            start, end = inner
            changed = True
    return (start, end) if start < end else None


def _within_one_quote(layout: Layout, start: int, end: int) -> Range | None:
    """Range without its marks if it is one quotation with its marks, whole."""
    for quote in layout.quotes:
        left = quote.start - 1
        right = quote.end + (1 if quote.end < len(layout.doc) and layout.doc[quote.end].is_quote else 0)
        if left <= start <= quote.start and quote.end <= end <= right:
            return max(start, quote.start), min(end, quote.end)
        if quote.start <= start and end <= quote.end + 1 and end > quote.end:
            return start, quote.end
        if left == start and end <= quote.end:
            return quote.start, end
        if quote.start > end:
            break
    return None


def kind_of(layout: Layout, ranges: list[Range]) -> str:
    """`direct` when all of the content is quoted, `mixed` when some of it is, else `indirect`."""
    quoted = total = 0
    pieces = 0
    for start, end in ranges:
        for index in range(start, end):
            token = layout.doc[index]
            if token.is_punct or token.is_space:
                continue
            total += 1
            quoted += quote_at(layout.quotes, index) is not None
        pieces += sum(1 for q in layout.quotes if start <= q.start < end and q.end - q.start >= 1)
    if not quoted:
        return "indirect"
    return "direct" if quoted == total else "mixed"
