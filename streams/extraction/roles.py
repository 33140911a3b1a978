"""Who fills the roles of a trigger: options ranked by a judge that sees what the rules would choose."""

from __future__ import annotations

from dataclasses import replace

from streams.extraction.annotations import Candidate, Filler
from streams.extraction.frames import EventType
from streams.extraction.judges import Judge
from streams.extraction.role_context import RoleContext
from streams.extraction.role_features import prefixes_of, role_features
from streams.extraction.role_options import role_options


def choose_fillers(
    candidate: Candidate, event_type: EventType, context: RoleContext, judge: Judge
) -> list[Filler]:
    """Every option that is probable enough, best role first where one is probable in two; in text order."""
    options = role_options(candidate, context.references, context.speakers)
    found: list[Filler] = []
    for option in options:
        roles = [role for role, about in event_type.roles.items() if option.filler.kind in about.kinds]
        if not roles:
            continue
        found_out = role_features(candidate, roles, option, options, context)
        score, role = max(
            (judge.probability_under(prefixes_of(role), features), role)
            for role, features in found_out.items()
        )
        if score >= judge.threshold:
            found.append(replace(option.filler, role=role))
    return sorted(found, key=lambda f: f.mention or (candidate.anchor, candidate.anchor))
