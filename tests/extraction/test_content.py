"""Which words a cue reports, where they begin and end, and how much of them is quoted."""

import pytest

from streams.extraction.layout import kind_of, trim, trim_all
from streams.extraction.statements import find_content
from tests.extraction import sentences
from tests.extraction.sentences import Sentence, read


@pytest.mark.parametrize(
    ("table", "content", "reading"),
    [
        (sentences.QUE_CLAUSE, ["el paro bajará"], "clause"),
        (sentences.INVERTED, ["No hay dinero"], "quote"),
        (sentences.SPLIT, ["No subirán", "este año"], "quote"),
        (sentences.MIXED, ["era «una vergüenza»"], "clause"),
        (sentences.INFINITIVE, ["construir escuelas"], "infinitive"),
        (sentences.OBJECT, ["recortes de gasto"], "object"),
        (sentences.PREPOSITIONAL, ["ocultar datos"], "de"),
        (sentences.ACCORDING_TO, ["La cosecha", "fracasó"], "clause"),
        (sentences.OWN_JUDGEMENT, ["todo fracasó"], "clause"),
        (sentences.COLON, ["No más dinero"], "quote"),
        (sentences.NOUN, ["construir escuelas"], "object"),
        (sentences.RELATIVE, ["llueve"], "clause"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_content_of_each_kind(table: str, content: list[str], reading: str) -> None:
    assert read(table).content() == (content, reading)


def test_a_passive_reports_its_subject() -> None:
    sentence = read(sentences.PASSIVE)
    passive = next(i for i, cue in enumerate(sentence.cues) if cue.source == "passive")
    assert sentence.content(passive) == (["La acusación"], "object")


def test_a_bare_clitic_is_no_content() -> None:
    table = """
        Ana      PROPN  anunció  nsubj  _         _     PER
        lo       PRON   anunció  obj
        anunció  VERB   =        ROOT   anunciar  past
        .        PUNCT  anunció  punct
    """
    assert read(table).content() == ([], "")


def test_a_pronoun_that_points_at_words_is_content() -> None:
    table = """
        Ana      PROPN  anunció  nsubj  _         _     PER
        anunció  VERB   =        ROOT   anunciar  past
        eso      PRON   anunció  obj
        .        PUNCT  anunció  punct
    """
    assert read(table).content() == (["eso"], "object")


def test_an_attribution_at_its_end_is_no_part_of_a_report() -> None:
    table = """
        Ana      PROPN  dijo    nsubj  _       _        PER
        dijo     VERB   =       ROOT   decir   past
        que      SCONJ  llueve  mark
        llueve   VERB   dijo    ccomp  llover  present
        ,        PUNCT  Luis    punct
        según    ADP    Luis    case
        Luis     PROPN  dijo    obl    _       _        PER
        .        PUNCT  dijo    punct
    """
    assert read(table).content() == (["llueve"], "clause")


def test_a_quoted_name_ends_with_its_quotation() -> None:
    table = """
        Ana       PROPN  calificó  nsubj  _         _     PER
        calificó  VERB   =         ROOT   calificar past
        la        DET    cita      det
        cita      NOUN   calificó  obj
        de        ADP    útil      case
        «         PUNCT  útil      punct
        muy       ADV    útil      advmod
        útil      ADJ    calificó  obl
        »         PUNCT  útil      punct
        para      ADP    todos     case
        todos     PRON   calificó  obl
        .         PUNCT  calificó  punct
    """
    assert read(table).content() == (["muy útil"], "attribute")


def test_a_report_ends_where_the_speaker_goes_on() -> None:
    table = """
        Ana      PROPN  dijo    nsubj  _       _        PER
        dijo     VERB   =       ROOT   decir   past
        que      SCONJ  llueve  mark
        llueve   VERB   dijo    ccomp  llover  present
        y        CCONJ  añadió  cc
        añadió   VERB   dijo    conj   añadir  past
        que      SCONJ  nieva   mark
        nieva    VERB   añadió  ccomp  nevar   present
        .        PUNCT  dijo    punct
    """
    sentence = read(table)
    assert [sentence.content(0)[0], sentence.content(1)[0]] == [["llueve"], ["nieva"]]


def test_a_coordinated_verb_of_somebody_else_stays_in_the_report() -> None:
    table = """
        Ana      PROPN  dijo    nsubj  _       _        PER
        dijo     VERB   =       ROOT   decir   past
        que      SCONJ  llueve  mark
        llueve   VERB   dijo    ccomp  llover  present
        y        CCONJ  sopla   cc
        sopla    VERB   llueve  conj   soplar  present
        viento   NOUN   sopla   nsubj
        .        PUNCT  dijo    punct
    """
    assert read(table).content() == (["llueve y sopla viento"], "clause")


def test_a_report_ends_at_the_bracket_that_it_stands_in() -> None:
    table = """
        Llueve   VERB   =       ROOT   llover  present
        (        PUNCT  dijo    punct
        Ana      PROPN  dijo    nsubj  _       _        PER
        dijo     VERB   Llueve  parataxis  decir  past
        que      SCONJ  nieva   mark
        nieva    VERB   dijo    ccomp  nevar   present
        )        PUNCT  dijo    punct
        hoy      ADV    Llueve  advmod
        .        PUNCT  Llueve  punct
    """
    assert read(table).content() == (["nieva"], "clause")


def test_both_sides_of_an_inserted_cue_are_reported() -> None:
    table = """
        El       DET    paro    det
        paro     NOUN   baja    nsubj
        ,        PUNCT  dijo    punct
        dijo     VERB   baja    parataxis  decir  past
        Ana      PROPN  dijo    nsubj  _       _        PER
        ,        PUNCT  dijo    punct
        baja     VERB   =       ROOT   bajar   present
        .        PUNCT  baja    punct
    """
    assert read(table).content() == (["El paro", "baja"], "quote")


def test_a_turn_of_dialogue_is_its_paragraph_without_the_insertion() -> None:
    table = """
        —        PUNCT  Sí      punct
        Sí       INTJ   dijo    ccomp
        —        PUNCT  dijo    punct
        dijo     VERB   =       ROOT   decir   past
        Ana      PROPN  dijo    nsubj  _       _        PER
        —        PUNCT  dijo    punct
        .        PUNCT  dijo    punct
        Mañana   ADV    =       ROOT
        .        PUNCT  Mañana  punct
    """
    assert read(table).content() == (["Sí", "Mañana"], "quote")


def test_an_object_before_a_colon_is_not_swallowed_by_the_quotation() -> None:
    table = """
        Ana       PROPN  pidió    nsubj  _      _     PER
        pidió     VERB   =        ROOT   pedir  past
        paciencia NOUN   pidió    obj
        :         PUNCT  pidió    punct
        «         PUNCT  llega    punct
        Ya        ADV    llega    advmod
        llega     VERB   pidió    parataxis  llegar  present
        »         PUNCT  llega    punct
        .         PUNCT  pidió    punct
    """
    assert read(table).content() == (["paciencia", "Ya llega"], "object")


@pytest.mark.parametrize(
    ("opens", "content"),
    [("a ADP hacer mark", (["hacerlo hoy"], "a")), ("de ADP hacer mark", ([], ""))],
)
def test_what_one_is_urged_to_do_comes_after_the_second_a(opens: str, content: tuple[list[str], str]) -> None:
    table = f"""
        Ana      PROPN  instó    nsubj  _       _     PER
        instó    VERB   =        ROOT   instar  past
        a        ADP    Luis     case
        Luis     PROPN  instó    obj    _       _     PER
        {opens.replace("hacer", "hacerlo")}
        hacerlo  VERB   instó    xcomp  hacer   inf
        hoy      ADV    hacerlo  advmod
        .        PUNCT  instó    punct
    """
    assert read(table).content() == content


@pytest.fixture(scope="module")
def loud() -> Sentence:
    """One quotation between marks, with room around it."""
    return read("""
        (        PUNCT  dijo    punct
        Ana      PROPN  dijo    nsubj  _       _     PER
        dijo     VERB   =       ROOT   decir   past
        )        PUNCT  dijo    punct
        ,        PUNCT  dijo    punct
        «        PUNCT  llueve  punct
        ¡        PUNCT  llueve  punct
        Ya       ADV    llueve  advmod
        llueve   VERB   dijo    ccomp  llover  present
        !        PUNCT  llueve  punct
        »        PUNCT  llueve  punct
        .        PUNCT  dijo    punct
    """)


@pytest.mark.parametrize(
    ("start", "end", "trimmed"),
    [
        (5, 11, "¡Ya llueve!"),
        (4, 12, "¡Ya llueve!"),
        (6, 10, "¡Ya llueve!"),
        (1, 5, "Ana dijo"),
        (0, 4, "(Ana dijo)"),
        (1, 11, "Ana dijo), «¡Ya llueve!»"),
    ],
)
def test_edges_lose_punctuation_and_the_marks_of_one_quotation(
    loud: Sentence, start: int, end: int, trimmed: str
) -> None:
    found = trim(loud.layout, start, end)
    assert found is not None
    assert loud.text([found]) == [trimmed]


def test_what_holds_no_word_is_no_content(loud: Sentence) -> None:
    assert trim_all(loud.layout, [(3, 5), (11, 12), (4, 4)]) == []


@pytest.mark.parametrize(
    ("ranges", "kind"), [([(6, 10)], "direct"), ([(1, 3)], "indirect"), ([(1, 3), (6, 10)], "mixed")]
)
def test_kind_tells_how_much_is_quoted(loud: Sentence, ranges: list[tuple[int, int]], kind: str) -> None:
    assert kind_of(loud.layout, ranges) == kind


@pytest.mark.parametrize("table", [v for k, v in vars(sentences).items() if k.isupper()])
def test_content_never_holds_its_own_cue(table: str) -> None:
    sentence = read(table)
    for cue in sentence.cues:
        ranges = find_content(sentence.layout, cue).ranges
        assert not any(start <= cue.anchor < end for start, end in ranges)
