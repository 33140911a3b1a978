"""Who and what the text refers to: names, and descriptions by office, body, group or nationality."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Span, Token

from schemas import Kind
from streams.extraction.annotations import Mention
from streams.extraction.lexicon import Lexicon, fold
from streams.extraction.syntax import dep

_ARTICLES: Final = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "este",
        "esta",
        "estos",
        "estas",
        "ese",
        "esa",
        "esos",
        "esas",
        "aquel",
        "aquella",
        "su",
        "sus",
        "lo",
        "al",
        "del",
    ]
)
_LINKING: Final = frozenset({"de", "del", "para", "ante", "en", "por"})
_FOREIGN_PARTICLES: Final = frozenset(
    {"van", "von", "der", "bin", "ben", "arap", "al", "el", "da", "dos", "di", "du", "le"}
)
_LONGEST_OFFICE: Final = 5
"""Tokens of the longest office in `offices.yaml` ("ministro de Relaciones Exteriores")."""
_NAME_EDGE: Final = re.compile(r"^[\"'\-(),.;:\s]+|[\"'\-(),;:\s]+$")

if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())


def find_mentions(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Find names and descriptions, in text order, none inside another but names in descriptions."""
    names = _names(doc, lexicon)
    taken = {i for mention in names for i in range(mention.start, mention.end)}
    descriptions = _descriptions(doc, lexicon, taken)
    return sorted(names + descriptions, key=lambda m: (m.start, -m.end))


def _names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    mentions = []
    for ent in doc.ents:
        mention = _named(ent, lexicon)
        if mention is not None:
            mentions.append(mention)
    taken = {i for mention in mentions for i in range(mention.start, mention.end)}
    for span in _gazetteer_spans(doc, lexicon, taken):
        mention = _named(span, lexicon, label="LOC")
        if mention is not None:
            mentions.append(mention)
            taken.update(range(mention.start, mention.end))
    for span in _capitalised_spans(doc, taken):
        label = "PER" if _looks_like_person(span, lexicon) else "ORG" if span.text.isupper() else ""
        mention = _named(span, lexicon, label=label) if label else None
        if mention is not None:
            mentions.append(mention)
    return mentions


def _named(span: Span, lexicon: Lexicon, *, label: str = "") -> Mention | None:
    start, end = _trim(span.doc, span.start, span.end)
    if start >= end:
        return None
    for longer in range(min(end + 3, len(span.doc)), end, -1):
        if fold(span.doc[start:longer].text) in lexicon.countries:
            end = longer
            break
    if (label or span.label_) == "PER" or not lexicon.is_place(span.doc[start:end].text):
        end = _whole_name(span.doc, start, end)
    if fold(span.doc[start].text) in lexicon.organization_heads:
        end = max(end, _extend(span.doc, end, start))
    offices: frozenset[str] = frozenset()
    gender = ""
    label = label or span.label_
    found = office_at(span.doc, start, end, lexicon)
    if found and label == "PER":
        name, inflection, length = found
        if start + length < end:
            start += length
            offices = frozenset({name})
            gender = inflection[0]
        elif not span.doc[start].is_sent_start:
            return None
    while start < end and fold(span.doc[start].text) in lexicon.treatments and start + 1 < end:
        start += 1
    start, end = _trim(span.doc, start, end)
    if start >= end:
        return None
    text = span.doc[start:end].text
    if sum(char.isalpha() for char in text) < 2 or any(char in "$€£%<>=" for char in text):
        return None
    if label == "PER" and _is_locative(span.doc, start) and lexicon.is_place(text):
        label = "LOC"
    kind, place, country = _classify(text, label, lexicon)
    if _is_dateline(span.doc, start, end):
        kind, place = None, True
    if kind is None and not place:
        return None
    return Mention(
        start=start,
        end=end,
        head=_head_of(span.doc, start, end),
        text=text,
        kind=kind,
        proper=True,
        place=place,
        offices=offices,
        gender=gender or (_gender_of_name(text, lexicon) if kind is Kind.PERSON else ""),
        country=country,
        medium=_is_medium(span.doc, start, end, text, lexicon),
    )


