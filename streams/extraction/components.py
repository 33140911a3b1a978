"""Each step as a registered spaCy component: a thin shell around a pure function.

A user may add any of them to a pipeline of their own, in this order; `Doc._` carries the results.
"""

from collections.abc import Callable, Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from streams.extraction import doc as _doc  # noqa: F401  registers teletipo_paragraphs
from streams.extraction import tokens
from streams.extraction.conjugation import VerbForms, load_endings
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.entity_types import load_entity_typer, retype
from streams.extraction.frames import EventType, load_event_types
from streams.extraction.infinitives import Infinitives, load_infinitives
from streams.extraction.judges import load_judges
from streams.extraction.lexicon import LANG_FOLDER, load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.plain import plain
from streams.extraction.quotes import find_quotes
from streams.extraction.reading import EventReader
from streams.extraction.temporal import find_temporal_expressions, load_calendar

Component = Callable[[Doc], Doc]

STEPS: Final = (
    "teletipo_entity_types",
    "teletipo_lemmas",
    "teletipo_quotes",
    "teletipo_temporal",
    "teletipo_mentions",
    "teletipo_entities",
    "teletipo_events",
)
"""Components after the parser and the entity recogniser, in their order."""


def add_to(nlp: Language, event_types: Sequence[EventType]) -> None:
    """Add every step to a pipeline that has a parser and an entity recogniser.

    Args:
        nlp: A Spanish pipeline with the standard labels.
        event_types: What to look for. Pipes that need them are told here: a spaCy config cannot hold objects.
    """
    if "teletipo_paragraphs" not in nlp.pipe_names:
        nlp.add_pipe("teletipo_paragraphs", before="parser")
    for name in STEPS:
        pipe = nlp.get_pipe(name) if name in nlp.pipe_names else nlp.add_pipe(name)
        if isinstance(pipe, LemmasComponent | EventsComponent):
            pipe.set_event_types(event_types)


class LemmasComponent:
    """Lemmas of verbs, from their forms where the model's lemma is not an infinitive that has this form."""

    def __init__(self, language: str, event_types: Sequence[EventType]) -> None:
        self.language = language
        self.set_event_types(event_types)

    def set_event_types(self, event_types: Sequence[EventType]) -> None:
        """Know the trigger verbs of these types, and no others, beside the cues."""
        cues = load_lexicon(self.language).cues
        triggers = {lemma for kind in event_types for frame in kind.verbs for lemma in frame.lemmas}
        known = triggers | cues.verbs.keys() | cues.phrases.keys() | cues.predicative_verbs
        self.predicatives = cues.predicatives.keys()
        endings = load_endings(self.language)
        self.forms = VerbForms(known, endings)
        self.infinitives = Infinitives(load_infinitives(self.language) | known, endings)

    def __call__(self, doc: Doc) -> Doc:
        """Correct lemmas, and the tag of a verb that the model took for something else."""
        for token in plain(doc):
            participle = token.pos_ == "ADJ" and "Part" in token.morph.get("VerbForm", [])
            if participle:  # "convencida": its lemma is "convencido" unless the lexicon has the verb
                if token.lemma_ not in self.predicatives:
                    _mend(doc, token, self.forms.lemma(token).lower())
            elif token.pos_ in ("VERB", "AUX"):
                known = self.forms.lemma(token).lower()
                _mend(doc, token, self.infinitives.choose(token.lower_, token.lemma, known))
            elif features := self.forms.missed_features(token):
                _mend(doc, token, self.forms.lemma(token), morph=features)
            elif lemma := token.is_lower and self.infinitives.with_clitics(token.lower_):
                _mend(doc, token, lemma, morph=f"VerbForm={'Ger' if 'ndo' in token.lower_ else 'Inf'}")
        return doc


