"""Find the cues of statements: verbs, phrases, nouns, prepositions, a colon after a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from schemas import Act
from streams.extraction.annotations import Quote
from streams.extraction.cues import Cue
from streams.extraction.lexicon import Lexicon
from streams.extraction.open_cues import governs_que, is_colon_of_speech, stands_beside_quote
from streams.extraction.quotes import quote_at
from streams.extraction.syntax import dep, has_se, is_passive
from streams.extraction.tokens import Doc, Token
from streams.extraction.verb_forms import has_agent, may_report, surely_reports

CueSource = Literal["verb", "phrase", "passive", "preposition", "possessive", "noun", "colon", "open"]
_PASSIVE_ACTS: Final = frozenset(
    {Act.DENY, Act.ACCUSE, Act.ANNOUNCE, Act.DEMAND, Act.PROPOSE, Act.PRAISE, Act.SAY}
)


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue in the text: its tokens, the token that decides its clause, its possible readings.

    Attributes:
        sure: Its form tells that something was said; only such cues bound the words of others.
    """

    start: int
    end: int
    anchor: int
    source: CueSource
    readings: tuple[Cue, ...]
    sure: bool = True

    @property
    def takes(self) -> frozenset[str]:
        """Everything that any usual reading takes as content; any reading where none is usual."""
        usual = [reading for reading in self.readings if not reading.wide] or self.readings
        return frozenset(t for reading in usual for t in reading.takes)

    def act_for(self, complement: str) -> str:
        """Act of the first reading that takes this complement."""
        for reading in self.readings:
            if complement in reading.takes:
                return reading.act.value
        return self.readings[0].act.value

    def addressee_for(self, complement: str) -> str | None:
        """Position of the addressee in the reading that takes this complement."""
        for reading in self.readings:
            if complement in reading.takes:
                return reading.addressee
        return self.readings[0].addressee

    @property
    def belief(self) -> bool:
        """Whether every reading is a thought."""
        return all(reading.belief for reading in self.readings)


def find_cues(doc: Doc, lexicon: Lexicon, quotes: list[Quote]) -> list[FoundCue]:
    """Find every cue that may report words, in text order; content and speaker are not looked for yet."""
    found: list[FoundCue] = []
    taken: set[int] = set()
    openers = _first_words(lexicon.cues.possessive, lexicon.cues.prepositional)
    for token in doc:
        if token.i in taken or (token.is_punct and token.text != ":") or token.is_space:
            continue
        cue = (
            (token.lower_ in openers and _prepositional(doc, token, lexicon))
            or _phrase(doc, token, lexicon, quotes)
            or _verb(token, lexicon, quotes)
            or _noun(token, lexicon, quotes)
            or _for_whom(doc, token, lexicon)
            or _open_class(doc, token, lexicon, quotes)
        )
        if cue is not None:
            found.append(cue)
            taken.update(range(cue.start, cue.end))
    return found


