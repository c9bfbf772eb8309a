"""Writes asem.xlsx, asem.yaml and published.csv from the published files (see README.md for the source).

python make.py FOLDER, where FOLDER holds the tables of the package's ASEM data as CSV: IndMeta,
Treated, Normalised, Aggregated and AggregatesRank. The workbook holds the treated values as they
are, and the points of each value function are the least and the greatest of them.
"""

import csv
import datetime
import json
import sys
from pathlib import Path

import xlsxwriter

# Pillars: the sub-index that each is in, its titles and short titles.
PILLARS = {
    "Physical": ("Conn", "基础设施联通", "Physical", "物理", "Phys"),
    "ConEcFin": ("Conn", "经济金融联通", "Economic and financial (connectivity)", "经联", "EcCon"),
    "Political": ("Conn", "政治联通", "Political", "政治", "Pol"),
    "Instit": ("Conn", "制度联通", "Institutional", "制度", "Inst"),
    "P2P": ("Conn", "民心相通", "People to people", "民心", "P2P"),
    "Environ": ("Sust", "环境可持续", "Environmental", "环境", "Env"),
    "Social": ("Sust", "社会可持续", "Social", "社会", "Soc"),
    "SusEcFin": (
        "Sust",
        "经济金融可持续",
        "Economic and financial (sustainability)",
        "经续",
        "EcSus",
    ),
}

# The published names and units are those before the values were divided by population or GDP.
TITLES = {
    "Goods": "货物贸易",
    "Services": "服务贸易",
    "FDI": "外国直接投资",
    "PRemit": "个人汇款",
    "ForPort": "对外证券投资",
    "CostImpEx": "进出口成本",
    "Tariff": "平均关税率",
    "TBTs": "技术性贸易壁垒",
    "TIRcon": "TIR 公约签署",
    "RTAs": "区域贸易协定",
    "Visa": "免签与落地签",
    "StMob": "高等教育国际流动学生",
    "Research": "国际合作科研产出",
    "Pat": "含外国发明人的专利",
    "CultServ": "文化服务贸易",
    "CultGood": "文化货物贸易",
    "Tourist": "入境游客",
    "MigStock": "移民存量",
    "Lang": "通用语言使用者",
    "LPI": "物流绩效指数",
    "Flights": "国际航班运力",
    "Ship": "班轮运输连通指数",
    "Bord": "边境口岸",
    "Elec": "电力贸易",
    "Gas": "天然气贸易",
    "ConSpeed": "平均网速",
    "Cov4G": "4G 网络人口覆盖率",
    "Embs": "使馆网络",
    "IGOs": "国际政府间组织参与",
    "UNVote": "联合国投票一致度",
    "Renew": "可再生能源占比",
    "PrimEner": "单位 GDP 一次能源消耗",
    "CO2": "人均二氧化碳排放",
    "MatCon": "人均国内物质消耗",
    "Forest": "森林净损失",
    "Poverty": "国际贫困线以下人口",
    "Palma": "帕尔玛比值",
    "TertGrad": "高等教育毕业生",
    "FreePress": "新闻自由（得分越低越好）",
    "TolMin": "对少数群体的宽容（得分越低越好）",
    "NGOs": "国际非政府组织驻地",
    "CPI": "清廉指数",
    "FemLab": "女性劳动参与",
    "WomParl": "女性议员占比",
    "PubDebt": "公共债务占 GDP",
    "PrivDebt": "私人债务占 GDP",
    "GDPGrow": "人均 GDP 增长",
    "RDExp": "研发支出占 GDP",
    "NEET": "未就业未就学青年占比",
}

HEAD = """\
# The ASEM Sustainable Connectivity index as a criteria set. Written by make.py: change that instead.
id: asem
version: "1.0"
title: {zh: 亚欧可持续互联互通指数, en: ASEM sustainable connectivity}
description:
  zh: 51 个国家、49 项指标；评分函数的两端为已发表处理后数据的最小值与最大值；支柱、指数与名次复现已发表的数值。
  en: 51 countries, 49 indicators; each value function runs from the least to the greatest of the published treated data; pillars, index and ranks are the published ones.
source: github.com/bluefoxr/COINr b968203, MIT
policy: asem-policy.yaml
dimensions:
"""

