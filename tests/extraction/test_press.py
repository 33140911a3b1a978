"""Where an article names news media, and how they and speakers are offered as sources."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from schemas import Kind
from streams.extraction.annotations import Candidate, Filler, SourceFiller
from streams.extraction.holders import Statements
from streams.extraction.judges import Judge
from streams.extraction.lexicon import load_lexicon
from streams.extraction.press import find_press
from streams.extraction.press_features import PressReader
from streams.extraction.source_choice import SourceOption, SourceReader, choose_sources
from tests.builders import make_doc

TOLD = """
    Ana        PROPN  dijo       nsubj  _         _     PER
    Rubio      PROPN  Ana        flat   _         _     PER
    dijo       VERB   =          ROOT   decir     past
    {to}
    que        SCONJ  viajará    mark
    Luis       PROPN  viajará    nsubj  _         _     PER
    viajará    VERB   dijo       ccomp  viajar    future
    a          ADP    Quito      case
    Quito      PROPN  viajará    obl    _         _     LOC
    .          PUNCT  dijo       punct
"""
KNOWN = "a ADP EFE case\n EFE PROPN dijo obl"
QUOTED = """al ADP rotativo case
    rotativo NOUN dijo obl
    local ADJ rotativo amod
    " PUNCT Molino punct
    El DET Molino det
    Molino PROPN rotativo appos
    Nuevo PROPN Molino flat
    " PUNCT Molino punct"""
DESCRIBED = "a ADP radios case\n radios NOUN dijo obl\n locales ADJ radios amod"


@pytest.mark.parametrize(
    ("to", "name", "how"),
    [
        (KNOWN, "EFE", "known"),
        (QUOTED, "El Molino Nuevo", "announced"),
        (DESCRIBED, "radios locales", "described"),
    ],
    ids=["known", "quoted", "described"],
)
def test_media_are_found_by_name_by_noun_or_by_description(to: str, name: str, how: str) -> None:
    (mention,) = find_press(make_doc(TOLD.format(to=to)), load_lexicon())
    assert (mention.name, mention.how) == (name, how)


def test_the_paper_alone_is_the_one_named_before() -> None:
    again = "¶ SPACE dijo dep\n El DET semanario det\n semanario NOUN = ROOT\n . PUNCT semanario punct"
    first, second = find_press(make_doc(TOLD.format(to=QUOTED) + again), load_lexicon())
    assert (first.name, second.name, second.how) == ("El Molino Nuevo", "El Molino Nuevo", "resolved")


def reader(to: str) -> tuple[SourceReader, Candidate, Candidate]:
    """A statement, a visit that it tells of, and what the article offers as their sources."""
    doc = make_doc(TOLD.format(to=to))
    trip = next(t.i for t in doc if t.text == "viajará")
    speaker = Filler("speaker", "Ana Rubio", Kind.PERSON, 0)
    told = Candidate("statement", 2, [(2, 3)], [speaker], content=[(trip - 1, trip + 3)])
    press = PressReader(doc, [told], [], find_press(doc, load_lexicon()), frozenset({"entrevista"}))
    return SourceReader(doc, Statements([told]), press), told, Candidate("visit", trip, [(trip, trip + 1)])


def test_a_visit_is_told_by_the_speaker_or_the_press_a_statement_by_the_press_alone() -> None:
    sources, told, visit = reader(KNOWN)
    assert [option.source.name for option in sources.options(visit)] == ["Ana Rubio", "EFE"]
    assert [option.source.name for option in sources.options(told)] == ["EFE"]


def test_words_that_hold_the_event_tell_it_and_words_beside_it_may() -> None:
    sources, told, visit = reader(KNOWN)
    assert "how=covers|visit" in sources.options(visit)[0].features
    beside = replace(told, content=[(0, 1)])
    around = SourceReader(sources.doc, Statements([beside]), sources.press)
    assert "how=beside|visit" in around.options(visit)[0].features


def test_sources_that_are_probable_enough_are_kept_likeliest_first() -> None:
    sources, told, visit = reader(KNOWN)
    weights = {"yes": {"bias": -1.0, "how=covers|visit": 2.0, "m-how=event|known": 3.0}}
    chosen = choose_sources(sources, visit, {"teller": Judge(weights, 0.5)})
    assert chosen is not None
    assert [source.name for source in chosen] == ["EFE", "Ana Rubio"]
    assert choose_sources(sources, visit, {"teller": Judge(weights, 0.8)}) == [chosen[0]]
    assert choose_sources(sources, told, {}) is None


def test_a_medium_that_the_sentence_itself_names_needs_half_as_much() -> None:
    def chosen(feature: str) -> list[str]:
        option = SourceOption(SourceFiller("EFE", Kind.ORGANIZATION), (feature,))
        reader = SimpleNamespace(options=lambda _: [option])
        found = choose_sources(
            reader, Candidate("statement", 0, [(0, 1)]), {"medium": Judge({"yes": {}}, 0.8)}
        )
        assert found is not None
        return [source.name for source in found]

    assert chosen("m-here=statement|True|True") == ["EFE"]
    assert chosen("m-here=statement|True|False") == []
