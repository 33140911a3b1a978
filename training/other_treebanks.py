"""Bring the sentences of newer UD treebanks (GSD, PUD) to the conventions of ours.

Ours follows UD_Spanish-AnCora of 2021 with its quirks: prepositional objects and agents are `obj`, there are
no subtypes for the passive or for relative clauses.
"""

from __future__ import annotations

from dataclasses import replace

from training.treebank import Sentence, Token

RELATIONS = {
    "acl:relcl": "acl",
    "aux:pass": "aux",
    "cc:preconj": "cc",
    "compound:prt": "compound",
    "csubj:pass": "csubj",
    "flat:name": "flat",
    "nsubj:pass": "nsubj",
    "obl:agent": "obj",
    "obl:arg": "obj",
    "obl:tmod": "obl",
}


def harmonise(sentence: Sentence) -> Sentence:
    """Give the sentence our relations; entities stay missing."""
    return sentence.with_tokens([_harmonised(token) for token in sentence.tokens])


def _harmonised(token: Token) -> Token:
    return replace(token, dep=RELATIONS.get(token.dep, token.dep))
