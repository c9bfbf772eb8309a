"""What the columns of sheets of rights may be called, and how each of them is read.

The first Chinese and the first English name are those of a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pilotscore.language import Text
from pilotscore.workbook.rights.records import (
    IP_DATES,
    IP_FLAGS,
)

Reading = Literal["text", "date", "flag", "word", "number", "share", "amount", "skip"]
SheetKind = Literal["ip", "notices", "rights", "steps", "distributions", "amounts", "secrecy"]


class Role(NamedTuple):
    """How a column is read, and what it may be called, with strokes between the names."""

    read: Reading
    zh: str
    en: str

    @property
    def title(self) -> Text:
        """The names of the column in a template."""
        return Text(self.zh.split("|")[0], self.en.split("|")[0])


_RESULT = Role(
    "text",
    "成果编号|项目编号|编号|成果登记编号|成果ID|所属成果|成果号|对应成果|关联成果|成果|项目号",
    "Result id|result|result no|id|project id|project no|result number|project",
)
_SERIAL = Role("skip", "序号|行号|顺序号", "No.|no|#|serial|serial number|s/n")
_REMARK = Role("skip", "备注|说明|附注|备 注", "Remark|remarks|note|notes|comment|comments")
_RESULT_TITLE = Role("skip", "成果名称|项目名称|科技成果名称", "Result title|project title")
COMMON = {"result": _RESULT, "serial": _SERIAL, "remark": _REMARK, "result_title": _RESULT_TITLE}

_DATES: Mapping[str, tuple[str, str]] = {
    "filed": (
        "申请日|申请日期|专利申请日|申请时间|提交日|递交日|申请提交日|实际申请日|国际申请日",
        "Filing date|filed|filed on|application date|date of filing|date filed|filing"
        "|international filing date",
    ),
    "priority": (
        "优先权日|优先权日期|最早优先权日|优先日|优先权",
        "Priority date|priority|earliest priority|earliest priority date|priority filed",
    ),
    "priority_copy": (
        "优先权副本提交日|优先权文件提交日|在先申请文件副本提交日|优先权副本",
        "Priority copy filed|priority document|priority copy|priority document filed",
    ),
    "received": (
        "受理通知书收到日|受理日|受理日期|受理通知日|收到受理通知书日|受理通知书日期",
        "Filing receipt|receipt received|filing receipt date|accepted|acceptance date",
    ),
    "filing_fee_paid": (
        "申请费缴纳日|申请费缴费日|申请费缴纳日期|申请费缴费日期|申请费",
        "Filing fee paid|filing fee|application fee paid|filing fee paid on",
    ),
    "published": (
        "公开日|公布日|申请公布日|公开日期|公布日期|专利公开日|申请公开日|早期公开日",
        "Publication date|published|published on|date of publication|laid open",
    ),
    "exam_requested": (
        "实质审查请求日|实审请求日|提出实质审查请求日|实审请求日期|请求实质审查日|实质审查请求日期|实审日",
        "Examination requested|exam requested|examination request|request for examination"
        "|exam request|exam request date|examination request date",
    ),
    "exam_entered": (
        "进入实质审查阶段通知送达日|进入实审通知日|进入实审日|进入实质审查日|实审生效日|进入实审日期|进入实质审查阶段日",
        "Examination entered|exam entered|entry into examination|exam entry date"
        "|entered examination",
    ),
    "grant_notice": (
        "授权通知日|授权通知送达日|授权通知书日|授权通知书日期|授权通知|授予专利权通知书日|授权通知书送达日|授权通知日期"
        "|授权通知书发文日|办登通知日|授权通知书|授权通知书收到日|收到授权通知书日|授权通知收到日|办理登记手续通知书收到日"
        "|办理登记手续通知书日|办登通知书日",
        "Grant notice|grant notice date|notice of grant|notice of allowance|allowance date"
        "|grant notice served|notice of grant served",
    ),
    "registered": (
        "办理登记日|登记日|办理登记手续日|登记日期|办登日|办理登记日期|登记费缴纳日|首次发表登记日",
        "Registered|registration date|registered on|date of registration|grant fee paid",
    ),
    "granted": (
        "授权公告日|授权日|公告日|授权公告日期|授权日期|授予日|专利授权日|颁证日|授权时间",
        "Grant date|granted|granted on|date of grant|issue date|grant published|grant publication",
    ),
    "fees_paid_to": (
        "年费缴至|年费已缴至|缴费至|年费缴纳至|年费有效期至|年费缴至日|已缴年费至|年费到期日|年费缴纳截止|年费有效至|缴至",
        "Fees paid to|annual fee paid to|fees paid until|annuity paid to|paid to|paid until"
        "|annuities paid until|renewal fees paid to|annual fees paid to|fees paid up to",
    ),
    "rejected": (
        "驳回决定送达日|驳回日|驳回决定日|驳回日期|收到驳回决定日",
        "Rejection served|rejected|rejection|rejection date|date of rejection|refused",
    ),
    "lapse_notice": (
        "权利丧失通知送达日|终止通知送达日|视撤通知送达日|权利丧失通知日|丧失通知日|终止通知日",
        "Notice of loss|loss notice|lapse notice|notice of lapse|notice of loss served",
    ),
    "own_publication": (
        "自行公开日|自己公开日|首次公开日|论文发表日|首次发表日|自行公开日期|公开发表日|对外公开日|展出日|首次展出日",
        "Own publication|own disclosure|first disclosure|disclosed on|own publication date"
        "|paper published|exhibited",
    ),
    "first_use": (
        "首次商业利用日|首次商业利用日期|首次投入商业利用日|首次使用日|首次销售日|首次商业利用",
        "First commercial use|first use|first exploited|first commercial exploitation|first sold",
    ),
    "national_entry": (
        "进入中国国家阶段日|进入国家阶段日|进入国家阶段日期|进入中国日|国家阶段进入日|进入中国国家阶段日期",
        "National entry|national phase|national phase entry|entry into China"
        "|national phase entry date|entered national phase",
    ),
    "foreign_filed": (
        "向外国申请日|国外申请日|境外申请日|向外国申请专利日|对外申请日|向国外申请日|海外申请日",
        "Foreign filing|filed abroad|foreign filing date|foreign filed|filed abroad on",
    ),
    "secrecy_requested": (
        "保密审查请求日|保密审查请求日期|提出保密审查请求日|保密审查申请日",
        "Secrecy review requested|secrecy requested|confidentiality review requested",
    ),
    "secrecy_cleared": (
        "保密审查通过日|保密审查通过日期|保密审查决定日|保密审查同意日|保密审查结论日",
        "Secrecy review passed|secrecy cleared|secrecy review cleared"
        "|confidentiality review passed",
    ),
    "approved": (
        "上市许可日|药品上市许可日|获批上市日|上市许可日期|批准上市日|药品获批日|获批日",
        "Marketing approval|approved|approval date|drug approved|marketing authorisation",
    ),
    "licensed": (
        "许可合同生效日|许可生效日|许可合同生效日期|许可合同日期|许可合同签订日|许可日|许可合同日",
        "Licence effective|licensed|licence date|license effective|licence contract"
        "|licence contract effective|license date",
    ),
    "licence_filed": (
        "许可备案日|许可合同备案日|许可备案日期|实施许可备案日|许可合同备案日期|备案日",
        "Licence filed|licence filing|license filed|licence recorded|licence filing date",
    ),
    "reexam_requested": (
        "复审请求日|复审请求日期|提出复审日|请求复审日",
        "Re-examination requested|reexam requested|re-examination request|reexamination requested",
    ),
    "restoration_requested": (
        "恢复权利请求日|恢复请求日|请求恢复权利日|恢复权利请求日期",
        "Restoration requested|restoration request|request for restoration",
    ),
    "grace_proof": (
        "宽限期证明提交日|不丧失新颖性证明提交日|新颖性宽限期证明提交日|宽限期证明日",
        "Grace proof filed|grace period proof|proof of grace filed",
    ),
    "term_adjustment_asked": (
        "专利权期限补偿请求日|期限补偿请求日|请求期限补偿日|专利权期限补偿请求日期",
        "Term adjustment asked|term adjustment requested|patent term adjustment requested",
    ),
    "reward_paid": (
        "发明人奖励发放日|奖励发放日|发明人奖励日|奖励支付日|职务发明奖励发放日",
        "Inventor reward paid|reward paid|reward paid on",
    ),
}
_FLAGS: Mapping[str, tuple[str, str]] = {
    "core": (
        "核心|是否核心|核心专利|是否核心专利|核心知识产权|是否为核心|核心技术专利|核心否",
        "Core|core patent|is core|core right|core ip",
    ),
    "priority_claimed": (
        "要求优先权|是否要求优先权|已要求优先权|主张优先权|是否主张优先权|优先权声明",
        "Priority claimed|claims priority|priority claim|claimed priority",
    ),
    "in_force": (
        "有效|是否有效|维持有效|目前有效|是否维持|权利有效",
        "In force|valid|active|is valid|maintained|alive",
    ),
    "exclusive_licence": (
        "独占许可|是否独占许可|有独占许可|独占或排他许可|存在独占许可",
        "Exclusive licence|exclusively licensed|exclusive license|exclusive",
    ),
    "open_licence": (
        "开放许可|是否开放许可|已声明开放许可|开放许可声明",
        "Open licence|open license|open licence declared",
    ),
    "grace_case": (
        "属于宽限期情形|是否属于宽限期情形|宽限期情形|不丧失新颖性情形|不丧失新颖性声明|新颖性宽限期",
        "Grace case|grace period|grace case declared|novelty grace",
    ),
    "evaluation_report": (
        "专利权评价报告|有评价报告|是否有评价报告|已有专利权评价报告|评价报告",
        "Evaluation report|evaluation report available|patent evaluation report",
    ),
    "pledgee_consents": (
        "质权人同意|质权人是否同意|质权人已同意",
        "Pledgee consents|pledgee's consent|consent of the pledgee",
    ),
    "pledged": (
        "质押|是否质押|已质押|专利质押|质押登记",
        "Pledged|pledge|is pledged|pledge registered",
    ),
}
_NOTICE: Mapping[str, Role] = {
    "notice": Role(
        "word",
        "通知|通知书|通知类型|通知书名称|通知名称|官方通知|审查通知|通知书类型|通知种类|文件名称|最新通知|官文",
        "Notice|notice type|notification|office notice|official notice|office action",
    ),
    "dispatched": Role(
        "date",
        "发文日|发文日期|通知发文日|发出日|通知日|通知日期|寄出日|邮寄日|发文时间",
        "Dispatched|dispatch date|date of dispatch|mailed on|mailing date|sent|issued|sent on"
        "|notice date",
    ),
    "served": Role(
        "date",
        "送达日|送达日期|通知送达日|收到日|收文日|签收日|收到日期|收文日期|实际收到日|进入系统日|收到通知日",
        "Served|date of service|served on|service date|received on|date received|date served",
    ),
    "service": Role(
        "word",
        "送达方式|发文方式|送达途径|通知方式|送达形式|寄送方式",
        "Service|way of service|mode of service|served by|manner of service|service mode"
        "|how served",
    ),
    "months": Role(
        "number",
        "答复期限|指定期限|期限|答复期限月数|期限（月）|指定期限月数|答复期|答复期（月）",
        "Months|period|response period|designated period|period in months|term in months"
        "|reply within",
    ),
    "replied": Role(
        "date",
        "答复日|答复日期|答复提交日|已答复日|办理日期|回复日期|完成日|提交答复日|回复日",
        "Replied|reply date|answered|response filed|replied on|responded|date of reply"
        "|response date",
    ),
}
_NUMBER = Role(
    "text",
    "专利号|申请号|专利申请号|专利号/申请号|申请号/专利号|登记号|证书号|软著登记号|专利（申请）号|申请（专利）号|专利号或申请号"
    "|权利号|专利编号|注册号|品种权号|知识产权编号|公开号|号码|专利号（申请号）",
    "Number|patent no|patent number|application no|application number|patent/application no"
    "|right no|registration no|registration number|application no.|patent no.|ip number"
    "|publication no|right number|application/patent number",
)
IP: Mapping[str, Role] = {
    **COMMON,
    "kind": Role(
        "word",
        "类型|知识产权类型|专利类型|类别|种类|知识产权类别|权利类型|专利类别|知识产权种类|专利种类|保护类型|保护方式",
        "Type|kind|ip type|type of right|patent type|right type|kind of right|category",
    ),
    "number": _NUMBER,
    "title": Role(
        "text",
        "名称|专利名称|发明名称|知识产权名称|权利名称|软件名称|题名|发明创造名称|品种名称|标题|作品名称",
        "Title|name|patent title|invention title|name of right|title of invention",
    ),
    "owner": Role(
        "text",
        "权利人|专利权人|申请人|著作权人|所有权人|专利权人/申请人|权属人|权利人（申请人）|申请（专利权）人|品种权人|申请人/权利人",
        "Owner|patentee|applicant|proprietor|right holder|rightholder|holder|assignee"
        "|applicant/patentee",
    ),
    "status": Role(
        "text",
        "法律状态|状态|专利状态|当前状态|当前法律状态|权利状态|案件状态",
        "Legal status|status|state|current status|patent status",
    ),
    **{name: Role("date", *_DATES[name]) for name in IP_DATES},
    **{name: Role("flag", *_FLAGS[name]) for name in IP_FLAGS},
    "fee_year": Role(
        "number",
        "已缴年度|年费已缴年度|缴费年度|已缴年费年度|已缴至第几年|年费年度",
        "Fee year|paid patent year|annuity year|fees paid to year|last annuity paid",
    ),
    **_NOTICE,
}
NOTICES: Mapping[str, Role] = {
    **COMMON,
    "number": _NUMBER,
    "kind": IP["kind"],
    "title": IP["title"],
    **_NOTICE,
}
