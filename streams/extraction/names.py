"""Names of people, bodies, states and places: what the model found, mended, and what it missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schemas import Kind
from streams.extraction.annotations import Mention
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.name_kinds import (
    classify,
    gender_of_name,
    is_dateline,
    is_locative,
    is_medium,
    looks_like_person,
)
from streams.extraction.noun_phrases import description_end
from streams.extraction.offices import OfficeWords, office_at
from streams.extraction.tokens import Doc, Span

_NO_NAMES: Final = frozenset({"INTJ", "ADV", "SCONJ", "CCONJ", "DET", "PRON", "ADP"})
_SHORTEST_SURNAME: Final = 3
"""Characters of the shortest surname that is looked for alone."""


def find_names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Find names: the model's, then states and capitals, then other capitals, that it missed."""
    names = [name for ent in doc.ents if (name := _name(ent, ent.label_, lexicon))]
    names += [
        n for span in _gazetteer_spans(doc, lexicon, tokens_of(names)) if (n := _name(span, "LOC", lexicon))
    ]
    missed = [(span, _label_of(span, lexicon)) for span in _capitalised_spans(doc, tokens_of(names))]
    names += [name for span, label in missed if label and (name := _name(span, label, lexicon))]
    names += [name for span in _repeated(doc, names) if (name := _name(span, "PER", lexicon))]
    return _joined(doc, names, lexicon)


