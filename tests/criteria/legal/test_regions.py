"""Each cell of the table of regions that has a rule, with where it stands; names of regions."""

from __future__ import annotations

import pytest

from pilotscore.criteria.legal.regions import RegionsFile, load_regulations
from pilotscore.workbook.rights.records import MODES, PARTY_KINDS

REGULATIONS = load_regulations()
STATE = "state_university"
# region, item, mode, figures, who must keep it, law in Chinese with its article where it was noted
TABLE = [
    ("CN", "reward_transfer", "transfer", {"share": 50}, "shall", "促进科技成果转化法（2015）第45条(1)"),
    ("CN", "reward_transfer", "licence", {"share": 50}, "shall", "促进科技成果转化法（2015）第45条(1)"),
    ("CN", "reward_shares", "shares", {"share": 50}, "shall", "促进科技成果转化法（2015）第45条(2)"),
    ("CN", "reward_profit", "own_investment", {"share": 5, "years": (3, 5)}, "shall", "促进科技成果转化法（2015）第45条(3)"),
    ("CN", "reward_profit", "joint", {"share": 5, "years": (3, 5)}, "shall", "促进科技成果转化法（2015）第45条(3)"),
    ("CN", "main_contributors", "", {"share": 50, "of": "reward"}, "shall", "国发〔2016〕16号第2条(6)"),
    ("CN", "price_publicity", "transfer", {"days": None}, "shall", "促进科技成果转化法（2015）第18条"),
    ("CN", "appraisal", "", {}, "may", "财政部令第100号（2019）"),
    ("CN", "yearly_report", "", {"month": 3, "day": 30}, "shall", "促进科技成果转化法（2015）第21条"),
    ("CN", "inventor_use", "", {}, "may", "促进科技成果转化法（2015）第19条"),
    ("CN", "co_owner_consent", "transfer", {}, "shall", "专利法（2020）第14条"),
    ("CN", "register_change", "transfer", {}, "shall", "专利法（2020）第10条"),
    ("CN", "licence_filing", "licence", {"months": 3}, "shall", "专利法实施细则（2023）第15条"),
    ("CN", "contribution_appraised", "shares", {}, "shall", "公司法（2023）第48条"),
    ("CN", "title_transferred", "shares", {}, "shall", "公司法（2023）第49条"),
    ("CN", "paid_in", "shares", {"months": 60}, "shall", "公司法（2023）第47条"),
    ("CN", "use_right", "", {"years": (10, 10)}, "shall", "国科发区〔2020〕128号"),
    ("CN", "half_tax", "", {"months": 36}, "may", "财税〔2018〕58号"),
    ("CN", "deferral", "shares", {}, "shall", "财税〔2016〕101号"),
    ("beijing", "reward_transfer", "transfer", {"share": 70}, "may", "北京市促进科技成果转化条例（2019-11-27）第12条(1)"),
    ("beijing", "reward_shares", "shares", {"share": 70}, "may", "北京市促进科技成果转化条例（2019-11-27）第12条(2)"),
    ("beijing", "reward_profit", "joint", {"share": 5, "years": (5, 5), "since": "first_profit"}, "may", "北京市促进科技成果转化条例（2019-11-27）第12条(3)"),
    ("beijing", "net_income", "", {"deducts": ("tax", "upkeep", "appraisal", "negotiation")}, "shall", "北京市促进科技成果转化条例（2019-11-27）第12条"),
    ("beijing", "reward_publicity", "", {}, "shall", "北京市促进科技成果转化条例（2019-11-27）第13条"),
    ("beijing", "dormant", "", {"months": 12}, "may", "北京市促进科技成果转化条例（2019-11-27）第11条"),
    ("beijing", "appraisal", "", {}, "may", "北京市促进科技成果转化条例（2019-11-27）第10条"),
    ("beijing", "diligence", "", {}, "may", "北京市促进科技成果转化条例（2019-11-27）第19条"),
    ("beijing", "separate_books", "", {}, "may", "北京国际科技创新中心建设条例（2024-01-25）第32条"),
    ("shanghai", "reward_transfer", "licence", {"share": 70}, "may", "上海市促进科技成果转化条例（2017-04-20）第34条(1)"),
    ("shanghai", "reward_shares", "shares", {"share": 70}, "may", "上海市促进科技成果转化条例（2017-04-20）第34条(2)"),
    ("shanghai", "reward_profit", "own_investment", {"share": 5, "years": (5, 5)}, "may", "上海市促进科技成果转化条例（2017-04-20）第34条(3)"),
    ("shanghai", "transfer_staff", "", {"share": None}, "may", "上海市促进科技成果转化条例（2017-04-20）第35条"),
    ("shanghai", "diligence", "", {}, "shall", "上海市促进科技成果转化条例（2017-04-20）第25条"),
    ("shanghai", "separate_books", "", {}, "may", "上海市科学技术进步条例（2024-05-10）第12条"),
    ("shanghai", "dormant", "", {"months": 12}, "may", "上海市科学技术进步条例（2024-05-10）第13条"),
    ("pudong", "granting", "", {}, "may", "上海市浦东新区促进张江生物医药产业创新高地建设规定（2024-12-31）第32条"),
    ("zhejiang", "reward_transfer", "transfer", {"share": 70}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第37条(1)"),
    ("zhejiang", "reward_shares", "shares", {"share": 70}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第37条(2)"),
    ("zhejiang", "reward_profit", "joint", {"share": 10, "years": (5, 5)}, "may", "浙江省促进科技成果转化条例（2021-09-30）第37条(3)"),
    ("zhejiang", "main_contributors", "", {"share": 70}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第37条"),
    ("zhejiang", "transfer_staff", "", {"share": 5, "of": "reward"}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第37条"),
    ("zhejiang", "net_income", "", {"public_money_is_cost": False}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第37条"),
    ("zhejiang", "price_publicity", "transfer", {"days": 15, "day_kind": ""}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第17条"),
    ("zhejiang", "related_buyer", "", {}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第17条"),
    ("zhejiang", "reward_publicity", "", {"days": 15}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第39条"),
    ("zhejiang", "reward_due", "", {"months": 6}, "default", "浙江省促进科技成果转化条例（2021-09-30）第40条"),
    ("zhejiang", "dormant", "", {"months": 12, "keeps_income": True}, "may", "浙江省促进科技成果转化条例（2021-09-30）第38条"),
    ("zhejiang", "appraisal", "", {}, "may", "浙江省促进科技成果转化条例（2021-09-30）第18条"),
    ("zhejiang", "no_double_reward", "", {"use_right_too": False}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第37条"),
    ("shandong", "reward_transfer", "transfer", {"share": 70}, "shall", "山东省促进科技成果转化条例（2017-12-01）第34条(1)"),
    ("shandong", "reward_shares", "shares", {"share": 70}, "shall", "山东省促进科技成果转化条例（2017-12-01）第34条(2)"),
    ("shandong", "reward_profit", "joint", {"share": 10, "years": (3, 5)}, "shall", "山东省促进科技成果转化条例（2017-12-01）第34条(3)"),
    ("shandong", "transfer_staff", "transfer", {"share": 10, "of": "net_income"}, "may", "山东省促进科技成果转化条例（2017-12-01）第36条"),
    ("shandong", "price_publicity", "transfer", {"days": 15}, "shall", "山东省促进科技成果转化条例（2017-12-01）第14条"),
    ("shandong", "dormant", "", {"months": 12, "funded": True}, "may", "山东省促进科技成果转化条例（2017-12-01）第37条"),
    ("shandong", "yearly_report", "", {"month": 3, "day": 31}, "shall", "山东省促进科技成果转化条例（2017-12-01）第15条"),
    ("shantou", "no_double_reward", "", {"use_right_too": True}, "may", "汕头经济特区科技创新条例（2022-05-30）第25条"),
    ("anhui", "claim_model", "", {}, "may", "安徽省“赋权+转让+约定收益”推广（2023-12-29）"),
    ("shaanxi", "separate_books", "", {}, "may", "陕西省职务科技成果单列管理通知（2024-01-12）"),
    ("jiangxi", "separate_books", "", {}, "may", "江西省职务科技成果单列管理指引"),
    ("hainan", "separate_books", "", {}, "may", "海南省职务科技成果赋权与单列管理方案（2025-02-08）"),
    ("yunnan", "separate_books", "", {}, "may", "云科规〔2025〕5号"),
    ("sichuan", "granting", "", {}, "may", "四川省职务科技成果权属混合所有制改革试点（2017、2018-12）"),
    ("shantou", "team_share", "", {"share": 70, "funded": True}, "shall", "汕头经济特区科技创新条例（2022-05-30）第25条"),
    ("shantou", "use_right", "", {"years": (10, 10)}, "shall", "汕头经济特区科技创新条例（2022-05-30）第25条"),
    ("beijing", "granting", "", {}, "may", "北京市促进科技成果转化条例（2019-11-27）第9条"),
    ("beijing", "yearly_report", "", {}, "shall", "北京市促进科技成果转化条例（2019-11-27）第29条"),
    ("shanghai", "net_income", "", {"deducts": ("tax", "upkeep", "appraisal", "negotiation")}, "shall", "上海市促进科技成果转化条例（2017-04-20）第34条"),
    ("shanghai", "reward_publicity", "", {}, "shall", "上海市促进科技成果转化条例（2017-04-20）第39条"),
    ("shanghai", "yearly_report", "", {"month": 3, "day": 30}, "shall", "上海市促进科技成果转化条例（2017-04-20）第18条"),
    ("zhejiang", "diligence", "", {}, "may", "浙江省促进科技成果转化条例（2021-09-30）第19条"),
    ("zhejiang", "yearly_report", "", {"month": 3, "day": 30}, "shall", "浙江省促进科技成果转化条例（2021-09-30）第28条"),
    ("shandong", "reward_publicity", "", {}, "shall", "山东省促进科技成果转化条例（2017-12-01）第35条"),
    ("shandong", "diligence", "", {}, "may", "山东省促进科技成果转化条例（2017-12-01）第14条"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "item", "mode", "figures", "binding", "source"), TABLE)
def test_the_table_of_regions(region, item, mode, figures, binding, source):
    rule = REGULATIONS.in_force(item, region, STATE, mode)[0]
    assert REGULATIONS.region_of_rule[rule.id].id == region
    assert {name: getattr(rule, name) for name in figures} == figures
    assert (rule.binding, REGULATIONS.source(rule).to("zh")) == (binding, source)


def test_every_rule_says_where_it_stands():
    for rule in REGULATIONS.rules.values():
        assert REGULATIONS.source(rule).to("en")
        assert len(REGULATIONS.as_of(rule)) == 10
        assert set(rule.kinds) <= set(PARTY_KINDS)
        assert set(rule.modes) <= set(MODES)


def test_a_firm_is_bound_only_where_nothing_is_agreed():
    of_firm = REGULATIONS.in_force("reward_transfer", "zhejiang", "enterprise", "transfer")
    assert [rule.id for rule in of_firm] == ["CN-default-transfer"]


def test_a_region_within_another_has_the_rules_of_both():
    chain = [region.id for region in REGULATIONS.chain("pudong")]
    assert chain == ["pudong", "shanghai", "CN"]
    assert REGULATIONS.rule("diligence", "pudong").id == "SH-diligence"


def test_what_must_be_kept_goes_before_what_may():
    rule = REGULATIONS.rule("reward_transfer", "beijing", STATE, "transfer")
    assert rule.id == "CN-reward-transfer"


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("浙江", "zhejiang"), ("浙江省", "zhejiang"), ("浙江省杭州市", "zhejiang"),
        ("Zhejiang", "zhejiang"), ("zhejiang province", "zhejiang"), (" 北京市 ", "beijing"),
        ("北京市海淀区", "beijing"), ("Beijing Municipality", "beijing"), ("沪", "shanghai"),
        ("上海市浦东新区", "pudong"), ("汕头经济特区", "shantou"), ("广东省汕头市", "shantou"),
        ("广东省广州市", "guangdong"), ("中国科学技术大学", "anhui"), ("全国", "CN"),
        ("内蒙古自治区", "neimenggu"), ("广西壮族自治区", "guangxi"), ("新疆", "xinjiang"),
    ],
)  # fmt: skip
def test_a_region_by_any_of_its_names(written, region):
    assert REGULATIONS.find(written).region.id == region


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Zhejang", "Zhejiang"),
        ("北京是", "北京"),
        ("浙冮", "浙江"),
        ("江西是", "江西"),
        ("海南藏族自治州", None),
        ("湖西", None),  # one sign off from more than one
        ("火星", None),
        ("", None),
    ],
)
def test_an_unknown_region_is_not_guessed(written, near):
    match = REGULATIONS.find(written)
    assert (match.region, match.id, match.ruled, match.nearest) == (None, "CN", False, near)


def test_a_place_without_rules_is_known_and_said_to_have_none():
    match = REGULATIONS.find("江苏省")
    assert (match.region.id, match.ruled) == ("jiangsu", False)
    assert REGULATIONS.find("汕头").ruled


def test_a_file_whose_rules_name_no_law_is_refused():
    rule = {"id": "CN-x", "item": "x", "title": "x", "binding": "may", "law": "none"}
    data = {
        "id": "regions",
        "version": "1",
        "laws": {},
        "regions": [{"id": "CN", "title": "x", "rules": [rule]}],
    }
    with pytest.raises(ValueError, match="no such law"):
        RegionsFile.model_validate(data)
