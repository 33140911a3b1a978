"""Whole sentences → statements: act, kind, content, speaker; with the trained pipeline where marked."""

from collections.abc import Callable

import pytest

from schemas import Event
from streams.extraction import load_extractor
from streams.extraction.annotations import Candidate
from streams.extraction.lexicon import load_lexicon
from streams.extraction.statements import StatementReader
from tests.builders import make_article
from tests.extraction import sentences
from tests.extraction.sentences import read


def statements(table: str) -> list[Candidate]:
    """Statements by the rules alone, no judge."""
    sentence = read(table)
    return StatementReader(sentence.doc, load_lexicon(), sentence.references, sentence.quotes).read()


@pytest.mark.parametrize(
    ("table", "act", "kind"),
    [
        (sentences.QUE_CLAUSE, "say", "indirect"),
        (sentences.INVERTED, "say", "direct"),
        (sentences.SPLIT, "say", "direct"),
        (sentences.MIXED, "say", "mixed"),
        (sentences.INFINITIVE, "promise", "indirect"),
        (sentences.OBJECT, "announce", "indirect"),
        (sentences.PREPOSITIONAL, "accuse", "indirect"),
        (sentences.PASSIVE, "deny", "indirect"),
        (sentences.NOUN, "promise", "indirect"),
        (sentences.COLON, "say", "direct"),
    ],
)
def test_act_and_kind_of_a_statement(table: str, act: str, kind: str) -> None:
    (statement,) = statements(table)
    assert (statement.type, statement.act, statement.kind) == ("statement", act, kind)


def test_each_cue_is_a_statement_of_its_own() -> None:
    speakers = [[f.name for f in s.of_role("speaker")] for s in statements(sentences.CLITIC)]
    assert speakers == [["Ana Rubio"], ["Luis Mora"]]


def test_a_medium_is_a_source_and_no_speaker() -> None:
    table = """
        Según     ADP    Interfax  case
        Interfax  PROPN  llueve    obl    _       _  ORG
        ,         PUNCT  Interfax  punct
        ya        ADV    llueve    advmod
        llueve    VERB   =         ROOT   llover  present
        .         PUNCT  llueve    punct
    """
    sentence = read(table)
    reader = StatementReader(sentence.doc, load_lexicon(), sentence.references, sentence.quotes)
    assert reader.read() == []
    assert [report.filler.name for report in reader.reports] == ["Interfax"]


CONTINUED = """
    «        PUNCT  llueve   punct
    Ya       ADV    llueve   advmod
    llueve   VERB   dijo     ccomp  llover  present
    »        PUNCT  llueve   punct
    ,        PUNCT  dijo     punct
    dijo     VERB   =        ROOT   decir   past
    Ana      PROPN  dijo     nsubj  _       _        PER
    .        PUNCT  dijo     punct
    «        PUNCT  nieve    punct
    Hoy      ADV    caerá    advmod
    caerá    VERB   =        ROOT   caer    future
    más      ADV    nieve    advmod
    nieve    NOUN   caerá    nsubj
    »        PUNCT  nieve    punct
    .        PUNCT  caerá    punct
"""


def test_a_quotation_without_cue_continues_the_statement_before() -> None:
    (statement,) = statements(CONTINUED)
    assert (len(statement.content), statement.kind) == (2, "direct")


def test_a_mixed_statement_stays_mixed_when_a_quotation_continues_it() -> None:
    """The kind is counted over all of the content: one quoted part beside words in none is mixed."""
    table = sentences.MIXED + CONTINUED[CONTINUED.index("    «        PUNCT  nieve") :]
    (statement,) = statements(table)
    assert (len(statement.content), statement.kind) == (2, "mixed")


def test_an_indirect_statement_is_not_continued() -> None:
    table = sentences.QUE_CLAUSE + CONTINUED[CONTINUED.index("    «        PUNCT  nieve") :]
    (statement,) = statements(table)
    assert (len(statement.content), statement.kind) == (1, "indirect")


def test_a_borrowed_term_continues_nothing() -> None:
    table = CONTINUED.replace("    Hoy      ADV    caerá    advmod\n", "").replace(
        "    más      ADV    nieve    advmod\n", ""
    )
    (statement,) = statements(table)
    assert len(statement.content) == 1


@pytest.mark.parametrize(
    ("word", "act"), [("lamentable", "accuse"), ("ejemplar", "praise"), ("redonda", "accuse")]
)
def test_the_act_of_naming_is_how_the_name_values(word: str, act: str) -> None:
    """A neutral name counts as a reproach after "calificar"."""
    table = f"""
        Ana       PROPN  calificó  nsubj  _         _     PER
        calificó  VERB   =         ROOT   calificar past
        la        DET    cita      det
        cita      NOUN   calificó  obj
        de        ADP    {word}    case
        {word}    ADJ    calificó  obl
        .         PUNCT  calificó  punct
    """
    (statement,) = statements(table)
    assert (statement.act, statement.reading) == (act, "attribute")


