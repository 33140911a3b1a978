"""Which way the verb looks: back, forward, or neither."""

import re
from functools import lru_cache

from streams.extraction.temporal.calendar import Calendar, Direction
from streams.extraction.temporal.context import word_before, words_before
from streams.extraction.temporal.grammar import one_of
from streams.extraction.tokens import Doc, Token

_CLIMB = 12
"""Heads climbed from a date to its verb: deeper nesting is a broken parse."""

_REACH = 160
"""Characters of the sentence looked at on either side where no parse tells the verb."""

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[.;:!?\n]")


class TenseReader:
    """Reads the direction of the verb that a date belongs to, with whatever annotation the `Doc` has."""

    def __init__(self, doc: Doc, calendar: Calendar) -> None:
        self._doc = doc
        self._text = doc.text  # spaCy builds it anew at every call
        self._calendar = calendar
        self._parsed = doc.parsed
        self._tagged = doc.tagged
        self._openers, self._futures, self._pasts = _surface_patterns(calendar)

    def direction(self, start: int, end: int) -> Direction | None:
        """Give the direction of the verb, or None when nothing tells.

        Args:
            start: First code point of the date.
            end: One past its last code point.

        Returns:
            PAST or FUTURE; THIS for a present, which looks forward with days and back with `desde`.
        """
        before = word_before(self._text, start)
        left, right = _sentence(self._text, start, end)
        if not self._text[left:start].strip() and not self._text[end:right].strip():
            return None  # "7 de julio. - Barak traspasa los poderes": an entry of a chronology has no verb
        if before == "para":
            return Direction.FUTURE
        found = self._of_neighbour(start, before)
        if found is None and self._parsed and self._tagged:
            found = self._from_model(start, end)
        found = found or self._from_surface(start, end)
        if before == "desde" and found is not Direction.FUTURE:
            return Direction.PAST
        return found

    def _of_neighbour(self, start: int, before: str) -> Direction | None:
        """Let a verb right before the date decide: "un sondeo difundido el domingo indica"."""
        if before in ("en", "durante"):
            before = next(iter(words_before(self._text, start, 2)[1:]), "")
        if before in self._calendar.plan_words:
            return Direction.FUTURE
        exceptions = (*self._calendar.future_exceptions, *self._calendar.past_exceptions)
        if len(before) < 5 or before in exceptions:
            return None
        if before.endswith(self._calendar.future_endings):
            return Direction.FUTURE
        past = (*self._calendar.past_participles, *self._calendar.preterite_endings)
        return Direction.PAST if before.endswith(past) else None

    def _from_model(self, start: int, end: int) -> Direction | None:
        span = self._doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return None
        token = span.root
        for _ in range(_CLIMB):
            # A nominal with a copula heads a clause too: "que el lunes estuvo en Ottawa".
            copular = any(child.dep_ == "cop" for child in token.children)
            if token.pos_ in ("VERB", "AUX") or token.dep_ == "ROOT" or copular:
                found = self._of_verb(token)
                if found is not None or token.dep_ == "ROOT":
                    return found
            elif self._is_planned(token):
                return Direction.FUTURE
            if token.head.i == token.i:
                return None
            token = token.head
        return None

    def _of_verb(self, verb: Token) -> Direction | None:
        """Read tense and mood of a verb; infinitives and gerunds leave it to their governor."""
        helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
        if self._is_planned(verb):
            return Direction.FUTURE
        for word in [*helpers, verb]:
            if "Fin" in word.morph.get("VerbForm", []):
                return self._of_finite(word, verb)
        if "Part" in verb.morph.get("VerbForm", []):
            return Direction.PAST
        if "Inf" in verb.morph.get("VerbForm", []):
            return self._of_infinitive(verb, helpers)
        return None

    def _of_finite(self, word: Token, verb: Token) -> Direction:
        tense, mood = word.morph.get("Tense", []), word.morph.get("Mood", [])
        form = verb.morph.get("VerbForm", [])
        if "Cnd" in mood or "Fut" in tense:
            return Direction.FUTURE
        if word.i != verb.i and "Inf" in form and word.lemma not in self._calendar.implicative_lemmas:
            return Direction.FUTURE
        if word.i != verb.i and "Part" in form and word.lemma == "haber":
            return Direction.PAST
        if "Sub" in mood and "Imp" in tense:
            return self._of_past_subjunctive(verb)
        if "Past" in tense or "Imp" in tense:
            return Direction.PAST
        return Direction.FUTURE if "Sub" in mood else Direction.THIS

    def _of_past_subjunctive(self, verb: Token) -> Direction:
        """Read "después de que acusara" as past, "pidió que viniera" as future."""
        opening = {word.lower_ for word in self._doc[max(0, verb.left_edge.i - 4) : verb.i]}
        back = not opening.isdisjoint(("sin", "desde", *self._calendar.past_prepositions))
        return Direction.PAST if back else Direction.FUTURE

    def _of_infinitive(self, verb: Token, helpers: list[Token]) -> Direction | None:
        if any(helper.lemma == "haber" for helper in helpers):
            return Direction.PAST
        marks = [child.lower_ for child in verb.children if child.dep_ in ("mark", "case")]
        if any(mark in self._calendar.past_prepositions for mark in marks):
            return Direction.PAST
        if "para" in marks:
            return Direction.FUTURE
        governor = verb.head
        if verb.dep_ in ("xcomp", "ccomp", "obj", "csubj") and governor.pos_ in ("VERB", "AUX", "ADJ"):
            return None if governor.lemma in self._calendar.implicative_lemmas else Direction.FUTURE
        return None

    def _is_planned(self, token: Token) -> bool:
        return token.lower_ in self._calendar.plan_words

    def _from_surface(self, start: int, end: int) -> Direction | None:
        """Let the nearest verb-like ending of the sentence decide; words after a comma count as farther."""
        text = self._text
        left, right = _sentence(text, start, end)
        best, direction = _REACH * 4, None
        for pattern, meaning in (
            (self._openers, Direction.FUTURE),
            (self._futures, Direction.FUTURE),
            (self._pasts, Direction.PAST),
        ):
            for found in pattern.finditer(text, left, right):
                if (found.start() < end and found.end() > start) or not self._is_verb(found, left):
                    continue
                gap = text[found.end() : start] if found.end() <= start else text[end : found.start()]
                distance = len(gap) + 40 * gap.count(",")
                if distance < best:
                    best, direction = distance, meaning
        return direction

    def _is_verb(self, found: re.Match[str], left: int) -> bool:
        word = found[0]
        if word.lower() in self._calendar.future_exceptions or word.lower() in self._calendar.past_exceptions:
            return False
        return word[0].islower() or not self._text[left : found.start()].strip(" \"«“‘¿¡—-'")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(0, start - _REACH)
    for found in _BREAK.finditer(text, left, start):
        left = found.end()
    stop = _BREAK.search(text, end, end + _REACH)
    return left, stop.start() if stop else min(len(text), end + _REACH)


@lru_cache(maxsize=8)
def _surface_patterns(calendar: Calendar) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile future phrases, future endings and past endings."""
    return (
        re.compile(rf"(?<!\w){one_of(calendar.future_openers)}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)\w{{2,20}}{one_of(calendar.future_endings)}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)\w{{2,20}}{one_of(calendar.past_endings)}(?!\w)", re.IGNORECASE),
    )
