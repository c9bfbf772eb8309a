"""What offices ask for: values as people have them, and the units in which they write them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity that is asked for: its id, sort, values in its own unit, and other units.

    ``units`` has, for each unit, how much of the own unit one of it is; the first is its own.
    ``na`` is a reason for which it does not apply.
    """

    name: str
    sort: str
    draw: Callable[[Random], float | str]
    units: Mapping[str, float] = field(default_factory=dict)
    counter: str = ""
    na: tuple[str, str] | None = None


def _one_of(*values: float | str) -> Callable[[Random], float | str]:
    return lambda rng: rng.choice(values)


def _between(low: float, high: float, digits: int) -> Callable[[Random], float | str]:
    return lambda rng: round(rng.uniform(low, high), digits)


def _day(rng: Random) -> str:
    return (datetime.date(2026, 12, 1) + datetime.timedelta(days=rng.randrange(900))).isoformat()


_PERCENT = {"%": 1.0}
_CONTINUOUS, _BATCH = ("连续工艺", "continuous process"), ("批次工艺", "batch process")
ASKED: tuple[Asked, ...] = (
    Asked("trl_level", "level", _one_of(4, 5, 6, 7, 8), counter="级"),
    Asked("key_spec_attainment", "ratio", _between(0.7, 1.0, 2)),
    Asked("test_environment", "category", _one_of("lab", "simulated", "relevant", "operational")),
    Asked("advancedness", "level", _one_of(2, 3, 4, 5), counter="级"),
    Asked(
        "continuous_run_hours",
        "number",
        _one_of(72, 168, 240, 492, 720, 1080),
        {"h": 1.0, "小时": 1.0, "天": 24.0, "days": 24.0, "min": 1 / 60},
        na=_BATCH,
    ),
    Asked("conforming_batches", "count", _one_of(3, 5, 8, 12), counter="批", na=_CONTINUOUS),
    Asked("batch_rsd", "percent", _between(1.1, 9.0, 1), _PERCENT),
    Asked("first_pass_yield", "percent", _between(85, 99.5, 1), _PERCENT),
    Asked("mrl_level", "level", _one_of(4, 5, 6, 7, 8), counter="级"),
    Asked("scale_ratio", "ratio", _one_of(5, 10, 20, 50), counter="倍"),
    Asked("yield_ratio", "ratio", _between(0.8, 1.0, 2)),
    Asked("mass_balance_closure", "percent", _between(93, 100, 1), _PERCENT),
    Asked("equipment_availability", "percent", _between(70, 97, 0), _PERCENT),
    Asked("unit_cost_ratio", "ratio", _between(0.75, 1.3, 2)),
    Asked("irr_spread", "number", _between(-3, 14, 1), {"百分点": 1.0, "pp": 1.0}),
    Asked("estimate_class", "level", _one_of(2, 3, 4), counter="级"),
    Asked("energy_intensity_ratio", "ratio", _between(0.8, 1.3, 2)),
    Asked(
        "safety_assessment", "category", _one_of("none", "partial", "complete", "complete_closed")
    ),
    Asked("residual_risk_level", "level", _one_of(1, 2, 3), counter="级"),
    Asked("incidents_3y", "count", _one_of(0, 1, 2), counter="起"),
    Asked("emission_attainment", "percent", _between(90, 100, 1), _PERCENT),
    Asked(
        "ownership_status", "category", _one_of("unclear", "institution_only", "agreement_signed")
    ),
    Asked("core_patents_valid", "count", _one_of(0, 1, 2, 4, 6), counter="件"),
    Asked("fto_status", "category", _one_of("none", "search_only", "mitigable", "low_risk")),
    Asked("crl_level", "level", _one_of(3, 4, 5, 6, 7), counter="级"),
    Asked("pilot_users", "count", _one_of(0, 1, 2, 3, 5), counter="家"),
    Asked("order_coverage", "ratio", _between(0.05, 1.2, 2)),
    Asked("team_level", "level", _one_of(4, 5, 6, 7), counter="级"),
    Asked(
        "key_supply_status",
        "category",
        _one_of("single_foreign", "single_domestic", "dual", "multi"),
    ),
    Asked("funding_coverage", "ratio", _between(0.2, 1.0, 2)),
    Asked("institution", "text", _one_of("甲研究所", "乙大学", "丙科技有限公司")),
    Asked(
        "domain", "category", _one_of("chemical", "biomedical", "materials", "energy", "equipment")
    ),
    Asked("process_mode", "category", _one_of("continuous", "batch", "discrete")),
    Asked("pilot_permit_end", "date", _day),
    Asked("eia_status", "category", _one_of("approved", "exempt", "required_missing")),
    Asked("integrity_breach", "yes_no", _one_of("no", "no", "yes")),
    Asked("major_accident_3y", "yes_no", _one_of("no", "no", "yes")),
    Asked("has_recycle", "yes_no", _one_of("no", "yes")),
    Asked(
        "pilot_cost",
        "money",
        _one_of(600, 800, 1200, 1500, 2400),
        {"万元": 1.0, "元": 1e-4, "亿元": 1e4, "10k CNY": 1.0, "CNY": 1e-4, "kCNY": 0.1},
    ),
    Asked(
        "funding_requested",
        "money",
        _one_of(120, 200, 300, 450),
        {"万元": 1.0, "元": 1e-4, "亿元": 1e4, "10k CNY": 1.0, "CNY": 1e-4, "kCNY": 0.1},
    ),
)
BY_NAME = {a.name: a for a in ASKED}
# What people write for a category: in Chinese, and in English.
WORDS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "test_environment": {
        "lab": (("实验室", "实验室环境", "小试"), ("Lab", "Laboratory")),
        "simulated": (("模拟环境", "模拟工况"), ("Simulated environment", "simulated")),
        "relevant": (("中试装置", "相关环境", "中试环境"), ("Pilot plant", "Relevant environment")),
        "operational": (("生产现场", "使用环境", "实际工况"), ("Production site", "Operational")),
    },
    "safety_assessment": {
        "none": (("未开展", "未做"), ("Not done", "Not started")),
        "partial": (("部分完成", "进行中"), ("Partly done", "In progress")),
        "complete": (("已完成", "完成"), ("Complete", "Completed")),
        "complete_closed": (("已完成且整改闭环", "已闭环"), ("Complete, actions closed", "Closed")),
    },
    "ownership_status": {
        "unclear": (("不清晰", "待确权"), ("Unclear", "Not clear")),
        "institution_only": (("单位所有", "归单位所有"), ("Institution only", "Institution")),
        "agreement_signed": (
            ("已签权属协议", "已签协议", "已赋权"),
            ("Agreement signed", "Signed agreement"),
        ),
    },
    "fto_status": {
        "none": (("未开展", "未分析"), ("Not done", "No analysis")),
        "search_only": (("仅检索", "已检索"), ("Search only", "Search")),
        "mitigable": (("风险可规避", "可规避"), ("Mitigable", "Medium risk")),
        "low_risk": (("低风险", "无障碍"), ("Low risk", "Clear")),
    },
    "key_supply_status": {
        "single_foreign": (
            ("国外单一来源", "单一进口"),
            ("Single foreign source", "Single foreign"),
        ),
        "single_domestic": (
            ("国内单一来源", "国内独家"),
            ("Single domestic source", "Single domestic"),
        ),
        "dual": (("双来源", "两家供应商"), ("Two sources", "Dual source")),
        "multi": (("多来源", "多家供应商"), ("Several sources", "Multiple sources")),
    },
    "domain": {
        "chemical": (("化工", "精细化工"), ("Chemicals", "Chemical engineering")),
        "biomedical": (("生物医药", "医药"), ("Biomedical", "Pharmaceutical")),
        "materials": (("新材料", "材料"), ("New materials", "Materials")),
        "energy": (("新能源", "能源"), ("Energy", "New energy")),
        "equipment": (("高端装备", "装备制造"), ("Equipment", "Machinery")),
    },
    "process_mode": {
        "continuous": (("连续", "连续工艺"), ("Continuous", "Continuous process")),
        "batch": (("批次", "间歇", "间歇式"), ("Batch", "Batch process")),
        "discrete": (("离散制造", "离散"), ("Discrete", "Assembly")),
    },
    "eia_status": {
        "approved": (("已批复", "已批"), ("Approved", "Granted")),
        "exempt": (("无需办理", "豁免", "无需环评"), ("Exempt", "Not required")),
        "required_missing": (("应办未办", "未办理"), ("Required but missing", "Missing")),
    },
}
