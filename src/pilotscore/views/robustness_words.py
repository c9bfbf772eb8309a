"""One paragraph in words: which places are firm, which are not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.language import Text
from pilotscore.runs.robustness import FACTORS

if TYPE_CHECKING:
    from pilotscore.runs.robustness import RobustnessReport

_LISTED = 6
SURE = 0.9


def paragraph(report: RobustnessReport) -> Text:
    """Say which places are firm, which are not, and what moves them."""
    parts = [_first(report), _top(report), _groups(report), _grades(report), _why(report)]
    found = [p for p in parts if p is not None]
    return Text("".join(p.zh for p in found), " ".join(p.en for p in found))


def _first(report: RobustnessReport) -> Text:
    r = report.robustness
    name, chance = report.name(0), float(r.first[0])
    if chance >= SURE:
        return Text(
            f"第一名 {name} 稳固（{chance:.0%} 的抽样中居首）。",
            f"First place is firm: {name} leads in {chance:.0%} of the draws.",
        )
    best = int(r.first.argmax())
    other = (
        Text(f"，{report.name(best)} 为 {r.first[best]:.0%}", f", {report.name(best)} in {r.first[best]:.0%}")
        if best != 0
        else Text("", "")
    )  # fmt: skip
    return Text(
        f"第一名不稳固：{name} 只在 {chance:.0%} 的抽样中居首{other.zh}。",
        f"First place is not firm: {name} leads in {chance:.0%} of the draws{other.en}.",
    )


def _top(report: RobustnessReport) -> Text | None:
    r = report.robustness
    if r.k >= len(r):
        return None
    sure = [n for n in range(len(r)) if r.top[n] >= SURE]
    open_ = [n for n in range(len(r)) if 1 - SURE < r.top[n] < SURE]
    if not open_:
        return Text(
            f"前 {r.k} 名是哪些成果不随抽样改变。",
            f"Which results are the first {r.k} does not depend on what was drawn.",
        )
    names = [report.name(n) for n in open_]
    return Text(
        f"前 {r.k} 名中有 {len(sure)} 项稳固；{_zh(names)}是否进入前 {r.k} 名取决于不确定的部分。",
        f"Of the first {r.k} places {len(sure)} are firm; whether {_en(names)} {'is' if len(names) == 1 else 'are'} "
        "among them depends on what is uncertain.",
    )


def _groups(report: RobustnessReport) -> Text:
    import numpy as np

    r = report.robustness
    sizes = np.bincount(r.groups.number)[1:]
    if (sizes == 1).all():
        return Text(
            "每一项都能与其他各项区分（概率不低于 90%）。",
            "Every result can be told from the others (with a chance of 90 % or more).",
        )
    largest = int(sizes.argmax())
    members = [n for n in range(len(r)) if r.groups.number[n] == largest + 1]
    span = f"{int(r.ranks[members[0]])}–{int(r.ranks[members[-1]])}"
    return Text(
        f"{len(r)} 项成果分为 {len(sizes)} 组，组内先后不可靠；最大的一组为第 {span} 名，共 {len(members)} 项。",
        f"The {len(r)} results form {len(sizes)} groups within which the order is not to be relied on; the largest is "
        f"places {span}, {len(members)} results.",
    )


def _grades(report: RobustnessReport) -> Text | None:
    r, a = report.robustness, report.outcome.assessment
    open_ = [n for n, i in enumerate(r.results.tolist()) if r.grades[n, int(a.grade[i])] < SURE]
    if not open_:
        return Text("各项等级均稳固。", "All grades are firm.")
    names = [report.name(n) for n in open_]
    return Text(
        f"{len(open_)} 项的等级不稳固：{_zh(names)}。",
        f"{len(open_)} {'grade is' if len(open_) == 1 else 'grades are'} not firm: {_en(names)}.",
    )


def _why(report: RobustnessReport) -> Text | None:
    found = report.sensitivity
    if found is None or not found.factors or not found.variance.sum() > 0:
        return None
    main = int(found.total.argmax())
    name, share = FACTORS[found.factors[main]], float(found.total[main])
    if len(found.factors) == 1:
        return Text(f"名次的变动全部来自{name.zh}。", f"All of it comes from {name.en}.")
    return Text(
        f"名次的变动主要来自{name.zh}（总阶指数 {share:.0%}）。",
        f"Most of it comes from {name.en} (total order index {share:.0%}).",
    )


def _zh(names: list[str]) -> str:
    shown = "、".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown} 等 {len(names)} 项"


def _en(names: list[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown} and {len(names) - _LISTED} more"
