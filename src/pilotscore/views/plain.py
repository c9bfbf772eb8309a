"""CSV and JSON: for other programs, and for Excel."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from pilotscore.findings import Finding
from pilotscore.language import Lang
from pilotscore.runs.outcome import Outcome
from pilotscore.views import methods
from pilotscore.views.tables import Table, ranking_table, scores_table

# A spreadsheet runs text that begins so as a formula, whoever wrote it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(value: Any) -> Any:
    """Return a cell as CSV holds it: what a spreadsheet would run as a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def to_csv(outcome: Outcome, lang: Lang) -> str:
    """Return the ranking as CSV (write it as UTF-8 with a byte-order mark, for Excel).

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    return table_csv(ranking_table(outcome, lang), lang)


def table_csv(table: Table, lang: Lang) -> str:
    """Return a table as CSV, as :func:`to_csv` does."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([csv_cell(c.heading.to(lang)) for c in table.columns])
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def finding_record(finding: Finding, lang: Lang) -> dict[str, Any]:
    """Return a finding as plain data."""
    place = finding.place
    return {
        "severity": finding.severity,
        "code": finding.code,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell or None,
        "line": place.line,
        "character": place.character,
        "result": finding.result,
        "found": finding.found(lang),
        "expected": finding.expected(lang) or None,
        "mend": finding.mend(lang) or None,
    }


def _robustness(outcome: Outcome, lang: Lang) -> dict[str, Any]:
    if outcome.robustness is None:
        return {}
    from pilotscore.render.json import plain
    from pilotscore.views.robustness import record

    shown = {k: v for k, v in record(outcome.robustness).items() if k != "manifest"}
    return {"robustness": plain(shown, lang)}


def to_json(outcome: Outcome, lang: Lang, top: int | None = None) -> str:
    """Return the whole outcome as JSON: notes, ranking, scores, findings, manifest."""
    scores = {row["id"]: row for row in scores_table(outcome).records()}
    ids = {i.id for i in outcome.criteria.indicators}
    ranking = []
    for record in ranking_table(outcome, lang).records()[:top]:
        found = scores[record["id"]]
        ranking.append({**record, "scores": {k: v for k, v in found.items() if k in ids}})
    data = {
        "notes": [note.to(lang) for note in outcome.notes()],
        "batch_relative": outcome.ranking.batch_relative,
        "ranking": ranking,
        **methods.record(outcome),
        **_robustness(outcome, lang),
        "findings": [finding_record(f, lang) for f in outcome.findings],
        "manifest": outcome.manifest.to_dict(),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
