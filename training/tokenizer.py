"""spaCy's Spanish tokeniser with the marks of news text that it does not split off.

Datelines close with ".-" ("(EFE).-" stays one token otherwise), lines of dialogue open with a hyphen, and the
horizontal bar and the vertical one stand beside words without a space.
"""

from __future__ import annotations

from spacy.lang.char_classes import ALPHA
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_prefix_regex, compile_suffix_regex

PREFIXES = ["―", r"\|", rf"-(?=[{ALPHA}¿¡«“\"])"]
SUFFIXES = ["―", r"\|", r"(?<=[.)\]?!…»”\"])[-–—―]", r"(?<=[)\]])\."]


def news_tokenizer(nlp: Language) -> Tokenizer:
    """Build the tokeniser of the pipeline; its rules are stored with the model."""
    tokenizer = nlp.tokenizer
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if not _is_emoticon(form)}
    tokenizer.prefix_search = compile_prefix_regex([*nlp.Defaults.prefixes, *PREFIXES]).search
    tokenizer.suffix_search = compile_suffix_regex([*nlp.Defaults.suffixes, *SUFFIXES]).search
    return tokenizer


def _is_emoticon(form: str) -> bool:
    """Whether an exception of spaCy's is made of marks only: "):" closes a bracket before a colon here."""
    return not form.isspace() and not any(char.isalnum() for char in form)
