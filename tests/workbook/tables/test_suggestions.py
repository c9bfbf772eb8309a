"""What a header is suggested to mean, and what it is not, however alike."""

from __future__ import annotations

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.suggestions import LIKELY, candidates, suggest


@pytest.fixture(scope="module")
def names() -> HeaderNames:
    return HeaderNames.of(load_criteria("pilot-maturity").criteria)


def meant(names: HeaderNames, header: str) -> str | None:
    """Return what a header is read as, or is suggested to be."""
    named = names.resolve(header)
    if named is not None:
        return named.name
    likely = suggest(names, {0: header}, set())
    return likely[0].name if likely else None


@pytest.mark.parametrize(
    "header",
    [
        "批准金额",
        "已到账金额（万元）",
        "项目负责人",
        "联系电话",
        "TRL得分",
        "成果名次",
        "目标TRL",
        "立项时TRL",
        "不合格率",
        "实用新型专利数",
        "软件著作权（项）",
        "平均运行时间",
        "论文数",
        "备注",
        "附件",
        "证书号",
        "近三年销售收入（万元）",
        "年产值（万元）",
        "员工人数",
        "环评批复文号",
        "中试花费（天）",
        "Approved amount ($K)",
        "Target TRL",
        "TRL score",
        "Contact person",
        "Utility models granted",
        "Failure rate",
        "Annual revenue",
        "Remarks",
        "Paper count",
        "Reject rate %",
        "Baseline TRL",
    ],
)
def test_a_word_that_turns_the_meaning_is_never_passed_over(names: HeaderNames, header: str):
    assert meant(names, header) is None


# What stands in such tables beside what is asked for, and is none of it.
OTHERS = (
    "合同金额|申请日期|批复金额|到位资金（万元）|自筹资金（万元）|总投资（万元）|年销售额|利润率|客户数量|订单量|专利申请受理数"
    "|团队人数|设备数量|产品单价|运行成本|年能耗|批次数|批量|样品数|标准偏差|不合格批次数|返修率|试验次数|中试周期|验收等级"
    "|企业规模|知识产权类型|推荐等级|主要技术指标|开始时间|目标成本（元/吨）|单位产品成本（元/吨）|小试收率|中试收率|内部收益率"
    "|基准收益率|合作单位|推荐单位|产能（吨/年）|Total budget|Grant awarded|Co-funding|Market share|Number of customers"
    "|Batch size|Plant cost|Energy use (kWh)|Risk owner|Patent applications|Team size|Order number|Test date|Run number"
    "|Standard deviation|Cost category|Project type|Start date|Lab yield|Pilot yield|Hurdle rate|IRR|Unit cost|Publications"
    "|Owner|Payback (yr)|Capacity (t/y)|Evidence|Status|TRL at start"
)


def test_what_is_none_of_it_is_never_suggested(names: HeaderNames):
    said = {h: m for h in OTHERS.split("|") if (m := meant(names, h)) is not None}
    assert not said


