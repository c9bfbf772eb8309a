"""Writes pilot.xlsx: 40 made-up results for the criteria set pilot-maturity, the same bytes each time.

python make.py (with pilotscore installed: headers and category names come from the criteria set).

A result is a few lines of text, underscores standing for spaces. Each dimension has its indicators
in the order of the set, then a colon, then a digit for the evidence grade of each (. where there is
no value). NA is 不适用 (the process mode is the reason unless NA=reason gives another), NM 未测, - a
blank cell.
"""

import datetime
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pilotscore.criteria import CriteriaSet, Fact, Indicator, load_criteria

HERE = Path(__file__).parent
STAMP = datetime.datetime(2026, 11, 23)
FACTS = (
    "domain",
    "process_mode",
    "innovation_kind",
    "result_class",
    "pilot_task_type",
    "track",
    "transfer_mode",
    "payment_mode",
    "pilot_start",
    "pilot_permit_end",
    "new_process_steps",
    "has_recycle",
    "solids_handling",
    "pilot_cost",
    "funding_requested",
    "valid_experts",
    "eia_status",
)
USUAL = {"major_accident_3y": "no", "integrity_breach": "no", "negative_list": "no"}
ENDINGS = {
    "大学": "university",
    "学院": "university",
    "University": "university",
    "公司": "enterprise",
    "Systems": "enterprise",
    "研究": "institute",
    "实验室": "institute",
    "中心": "institute",
    "Institute": "institute",
    "Laboratory": "institute",
    "Centre": "institute",
    "Unit": "institute",
}
PLACES = ("北屿", "沧澜", "澜石", "鹤汀湾", "青岚", "青禾", "望汐", "星浦", "云泽")
LAST = ("applicant_type", "region", "release")  # at the end of the table
NOT_ASKED = ("keywords",)  # have no column
NOT_RELEASED = ("CG-002", "CG-017", "EN-06")  # by their owners, to the catalogue for enterprises
REASONS = {
    "zh": {
        "continuous": "连续工艺",
        "batch": "批次工艺",
        "discrete": "离散制造",
        "software": "软件成果",
    },
    "en": {
        "continuous": "continuous process",
        "batch": "batch process",
        "discrete": "discrete manufacture",
        "software": "software",
    },
}
NOT_APPLICABLE = {"zh": "不适用：{}", "en": "N/A: {}"}
NOT_MEASURED = {"zh": "未测", "en": "not measured"}
YES_NO = {"zh": {"yes": "是", "no": "否"}, "en": {"yes": "yes", "no": "no"}}

