"""What the judge of ends looks at: what follows a possible end, on what it hangs, of whom it tells."""

from __future__ import annotations

from collections.abc import Sequence

from streams.extraction.content_options import Opening, last_end
from streams.extraction.cue_finder import FoundCue
from streams.extraction.features import bucket, verb_form
from streams.extraction.layout import Layout, Range
from streams.extraction.phrases import outer_head, phrase_head, word_or_class
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import VERBAL, dep, finite_part, is_finite
from streams.extraction.tokens import Doc, Token


def end_features(
    layout: Layout,
    cue: FoundCue,
    opening: Opening,
    end: int,
    every: Sequence[int],
    rule: Sequence[Range],
) -> list[str]:
    """Whether a content ends before a token: what follows, and on what that hangs."""
    doc = layout.doc
    assert opening.start is not None
    start = opening.start
    verb = doc[cue.anchor]
    limit = last_end(layout, cue, start)
    rank = every.index(end)
    rule_end = next((b for a, b in rule if a <= start + 1 and b > start), None)
    same = (
        "none"
        if rule_end is None
        else ("same" if rule_end == end else ("less" if end < rule_end else "more"))
    )
    mark, follower = _follower(doc, end, limit)
    last = rank == len(every) - 1
    sort = opening.sort
    features = [
        f"rule={same}",
        f"rule={same}|{sort}",
        f"rule={same}|{mark}",
        f"last={last}|{sort}",
        f"last={last}|rule={same}",
        f"rank={min(rank, 6)}|{last}",
        f"length={bucket(end - start)}|{sort}",
        f"mark={mark}|{sort}",
        f"quote-cut={_cuts_quote(layout, end)}",
        f"quoted-end={quote_at(layout.quotes, end - 1) is not None}|{mark}",
        f"brackets={_unclosed(doc, start, end)}",
        f"verb={layout.has_finite_verb(start, end)}|{sort}|{mark}",
        f"verb={layout.has_finite_verb(start, end)}|{sort}|{last}",
        f"last-word={word_or_class(doc, end - 1)}",
        f"lemma={verb.lemma}|last={last}",
        f"source={cue.source}|{mark}",
    ]
    if not last and follower < limit:
        features.extend(_of_rest(layout, cue, start, end, follower, limit, mark, sort))
        features.extend(_of_tail(layout, cue, start, follower, every[rank + 1], mark, sort))
    return features


def _follower(doc: Doc, end: int, limit: int) -> tuple[str, int]:
    """Marks right after an end, and the first word after them."""
    index = end
    marks = ""
    while index < limit and (doc[index].is_punct or doc[index].is_space or doc[index].is_quote):
        marks += doc[index].text.strip() or "_"
        index += 1
    return marks[:3] or "-", index


def _of_rest(
    layout: Layout, cue: FoundCue, start: int, end: int, follower: int, limit: int, mark: str, sort: str
) -> list[str]:
    doc = layout.doc
    token = doc[follower]
    word = word_or_class(doc, follower)
    following = doc[follower + 1] if follower + 1 < limit else token
    head = outer_head(token, follower)
    where = (
        "in"
        if start <= head < end
        else ("cue" if head == cue.anchor else ("up" if head < start else "right"))
    )
    phrase = phrase_head(token, follower)
    return [
        f"next={word}|{mark}",
        f"next={word}|{sort}",
        f"next={word}|{mark}|{sort}",
        f"next={word}|{token.pos_}|{word_or_class(doc, follower + 1)}",
        f"next-pos={token.pos_}|{mark}|{following.pos_}",
        f"next-two={following.pos_}|{word}",
        f"next-words={token.lower_} {following.lower_}",
        f"next-word={token.lower_}|{mark}",
        f"next-lemma={token.lemma}|{following.lower_}|{mark}" if token.pos_ == "NOUN" else "next-lemma=-",
        f"hangs={where}|{mark}",
        f"hangs={where}|{sort}",
        f"hangs={where}|{word}",
        f"hangs={where}|{dep(phrase)}",
        f"phrase={dep(phrase)}|{phrase.pos_}|{mark}",
        f"phrase={dep(phrase)}|{word}",
        f"near={bucket(follower - head) if head < follower else 'right'}|{word}",
        f"distance={bucket(follower - cue.anchor)}|{word}",
        f"arcs={_arcs(layout.heads, start, end, follower, limit)}|{mark}",
        f"rest={bucket(limit - follower)}|{mark}",
        f"insert={any(a <= follower <= b for a, b in layout.inserts)}",
        f"time={token.ent_type_ or word_or_class(doc, follower + 1)}|{word}",
    ]


def _of_tail(
    layout: Layout, cue: FoundCue, start: int, follower: int, stop: int, mark: str, sort: str
) -> list[str]:
    """What stands between this end and the next: another cue, a verb like the cue's, a quotation."""
    doc = layout.doc
    verb = doc[cue.anchor]
    reach = min(len(doc), max(stop, follower + 8))
    nearest = next(
        (doc[i] for i in range(follower, reach) if doc[i].pos_ in VERBAL and is_finite(doc[i])), None
    )
    features = [f"tail-quote={layout.quote_beginning(follower, reach - 1) is not None}|{mark}|{sort}"]
    if nearest is None:
        return [*features, f"tail=no verb|{mark}|{sort}"]
    is_cue = nearest.i in layout.cue_verbs
    tense = _same(nearest, verb, "Tense") and _same(nearest, verb, "Mood")
    subject = any(dep(c) == "nsubj" for c in nearest.children)
    word = word_or_class(doc, follower)
    content_verb = next(
        (doc[i] for i in range(start, follower) if doc[i].pos_ in VERBAL and is_finite(doc[i])), None
    )
    like_content = content_verb is not None and _same(nearest, content_verb, "Tense")
    return [
        *features,
        f"tail-cue={is_cue}|{mark}|{word}",
        f"tail-cue={is_cue}|subject={subject}|tense={tense}",
        f"tail-tense={tense}|{like_content}|{word}",
        f"tail-tense={tense}|number={_same(nearest, verb, 'Number')}|subject={subject}|{mark}",
        f"tail-verb={verb_form(nearest)}|{verb_form(verb)}|{word}",
        f"tail-verb={verb_form(nearest)}|{mark}|{sort}",
        f"tail-head={nearest.head.i == cue.anchor}|{dep(nearest)}",
        f"tail-person={''.join(finite_part(nearest).morph.get('Person', []))}|{word}",
    ]


def _same(one: Token, other: Token, feature: str) -> bool:
    return bool(finite_part(one).morph.get(feature, []) == finite_part(other).morph.get(feature, []))


def _cuts_quote(layout: Layout, end: int) -> bool:
    quote = quote_at(layout.quotes, end - 1)
    return quote is not None and end < quote.end


def _unclosed(doc: Doc, start: int, end: int) -> int:
    return max(-1, min(1, sum({"(": 1, ")": -1}.get(doc[i].text, 0) for i in range(start, end))))


def _arcs(heads: Sequence[int], start: int, end: int, follower: int, limit: int) -> str:
    """How many of the words after an end hang on those before it, and the reverse; marks apart."""
    back = sum(start <= head < end for head in heads[follower:limit])
    forth = sum(follower <= head < limit for head in heads[start:end])
    return f"{min(back, 2)}{min(forth, 2)}"
