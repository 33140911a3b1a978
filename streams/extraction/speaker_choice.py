"""Who speaks at a cue: the options near it, ranked by a judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schemas import Kind, ResolvedBy
from streams.extraction.annotations import Filler
from streams.extraction.cue_finder import FoundCue
from streams.extraction.judges import Judge
from streams.extraction.references import filler_of
from streams.extraction.speaker_features import speaker_features
from streams.extraction.speaker_options import SpeakerOption, speaker_options
from streams.extraction.speaker_scene import Scene, set_scene
from streams.extraction.syntax import SUBJECTS, dep

_LEAD: Final = 0.3
"""Log odds by which somebody must be ahead of the rule's proposal; cross-validated over 0 to 2.5."""


def choose_speakers(
    scene: Scene,
    cue: FoundCue,
    content: Sequence[tuple[int, int]],
    *,
    rule: Sequence[Filler],
    judge: Judge,
) -> list[Filler]:
    """The most probable speaker of a cue and whoever speaks with it; the rule's for want of a better.

    Args:
        scene: The article as read so far.
        cue: What reports the words.
        content: Token ranges of the words.
        rule: What `speakers.find_speakers` proposes.
        judge: Trained on `speaker_features`.
    """
    at = set_scene(scene, cue, content, rule)
    options = speaker_options(scene.references, cue.start, rule, at.latest)
    if not options:
        return list(rule)
    scored = [(judge.score(speaker_features(at, option)), i) for i, option in enumerate(options)]
    score, best = max(scored, key=lambda pair: (pair[0], -pair[1]))
    proposed = max((s for s, i in scored if options[i].filler is not None), default=score)
    return list(rule) if score - proposed <= _LEAD else _speakers(scene, options[best])


def _speakers(scene: Scene, option: SpeakerOption) -> list[Filler]:
    """An option as speaker: with those it is coordinated with where it is a subject of the sentence."""
    assert option.entity is not None
    if option.local is not None and dep(scene.doc[option.local.head]) in SUBJECTS:
        found = scene.references.fillers(scene.doc[option.local.head], "speaker")
        if any(filler.entity == option.entity.index for filler in found):
            return found
    if option.local is not None:
        return [filler_of("speaker", option.entity, option.local)]
    entity, how = option.entity, ResolvedBy.DROPPED_SUBJECT
    return [Filler("speaker", entity.name, entity.kind, entity.index, entity.country, None, how)]


def speaks_for_many(fillers: Sequence[Filler]) -> bool:
    """Whether a later plural verb may take the speakers up."""
    return len(fillers) > 1 or fillers[0].kind is Kind.GROUP
