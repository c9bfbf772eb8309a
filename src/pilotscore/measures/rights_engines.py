"""From sheets of rights to what they say of each result: IP rights and ownership together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pilotscore.criteria.files import Source
from pilotscore.criteria.legal.holidays import load_holidays
from pilotscore.criteria.legal.periods import shipped_periods
from pilotscore.findings import Finding
from pilotscore.language import NOTHING
from pilotscore.measures.rights_of_ip import core_patents, facts_of_ip, places_of
from pilotscore.measures.rights_of_owners import (
    OwnersPlaced,
    facts_of_owners,
    ownership_status,
    rights_terms,
    stages,
)
from pilotscore.measures.rights_state import RightsFigure, RightsState
from pilotscore.rights.calendar import working_days
from pilotscore.rights.ip import IpAssessment, assess_ip
from pilotscore.rights.ownership.in_force import not_in_force_by
from pilotscore.rights.ownership.ownership import Ownership, ownership_of
from pilotscore.rights.together import together
from pilotscore.workbook import Submission
from pilotscore.workbook.rights.records import RightsRead

_NAMES = ("core_patents_valid", "ownership_status", "rights_terms_complete")


def rights_state(submission: Submission, as_of: datetime.date) -> RightsState | None:
    """Return what sheets of rights say of results on a day; None where there are none.

    Parameters
    ----------
    submission
        What was read; rows of results that it does not have say nothing of any.
    as_of
        The day of assessment.
    """
    read = submission.rights
    if read is None:
        return None
    n = len(submission)
    ids = {name: i for i, name in enumerate(submission.ids)}
    figures = dict.fromkeys(_NAMES, _unsaid(n))
    facts: dict[str, NDArray[np.str_]] = {}
    known = np.zeros(n, dtype=bool)
    assessed = _ip(read, as_of, tell=False)
    owned = _owned(read, as_of, assessed)
    placed = None
    if assessed is not None:
        place = places_of(assessed.results.result, ids)
        known[place[place >= 0]] = True
        figures["core_patents_valid"] = core_patents(assessed, place, n)
        facts |= facts_of_ip(assessed, place, n)
    if owned is not None:
        own = owned.facts.results.place
        placed = OwnersPlaced(owned, places_of(np.array(submission.ids, object), own))
        known |= placed.there
        figures["ownership_status"] = ownership_status(placed)
        figures["rights_terms_complete"] = rights_terms(placed)
        facts |= facts_of_owners(placed)
    return RightsState(
        known,
        figures,
        facts,
        together(None if owned is None else owned.due, None if assessed is None else assessed.due),
        (lambda _: NOTHING) if placed is None else stages(placed),
        lambda: _findings(_ip(read, as_of, tell=True), owned),
        tuple(_rules(assessed, owned)),
    )


def _ip(read: RightsRead, as_of: datetime.date, *, tell: bool) -> IpAssessment | None:
    """Return the IP rights with their periods and states; None where no sheet has any."""
    if read.ip is None or not len(read.ip):
        return None
    rules, measures = (shipped_periods(), load_holidays()), read.secrecy_measures
    return assess_ip(read.ip, read.notices, *rules, as_of, measures, tell=tell)


def _owned(
    read: RightsRead, as_of: datetime.date, assessed: IpAssessment | None
) -> Ownership | None:
    """Return whose results are and how far they have come; None where no sheet says it."""
    if not any((read.cases, read.parties, read.steps, read.distributions)):
        return None
    ended = None if assessed is None else not_in_force_by(assessed.ip, assessed.states)
    day = np.datetime64(as_of, "D")
    return ownership_of(read, working_days(load_holidays()), day, not_in_force=ended)


def _findings(assessed: IpAssessment | None, owned: Ownership | None) -> Iterator[Finding]:
    if assessed is not None:
        yield from assessed.findings
    if owned is not None:
        yield from owned.findings()


def _unsaid(n: int) -> RightsFigure:
    blank = np.full(n, np.nan)
    return RightsFigure(blank, blank, np.zeros(n, bool), np.zeros(n, np.int8), (NOTHING,))


def _rules(assessed: IpAssessment | None, owned: Ownership | None) -> Iterator[Source]:
    """Yield the files of rules that were gone by."""
    if assessed is not None:
        yield shipped_periods().source
    if owned is not None:
        yield Source("regions.yaml", owned.regulations.sha256)
        yield Source("steps.yaml", owned.machine.sha256)
    if assessed is not None or owned is not None:
        yield from load_holidays().files