CHINESE = """
CG-001 | 微通道连续流硝化制备4-硝基邻二甲苯 | 云泽化工研究院
facts: chemical continuous engineering development process 绿色化工 shares - 2025-03-10 2030-03-09 4 yes no 2600 1200 7 approved
tech: 7 1.02 operational 4 : 4433
stability: 1240 NA 1.8 1.36 1.6 98.7 : 4.3333
scaleup: 8 8 0.97 99.1 94.5 : 33333
economics: 0.86 7.5 3 0.88 : 3333
hse: complete_closed 2 0 100 0.8 3 : 444434
ip: agreement_signed 4 low_risk 1 : 4433
market: 8 4 0.62 : 333
team: 8 dual 0.9 : 333

CG-002 | 铟基催化剂二氧化碳加氢制甲醇千吨级中试 | 沧澜能源化学研究所
facts: chemical continuous technology development process 碳捕集利用 licence - 2024-11-01 2029-10-31 6 yes no 4800 1500 7 approved
tech: 7 0.99 operational 5 : 4434
stability: 2160 NA 1.5 1.42 1.2 99 : 4.3433
scaleup: 7 20 0.96 99.4 93 : 34333
economics: 0.97 4.2 3 0.93 : 3333
hse: complete_closed 2 0 99.6 0.7 3 : 444434
ip: institution_only 6 low_risk 0.9 : 4433
market: 8 3 0.7 : 334
team: 8 multi 0.85 : 333

CG-003 | 流化床气相沉积硅碳负极材料 | 北屿新材料研究院
facts: materials batch technology development production 新型储能 shares - 2025-01-15 2030-01-14 3 no yes 3200 2000 9 approved
tech: 8 1.03 operational 5 : 4434
stability: NA 14 1.4 1.45 1 98.9 : .33433
scaleup: 8 5 0.98 98.8 92 : 33333
economics: 0.82 9.5 2 0.95 : 3333
hse: complete_closed 2 0 100 0.9 3 : 444434
ip: agreement_signed 5 low_risk 1 : 4433
market: 9 6 0.85 : 344
team: 9 dual 1 : 334

CG-004 | 退役锂电池黑粉加压浸出与锂优先提取 | 青岚冶金材料研究院
facts: chemical continuous engineering development process 资源循环 shares - 2025-06-01 2030-05-31 7 yes yes 3500 900 7 approved
tech: 7 1.01 operational 4 : 4433
stability: 320 NA 1.6 1.4 1.5 98.5 : 3.3333
scaleup: 8 6 0.98 98.9 93 : 33333
economics: 0.84 9 3 0.88 : 3323
hse: complete_closed 2 0 100 0.8 3 : 444434
ip: agreement_signed 5 low_risk 1 : 4433
market: 8 4 0.6 : 333
team: 8 multi 0.9 : 333

CG-005 | 生物基1,5-戊二胺（尼龙56单体）发酵与提纯 | 鹤汀湾生物制造中心
facts: biomanufacturing batch technology development process 生物制造 licence - 2025-04-20 2030-04-19 5 no no 1800 400 7 approved
tech: 7 0.95 operational 4 : 4332
stability: NA 8 3.1 1.1 2.5 96 : .33333
scaleup: 7 15 0.92 97.2 86 : 33332
economics: 1.04 3 3 0.98 : 3323
hse: complete_closed 1 0 99.2 1.1 2 : 344432
ip: agreement_signed 3 mitigable 1 : 4433
market: 6 2 0.3 : 332
team: 7 dual 0.8 : 323

CG-006 | 高通量聚酰胺复合纳滤膜卷对卷涂布 | 沧澜膜技术实验室
facts: materials continuous technology development production 节能环保 licence - 2025-05-06 2030-05-05 3 no no 1400 350 7 approved
tech: 7 0.96 relevant 4 : 4332
stability: 520 NA 2.9 1.16 2.4 96.2 : 3.3332
scaleup: 7 12 0.94 98.2 87 : 33332
economics: 0.98 4 4 1.02 : 3322
hse: complete_closed 1 0 99 0.9 2 : 344433
ip: institution_only 4 low_risk 0.8 : 4433
market: 7 5 0.32 : 332
team: 7 dual 0.7 : 333

CG-007 | 钛硅分子筛催化丙烯环氧化侧线中试 | 云泽化工研究院
facts: chemical continuous engineering development process 绿色化工 licence - 2022-09-01 2025-08-31 4 yes no 2900 450 7 approved
tech: 7 0.97 operational 4 : 4433
stability: 860 NA 2.6 1.18 2.6 96.5 : 4.3323
scaleup: 7 25 0.96 98.6 91 : 33333
economics: 1 4 3 0.95 : 3332
hse: complete_closed 2 0 99 0.9 3 : 444434
ip: institution_only 5 low_risk 0.8 : 4433
market: 6 2 0.35 : 332
team: 7 dual 0.75 : 333

CG-008 | 铝基MOF吸附剂成型与烟气碳捕集侧线试验 | 青岚大学碳中和研究院
facts: materials batch science applied performance 碳捕集利用 licence use_first 2025-09-01 2030-08-31 3 no yes 900 180 7 approved
tech: 6 0.95 relevant 5 : 4334
stability: NA 4 3.8 1.05 3 94 : .33222
scaleup: 5 60 0.9 96.5 84 : 33233
economics: 1.12 1.5 4 1.05 : 3222
hse: complete 2 0 98 1.2 1 : 334322
ip: institution_only 4 search_only 0.6 : 4422
market: 5 2 0.15 : 332
team: 6 single_domestic 0.5 : 222

CG-009 | 30 cm×30 cm钙钛矿光伏组件狭缝涂布中试线 | 星浦光伏技术学院
facts: energy discrete technology development production 新能源 shares - 2025-07-01 NA=无需备案 4 no no 2200 200 7 approved
tech: 6 0.92 relevant 5 : 4434
stability: NA 5 4.2 0.98 3.5 91 : .33223
scaleup: 6 18 0.91 97 82 : 33223
economics: 1.08 2 4 0.9 : 3222
hse: complete 2 0 97.5 1.3 2 : 334322
ip: agreement_signed 5 mitigable 0.8 : 4423
market: 6 3 0.2 : 332
team: 7 single_domestic 0.6 : 322

CG-010 | 连续流重氮化偶合制备偶氮颜料中间体 | 云泽化工研究院
facts: chemical continuous engineering development process 绿色化工 own_investment - 2024-12-01 2029-11-30 4 no yes 2100 600 7 approved
tech: 7 0.98 operational 4 : 4433
stability: 720 NA 1.9 1.3 1.8 97.8 : 4.3333
scaleup: 8 8 0.97 99 93 : 33333
economics: 0.92 6 3 0.95 : 3323
hse: partial 3 2 95 3 0 : 3343..
ip: agreement_signed 4 low_risk 1 : 4433
market: 8 3 0.6 : 333
team: 8 multi 0.9 : 333

CG-011 | 硫化物固态电解质薄膜连续制备 | 北屿理工大学
facts: energy continuous technology development process 新型储能 shares - 2025-02-01 2030-01-31 4 no no 2700 800 7 approved
tech: 7 1 operational 5 : 4434
stability: 780 NA 1.9 1.3 1.8 97.8 : 4.3333
scaleup: 7 9 0.96 98.8 91 : 33333
economics: 0.92 6 3 0.92 : 3323
hse: complete_closed 2 0 100 0.7 3 : 444434
ip: disputed 1 NM 0 : 44.2
market: 8 3 0.6 : 333
team: 7 dual 0.8 : 333

CG-012 | 氮化硼纳米片高导热绝缘填料剥离工艺 | 星浦物理化学研究所
facts: materials batch science applied process 先进材料 licence - 2025-03-01 2030-02-28 3 no no 1300 300 7 approved
tech: 7 0.98 relevant 5 : 4434
stability: NA 10 2.3 1.24 2 97.2 : .33333
scaleup: 7 10 0.97 98.8 92 : 33333
economics: 0.96 5 4 0.95 : 3322
hse: complete_closed 1 0 100 0.7 2 : 444433
ip: agreement_signed 5 low_risk 1 : 4433
market: 2 0 0.02 : 332
team: 7 dual 0.8 : 333

CG-013 | 石墨烯导热膜卷材制备 | 望汐材料科技公司
facts: materials continuous technology development production 先进材料 own_investment - 2025-10-08 2030-10-07 3 no no 1500 300 7 approved
tech: 8 1.05 operational 5 : 1111
stability: 900 NA 1.2 1.5 1 98.8 : 1.1111
scaleup: 8 5 0.98 99 94 : 11111
economics: 0.8 12 3 0.85 : 1111
hse: complete_closed 1 0 100 0.8 2 : 111111
ip: agreement_signed 2 search_only 0.5 : 1111
market: 8 3 0.5 : 111
team: 7 dual 0.7 : 111

CG-014 | 木质纤维素两段水解制糖浆 | 青禾生物炼制研究所
facts: biomanufacturing continuous technology applied process 生物制造 licence use_first 2026-03-01 2031-02-28 5 yes yes 1600 220 7 approved
tech: 6 0.94 relevant 4 : 4332
stability: 240 NA NM NM NM 93.5 : 3....2
scaleup: 5 40 0.92 NM NM : 332..
economics: 1.05 NM 4 NM : 3.2.
hse: complete 2 0 98 NM 1 : 3343.2
ip: institution_only 3 search_only NM : 442.
market: 5 NM NM : 3..
team: 6 multi NM : 22.

CG-015 | 精馏装置自适应预测控制软件 | 澜石工业智能实验室
facts: software software technology development adaptation 智能制造 licence - 2025-08-01 NA=软件成果 0 no no 600 180 7 exempt
tech: 7 0.98 operational 4 : 4333
stability: 960 NA 3.4 1.02 3.1 95.5 : 3.3223
scaleup: 5 6 NA=软件不涉及收率 98.1 98.5 : 33.23
economics: 0.96 4 4 0.93 : 3222
hse: complete_closed 1 0 NA NA 2 : 344..3
ip: institution_only 1 search_only 0.7 : 4422
market: 6 2 0.25 : 332
team: 7 multi 0.8 : 233

CG-016 | 铸件表面缺陷视觉检测软件 | 澜石工业智能实验室
facts: software software technology development performance 智能制造 licence use_first 2026-01-10 NA=软件成果 0 no no 380 120 7 exempt
tech: 6 0.96 operational 3 : 4332
stability: 720 NA 3 1.05 3 95.5 : 3.2223
scaleup: 6 NA NA NA 97 : 3...3
economics: 0.92 5 4 0.95 : 3222
hse: complete 1 0 NA NA 1 : 344..2
ip: institution_only 1 search_only 0.7 : 4422
market: 7 3 0.3 : 332
team: 6 multi 0.7 : 222

CG-017 | 可降解镁合金骨固定螺钉 | 星浦医用材料研究所
facts: biomedical discrete technology development production 医疗器械 licence - 2025-02-18 NA=无需备案 4 no no 2400 500 9 approved
tech: 7 0.97 relevant 4 : 4433
stability: NA 9 2.8 1.16 2.4 96.4 : .43333
scaleup: 7 9 0.95 98.4 89 : 33323
economics: 1.05 3 3 1.02 : 3322
hse: complete_closed 1 0 NA 0.9 3 : 444.34
ip: agreement_signed 4 mitigable 1 : 4433
market: 6 3 0.22 : 343
team: 8 dual 0.75 : 333

CG-018 | 离子液体脱硫剂工业烟气中试 | 青岚大学碳中和研究院
facts: environment continuous technology applied process 节能环保 licence - 2025-11-01 2030-10-31 3 yes no 1100 260 7 approved
tech: 6 0.95 relevant 4 : 4333
stability: 336 NA 3.1 1.1 3 94.5 : 3.3223
scaleup: - 30 0.93 98 86 : .3332
economics: - 2.5 4 1.02 : .222
hse: complete 2 0 98.5 0.9 2 : 334322
ip: institution_only 2 search_only 0.7 : 4422
market: 6 2 0.25 : 332
team: 6 dual 0.6 : 222

CG-019 | 高镍三元单晶正极材料共沉淀工艺 | 望汐材料科技公司
facts: materials batch engineering development process 新型储能 own_investment - 2025-01-05 2030-01-04 3 yes yes 3000 900 7 approved
tech: 7 1 operational 4 : 4333
stability: NA 10 1.9 1.3 1.8 98 : .33333
scaleup: 8 8 0.97 98.6 92 : 33333
economics: 0.94 5 3 0.95 : 3323
hse: complete_closed 2 0 99 0.9 3 : 344334
ip: agreement_signed 4 mitigable 1 : 4433
market: 7 3 0.5 : 333
team: 7 dual 0.8 : 333
also: integrity_breach=yes

CG-020 | 有机过氧化物引发剂连续化生产 | 沧澜能源化学研究所
facts: chemical continuous engineering development process 绿色化工 own_investment - 2024-08-01 2029-07-31 4 no no 2300 700 7 approved
tech: 7 0.98 operational 4 : 4333
stability: 640 NA 2.7 1.15 2.4 96.4 : 3.3332
scaleup: 7 10 0.95 98.2 90 : 33333
economics: 0.97 4 4 0.98 : 3322
hse: complete 3 1 98 1 2 : 344333
ip: agreement_signed 3 low_risk 0.9 : 4433
market: 7 3 0.5 : 333
team: 7 dual 0.8 : 333
also: major_accident_3y=yes

CG-021 | 液氯氯化法制备氯代芳烃 | 望汐精细化工公司
facts: chemical batch engineering development process 精细化工 own_investment - 2025-05-01 2030-04-30 3 no no 1700 400 7 approved
tech: 6 0.97 operational 2 : 4332
stability: NA 6 2.8 1.15 2.6 96 : .33333
scaleup: 7 8 0.94 97.8 88 : 33333
economics: 0.9 6 3 1 : 3323
hse: complete 3 0 97 1.4 2 : 334333
ip: institution_only 2 mitigable 0.8 : 4432
market: 7 2 0.5 : 333
team: 6 multi 0.8 : 232
also: negative_list=yes

CG-022 | 全氟磺酸质子交换膜流延成型 | 北屿理工大学
facts: energy continuous technology development production 氢能 shares - 2025-04-01 2030-03-31 4 no no 2800 600 7 approved
tech: 7 0.97 operational 5 : 4434
stability: 560 NA 2.9 1.17 2.6 96 : 3.3332
scaleup: 6 12 0.94 98.1 87 : 33332
economics: 1.03 4 4 0.98 : 3322
hse: complete_closed 2 0 99 0.8 3 : 444434
ip: unclear 5 low_risk 0.9 : 4433
market: 7 3 0.36 : 333
team: 8 dual 0.8 : 333

CG-023 | 光催化甲烷偶联制乙烷反应器 | 星浦物理化学研究所
facts: chemical continuous science applied design 碳捕集利用 licence use_first 2026-06-01 2031-05-31 3 yes no 500 80 7 exempt
tech: 3 0.82 simulated 5 : 3334
stability: 96 NA 4.5 0.9 4 88 : 3.2222
scaleup: 4 80 0.88 96 85 : 23222
economics: 1.1 1 4 0.95 : 2222
hse: complete 2 0 98 0.8 0 : 33332.
ip: institution_only 4 low_risk 0.7 : 4432
market: 5 1 0.1 : 322
team: 6 multi 0.5 : 222

CG-024 | 直接氟化法制备氟代碳酸乙烯酯 | 望汐精细化工公司
facts: chemical continuous technology development process 新型储能 own_investment - 2025-03-15 2030-03-14 4 yes no 2600 500 7 approved
tech: 7 0.96 operational 4 : 4332
stability: 600 NA 3 1.14 2.8 96 : 3.3323
scaleup: 6 10 0.93 97.8 86 : 33322
economics: 0.94 6 4 0.98 : 3322
hse: complete 4 0 98.5 0.9 2 : 334433
ip: agreement_signed 3 mitigable 0.9 : 4433
market: 7 2 0.42 : 332
team: 7 dual 0.8 : 333

CG-025 | 固定化酶法合成阿洛酮糖 | 青禾生物炼制研究所
facts: biomanufacturing batch technology development process 生物制造 licence - 2025-10-20 2030-10-19 3 no no 1000 260 7 approved
tech: 7 0.98 relevant 4 : 4333
stability: NA 7 2.7 1.15 2.4 96 : .33322
scaleup: 6 12 0.95 98 89 : 33333
economics: 0.99 4 4 0.96 : 3323
hse: none 1 0 100 0.6 3 : 344433
ip: agreement_signed 3 low_risk 0.9 : 4433
market: 6 2 0.28 : 332
team: 7 dual 0.7 : 333

CG-026 | 钒渣无铵沉钒制备高纯五氧化二钒 | 青岚冶金材料研究院
facts: materials continuous engineering development process 资源循环 own_investment - 2025-06-15 2030-06-14 4 no yes 2000 350 7 required_missing
tech: 7 0.95 operational 4 : 4332
stability: 540 NA 3.2 1.1 3 95 : 3.3322
scaleup: 6 18 0.93 97 85 : 33322
economics: 0.98 4 4 0.93 : 3322
hse: complete_closed 2 0 98 0.8 2 : 344333
ip: institution_only 4 low_risk 0.8 : 4433
market: 6 2 0.35 : 332
team: 7 dual 0.8 : 333

CG-027 | 印染废水电催化氧化深度处理装置 | 鹤汀湾环境工程中心
facts: environment continuous engineering development performance 节能环保 licence use_first 2025-01-20 2030-01-19 3 no no 1200 300 7 approved
tech: 7 0.96 operational 3 : 4433
stability: 420 NA 2.8 1.15 2.6 96 : 4.3322
scaleup: 6 10 0.95 97.5 90 : 33323
economics: 0.99 4 4 0.97 : 3322
hse: complete_closed 1 0 92 0.6 3 : 344434
ip: agreement_signed 4 low_risk 0.9 : 4433
market: 7 4 0.38 : 343
team: 7 multi 0.8 : 333

CG-028 | 芳纶蜂窝芯材浸渍定型 | 北屿新材料研究院
facts: materials batch technology development production 先进材料 own_investment - 2026-02-01 2031-01-31 3 no no 1500 300 7 approved
tech: 7 0.99 operational 4 : 4433
stability: NA 2 1.4 1.42 1.2 98.2 : .34333
scaleup: 6 10 0.96 98.4 88 : 33332
economics: 0.97 4.5 4 0.95 : 3322
hse: complete_closed 1 0 99.5 0.8 3 : 444434
ip: agreement_signed 4 low_risk 0.9 : 4433
market: 7 2 0.4 : 332
team: 7 dual 0.8 : 333
"""

