"""What the figures of stability say, in words."""

from __future__ import annotations

from pilotscore.language import Text

# Each measure: from which bound (lower or upper) the words go, and the steps from the best down.
# 1.33 and 1.0: ISO 22514 practice; 2, 5 and 10 %, 98 to 102 % and the rest are own defaults.
_CAPABLE = (
    (1.67, Text("能力充分", "ample")),
    (1.33, Text("能力足够", "capable")),
    (1.0, Text("能力勉强", "barely capable")),
)
_NOT_SHOWN = Text("数据不能证明有能力", "not shown to be capable")
_INCAPABLE = Text("能力不足", "not capable")
_RSD = ((2.0, Text("很一致", "very consistent")), (5.0, Text("一致", "consistent")),
        (10.0, Text("波动较大", "rather variable")))  # fmt: skip
_VARIABLE = Text("不一致", "not consistent")


def verdict(measure: str, value: float, low: float, high: float) -> Text | None:
    """Say what a figure means, by its less favourable bound; None where it speaks for itself."""
    if measure in ("pp", "ppk", "cp", "cpk", "cpm"):
        for least, said in _CAPABLE:
            if low >= least:
                return said
        return _NOT_SHOWN if value >= 1.0 else _INCAPABLE
    if measure == "rsd":
        return next((said for most, said in _RSD if high <= most), _VARIABLE)
    if measure == "signal_rate":
        return (
            Text("受控", "in control")
            if value == 0
            else Text("有失控信号", "signals of loss of control")
        )
    if measure == "drift":
        if low > 0:
            return Text("可能有漂移", "may drift")
        return Text("未见漂移", "no drift seen")
    if measure == "equivalence":
        if value:
            return Text("等效", "equivalent")
        return Text("不能证明等效", "not shown to be equivalent")
    if measure == "mass_balance":
        if low >= 98 and high <= 102:
            return Text("闭合良好", "closes well")
        if low >= 95 and high <= 105:
            return Text("闭合", "closes")
        return Text("不能证明闭合", "not shown to close")
    return None


def drift_note(p: float, slope: float) -> Text | None:
    """Say what the test of a trend found; None where there was none."""
    if p != p:
        return None
    way = Text("上升", "upwards") if slope > 0 else Text("下降", "downwards")
    if p < 0.05:
        return Text(
            f"有{way.zh}趋势（Mann-Kendall 检验 p = {p:.3f}）",
            f"a trend {way.en} (Mann-Kendall p = {p:.3f})",
        )
    return Text(
        f"未见趋势（Mann-Kendall 检验 p = {p:.3f}）", f"no trend seen (Mann-Kendall p = {p:.3f})"
    )


RULES = {
    1: Text("一点超出 3σ 控制限", "a point beyond 3 sigma"),
    2: Text("连续 9 点在中心线同一侧", "nine points in a row on one side of the centre"),
    3: Text("连续 6 点递增或递减", "six points in a row rising or falling"),
    4: Text("连续 14 点上下交替", "fourteen points in a row alternating"),
    5: Text("连续 3 点中 2 点在同侧 2σ 以外", "two of three points beyond 2 sigma on one side"),
    6: Text("连续 5 点中 4 点在同侧 1σ 以外", "four of five points beyond 1 sigma on one side"),
    7: Text("连续 15 点在 1σ 以内", "fifteen points in a row within 1 sigma"),
    8: Text("连续 8 点在 1σ 以外两侧", "eight points in a row beyond 1 sigma on both sides"),
}
