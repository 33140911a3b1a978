"""Who says it and to whom: by subject, preposition, agent, relative, or from the sentences before."""

import pytest

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler
from streams.extraction.references import Subject
from tests.extraction import sentences
from tests.extraction.sentences import Sentence, read


def names(fillers: list[Filler]) -> list[str]:
    return [filler.name for filler in fillers]


@pytest.mark.parametrize(
    "table",
    [
        sentences.QUE_CLAUSE,
        sentences.INVERTED,
        sentences.SPLIT,
        sentences.ACCORDING_TO,
        sentences.RELATIVE,
        sentences.COLON,
        sentences.NOUN,
    ],
    ids=["subject", "inverted", "split", "según", "quien", "colon", "noun"],
)
def test_the_speaker_is_named_by_the_sentence(table: str) -> None:
    (speaker,) = read(table).speakers()
    assert (speaker.role, speaker.name, speaker.kind) == ("speaker", "Ana Rubio", Kind.PERSON)
    assert speaker.resolved_by is ResolvedBy.NAME


@pytest.mark.parametrize("table", [sentences.DROPPED, sentences.OWN_JUDGEMENT], ids=["dropped", "possessive"])
def test_without_a_subject_the_last_main_subject_goes_on(table: str) -> None:
    (speaker,) = read(table).speakers()
    assert (speaker.name, speaker.resolved_by) == ("Ana Rubio", ResolvedBy.DROPPED_SUBJECT)


def test_without_a_subject_the_last_speaker_comes_before_an_older_subject() -> None:
    luis = Subject(2, (Filler("speaker", "Luis Mora", Kind.PERSON),), plural=False)
    assert names(read(sentences.DROPPED).speakers(earlier=[luis])) == ["Luis Mora"]


def test_a_speaker_of_another_number_does_not_go_on() -> None:
    several = Filler("speaker", "Luis Mora", Kind.PERSON), Filler("speaker", "Eva Gil", Kind.PERSON)
    assert names(read(sentences.DROPPED).speakers(earlier=[Subject(2, several, plural=True)])) == [
        "Ana Rubio"
    ]


def test_nobody_speaks_where_nobody_was_named() -> None:
    table = """
        Añadió   VERB   =        ROOT   añadir  past
        que      SCONJ  llueve   mark
        llueve   VERB   Añadió   ccomp  llover  present
        .        PUNCT  Añadió   punct
    """
    assert read(table).speakers() == []


def passive(sentence: Sentence) -> int:
    return next(i for i, cue in enumerate(sentence.cues) if cue.source == "passive")


def test_the_agent_of_a_passive_speaks() -> None:
    sentence = read(sentences.PASSIVE)
    assert names(sentence.speakers(passive(sentence))) == ["Ana Rubio"]


def test_two_subjects_both_speak() -> None:
    table = """
        Ana      PROPN  dijeron  nsubj  _      _      PER
        y        CCONJ  Luis     cc
        Luis     PROPN  Ana      conj   _      _      PER
        dijeron  VERB   =        ROOT   decir  pasts
        que      SCONJ  llueve   mark
        llueve   VERB   dijeron  ccomp  llover present
        .        PUNCT  dijeron  punct
    """
    assert names(read(table).speakers()) == ["Ana", "Luis"]


def test_an_inverted_subject_that_the_parser_missed_speaks() -> None:
    """It hangs on the wrong word, so order decides: the first name that no preposition governs."""
    table = sentences.INVERTED.replace("Ana      PROPN  bromeó   nsubj", "Ana      PROPN  bromeó   obj  ")
    assert names(read(table).speakers()) == ["Ana Rubio"]


def test_a_name_after_a_preposition_is_no_inverted_subject() -> None:
    table = """
        «        PUNCT  hay      punct
        No       ADV    hay      advmod
        hay      VERB   bromeó   ccomp  haber    present
        »        PUNCT  hay      punct
        ,        PUNCT  bromeó   punct
        bromeó   VERB   =        ROOT   bromear  past
        con      ADP    Ana      case
        Ana      PROPN  bromeó   obl    _        _        PER
        .        PUNCT  bromeó   punct
    """
    assert read(table).speakers() == []


@pytest.mark.parametrize(("determiner", "speakers"), [("la", []), ("su", ["Ana Rubio"])])
def test_a_noun_speaks_for_whom_a_possessive_means_and_else_for_nobody(
    determiner: str, speakers: list[str]
) -> None:
    table = f"""
        Ana           PROPN  habló      nsubj  _         _     PER
        Rubio         PROPN  Ana        flat   _         _     PER
        habló         VERB   =          ROOT   hablar    past
        .             PUNCT  habló      punct
        Convenció     VERB   =          ROOT   convencer past
        {determiner}  DET    promesa    det
        promesa       NOUN   Convenció  nsubj  _         sing
        de            ADP    volver     mark
        volver        VERB   promesa    acl    volver    inf
        .             PUNCT  Convenció  punct
    """
    assert names(read(table).speakers()) == speakers