ENGLISH = """
EN-01 | Solid oxide electrolyser stack, 25 kW | Larkmere Institute of Energy Technology
facts: energy discrete technology development performance Hydrogen licence - 2025-02-10 NA=no_permit_needed 4 no no 3100 600 7 exempt
tech: 7 0.96 operational 5 : 4434
stability: 2400 6 3 1.12 2.8 95.5 : 433322
scaleup: 6 15 0.94 97.6 89 : 33322
economics: 1.02 3 4 0.9 : 3322
hse: complete_closed 2 0 NA 0.8 3 : 444.34
ip: agreement_signed 5 blocking 1 : 4443
market: 6 3 0.34 : 332
team: 8 dual 0.8 : 333

EN-02 | Polyhydroxyalkanoate from waste cooking oil | Saltmarsh Biotech Centre
facts: biomanufacturing batch technology development process Biomanufacturing licence - 2025-05-12 2030-05-11 4 no yes 1900 420 7 approved
tech: 7 0.95 operational 4 : 4332
stability: NA 8 2.9 1.14 2.6 96 : .33322
scaleup: 6 14 0.93 97.6 87 : 33322
economics: 0.97 4 4 0.97 : 1322
hse: complete_closed 1 0 99 0.8 2 : 344433
ip: agreement_signed 4 low_risk 0.9 : 4433
market: 7 2 0.35 : 332
team: 7 dual 0.8 : 333

EN-03 | Membrane-assisted ethanol dehydration | Northfell University of Technology
facts: chemical continuous engineering development process Green_chemistry licence - 2025-03-03 2030-03-02 3 no no 1600 380 3 approved
tech: 7 0.96 operational 4 : 4332
stability: 700 NA 2.6 1.16 2.4 96.6 : 4.3322
scaleup: 6 14 0.95 98 88 : 33322
economics: 0.98 4 4 0.9 : 3322
hse: complete_closed 1 0 99 0.7 2 : 344433
ip: institution_only 4 low_risk 0.9 : 4433
market: 7 2 0.36 : 332
team: 7 multi 0.8 : 333

EN-04 | Roll-to-roll ceramic-coated battery separator | Harwick Polymer Laboratory
facts: materials continuous engineering development production Energy_storage licence - 2025-06-02 2030-06-01 3 no no 1250 320 7 approved
tech: 7 0.96 relevant 4 : 4432
stability: 520 NA 2.9 1.16 2.4 96.2 : 4.3332
scaleup: 7 12 0.94 101.6 87 : 34342
economics: 0.98 4 4 1.02 : 4322
hse: complete_closed 1 0 99 0.9 2 : 444433
ip: institution_only 4 low_risk 0.8 : 4433
market: 7 9 0.32 : 332
team: 7 dual 0.7 : 333

EN-05 | Continuous crystallisation and filtration of an active ingredient | Saltmarsh Biotech Centre
facts: biomedical continuous engineering development process Biomedicine shares - 2024-10-14 2029-10-13 4 yes yes 3600 1000 9 approved
tech: 8 1.01 operational 4 : 4443
stability: 610 NA 1.4 1.5 0.9 99.1 : 4.4433
scaleup: 8 4 0.98 99.3 93 : 34333
economics: 0.85 8 2 0.9 : 3333
hse: complete_closed 1 0 100 0.6 4 : 444434
ip: agreement_signed 3 low_risk 1 : 4443
market: 8 3 0.65 : 344
team: 8 dual 0.9 : 334

EN-06 | Supercritical carbon dioxide dyeing of polyester | Larkmere Textile Research Unit
facts: environment batch technology applied process Clean_production licence use_first 2026-04-01 2031-03-31 2 yes no 700 90 7 approved
tech: 5 0.88 relevant 4 : 3332
stability: NA 3 6 0.85 5 88 : .32222
scaleup: 4 90 0.86 95 78 : 23222
economics: 1.2 -0.5 5 0.9 : 2222
hse: complete 2 0 97 0.9 1 : 333322
ip: institution_only 2 search_only 0.5 : 4432
market: 4 1 0.06 : 322
team: 5 single_domestic 0.3 : 222

EN-07 | Sodium-ion cell with Prussian-white cathode | Northfell University of Technology
facts: energy discrete technology applied performance Energy_storage shares - 2026-05-18 NA=no_permit_needed 5 no yes 1100 50 7 exempt
tech: 5 0.86 simulated 4 : 3322
stability: NA 2 5.5 0.8 6 84 : .32222
scaleup: 4 200 0.88 96 75 : 22222
economics: 1.15 0.5 5 1.1 : 2222
hse: complete 3 0 NA 1.2 1 : 333.22
ip: institution_only 3 search_only 0.4 : 4422
market: 4 1 0.05 : 322
team: 5 dual 0.25 : 222

EN-08 | Electrochemical ammonia synthesis cell | Larkmere Institute of Energy Technology
facts: chemical continuous science basic design Green_chemistry licence - 2026-09-01 2031-08-31 3 yes no 300 60 7 exempt
tech: 4 0.65 lab 4 : 2232
stability: 20 NA 12 0.6 9 74 : 2.2112
scaleup: 2 2000 0.7 91 60 : 22112
economics: 1.4 -6 5 1.3 : 2121
hse: partial 2 0 100 1.8 0 : 22221.
ip: institution_only 1 none 0.2 : 441.
market: 2 0 0 : 221
team: 3 single_foreign 0.1 : 221

EN-09 | Zeolite rotor for low-concentration VOC recovery | Harwick Environmental Systems
facts: environment continuous engineering development performance Clean_production licence - 2025-09-15 2030-09-14 3 no yes 1300 180 7 approved
tech: 7 0.97 operational 4 : 4433
stability: 760 NA 2.8 1.16 2.6 96.4 : 4.3322
scaleup: 4 5 0.97 99 93 : 33333
economics: 0.97 4.5 4 0.9 : 3322
hse: complete_closed 1 0 99.5 0.7 3 : 344434
ip: institution_only 3 mitigable 0.8 : 4432
market: 7 3 0.35 : 332
team: 7 multi 0.8 : 333

EN-10 | Hydrothermal liquefaction of sewage sludge | Northfell University of Technology
facts: environment continuous technology applied process Clean_production licence use_first 2026-01-12 2031-01-11 6 yes yes 1700 200 7 approved
tech: 6 0.92 relevant 4 : 3332
stability: NA=not_logged NA 4.8 1 4 90 : ..2222
scaleup: 5 50 0.9 95.5 80 : 33222
economics: 1.1 1 4 0.95 : 2222
hse: complete 2 0 97 0.9 1 : 334322
ip: institution_only 2 search_only 0.6 : 4422
market: 5 1 0.1 : 332
team: 6 dual 0.5 : 222

EN-11 | Enzymatic recycling of PET textiles | Saltmarsh Biotech Centre
facts: biomanufacturing batch technology development process Circular_economy licence - 2025-11-03 2030-11-02 4 no yes 1500 250 7 approved
tech: 6 0.95 relevant 5 : 4334
stability: NA 5 3 1.08 2.8 95.5 : .33333
scaleup: 6 25 0.92 96.5 85 : 33332
economics: 1.08 2 4 0.98 : 3322
hse: complete 2 0 98 0.9 2 : 344332
ip: agreement_signed 3 mitigable 0.8 : 4433
market: 6 2 0.24 : 332
team: 7 dual 0.65 : 322

EN-12 | Heat-pump spray dryer for temperature-sensitive powders | Harwick Environmental Systems
facts: equipment discrete engineering development design Clean_production licence - 2025-08-11 NA=no_permit_needed 2 no yes 900 240 7 exempt
tech: 8 1.02 operational 4 : 4433
stability: 960 10 1.5 1.35 1.5 98.5 : 444111
scaleup: 8 5 0.97 98.8 93 : 31111
economics: 0.82 8 3 0.75 : 3111
hse: complete_closed 1 0 NA 0.7 3 : 444.11
ip: agreement_signed 3 low_risk 1 : 4111
market: 8 4 0.6 : 311
team: 8 multi 0.9 : 111
"""

