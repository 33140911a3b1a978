"""Who speaks, chosen by a judge among those near a cue."""

from streams.extraction.annotations import Filler
from streams.extraction.judges import Judge
from streams.extraction.passage import dependency_path, same_paragraph, sentences_between
from streams.extraction.speaker_choice import choose_speakers
from streams.extraction.speaker_options import speaker_options
from streams.extraction.speaker_scene import Scene
from tests.builders import make_doc
from tests.extraction import sentences
from tests.extraction.sentences import Sentence, read


def choose(sentence: Sentence, weights: dict[str, float]) -> list[Filler]:
    cue, doc = sentence.cues[0], sentence.doc
    scene = Scene(doc, sentence.references, [])
    return choose_speakers(scene, cue, [], rule=sentence.speakers(), judge=Judge({"yes": weights}))


def test_the_proposal_of_the_rule_stands_where_the_judge_has_no_better() -> None:
    sentence = read(sentences.QUE_CLAUSE)
    assert choose(sentence, {"rule=True": 1.0}) == sentence.speakers()


def test_the_judge_may_prefer_somebody_else_in_the_sentence() -> None:
    (speaker,) = choose(read(sentences.PREPOSITIONAL), {"path=obj|": 2.0, "rule=True": 1.0})
    assert (speaker.name, speaker.mention) == ("Luis Mora", (4, 6))


def test_options_are_those_in_the_sentence_and_not_long_before() -> None:
    sentence = read(sentences.PREPOSITIONAL)
    options = speaker_options(sentence.references, 2, [], frozenset())
    assert {"Ana Rubio", "Luis Mora"} <= {option.entity.name for option in options if option.entity}


def test_a_path_tells_a_subject_from_that_of_a_coordinated_verb() -> None:
    doc = make_doc(
        """
        Ana      PROPN  entró   nsubj  _       _     PER
        entró    VERB   =       ROOT   entrar  past
        y        CCONJ  dijo    cc
        dijo     VERB   entró   conj   decir   past
        .        PUNCT  entró   punct
        """
    )
    assert (dependency_path(doc[0], doc[1]), dependency_path(doc[0], doc[3])) == ("nsubj|", "nsubj|conj")


def test_sentences_and_paragraphs_are_counted() -> None:
    doc = make_doc(sentences.DROPPED)
    assert sentences_between(doc, 0, 4) == 1
    assert same_paragraph(doc, 0, 4)


def test_a_narrow_lead_over_the_rule_is_not_enough() -> None:
    sentence = read(sentences.PREPOSITIONAL)
    assert choose(sentence, {"path=obj|": 1.2, "rule=True": 1.0}) == sentence.speakers()
