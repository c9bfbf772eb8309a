"""Writes the workbook that both programs read: results with indicators, evidence and facts."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import xlsxwriter

from pilotscore.criteria import CriteriaSet, Fact, Indicator

NAMES = ("微通道连续硝化", "高镍三元前驱体", "生物基聚酰胺", "固态电解质膜", "二氧化碳加氢制甲醇")
PLACES = ("第一研究院", "化工研究所", "材料学院", "新能源公司", "生物技术中心")
TRACKS = ("绿色化工", "新材料", "生物制造", "新型储能")
# Yes is rare: each of these facts stops the money, or caps the grade.
SHARE_OF_YES = 0.02
EVIDENCE = ("E1", "E2", "E3", "E4")
EVIDENCE_SHARES = (0.05, 0.25, 0.4, 0.3)
FIRST_DAY = datetime.datetime(2024, 1, 1)


def build(path: Path, criteria: CriteriaSet, rows: int, seed: int = 20260101) -> None:
    """Write the workbook: a title row, the header, a row for each result, no cell blank."""
    random = np.random.default_rng(seed)
    # How good a result is decides most of its values, so that every grade occurs.
    quality = random.beta(5, 2, rows)
    numbers = np.arange(1, rows + 1)
    columns: dict[str, list[object]] = {
        "编号": [f"P-{n:05d}" for n in numbers],
        "成果名称": [f"{NAMES[n % len(NAMES)]}（{n}）" for n in numbers],
    }
    header = [*columns]
    cells = [*columns.values()]
    for fact in criteria.facts:
        header.append(heading(fact))
        cells.append(fact_values(fact, random, rows))
    for indicator in criteria.indicators:
        header += [heading(indicator), "证据等级"]
        cells.append(indicator_values(indicator, random, quality))
        cells.append(random.choice(EVIDENCE, rows, p=EVIDENCE_SHARES).tolist())
    # XlsxWriter keeps texts in a shared table, as Excel does. openpyxl would write each into its
    # cell, which pandas takes twice as long to read: that would flatter us.
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("成果")
        sheet.write_row(0, 0, ["科技成果中试情况汇总表"])
        sheet.write_row(1, 0, header)
        for c, column in enumerate(cells):
            sheet.write_column(2, c, column)


def heading(quantity: Indicator | Fact) -> str:
    title = quantity.title.zh
    return f"{title}（%）" if quantity.type == "percent" and "%" not in title else title


def indicator_values(
    indicator: Indicator, random: np.random.Generator, quality: np.ndarray
) -> list:
    """Return plausible values: between the anchors, nearer to the good end for a good result."""
    position = np.clip(quality + random.normal(0, 0.15, len(quality)), 0, 1)
    if indicator.categories:
        titles = [c.title.zh for c in indicator.categories]
        places = np.minimum((position * len(titles)).astype(int), len(titles) - 1)
        return [titles[p] for p in places]
    if indicator.type == "yes_no":
        return ["是" if p > 0.5 else "否" for p in position]
    low, high = indicator.anchors[0][0], indicator.anchors[-1][0]
    if indicator.direction == "min":
        position = 1 - position
    if indicator.direction == "range":  # the best is in the middle
        position = 0.5 + random.choice([-0.5, 0.5], len(position)) * (1 - position)
    if indicator.axis == "log":
        values = np.exp(np.log(low) + position * (np.log(high) - np.log(low)))
    else:
        values = low + position * (high - low)
    if indicator.type in ("level", "count"):
        return np.rint(values).astype(int).tolist()
    return np.round(values, 3).tolist()


def fact_values(fact: Fact, random: np.random.Generator, rows: int) -> list:
    if fact.categories:
        return random.choice([c.title.zh for c in fact.categories], rows).tolist()
    if fact.type == "yes_no":
        return np.where(random.random(rows) < SHARE_OF_YES, "是", "否").tolist()
    if fact.type == "date":
        # Permits end, mostly, after the pilot has begun and after today.
        first = FIRST_DAY + datetime.timedelta(days=4000 if "end" in fact.id else 0)
        return [first + datetime.timedelta(days=d) for d in random.integers(0, 700, rows).tolist()]
    if fact.type == "text":
        return random.choice(TRACKS if fact.id == "track" else PLACES, rows).tolist()
    if fact.type == "count":
        low, high = (5, 9) if fact.id == "valid_experts" else (0, 5)
        return random.integers(low, high + 1, rows).tolist()
    return np.round(random.uniform(50, 2000, rows)).tolist()