@pytest.mark.parametrize("verb", ["hacer", "lanzar", "formular"])
def test_the_subject_of_a_support_verb_speaks(verb: str) -> None:
    table = f"""
        Ana         PROPN  hizo         nsubj  _       _     PER
        Rubio       PROPN  Ana          flat   _       _     PER
        hizo        VERB   =            ROOT   {verb}  past
        la          DET    petición     det
        petición    NOUN   hizo         obj
        de          ADP    volver       mark
        volver      VERB   petición     acl    volver  inf
        .           PUNCT  hizo         punct
    """
    assert names(read(table).speakers()) == ["Ana Rubio"]


def test_who_is_accused_is_the_addressee() -> None:
    assert read(sentences.PREPOSITIONAL).addressees() == ["Luis Mora"]


def test_nobody_is_addressed_where_nobody_is_named() -> None:
    assert read(sentences.QUE_CLAUSE).addressees() == []


@pytest.mark.parametrize("source", [sentences.ACCORDING_TO, sentences.COLON, sentences.NOUN])
def test_only_verbs_have_addressees(source: str) -> None:
    assert read(source).addressees() == []


def test_a_clitic_means_the_last_speaker_who_is_another() -> None:
    ana = Subject(2, (Filler("speaker", "Ana Rubio", Kind.PERSON, entity=0),), plural=False)
    assert read(sentences.CLITIC).addressees(1, earlier=[ana]) == ["Ana Rubio"]


def test_a_clitic_means_the_person_named_last_for_want_of_a_speaker() -> None:
    assert read(sentences.CLITIC).addressees(1) == ["Ana Rubio"]


def test_a_clitic_never_means_the_speaker() -> None:
    luis = Subject(2, (Filler("speaker", "Luis Mora", Kind.PERSON, entity=1),), plural=False)
    assert read(sentences.CLITIC).addressees(1, earlier=[luis]) == ["Ana Rubio"]


def test_a_plural_clitic_is_not_one_person() -> None:
    table = sentences.CLITIC.replace("    le         PRON", "    les        PRON")
    assert read(table).addressees(1) == []


def test_a_subject_before_the_verb_that_the_parser_hung_elsewhere_speaks() -> None:
    table = """
        Ayer      ADV    dijo    advmod
        ,         PUNCT  Ayer    punct
        Ana       PROPN  Ayer    appos  _        _     PER
        Rubio     PROPN  Ana     flat   _        _     PER
        ,         PUNCT  Ayer    punct
        dijo      VERB   =       ROOT   decir    past
        que       SCONJ  llueve  mark
        llueve    VERB   dijo    ccomp  llover   present
        .         PUNCT  dijo    punct
    """
    (speaker,) = read(table).speakers()
    assert (speaker.name, speaker.resolved_by) == ("Ana Rubio", ResolvedBy.NAME)


def test_a_subject_may_follow_an_insertion_between_commas() -> None:
    table = """
        «         PUNCT  hay     punct
        No        ADV    hay     advmod
        hay       VERB   dijo    ccomp  haber    present
        »         PUNCT  hay     punct
        ,         PUNCT  dijo    punct
        dijo      VERB   =       ROOT   decir    past
        ,         PUNCT  reserva punct
        bajo      ADP    reserva case
        reserva   NOUN   dijo    obl
        ,         PUNCT  reserva punct
        Ana       PROPN  reserva appos  _        _     PER
        Rubio     PROPN  Ana     flat   _        _     PER
        .         PUNCT  dijo    punct
    """
    assert names(read(table).speakers()) == ["Ana Rubio"]


def test_a_plural_without_subject_is_the_body_it_speaks_from() -> None:
    table = """
        Desde     ADP    ONU       case
        la        DET    ONU       det
        ONU       PROPN  rechazaron  obl    _         _       ORG
        rechazaron VERB  =         ROOT   rechazar  pasts
        las       DET    críticas  det
        críticas  NOUN   rechazaron  obj    crítica   plur
        .         PUNCT  rechazaron  punct
    """
    assert names(read(table).speakers()) == ["ONU"]


def test_a_pronoun_means_who_is_surely_of_its_gender() -> None:
    table = """
        Ana        PROPN  saludó  nsubj  _        _     PER
        Rubio      PROPN  Ana     flat   _        _     PER
        saludó     VERB   =       ROOT   saludar  past
        a          ADP    Nikau   case
        Nikau      PROPN  saludó  obj    _        _     PER
        .          PUNCT  saludó  punct
        Ella       PRON   dijo    nsubj
        dijo       VERB   =       ROOT   decir    past
        que        SCONJ  llueve  mark
        llueve     VERB   dijo    ccomp  llover   present
        .          PUNCT  dijo    punct
    """
    assert names(read(table).speakers()) == ["Ana Rubio"]
