"""Findings: those of a run, beside its results; all that a check says; and a kind explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pilotscore.document import (
    Block,
    Column,
    Document,
    Gap,
    Line,
    Piece,
    Sheet,
    Table,
    flat_table,
)
from pilotscore.findings import SEVERITY_TITLES, Finding, Kind, Severity
from pilotscore.language import (
    COMMA,
    NOTHING,
    Text,
    Words,
    after,
    counted,
    join,
    same,
)
from pilotscore.runs.checked import Checked
from pilotscore.runs.outcome import Manifest, digest_of
from pilotscore.runs.suspicious import SEVERITIES
from pilotscore.views import given, understood
from pilotscore.wording import words

SEVERITY_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_PLACES: dict[Severity, Text] = {
    "error": Text("处错误", "error"),
    "warning": Text("处警告", "warning"),
    "info": Text("处提示", "info"),
}
_EXPECTED, _MEND = Text("应为：", "expected: "), Text("改法：", "mend: ")
_NONE = Text("没有发现问题", "no findings")
_IN_COLUMN = Text("（此列另有 {n} 处）", " (and {n} more in this column)")
_NOT_ALL = Text("（未全部显示；-o 文件中有全部）", " (not all shown; -o FILE has them all)")
_ALL = Text("共 {error} 个错误、{warning} 个警告、{info} 个提示", "{errors}, {warnings}, {infos}")
_HIDDEN = Text("（{n} 个未显示）", " ({n} not shown)")
_ONLY_COUNTED = Text("（提示只计数，--all 逐条列出）", " (info is only counted: --all lists it)")
_HANG = 4  # cells before the second line of what is wrapped


# ------------------------------------------------------------------- beside other results


def page(findings: Iterable[Finding], most: int | None = None) -> Iterator[Block]:
    """Say findings: place, code, what was found, what was expected, how to mend it.

    With ``most``, the first of each kind in a column stands for the others, which are counted;
    errors come first, and there are no more than that many lines.
    """
    listed = list(findings)
    groups: dict[object, list[Finding]] = {}
    for number, f in enumerate(listed):
        alike = (f.code, f.place.file, f.place.sheet, f.place.column)
        stands_for = most is not None and f.place.column is not None
        groups.setdefault(alike if stands_for else number, []).append(f)
    ordered = sorted(groups.values(), key=lambda g: SEVERITIES.index(g[0].severity))
    for f, *others in ordered[:most]:
        rest = _IN_COLUMN.of(n=len(others)) if others else NOTHING
        head = ((f"{f.place}: ", "bold"), (f"{f.code} ", SEVERITY_STYLES[f.severity]))
        yield Line((*head, (f.message, ""), (rest, "")), hang=0)
    if listed:
        left = most is not None and len(ordered) > most
        yield Line((_total(listed, all_shown=not left),))


def _total(listed: list[Finding], *, all_shown: bool) -> Piece:
    counts = Counter(f.severity for f in listed)
    total = join((_counted(counts[s], s, _PLACES[s]) for s in SEVERITIES if counts[s]), COMMA)
    return join((total, NOTHING if all_shown else _NOT_ALL), NOTHING), "dim"


def _counted(count: int, severity: Severity, noun: Text) -> Words:
    return counted(count, noun, "info" if severity == "info" else None)


def findings_table(findings: Iterable[Finding]) -> Table:
    """Return one row per finding, with its cell and how to mend it."""
    columns = (
        Column("severity", words.SEVERITY, width=8),
        Column("code", words.CODE, width=7),
        Column("file", words.FILE, width=24),
        Column("sheet", words.SHEET, width=14),
        Column("cell", words.CELL, width=8),
        Column("result", words.ID, width=12),
        Column("found", words.FOUND, "wrap", 46),
        Column("expected", words.EXPECTED, "wrap", 34),
        Column("mend", words.MEND, "wrap", 40),
    )
    rows = [
        [
            SEVERITY_TITLES[f.severity],
            f.code,
            f.place.file,
            f.place.sheet,
            f.place.cell or None,
            f.result,
            *f.parts,
        ]
        for f in findings
    ]
    return Table(columns, rows)


def sheet(findings: Iterable[Finding]) -> Sheet:
    """Return the sheet of findings that every workbook has."""
    return Sheet(words.SHEET_FINDINGS, (findings_table(findings),))


def manifest_sheet(manifest: Manifest) -> Sheet:
    """Return the sheet of the manifest that every workbook has."""
    return Sheet(words.SHEET_MANIFEST, (flat_table(with_digest(manifest.to_dict())),))


def with_digest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest with its own digest, which stands at the foot of every page."""
    return {**manifest, "sha256": digest_of(manifest)}


def record(finding: Finding) -> dict[str, Any]:
    """Return a finding under its keys."""
    place = finding.place
    problem, expected, mend = finding.parts
    return {
        "severity": finding.severity,
        "code": finding.code,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell or None,
        "line": place.line,
        "character": place.character,
        "result": finding.result,
        "found": problem,
        "expected": expected,
        "mend": mend,
    }


# ------------------------------------------------------------------------------- of a check


