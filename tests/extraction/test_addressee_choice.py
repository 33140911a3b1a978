"""To whom words are said, chosen by a judge among those near a cue."""

from streams.extraction.addressee_choice import choose_addressees
from streams.extraction.addressee_features import address_of
from streams.extraction.addressee_options import addressee_options
from streams.extraction.annotations import Filler
from streams.extraction.judges import Judge
from streams.extraction.speaker_scene import CueScene, Scene, set_scene
from tests.extraction import sentences
from tests.extraction.sentences import Sentence, read

STUDENTS = """
    Ana         PROPN  visitó       nsubj  _         _     PER
    visitó      VERB   =            ROOT   visitar   past
    a           ADP    Luis         case
    Luis        PROPN  visitó       obj    _         _     PER
    ,           PUNCT  pidió        punct
    a           ADP    quien        case
    quien       PRON   pidió        obl
    pidió       VERB   Luis         acl    pedir     past
    que         SCONJ  vuelva       mark
    vuelva      VERB   pidió        ccomp  volver    subjunctive
    .           PUNCT  visitó       punct
"""


def scene(sentence: Sentence, cue: int = 0) -> CueScene:
    doc = sentence.doc
    whole = Scene(doc, sentence.references, [])
    return set_scene(whole, sentence.cues[cue], [], sentence.speakers(cue))


def choose(sentence: Sentence, weights: dict[str, float], rule: list[Filler] | None = None) -> list[str]:
    judge = Judge({"yes": {"bias": -1.0, **weights}})
    found = choose_addressees(
        scene(sentence), "accuse", "object", sentence.speakers(), rule=rule or [], judge=judge
    )
    return [filler.name for filler in found]


def test_the_judge_takes_whom_a_preposition_leads_to() -> None:
    assert choose(read(sentences.PREPOSITIONAL), {"case=a|after|False": 2.0}) == ["Luis Mora"]


def test_nobody_is_addressed_unless_the_judge_says_so() -> None:
    assert choose(read(sentences.PREPOSITIONAL), {}) == []


def test_the_speaker_is_no_option() -> None:
    sentence = read(sentences.PREPOSITIONAL)
    options = addressee_options(scene(sentence), sentence.speakers(), [])
    assert "Ana Rubio" not in {option.entity.name for option in options if option.entity}


def test_what_the_rule_proposes_keeps_its_words() -> None:
    sentence = read(sentences.PREPOSITIONAL)
    rule = [Filler("addressee", "Rusia", sentence.speakers()[0].kind)]
    assert choose(sentence, {"rule=True": 2.0}, rule) == ["Rusia"]


def test_a_relative_clause_may_be_addressed_to_its_noun() -> None:
    sentence = read(STUDENTS)
    address = address_of(scene(sentence), "demand", "a")
    assert address.relative is not None
    assert address.relative.text == "Luis"
