"""Training examples for the antecedent judge: whom descriptions mean, as far as the gold says.

The gold names the participants of events, with the descriptions that the article uses of them. A
description is somebody's when it is the speaker of a gold statement, or when its words are an alias of
one participant alone. Descriptions of others say nothing and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from streams.evaluation.alignment import same_name
from streams.extraction.annotations import Entity, Mention
from streams.extraction.antecedent_features import antecedent_features, no_antecedent_features, set_scene
from streams.extraction.antecedents import Descriptions, possible_antecedents
from streams.extraction.coreference import name_entities, resolve_entities, unresolved
from streams.extraction.judges import Judge
from streams.extraction.lexicon import fold, load_lexicon
from streams.extraction.reference_words import load_reference_words
from streams.extraction.tokens import Doc
from streams.extraction.told import Setting
from training.example import Example
from training.ranking import fit_weights, fold_of

_PENALTY: Final = 5.0
"""L2 penalty of the judges of the folds."""
_DETERMINERS: Final = ("el ", "la ", "los ", "las ", "su ", "sus ", "un ", "una ")
Names = list[str]


def antecedent_examples(article: dict[str, Any], doc: Doc) -> Iterator[tuple[str, Example]]:
    """Every option of every description that the gold tells the meaning of; also "nobody named"."""
    lexicon, words = load_lexicon("es"), load_reference_words("es")
    meant = {**_by_alias(article, doc), **_by_statement(article, doc)}
    mentions = [_fresh(mention) for mention in doc._.mentions]
    entities = name_entities(doc, mentions, lexicon, words)
    taught = TaughtDescriptions(Setting(doc, lexicon, words), entities)
    taught.meant, taught.article = meant, str(article["id"])
    for mention in unresolved(mentions):
        taught.resolve(mention)
    for example in taught.examples:
        yield "antecedent", example


@dataclass(slots=True)
class TaughtDescriptions(Descriptions):
    """Attaches descriptions as the gold says; notes the options of each."""

    meant: Mapping[int, Names] = field(default_factory=dict)
    article: str = ""
    examples: list[Example] = field(default_factory=list)

    def _choose(self, mention: Mention, rule: Entity | None) -> Entity | None:
        names = self.meant.get(mention.start)
        options = possible_antecedents(mention, self.entities)
        if names is None or not options:
            return rule
        at = set_scene(self.setting, mention, options, rule.index if rule else None)
        right = [entity for entity in options if same_name(entity.name, names)]
        nobody = not right and _is_described(mention, names)
        if not right and not nobody:
            return rule
        rows = [(entity in right, antecedent_features(at, entity)) for entity in options]
        for label, features in [*rows, (nobody, no_antecedent_features(at))]:
            question = f"{self.article}|{mention.start}"
            self.examples.append(Example(self.article, question, "yes" if label else "no", tuple(features)))
        return right[0] if right else None


def _is_described(mention: Mention, names: Names) -> bool:
    """Whether the gold itself has no better name than the description."""
    return bool(set(fold(mention.text).split()) & set(fold(names[0]).split())) and not any(
        word[:1].isupper() for word in names[0].split()[:1]
    )


def _fresh(mention: Mention) -> Mention:
    """A mention as it was before it was attached to anybody."""
    return replace(mention, entity=-1)


def _by_alias(article: dict[str, Any], doc: Doc) -> dict[int, Names]:
    """Start of each description whose words are an alias of one participant of the gold."""
    holders: dict[str, set[str]] = {}
    names: dict[str, Names] = {}
    for event in article["events"]:
        for participant in event["participants"]:
            name = participant["name"]
            names.setdefault(name, [name]).extend(participant.get("aliases", []))
            for alias in [name, *participant.get("aliases", [])]:
                holders.setdefault(_bare(alias), set()).add(name)
    found = {}
    for mention in doc._.mentions:
        whose = holders.get(_bare(mention.text), set()) if not mention.proper else set()
        if len(whose) == 1:
            found[mention.start] = names[next(iter(whose))]
    return found


def _bare(text: str) -> str:
    key = fold(text)
    return next((key[len(word) :] for word in _DETERMINERS if key.startswith(word)), key)


def _by_statement(article: dict[str, Any], doc: Doc) -> dict[int, Names]:
    """Start of each description that stands right beside the cue of a gold statement of one speaker."""
    starts = {token.idx: token for token in doc}
    found = {}
    for event in article["events"]:
        speakers = [p for p in event["participants"] if p["role"] == "speaker"]
        if event["type"] != "statement" or len(speakers) != 1:
            continue
        for trigger in event["triggers"]:
            cue = starts.get(trigger["start"])
            mention = _subject_description(doc, cue.i) if cue is not None else None
            if mention is not None:
                found[mention.start] = [speakers[0]["name"], *speakers[0].get("aliases", [])]
    return found


def _subject_description(doc: Doc, cue: int) -> Mention | None:
    """Description that is the cue's subject by the parse."""
    for mention in doc._.mentions:
        head = doc[mention.head]
        if not mention.proper and head.dep_ == "nsubj" and head.head.i == cue:
            found: Mention = mention
            return found
    return None


def resolve_by_folds(articles: Sequence[dict[str, Any]], docs: Sequence[Doc]) -> list[Example]:
    """Set the entities of every doc with a judge that saw none of its fold; returns the examples.

    Judges that are trained on entities then see as many wrong ones as at run time.
    """
    lexicon, words = load_lexicon("es"), load_reference_words("es")
    pairs = list(zip(articles, docs, strict=True))
    examples = [example for article, doc in pairs for _, example in antecedent_examples(article, doc)]
    judges = {}
    for number in {fold_of(article["id"]) for article in articles}:
        seen = [e for e in examples if fold_of(e.article) != number]
        judges[number] = Judge({"yes": fit_weights(seen, _PENALTY)}) if seen else None
    for article, doc in pairs:
        judge = judges[fold_of(article["id"])]
        doc._.entities = resolve_entities(doc, doc._.mentions, lexicon, words, judge)
    return examples
