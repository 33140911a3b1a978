"""Read gold articles for training, with parses made beforehand where they are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import spacy.tokens
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from streams.extraction.doc import make_doc
from streams.extraction.plain import plain
from streams.extraction.tokens import Doc


def read_articles(articles: Sequence[dict[str, Any]], nlp: Language, parses: Path | None) -> list[Doc]:
    """Run the pipeline over articles; where a parse is at hand only the steps after the types of names.

    Args:
        articles: With `text` and `published`.
        nlp: Pipeline with the steps of extraction that are wanted.
        parses: What `training.jackknife` wrote; None to parse everything.
    """
    found = DocBin().from_disk(parses).get_docs(nlp.vocab) if parses else ()
    parsed = {doc.text: doc for doc in found}
    docs = [make_doc(nlp, a["text"], published=date.fromisoformat(a["published"][:10])) for a in articles]
    fresh = nlp.pipe([doc for doc in docs if doc.text not in parsed])
    read = (_finish(parsed[doc.text], doc, nlp) if doc.text in parsed else next(fresh) for doc in docs)
    return [plain(doc) for doc in read]


def _finish(parsed: spacy.tokens.Doc, doc: spacy.tokens.Doc, nlp: Language) -> spacy.tokens.Doc:
    """Run the steps that a parse has not had."""
    parsed.user_data.update(doc.user_data)  # what `make_doc` noted of the article
    for step in nlp.pipe_names[nlp.pipe_names.index("teletipo_entity_types") + 1 :]:
        parsed = nlp.get_pipe(step)(parsed)
    return parsed


def texts_of(parses: Path) -> set[str]:
    """Texts of which a file has parses."""
    return {doc.text for doc in DocBin().from_disk(parses).get_docs(Vocab())}
