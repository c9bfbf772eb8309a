"""Applies what a mapping file says of values to the results of a table or form."""

from __future__ import annotations

from pilotscore.findings import Finding
from pilotscore.workbook.results.derived import with_derived
from pilotscore.workbook.results.given_grades import with_given_grades
from pilotscore.workbook.results.sources import Sources
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.tables.headers import HeaderNames


def by_office_rules(
    results: Results, names: HeaderNames, sources: Sources
) -> tuple[Results, list[Finding]]:
    """Return results with derived fields and the grades that follow, and what is told of them."""
    results, of_fields = with_derived(results, names, sources)
    results, of_grades = with_given_grades(results, names, sources)
    return results, [*of_fields, *of_grades]
