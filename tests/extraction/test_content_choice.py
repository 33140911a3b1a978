"""How contents may begin and end, and how judges choose between the ways."""

import pytest

from streams.extraction.content_choice import choose_content
from streams.extraction.content_options import ends, openings
from streams.extraction.judges import Judge
from streams.extraction.statements import find_content
from tests.extraction import sentences
from tests.extraction.sentences import Sentence, read

COORDINATED = """
    Ana      PROPN  dijo     nsubj  _         _        PER
    dijo     VERB   =        ROOT   decir     past
    que      SCONJ  llueve   mark
    llueve   VERB   dijo     ccomp  llover    present
    ,        PUNCT  llueve   punct
    pero     CCONJ  calló    cc
    calló    VERB   dijo     conj   callar    past
    en       ADP    Lima     case
    Lima     PROPN  calló    obl    _         _        LOC
    .        PUNCT  dijo     punct
"""


def begins(sentence: Sentence) -> set[str]:
    """First word of each way to begin the content of the first cue."""
    found = set()
    for opening in openings(sentence.layout, sentence.cues[0]):
        start = opening.left[0] if opening.left else opening.start
        assert start is not None
        found.add(sentence.doc[start].text)
    return found


@pytest.mark.parametrize(
    ("table", "word"),
    [
        (sentences.QUE_CLAUSE, "el"),
        (sentences.INVERTED, "No"),
        (sentences.SPLIT, "No"),
        (sentences.INFINITIVE, "construir"),
        (sentences.OBJECT, "recortes"),
        (sentences.PREPOSITIONAL, "ocultar"),
        (sentences.ACCORDING_TO, "La"),
    ],
)
def test_the_rules_opening_is_among_the_options(table: str, word: str) -> None:
    assert word in begins(read(table))


def test_words_on_both_sides_of_a_cue_are_one_option() -> None:
    sentence = read(sentences.SPLIT)
    around = [o for o in openings(sentence.layout, sentence.cues[0]) if o.left and o.start is not None]
    assert any(sentence.doc[o.start].text == "este" for o in around if o.start is not None)


def test_no_two_openings_begin_alike() -> None:
    sentence = read(sentences.SPLIT)
    found = openings(sentence.layout, sentence.cues[0])
    assert len({(o.left and o.left[0], o.start) for o in found}) == len(found)


def test_a_content_may_end_at_each_joint() -> None:
    sentence = read(COORDINATED)
    found = ends(sentence.layout, sentence.cues[0], 3)
    assert [sentence.doc.text_of(3, end) for end in found] == [
        "llueve",
        "llueve, pero calló",
        "llueve, pero calló en Lima",
    ]


def test_judges_choose_where_to_begin_and_end() -> None:
    sentence = read(COORDINATED)
    cue = sentence.cues[0]
    rule = find_content(sentence.layout, cue)
    judges = {
        "opening": Judge({"yes": {"sort=que": 3.0}}),
        "end": Judge({"yes": {"last=True|que": -3.0, "mark=,|que": 3.0}}),
    }
    chosen = choose_content(sentence.layout, cue, rule, judges)
    assert (sentence.text(chosen.ranges), chosen.reading) == (["llueve"], "clause")
    assert chosen.score > 0.9


def test_an_improbable_content_is_none() -> None:
    sentence = read(COORDINATED)
    judges = {"opening": Judge({"yes": {"bias": -9.0}}, threshold=0.1), "end": Judge({"yes": {}})}
    rule = find_content(sentence.layout, sentence.cues[0])
    assert choose_content(sentence.layout, sentence.cues[0], rule, judges).ranges == []


def test_without_judges_the_rules_decide() -> None:
    sentence = read(COORDINATED)
    rule = find_content(sentence.layout, sentence.cues[0])
    assert choose_content(sentence.layout, sentence.cues[0], rule, {}) is rule