def _mend(doc: Doc, token: tokens.Token, lemma: str, *, morph: str | None = None) -> None:
    """Give a token another lemma, and with `morph` make it a verb, here and in spaCy's doc."""
    if lemma != token.lemma_:
        token.set_lemma(lemma)
        doc[token.i].lemma_ = lemma
    if morph is not None:
        token.make_verb(morph)
        doc[token.i].pos_ = "VERB"
        doc[token.i].set_morph(morph)  # type: ignore[attr-defined]  # spaCy's stubs lack it


@Language.factory("teletipo_entity_types", assigns=["doc.ents"], requires=["doc.ents", "token.pos"])
def entity_types_component(nlp: Language, name: str) -> Component:
    """Types of the names, decided over the article; a pipeline with other word vectors keeps its own."""
    lexicon = load_lexicon(str(nlp.lang))
    typer = load_entity_typer()

    def component(doc: Doc) -> Doc:
        if typer.fits(nlp.vocab):
            names = plain(doc)
            names.set_ents(retype(names, typer, lexicon))
            doc.ents = tuple(Span(doc, name.start, name.end, label=name.label_) for name in names.ents)
        return doc

    return component


@Language.factory("teletipo_lemmas", assigns=["token.lemma"], requires=["token.pos"])
def lemmas_component(nlp: Language, name: str) -> LemmasComponent:
    """Corrected lemmas of known verbs."""
    return LemmasComponent(str(nlp.lang), load_event_types())


@Language.component("teletipo_quotes", assigns=["doc._.quotes"])
def quotes_component(doc: Doc) -> Doc:
    """Quoted stretches."""
    read = plain(doc)
    doc._.quotes = read._.quotes = find_quotes(read)
    return doc


@Language.factory("teletipo_temporal", assigns=["doc._.temporal"])
def temporal_component(nlp: Language, name: str) -> Component:
    """Calendar dates against `doc._.published`; nothing without it."""
    calendar = load_calendar(LANG_FOLDER / str(nlp.lang))

    def component(doc: Doc) -> Doc:
        read = plain(doc)
        if read._.published is not None:
            found = find_temporal_expressions(read, published=read._.published, calendar=calendar)
            doc._.temporal = read._.temporal = found
        return doc

    return component


@Language.factory("teletipo_mentions", assigns=["doc._.mentions"], requires=["doc.ents", "token.pos"])
def mentions_component(nlp: Language, name: str) -> Component:
    """Names and descriptions."""
    lexicon = load_lexicon(str(nlp.lang))

    def component(doc: Doc) -> Doc:
        read = plain(doc)
        doc._.mentions = read._.mentions = find_mentions(read, lexicon)
        return doc

    return component


@Language.factory("teletipo_entities", assigns=["doc._.entities"], requires=["doc._.mentions"])
def entities_component(nlp: Language, name: str) -> Component:
    """Mentions grouped into entities."""
    lexicon = load_lexicon(str(nlp.lang))
    words = load_reference_words(str(nlp.lang))
    judge = load_judges(str(nlp.lang)).get("antecedent")

    def component(doc: Doc) -> Doc:
        read = plain(doc)
        found = resolve_entities(read, read._.mentions, lexicon, words, judge)
        doc._.entities = read._.entities = found
        return doc

    return component


class EventsComponent:
    """Events of a doc: `reading.EventReader` with the data of one language."""

    def __init__(self, language: str, event_types: Sequence[EventType]) -> None:
        self.language = language
        self.judges = load_judges(language)
        self.set_event_types(event_types)

    def set_event_types(self, event_types: Sequence[EventType]) -> None:
        """Look for these types, and no others."""
        self.event_types = tuple(event_types)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.candidates` to what becomes events, one a happening."""
        reader = EventReader(plain(doc), self.language, self.event_types, self.judges)
        doc._.candidates = reader.read()
        return doc


@Language.factory(
    "teletipo_events", assigns=["doc._.candidates"], requires=["doc._.entities", "doc._.quotes"]
)
def events_component(nlp: Language, name: str) -> EventsComponent:
    """Events of the built-in types; `add_to` adds a user's."""
    return EventsComponent(str(nlp.lang), load_event_types())
