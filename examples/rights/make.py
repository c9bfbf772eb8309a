"""Writes rights.xlsx: rights, steps and dates of twelve results, all of them made up.

python make.py writes the same bytes each time. No result, institution, person or number is real;
the numbers of patents lie in ranges that are not given out.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
MADE = datetime.datetime(2026, 11, 30)
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)  # of the check digit of a Chinese patent number
Row = dict[str, Any]


def day(text: str) -> datetime.datetime:
    """Return a day as a cell holds it."""
    return datetime.datetime.fromisoformat(text)


def patent(year: int, kind: int, serial: int, granted: bool = True) -> str:
    """Return a number with its check digit: kind 1 invention, 2 utility model, 3 design, 8 PCT."""
    digits = f"{year}{kind}{serial:07d}"
    check = sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
    return f"{'ZL' if granted else ''}{digits}.{'X' if check == 10 else check}"


# Name, who made it, readiness, and what the applicant claims: patents in force, ownership, clauses.
RESULTS: tuple[tuple[str, str, str, int, int, str, float], ...] = (
    ("QY-01", "电解水制氢膜电极（示例）", "北屿理工大学", 7, 2, "单位所有", 1.0),
    ("QY-02", "水性防腐涂料（示例）", "青禾工业大学", 7, 0, "单位所有", 0.5),
    ("QY-03", "伺服压机控制软件（示例）", "鹤汀湾装备有限公司", 8, 1, "单位所有", 1.0),
    ("QY-04", "量子点荧光试剂（示例）", "望汐科技大学", 6, 1, "已签权属协议", 1.0),
    ("QY-05", "锂电回收浸出工艺（示例）", "青岚冶金研究所", 7, 2, "已签权属协议", 0.75),
    ("QY-06", "骨科植入物表面处理（示例）", "云泽人民医院", 6, 0, "已签权属协议", 0.625),
    ("QY-07", "微藻饲料添加剂（示例）", "澜石海洋大学", 6, 1, "已签权属协议", 0.875),
    ("QY-08", "超细粉体分级机（示例）", "星浦大学", 8, 2, "单位所有", 1.0),
    ("QY-09", "高寒草种选育（示例）", "青岚草业研究院", 6, 0, "单位所有", 0.25),
    ("QY-10", "光刻胶配方（示例）", "沧澜新材料有限公司", 7, 0, "单位所有", 1.0),
    ("QY-11", "海上风电监测系统（示例）", "北屿海洋大学", 7, 0, "已签权属协议", 0.5),
    ("QY-12", "智能配电芯片（示例）", "星浦微电子研究院", 7, 1, "单位所有", 0.875),
)
CLAIMED = ("权属清晰度", "核心有效发明专利数（件）", "权责利条款完备率")
# What every result states alike, each with its evidence: this example is about rights.
SAME: dict[str, Any] = {
    "关键技术指标达成率": 1.0,
    "验证环境": "使用环境",
    "技术先进度": 4,
    "最长连续稳定运行时间（h）": "不适用：批次工艺",
    "连续合格批次数（批）": 12,
    "批间相对标准偏差（%）": 1.8,
    "一次合格率（%）": 98,
    "制造成熟度": 7,
    "产业化放大倍数（倍）": 8,
    "收率保持率": 0.97,
    "单位成本比": 0.85,
    "内部收益率超基准幅度（百分点）": 8,
    "投资估算等级": 3,
    "单位产品能耗比": 0.88,
    "安全风险评估完成度": "已完成且整改闭环",
    "剩余风险等级（蓝1至红4）": 2,
    "近三年事故次数（起）": 0,
    "污染物达标率（%）": 100,
    "E因子（或PMI）比": 0.85,
    "标准认证与准入": 3,
    "自由实施分析": "低风险",
    "用户就绪水平": 7,
    "完成试用的独立用户数（家）": 4,
    "团队就绪水平": 7,
    "关键物料设备供应保障": "双来源",
    "资金落实率": 0.9,
}
FACTS = {
    "近三年是否发生重大事故": "否",
    "是否有科研失信记录": "否",
    "是否属于负面清单": "否",
    "技术领域": "新材料",
    "工艺方式": "批次",
    "原始创新类别": "技术",
    "成果类别": "技术开发与产业化",
    "环评状态": "已批复",
    "中试备案到期日": day("2030-06-30"),
    "有效专家数（人）": 7,
}
EVIDENCE = "证据等级"


def results() -> list[Row]:
    """Return the sheet of results."""
    rows = []
    for name, title, unit, trl, patents, ownership, clauses in RESULTS:
        row: Row = {"编号": name, "成果名称": title, "完成单位": unit, **FACTS}
        values = {"技术就绪水平": trl, **SAME}
        values |= dict(zip(CLAIMED, (ownership, patents, clauses), strict=True))
        for head, value in values.items():
            stated = isinstance(value, str) and value.startswith("不适用")
            row |= {head: value, f"{EVIDENCE}#{head}": None if stated else "E3"}
        rows.append(row)
    return rows


TEAM, PERSON, BUYER = "成果完成人团队", "自然人", "企业"
ALL_TERMS = (
    "收益分配",
    "决策机制",
    "费用分担",
    "知识产权维护",
    "变更登记",
    "违约责任",
    "退出机制",
    "后续改进",
)


def case(
    name: str, region: str, mode: str, payment: str, price: float | None, terms: int, **more: Any
) -> Row:
    """Return what holds for a result as a whole; it stands on the row of its first party."""
    agreed = {f"{t}条款": "是" if n < terms else "否" for n, t in enumerate(ALL_TERMS)}
    head = {"成果编号": name, "所在地区": region, "转化方式": mode, "支付方式": payment}
    return head | {"合同金额（万元）": price} | more | agreed


def party(
    name: str, who: str, kind: str, role: str, share: float | None = None, **more: Any
) -> Row:
    """Return a party to a result."""
    return {
        "成果编号": name,
        "当事人": who,
        "当事人类型": kind,
        "角色": role,
        "份额（%）": share,
    } | more


def of_case(first: Row, *parties: Row) -> list[Row]:
    """Return the rows of a result: what holds for it as a whole stands on the first."""
    return [first | parties[0], *parties[1:]]


UNIVERSITY, PRIVATE, INSTITUTE = "国家设立的高等院校", "民办研究机构", "国家设立的研究开发机构"
STATE = {"财政资金资助": "是", "非营利单位": "是"}


def parties() -> list[Row]:
    """Return the sheet of parties and shares."""
    return [
        *of_case(
            case("QY-01", "北京市", "许可", "提成", 300, 8, **STATE, 合同已登记="是"),
            party("QY-01", "北屿理工大学", UNIVERSITY, "完成单位", 100),
            party("QY-01", "膜电极团队", TEAM, "完成人", 主要贡献人="是"),
            party("QY-01", "北屿氢能有限公司", BUYER, "被许可方"),
        ),
        *of_case(  # an agreed 40 % at a state university lies below the floor
            case("QY-02", "浙江省", "转让", "一次性支付", 120, 4, **STATE, 合同已登记="是"),
            party("QY-02", "青禾工业大学", UNIVERSITY, "完成单位", 100),
            party("QY-02", "涂料团队", TEAM, "完成人", 主要贡献人="是"),
            party("QY-02", "青禾涂装有限公司", BUYER, "受让方", 关联方="否"),
        ),
        *of_case(  # the same 40 % at a firm is a matter of agreement
            case("QY-03", "上海市", "自行投资实施转化", "", None, 8, 财政资金资助="否"),
            party("QY-03", "鹤汀湾装备有限公司", BUYER, "完成单位", 100),
            party("QY-03", "控制软件组", TEAM, "完成人", 主要贡献人="是"),
        ),
        *of_case(  # part given to the team, the rest sold to it for an agreed income: a claim
            case("QY-04", "安徽省", "转让", "约定收益", 260, 8, **STATE, 单列管理="是"),
            party(
                "QY-04",
                "望汐科技大学",
                UNIVERSITY,
                "完成单位",
                0,
                **{
                    "约定收益（万元）": 260,
                    "触发条件": "首轮融资到账",
                    "应付日": day("2026-10-31"),
                },
            ),
            party("QY-04", "荧光试剂团队", TEAM, "完成人", 100, 主要贡献人="是"),
        ),
        *of_case(
            case(
                "QY-05",
                "山东省",
                "作价投资",
                "股权",
                800,
                6,
                **STATE,
                作价已评估="是",
                权属已转移="否",
                递延纳税="是",
                全部以股权支付="是",
                公司成立日=day("2022-06-15"),
            ),
            party("QY-05", "青岚冶金研究所", INSTITUTE, "完成单位", 30),
            party("QY-05", "浸出工艺团队", TEAM, "完成人", 70, 主要贡献人="是"),
            party("QY-05", "李示例", PERSON, "单位负责人", 单位负责人="是"),
        ),
        *of_case(  # a right of use of eight years: the pilot asks for ten
            case("QY-06", "四川省", "许可", "分期支付", 90, 5, **STATE, 合同已登记="是"),
            party("QY-06", "云泽人民医院", "公立医院", "完成单位", 100),
            party("QY-06", "植入物团队", TEAM, "完成人", **{"使用权年限（年）": 8}),
        ),
        *of_case(  # a share of the right and a reward as well
            case("QY-07", "汕头经济特区", "作价投资", "混合", 400, 7, **STATE, 作价已评估="是"),
            party("QY-07", "澜石海洋大学", UNIVERSITY, "完成单位", 30),
            party("QY-07", "微藻团队", TEAM, "完成人", 70, 主要贡献人="是"),
        ),
        *of_case(  # the licensee belongs to an inventor
            case("QY-08", "浙江省", "许可", "提成", 200, 8, **STATE, 合同已登记="是"),
            party("QY-08", "星浦大学", UNIVERSITY, "完成单位", 100),
            party("QY-08", "粉体团队", TEAM, "完成人", 主要贡献人="是"),
            party("QY-08", "星浦粉体有限公司", BUYER, "被许可方", 关联方="是"),
        ),
        *of_case(  # nothing has happened for more than a year
            case("QY-09", "青岚省", "其他方式", "", None, 2, **STATE, 最近进展日=day("2024-05-20")),
            party("QY-09", "青岚草业研究院", INSTITUTE, "完成单位", 100),
            party("QY-09", "草种团队", TEAM, "完成人", 主要贡献人="是"),
        ),
        *of_case(
            case("QY-10", "江苏省", "自行投资实施转化", "", None, 8, 财政资金资助="否"),
            party("QY-10", "沧澜新材料有限公司", BUYER, "完成单位", 100),
        ),
        *of_case(  # a co-owner has not consented
            case("QY-11", "海南省", "合作实施", "提成", 150, 4, **STATE),
            party("QY-11", "北屿海洋大学", UNIVERSITY, "完成单位", 60, 同意转化="是"),
            party("QY-11", "北屿风电有限公司", BUYER, "共有人", 40, 同意转化="否"),
            party("QY-11", "监测系统团队", TEAM, "完成人", 主要贡献人="是"),
        ),
        *of_case(
            case("QY-12", "陕西省", "许可", "先使用后付费", 80, 7, **STATE, 单列管理="是"),
            party("QY-12", "星浦微电子研究院", INSTITUTE, "完成单位", 100),
            party("QY-12", "芯片团队", TEAM, "完成人", 主要贡献人="是"),
            party("QY-12", "星浦电气有限公司", BUYER, "被许可方"),
        ),
    ]


# What a step is done by and what proves it: actor, document.
USUAL = {
    "成果披露": ("完成人", "职务科技成果披露书"),
    "职务成果认定": ("转化办", "职务成果认定表"),
    "评估": ("转化办", "评估报告"),
    "知识产权保护": ("转化办", "受理通知书"),
    "转化方案": ("完成人团队", "转化方案"),
    "集体决策": ("领导班子", "会议纪要"),
    "公示": ("转化办", "公示截图"),
    "赋权": ("单位与团队", "赋权协议"),
    "变更登记": ("转化办", "手续合格通知书"),
    "签订合同": ("单位", "转化合同"),
    "收入到账": ("财务处", "银行回单"),
    "收益分配": ("财务处", "发放表"),
    "后续运营": ("转化办", "年度跟踪表"),
}
# Step, first and last day where it takes more than one, and what differs from the usual.
STEPS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "QY-01": (
        ("成果披露", "2023-03-01"),
        ("职务成果认定", "2023-03-20"),
        ("知识产权保护", "2023-04-10"),
        ("评估", "2024-02-01"),
        ("转化方案", "2024-03-01"),
        ("集体决策", "2024-03-20"),
        ("公示", "2024-03-25", "2024-04-12", {"公示天数": 15, "天数口径": "自然日", "异议": "否"}),
        ("签订合同", "2024-05-06"),
        ("变更登记", "2024-06-20", None, {"凭证": "许可备案证明"}),
        ("收入到账", "2024-07-15"),
        ("收益分配", "2024-10-10"),
        ("后续运营", "2025-12-20"),
    ),
    "QY-02": (
        ("成果披露", "2024-09-02"),
        ("职务成果认定", "2024-09-20"),
        ("知识产权保护", "2024-10-15"),
        ("转化方案", "2025-08-18"),
        ("集体决策", "2025-09-01"),
        ("公示", "2025-09-03", "2025-09-18", {"公示天数": 15, "天数口径": "自然日", "异议": "否"}),
        ("签订合同", "2025-10-09"),
        ("收入到账", "2025-11-20"),
    ),
    "QY-03": (
        ("成果披露", "2023-06-01"),
        ("知识产权保护", "2023-06-30"),
        ("签订合同", "2024-01-10"),
    ),
    "QY-04": (
        ("成果披露", "2024-01-08"),
        ("职务成果认定", "2024-02-01"),
        ("知识产权保护", "2024-03-15"),
        ("评估", "2025-02-20"),
        ("转化方案", "2025-03-03"),
        ("集体决策", "2025-04-01"),
        ("公示", "2025-04-07", "2025-04-28", {"公示天数": 15, "天数口径": "工作日", "异议": "否"}),
        ("赋权", "2025-05-12"),
        ("变更登记", "2025-06-30"),
        ("签订合同", "2025-05-20"),
    ),
    "QY-05": (
        ("成果披露", "2021-03-01"),
        ("职务成果认定", "2021-03-30"),
        ("知识产权保护", "2021-05-10"),
        ("评估", "2022-02-28"),
        ("转化方案", "2022-03-15"),
        ("集体决策", "2022-04-11"),
        ("公示", "2022-04-15", "2022-05-06", {"公示天数": 15, "天数口径": "自然日", "异议": "否"}),
        ("赋权", "2022-05-20"),
        ("签订合同", "2022-06-01"),
    ),
    "QY-06": (
        ("成果披露", "2024-11-04"),
        ("职务成果认定", "2024-12-02"),
        ("知识产权保护", "2025-01-15"),
        ("转化方案", "2026-03-02"),
        ("集体决策", "2026-04-20"),
        ("公示", "2026-04-10", "2026-04-30", {"公示天数": 15, "天数口径": "自然日", "异议": "否"}),
        ("赋权", "2026-05-15"),
    ),
    "QY-07": (
        ("成果披露", "2023-02-01"),
        ("职务成果认定", "2023-02-20"),
        ("知识产权保护", "2023-03-20"),
        ("评估", "2024-06-20"),
        ("转化方案", "2024-07-01"),
        ("集体决策", "2024-09-02"),
        ("公示", "2024-09-04", "2024-09-24", {"公示天数": 15, "天数口径": "自然日", "异议": "否"}),
        ("赋权", "2024-10-10"),
        ("变更登记", "2024-12-05"),
        ("签订合同", "2024-11-01"),
        ("收入到账", "2025-03-10"),
        ("收益分配", "2025-06-05"),
    ),
    "QY-08": (
        ("成果披露", "2022-05-05"),
        ("职务成果认定", "2022-05-25"),
        ("知识产权保护", "2022-06-20"),
        ("转化方案", "2025-10-15"),
        ("集体决策", "2025-11-03"),
        ("公示", "2025-11-05", "2025-11-15", {"公示天数": 10, "天数口径": "自然日", "异议": "否"}),
        ("签订合同", "2025-12-01"),
    ),
    "QY-09": (("成果披露", "2022-09-01"), ("职务成果认定", "2022-10-08")),
    "QY-10": (("成果披露", "2025-01-06"), ("知识产权保护", "2025-02-17")),
    "QY-11": (
        ("成果披露", "2024-06-03"),
        ("职务成果认定", "2024-06-28"),
        ("知识产权保护", "2024-07-30"),
        ("转化方案", "2026-10-12", None, {"凭证": "", "凭证日期": ""}),
    ),
    "QY-12": (
        ("成果披露", "2024-03-04"),
        ("职务成果认定", "2024-03-25"),
        ("知识产权保护", "2024-04-22"),
        ("转化方案", "2026-01-12"),
        ("集体决策", "2026-02-02"),
        ("公示", "2026-02-05", "2026-03-06", {"公示天数": 15, "天数口径": "工作日", "异议": "否"}),
        ("签订合同", "2026-09-21"),
    ),
}


def steps() -> list[Row]:
    """Return the sheet of steps."""
    rows = []
    for name, taken in STEPS.items():
        for step, start, *rest in taken:
            end, more = (rest or [None, {}])[0], (rest[1] if len(rest) > 1 else {})
            actor, document = USUAL[step]
            row = {"成果编号": name, "步骤": step, "开始日期": day(start)}
            row |= {"结束日期": day(end or start), "办理人": actor, "凭证": document}
            rows.append(row | {"凭证日期": day(end or start)} | more)
    return rows


def amount(name: str, item: str, ten_thousand: float, agreed: bool = False, **more: Any) -> Row:
    """Return an amount of a distribution."""
    return {
        "成果编号": name,
        "项目": item,
        "金额（万元）": ten_thousand,
        "币种": "人民币",
        "约定或实际": "约定" if agreed else "实际",
    } | more


def distributions() -> list[Row]:
    """Return the sheet of distributions."""
    paid = {"形式": "现金"}
    return [
        amount("QY-01", "转化收入", 100, 日期=day("2024-07-15")),
        amount("QY-01", "税费", 6),
        amount("QY-01", "净收入", 94),
        amount("QY-01", "奖励总额", 70, 日期=day("2024-10-10"), **paid),
        amount("QY-01", "主要贡献人员", 45, 日期=day("2024-10-10"), **paid),
        amount("QY-01", "单位留存", 24),
        amount("QY-02", "转化收入", 120, 日期=day("2025-11-20")),
        amount("QY-02", "税费", 20),
        amount("QY-02", "净收入", 100),
        amount("QY-02", "奖励总额", 40, agreed=True, **paid),
        amount("QY-02", "单位留存", 60, agreed=True),
        amount("QY-03", "净收入", 100, 日期=day("2025-03-31")),
        amount("QY-03", "奖励总额", 40, 日期=day("2025-06-30"), **paid),
        amount("QY-07", "净收入", 50, 日期=day("2025-03-10")),
        amount("QY-07", "奖励总额", 35, 日期=day("2025-06-05"), **paid),
    ]


def right(name: str, kind: str, number: str, title: str, filed: str, **more: Any) -> Row:
    """Return an IP right; dates are given as text and stand as dates."""
    dates = {k: day(v) if v and k.endswith(("日", "缴至")) else v for k, v in more.items()}
    return {
        "成果编号": name,
        "类型": kind,
        "专利号": number,
        "名称": f"{title}（示例）",
        "申请日": day(filed) if filed else None,
    } | dates


def ip() -> list[Row]:
    """Return the sheet of IP rights."""
    invention, model, design, core = "发明", "实用新型", "外观设计", {"核心": "是"}
    return [
        right(
            "QY-01",
            invention,
            patent(2021, 1, 9900011),
            "膜电极",
            "2021-03-18",
            **core,
            权利人="北屿理工大学",
            公开日="2022-09-20",
            实质审查请求日="2021-06-10",
            授权公告日="2023-05-16",
            年费缴至="2027-03-18",
            许可合同生效日="2024-05-06",
            许可备案日="2024-06-20",
        ),
        right(
            "QY-01",
            invention,
            patent(2022, 1, 9900027),
            "膜电极喷涂",
            "2022-10-12",
            **core,
            权利人="北屿理工大学",
            实质审查请求日="2023-01-09",
            授权公告日="2024-11-05",
            年费缴至="2026-10-12",
        ),
        right(
            "QY-02",
            invention,
            patent(2024, 1, 9900031, granted=False),
            "水性涂料",
            "2024-10-15",
            **core,
            权利人="青禾工业大学",
            公开日="2026-04-17",
            实质审查请求日="2025-03-03",
        ),
        right(
            "QY-03",
            "软件著作权",
            "2023SR9900041",
            "压机控制软件",
            "2023-06-30",
            办理登记日="2023-08-11",
        ),
        right(
            "QY-03",
            invention,
            patent(2019, 1, 9900053),
            "压机伺服控制",
            "2019-05-20",
            **core,
            权利人="鹤汀湾装备有限公司",
            实质审查请求日="2019-08-01",
            授权公告日="2021-09-14",
            年费缴至="2025-05-20",
        ),
        right(
            "QY-04",
            invention,
            patent(2024, 1, 9900069, granted=False),
            "荧光试剂",
            "2024-03-15",
            **core,
            要求优先权="是",
            优先权日="2023-09-04",
            实质审查请求日="",
            权利人="望汐科技大学；荧光试剂团队",
        ),
        right(
            "QY-05",
            invention,
            patent(2021, 1, 9900075),
            "浸出工艺",
            "2021-05-10",
            **core,
            权利人="青岚冶金研究所",
            实质审查请求日="2021-05-10",
            授权公告日="2023-02-28",
            年费缴至="2027-05-10",
        ),
        right(
            "QY-05",
            model,
            patent(2021, 2, 9900083),
            "浸出槽",
            "2021-05-10",
            权利人="青岚冶金研究所",
            授权公告日="2021-12-21",
            年费缴至="2026-05-10",
        ),
        right(
            "QY-06",
            invention,
            patent(2025, 1, 9900092, granted=False),
            "表面处理",
            "2025-01-15",
            **core,
            权利人="云泽人民医院",
            自行公开日="2024-09-10",
            公开日="2026-07-17",
        ),
        right(
            "QY-07",
            invention,
            patent(2023, 1, 9900104),
            "微藻培养",
            "2023-03-20",
            **core,
            权利人="澜石海洋大学；微藻团队",
            实质审查请求日="2023-03-20",
            授权公告日="2025-01-21",
            年费缴至="2027-03-20",
        ),
        right(
            "QY-08",
            invention,
            patent(2022, 1, 9900116),
            "分级机",
            "2022-06-20",
            **core,
            权利人="星浦大学",
            实质审查请求日="2022-06-20",
            授权公告日="2024-03-12",
            年费缴至="2026-06-20",
            许可合同生效日="2025-12-01",
        ),
        right(
            "QY-08",
            design,
            patent(2026, 3, 9900128, granted=False),
            "分级机外观",
            "2026-08-03",
            权利人="星浦大学",
        ),
        right(
            "QY-09",
            "植物新品种",
            "20229900131",
            "草种青示一号",
            "2022-11-01",
            权利人="青岚草业研究院",
        ),
        right("QY-10", "商业秘密", "", "光刻胶配方", "", **core, 权利人="沧澜新材料有限公司"),
        right(
            "QY-10",
            invention,
            patent(2025, 1, 9900147, granted=False),
            "光刻胶",
            "2025-02-17",
            **core,
            权利人="沧澜新材料有限公司",
            实质审查请求日="2025-02-17",
            公开日="2026-08-21",
        ),
        right(
            "QY-11",
            "PCT",
            "PCT/CN2024/990015",
            "风电监测",
            "2024-07-30",
            **core,
            要求优先权="是",
            优先权日="2024-06-14",
            权利人="北屿海洋大学；北屿风电有限公司",
        ),
        right(
            "QY-11",
            invention,
            patent(2024, 1, 9900163, granted=False),
            "风电监测传感",
            "2024-06-14",
            **core,
            权利人="北屿海洋大学；北屿风电有限公司",
            向外国申请日="2024-12-02",
            实质审查请求日="2024-12-20",
        ),
        right(
            "QY-12",
            "集成电路布图设计",
            "BS.249900178",
            "配电芯片布图",
            "2024-04-22",
            首次商业利用日="2024-02-01",
            办理登记日="2024-08-19",
            权利人="星浦微电子研究院",
        ),
        right(
            "QY-12",
            invention,
            patent(2024, 1, 9900184),
            "配电芯片",
            "2024-04-22",
            **core,
            权利人="星浦微电子研究院",
            实质审查请求日="2024-04-22",
            授权公告日="2026-08-11",
            年费缴至="2027-04-22",
            许可合同生效日="2026-09-21",
        ),
    ]


def notices() -> list[Row]:
    """Return the sheet of notices of the office."""

    def notice(number: str, kind: str, sent: str, served: str, way: str, **more: Any) -> Row:
        return {
            "专利号": number,
            "通知": kind,
            "发文日": day(sent),
            "送达日": day(served) if served else None,
            "送达方式": way,
        } | more

    coating, resist = (
        patent(2024, 1, 9900031, granted=False),
        patent(2025, 1, 9900147, granted=False),
    )
    wind = patent(2024, 1, 9900163, granted=False)
    return [
        notice(
            coating,
            "第一次审查意见通知书",
            "2026-08-20",
            "2026-08-20",
            "电子",
            **{"答复期限（月）": 4},
        ),
        notice(resist, "授权通知书", "2026-10-30", "2026-10-30", "电子"),
        notice(
            wind,
            "第一次审查意见通知书",
            "2026-03-10",
            "2026-03-10",
            "电子",
            **{"答复期限（月）": 4, "答复日": day("2026-06-30")},
        ),
        notice(wind, "第二次审查意见通知书", "2026-11-09", "", "邮寄", **{"答复期限（月）": 2}),
    ]


MEASURES = (
    ("签订保密协议", "是"),
    ("保密制度、培训与告知", "是"),
    ("涉密场所限制来访或分区管理", "是"),
    ("标记、分类、隔离、加密、封存，限制接触范围", "是"),
    ("限制设备、存储、复制", "否"),
    ("离职人员返还、清除、继续保密", "是"),
    ("其他合理保密措施", ""),
)


def measures() -> list[Row]:
    """Return the checklist of measures of a trade secret."""
    return [{"成果编号": "QY-10", "保密措施": name, "是否采取": done} for name, done in MEASURES]


NOTE = (
    "数据均为虚构：成果、单位、人员、专利号、日期与金额都是编造的，仅供演示",
    "All data are made up: results, institutions, persons, numbers, dates and amounts",
)
SHEETS = {
    "成果": results,
    "权属": parties,
    "权属进程": steps,
    "收益分配": distributions,
    "知识产权": ip,
    "通知书": notices,
    "保密措施": measures,
}


def write() -> None:
    """Write the workbook, the same bytes every time."""
    with xlsxwriter.Workbook(HERE / "rights.xlsx") as book:
        book.set_properties({"created": MADE, "comments": "; ".join(NOTE)})
        bold = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}
        )
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        said = book.add_worksheet("说明")
        said.set_column(0, 0, 100)
        said.write_column(0, 0, NOTE)
        for name, rows_of in SHEETS.items():
            _write_sheet(book.add_worksheet(name), rows_of(), bold, date)


def _write_sheet(sheet: Any, rows: list[Row], bold: Any, date: Any) -> None:
    heads = list(dict.fromkeys(key for row in rows for key in row))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(heads) - 1, 15)
    sheet.write_row(0, 0, [head.partition("#")[0] for head in heads], bold)
    for r, row in enumerate(rows, start=1):
        for c, head in enumerate(heads):
            value = row.get(head)
            if value not in (None, ""):
                sheet.write(r, c, value, date if isinstance(value, datetime.datetime) else None)


if __name__ == "__main__":
    write()
