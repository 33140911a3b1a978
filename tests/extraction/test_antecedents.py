"""Whom descriptions mean: by preference without a judge, as the judge ranks with one."""

from schemas import Kind
from streams.extraction.annotations import Entity
from streams.extraction.coreference import load_reference_words, resolve_entities
from streams.extraction.judges import Judge
from streams.extraction.lexicon import load_lexicon
from streams.extraction.mentions import find_mentions
from streams.extraction.pairs import members_of_pair
from streams.extraction.references import References
from tests.builders import make_doc

TWO_PEOPLE = """
    Ana            PROPN  saludó  nsubj  _        _     PER
    Rubio          PROPN  Ana     flat   _        _     PER
    saludó         VERB   =       ROOT   saludar  past
    a              ADP    Eva     case
    Eva            PROPN  saludó  obj    _        _     PER
    Gil            PROPN  Eva     flat   _        _     PER
    .              PUNCT  saludó  punct
    La             DET    funcionaria  det
    funcionaria    NOUN   volvió  nsubj  _        sing
    volvió         VERB   =       ROOT   volver   past
    .              PUNCT  volvió  punct
"""


def resolve(table: str, judge: Judge | None = None) -> list[Entity]:
    doc = make_doc(table)
    lexicon, words = load_lexicon("es"), load_reference_words("es")
    return resolve_entities(doc, find_mentions(doc, lexicon), lexicon, words, judge)


