"""What the columns of sheets of parties, steps, distributions and secrecy may be called."""

from __future__ import annotations

from collections.abc import Mapping

from pilotscore.workbook.rights.case_words import AMOUNTS, MEASURES
from pilotscore.workbook.rights.roles import COMMON, Role

_CURRENCY = Role("text", "币种|货币|币别|货币单位|货币种类", "Currency|ccy|money")
RIGHTS: Mapping[str, Role] = {
    **COMMON,
    "region": Role(
        "text",
        "所在地区|地区|省份|所在省市|省|区域|所在地|适用地区|地域|所属地区|单位所在地|省（市）|所在省",
        "Region|province|location|place|jurisdiction|city or province",
    ),
    "mode": Role(
        "word",
        "转化方式|转化形式|转移转化方式|转化类型|成果转化方式|转化模式|转让方式",
        "Mode|transfer mode|mode of transfer|transformation mode|form of transfer",
    ),
    "payment": Role(
        "word",
        "支付方式|付款方式|对价支付方式|支付形式|收款方式|付费方式",
        "Payment|way of payment|payment mode|mode of payment|payment method|payment terms",
    ),
    "amount": Role(
        "amount",
        "合同金额|合同总金额|合同价款|转化金额|交易金额|成交金额|合同额|作价金额|转让价款|交易价格|成交价"
        "|拟交易价格|转让价格|协议价格",
        "Contract amount|price|contract price|amount|contract value|deal value|consideration",
    ),
    "currency": _CURRENCY,
    "party": Role(
        "text",
        "当事人|主体|权利主体|各方|当事方|主体名称|当事人名称|参与方|权利人|权属主体|名称|单位或个人|单位/个人|权属方",
        "Party|party name|name of party|name|parties|holder|right holder",
    ),
    "kind": Role(
        "word",
        "当事人类型|主体类型|类型|主体性质|单位性质|单位类型|性质|当事方类型|当事人性质|权利人类型|权利人性质|权利人类别|权属方类型|权属主体类型|参与方类型|主体类别|当事人类别|单位类别",
        "Kind of party|party type|party kind|type|type of party|kind",
    ),
    "role": Role("text", "角色|身份|当事人角色|主体角色|职责", "Role|capacity|party role"),
    "share": Role(
        "share",
        "份额|权属份额|权属比例|所有权份额|所有权比例|占比|比例|持有份额|份额比例|持股比例|权益比例|共有份额|所占份额",
        "Share|ownership share|share of ownership|percentage|percent|stake|ownership|equity share",
    ),
    "use_years": Role(
        "number",
        "使用权年限|长期使用权年限|使用年限|使用权期限|赋权使用年限|许可使用年限|使用期限",
        "Right of use|years of use|use years|use right years|term of use|right of use in years",
    ),
    "claim": Role(
        "amount",
        "约定收益|约定收益金额|债权金额|收益约定|应收收益|约定收益额|债权|应收债权|约定收益债权|收益债权",
        "Agreed income|claim|claim amount|agreed income claim|amount owed|receivable",
    ),
    "claim_trigger": Role(
        "text",
        "触发条件|支付条件|约定收益条件|收益触发条件|兑现条件|触发事件|债权触发条件|约定收益触发条件",
        "Trigger|claim trigger|trigger event|condition of payment|payable on",
    ),
    "claim_due": Role(
        "date",
        "应付日|应付日期|支付期限|约定支付日|兑现日期|到期日|应支付日|约定收益应付日|债权到期日|约定收益到期日",
        "Due|claim due|due date|payable by|due on",
    ),
    "claim_settled": Role(
        "date",
        "兑现日|实际支付日|已兑现日|结清日|清偿日|支付日|付清日|约定收益兑现日|实付日",
        "Settled|claim settled|settled on|claim paid|date of settlement",
    ),
    "head_of_unit": Role(
        "flag",
        "单位负责人|是否单位负责人|是否为单位负责人|是否领导|单位正职领导|是否正职",
        "Head of unit|head of the unit|is head of unit|head|leader",
    ),
    "related_buyer": Role(
        "flag",
        "关联方|是否关联方|关联受让方|是否为关联方|是否关联交易|关联交易|利益关系人",
        "Related party|related buyer|is related|related|related to buyer",
    ),
    "consents": Role(
        "flag",
        "同意转化|是否同意|是否同意转化|共有人同意|同意|书面同意|是否书面同意",
        "Consents|consent|agrees|co-owner consents|consent given",
    ),
    "main_contributor": Role(
        "flag",
        "主要贡献人|是否主要贡献人|主要贡献人员|是否主要贡献人员|主要贡献者|主要完成人",
        "Main contributor|main contributors|key contributor|is main contributor",
    ),
    "publicly_funded": Role(
        "flag",
        "财政资金资助|是否财政资金资助|财政性资金|是否使用财政资金|财政资助|财政资金支持|财政资金项目",
        "Publicly funded|public funding|public money|publicly financed",
    ),
    "non_profit": Role(
        "flag",
        "非营利单位|是否非营利|非营利性单位|是否非营利单位|非营利性机构|非营利科研机构",
        "Non-profit|non-profit unit|not for profit|nonprofit",
    ),
    "on_negative_list": Role(
        "flag",
        "列入负面清单|负面清单|是否列入负面清单|赋权负面清单|是否在负面清单|属于负面清单|是否负面清单",
        "On negative list|negative list|listed negative",
    ),
    "appraised": Role(
        "flag",
        "作价已评估|已评估|出资已评估|是否评估|作价评估|是否评估作价|已评估作价|非货币出资已评估",
        "Appraised|contribution appraised|appraisal done|is appraised",
    ),
    "title_transferred": Role(
        "flag",
        "权属已转移|已办理财产权转移|财产权已转移|是否过户|权属转移|已过户|财产权转移手续|权利已转移|权利转移",
        "Title transferred|title passed|transferred|ownership transferred",
    ),
    "deferral_chosen": Role(
        "flag",
        "递延纳税|选择递延纳税|是否递延纳税|是否选择递延纳税|技术入股递延纳税|递延",
        "Tax deferral|deferral chosen|deferral|deferred tax",
    ),
    "shares_only": Role(
        "flag",
        "全部以股权支付|全部股权支付|对价全部为股权|是否全部股权支付|全股权支付|仅以股权支付|全部为股权|对价全为股权",
        "Shares only|paid in shares alone|all shares|consideration in shares only",
    ),
    "contract_registered": Role(
        "flag",
        "合同已登记|技术合同已登记|合同是否登记|是否技术合同登记|技术合同认定登记|合同登记",
        "Contract registered|registered contract|technology contract registered",
    ),
    "reward_agreed": Role(
        "flag",
        "奖励已约定|已约定奖励|奖励有约定|是否约定奖励|奖励报酬有约定|奖酬有约定|有奖励约定",
        "Reward agreed|rewards agreed|reward fixed",
    ),
    "separate_books": Role(
        "flag",
        "单列管理|是否单列管理|资产单列管理|已单列管理|单独管理",
        "Separate books|kept apart|separately managed|separate management",
    ),
    "terms_income": Role(
        "flag",
        "收益分配条款|收益分配约定|有收益分配条款|收益条款|收益分配",
        "Term: income|income split|income clause|clause on income",
    ),
    "terms_decision": Role(
        "flag",
        "决策机制条款|决策机制|决策条款|决策约定|决策规则",
        "Term: decisions|decision clause|decision rule|clause on decisions",
    ),
    "terms_costs": Role(
        "flag",
        "费用分担条款|费用分担|成本分担条款|费用条款|费用约定",
        "Term: costs|cost split|cost clause|clause on costs",
    ),
    "terms_upkeep": Role(
        "flag",
        "知识产权维护条款|知识产权维护|维护条款|专利维护条款|知识产权维护约定",
        "Term: upkeep|upkeep clause|upkeep of ip|clause on upkeep",
    ),
    "terms_register": Role(
        "flag",
        "变更登记条款|权属变更条款|变更登记约定|登记条款|权属变更登记条款",
        "Term: register|register clause|change of register|clause on register",
    ),
    "terms_liability": Role(
        "flag",
        "违约责任条款|违约责任|违约条款|违约责任约定",
        "Term: liability|liability clause|breach clause|clause on liability",
    ),
    "terms_exit": Role(
        "flag",
        "退出机制条款|退出机制|退出条款|退出约定",
        "Term: exit|exit clause|clause on exit",
    ),
    "terms_improvements": Role(
        "flag",
        "后续改进条款|后续改进|改进成果条款|后续改进约定|后续成果条款",
        "Term: improvements|improvements clause|clause on improvements",
    ),
    "company_founded": Role(
        "date",
        "公司成立日|公司成立日期|企业成立日期|企业成立日|项目公司成立日|公司设立日",
        "Company founded|company founded on|founded|incorporation date|incorporated",
    ),
    "paid_in": Role(
        "date",
        "实缴日|出资实缴日|实缴完成日|实缴出资日|实缴日期|出资缴足日|缴足日",
        "Paid in|capital paid in|paid in on|fully paid in",
    ),
    "last_progress": Role(
        "date",
        "最近进展日|最近进展日期|最近转化进展日|最近一次进展|最近实施日|最新进展日",
        "Last progress|last progress on|latest progress|date of last progress",
    ),
}
STEPS: Mapping[str, Role] = {
    **{role: spec for role, spec in COMMON.items() if role != "remark"},
    "step": Role(
        "word",
        "步骤|环节|进程|阶段|事项|办理事项|流程环节|节点|办理环节|状态|权属进程|流程|工作环节",
        "Step|stage|state|event|phase|procedure|milestone",
    ),
    "start": Role(
        "date",
        "开始日期|日期|开始日|起始日期|办理日期|完成日期|时间|起始日|公示开始日|开始时间|公示起始日|办结日期|完成时间",
        "Start|date|start date|from|started|on|begin|done on|completed",
    ),
    "end": Role(
        "date",
        "结束日期|结束日|截止日期|截止日|公示结束日|终止日期|结束时间|公示截止日|止",
        "End|end date|until|to|ended|finished|through",
    ),
    "actor": Role(
        "text",
        "办理人|经办人|责任人|责任主体|办理单位|主体|办理主体|负责部门|经办部门|责任部门|行为人",
        "Actor|by|done by|responsible|person responsible|office|who",
    ),
    "document": Role(
        "text",
        "凭证|文件|证明材料|依据文件|证明文件|材料名称|文件名称|佐证材料|文号|凭证文件|证据|材料",
        "Document|evidence|proof|supporting document|document name|file",
    ),
    "document_date": Role(
        "date",
        "凭证日期|文件日期|材料日期|出具日期|发文日期|签署日期|凭证出具日期|文件出具日期",
        "Document date|date of document|dated|date of evidence|document dated",
    ),
    "days": Role(
        "number",
        "公示天数|天数|公示期天数|期限天数|公示期|公示期限|公示时长|公示日数",
        "Days|publicity days|days of publicity|period in days|number of days",
    ),
    "day_kind": Role(
        "word",
        "天数口径|日历日或工作日|天数类型|口径|工作日/自然日|自然日/工作日|天数单位|日期口径",
        "Kind of days|day kind|calendar or working|days counted as|working or calendar",
    ),
    "objections": Role(
        "flag",
        "异议|有无异议|是否有异议|公示异议|是否异议|收到异议",
        "Objections|objection|objections raised|any objection",
    ),
    "note": COMMON["remark"]._replace(read="text"),
}
DISTRIBUTIONS: Mapping[str, Role] = {
    **COMMON,
    "item": Role(
        "word",
        "项目|分配项目|科目|款项|分配对象|项|款项类别|收支项目|分配事项|金额类型|类别|分配科目",
        "Item|category|what|kind of amount|entry|distribution item|type",
    ),
    "recipient": Role(
        "text",
        "收款人|受益人|领取人|分配对象姓名|姓名|对象|获得者|收款方|奖励对象|获奖人|发放对象",
        "Recipient|paid to|beneficiary|payee|received by|recipient name",
    ),
    "amount": Role(
        "amount",
        "金额|分配金额|数额|款额|实际金额|发放金额|分配额|应得金额|奖励数额",
        "Amount|sum|value|amount paid|distributed amount",
    ),
    "currency": _CURRENCY,
    "share": Role(
        "share",
        "比例|分配比例|占比|所占比例|百分比|约定比例|奖励比例",
        "Share|percentage|percent|proportion|ratio|agreed share",
    ),
    "of": Role(
        "word",
        "比例基数|基数|计算基数|占何者比例|比例基准|计提基数|计算依据",
        "Of|share of|base|basis|percentage of|calculated on",
    ),
    "form": Role(
        "word",
        "形式|奖励形式|支付形式|分配形式|发放形式|支付方式",
        "Form|paid in|form of reward|form of payment|cash or shares",
    ),
    "date": Role(
        "date",
        "日期|到账日期|发放日期|支付日期|分配日期|到账日|发放日|支付日|时间|入账日期",
        "Date|paid on|date of payment|received on|payment date|on",
    ),
    "agreed": Role(
        "word",
        "约定或实际|约定/实际|性质|约定还是实际|数据性质|金额性质|实际或约定|约定或实付|约定/实付|实付或约定",
        "Agreed or paid|agreed/paid|agreed or actual|agreed or paid out|status",
    ),
}
# What these are called otherwise heads other columns as well: 单位, 其他.
_BY_TITLE = ("unit", "other")
# Distributions with a column for each amount: 转化收入, 成本, 税费, 奖励总额.
AMOUNT_COLUMNS: Mapping[str, Role] = {
    **COMMON,
    "currency": _CURRENCY,
    "date": DISTRIBUTIONS["date"],
    "agreed": DISTRIBUTIONS["agreed"],
    **{n: Role("amount", *AMOUNTS.spellings[n]) for n in AMOUNTS.titles if n not in _BY_TITLE},
    **{n: Role("amount", AMOUNTS.titles[n].zh, AMOUNTS.titles[n].en) for n in _BY_TITLE},
}
SECRECY: Mapping[str, Role] = {
    **COMMON,
    "measure": Role(
        "word",
        "保密措施|措施|检查项|检查项目|保密事项|措施内容|保密措施内容|项目",
        "Measure|secrecy measure|measures|check|checklist item|confidentiality measure|item",
    ),
    "taken": Role(
        "flag",
        "是否采取|是否落实|是否已采取|已采取|落实情况|是否具备|是否完成|结果|采取情况|是/否|是否",
        "Taken|in place|done|yes or no|yes/no|implemented|is in place|status",
    ),
    **{name: Role("flag", *both) for name, both in MEASURES.spellings.items() if name != "other"},
}
