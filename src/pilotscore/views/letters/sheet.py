"""The score sheet of a result on paper: dimensions, indicators, gates, the way up."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.drawings import Radar
from pilotscore.index import PathUp, contributions, dimension_weights, paths_up
from pilotscore.language import Text, join
from pilotscore.runs.explained import interval_text, move_advice, move_text
from pilotscore.runs.letters import Letters
from pilotscore.runs.outcome import Outcome
from pilotscore.views.letters.base import Context
from pilotscore.wording import figures, words

_OPEN, _CLOSED = Text("未触发", "open"), Text("已触发", "closed")
_UNKNOWN = Text("无法判断（缺数据）", "cannot be judged (data missing)")
_FLOOR_OF = Text("{grade} 级下限", "floor of grade {grade}")
_LEGEND = Text(
    "—：不适用或没有；(E1)：未注明证据，按默认等级；†：由批次数据计算；¶：由权属表推得；§：专家评审的分值",
    "—: none, or not applicable; (E1): no evidence stated, the default; †: worked out from batch "
    "data; ¶: derived from the sheets of rights; §: given by a panel of experts",
)
_BEST = Text("已是最高等级。", "It has the best grade already.")
_SCORES = Text("各维度得分", "Scores of the dimensions")


def score_sheet(letters: Letters, i: int) -> Context:
    """Return the score sheet of the i-th result: a row for each dimension and indicator."""
    outcome = letters.outcome
    a = outcome.assessment
    return {
        "sheet": {
            "rows": list(_rows(outcome, i)),
            "dimensions": list(dimensions(outcome, i)),
            "index": interval_text(outcome, i) if a.has_index(i) else words.NO_INDEX,
            "grade": figures.grade(a, i),
            "reason": figures.reason(a, i) or "",
            "legend": _LEGEND,
        }
    }


def _rows(outcome: Outcome, i: int) -> Iterator[Context]:
    a = outcome.assessment
    parts, across = contributions(a)[i], dimension_weights(a.criteria)
    for k, (dimension, span) in enumerate(
        zip(a.criteria.dimensions, a.criteria.dimension_slices, strict=True)
    ):
        yield {
            "head": True,
            "title": dimension.title,
            "value": "",
            "evidence": "",
            "score": figures.score(a.dimensions[i, k]),
            "weight": f"{across[k]:.1%}",
            "points": f"{parts[span].sum():.2f}",
        }
        for j in range(span.start, span.stop):
            yield {
                "head": False,
                "title": a.criteria.indicators[j].title,
                "value": figures.raw_value(a, i, j),
                "evidence": figures.evidence(a, i, j),
                "score": figures.score(a.scores[i, j]),
                "weight": f"{a.weights[i, j]:.1%}",
                "points": f"{parts[j]:.2f}",
            }


def _floors(outcome: Outcome, i: int) -> tuple[str, list[float]]:
    """Return the grade whose floors are to be reached, the next better one, and the floors."""
    criteria, place = outcome.criteria, int(outcome.assessment.grade[i])
    at = max(place - 1, 0) if place >= 0 else len(criteria.grades) - 1
    grade = criteria.grades[at]
    least = grade.every_dimension or 0.0
    return grade.id, [max(least, grade.dimensions.get(d.id, 0.0)) for d in criteria.dimensions]


def dimensions(outcome: Outcome, i: int) -> Iterator[Context]:
    """Yield each dimension with its score and the floor of the next grade."""
    a, (_, floors) = outcome.assessment, _floors(outcome, i)
    for dimension, score, floor in zip(
        a.criteria.dimensions, a.dimensions[i].tolist(), floors, strict=True
    ):
        short = score == score and score < floor
        yield {
            "title": dimension.title,
            "score": figures.score(score),
            "floor": f"{floor:g}" if floor else "—",
            "short": short,
            "mark": "▼" if short else "",
        }


def radar(outcome: Outcome, i: int, *, small: bool = False) -> Radar | None:
    """Return the picture of the dimensions against their floors; None below three."""
    a, (grade, floors) = outcome.assessment, _floors(outcome, i)
    if len(a.criteria.dimensions) < 3:
        return None
    scores = [x if x == x else 0.0 for x in a.dimensions[i].tolist()]
    titles = tuple(d.title for d in a.criteria.dimensions)
    of = _FLOOR_OF.of(grade=grade)
    return Radar(_SCORES, titles, tuple(scores), tuple(floors), of, small)


def gates(outcome: Outcome, i: int) -> list[Context]:
    """Return each gate: whether it is closed, and then what it does and how to open it."""
    a, rows = outcome.assessment, []
    closed, unknown = a.gates.closed[i].tolist(), a.gates.unknown[i].tolist()
    for gate, shut, dim in zip(a.criteria.gates, closed, unknown, strict=True):
        rows.append(
            {
                "title": gate.title,
                "state": _CLOSED if shut else _UNKNOWN if dim else _OPEN,
                "closed": shut,
                "effect": figures.gate_effect(gate) if shut else "",
                "advice": gate.advice if shut and gate.advice is not None else "",
            }
        )
    return rows


def way_up(outcome: Outcome, i: int) -> Context:
    """Return the gap plan: the least changes that lift a result a grade, each with what to do."""
    guidance = paths_up(outcome.assessment, i)
    path: PathUp | None = guidance.stating if guidance.stating_reaches else guidance.nearest
    if guidance.target is None or path is None:
        why = join(r.text for r in guidance.blocked) if guidance.blocked else _BEST
        return {"plan": {"grade": "", "title": "", "moves": [], "why": why}}
    moves = [
        {"move": move_text(outcome, i, m), "advice": move_advice(outcome, m) or ""}
        for m in path.moves
    ]
    grade = outcome.criteria.grades[guidance.target]
    return {"plan": {"grade": grade.id, "title": grade.title, "moves": moves, "why": ""}}
