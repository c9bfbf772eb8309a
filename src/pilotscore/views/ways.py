"""What would change the answer on a result that gets no money: the nearest way to a better grade."""

from __future__ import annotations

from pilotscore.language import Text, Words, join, same
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
    name = a.measurements.ids[i]
    if guidance is None:
        command = f"pilotscore explain … {name} --call"
        return (Text(f"见 {command}", f"see {command}"),)
    path = guidance.nearest
    if path is None:
        reasons = [r.text for r in guidance.blocked]
        if not reasons:
            return (Text("已是最高等级", "its grade is the best there is"),)
        first = Text("升级须先解决：{reasons}", "before any better grade: {reasons}")
        return (first.of(reasons=join(reasons)),)
    grade = a.criteria.grades[path.grade].id
    head = Text(
        f"升到 {grade}（指数 {path.index:.1f}，工作量 {path.effort:.1f}）：",
        f"to grade {grade} (index {path.index:.1f}, effort {path.effort:.1f}):",
    )
    moves = (same("· {move}").of(move=move_text(report.outcome, i, m)) for m in path.moves)
    return (head, *moves)
