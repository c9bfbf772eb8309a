"""The findings of a check: as text, as JSON, as GitHub annotations, as a workbook, and one explained."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.findings import SEVERITY_TITLES, Finding, Kind, Severity
from pilotscore.language import Lang, Text
from pilotscore.runs.checked import Checked
from pilotscore.views.plain import finding_record
from pilotscore.views.tables import Column, Table, findings_table
from pilotscore.wording import words

if TYPE_CHECKING:
    from rich.console import Console

SEVERITY_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_EXPECTED = Text("应为：", "expected: ")
_MEND = Text("改法：", "mend: ")
_NOTHING = Text("没有发现问题", "no findings")
_MARK = re.compile(r"\{\{|\}\}|\{\w*\}")

# A line as parts, each with its style; the first number is the indent of what is wrapped.
Line = tuple[int, list[tuple[str, str]]]


def wording(text: Text, lang: Lang) -> str:
    """Return the wording of a kind, with … for what is filled in."""
    return _MARK.sub(lambda m: m.group()[0] if m.group() in ("{{", "}}") else "…", text.to(lang))


def print_checked(checked: Checked, console: Console, lang: Lang, least: Severity = "info") -> None:
    """Print every finding, a block for each, then counts by kind and in all.

    On a terminal lines are wrapped under themselves; piped they stay whole, one to a line.
    """
    if not console.is_terminal:
        console.file.write(to_text(checked, lang, least))
        return
    from rich.text import Text as Rich

    for indent, parts in _lines(checked, lang, least):
        width = max(20, console.width - indent)
        for number, line in enumerate(Rich.assemble(*parts).wrap(console, width)):
            line.rstrip()
            lead = " " * (indent if number else min(indent, _own_indent(parts)))
            console.print(Rich.assemble(lead, line), soft_wrap=True)


def _own_indent(parts: list[tuple[str, str]]) -> int:
    return 2 if parts[0][0] in {t for e in (_EXPECTED, _MEND) for t in (e.zh, e.en)} else 0


def to_text(checked: Checked, lang: Lang, least: Severity = "info") -> str:
    """Return every finding and the counts as plain text."""
    lines = (
        " " * _own_indent(parts) + "".join(text for text, _ in parts)
        for _, parts in _lines(checked, lang, least)
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def _lines(checked: Checked, lang: Lang, least: Severity) -> Iterator[Line]:
    shown = checked.at_least(least)
    for f in shown.findings:
        yield from _block(f, lang)
    if shown.findings:
        yield 0, [("", "")]
    for kind, count in shown.by_kind():
        style = SEVERITY_STYLES[kind.severity]
        title = SEVERITY_TITLES[kind.severity].to(lang)
        yield (
            4,
            [
                (f"{kind.code} {title}", style),
                (f" {count} ", "bold"),
                (wording(kind.found, lang), ""),
            ],
        )
    yield 0, [(_total(checked, shown, lang), "bold")]


def _block(f: Finding, lang: Lang) -> Iterator[Line]:
    title = SEVERITY_TITLES[f.severity].to(lang)
    head = (f"{title} {f.code} ", SEVERITY_STYLES[f.severity])
    yield 4, [(f"{f.place}: ", "bold"), head, (f.found(lang), "")]
    for label, text in ((_EXPECTED, f.expected(lang)), (_MEND, f.mend(lang))):
        if text:
            yield 4, [(label.to(lang), "dim"), (text, "")]


def _total(checked: Checked, shown: Checked, lang: Lang) -> str:
    counts = checked.counts
    total = Text(
        "共 {error} 个错误、{warning} 个警告、{info} 个提示".format(**counts),
        ", ".join(_counted(s, n) for s, n in counts.items()),
    )
    hidden = len(checked.findings) - len(shown.findings)
    left = Text(f"（{hidden} 个未显示）", f" ({hidden} not shown)").to(lang) if hidden else ""
    if not checked.findings:
        return _NOTHING.to(lang)
    return total.to(lang) + left


def _counted(severity: Severity, count: int) -> str:
    ending = "" if count == 1 or severity == "info" else "s"
    return f"{count} {SEVERITY_TITLES[severity].en}{ending}"


def to_json(checked: Checked, lang: Lang, least: Severity = "info") -> str:
    """Return what was used, counts by severity and kind, and every finding.

    Rows and columns count from 1. The counts are of all findings, whatever is listed.
    """
    data = {
        **checked.manifest.to_dict(),
        "counts": checked.counts,
        "kinds": [
            {"code": kind.code, "severity": kind.severity, "count": count}
            for kind, count in checked.by_kind()
        ],
        "findings": [_record(f, lang) for f in checked.at_least(least).findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _record(f: Finding, lang: Lang) -> dict[str, Any]:
    record = finding_record(f, lang)
    place = {k: record.pop(k) for k in ("file", "sheet", "cell", "line")}
    row = None if f.place.row is None else f.place.row + 1
    column = None if f.place.column is None else f.place.column + 1
    return {**place, "row": row, "column": column, **record}


def to_github(checked: Checked, lang: Lang, least: Severity = "info") -> str:
    """Return a workflow command for each finding, which GitHub shows beside the file."""
    lines = []
    for f in checked.at_least(least).findings:
        place = f"[{f.place.sheet}]" if f.place.sheet is not None else ""
        cell = f"!{f.place.cell}" if place and f.place.cell else ""
        title = f"{f.code} {place}{cell}".strip()
        line = f",line={f.place.line}" if f.place.line is not None else ""
        properties = f"file={_property(f.place.file)}{line},title={_property(title)}"
        lines.append(f"::{_GITHUB[f.severity]} {properties}::{_data(f.sentence(lang))}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def counts_table(checked: Checked, lang: Lang) -> Table:
    """Return one row per kind of finding, with how often it was found and what it means."""
    columns = (
        Column("severity", words.SEVERITY, width=9),
        Column("code", words.CODE, width=8),
        Column("count", words.COUNT, "rank", 8),
        Column("found", words.FOUND, "wrap", 46),
        Column("explanation", words.MEANING, "wrap", 90),
    )
    rows: list[list[Any]] = []
    for kind, count in checked.by_kind():
        rows.append(
            [
                SEVERITY_TITLES[kind.severity].to(lang),
                kind.code,
                count,
                wording(kind.found, lang),
                kind.why.to(lang),
            ]
        )
    return Table(columns, rows)


def write_findings_xlsx(checked: Checked, path: Path, lang: Lang, least: Severity = "info") -> None:
    """Write the findings, their counts and what was used as a workbook, the same bytes each time."""
    from pilotscore.views.tables import manifest_table
    from pilotscore.views.xlsx import write_sheets

    shown = checked.at_least(least)
    sheets = [
        (words.SHEET_FINDINGS, findings_table(shown.findings, lang)),
        (words.SHEET_COUNTS, counts_table(shown, lang)),
    ]
    write_sheets(path, sheets, manifest_table(checked.manifest), checked.manifest, lang)


def explain(kind: Kind, lang: Lang) -> str:
    """Return all that is to be said of a kind of finding."""
    title = SEVERITY_TITLES[kind.severity].to(lang)
    lines = [
        f"{kind.code} {title}",
        "",
        f"{words.FOUND.to(lang)}{_colon(lang)}{wording(kind.found, lang)}",
    ]
    if kind.expected:
        lines.append(_EXPECTED.to(lang) + wording(kind.expected, lang))
    if kind.mend:
        lines.append(_MEND.to(lang) + wording(kind.mend, lang))
    return "\n".join([*lines, "", kind.why.to(lang)]) + "\n"


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
