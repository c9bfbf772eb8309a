"""The headers of five kinds of office, written as such offices write them: not as our sets do."""

from __future__ import annotations

# Of each quantity: how it is headed in a county bureau, a university, a hospital, an enterprise.
_ZH: dict[str, tuple[str, str, str, str]] = {
    "trl_level": ("技术成熟度等级（TRL）", "TRL（自评）", "技术就绪度", "当前TRL"),
    "key_spec_attainment": (
        "考核指标完成率",
        "任务书指标达成率",
        "关键指标达成率",
        "技术指标达标率",
    ),
    "test_environment": ("验证环境", "试验验证环境", "验证场所", "测试环境"),
    "advancedness": ("技术先进性", "技术水平", "技术先进度", "先进性等级"),
    "continuous_run_hours": (
        "连续稳定运行时间",
        "最长连续运行时长",
        "连续运行时间",
        "连续稳定运行时长",
    ),
    "conforming_batches": ("连续合格批次", "合格批次数", "连续合格批次数", "连续试产合格批次"),
    "batch_rsd": ("批间RSD", "批次间RSD", "批间相对标准偏差", "关键指标批间RSD"),
    "first_pass_yield": ("产品一次合格率", "一次合格率", "一次检验合格率", "直通率（FPY）"),
    "mrl_level": ("制造成熟度等级", "MRL（自评）", "制造成熟度", "MRL等级"),
    "scale_ratio": ("放大倍数", "工程放大倍数", "放大比例", "产业化放大倍数"),
    "yield_ratio": ("收率保持率", "中试收率/小试收率", "中试与小试收率比", "收率比"),
    "mass_balance_closure": ("物料平衡率", "物料衡算闭合率", "物料平衡", "物料平衡闭合率"),
    "equipment_availability": ("设备利用率", "装置可用率", "设备可用率", "设备时间开动率"),
    "unit_cost_ratio": ("单位成本/目标成本", "单位成本与目标成本之比", "成本比", "单位成本比"),
    "irr_spread": ("内部收益率超基准", "IRR超基准幅度", "内部收益率减基准收益率", "IRR-基准"),
    "estimate_class": ("投资估算等级", "估算等级", "投资估算深度", "AACE估算等级"),
    "energy_intensity_ratio": ("单位产品能耗比", "能耗比", "单位能耗比", "单位产品能耗/基准值"),
    "safety_assessment": ("安全评价情况", "安全风险评估", "安评情况", "HAZOP完成情况"),
    "residual_risk_level": ("残余风险等级", "剩余风险等级", "剩余风险", "残余风险级别"),
    "incidents_3y": ("近三年安全事故数", "近三年事故次数", "近3年事故起数", "近三年事故（起）"),
    "emission_attainment": ("三废排放达标率", "污染物达标率", "排放达标率", "环保达标率"),
    "ownership_status": ("权属情况", "知识产权权属", "成果权属", "权属状况"),
    "core_patents_valid": (
        "核心发明专利数",
        "授权核心发明专利",
        "核心专利数",
        "有效核心发明专利数",
    ),
    "fto_status": ("自由实施分析", "FTO分析", "专利自由实施分析", "FTO结论"),
    "crl_level": ("用户就绪度", "CRL", "客户就绪度", "CRL等级"),
    "pilot_users": ("试用单位数", "试用用户数", "试用医院数", "试用客户数"),
    "order_coverage": ("订单覆盖率", "意向订单覆盖率", "订单及意向覆盖率", "首年产能订单覆盖率"),
    "team_level": ("团队就绪度", "团队成熟度", "团队就绪水平", "团队就绪等级"),
    "key_supply_status": ("关键原料供应保障", "供应链保障", "关键物料供应保障", "关键物料设备供应"),
    "funding_coverage": ("资金到位率", "资金落实比例", "资金落实率", "自筹资金落实率"),
    "institution": ("申报单位", "完成单位", "所在科室", "承担单位"),
    "domain": ("所属领域", "技术领域", "专业领域", "产业领域"),
    "process_mode": ("生产方式", "工艺类型", "工艺方式", "工艺模式"),
    "pilot_permit_end": ("中试备案有效期至", "备案到期日", "中试许可到期日", "中试备案到期日"),
    "eia_status": ("环评手续", "环评情况", "环境影响评价", "环评状态"),
    "integrity_breach": ("有无科研失信", "是否有科研失信记录", "科研失信记录", "是否存在失信"),
    "major_accident_3y": (
        "近三年有无重大事故",
        "近三年重大事故",
        "是否发生重大事故",
        "近三年是否发生重大事故",
    ),
    "has_recycle": ("有无循环物流", "是否含循环", "循环物流", "是否有循环物流"),
    "pilot_cost": ("中试总投入", "中试费用", "中试经费预算", "中试总投资"),
    "funding_requested": ("申请资助金额", "拟申请经费", "申请金额", "申请资金"),
}
_EN: dict[str, str] = {
    "trl_level": "Current TRL",
    "key_spec_attainment": "Key specs met",
    "test_environment": "Test site",
    "advancedness": "Technical advancedness",
    "continuous_run_hours": "Longest continuous run",
    "conforming_batches": "Consecutive good batches",
    "batch_rsd": "Batch-to-batch RSD",
    "first_pass_yield": "First pass yield",
    "mrl_level": "MRL",
    "scale_ratio": "Scale-up factor",
    "yield_ratio": "Pilot/lab yield",
    "mass_balance_closure": "Mass balance",
    "equipment_availability": "Plant uptime",
    "unit_cost_ratio": "Unit cost vs target",
    "irr_spread": "IRR over hurdle",
    "estimate_class": "AACE class",
    "energy_intensity_ratio": "Energy ratio",
    "safety_assessment": "HAZOP status",
    "residual_risk_level": "Residual risk",
    "incidents_3y": "Incidents (3 years)",
    "emission_attainment": "Emissions compliance",
    "ownership_status": "IP ownership",
    "core_patents_valid": "Granted core patents",
    "fto_status": "FTO",
    "crl_level": "Customer readiness",
    "pilot_users": "Trial users",
    "order_coverage": "Order coverage",
    "team_level": "Team readiness",
    "key_supply_status": "Key supply",
    "funding_coverage": "Funds committed",
    "institution": "Organization",
    "domain": "Sector",
    "process_mode": "Process type",
    "pilot_permit_end": "Permit valid until",
    "eia_status": "EIA",
    "integrity_breach": "Research misconduct on record",
    "major_accident_3y": "Major accident (3 years)",
    "has_recycle": "Recycle streams",
    "pilot_cost": "Pilot budget",
    "funding_requested": "Funding requested",
}
_IDS = {
    "county": ("编号", "项目名称"),
    "university": ("成果编号", "成果名称"),
    "hospital": ("项目编号", "项目名称"),
    "enterprise": ("项目号", "技术名称"),
    "accelerator": ("Project ID", "Project name"),
}
STYLES = tuple(_IDS)


def language(style: str) -> str:
    """Return the language that an office writes in."""
    return "en" if style == "accelerator" else "zh"


def header(style: str, name: str) -> str:
    """Return how an office heads a quantity, or ids and titles."""
    if name in ("id", "title"):
        return _IDS[style][name == "title"]
    return _EN[name] if style == "accelerator" else _ZH[name][STYLES.index(style)]