WORDS = {
    "zh": {
        "sheet": "成果",
        "id": "编号",
        "title": "成果名称",
        "evidence": "证据等级",
        "unit": "（{}）",
        "heading": "中试成果评价汇总表（示例，数据与名称均为虚构）",
        "note": "证据等级 E0 无证据、E1 单位自述、E2 有日期的内部记录、E3 用户或第三方证明、E4 资质检测、审计或官方文件；不适用须写明理由；未测与空白含义不同。",
    },
    "en": {
        "sheet": "Results",
        "id": "ID",
        "title": "Title",
        "evidence": "Evidence",
        "unit": " ({})",
        "heading": "Pilot-scale results for assessment (an example: all data and names are made up)",
        "note": "Evidence: E0 none, E1 own statement, E2 internal dated record, E3 customer or third party, E4 accredited, audited or official. N/A needs a reason; not measured and blank are different things.",
    },
}
READ_ME = (
    ("数据均为虚构", "All data are made up"),
    (
        "本工作簿是 pilotscore 的示例：40 项科技成果的数值、证据、名称与单位均为虚构，与任何真实成果、单位、个人无关；名称若有雷同，纯属巧合。",
        "This workbook is an example for pilotscore: the values, evidence, names and institutions of its 40 results are invented and have nothing to do with any real result, institution or person; any likeness is chance.",
    ),
    (
        "数值按化工与材料中试的常见量级编写，不可引用，也不可用来校准指标。",
        "The values are of the size met in pilot work on chemicals and materials; do not cite them or calibrate with them.",
    ),
    ("怎样读", "How to read it"),
    (
        "工作表“成果”有 28 项（中文表头），“Results”有 12 项（英文表头）；每行一项成果。",
        "The sheet 成果 has 28 results with Chinese headers, Results has 12 with English ones; one result per row.",
    ),
    (
        "每个指标右侧一列是证据等级 E0 至 E4。“不适用：理由”“未测”与空白是三种不同的情况。",
        "The column to the right of each indicator holds its evidence, E0 to E4. “N/A: reason”, “not measured” and a blank are three different things.",
    ),
    ("许可：CC0 1.0，可任意使用。", "Licence: CC0 1.0, use it as you like."),
)

