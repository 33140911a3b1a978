"""Who and what the text refers to: names, and descriptions by office, body, group or nationality."""

from __future__ import annotations

from spacy.tokens import Doc

from streams.extraction.annotations import Mention
from streams.extraction.descriptions import find_descriptions
from streams.extraction.lexicon import Lexicon
from streams.extraction.names import find_names, tokens_of

if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())


def find_mentions(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Find names and descriptions, in text order, none inside another but names in descriptions."""
    names = find_names(doc, lexicon)
    descriptions = find_descriptions(doc, lexicon, tokens_of(names))
    return sorted(names + descriptions, key=lambda m: (m.start, -m.end))
