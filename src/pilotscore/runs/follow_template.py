"""What is asked of grantees: their payments and outcomes, with what they reported before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotscore.criteria.amounts import unit_of
from pilotscore.language import NOTHING
from pilotscore.runs.follow import FollowedGrant
from pilotscore.runs.kept_rounds import short
from pilotscore.store.follow_ups import MILESTONE_STATES, OUTCOME_STATES
from pilotscore.workbook.templates.follow_sheet import (
    NOTHING_YET,
    Entries,
    GranteeRows,
    MilestoneRow,
)


def rows_of(grants: Iterable[FollowedGrant]) -> Iterator[GranteeRows]:
    """Yield what is asked of each grantee, with what was reported before filled in."""
    for grant in grants:
        entry = grant.kept.entry
        unit = unit_of(entry.unit)
        open_payments = [p for p in grant.payments if p.milestone.shows != NOTHING]
        yield GranteeRows(
            round=short(entry.key),
            result=grant.id,
            title=grant.title,
            unit=entry.unit,
            milestones=tuple(
                MilestoneRow(
                    p.milestone.number,
                    0 if unit is None else unit.number(p.milestone.fen),
                    p.due,
                    p.milestone.shows,
                    NOTHING_YET
                    if p.report is None
                    else Entries(
                        MILESTONE_STATES[p.report.state],
                        p.report.value,
                        p.report.day,
                        p.report.document,
                    ),
                )
                for p in open_payments
            ),
            outcomes={
                name: Entries(OUTCOME_STATES[o.state], o.value, o.day, o.document)
                for name, o in grant.outcomes.items()
            },
        )
