"""Sentences as tables, and what the statement steps know of them, for tests without a trained model."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from streams.extraction.addressees import find_addressees
from streams.extraction.annotations import Filler, Quote
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.cue_finder import FoundCue, find_cues
from streams.extraction.inserted_cues import insert_range
from streams.extraction.layout import Layout, Range
from streams.extraction.lexicon import load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.quotes import find_quotes
from streams.extraction.references import References, Subject
from streams.extraction.speakers import find_speakers
from streams.extraction.statements import find_content
from tests.builders import make_doc

QUE_CLAUSE = """
    Ana      PROPN  aseguró  nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    aseguró  VERB   =        ROOT   asegurar  past
    que      SCONJ  bajará   mark
    el       DET    paro     det
    paro     NOUN   bajará   nsubj  _         sing
    bajará   VERB   aseguró  ccomp  bajar     future
    .        PUNCT  aseguró  punct
"""
INVERTED = """
    «        PUNCT  hay      punct
    No       ADV    hay      advmod
    hay      VERB   bromeó   ccomp  haber     present
    dinero   NOUN   hay      obj
    »        PUNCT  hay      punct
    ,        PUNCT  bromeó   punct
    bromeó   VERB   =        ROOT   bromear   past
    Ana      PROPN  bromeó   nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    .        PUNCT  bromeó   punct
"""
SPLIT = """
    «        PUNCT  subirán  punct
    No       ADV    subirán  advmod
    subirán  VERB   dijo     ccomp  subir     future
    »        PUNCT  subirán  punct
    ,        PUNCT  dijo     punct
    dijo     VERB   =        ROOT   decir     past
    Ana      PROPN  dijo     nsubj  _         _        PER
    Rubio    PROPN  Ana      flat   _         _        PER
    ,        PUNCT  dijo     punct
    «        PUNCT  año      punct
    este     DET    año      det
    año      NOUN   dijo     obl
    »        PUNCT  año      punct
    .        PUNCT  dijo     punct
"""
MIXED = """
    Ana        PROPN  dijo       nsubj  _      _     PER
    Rubio      PROPN  Ana        flat   _      _     PER
    dijo       VERB   =          ROOT   decir  past
    que        SCONJ  vergüenza  mark
    era        AUX    vergüenza  cop    ser    past
    «          PUNCT  vergüenza  punct
    una        DET    vergüenza  det
    vergüenza  NOUN   dijo       ccomp
    »          PUNCT  vergüenza  punct
    .          PUNCT  dijo       punct
"""
INFINITIVE = """
    Ana       PROPN  prometió  nsubj  _         _     PER
    Rubio     PROPN  Ana       flat   _         _     PER
    prometió  VERB   =         ROOT   prometer  past
    construir VERB   prometió  xcomp  construir inf
    escuelas  NOUN   construir obj
    .         PUNCT  prometió  punct
"""
OBJECT = """
    Ana      PROPN  anunció  nsubj  _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    anunció  VERB   =        ROOT   anunciar  past
    recortes NOUN   anunció  obj    recorte   plur
    de       ADP    gasto    case
    gasto    NOUN   recortes nmod
    .        PUNCT  anunció  punct
"""
PREPOSITIONAL = """
    Ana      PROPN  acusó    nsubj  _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    acusó    VERB   =        ROOT   acusar    past
    a        ADP    Luis     case
    Luis     PROPN  acusó    obj    _         _     PER
    Mora     PROPN  Luis     flat   _         _     PER
    de       ADP    ocultar  mark
    ocultar  VERB   acusó    xcomp  ocultar   inf
    datos    NOUN   ocultar  obj
    .        PUNCT  acusó    punct
"""
ACCORDING_TO = """
    La       DET    cosecha  det
    cosecha  NOUN   fracasó  nsubj  _         sing
    ,        PUNCT  Ana      punct
    según    ADP    Ana      case
    Ana      PROPN  fracasó  obl    _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    ,        PUNCT  Ana      punct
    fracasó  VERB   =        ROOT   fracasar  past
    .        PUNCT  fracasó  punct
"""
OWN_JUDGEMENT = """
    Ana      PROPN  habló    nsubj  _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    habló    VERB   =        ROOT   hablar    past
    .        PUNCT  habló    punct
    A        ADP    juicio   case
    su       DET    juicio   det
    juicio   NOUN   fracasó  obl
    ,        PUNCT  juicio   punct
    todo     PRON   fracasó  nsubj
    fracasó  VERB   =        ROOT   fracasar  past
    .        PUNCT  fracasó  punct
"""
DROPPED = """
    Ana      PROPN  habló    nsubj  _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    habló    VERB   =        ROOT   hablar    past
    .        PUNCT  habló    punct
    Añadió   VERB   =        ROOT   añadir    past
    que      SCONJ  llueve   mark
    llueve   VERB   Añadió   ccomp  llover    present
    .        PUNCT  Añadió   punct