Record = dict[str, object]


def records(text: str, lang: str, criteria: CriteriaSet) -> list[Record]:
    """Read results written as above into cells by header key."""
    found = []
    for block in text.strip().split("\n\n"):
        first, *lines = block.splitlines()
        name, title, institution = (part.strip() for part in first.split(" | "))
        parts = dict(line.split(": ", 1) for line in lines)
        facts = dict(zip(FACTS, parts["facts"].split(), strict=True)) | USUAL
        facts |= dict(pair.split("=") for pair in parts.get("also", "").split())
        mode = facts["process_mode"]
        record: Record = {"id": name, "title": title}
        facts |= applicant(institution)
        facts["release"] = "no" if name in NOT_RELEASED else "yes"
        for fact in criteria.facts:
            if fact.id in NOT_ASKED:
                continue
            word = institution if fact.id == "institution" else facts[fact.id]
            record[fact.id] = cell(word, fact, lang, mode)
        for dimension in criteria.dimensions:
            values, _, grades = parts[dimension.id].partition(" : ")
            rows = zip(dimension.indicators, values.split(), grades.strip(), strict=True)
            for indicator, value, grade in rows:
                record[indicator.id] = cell(value, indicator, lang, mode)
                record[f"evidence of {indicator.id}"] = None if grade == "." else f"E{grade}"
        found.append(record)
    return found