# As offices head these, in words that no criteria set lists.
OFFICES = {
    "trl_level": "技术就绪度（TRL等级）|技术成熟等级（TRL）|TRL level (1-9)|TRL today",
    "key_spec_attainment": "任务指标达成率（%）|主要技术指标达标率|KPIs met|Key specs achieved",
    "test_environment": "验证场地|试验地点|测试场景|Where tested|Test setting",
    "advancedness": "技术先进程度|先进程度|Technical advancedness",
    "continuous_run_hours": "最长连续运行时数（h）|单次连续运行时长|Max continuous run|Longest run (days)",
    "conforming_batches": "合格批数|连续合格生产批数|Lots in spec|Consecutive in-spec batches",
    "batch_rsd": "批间RSD/%|批次RSD|Lot-to-lot RSD, %|Batch to batch RSD (%)",
    "mrl_level": "制造就绪等级|制造成熟度（级）|Mfg. readiness level|Manufacturing readiness",
    "yield_ratio": "中试与小试收率之比|Pilot-to-lab yield|Pilot vs lab yield",
    "equipment_availability": "设备运转率|装置运行率|Plant uptime (%)|Equip. availability",
    "unit_cost_ratio": "成本与目标之比|预计成本与目标成本比|Unit cost / target cost|COGS/target",
    "irr_spread": "IRR与基准之差|IRR高于基准（百分点）|IRR above hurdle (pts)|IRR - hurdle (pp)",
    "safety_assessment": "安全风险评估进展|HAZOP分析情况|HAZOP completed|Safety study",
    "incidents_3y": "三年事故数|近3年事故（起）|Incidents, last 3 years|# incidents (3y)",
    "emission_attainment": "污染物排放达标率（%）|废水废气达标率|Emission limit compliance",
    "ownership_status": "成果权属状况|知识产权权属情况|IP ownership status|IP title",
    "core_patents_valid": "授权发明专利|有效核心专利数|Patents granted|Core patents in force",
    "crl_level": "用户成熟度|市场成熟度|Market readiness|CRL (1-9)",
    "pilot_users": "试用医院数量|独立试用单位数|Customers in trial|Trial users completed",
    "order_coverage": "订单占产能比|订单覆盖首年产能|LOI coverage|Order book vs capacity",
    "funding_coverage": "配套资金落实率|经费落实率|Funding committed %|Funds in place",
    "institution": "项目承担单位|牵头申报单位|Lead organization|Applicant institution",
    "domain": "所属技术领域|产业方向|Field of technology|Technology domain",
    "pilot_permit_end": "中试备案有效期止|备案到期时间|Permit valid to|Permit end date",
    "integrity_breach": "是否存在科研失信行为|科研失信情况|Research integrity breach",
    "pilot_cost": "中试总成本（万元）|中试投资总额|中试项目总投资|Total pilot cost|Cost of the pilot",
    "funding_requested": "拟申请经费|申请财政补助|申请支持资金|Requested grant|Grant request",
}


@pytest.mark.parametrize("name", OFFICES)
def test_what_offices_write_is_matched_or_suggested(names: HeaderNames, name: str):
    said = {h: meant(names, h) for h in OFFICES[name].split("|")}
    assert said == dict.fromkeys(said, name)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("考核指标达标率", "key_spec_attainment"),
        ("任务书指标完成情况", "key_spec_attainment"),
        ("近三年事故", "incidents_3y"),
        ("近三年有无事故", "major_accident_3y"),
        ("是否有失信记录", "integrity_breach"),
        ("拟申请资助", "funding_requested"),
        ("中试总投资", "pilot_cost"),
        ("Emissions compliance", "emission_attainment"),
        ("Lot-to-lot RSD, %", "batch_rsd"),
        ("Mass bal. %", "mass_balance_closure"),
    ],
)
def test_what_offices_write_is_suggested(names: HeaderNames, header: str, name: str):
    assert meant(names, header) == name


def test_candidates_are_each_there_once_and_in_order(names: HeaderNames):
    found = candidates(names, "中试时间")
    assert len({s.name for s in found}) == len(found) <= 5
    assert [s.likeness for s in found] == sorted((s.likeness for s in found), reverse=True)
    best = candidates(names, "安全评估的结论")
    assert (best[0].name, best[0].likeness >= LIKELY) == ("safety_assessment", True)
    left = candidates(names, "安全评估的结论", ["safety_assessment"])
    assert "safety_assessment" not in {s.name for s in left}


def test_two_headers_that_claim_one_indicator_get_no_suggestion(names: HeaderNames):
    one = "考核指标达标率"
    assert suggest(names, {0: one}, set())
    assert not suggest(names, {0: one, 1: "考核指标达标情况"}, set())
    assert not suggest(names, {0: one}, {"key_spec_attainment"})
