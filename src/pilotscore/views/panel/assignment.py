"""An assignment of experts: who scores what, how even it is, who could step in, who keeps out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Line,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    more,
    note,
)
from pilotscore.language import COLON, DOT, LISTED, NOTHING, Text, Words, counted, join, same
from pilotscore.runs.panel_assign import AssignmentReport
from pilotscore.views import findings
from pilotscore.views.panel.phrases import STAGES
from pilotscore.views.panel.repairs import reasons, repair_words
from pilotscore.views.panel.repairs import record as why_record
from pilotscore.wording import words
from pilotscore.workbook.panels.conflicts import OUTCOMES, Outcome
from pilotscore.workbook.panels.stages import FIRST

TITLE = Text("专家分配", "Assignment of experts")
_EXPERT, _GROUP = Text("专家", "Expert"), Text("组别", "Group")
_STAGE = Text("轮次", "Stage")
_CHANCE = Text("概率", "Chance")
_BACKUP = Text("后备", "Backups")
_LOAD, _MOST = Text("评审数", "Results"), Text("上限", "At most")
_FIT = Text("匹配", "Fit")
_IMPOSSIBLE = Text("按这些要求无法分配", "there is no assignment under these demands")
_WHY, _CHANGES = (
    Text("原因", "Why"),
    Text("可行的最小改动（任选一种）", "The smallest changes, any one of them"),
)
_NO_CHANGE = Text(
    "没有哪一种改动单独就够；请放宽几项要求后再试",
    "no single kind of change is enough; ease several demands and try again",
)
_EVEN = Text("每位专家 {least} 至 {most} 项", "{least} to {most} results an expert")
_DRAWN = Text(
    "按概率上限 {cap} 抽取（种子 {seed}）：任何一对的概率至多 {most}，见“概率”",
    "drawn under a cap of {cap} (seed {seed}): no pair had a probability above {most}, see "
    "“Probabilities”",
)
_HOLDS = Text(
    "{count} 对待核对或待补充信息，没有分配（见“回避与待核对”；核对后可加 --with-holds）",
    "{count} pairs are on hold, and not assigned (sheet “Conflicts”; --with-holds once they "
    "are checked)",
)
_SHEETS = {
    "assigned": Text("分配", "Assignment"),
    "loads": Text("专家负荷", "Loads"),
    "backups": Text("后备", "Backups"),
    "chances": Text("概率", "Probabilities"),
    "pairs": Text("回避与待核对", "Conflicts"),
    "why": Text("无法分配", "Why not"),
}
_SHOWN = 30
_NOT_SHOWN = Text("未显示（-o 文件中有全部）", " not shown (-o FILE has them all)")
_NONE = same("")


def document(report: AssignmentReport, version: str = "") -> Document:
    """Return an assignment as a document."""
    return Document(
        TITLE,
        version,
        page=partial(page, report),
        sheets=partial(sheets, report),
        record=partial(record, report),
        table=partial(_table, report),
    )


def page(report: AssignmentReport) -> Iterator[Block]:
    """Say who scores what; or why nobody can, and what would help."""
    counts = (
        counted(len(report.results), Text("项成果", "result")),
        counted(len(report.experts), Text("位专家", "expert")),
        Text("每项 {n} 位", "{n} a result").of(n=report.wanted.each),
    )
    of_stage = () if report.wanted.stage == FIRST else (STAGES[report.wanted.stage],)
    yield heading(join((TITLE, *counts, *of_stage), DOT))
    held = int(np.isin(report.outcomes, (Outcome.MANUAL_HOLD, Outcome.EVIDENCE_HOLD)).sum())
    if held and not report.wanted.holds:
        yield note(_HOLDS.of(count=held))
    if report.assignment is None:
        yield from _why_page(report)
        return
    loads = report.assignment.chosen.sum(axis=0)
    yield Line(((_EVEN.of(least=int(loads.min()), most=int(loads.max())), "dim"),))
    yield from _drawn_note(report)
    yield Gap()
    slots = (
        Slot(words.ID, least=4, most=16, sized_by=tuple(r.id for r in report.results)),
        Slot(_EXPERT, least=20, most=60, rest=True),
        Slot(_BACKUP, least=8, most=24),
    )
    rows = []
    for r in range(min(len(report.results), _SHOWN)):
        names, backup = _names(report, r), _backups(report, r)
        rows.append(
            Row(
                (
                    (report.results[r].id, ""),
                    (join(names, LISTED), ""),
                    (join(backup, LISTED), "dim"),
                )
            )
        )
    yield Listing(slots, rows, ruled=True, wrap=True)
    if len(report.results) > _SHOWN:
        yield more(len(report.results) - _SHOWN, _NOT_SHOWN)


def _drawn_note(report: AssignmentReport) -> Iterator[Block]:
    if report.assignment is not None and (chance := report.assignment.chance) is not None:
        said = _DRAWN.of(
            cap=f"{report.wanted.cap:g}",
            most=f"{chance.max(initial=0):.2g}",
            seed=report.wanted.seed,
        )
        yield note(said)


def _why_page(report: AssignmentReport) -> Iterator[Block]:
    yield note(_IMPOSSIBLE, "bold red")
    said = list(reasons(report))
    if said:
        yield Gap()
        yield heading(_WHY)
        for words_ in said:
            yield Fact("·", words_)
    if report.problem is not None:
        yield Gap()
        yield heading(_CHANGES)
        for repair in report.repairs:
            yield Fact("·", repair_words(report, repair))
        if not report.repairs:
            yield Fact("·", _NO_CHANGE)


def _names(report: AssignmentReport, r: int) -> list[Words | str]:
    if report.assignment is None:
        return []
    chosen = np.flatnonzero(report.assignment.chosen[r]).tolist()
    order = sorted(chosen, key=lambda e: (report.experts[e].group, report.experts[e].name))
    return [_named(report, e) for e in order]


def _named(report: AssignmentReport, e: int) -> Words | str:
    expert = report.experts[e]
    if not expert.group:
        return expert.name
    return Text("{name}（{group}）", "{name} ({group})").of(name=expert.name, group=expert.group)


def _backups(report: AssignmentReport, r: int) -> list[Words | str]:
    if report.assignment is None:
        return []
    return [report.experts[e].name for e in report.assignment.backups[r]]


def _table(report: AssignmentReport) -> Table:
    columns = (
        Column("id", words.ID, width=14),
        Column("title", words.TITLE, "wrap", 40),
        Column("expert", _EXPERT, width=16),
        Column("group", _GROUP, width=12),
        Column("fit", _FIT, "figure", 8),
        *([Column("chance", _CHANCE, "share", 8)] if _is_drawn(report) else []),
        *([Column("stage", _STAGE, "rank", 8)] if report.wanted.stage != FIRST else []),
    )
    return Table(columns, [row for r in range(len(report.results)) for row in _rows(report, r)])


def _rows(report: AssignmentReport, r: int) -> list[list[Any]]:
    if report.assignment is None or report.problem is None:
        return []
    result = report.results[r]
    chosen = np.flatnonzero(report.assignment.chosen[r]).tolist()
    order = sorted(chosen, key=lambda e: (report.experts[e].group, report.experts[e].name))
    return [
        [
            result.id,
            result.title,
            report.experts[e].name,
            report.experts[e].group,
            float(report.problem.affinity[r, e]) or None,
            *([_chance(report, r, e)] if _is_drawn(report) else []),
            *([report.wanted.stage] if report.wanted.stage != FIRST else []),
        ]
        for e in order
    ]


def _is_drawn(report: AssignmentReport) -> bool:
    return report.assignment is not None and report.assignment.chance is not None


def _chance(report: AssignmentReport, r: int, e: int) -> float:
    assert report.assignment is not None
    assert report.assignment.chance is not None
    return round(float(report.assignment.chance[r, e]), 6)


def _possible(report: AssignmentReport) -> list[tuple[int, int]]:
    """Return the pairs that could have been drawn, by result, the likeliest first."""
    if report.assignment is None or report.assignment.chance is None:
        return []
    chance = report.assignment.chance
    pairs = [(int(r), int(e)) for r, e in np.argwhere(chance > 0).tolist()]
    return sorted(pairs, key=lambda p: (p[0], -chance[p], report.experts[p[1]].name))


def _chances_table(report: AssignmentReport) -> Table:
    """Return a row for each pair that could have been drawn."""
    assert report.assignment is not None
    columns = (
        Column("id", words.ID, width=14),
        Column("candidate", _EXPERT, width=16),
        Column("chance", _CHANCE, "share", 9),
        Column("drawn", Text("抽中", "Drawn"), "centre", 8),
    )
    chosen = report.assignment.chosen
    rows = [
        [
            report.results[r].id,
            report.experts[e].name,
            _chance(report, r, e),
            words.YES if chosen[r, e] else _NONE,
        ]
        for r, e in _possible(report)
    ]
    return Table(columns, rows)


def sheets(report: AssignmentReport) -> list[Sheet]:
    """Return the assignment, the loads, who could step in, and who keeps out of what."""
    listed = [Sheet(_SHEETS["pairs"], (_pairs_table(report),), freeze=1)]
    listed += [findings.sheet(report.findings)] if report.findings else []
    if report.assignment is None:
        changes = [
            *(join((_WHY, w), COLON) for w in reasons(report)),
            *(repair_words(report, r) for r in report.repairs),
        ]
        return [Sheet(_SHEETS["why"], (_IMPOSSIBLE, *changes)), *listed]
    drawn = _is_drawn(report)
    return [
        Sheet(_SHEETS["assigned"], (_table(report),), freeze=1),
        Sheet(_SHEETS["loads"], (_loads_table(report),), freeze=1),
        Sheet(_SHEETS["backups"], (_backups_table(report),), freeze=1),
        *([Sheet(_SHEETS["chances"], (_chances_table(report),), freeze=1)] if drawn else []),
        *listed,
    ]


def _loads_table(report: AssignmentReport) -> Table:
    columns = (
        Column("expert", _EXPERT, width=16),
        Column("group", _GROUP, width=12),
        Column("unit", Text("单位", "Institution"), width=24),
        Column("results", _LOAD, "rank", 9),
        Column("most", _MOST, "rank", 9),
    )
    assert report.assignment is not None
    assert report.problem is not None
    loads, most = report.assignment.chosen.sum(axis=0), report.problem.most
    rows = [
        [x.name, x.group, x.unit, int(loads[e]), int(most[e])] for e, x in enumerate(report.experts)
    ]
    return Table(columns, rows)


def _backups_table(report: AssignmentReport) -> Table:
    columns = (
        Column("id", words.ID, width=14),
        Column("place", Text("次序", "Order"), "rank", 8),
        Column("backup", _BACKUP, width=16),
        Column("group", _GROUP, width=12),
    )
    assert report.assignment is not None
    rows = [
        [report.results[r].id, place, report.experts[e].name, report.experts[e].group]
        for r, backups in enumerate(report.assignment.backups)
        for place, e in enumerate(backups, start=1)
    ]
    return Table(columns, rows)


def _pairs_table(report: AssignmentReport) -> Table:
    columns = (
        Column("id", words.ID, width=14),
        Column("who", _EXPERT, width=16),
        Column("outcome", Text("结论", "Outcome"), width=14),
        Column("why", Text("原因", "Reason"), "wrap", 50),
    )
    pairs = np.argwhere(report.outcomes != Outcome.ELIGIBLE).tolist()
    rows = [
        [
            report.results[r].id,
            report.experts[e].name,
            OUTCOMES[Outcome(int(report.outcomes[r, e]))],
            report.reason(r, e) or _NONE,
        ]
        for r, e in pairs
    ]
    return Table(columns, rows)


def record(report: AssignmentReport) -> dict[str, Any]:
    """Return an assignment as plain data."""
    wanted = report.wanted
    solution = report.assignment
    loads = solution.chosen.sum(axis=0) if solution else None
    return {
        "feasible": solution is not None,
        "each": wanted.each,
        "of_group": dict(sorted((wanted.of_group or {}).items())),
        "per_unit": wanted.per_unit,
        "seed": wanted.seed,
        "stage": wanted.stage,
        "cap": wanted.cap,
        "chances": [
            {
                "result": report.results[r].id,
                "expert": report.experts[e].name,
                "chance": _chance(report, r, e),
            }
            for r, e in _possible(report)
        ],
        "worst_fit": solution.worst if solution else None,
        "assignments": [
            {"result": r.id, "experts": [row[2] for row in _rows(report, n)]}
            | {"backups": _backups(report, n)}
            for n, r in enumerate(report.results)
        ]
        if solution
        else [],
        "experts": [
            {
                "expert": x.name,
                "group": x.group,
                "results": int(loads[e]) if loads is not None else None,
                "most": int(report.problem.most[e]) if report.problem else x.most,
            }
            for e, x in enumerate(report.experts)
        ],
        "pairs": [
            {
                "result": report.results[r].id,
                "expert": report.experts[e].name,
                "outcome": Outcome(int(report.outcomes[r, e])).name.lower(),
                "why": report.reason(r, e) or NOTHING,
            }
            for r, e in np.argwhere(report.outcomes != Outcome.ELIGIBLE).tolist()
        ],
        **why_record(report),
        "findings": [findings.record(f) for f in report.findings],
        "inputs": [{"file": f, "sha256": h} for f, h in sorted(report.people.files.items())],
    }