TAIL = """\
sub_indexes:
  - {id: conn, title: {zh: 互联互通, en: Connectivity}, weight: 50, weights_sum: 5, dimensions: [physical, conecfin, political, instit, p2p]}
  - {id: sust, title: {zh: 可持续性, en: Sustainability}, weight: 50, weights_sum: 3, dimensions: [environ, social, susecfin]}
facts:
  - {id: region, title: {zh: 地区, en: Region}, type: text}
  - {id: gdp_group, title: {zh: GDP 分组, en: GDP group}, type: text}
  - {id: population_group, title: {zh: 人口分组, en: Population group}, type: text}
grades:
  - {id: H, title: {zh: 较高, en: high}, index: 60}
  - {id: M, title: {zh: 中等, en: middle}, index: 50}
  - {id: L, title: {zh: 较低, en: low}}
order: [index]
"""


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"ASEM_{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def name_of(meta: dict[str, str]) -> str:
    """Return the published name; in some of them an edit of the package's left Den_Pop for Population."""
    return meta["IndName"].replace("Den_Pop", "Population")


def indicator(meta: dict[str, str], rows: list[dict[str, str]]) -> str:
    code = meta["IndCode"]
    values = [float(r[code]) for r in rows]
    rising = float(meta["Direction"]) > 0
    scores = (0, 100) if rising else (100, 0)
    # fifteen digits, as many as a cell of a workbook shows and keeps
    low, high = (json.loads(f"{x:.15g}") for x in (min(values), max(values)))
    points = [[low, scores[0]], [high, scores[1]]]
    parts = {
        "id": code.lower(),
        "title": {"zh": TITLES[code], "en": name_of(meta)},
        "type": "number",
        **({} if rising else {"direction": "min"}),
        "points": points,
        "weight": 1,
        "required": True,
        "not_applicable": False,
        "aliases": [code],
    }
    return f"      - {json.dumps(parts, ensure_ascii=False)}\n"


def criteria(metas: list[dict[str, str]], rows: list[dict[str, str]]) -> str:
    text = HEAD
    for code, (sub, zh, en, short_zh, short_en) in PILLARS.items():
        members = [m for m in metas if m["Agg1"] == code]
        assert {m["Agg2"] for m in members} == {sub}
        text += (
            f"  - id: {code.lower()}\n"
            f"    title: {{zh: {zh}, en: {en}}}\n"
            f"    short: {{zh: {short_zh}, en: {short_en}}}\n"
            "    weight: 1\n"
            f"    weights_sum: {len(members)}\n"
            "    indicators:\n"
        )
        text += "".join(indicator(m, rows) for m in members)
    return text + TAIL


def workbook(here: Path, metas: list[dict[str, str]], rows: list[dict[str, str]]) -> None:
    book = xlsxwriter.Workbook(here / "asem.xlsx", {"strings_to_formulas": False})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7", "border": 1})
    sheet = book.add_worksheet("Countries")
    sheet.freeze_panes(1, 2)
    facts = {
        "UnitCode": "ID",
        "UnitName": "Title",
        "Group_EurAsia": "Region",
        "Group_GDP": "GDP group",
        "Group_Pop": "Population group",
    }
    columns = facts | {m["IndCode"]: name_of(m) for m in metas}
    for c, (key, heading) in enumerate(columns.items()):
        sheet.set_column(c, c, 18)
        sheet.write_string(0, c, heading, bold)
        for r, row in enumerate(rows, start=1):
            if key in facts:
                sheet.write_string(r, c, row[key])
            else:
                sheet.write_number(r, c, float(row[key]))
    notes = book.add_worksheet("Source")
    notes.set_column(0, 0, 110)
    for r, line in enumerate((here / "README.md").read_text(encoding="utf-8").splitlines()):
        notes.write_string(r, 0, line)
    book.close()


def published(folder: Path, here: Path, metas: list[dict[str, str]]) -> None:
    """Join the normalised indicators, the aggregates and the ranks, as they were published."""
    ranks = {r["UnitCode"]: r for r in table(folder, "AggregatesRank")}
    codes = [*(m["IndCode"] for m in metas), *PILLARS, "Conn", "Sust", "Index"]
    ranked = [*PILLARS, "Conn", "Sust", "Index"]
    with (here / "published.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["UnitCode", *codes, *(f"{c}_rank" for c in ranked)])
        for row in table(folder, "Aggregated"):
            name = row["UnitCode"]
            out.writerow([name, *(row[c] for c in codes), *(ranks[name][c] for c in ranked)])


def main(folder: Path, here: Path) -> None:
    metas, rows = table(folder, "IndMeta"), table(folder, "Treated")
    (here / "asem.yaml").write_text(criteria(metas, rows), encoding="utf-8")
    workbook(here, metas, rows)
    published(folder, here, metas)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
