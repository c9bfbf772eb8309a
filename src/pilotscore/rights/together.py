"""What is due of ownership and of IP rights together, each act once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.language import Text
from pilotscore.rights.due import DueColumns, joined


def together(of_results: DueColumns | None, of_rights: DueColumns | None) -> DueColumns | None:
    """Return what is due of results and of their rights; None where nothing is known of either.

    An act that both name (filing a licence) stands once, as that of the right.
    """
    if of_results is None or of_rights is None:
        return of_rights if of_results is None else of_results
    return joined([of_results.take(~_said_twice(of_results, of_rights)), of_rights])


def _said_twice(of_results: DueColumns, of_rights: DueColumns) -> Bools:
    """Return which rows of results a row of one of their rights says too, of the same day."""
    titles = {rule.title for rule in of_results.rules}
    alike = np.array([rule.title in titles for rule in of_rights.rules], bool)[of_rights.rule]
    rights = set(_keys(of_rights.take(np.flatnonzero(alike))))
    return np.array([key in rights for key in _keys(of_results)], bool)


def _keys(due: DueColumns) -> Iterator[tuple[str, Text, int]]:
    """Yield the result, the title and the day of each row."""
    titles = [rule.title for rule in due.rules]
    days = due.due.astype(np.int64).tolist()
    return zip(due.result, (titles[r] for r in due.rule), days, strict=True)
