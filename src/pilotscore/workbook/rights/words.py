"""The words that cells of sheets of rights may hold, by what they mean."""

from __future__ import annotations

from pilotscore.workbook.rights.vocabulary import Vocabulary

KINDS = Vocabulary.of(
    {
        "invention": (
            "发明专利|发明|发明专利申请|发明专利权|国内发明|中国发明专利|国防发明专利|国防专利",
            "invention|invention patent|patent of invention|patent|utility patent",
        ),
        "utility_model": (
            "实用新型|实用新型专利|新型|新型专利|实新",
            "utility model|utility model patent|um",
        ),
        "design": (
            "外观设计|外观设计专利|外观|外观专利",
            "design|design patent|industrial design|registered design",
        ),
        "pct": (
            "PCT|PCT申请|PCT国际申请|PCT专利|国际申请|PCT国际专利申请|PCT专利申请|PCT发明",
            "pct application|pct|international application|pct international application",
        ),
        "software": (
            "软件著作权|软著|计算机软件著作权|软件|软件登记|计算机软件|计算机软件著作权登记",
            "software copyright|software|computer software",
        ),
        "ic_layout": (
            "集成电路布图设计|布图设计|集成电路布图|布图设计专有权|集成电路布图设计专有权|集成电路",
            "IC layout|layout design|integrated circuit layout|layout-design|mask work"
            "|integrated circuit layout design",
        ),
        "plant_variety": (
            "植物新品种|品种权|植物新品种权|新品种|新品种权",
            "plant variety|plant variety right|new plant variety|variety right|pvp",
        ),
        "trade_secret": (
            "商业秘密|技术秘密|专有技术|保密技术|know-how|技术诀窍",
            "trade secret|know how|knowhow|confidential know-how|undisclosed information",
        ),
        "trademark": ("商标|注册商标|商标权", "trademark|trade mark|registered trademark"),
    }
)
SERVICES = Vocabulary.of(
    {
        "electronic": (
            "电子|电子送达|电子发文|电子形式|电子方式|电子文件|电子申请|网上|网络|电子通知|线上|电子邮件",
            "electronic|electronically|e-service|e-served|online|electronic service|by e-system"
            "|e-filing system|e-filing|by e-filing|electronic system|electronic filing system"
            "|e-mail|email",
        ),
        "posted": (
            "邮寄|邮寄送达|邮件|信函|挂号|挂号信|快递|纸件|纸质|纸件邮寄|邮政|ems|邮递",
            "posted|post|by post|mail|mailed|by mail|registered mail|paper|courier|postal",
        ),
        "handed_over": (
            "直接送交|直接送达|当面|面交|自取|直接递交|当面送达|窗口领取|直接交付",
            "handed over|by hand|in person|hand delivery|delivered by hand|direct|personal",
        ),
        "public_notice": (
            "公告送达|公告|公告方式",
            "public notice|publication|by public notice|by publication|announcement",
        ),
    }
)
NOTICES = Vocabulary.of(
    {
        "receipt": (
            "受理通知书|受理通知|受理|专利申请受理通知书|缴费通知书|缴纳申请费通知书",
            "filing receipt|receipt|notice of acceptance|notification of receipt|filing notice",
        ),
        "first_action": (
            "第一次审查意见通知书|一通|第一次审查意见|第一次审查意见通知|审查意见通知书（第一次）|首次审查意见"
            "|一次审查意见|第1次审查意见通知书|第一次oa|OA1|审查意见1",
            "first office action|first action|first oa|1st office action|1st oa|oa 1"
            "|office action 1",
        ),
        "later_action": (
            "第二次审查意见通知书|二通|三通|四通|第二次审查意见|第三次审查意见通知书|第四次审查意见通知书|第N次审查意见通知书"
            "|第三次审查意见|第2次审查意见通知书|第3次审查意见通知书|再次审查意见通知书|后续审查意见|补正通知书|OA2|OA3",
            "later office action|second office action|second oa|third office action|later action"
            "|2nd office action|3rd office action|further office action|oa 2|oa 3|2nd oa"
            "|subsequent office action|final office action",
        ),
        "rejection": (
            "驳回决定|驳回|驳回通知书|驳回决定书|驳回通知|复审决定",
            "rejection|decision of rejection|rejection decision|refusal|final rejection",
        ),
        "grant": (
            "授权通知书|授予专利权通知书|授权通知|授权|办理登记手续通知书|授予发明专利权通知书|授予实用新型专利权通知书"
            "|授予外观设计专利权通知书|授权及办理登记手续通知书|办登通知书|办登",
            "grant notice|notice of grant|notification of grant|grant|notice of allowance"
            "|allowance|notice to register",
        ),
        "loss": (
            "专利权终止通知书|视为撤回通知书|视撤通知书|终止通知书|视为放弃通知书|权利丧失通知书|权利丧失|视为撤回"
            "|视为放弃取得专利权通知书|专利权终止|视撤|终止通知|视为未要求优先权通知书|丧失",
            "notice of loss|loss of rights|loss|deemed withdrawn|notice of lapse"
            "|notice of termination|termination notice|deemed abandoned",
        ),
        "exam_entered": (
            "进入实质审查阶段通知书|进入实审通知书|实审通知书|进入实质审查阶段|实质审查生效|进入实质审查通知书|进入实审",
            "entry into examination|notice of entry into substantive examination|examination"
            "|entry into substantive examination|exam entered",
        ),
        "secrecy": (
            "保密审查通知书|保密审查意见通知书|向外国申请专利保密审查意见通知书|保密审查决定|保密审查",
            "secrecy review|secrecy notice|secrecy decision|confidentiality review"
            "|foreign filing licence",
        ),
        "other": (
            "其他|其它|其他通知|其他通知书|缴费提醒|费用通知书|年费缴费通知书|缴费通知|手续合格通知书|证书",
            "other|other notice|fee reminder|misc|miscellaneous",
        ),
    },
    {
        "first_action": r"第?[一1]次审查意见(?:通知书?)?|(?:1st|first)(?:office)?action.*",
        "later_action": r"第?(?:[二三四五六七八九十]|[2-9]|1[0-9])次审查意见(?:通知书?)?"
        r"|[二三四五六七八九]通|(?:2nd|3rd|[4-9]th|second|third|fourth|fifth)(?:office)?action.*",
    },
    {
        # The first is to be answered in four months, every further one in two.
        "审查意见通知书|审查意见|审查意见通知|官方审查意见|oa|office action|examination opinion": (
            "first_action",
            "later_action",
        ),
    },
)
PARTY_KINDS = Vocabulary.of(
    {
        "state_university": (
            "国家设立的高等院校|公办高校|高校|大学|高等院校|高等学校|公立高校|公立大学|国有高校|公办大学|事业单位（高校）|院校",
            "state university|university|public university|state-founded university|college",
        ),
        "private_university": (
            "民办高校|民办大学|私立大学|私立高校|民办高等学校",
            "private university|private college",
        ),
        "state_institute": (
            "国家设立的研究开发机构|科研院所|研究所|研究院|科研机构|公立科研机构|公立研究机构|国有科研院所|事业单位"
            "|科研事业单位|研究机构|国立科研机构",
            "state institute|research institute|institute|public research institute"
            "|state research institute|public institute",
        ),
        "private_institute": (
            "民办研究机构|民办科研机构|新型研发机构|民办非企业单位|社会研究机构|民办研究院",
            "private institute|private research institute|new-type R&D institution",
        ),
        "state_hospital": (
            "公立医院|医院|公立医疗机构|医疗卫生机构|医疗机构",
            "state hospital|hospital|public hospital",
        ),
        "state_enterprise": (
            "国有企业|国企|央企|国有独资企业|国有控股企业|国有全资企业|中央企业|国有公司|资产公司|资产经营公司|国资企业",
            "state enterprise|state-owned enterprise|soe|state company|asset company",
        ),
        "enterprise": (
            "企业|公司|民营企业|受让方|被许可方|民企|有限公司|私营企业|项目公司|合作企业|股份公司|外资企业|受让企业",
            "enterprise|company|private enterprise|firm|business|licensee|transferee|buyer"
            "|corporation|private company|start-up|spin-off",
        ),
        "team": (
            "成果完成人团队|团队|研发团队|发明人团队|科研团队|完成人团队|研究团队|课题组|项目组",
            "inventor team|team|research team|inventors|group",
        ),
        "person": (
            "自然人|个人|发明人|完成人|成果完成人|科研人员|职工|设计人",
            "person|individual|inventor|natural person|researcher|employee",
        ),
        "other": (
            "其他|其它|政府|基金|投资机构|投资人|社会团体|协会",
            "other|government|fund|investor|association",
        ),
    }
)
