"""Says which results a weight profile was not meant for."""

from __future__ import annotations

import numpy as np

from pilotscore.criteria.condition import evaluate, parse
from pilotscore.criteria.model import Profile
from pilotscore.findings import Finding, Place
from pilotscore.index import kinds
from pilotscore.index.assessment import Assessment

_MOST_NAMED = 5


def other_profile(assessment: Assessment, profile: Profile) -> list[Finding]:
    """Return the finding that results of another or unknown kind were scored under a profile."""
    if profile.when is None:
        return []
    others = np.flatnonzero(~evaluate(parse(profile.when), assessment.names).holds).tolist()
    if not others:
        return []
    m = assessment.measurements
    named = ", ".join(m.ids[i] for i in others[:_MOST_NAMED])
    named += " …" if len(others) > _MOST_NAMED else ""
    values = {"profile": profile.title, "when": profile.when, "count": len(others), "ids": named}
    first = m.place(others[0], None)
    return [Finding(kinds.OTHER_PROFILE, Place(first.file, first.sheet), values)]
