"""What may come of a result after its pilot: the levels 8 to 13 of Qingdao's rules, as data.

Each is reached on a day and shown by a figure: the levels of sales, of breaking even, of profit and
of return. They are no scores: a result that has not reached one yet may reach it tomorrow.
"""

from __future__ import annotations

from pilotscore.language import NOTHING, Text, same
from pilotscore.records import dataclass

SOURCE = Text(
    "青岛市技术成熟度分级（销售级 10、盈亏级 11、利润级 12、回报级 13）",
    "grading of technology maturity of Qingdao (sales 10, break-even 11, profit 12, return 13)",
)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of what came of a result: its number, title, and what shows that it is reached.

    ``figure`` is what the number beside it is; ``least`` from which it counts as reached, in the
    unit of that number (a share in percent, a sum of money); None where a yes is enough.
    """

    id: str
    title: Text
    shows: Text
    figure: Text
    unit: Text
    least: float | None = None

    @property
    def is_share(self) -> bool:
        """Whether its figure is a share in percent, not a sum of money."""
        return self.unit == _PERCENT


_PERCENT = same("%")
_MONEY = Text("万元", "10k CNY")
LEVELS: dict[str, Level] = {
    level.id: level
    for level in (
        Level(
            "8",
            Text("8 小批试产合格", "8 small batches pass"),
            Text("小批试产合格、生产条件完备、工艺成熟", "small batches pass on a complete line"),
            NOTHING,
            NOTHING,
        ),
        Level(
            "9",
            Text("9 大批量生产", "9 volume production"),
            Text("大批量商业化生产", "commercial production in volume"),
            NOTHING,
            NOTHING,
        ),
        Level(
            "10",
            Text("10 首次销售", "10 first sale"),
            Text("首次销售，且销量达到盈亏平衡点的 30%", "first sale, 30% of break-even volume"),
            Text("销量占盈亏平衡点", "volume in % of break-even"),
            _PERCENT,
            30.0,
        ),
        Level(
            "11",
            Text("11 盈亏平衡", "11 break-even"),
            Text("年收入减运营成本不小于 0", "annual income less operating cost of at least 0"),
            Text("年收入减运营成本", "annual income less operating cost"),
            _MONEY,
            0.0,
        ),
        Level(
            "12",
            Text("12 利润", "12 profit"),
            Text("累计收入达到总投入的 30%", "cumulative income of 30% of the total input"),
            Text("累计收入占总投入", "cumulative income in % of input"),
            _PERCENT,
            30.0,
        ),
        Level(
            "13",
            Text("13 收回投资", "13 payback"),
            Text("累计收入减总投入不小于 0", "cumulative income less total input of at least 0"),
            Text("累计收入减总投入", "cumulative income less total input"),
            _MONEY,
            0.0,
        ),
    )
}
