"""All published cases, by what they are about."""

from __future__ import annotations

from pilotscore.language import Text
from tests.published import index, methods, money, outcomes, rights, robustness, stability, weights
from tests.published.registry import Published, digits

AREAS: dict[str, tuple[Text, list[Published]]] = {
    "stability": (Text("批次数据", "Batch data"), stability.CASES),
    "index": (Text("指数与不确定度", "Index and uncertainty"), index.CASES),
    "robustness": (Text("稳健性与敏感性", "Robustness and sensitivity"), robustness.CASES),
    "weights": (Text("权重", "Weights"), weights.CASES),
    "methods": (Text("决策方法与分级", "Decision methods and sorting"), methods.CASES),
    "money": (Text("评审与资金分配", "Panels and giving out money"), money.CASES),
    "outcomes": (Text("后来如何", "What came of it"), outcomes.CASES),
    "rights": (Text("权利的期限（年月日）", "Days of rights (YYYYMMDD)"), rights.CASES),
}
SHOWN = 8  # figures of a case on the page


def row(one: Published) -> tuple[str, ...]:
    """Return a case as a row of the page: ours with two digits more than printed, at most twelve."""
    tokens = one.printed.split()
    ours = [
        f"{x:.{min(12, digits(t) + 2) if '.' in t else 0}f}"
        for t, x in zip(tokens, one.figures, strict=True)
    ]
    source = one.source + (f" ({one.note})" if one.note else "")
    return f"{one.what.en}<br>{one.what.zh}", source, _some(tokens), _some(ours)


def _some(figures: list[str]) -> str:
    """Return figures for a cell: the first, and how many there are of many."""
    if len(figures) <= SHOWN:
        return " ".join(figures)
    return f"{' '.join(figures[: SHOWN - 2])} … ({len(figures)})"