def applicant(institution: str) -> dict[str, str]:
    """Return the type and the (invented) region of an institution, which its name tells."""
    kind = next(kind for ending, kind in ENDINGS.items() if ending in institution)
    place = institution.split()[0]
    if place == institution:
        place = next(p for p in PLACES if institution.startswith(p)) + "市"
    return {"applicant_type": kind, "region": place}


def cell(word: str, quantity: Indicator | Fact, lang: str, mode: str) -> object:
    """Return what stands in a cell for one word of a result's text."""
    if word == "-":
        return None
    if word == "NM":
        return NOT_MEASURED[lang]
    if word.startswith("NA"):
        reason = word[3:].replace("_", " ") or REASONS[lang][mode]
        return NOT_APPLICABLE[lang].format(reason)
    if quantity.type == "category":
        return next(c.title.to(lang) for c in quantity.categories if c.id == word)
    if quantity.type == "yes_no":
        return YES_NO[lang][word]
    if quantity.type == "date":
        return datetime.date.fromisoformat(word)
    if quantity.type == "text":
        return word.replace("_", " ")
    number = float(word)
    return int(number) if number.is_integer() else number


COLOURS = ("DDEBF7", "E2EFDA", "FFF2CC", "FCE4D6", "F8CBAD", "E4DFEC", "D9E1F2", "EDEDED")
THIN = Side(style="thin", color="BFBFBF")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADER_FONT = Font(name="Arial", size=9, bold=True)
BODY_FONT = Font(name="Arial", size=9)


