"""The words of what becomes of a result: mode and payment, steps, amounts, measures of secrecy."""

from __future__ import annotations

from pilotscore.workbook.rights.vocabulary import Vocabulary

MODES = Vocabulary.of(
    {
        "own_investment": (
            "自行投资实施转化|自行投资实施|自行实施|自行投资|自行转化|自主实施|自主转化|自行投资实施转化（自用）",
            "own investment|own implementation|self-implementation|in-house",
        ),
        "transfer": (
            "转让|向他人转让|技术转让|专利转让|专利权转让|成果转让|所有权转让|向他人转让该科技成果|申请权转让",
            "transfer|assignment|sale|transfer to others",
        ),
        "licence": (
            "许可|许可他人使用|普通许可|独占许可|排他许可|技术许可|实施许可|专利许可|专利实施许可|许可使用"
            "|开放许可|许可他人使用该科技成果|独家许可|交叉许可|分许可",
            "licence|license|licensing|exclusive licence|exclusive license|plain licence"
            "|non-exclusive licence|open licence|sole licence|licence to others",
        ),
        "joint": (
            "合作实施|以该成果作为合作条件共同实施|合作转化|共同实施|合作实施转化|与他人共同实施转化|合作开发实施"
            "|以该科技成果作为合作条件，与他人共同实施转化",
            "joint implementation|joint|cooperation|collaboration|jointly",
        ),
        "shares": (
            "作价投资|作价入股|技术入股|折算股份或者出资比例|作价出资|技术作价入股|入股|作价|折股"
            "|以该科技成果作价投资，折算股份或者出资比例",
            "contribution for shares|shares|investment in kind|equity|equity contribution"
            "|capital contribution|priced investment|equity investment|investment for equity",
        ),
        "other": (
            "其他方式|其他|其它|其他协商确定的方式|其它方式|其他协商确定方式",
            "other|other agreed mode|other mode",
        ),
    }
)
PAYMENTS = Vocabulary.of(
    {
        "once": (
            "一次性支付|一次付清|一次总付|总付|一次性|现金",
            "lump sum|once|one-off|cash|upfront",
        ),
        "instalments": (
            "分期支付|分期|分期付款|分次支付|里程碑付款",
            "instalments|installments|in instalments|milestones|milestone payments",
        ),
        "royalty": (
            "提成|提成支付|按销售额提成|入门费加提成|入门费＋提成|提成费|销售提成|利润提成",
            "royalty|royalties|running royalty|fee and royalty|entry fee and royalty",
        ),
        "use_first": (
            "先使用后付费|先用后付|先试用后付费|先使用后付款",
            "use first, pay later|use first",
        ),
        "agreed_income": (
            "约定收益|赋权加转让加约定收益|赋权+转让+约定收益|按约定收益支付|赋权转让约定收益",
            "agreed income|agreed returns|transfer for agreed income",
        ),
        "shares": (
            "股权|股份|股权支付|全部股权|作价入股|股票",
            "paid in shares|shares|equity|stock",
        ),
        "mixed": (
            "混合|现金加股权|现金和股权|股权加现金|现金+股权|组合支付",
            "mixed|cash and shares|cash and equity",
        ),
    }
)
# Ways of payment that people write as the mode, and which of the six forms of the law they are of.
MODE_OF_PAYMENT = {"use_first": "licence", "agreed_income": "transfer"}
STEPS = Vocabulary.of(
    {
        "disclosed": (
            "成果披露|披露|技术披露|发明披露|职务科技成果披露|成果申报|披露登记",
            "disclosed|disclosure|invention disclosure|declared|declaration",
        ),
        "service_invention": (
            "职务成果认定|职务发明认定|职务科技成果认定|认定|职务认定|权属认定|成果认定",
            "service invention|service invention determined|determination|service-invention check"
            "|recognised|identified as service invention",
        ),
        "valued": (
            "评估|评估估值|价值评估|资产评估|估值|定价|成果评价|评价|作价评估|协议定价|评估定价|挂牌交易|拍卖|挂牌",
            "valued|valuation|appraisal|pricing|evaluation|listing|auction",
        ),
        "protected": (
            "知识产权保护|申请专利|专利申请|保护|知识产权申请|专利布局|专利授权|申请保护",
            "protected|protection|ip filing|patent filing|filed",
        ),
        "planned": (
            "转化方案|方案|赋权方案|转化方案制定|方案制定|实施方案|赋权申请|申请赋权|转化申请|方案论证",
            "planned|plan|transfer plan|implementation plan|application",
        ),
        "decided": (
            "集体决策|决策|审批|领导班子决策|校长办公会|院长办公会|党委会|会议决定|审议|领导班子集体决策|校务会|批准",
            "decided|decision|collective decision|approval|approved",
        ),
        "published": (
            "公示|成果公示|转化公示|价格公示|公示期|校内公示|赋权公示|拟交易价格公示|名称和价格公示|奖励公示",
            "published|publicity|public notice|publication|announcement|price publicity",
        ),
        "vested": (
            "赋权|确权|赋权确权|权属分割|赋权协议|签订赋权协议|赋予所有权|赋予长期使用权|所有权赋权|使用权赋权|权属约定|确权赋权",
            "vested|vesting|rights vested|co-ownership|assignment of shares|right of use granted",
        ),
        "registered": (
            "变更登记|登记|权属变更|权属变更登记|著录项目变更|合同登记|技术合同登记|备案|许可备案|技术合同认定登记"
            "|专利权人变更|实施许可备案|合同备案|权利人变更",
            "registered|registration|change of register|register change|contract registered"
            "|recordal|licence filed|licence filing|filing of licence",
        ),
        "executed": (
            "转化实施|转化|签订合同|签合同|签协议|签订协议|合同签订|签订转化合同|签约|签订转让合同|签订许可合同|实施转化|成立公司|实施|作价入股实施|合同"
            "|转化签约|签署合同|合同签署|签署转化合同|转化合同签订|转让合同签订|许可合同签订|转化合同",
            "executed|execution|contract|contract signed|transfer contract|implementation|signed",
        ),
        "received": (
            "收入到账|收益到账|到账|收入|收款|收到收入|转化收入到账|回款|款项到账|首付款到账",
            "received|income received|receipt of income|payment received|income",
        ),
        "distributed": (
            "收益分配|分配|奖励发放|奖酬分配|兑现奖励|奖励兑现|收益分配完成|发放|奖励|权益兑现",
            "distributed|distribution|reward paid|rewards paid|income distributed|reward",
        ),
        "operated": (
            "运营|后续运营|投后管理|跟踪管理|运营管理|持续运营|跟踪|维护",
            "operated|operation|operations|follow-up|monitoring|upkeep",
        ),
        "exited": (
            "退出|股权退出|减持|股权转让|回购|清算退出",
            "exited|exit|divestment|sale of shares|buy-back",
        ),
        "lapsed": (
            "失效|权利失效|终止|权利终止|放弃|合同终止|权利失效终止",
            "lapsed|lapse|expired|terminated|abandoned|ended",
        ),
        "returned": (
            "收回|回收|赋权收回|收回赋权|权利收回|退回|使用权收回",
            "returned|taken back|revoked|withdrawn|return of rights",
        ),
    }
)
AMOUNTS = Vocabulary.of(
    {
        "income": (
            "转化收入|收入|合同收入|转化总收入|许可收入|转让收入|到账收入|总收入|许可费|转让费|到账金额",
            "income|gross income|transfer income|licence income|total income|revenue",
        ),
        "cost": (
            "成本|转化成本|直接成本|成本费用|成本支出|相关费用|费用",
            "cost|costs|direct cost|direct costs|expenses",
        ),
        "tax": ("税费|税金|税款|增值税|相关税费|税", "tax|taxes|duties|vat"),
        "upkeep": (
            "知识产权维护费|维护费|专利维护费|年费|维护费用|知识产权维护费用|专利费用",
            "upkeep|upkeep costs|maintenance|ip maintenance|annual fees|maintenance costs",
        ),
        "appraisal": (
            "评估鉴定费|评估费|鉴定费|评估、鉴定费|评估费用|评估鉴定费用|价值评估费",
            "appraisal|appraisal costs|appraisal fee|valuation fee|verification costs",
        ),
        "negotiation": (
            "谈判费用|谈判费|交易费用|谈判等交易费用|中介费|中介服务费|交易服务费|谈判等费用",
            "negotiation|negotiation costs|transaction costs|brokerage|deal costs",
        ),
        "public_money": (
            "成本中的财政科研经费|财政科研经费|财政资金|财政经费|财政性科研经费|成本中的财政资金",
            "public money|public R&D money|public funds|public research funds",
        ),
        "net_income": (
            "净收入|转化净收入|净收益|可分配收益|净额|转化净收益|可分配收入",
            "net income|net transfer income|distributable income|net proceeds",
        ),
        "reward": (
            "奖励总额|奖励和报酬总额|奖酬总额|奖励|奖励报酬|团队奖励|完成人奖励|科研人员奖励|奖酬金|现金奖励|成果完成人奖励"
            "|奖励和报酬|奖励金额|研发团队",
            "reward|total reward|rewards|reward and remuneration|team reward|inventor reward",
        ),
        "main_contributors": (
            "主要贡献人员|主要贡献者|主要完成人|主要贡献人员奖励|作出主要贡献人员|主要贡献人",
            "main contributors|key contributors|main contributor|principal contributors",
        ),
        "transfer_staff": (
            "转化人员|技术转移人员|转化服务人员|成果转化人员|技术经纪人|转移转化人员|转化工作人员|技术转移机构"
            "|转化部门|科技成果转化人员",
            "transfer staff|transfer office|technology transfer staff|brokers|tto",
        ),
        "unit": (
            "单位留存|单位|学校留存|学校|单位所得|院系|院所留存|学院|留归单位|单位收益|学校收益",
            "unit|institution|university|retained by the unit|school|department",
        ),
        "other": ("其他|其它|其他支出", "other|others|miscellaneous"),
    }
)
FORMS = Vocabulary.of(
    {
        "cash": ("现金|货币|现金奖励|资金|钱款", "cash|money"),
        "shares": ("股权|股份|股权奖励|出资比例|股票|期权|分红权", "shares|equity|stock|options"),
    }
)
BASES = Vocabulary.of(
    {
        "agreed": (
            "约定|协议约定|应付|应分配|约定数|计划|应发|约定的",
            "agreed|due|planned|as agreed",
        ),
        "paid": (
            "实际|已发放|实际支付|实付|已支付|已分配|实发|实际发放|已到账|已付|实际发生",
            "paid|actual|received|disbursed",
        ),
    }
)
DAY_KINDS = Vocabulary.of(
    {
        "calendar": ("自然日|日历日|公历日", "calendar days|calendar|calendar day"),
        "working": (
            "工作日|个工作日",
            "working days|working|working day|business days|business day",
        ),
    }
)
# The seven measures of a trade secret in article 6 of the interpretation of 2020.
MEASURES = Vocabulary.of(
    {
        "agreement": (
            "签订保密协议|保密协议|签订保密协议或者在合同中约定保密义务|保密义务约定|合同约定保密义务|签订保密协议或约定保密义务",
            "Confidentiality agreement|nda|agreement|secrecy agreement|confidentiality clause",
        ),
        "rules": (
            "保密制度、培训与告知|保密制度|保密培训|规章制度|章程、培训、规章制度、书面告知|制度培训告知|保密制度和培训"
            "|保密要求告知|通过章程、培训、规章制度、书面告知等方式提出保密要求",
            "Rules, training and notice|rules|training|confidentiality rules|policy and training",
        ),
        "premises": (
            "涉密场所限制来访或分区管理|场所管理|限制来访|涉密场所管理|区分管理|涉密厂房车间限制来访者或区分管理|涉密区域管理"
            "|对涉密的厂房、车间等生产经营场所限制来访者或者进行区分管理",
            "Premises separated or visitors restricted|premises|restricted premises|visitor control"
            "|separate premises",
        ),
        "marking": (
            "标记、分类、隔离、加密、封存，限制接触范围|标记|加密|标记分类加密|标记、分类、加密|密级标识|标记加密限制接触|限制接触范围"
            "|以标记、分类、隔离、加密、封存、限制能够接触或者获取的人员范围等方式进行区分和管理",
            "Marking, classifying, encrypting, limiting holders|marking|encryption|classification"
            "|marked and encrypted|access control",
        ),
        "devices": (
            "限制设备、存储、复制|设备管理|限制使用访问存储复制|限制设备使用、访问、存储、复制|设备限制|限制复制"
            "|对能够接触商业秘密的计算机设备、电子设备、网络设备、存储设备、软件等采取禁止或者限制使用、访问、存储、复制等措施",
            "Limits on devices, storage and copying|devices|device limits|limits on devices"
            "|copying restricted",
        ),
        "leavers": (
            "离职人员返还、清除、继续保密|离职管理|离职保密|离职人员登记返还清除销毁|离职人员管理|离职返还|离职人员保密"
            "|要求离职员工登记、返还、清除、销毁其接触或者获取的商业秘密及其载体，继续承担保密义务",
            "Leavers return, delete, keep silent|leavers|leaver's duties|leaver duties",
        ),
        "other": (
            "其他合理保密措施|其他|其它|其他措施|采取其他合理保密措施",
            "Other measures|other",
        ),
    }
)
