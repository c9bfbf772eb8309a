"""Profiles between grades, from what a criteria file asks for a grade."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.errors import UsageError
from pilotscore.index.value_functions import score_values
from pilotscore.language import Text


def grade_profiles(criteria: CriteriaSet) -> Floats:
    """Return the lower bound of every grade but the last, in points of each indicator.

    A result just good enough for a grade: in each indicator the index that the grade asks for, or
    the floor of its dimension or the score of the level it asks for, where that is more. No grade
    asks for less than the one below it.

    Returns
    -------
    numpy.ndarray
        Shape (grades - 1, m), the best grade first, 0-100.

    Raises
    ------
    UsageError
        Two grades ask for the same, so that no profile stands between them.
    """
    indicators, grades = criteria.indicators, criteria.grades
    profiles = np.zeros((len(grades) - 1, len(indicators)))
    for profile, grade in zip(profiles, grades, strict=False):
        profile[:] = max(grade.index, grade.every_dimension or 0.0)
        for dimension, columns in zip(criteria.dimensions, criteria.dimension_slices, strict=True):
            floor = grade.dimensions.get(dimension.id, 0.0)
            profile[columns] = np.maximum(profile[columns], floor)
        for j, indicator in enumerate(indicators):
            if indicator.id in grade.levels:
                level = np.array([grade.levels[indicator.id]], dtype=float)
                profile[j] = max(profile[j], float(score_values(level, indicator)[0]))
    profiles = np.maximum.accumulate(profiles[::-1], axis=0)[::-1]
    below = np.vstack([profiles[1:], np.zeros((1, len(indicators)))])
    for k in np.flatnonzero((profiles <= below).all(axis=1)).tolist():
        above, under = grades[k].id, grades[k + 1].id
        raise UsageError(
            Text(
                f"等级 {above} 与 {under} 的要求相同，分级方法无从区分；请为 {above} 设 index "
                "或下限",
                f"the grades {above} and {under} ask for the same, so that sorting cannot tell "
                "them apart; "
                f"give {above} an index or floors",
            )
        )
    if not len(profiles):
        raise UsageError(
            Text("分级方法至少要两个等级", "methods that sort need two grades at least")
        )
    return profiles
