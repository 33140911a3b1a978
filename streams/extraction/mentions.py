"""Who and what the text refers to: names, and descriptions by office, body, group or nationality."""

from __future__ import annotations

from streams.extraction.annotations import Mention
from streams.extraction.descriptions import find_descriptions
from streams.extraction.lexicon import Lexicon
from streams.extraction.names import find_names, tokens_of
from streams.extraction.tokens import Doc


def find_mentions(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Find names and descriptions, in text order, none inside another but names in descriptions."""
    names = find_names(doc, lexicon)
    descriptions = find_descriptions(doc, lexicon, tokens_of(names))
    return sorted(names + descriptions, key=lambda m: (m.start, -m.end))