@lru_cache(maxsize=8)
def _first_words(*tables: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(words[0] for table in tables for words in table)


def _prepositional(doc: Doc, token: Token, lexicon: Lexicon) -> FoundCue | None:
    word = token.lower_
    say = (Cue(act=Act.SAY, takes=frozenset({"clause"})),)
    for words in lexicon.cues.possessive:
        if word == words[0] and doc.text_of(token.i, token.i + len(words)).lower() == " ".join(words):
            return FoundCue(token.i, token.i + len(words), token.i, "possessive", say)
    for words in lexicon.cues.prepositional:
        if word != words[0]:
            continue
        end = token.i + len(words)
        text = [t.lower_ for t in doc[token.i : end]]
        last = words[-1]
        if (
            text[:-1] != list(words[:-1])
            or not text
            or text[-1] not in (last, {"de": "del", "a": "al"}.get(last, last))
        ):
            continue
        if end < len(doc) and (_names_a_speaker(doc, end, lexicon) or _is_relative(doc, end)):
            return FoundCue(token.i, end, token.i, "preposition", say)
    return None


def _is_relative(doc: Doc, index: int) -> bool:
    """Whether "(el) cual" or "quien" follows: "un informe según el cual"."""
    return any(t.lower_ in ("cual", "cuales", "quien", "quienes") for t in doc[index : index + 2])


def _names_a_speaker(doc: Doc, index: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase follows "según", not a verb of saying ("según dijo")."""
    while index < len(doc) and doc[index].pos_ in ("DET", "ADJ", "NUM", "ADV"):
        index += 1
    if index < len(doc) and doc[index].is_quote:
        index += 1
    if index >= len(doc):
        return False
    token = doc[index]
    if token.pos_ == "PRON":
        return token.lower_ in lexicon.grammar["vague_pronouns"]
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "X") or token.text[:1].isupper()


def _phrase(doc: Doc, token: Token, lexicon: Lexicon, quotes: list[Quote]) -> FoundCue | None:
    if token.pos_ not in ("VERB", "AUX"):
        return None
    lemma = token.lemma_
    for phrase in lexicon.cues.phrases.get(lemma, ()):
        position = token.i + 1
        matched = True
        for word in phrase.words:
            if position < len(doc) and doc[position].pos_ == "ADV" and word not in (doc[position].lower_,):
                position += 1
            if position >= len(doc) or word not in (doc[position].lower_, doc[position].lemma_):
                matched = False
                break
            position += 1
        if matched and may_report(token, lexicon, quotes):
            sure = surely_reports(token, lexicon, quotes)
            return FoundCue(token.i, token.i + 1, token.i, "phrase", (phrase,), sure)
    if not may_report(token, lexicon, quotes):
        return None
    sure = surely_reports(token, lexicon, quotes)
    return _predicative(doc, token, lexicon, sure=sure) or _expressive(token, lexicon, sure=sure)


def _predicative(doc: Doc, token: Token, lexicon: Lexicon, *, sure: bool) -> FoundCue | None:
    lemma = token.lemma_
    if lemma not in lexicon.cues.predicative_verbs or not (has_se(token) or lemma in lexicon.cues.copulas):
        return None
    for index in range(token.i + 1, min(token.i + 5, len(doc))):
        act = lexicon.cues.predicatives.get(doc[index].lemma_) or lexicon.cues.predicatives.get(
            doc[index].lower_
        )
        if act is not None:
            takes = frozenset({"clause", "quote", "de", "con", "por", "infinitive", "a", "en"})
            sure = sure and lemma not in lexicon.cues.copulas
            return FoundCue(token.i, index + 1, token.i, "phrase", (Cue(act=act, takes=takes),), sure)
        if doc[index].pos_ not in ("ADV", "DET"):
            return None
    return None


def _expressive(token: Token, lexicon: Lexicon, *, sure: bool) -> FoundCue | None:
    if token.lemma_ not in lexicon.cues.expressive_verbs:
        return None
    for child in token.rights:
        if dep(child) in ("obj", "nsubj") and child.lemma_ in lexicon.cues.expressive_nouns:
            act = lexicon.cues.expressive_nouns[child.lemma_]
            cue = Cue(act=act, takes=frozenset({"object"}), addressee="a")
            return FoundCue(token.i, token.i + 1, token.i, "phrase", (cue,), sure)
    return None


def _verb(token: Token, lexicon: Lexicon, quotes: list[Quote]) -> FoundCue | None:
    participle = token.pos_ == "ADJ" and "Part" in token.morph.get("VerbForm", [])
    if token.pos_ not in ("VERB", "AUX") and not participle:
        return None
    readings = lexicon.cues.verbs.get(token.lemma_)
    if not readings:
        return None
    passive = is_passive(token)
    if participle and not passive:
        return None
    if passive and dep(token) not in ("ROOT", "conj", "ccomp") and not has_agent(token):
        return None
    reflexive = has_se(token)
    usable = tuple(r for r in readings if not r.reflexive or reflexive)
    if not usable:
        return None
    if passive:
        if not has_agent(token):
            return None
        sure = any(r.act in _PASSIVE_ACTS and "object" in r.takes and not r.wide for r in usable)
        return FoundCue(token.i, token.i + 1, token.i, "passive", usable, sure)
    if not may_report(token, lexicon, quotes):
        return None
    sure = surely_reports(token, lexicon, quotes) and not all(r.wide for r in usable)
    return FoundCue(token.i, token.i + 1, token.i, "verb", usable, sure)


def _noun(token: Token, lexicon: Lexicon, quotes: list[Quote]) -> FoundCue | None:
    """A noun that names a statement with its content: "la promesa de bajar impuestos"."""
    if token.pos_ != "NOUN" or token.lemma_ not in lexicon.cues.nouns:
        return None
    cue = Cue(
        act=lexicon.cues.nouns[token.lemma_], takes=frozenset({"clause", "object", "infinitive", "quote"})
    )
    inside = quote_at(quotes, token.i) is not None
    sure = not inside and token.lemma_ not in lexicon.cues.wide_nouns
    return FoundCue(token.i, token.i + 1, token.i, "noun", (cue,), sure)


def _for_whom(doc: Doc, token: Token, lexicon: Lexicon) -> FoundCue | None:
    """Whose opinion it is: "Para X, …", at the start of a sentence or after a comma."""
    if token.lower_ != "para" or token.i + 1 >= len(doc):
        return None
    opens = token.is_sent_start or (
        (token.i > 0 and doc[token.i - 1].text in (",", ";", '"')) or doc[token.i - 1].is_space
    )
    if not opens or (token.head.pos_ in ("VERB",) and "Inf" in token.head.morph.get("VerbForm", [])):
        return None
    following = doc[token.i + 1]
    if following.lower_ == "quien" or _office_or_name(doc, token.i + 1, lexicon):
        cue = Cue(act=Act.SAY, takes=frozenset({"clause"}))
        return FoundCue(token.i, token.i + 1, token.i, "preposition", (cue,))
    return None


def _office_or_name(doc: Doc, index: int, lexicon: Lexicon) -> bool:
    if doc[index].ent_type_ == "PER":
        return True
    if doc[index].pos_ == "DET" and index + 1 < len(doc):
        index += 1
    return doc[index].pos_ == "NOUN" and lexicon.office_of(doc[index].text) is not None


def _open_class(doc: Doc, token: Token, lexicon: Lexicon, quotes: list[Quote]) -> FoundCue | None:
    """A cue that no list has: by the quotation, colon or clause that stands beside it."""
    if stands_beside_quote(doc, token, quotes):
        cue = Cue(act=Act.SAY, takes=frozenset({"quote"}))
        return FoundCue(token.i, token.i + 1, token.i, "open", (cue,))
    if is_colon_of_speech(doc, token, quotes):
        cue = Cue(act=Act.SAY, takes=frozenset({"quote"}))
        return FoundCue(token.i, token.i + 1, token.i, "colon", (cue,))
    if governs_que(token, lexicon.cues.silent_verbs) and may_report(token, lexicon, quotes):
        cue = Cue(act=Act.SAY, takes=frozenset({"clause"}))
        return FoundCue(token.i, token.i + 1, token.i, "open", (cue,), sure=False)
    return None
