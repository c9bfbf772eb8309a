"""What each finding means, in full: why it is told, what was done with the cell, what to do."""

from __future__ import annotations

from pilotscore.findings import Kind
from pilotscore.language import Text
from pilotscore.report import explanations_batches as batches
from pilotscore.report import explanations_calls as calls
from pilotscore.report import explanations_criteria as criteria
from pilotscore.report import explanations_judgements as judgements
from pilotscore.report import explanations_workbook as workbook


def all_kinds() -> dict[str, Kind]:
    """Return every kind of finding by its code."""
    from pilotscore.criteria import call_kinds
    from pilotscore.criteria import kinds as criteria_kinds
    from pilotscore.funding import kinds as funding_kinds
    from pilotscore.index import kinds as index_kinds
    from pilotscore.measures import kinds as measures_kinds
    from pilotscore.workbook import decision_kinds, judgement_kinds
    from pilotscore.workbook import kinds as workbook_kinds
    from pilotscore.workbook.batches import kinds as batch_kinds

    rooms = (
        workbook_kinds,
        batch_kinds,
        judgement_kinds,
        decision_kinds,
        measures_kinds,
        index_kinds,
        criteria_kinds,
        call_kinds,
        funding_kinds,
    )
    found = [k for room in rooms for k in vars(room).values() if isinstance(k, Kind)]
    return {k.code: k for k in sorted(found, key=lambda k: k.code)}


EXPLANATIONS: dict[str, Text] = {
    **workbook.FILES,
    **workbook.HEADERS,
    **workbook.ROWS,
    **workbook.VALUES,
    **workbook.MAPPING,
    **batches.READING,
    **batches.MEASURED,
    **judgements.JUDGEMENTS,
    **criteria.EVIDENCE,
    **criteria.MISSING,
    **criteria.CRITERIA,
    **criteria.POLICIES,
    **calls.CALLS,
}