def _joined(doc: Doc, names: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Names with those parts put together that the model took for two people: "Lin" + "Shu-chen"."""
    found: list[Mention] = []
    for name in sorted(names, key=lambda n: n.start):
        before = found[-1] if found else None
        people = before is not None and before.kind is name.kind is Kind.PERSON
        if before is not None and people and before.end == name.start:
            whole = _name(doc.span(before.start, name.end), "PER", lexicon)
            if whole is not None:
                found[-1] = whole
                continue
        found.append(name)
    return found


def tokens_of(mentions: list[Mention]) -> set[int]:
    """Tokens that mentions cover."""
    return {i for mention in mentions for i in range(mention.start, mention.end)}


def _name(span: Span, label: str, lexicon: Lexicon) -> Mention | None:
    """The name in a span, its edges mended; None when it is none or takes no part in events."""
    doc = span.doc
    start, end = _trim(doc, span.start, span.end, lexicon)
    if start >= end:
        return None
    end = _full_end(doc, start, end, label, lexicon)
    start = _full_start(doc, start, label, lexicon)
    office = office_at(doc, start, end, lexicon) if label == "PER" else None
    if office is not None and start + office.length >= end:
        # All of it is an office; a capital that only opens the sentence may still be a surname.
        if not doc[start].is_sent_start:
            return None
        office = None
    start += office.length if office else 0
    if label != "LOC":  # "San Sebastián", "Doña Mencía" are towns
        start = _skip_titles(doc, start, end, lexicon)
    start, end = _trim(doc, start, end, lexicon)
    if start >= end or not _is_wordlike(doc.text_of(start, end)) or _is_interjection(doc.span(start, end)):
        return None
    return _mention(doc.span(start, end), label, office, lexicon)


def _mention(span: Span, label: str, office: OfficeWords | None, lexicon: Lexicon) -> Mention | None:
    doc, text = span.doc, span.text
    if label == "PER" and is_locative(doc, span.start, lexicon) and lexicon.is_place(text):
        label = "LOC"
    kind, place, country = classify(text, label, lexicon)
    if is_dateline(doc, span.start, span.end):
        kind, place = None, True
    if kind is None and not place:
        return None
    gender = gender_of_name(text, lexicon) if kind is Kind.PERSON else ""
    return Mention(
        start=span.start,
        end=span.end,
        head=_head_of(span),
        text=text,
        kind=kind,
        proper=True,
        place=place,
        offices=frozenset({office.name}) if office else frozenset(),
        gender=office.gender if office else gender,
        country=country,
        medium=is_medium(doc, span.start, text, lexicon),
    )


def _is_interjection(span: Span) -> bool:
    """Whether a single capitalised word only opens a sentence: "«Ojalá», ironiza"."""
    first = span[0]
    opens = first.i == 0 or first.is_sent_start or first.nbor(-1).is_quote
    return len(span) == 1 and bool(opens) and first.pos_ in _NO_NAMES


def _is_wordlike(text: str) -> bool:
    """Whether the text can be a name at all: no single letter, price or formula."""
    return sum(char.isalpha() for char in text) >= 2 and not any(char in "$€£%<>=" for char in text)


def _head_of(span: Span) -> int:
    """Token whose head lies outside; the first when there are several."""
    for token in span:
        if not span.start <= token.head.i < span.end or token.head is token:
            return int(token.i)
    return int(span.start)


def _trim(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Leave out punctuation, spaces and articles at the edges of a name."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].is_quote):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text != ")":
        end -= 1
    first = doc[start] if start < end - 1 else None
    if (
        first is not None
        and first.text[0].islower()
        and first.lower_ in lexicon.grammar["mention_determiners"]
    ):
        start += 1
    return start, end


def _full_end(doc: Doc, start: int, end: int, label: str, lexicon: Lexicon) -> int:
    """Where a name ends that the model cut short: a state's, a person's, a body's."""
    for longer in range(min(end + 3, len(doc)), end, -1):
        if fold(doc.text_of(start, longer)) in lexicon.countries:
            end = longer
            break
    if label == "PER" or not lexicon.is_place(doc.text_of(start, end)):
        end = _whole_name(doc, end, lexicon)
    if fold(doc[start].text) in lexicon.organization_heads:
        end = max(end, description_end(doc, end, start))
    return end


def _whole_name(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Take in further surnames that the model left out: "Ernesto Bracamonte" + "Xicará"."""
    while end < len(doc):
        step = 2 if doc[end].lower_ in lexicon.grammar["name_links"] and end + 1 < len(doc) else 1
        last = doc[end + step - 1]
        begins = last.ent_iob_ == "B" and (step == 1 or last.ent_type_ not in ("PER", "MISC"))
        named = last.pos_ == "PROPN" or (step == 2 and last.text.istitle())
        if not named or not last.text[:1].isupper() or begins or last.is_sent_start:
            break
        end += step
    return end


def _full_start(doc: Doc, start: int, label: str, lexicon: Lexicon) -> int:
    """Take in given names that the model left out: "Nomvula" + "Khanyile"."""
    while label == "PER" and start > 0:
        before = doc[start - 1]
        plain = before.is_alpha and before.text.istitle() and not before.ent_type_
        opens = before.is_sent_start and before.pos_ != "PROPN"
        if not plain or opens or before.is_stop or _is_title(before.text, lexicon):
            break
        start -= 1
    return start


def _is_title(text: str, lexicon: Lexicon) -> bool:
    """Whether a capitalised word before a name says what somebody is: "Presidente", "Don", "Universidad"."""
    key = fold(text)
    known = key in lexicon.treatments or key in lexicon.organization_heads or key in lexicon.countries
    return known or lexicon.office_of(text) is not None


def _skip_titles(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Leave out "don", "doctora", but never the last word."""
    while start + 1 < end and fold(doc[start].text) in lexicon.treatments:
        start += 1
    return start


def _gazetteer_spans(doc: Doc, lexicon: Lexicon, taken: set[int]) -> Iterator[Span]:
    """States and capitals that the model missed: capitalised, up to four tokens, longest first."""
    index = 0
    while index < len(doc):
        token = doc[index]
        span = None
        if index not in taken and token.text[:1].isupper() and not token.is_sent_start:
            span = _gazetteer_span_at(doc, index, lexicon, taken)
        if span is not None:
            yield span
        index = span.end if span is not None else index + 1


def _gazetteer_span_at(doc: Doc, index: int, lexicon: Lexicon, taken: set[int]) -> Span | None:
    for length in (4, 3, 2, 1):
        end = index + length
        if end > len(doc) or not taken.isdisjoint(range(index, end)):
            continue
        key = fold(doc.text_of(index, end))
        if key in lexicon.countries or (key in lexicon.capitals and doc[index].pos_ == "PROPN"):
            return doc.span(index, end)
    return None


def _capitalised_spans(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Runs of capitalised proper nouns that are in no name yet."""
    index = 0
    while index < len(doc):
        end = index
        while (
            end < len(doc) and end not in taken and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper()
        ):
            end += 1
        if end > index:
            yield doc.span(index, end)
        index = max(end, index + 1)


def _repeated(doc: Doc, names: list[Mention]) -> Iterator[Span]:
    """Surnames alone of people named in full that the model took for another word: "dijo Intriago"."""
    people = [doc[n.start : n.end] for n in names if n.kind is Kind.PERSON and n.end - n.start > 1]
    surnames = {token.text for person in people for token in person[1:] if len(token) >= _SHORTEST_SURNAME}
    taken = tokens_of(names)
    for token in doc:
        if token.i not in taken and token.text in surnames and token.text[:1].isupper():
            yield doc.span(token.i, token.i + 1)


def _label_of(span: Span, lexicon: Lexicon) -> str:
    """Label of a run of capitals; "" for what is neither somebody nor an acronym."""
    if looks_like_person(span, lexicon):
        return "PER"
    return "ORG" if span.text.isupper() else ""