def columns(criteria: CriteriaSet, lang: str) -> list[tuple[str, str, float, str]]:
    """Return key, header, width and colour of every column."""
    words = WORDS[lang]

    def header(quantity: Indicator | Fact) -> str:
        unit = quantity.unit
        return quantity.title.to(lang) + (words["unit"].format(unit.to(lang)) if unit else "")

    found = [("id", words["id"], 9.0, "D9D9D9"), ("title", words["title"], 38.0, "D9D9D9")]
    for fact in criteria.facts:
        width = {"text": 18.0, "category": 14.0, "date": 12.0}.get(fact.type, 10.0)
        if fact.id == "institution":
            width = 26.0
        if fact.id not in (*LAST, *NOT_ASKED):
            found.append((fact.id, header(fact), width, "F2F2F2"))
    for dimension, colour in zip(criteria.dimensions, COLOURS, strict=True):
        for indicator in dimension.indicators:
            width = 17.0 if indicator.type == "category" else 13.0
            found.append((indicator.id, header(indicator), width, colour))
            found.append((f"evidence of {indicator.id}", words["evidence"], 8.5, colour))
    facts = {fact.id: fact for fact in criteria.facts}
    found += [(name, header(facts[name]), 14.0, "F2F2F2") for name in LAST]
    return found


