"""What would change the answer on a result without money: the nearest way to a better grade."""

from __future__ import annotations

from pilotscore.language import Text, Words, join
from pilotscore.runs.explained import move_text
from pilotscore.runs.fund import FundReport, may_change


def what_would_change(report: FundReport, i: int) -> tuple[Words, ...]:
    """Return the nearest way to a better grade, move by move; or why there is none.

    Results whose way was not worked out are told which command does it.
    """
    if not may_change(report.funded, i):
        return ()
    guidance = report.ways.get(i)
    a = report.outcome.assessment
    if guidance is None:
        command = f"pilotscore explain … {a.measurements.ids[i]} --call"
        return (Text("见 {command}", "see {command}").of(command=command),)
    path = guidance.nearest
    if path is None:
        reasons = [r.text for r in guidance.blocked]
        if not reasons:
            return (Text("已是最高等级", "its grade is the best there is"),)
        first = Text("升级须先解决：{reasons}", "before any better grade: {reasons}")
        return (first.of(reasons=join(reasons)),)
    head = Text(
        "升到 {grade}（指数 {index:.1f}，工作量 {effort:.1f}）：",
        "to grade {grade} (index {index:.1f}, effort {effort:.1f}):",
    ).of(grade=a.criteria.grades[path.grade].id, index=path.index, effort=path.effort)
    point = Text("· {move}", "· {move}")
    return (head, *(point.of(move=move_text(report.outcome, i, m)) for m in path.moves))
