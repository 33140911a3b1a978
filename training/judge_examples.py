"""Training examples for the judges: what the rules propose on gold articles, labelled by the gold.

What is proposed comes from rules, and from judges of contents that have not seen the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from streams.extraction import load_extractor
from streams.extraction.annotations import Candidate
from streams.extraction.factuality import judge_factuality
from streams.extraction.factuality_features import factuality_features
from streams.extraction.features import statement_features
from streams.extraction.frames import load_event_types
from streams.extraction.holders import Statements
from streams.extraction.judges import Judge
from streams.extraction.reading import EventReader
from streams.extraction.tokens import Doc
from streams.extraction.trigger_features import event_features, trigger_context
from training.content_examples import content_examples, overlap
from training.event_examples import role_examples, same_examples
from training.example import SECOND_READING, Example
from training.parses import read_articles, texts_of
from training.slot_examples import slot_examples
from training.source_examples import source_examples

_ACCEPT_ALL = Judge({"yes": {}}, threshold=0.0)
"""Accepts every statement, so that each becomes an example."""
_SAME_CONTENT = 0.5
"""Overlap of contents that makes a candidate without a shared trigger the gold's."""
_SAME_WORDS = 0.8
"""Overlap from which merging makes one of two statements."""


Parsed = list[tuple[dict[str, Any], Doc]]
"""Gold articles and their docs, everything but events found."""
Collector = Callable[[dict[str, Any], Doc, Mapping[str, Judge]], Iterator[tuple[str, Example]]]
"""Reads a gold article, its doc and judges of contents; yields examples with the judge that they are for."""


def parse_articles(
    articles: Sequence[dict[str, Any]], model: str | Path | None, parses: Path | None = None
) -> Parsed:
    """Run every step before the judged ones over gold articles; entities are not resolved yet.

    `parses`, from `training.jackknife`, has articles read by pipelines that have not seen them.
    """
    nlp = load_extractor(model).nlp
    for step in ("teletipo_entities", "teletipo_events"):
        nlp.disable_pipe(step)
    return list(zip(articles, read_articles(articles, nlp, parses), strict=True))


def read_twice(articles: Sequence[dict[str, Any]], model: str | Path | None, parses: Path | None) -> Parsed:
    """Read articles by the pipeline, and once more those that `parses` has by one that has not seen them.

    What the pipeline has learned by heart it reads better than news; what less trained ones read is worse.
    Judges that saw both did best on articles of neither kind (`training/README.md`).
    """
    parsed = parse_articles(articles, model)
    if parses is not None:
        known = [article for article in articles if article["text"] in texts_of(parses)]
        again = [{**article, "id": article["id"] + SECOND_READING} for article in known]
        parsed += parse_articles(again, model, parses)
    return parsed


def collect_content_examples(parsed: Parsed) -> dict[str, list[Example]]:
    """Examples for the judges of contents, on which what the others see depends."""
    examples: dict[str, list[Example]] = {"opening": [], "end": []}
    for article, doc in parsed:
        reader = EventReader(doc, "es", load_event_types(), {}).reader
        for found in content_examples(article, doc, reader):
            label = "yes" if found.label else "no"
            question = f"{article['id']}|{found.cue}"
            examples[found.judge].append(Example(article["id"], question, label, found.features))
    return examples


def collect_examples(
    parsed: Parsed, judges: Mapping[str, Mapping[str, Judge]], more: Sequence[Collector] = ()
) -> dict[str, list[Example]]:
    """Run the rules over gold articles; examples by judge.

    Args:
        parsed: What `parse_articles` returned, entities resolved.
        judges: Judges of contents by article, trained on other articles: contents come from them.
        more: Further collectors.
    """
    examples: dict[str, list[Example]] = {}
    for article, doc in parsed:
        known = {"statement": _ACCEPT_ALL, **judges.get(article["id"], {})}
        reader = EventReader(doc, "es", load_event_types(), known)
        reader.propose()
        for name, example in _examples(article, doc, reader):
            examples.setdefault(name, []).append(example)
        for collect in more:
            for name, example in collect(article, doc, known):
                examples.setdefault(name, []).append(example)
    return examples


