"""Where a candidate happens: the place phrase that its frame, or its clause, names."""

from __future__ import annotations

from schemas import Kind
from streams.extraction.annotations import Mention, PlaceFiller
from streams.extraction.frames import Frame
from streams.extraction.lexicon import fold
from streams.extraction.references import References
from streams.extraction.syntax import VERBAL, case_of, dep
from streams.extraction.tokens import Token


def find_place(token: Token, frame: Frame, references: References) -> PlaceFiller | None:
    """Most specific place in the positions that the frame allows; None when the clause names none."""
    for child in _arguments(token):
        case = case_of(child)
        if case in frame.place or child.lower_ in references.lexicon.grammar["place_adverbs"]:
            described = _capital_described(child, references)
            if described is not None:
                return described
        mention = _place_mention(child, references)
        if mention is None:
            continue
        if child.lower_ in references.lexicon.grammar["place_adverbs"]:
            return place_filler(mention, references)
        if (not case or case == "a") and "object" in frame.place and dep(child) in ("obj", "iobj", "obl"):
            return place_filler(mention, references)
        if case in frame.place:
            return place_filler(mention, references)
    return None


def clause_place(token: Token, references: References) -> PlaceFiller | None:
    """Place of the clause around a trigger: an "en" phrase of its verb, or of the verb that governs it."""
    current = token
    for _ in range(3):
        for child in current.children:
            if case_of(child) == "en" or child.lower_ in references.lexicon.grammar["place_adverbs"]:
                described = _capital_described(child, references)
                if described is not None:
                    return described
                mention = _place_mention(child, references)
                if mention is not None:
                    return place_filler(mention, references)
        if current.head is current or (current.pos_ in VERBAL and current is not token):
            return None
        current = current.head
    return None


def _arguments(token: Token) -> list[Token]:
    near = [
        c
        for c in token.children
        if dep(c) in ("obj", "iobj", "obl", "nmod", "advmod", "dep", "xcomp", "appos", "nsubj")
    ]
    deeper = [
        c
        for child in token.rights
        if child.pos_ in ("NOUN", "PROPN", "ADJ")
        for c in child.rights
        if dep(c) in ("nmod", "obl", "obj") and case_of(c) in ("a", "en", "hacia", "por")
    ]
    governor = (
        [c for c in token.head.children if c.i > token.i and dep(c) in ("obl", "obj", "nmod")]
        if token.pos_ not in VERBAL
        else []
    )
    return near + deeper + [c for c in governor if c.i != token.i]


def _place_mention(token: Token, references: References) -> Mention | None:
    grammar = references.lexicon.grammar
    mention = references.by_token.get(token.i)
    if mention is not None and mention.place:
        return mention
    if token.lower_ in grammar["place_adverbs"]:
        return _latest_place(token.i, references)
    if token.pos_ != "NOUN":
        return None
    # "en la ciudad de X", "a la capital, X": the name within the phrase.
    for inner in references.timeline.between(token.i + 1, min(token.i + 4, token.right_edge.i) + 1):
        if inner.place and (token.lemma_ in grammar["place_nouns"] or inner.kind is not Kind.COUNTRY):
            return inner
    if token.lemma_ in grammar["place_nouns"] and any(c.lower_ in grammar["pointing"] for c in token.lefts):
        return _latest_place(token.i, references)
    return None


def _capital_described(token: Token, references: References) -> PlaceFiller | None:
    """The capital of the state that an adjective or a complement names: "la capital nigerina"."""
    if token.lemma_ != "capital":
        return None
    for word in [*token.rights]:
        country = references.lexicon.demonyms.get(fold(word.text)) if word.pos_ == "ADJ" else None
        if country is not None and country.capitals:
            return PlaceFiller(country.capitals[0], country.iso or None, (token.i, word.i + 1))
        if case_of(word) == "de":
            named = references.lexicon.country_named(references.doc.text_of(word.i, word.right_edge.i + 1))
            if named is not None and named.capitals:
                return PlaceFiller(named.capitals[0], named.iso or None, (token.i, word.i + 1))
    return None


def _latest_place(index: int, references: References) -> Mention | None:
    """Last place named before, within the paragraphs that a reader still has in mind."""
    earlier = [m for m in references.mentions if m.place and m.end <= index and m.proper]
    return earlier[-1] if earlier else None


def place_filler(mention: Mention, references: References) -> PlaceFiller:
    """Place of a mention: the state's usual name, else the words themselves."""
    lexicon = references.lexicon
    country = lexicon.country_named(mention.text)
    if country is not None:
        return PlaceFiller(country.name, country.iso or None, (mention.start, mention.end))
    return PlaceFiller(mention.text, lexicon.country_of_place(mention.text), (mention.start, mention.end))


def same_place(one: PlaceFiller | None, other: PlaceFiller | None) -> bool:
    """Whether two places can be the same: equal, unknown, or a town and its state."""
    if one is None or other is None:
        return True
    if fold(one.name) == fold(other.name):
        return True
    return bool(one.country) and one.country == other.country and (_is_state(one) or _is_state(other))


def _is_state(place: PlaceFiller) -> bool:
    from streams.extraction.lexicon import load_lexicon

    return load_lexicon().country_named(place.name) is not None


def more_specific(one: PlaceFiller | None, other: PlaceFiller | None) -> PlaceFiller | None:
    """The place that says more; the first when they say the same."""
    if one is None or other is None:
        return one or other
    return other if _is_state(one) and not _is_state(other) else one