"""
PASSIVE = """
    La         DET    acusación  det
    acusación  NOUN   negada     nsubj:pass  _      sing
    fue        AUX    negada     aux:pass    ser    past
    negada     VERB   =          ROOT        negar  part
    por        ADP    Ana        case
    Ana        PROPN  negada     obl         _      _     PER
    Rubio      PROPN  Ana        flat        _      _     PER
    .          PUNCT  negada     punct
"""
RELATIVE = """
    Ana      PROPN  viajó    nsubj  _         _     PER
    Rubio    PROPN  Ana      flat   _         _     PER
    ,        PUNCT  recordó  punct
    quien    PRON   recordó  nsubj
    recordó  VERB   Ana      acl    recordar  past
    que      SCONJ  llueve   mark
    llueve   VERB   recordó  ccomp  llover    present
    ,        PUNCT  recordó  punct
    viajó    VERB   =        ROOT   viajar    past
    .        PUNCT  viajó    punct
"""
CLITIC = """
    Ana        PROPN  dijo       nsubj  _          _     PER
    Rubio      PROPN  Ana        flat   _          _     PER
    dijo       VERB   =          ROOT   decir      past
    que        SCONJ  llueve     mark
    llueve     VERB   dijo       ccomp  llover     present
    .          PUNCT  dijo       punct
    Luis       PROPN  respondió  nsubj  _          _     PER
    Mora       PROPN  Luis       flat   _          _     PER
    le         PRON   respondió  iobj
    respondió  VERB   =          ROOT   responder  past
    que        SCONJ  nieva      mark
    nieva      VERB   respondió  ccomp  nevar      present
    .          PUNCT  respondió  punct
"""
COLON = """
    Ana     PROPN  =       ROOT   _      _        PER
    Rubio   PROPN  Ana     flat   _      _        PER
    :       PUNCT  Ana     punct
    «       PUNCT  dinero  punct
    No      ADV    dinero  advmod
    más     ADV    dinero  advmod
    dinero  NOUN   Ana     parataxis
    »       PUNCT  dinero  punct
    .       PUNCT  Ana     punct
"""
NOUN = """
    La         DET    promesa    det
    promesa    NOUN   convenció  nsubj  _         sing
    de         ADP    Ana        case
    Ana        PROPN  promesa    nmod   _         _     PER
    Rubio      PROPN  Ana        flat   _         _     PER
    de         ADP    construir  mark
    construir  VERB   promesa    acl    construir inf
    escuelas   NOUN   construir  obj
    convenció  VERB   =          ROOT   convencer past
    .          PUNCT  convenció  punct
"""


@dataclass(frozen=True)
class Sentence:
    """A doc with everything that is known before content is looked for."""

    doc: Doc
    quotes: list[Quote]
    references: References
    layout: Layout

    @property
    def cues(self) -> tuple[FoundCue, ...]:
        """Those that the rules are sure of."""
        return tuple(cue for cue in self.layout.cues if cue.sure)

    def text(self, ranges: list[Range]) -> list[str]:
        """Ranges as the words of the article, marks as it has them."""
        spans = [self.doc.span(start, end) for start, end in ranges]
        return [self.doc._.source_text[span.start_char : span.end_char] for span in spans]

    def content(self, cue: int = 0) -> tuple[list[str], str]:
        """What a cue reports, and as which complement."""
        found = find_content(self.layout, self.cues[cue])
        return self.text(found.ranges), found.reading

    def speakers(self, cue: int = 0, *, earlier: list[Subject] | None = None) -> list[Filler]:
        """Who says it."""
        ranges = find_content(self.layout, self.cues[cue]).ranges
        return find_speakers(self.cues[cue], self.references, earlier or [], ranges)

    def addressees(self, cue: int = 0, *, earlier: list[Subject] | None = None) -> list[str]:
        """Names of those to whom, or of whom, it is said."""
        content = find_content(self.layout, self.cues[cue])
        speakers = self.speakers(cue, earlier=earlier)
        found = find_addressees(
            self.cues[cue], self.references, content.reading, content.ranges, speakers, earlier or []
        )
        return [filler.name for filler in found]


def read(table: str) -> Sentence:
    """Do what comes before content: quotations, mentions, entities, cues, insertions."""
    doc = make_doc(table)
    lexicon, words = load_lexicon(), load_reference_words()
    quotes = find_quotes(doc)
    mentions = find_mentions(doc, lexicon)
    references = References(doc, lexicon, words, mentions, resolve_entities(doc, mentions, lexicon, words))
    cues = tuple(find_cues(doc, lexicon, quotes))
    bare = Layout.of(doc, quotes, references, cues)
    inserts = tuple(r for r in (insert_range(bare, cue) for cue in cues if cue.sure) if r is not None)
    return Sentence(doc, quotes, references, replace(bare, inserts=inserts))