def _examples(article: dict[str, Any], doc: Doc, reader: EventReader) -> Iterator[tuple[str, Example]]:
    matches = {id(c): match_gold(article, doc, c) for c in (*reader.statements, *reader.others)}
    labels = label_statements(article, doc, reader.statements)
    for candidate, (_, label) in zip(reader.statements, labels, strict=True):
        features = statement_features(doc, candidate, doc._.quotes, reader.references)
        yield "statement", _example(article, candidate, label, features)
    # At run time, later steps see what the judge accepted.
    reader.statements = [c for c, (_, label) in zip(reader.statements, labels, strict=True) if label]
    context = trigger_context(doc, doc._.quotes, reader.references, reader.proposed)
    for candidate in (c for c in reader.others if not c.echo):
        gold = matches[id(candidate)]
        features = event_features(doc, candidate, context)
        event = question_of(article, candidate) if gold is None else f"{article['id']}|{id(gold)}"
        yield "event", Example(article["id"], event, "no" if gold is None else "yes", tuple(features))
        if gold is not None and not candidate.fixed_factuality:
            rule = judge_factuality(
                doc[candidate.anchor], candidate, reader.lexicon.grammar, published=doc._.published
            )
            found = factuality_features(
                doc, candidate, rule, Statements(reader.statements), reader.lexicon.grammar
            )
            yield (
                "factuality",
                Example(article["id"], question_of(article, candidate), gold["factuality"], tuple(found)),
            )
    hit = {id(gold) for gold in matches.values() if gold is not None}
    for gold in article["events"]:
        if gold["type"] != "statement" and id(gold) not in hit:
            yield "event", Example(article["id"], f"{article['id']}|{id(gold)}", "missed", ())
    for question, label, features in role_examples(reader, matches):
        yield "role", Example(article["id"], f"{article['id']}|{question}", label, tuple(features))
    for same, features in same_examples(reader, matches):
        yield "same", Example(article["id"], "", "yes" if same else "no", tuple(features))
    yield from slot_examples(article, reader, matches)
    yield from source_examples(article, reader, matches)


def _example(article: dict[str, Any], candidate: Candidate, label: bool, features: list[str]) -> Example:
    return Example(article["id"], question_of(article, candidate), "yes" if label else "no", tuple(features))


def question_of(article: dict[str, Any], candidate: Candidate) -> str:
    """Name that all options of one candidate share."""
    return f"{article['id']}|{candidate.type}|{candidate.anchor}"


def label_statements(
    article: dict[str, Any], doc: Doc, candidates: Sequence[Candidate]
) -> list[tuple[dict[str, Any] | None, bool]]:
    """The gold statement that each candidate comes closest to, and whether it is right.

    A gold statement has one right candidate, the closest; another one is right as a further trigger of it
    with the same content, since merging makes one of the two.
    """
    golds = [gold for gold in article["events"] if gold["type"] == "statement"]
    pairs = [(*_closeness(doc, c, g), i, j) for i, c in enumerate(candidates) for j, g in enumerate(golds)]
    found: list[tuple[dict[str, Any] | None, bool]] = [(None, False)] * len(candidates)
    taken: set[int] = set()
    for shared, common, i, j in sorted(pairs, key=lambda p: (-p[0] - p[1], p[2], p[3])):
        if found[i][0] is not None or not (shared or common >= _SAME_CONTENT):
            continue
        right = j not in taken or (shared and common >= _SAME_WORDS)
        found[i] = (golds[j], right)
        taken.add(j)
    return found


def _closeness(doc: Doc, candidate: Candidate, gold: dict[str, Any]) -> tuple[bool, float]:
    """Whether a trigger is shared, and the overlap of contents, 0 to 1."""
    shared = any(
        t["start"] < end and start < t["end"]
        for t in gold["triggers"]
        for start, end in _spans(doc, candidate.triggers)
    )
    said = [(c["start"], c["end"]) for c in gold.get("content") or []]
    return shared, overlap(_spans(doc, candidate.content), said)


def _spans(doc: Doc, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in ranges]


def match_gold(article: dict[str, Any], doc: Doc, candidate: Candidate) -> dict[str, Any] | None:
    """The gold event of the same type that shares a trigger, or (statements) half of the content."""
    triggers = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in candidate.triggers]
    content = {i for a, b in candidate.content for i in range(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]))}
    best: tuple[float, dict[str, Any]] | None = None
    for gold in article["events"]:
        if gold["type"] != candidate.type:
            continue
        shared = any(
            t["start"] < end and start < t["end"] for t in gold["triggers"] for start, end in triggers
        )
        said = {i for c in gold.get("content") or [] for i in range(c["start"], c["end"])}
        overlap = len(said & content) / len(said | content) if said | content else 0.0
        score = 1.0 * shared + overlap
        if (shared or overlap >= 0.5) and (best is None or score > best[0]):
            best = (score, gold)
    return best[1] if best else None
