"""Reads tables and forms in memory by what a mapping file says of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.places import read_yaml
from pilotscore.findings import Finding
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.form_reader import read_form
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.results.table_reader import read_table
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.mapping_rules import rules_of

Rows = Sequence[Sequence[Any]]


def names_by(criteria: CriteriaSet, rules: str, *, accept: bool = False) -> HeaderNames:
    """Return the names of a criteria set with the rules of a mapping file, which must be sound."""
    read, faults = rules_of(read_yaml(rules or "{}"), criteria, "m.yaml")
    assert not faults, [f.sentence("en") for f in faults]
    return HeaderNames.of(criteria, rules=read, accept=accept)


def table_by(
    criteria: CriteriaSet, rules: str, rows: Rows, *, understand: bool = False, accept: bool = False
) -> tuple[Results, list[Finding]]:
    """Read a table."""
    names = names_by(criteria, rules, accept=accept)
    sheet = Sheet("b.xlsx", "表", visible=True, rows=[list(row) for row in rows])
    results, findings = read_table(
        sheet, find_table(sheet.rows, names), names, understand=understand
    )
    assert results is not None
    return results, findings


def form_by(
    criteria: CriteriaSet, rules: str, rows: Rows, *, understand: bool = False, accept: bool = False
) -> tuple[Results, list[Finding]]:
    """Read the first result of a table as a form: each header beside its value."""
    names = names_by(criteria, rules, accept=accept)
    turned = [[header, value] for header, value in zip(rows[0], rows[1], strict=True)]
    sheet = Sheet("b.xlsx", "表", visible=True, rows=turned)
    (form,) = find_forms(sheet.rows, names)
    return read_form([(sheet, form)], names, understand=understand)


def value(results: Results, name: str, i: int = 0) -> float:
    """Return the value of a result."""
    return float(results.values[results.quantities.index(name)][i])


def grade(results: Results, name: str, i: int = 0) -> int:
    """Return the place of the grade of evidence of a result, -1 for none."""
    return int(results.evidence[results.graded.index(name)][i]) if name in results.graded else -1


def faults_of(criteria: CriteriaSet, rules: str) -> list[Finding]:
    """Return what is wrong with the rules of a mapping file."""
    return rules_of(read_yaml(rules), criteria, "m.yaml")[1]
