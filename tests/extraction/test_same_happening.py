"""Whether two triggers name one happening: what the judge sees, and how it merges."""

from schemas import Basis, Kind, ResolvedBy
from streams.extraction.annotations import Candidate, DateFiller, Filler
from streams.extraction.frames import load_event_types
from streams.extraction.merge import merge_candidates
from streams.extraction.same_happening import same_features, surroundings_of
from tests.builders import make_doc

TYPES = {event_type.name: event_type for event_type in load_event_types()}
TWICE = """
    Mora      PROPN  reunió   nsubj  _        _     PER
    se        PRON   reunió   obj
    reunió    VERB   =        ROOT   reunir   past
    .         PUNCT  reunió   punct
    La        DET    reunión  det
    reunión   NOUN   duró     nsubj  _        sing
    duró      VERB   =        ROOT   durar    past
    .         PUNCT  duró     punct
"""


def meeting(anchor: int, *names: str, day: str | None = None) -> Candidate:
    fillers = [Filler("attendee", name, Kind.PERSON, -1, None, None, ResolvedBy.NAME) for name in names]
    date = DateFiller(day, Basis.EXPLICIT, 0, 1) if day else None
    triggers = [(anchor, anchor + 1)]
    return Candidate("meeting", anchor, triggers, fillers, date=date, framed=tuple(fillers))


def features(earlier: Candidate, later: Candidate) -> set[str]:
    doc = make_doc(TWICE)
    doc._.mentions = []
    return set(same_features(doc, earlier, later, surroundings_of(doc, [earlier, later], TYPES)))


def test_features_tell_an_echo_from_another_day() -> None:
    echo = features(meeting(2, "Ana Mora"), meeting(5))
    assert {"named=noun-la-Sing", "sentences=1", "people=unknown", "compatible=True"} <= echo
    other = features(meeting(2, "Ana Mora", day="2024-05-01"), meeting(5, day="2024-05-02"))
    assert {"date=other", "compatible=False"} <= other


def test_people_are_compared_as_sets() -> None:
    assert "people=equal" in features(meeting(2, "Ana Mora"), meeting(5, "Ana Mora"))
    assert "people=part" in features(meeting(2, "Ana Mora", "Eva Soler"), meeting(5, "Ana Mora"))
    assert "people=disjoint" in features(meeting(2, "Ana Mora"), meeting(5, "Eva Soler"))


def test_a_mention_joins_the_happening_of_highest_mean() -> None:
    table = {(1, 2): 0.1, (1, 3): 0.6, (2, 3): 0.9}
    merged = merge_candidates(
        [meeting(1, "A"), meeting(2, "B"), meeting(3)],
        TYPES,
        same=lambda earlier, later: table[earlier.anchor, later.anchor],
        threshold=0.5,
    )
    assert [c.triggers for c in merged] == [[(1, 2)], [(2, 3), (3, 4)]]


def test_types_that_no_judge_knows_merge_by_rule() -> None:
    types = {"meeting": TYPES["meeting"].model_copy(update={"judged": False})}
    merged = merge_candidates(
        [meeting(1, "A"), meeting(2, "A")], types, same=lambda earlier, later: 0.0, threshold=0.5
    )
    assert len(merged) == 1