def document(
    checked: Checked, least: Severity = "info", on_page: Severity | None = None
) -> Document:
    """Return all that a check has to say.

    Parameters
    ----------
    checked
        What was found.
    least
        This severity and graver ones only are listed.
    on_page
        The same for the page alone, where graver ones are listed than in files; what is left out
        is counted by kind.
    """
    shown = checked.at_least(least)
    return Document(
        title=same(checked.manifest.criteria[0]),
        version=checked.manifest.version,
        as_of=checked.manifest.as_of,
        digest=checked.manifest.digest,
        page=lambda: _checked_page(checked, shown, on_page or least),
        sheets=lambda: _checked_sheets(checked, shown),
        record=lambda: _checked_record(checked, shown),
        table=lambda: understood.table(checked.pages, checked.suspicious),
    )


def _checked_page(checked: Checked, shown: Checked, least: Severity) -> Iterator[Block]:
    """Say what was understood, then every finding, a block for each, then counts by kind."""
    yield from understood.page(shown.pages, shown.suspicious)
    listed = shown.at_least(least).findings
    for severity in SEVERITIES:
        for f in listed:
            if f.severity == severity:
                yield from _finding(f)
    if shown.findings:
        yield Gap()
    for kind, count in shown.by_kind():
        head = (_head(kind), SEVERITY_STYLES[kind.severity])
        yield Line((head, (f" {count} ", "bold"), (words.wording(kind.found), "")), hang=_HANG)
    counted = len(shown.findings) > len(listed)
    total = join((_all(checked, shown), _ONLY_COUNTED if counted else NOTHING), NOTHING)
    yield Line(((total, "bold"),), hang=0)


def _finding(f: Finding) -> Iterator[Line]:
    head = join((SEVERITY_TITLES[f.severity], f" {f.code} "), NOTHING)
    problem, expected, mend = f.parts
    place: Piece = (f"{f.place}: ", "bold")
    yield Line((place, (head, SEVERITY_STYLES[f.severity]), (problem, "")), hang=_HANG)
    for label, text in ((_EXPECTED, expected), (_MEND, mend)):
        if text is not None:
            yield Line(((label, "dim"), (text, "")), indent=2, hang=_HANG)


def _head(kind: Kind) -> Words:
    return join((f"{kind.code} ", SEVERITY_TITLES[kind.severity]), NOTHING)


def _all(checked: Checked, shown: Checked) -> Words:
    if not checked.findings:
        return _NONE
    hidden = len(checked.findings) - len(shown.findings)
    counts = checked.counts
    parts = {f"{s}s": _counted(n, s, SEVERITY_TITLES[s]) for s, n in counts.items()}
    total = _ALL.of(**counts, **parts)
    return join((total, _HIDDEN.of(n=hidden) if hidden else NOTHING), NOTHING)


def _checked_sheets(checked: Checked, shown: Checked) -> list[Sheet]:
    reading = understood.table(checked.pages, checked.suspicious)
    listed = [(p.places[0].file, p.places[0].sheet, p.given) for p in checked.pages if p.given]
    notes = (Gap(), given.notes_table(listed)) if listed else ()
    return [
        Sheet(words.SHEET_READING, (reading, *notes), freeze=6),
        sheet(shown.findings),
        Sheet(words.SHEET_COUNTS, (_counts_table(shown),)),
        manifest_sheet(shown.manifest),
    ]


def _counts_table(checked: Checked) -> Table:
    """Return one row per kind of finding, with how often it was found and what it means."""
    columns = (
        Column("severity", words.SEVERITY, width=9),
        Column("code", words.CODE, width=8),
        Column("count", words.COUNT, "rank", 8),
        Column("found", words.FOUND, "wrap", 46),
        Column("explanation", words.MEANING, "wrap", 90),
    )
    rows = [
        [SEVERITY_TITLES[kind.severity], kind.code, count, words.wording(kind.found), kind.why]
        for kind, count in checked.by_kind()
    ]
    return Table(columns, rows)


def _checked_record(checked: Checked, shown: Checked) -> dict[str, Any]:
    """Return what was used, counts by severity and kind, and every finding.

    Rows and columns count from 1. The counts are of all findings, whatever is listed.
    """
    return {
        **checked.manifest.to_dict(),
        "counts": checked.counts,
        "kinds": [
            {"code": kind.code, "severity": kind.severity, "count": count}
            for kind, count in checked.by_kind()
        ],
        "reading": understood.record(checked.pages, checked.suspicious),
        "findings": [_placed(f) for f in shown.findings],
    }


def _placed(f: Finding) -> dict[str, Any]:
    data = record(f)
    place = {key: data.pop(key) for key in ("file", "sheet", "cell", "line")}
    row = None if f.place.row is None else f.place.row + 1
    column = None if f.place.column is None else f.place.column + 1
    return {**place, "row": row, "column": column, **data}


# ------------------------------------------------------------------------------- of a kind


def explanation(kind: Kind) -> list[Words]:
    """Return all that is to be said of a kind of finding, line by line."""
    lines: list[Words] = [_head(kind), NOTHING, after(words.FOUND, words.wording(kind.found))]
    for label, text in ((_EXPECTED, kind.expected), (_MEND, kind.mend)):
        if text is not None:
            lines.append(join((label, words.wording(text)), NOTHING))
    return [*lines, NOTHING, kind.why]
