"""Names of people, bodies, states and places: what the model found, mended, and what it missed."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

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


def find_names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Find names: the model's, then states and capitals, then other capitals, that it missed."""
    names = [name for ent in doc.ents if (name := _name(ent, ent.label_, lexicon))]
    names += [
        n for span in _gazetteer_spans(doc, lexicon, tokens_of(names)) if (n := _name(span, "LOC", lexicon))
    ]
    missed = [(span, _label_of(span, lexicon)) for span in _capitalised_spans(doc, tokens_of(names))]
    names += [name for span, label in missed if label and (name := _name(span, label, lexicon))]
    return names


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
    office = office_at(doc, start, end, lexicon) if label == "PER" else None
    if office is not None and start + office.length >= end:
        # All of it is an office; a capital that only opens the sentence may still be a surname.
        if not doc[start].is_sent_start:
            return None
        office = None
    start = _skip_titles(doc, start + (office.length if office else 0), end, lexicon)
    start, end = _trim(doc, start, end, lexicon)
    if start >= end or not _is_wordlike(doc[start:end].text):
        return None
    return _mention(doc[start:end], label, office, lexicon)


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
        if fold(doc[start:longer].text) in lexicon.countries:
            end = longer
            break
    if label == "PER" or not lexicon.is_place(doc[start:end].text):
        end = _whole_name(doc, end, lexicon)
    if fold(doc[start].text) in lexicon.organization_heads:
        end = max(end, description_end(doc, end, start))
    return end


def _whole_name(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Take in further surnames that the model left out: "Ernesto Bracamonte" + "Xicará"."""
    while end < len(doc):
        step = 2 if doc[end].lower_ in lexicon.grammar["name_links"] and end + 1 < len(doc) else 1
        last = doc[end + step - 1]
        if last.pos_ != "PROPN" or not last.text[:1].isupper() or last.ent_iob_ == "B" or last.is_sent_start:
            break
        end += step
    return end


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
        key = fold(doc[index:end].text)
        if key in lexicon.countries or (key in lexicon.capitals and doc[index].pos_ == "PROPN"):
            return doc[index:end]
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
            yield doc[index:end]
        index = max(end, index + 1)


def _label_of(span: Span, lexicon: Lexicon) -> str:
    """Label of a run of capitals; "" for what is neither somebody nor an acronym."""
    if looks_like_person(span, lexicon):
        return "PER"
    return "ORG" if span.text.isupper() else ""