def texts(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


def test_without_a_judge_a_description_that_fits_two_is_somebody_else() -> None:
    assert [entity.name for entity in resolve(TWO_PEOPLE)] == ["Ana Rubio", "Eva Gil", "funcionaria"]


def test_the_judge_chooses_between_two_who_fit() -> None:
    subjects_first = Judge({"yes": {"where=subject|True": 5.0}})
    ana, eva = resolve(TWO_PEOPLE, subjects_first)
    assert (texts(ana), texts(eva)) == (["Ana Rubio", "funcionaria"], ["Eva Gil"])


def test_the_judge_may_find_nobody() -> None:
    assert [entity.name for entity in resolve(TWO_PEOPLE, Judge({"yes": {"nobody": 1.0}}))][
        -1
    ] == "funcionaria"


def test_who_clashes_in_gender_is_no_option() -> None:
    table = TWO_PEOPLE.replace("Ana  ", "Luis ").replace("  Ana", "  Luis")
    luis, eva = resolve(table, Judge({"yes": {"where=subject|True": 5.0, "gender=same": 1.0}}))
    assert (texts(luis), texts(eva)) == (["Luis Rubio"], ["Eva Gil", "funcionaria"])


def test_a_name_after_a_complement_that_the_description_left_out_is_its_own() -> None:
    table = """
        La            DET    presidenta  det
        presidenta    NOUN   volvió      nsubj  presidente  sing
        de            ADP    comisión    case
        la            DET    comisión    det
        comisión      NOUN   presidenta  nmod   _        sing
        sobre         ADP    pesca       case
        pesca         NOUN   comisión    nmod   _        sing
        ,             PUNCT  Eva         punct
        Eva           PROPN  presidenta  appos  _        _     PER
        Gil           PROPN  Eva         flat   _        _     PER
        ,             PUNCT  Eva         punct
        volvió        VERB   =           ROOT   volver   past
        .             PUNCT  volvió      punct
    """
    eva = next(entity for entity in resolve(table) if entity.name == "Eva Gil")
    assert any(text.startswith("presidenta") for text in texts(eva))


def test_a_verb_parts_a_description_from_a_name_after_a_comma() -> None:
    table = """
        La            DET    presidenta  det
        presidenta    NOUN   volvió      nsubj  presidente  sing
        volvió        VERB   =           ROOT   volver   past
        ,             PUNCT  volvió      punct
        Eva           PROPN  volvió      parataxis  _    _     PER
        Gil           PROPN  Eva         flat   _        _     PER
        no            ADV    Eva         advmod
        .             PUNCT  volvió      punct
    """
    assert "presidenta" in {entity.name for entity in resolve(table)}


def test_an_article_tells_a_body_from_its_member() -> None:
    body, member = (
        resolve(
            f"{article} DET policía det\npolicía NOUN volvió nsubj _ sing\nvolvió VERB = ROOT volver past"
        )
        for article in ("La", "El")
    )
    assert (body[0].kind, member[0].kind) == (Kind.ORGANIZATION, Kind.PERSON)


def test_a_rank_or_epithet_may_stand_before_a_name_after_the_comma() -> None:
    table = """
        El            DET    jefe        det
        jefe          NOUN   volvió      nsubj  _        sing
        de            ADP    Policía     case
        la            DET    Policía     det
        Policía       PROPN  jefe        nmod   _        _     ORG
        ,             PUNCT  general     punct
        general       NOUN   jefe        appos  _        sing
        Luis          PROPN  general     flat   _        _     PER
        Mora          PROPN  Luis        flat   _        _     PER
        ,             PUNCT  general     punct
        volvió        VERB   =           ROOT   volver   past
    """
    luis = next(entity for entity in resolve(table) if entity.name == "Luis Mora")
    assert "jefe de la Policía" in texts(luis)


def test_the_wife_of_an_office_is_not_its_holder() -> None:
    table = """
        La            DET    esposa      det
        esposa        NOUN   volvió      nsubj  _        sing
        del           ADP    alcalde     case
        alcalde       NOUN   esposa      nmod   _        sing
        Luis          PROPN  alcalde     appos  _        _     PER
        Mora          PROPN  Luis        flat   _        _     PER
        volvió        VERB   =           ROOT   volver   past
    """
    luis = next(entity for entity in resolve(table) if entity.name == "Luis Mora")
    assert "esposa del alcalde" not in texts(luis)


def test_the_members_of_a_pair_are_those_named_together_last() -> None:
    table = """
        Ana       PROPN  habló   nsubj  _        _     PER
        y         CCONJ  Luis    cc
        Luis      PROPN  Ana     conj   _        _     PER
        habló     VERB   =       ROOT   hablar   past
        de        ADP    Eva     case
        Eva       PROPN  habló   obl    _        _     PER
        .         PUNCT  habló   punct
        Ambos     PRON   rieron  nsubj  _        plur
        rieron    VERB   =       ROOT   reír     pasts
        .         PUNCT  rieron  punct
    """
    doc = make_doc(table)
    lexicon, words = load_lexicon("es"), load_reference_words("es")
    mentions = find_mentions(doc, lexicon)
    entities = resolve_entities(doc, mentions, lexicon, words)
    for entity in entities:
        entity.offices.add("minister")
    pair = members_of_pair(doc, 7, 8, entities, mentions, words)
    assert [entity.name for entity in pair] == ["Ana", "Luis"]


def test_the_same_sources_are_those_told_before() -> None:
    table = """
        Fuentes    NOUN   hablaron  nsubj  fuente   plur
        cercanas   ADJ    Fuentes   amod   cercano  plur
        al         ADP    club      case
        club       NOUN   cercanas  obl    club     sing
        hablaron   VERB   =         ROOT   hablar   pasts
        .          PUNCT  hablaron  punct
        Las        DET    fuentes   det
        mismas     DET    fuentes   det
        fuentes    NOUN   callaron  nsubj  fuente   plur
        callaron   VERB   =         ROOT   callar   pasts
        .          PUNCT  callaron  punct
    """
    sources = resolve(table)[0]
    assert texts(sources) == ["Fuentes cercanas al club", "mismas fuentes"]


def test_holders_of_an_office_are_told_by_their_states() -> None:
    table = """
        La           DET    presidenta  det
        presidenta   NOUN   volvió      nsubj  presidente  sing
        de           ADP    3           case
        Chile        PROPN  presidenta  nmod   _           _     LOC
        ,            PUNCT  Ana         punct
        Ana          PROPN  presidenta  appos  _           _     PER
        Rubio        PROPN  Ana         flat   _           _     PER
        ,            PUNCT  Ana         punct
        volvió       VERB   =           ROOT   volver      past
        .            PUNCT  volvió      punct
        Los          DET    presidentes det
        presidentes  NOUN   rieron      nsubj  presidente  plur
        de           ADP    13          case
        Chile        PROPN  presidentes nmod   _           _     LOC
        y            CCONJ  Perú        cc
        Perú         PROPN  13          conj   _           _     LOC
        rieron       VERB   =           ROOT   reír        pasts
        .            PUNCT  rieron      punct
    """
    doc = make_doc(table)
    lexicon, words = load_lexicon("es"), load_reference_words("es")
    mentions = find_mentions(doc, lexicon)
    entities = resolve_entities(doc, mentions, lexicon, words)
    references = References(doc, lexicon, words, mentions, entities)
    holders = references.fillers(doc[11], "attendee")
    assert [holder.name for holder in holders] == ["Ana Rubio", "presidente de Perú"]