def breadth(value: object) -> int:
    """Return how wide a text is in a cell; a Chinese character takes the room of two letters."""
    return (
        sum(2 if ord(letter) > 0x2E80 else 1 for letter in value) if isinstance(value, str) else 0
    )


def write_table(sheet: Worksheet, rows: list[Record], criteria: CriteriaSet, lang: str) -> None:
    """Write a heading, a note, the headers in row 3 and one result per row."""
    layout = columns(criteria, lang)
    sheet["A1"] = WORDS[lang]["heading"]
    sheet["A1"].font = Font(name="Arial", size=14, bold=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=12)
    sheet["A2"] = WORDS[lang]["note"]
    sheet["A2"].font = Font(name="Arial", size=9, italic=True, color="595959")
    for c, (key, text, width, colour) in enumerate(layout, start=1):
        if key not in ("title", "institution"):
            width = max(width, *(breadth(row[key]) + 2.0 for row in rows))
        sheet.column_dimensions[get_column_letter(c)].width = width
        head = sheet.cell(3, c, text)
        head.font, head.border = HEADER_FONT, BORDER
        head.fill = PatternFill("solid", fgColor=colour)
        head.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        for r, row in enumerate(rows, start=4):
            at = sheet.cell(r, c, row[key])
            at.font, at.border = BODY_FONT, BORDER
            plain = key in ("title", "institution")
            side = "left" if plain else "center"
            at.alignment = Alignment(wrap_text=plain, horizontal=side, vertical="center")
            if isinstance(row[key], datetime.date):
                at.number_format = "yyyy-mm-dd"
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[3].height = 54
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(layout))}{3 + len(rows)}"


def write_read_me(sheet: Worksheet) -> None:
    """Say in both languages that nothing here is real."""
    sheet.column_dimensions["A"].width = 100
    number = 1
    for i, pair in enumerate(READ_ME):
        for text in pair:
            at = sheet.cell(number, 1, text)
            heading = i in (0, 3)
            at.font = Font(name="Arial", size=13 if heading else 10, bold=heading)
            at.alignment = Alignment(wrap_text=True, vertical="center")
            sheet.row_dimensions[number].height = 20 + 15 * (breadth(text) // 100)
            number += 1
        number += 1 if i in (2, 5) else 0


def fix_times(path: Path) -> None:
    """Rewrite a saved workbook so that no byte depends on when it was saved."""
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts:
            if name == "docProps/core.xml":  # openpyxl puts the current time there when it saves
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            info = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            info.compress_type, info.create_system, info.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o600 << 16,
            )
            new.writestr(info, content)


def main() -> None:
    criteria = load_criteria("pilot-maturity").criteria
    book = Workbook()
    book.properties.creator = "pilotscore"
    book.properties.title = "pilotscore example (invented data)"
    book.properties.created = STAMP
    read_me = book.active
    read_me.title = "说明 Read me"
    write_read_me(read_me)
    for lang, text in (("zh", CHINESE), ("en", ENGLISH)):
        sheet = book.create_sheet(WORDS[lang]["sheet"])
        write_table(sheet, records(text, lang, criteria), criteria, lang)
    target = HERE / "pilot.xlsx"
    book.save(target)
    fix_times(target)


if __name__ == "__main__":
    main()
