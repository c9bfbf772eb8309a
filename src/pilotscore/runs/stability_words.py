"""What the figures of stability say, in words."""

from __future__ import annotations

from pilotscore.language import Text


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