Extract = Callable[[str], list[Event]]


@pytest.fixture(scope="module")
def extract() -> Extract:
    """Statements of a text by the default pipeline."""
    extractor = load_extractor()
    return lambda text: [e for e in extractor.extract(make_article(text)) if e.type == "statement"]


def said(event: Event) -> tuple[list[str], list[str]]:
    content = [span.text for span in getattr(event, "content", ())]
    return content, [p.name for p in event.participants if p.role == "speaker"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "La ministra de Sanidad, Elvira Montes, aseguró ayer que las listas de espera bajarán en otoño.",
            ["las listas de espera bajarán en otoño"],
            "Elvira Montes",
        ),
        (
            "«No vamos a subir los impuestos», afirmó el alcalde de Lugo, Tomás Barreiro.",
            ["No vamos a subir los impuestos"],
            "Tomás Barreiro",
        ),
        (
            "«No subiremos los impuestos», dijo Tomás Barreiro, «ni este año ni el próximo».",
            ["No subiremos los impuestos", "ni este año ni el próximo"],
            "Tomás Barreiro",
        ),
        (
            "Elvira Montes prometió construir tres hospitales antes de 2027.",
            ["construir tres hospitales antes de 2027"],
            "Elvira Montes",
        ),
        (
            "El juez Ramiro Peña dijo que el caso era «una vergüenza nacional».",
            ["el caso era «una vergüenza nacional»"],
            "Ramiro Peña",
        ),
        (
            "La cosecha, según el ministro Hugo Paredes, ha sido la peor en diez años.",
            ["La cosecha", "ha sido la peor en diez años"],
            "Hugo Paredes",
        ),
        (
            "El ministro Hugo Paredes habló con la prensa. A su juicio, la cosecha ha sido mala.",
            ["la cosecha ha sido mala"],
            "Hugo Paredes",
        ),
        (
            "Elvira Montes presentó el plan. Añadió que el dinero llegará en marzo.",
            ["el dinero llegará en marzo"],
            "Elvira Montes",
        ),
        (
            "Elvira Montes, quien recordó que el plazo termina en mayo, visitó Lugo.",
            ["el plazo termina en mayo"],
            "Elvira Montes",
        ),
        (
            "—El puente estará listo —dijo Tomás Barreiro—. Mañana mismo.",
            ["El puente estará listo", "Mañana mismo"],
            "Tomás Barreiro",
        ),
        (
            "Irene Salgado se mostró convencida de que ganará las elecciones.",
            ["ganará las elecciones"],
            "Irene Salgado",
        ),
        (
            "Elvira Montes preguntó si el puente estaría listo en mayo.",
            ["si el puente estaría listo en mayo"],
            "Elvira Montes",
        ),
    ],
)
def test_a_sentence_gives_content_and_speaker(
    extract: Extract, text: str, content: list[str], speaker: str
) -> None:
    (event,) = extract(text)
    assert said(event) == (content, [speaker])


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Elvira Montes no dijo que el plazo termina en mayo.",
        "Elvira Montes dirá mañana que el plazo termina en mayo.",
        "Según la agencia Interfax, el puente estará listo en mayo.",
    ],
    ids=["negated", "future", "medium"],
)
def test_a_sentence_without_a_statement(extract: Extract, text: str) -> None:
    assert extract(text) == []


@pytest.mark.model
def test_an_act_that_goes_on_is_a_further_statement(extract: Extract) -> None:
    events = extract("Elvira Montes dijo que el plazo termina en mayo y añadió que habrá otro.")
    assert [said(e)[0] for e in events] == [["el plazo termina en mayo"], ["habrá otro"]]


@pytest.mark.model
def test_a_relative_clause_stays_with_its_noun(extract: Extract) -> None:
    (event,) = extract("Elvira Montes denunció el enorme poder que el alcalde ha reunido en Lugo.")
    assert said(event)[0] == ["el enorme poder que el alcalde ha reunido en Lugo"]


@pytest.mark.parametrize(("negation", "act"), [("no", "say"), ("ayer", "deny")])
def test_not_to_rule_out_is_to_say_and_no_denial(negation: str, act: str) -> None:
    (statement,) = statements(f"""
        Ana         PROPN  descartó  nsubj   _          _     PER
        {negation}  ADV    descartó  advmod
        descartó    VERB   =         ROOT    descartar  past
        que         SCONJ  vuelva    mark
        vuelva      VERB   descartó  ccomp   volver     subjunctive
        .           PUNCT  descartó  punct
    """)
    assert statement.act == act