def _is_dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether a name opens a paragraph as the place of a report: "Caracas, 19 oct (EFE).-", "MADRID.- …"."""
    if start > 0 and not doc[start - 1].is_space:
        return False
    ahead = doc[end : end + 10].text
    if doc[end - 1].text.endswith((".-", ".–")) or ahead.startswith((".-", ".–", ". –", "|", "—")):
        return True
    return ahead.startswith((",", "(")) and any(mark in ahead for mark in (".-", ".–", ".—", ". -"))


def _is_locative(doc: Doc, start: int) -> bool:
    """Whether a name stands after "a", "en", "hacia": a town, though the model takes it for somebody."""
    return start > 0 and doc[start - 1].lower_ in ("a", "en", "hacia", "desde", "hasta", "de")


def _whole_name(doc: Doc, start: int, end: int) -> int:
    """Take in further surnames that the model left out: "Ernesto Bracamonte" + "Xicará"."""
    while end < len(doc):
        step = 2 if doc[end].lower_ in _FOREIGN_PARTICLES and end + 1 < len(doc) else 1
        last = doc[end + step - 1]
        if last.pos_ != "PROPN" or not last.text[:1].isupper() or last.ent_iob_ == "B" or last.is_sent_start:
            break
        end += step
    return end


def _classify(text: str, label: str, lexicon: Lexicon) -> tuple[Kind | None, bool, str | None]:
    """Kind, whether it can be a place, and the country that it names or lies in."""
    key = fold(text)
    country = lexicon.countries.get(key)
    if country is not None:
        return Kind.COUNTRY, True, country.iso or None
    if key in lexicon.capitals:
        # No kind of its own: a capital that acts stands for its state (`References` decides).
        return None, True, lexicon.capitals[key].iso or None
    if key in lexicon.seats:
        return Kind.ORGANIZATION, True, lexicon.seats[key]
    if key in lexicon.acronyms:
        return Kind.ORGANIZATION, False, None
    if label == "PER":
        return Kind.PERSON, False, None
    if lexicon.is_place(text) and label != "MISC":
        return (Kind.ORGANIZATION if label == "ORG" else None), True, lexicon.country_of_place(text)
    if label == "ORG":
        return Kind.ORGANIZATION, False, None
    if label == "LOC":
        return None, True, None
    return None, False, None


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Leave out punctuation, spaces and articles at the edges of a name."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].is_quote):
        start += 1
    while (
        end > start and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in (")",)
    ):
        end -= 1
    if start < end - 1 and doc[start].lower_ in _ARTICLES and doc[start].text[0].islower():
        start += 1
    return start, end


def _head_of(doc: Doc, start: int, end: int) -> int:
    for token in doc[start:end]:
        if token.head.i < start or token.head.i >= end or token.head is token:
            return int(token.i)
    return start


def _gazetteer_spans(doc: Doc, lexicon: Lexicon, taken: set[int]) -> list[Span]:
    """Countries and known places that the model missed: capitalised, up to four tokens, longest first."""
    spans = []
    index = 0
    while index < len(doc):
        token = doc[index]
        if index in taken or not token.text[:1].isupper() or token.is_sent_start:
            index += 1
            continue
        for length in (4, 3, 2, 1):
            end = index + length
            if end > len(doc) or any(i in taken for i in range(index, end)):
                continue
            text = doc[index:end].text
            key = fold(text)
            if key in lexicon.countries:
                spans.append(doc[index:end])
                index = end - 1
                break
            if key in lexicon.capitals and token.pos_ == "PROPN":
                spans.append(doc[index:end])
                index = end - 1
                break
        index += 1
    return spans


def _capitalised_spans(doc: Doc, taken: set[int]) -> list[Span]:
    spans = []
    index = 0
    while index < len(doc):
        end = index
        while (
            end < len(doc) and end not in taken and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper()
        ):
            end += 1
        if end > index:
            spans.append(doc[index:end])
        index = max(end, index + 1)
    return spans


def _looks_like_person(span: Span, lexicon: Lexicon) -> bool:
    first = fold(span[0].text)
    if first in lexicon.given_names and len(span) > 1:
        return True
    before = span.doc[span.start - 1] if span.start else None
    return before is not None and (
        fold(before.text) in lexicon.offices or fold(before.text) in lexicon.treatments
    )


def _gender_of_name(text: str, lexicon: Lexicon) -> str:
    gender = lexicon.given_names.get(fold(text.split()[0]), "")
    return gender if gender in ("m", "f") else ""


def _is_medium(doc: Doc, start: int, end: int, text: str, lexicon: Lexicon) -> bool:
    if text[:1].isupper() and lexicon.is_medium(text) and not (len(text) < 4 and not text.isupper()):
        return True
    index = start - 1
    steps = 0
    while index >= 0 and steps < 6:
        token = doc[index]
        if fold(token.text) in lexicon.media_nouns:
            return True
        if (
            token.is_quote
            or token.pos_ in ("ADJ", "ADP", "DET")
            or token.lower_ in ("noticias", "información")
        ):
            index -= 1
            steps += 1
            continue
        return False
    return False


def office_at(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[str, str, int] | None:
    """Office that begins at a token: class, inflection (`m`, `fp` …), length in tokens; longest first."""
    for length in range(min(_LONGEST_OFFICE, end - start), 0, -1):
        found = lexicon.office_of(doc[start : start + length].text)
        if found:
            return found[0], found[1], length
    return None


def _descriptions(doc: Doc, lexicon: Lexicon, taken: set[int]) -> list[Mention]:
    mentions = []
    index = 0
    while index < len(doc):
        token = doc[index]
        mention = None
        if (
            index not in taken
            and token.pos_ in ("NOUN", "ADJ", "PROPN", "NUM", "PRON")
            and not token.is_punct
        ):
            mention = _description_at(doc, index, lexicon)
        if mention is not None:
            mentions.append(mention)
            index = max(mention.head, index) + 1
        else:
            index += 1
    return mentions


def _description_at(doc: Doc, index: int, lexicon: Lexicon) -> Mention | None:
    token = doc[index]
    found = office_at(doc, index, len(doc), lexicon)
    if found and token.pos_ in ("NOUN", "PROPN", "ADJ"):
        office, inflection, length = found
        unsure = fold(doc[index : index + length].text) in lexicon.ambiguous_offices
        if (token.pos_ == "ADJ" or unsure) and (not _has_determiner(doc, index) or _modifies_noun(token)):
            return None
        end = _extend(doc, index + length, index)
        return _described(
            doc, index, end, lexicon, kind=Kind.GROUP if len(inflection) == 2 else Kind.PERSON,
            offices=frozenset({office}), gender=inflection[0], plural=len(inflection) == 2,
        )  # fmt: skip
    word, lemma = fold(token.text), fold(token.lemma_)
    plural = "Plur" in token.morph.get("Number", [])
    gender = {"Masc": "m", "Fem": "f"}.get((token.morph.get("Gender", []) or [""])[0], "")
    if token.pos_ in ("NOUN", "PROPN"):
        for keys, kind in (
            (lexicon.organization_heads, Kind.ORGANIZATION),
            (lexicon.group_nouns, Kind.GROUP),
            (lexicon.media_nouns, Kind.ORGANIZATION),
            (lexicon.speaking_documents, Kind.ORGANIZATION),
        ):
            if word in keys or lemma in keys:
                end = _extend(doc, index + 1, index)
                mention = _described(doc, index, end, lexicon, kind=kind, gender=gender, plural=plural)
                mention.medium = keys is lexicon.media_nouns
                return mention
    country = lexicon.demonyms.get(word)
    if (
        country is not None
        and _has_determiner(doc, index)
        and token.text[:1].islower()
        and not _modifies_noun(token)
    ):
        end = _extend(doc, index + 1, index)
        return _described(
            doc, index, end, lexicon, kind=Kind.GROUP if plural else Kind.PERSON, gender=gender, plural=plural
        )
    return None


def _modifies_noun(token: Token) -> bool:
    return dep(token) == "amod" and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < token.i


def _has_determiner(doc: Doc, index: int) -> bool:
    return index > 0 and (doc[index - 1].pos_ in ("DET", "NUM") or doc[index - 1].lower_ in _ARTICLES)


def _described(
    doc: Doc,
    start: int,
    end: int,
    lexicon: Lexicon,
    *,
    kind: Kind,
    offices: frozenset[str] = frozenset(),
    gender: str = "",
    plural: bool = False,
) -> Mention:
    head = start
    first = start
    while (
        first > 0 and doc[first - 1].pos_ in ("ADJ", "NUM", "DET") and doc[first - 1].lower_ not in _ARTICLES
    ):
        first -= 1
    country = None
    for token in doc[start:end]:
        found = lexicon.demonyms.get(fold(token.text)) or (
            lexicon.countries.get(fold(token.text)) if token.pos_ == "PROPN" else None
        )
        if found:
            country = found.iso or None
            break
    if country is None:
        for length in (3, 2):
            for i in range(start, end - length + 1):
                named = lexicon.countries.get(fold(doc[i : i + length].text))
                country = country or (named.iso if named else None)
    article = doc[first - 1].lower_ if first > 0 else ""
    if not plural and article in ("la", "una", "esta", "esa"):
        gender = "f"
    elif not plural and article in ("el", "un", "este", "ese", "al", "del"):
        gender = "m"
    return Mention(
        start=first,
        end=end,
        head=head,
        text=doc[first:end].text,
        kind=kind,
        proper=False,
        offices=offices,
        gender=gender,
        plural=plural,
        country=country,
    )


def _extend(doc: Doc, end: int, head: int) -> int:
    """Take in adjectives and "de …" complements to the right of a description's head.

    Surface order serves better than the tree here: attachment of the last complement is what a
    small parser gets wrong, and a description ends at the first comma, verb or relative anyway.
    """
    limit = min(len(doc), head + 16)
    while end < limit:
        token = doc[end]
        if token.is_space or token.is_punct:
            break
        attributive = token.pos_ == "ADJ" or (dep(token) == "amod" and token.is_lower)
        if attributive and "Part" not in token.morph.get("VerbForm", []):
            end += 1
            continue
        if token.lower_ in _LINKING and end + 1 < limit and _takes_in(doc, end, head):
            after = _nominal_after(doc, end + 1, limit)
            if after is None:
                break
            end = after
            continue
        if token.lower_ in ("y", "e") and end + 1 < limit and _joins_names(doc, end):
            end += 2
            continue
        break
    return end


def _takes_in(doc: Doc, index: int, head: int) -> bool:
    word = doc[index].lower_
    if word in ("de", "del"):
        return True
    if word == "para":
        return doc[index + 1].text[:1].isupper() or doc[index + 2 : index + 3].text[:1].isupper()
    # "en", "ante", "por": only where the tree hangs it on the description ("embajador en Londres").
    return (
        dep(doc[index].head) in ("nmod", "obl") and doc[index].head.head.i == head and word in ("en", "ante")
    )


def _nominal_after(doc: Doc, index: int, limit: int) -> int | None:
    while index < limit and doc[index].pos_ in ("DET", "NUM") and not doc[index].is_space:
        index += 1
    start = index
    while index < limit and doc[index].pos_ in ("NOUN", "PROPN", "X", "NUM") and not doc[index].is_space:
        if index > start and doc[index].ent_iob_ == "B":
            break
        index += 1
        if doc[index - 1].pos_ == "NOUN" and not (
            index < limit
            and doc[index].pos_ == "NOUN"
            and dep(doc[index]) in ("amod", "flat", "compound", "fixed")
        ):
            break
    return index if index > start else None


def _joins_names(doc: Doc, index: int) -> bool:
    before, after = doc[index - 1], doc[index + 1]
    return (
        before.text[:1].isupper()
        and after.text[:1].isupper()
        and after.pos_ in ("NOUN", "PROPN")
        and before.pos_ in ("NOUN", "PROPN")
        and after.ent_type_ != "PER"
        and after.ent_iob_ != "B"
    )
