"""What is said of ownership: regions, kinds of party, modes, payments, clauses."""

from __future__ import annotations

from pilotscore.criteria.legal.regions import RegionMatch
from pilotscore.language import NOTHING, Text, Words, meant
from pilotscore.workbook.rights.case_words import MODES, PAYMENTS
from pilotscore.workbook.rights.words import PARTY_KINDS

BINDING = {
    "shall": Text("应当", "must be kept:"),
    "may": Text("可以", "may be agreed:"),
    "default": Text("没有约定时", "where nothing is agreed:"),
}
_CLAUSES = {
    "terms_income": Text("收益分配", "split of income"),
    "terms_decision": Text("决策机制", "decisions"),
    "terms_costs": Text("费用分担", "split of costs"),
    "terms_upkeep": Text("知识产权维护", "upkeep of IP"),
    "terms_register": Text("变更登记", "change of register"),
    "terms_liability": Text("违约责任", "liability"),
    "terms_exit": Text("退出机制", "exit"),
    "terms_improvements": Text("后续改进", "improvements"),
}
_REGION = Text("地区：{region}", "region: {region}")
_NATION_ALONE = Text(
    "地区：{region}；没有收录该地区的规则，只按国家法律",
    "region: {region}; no rule of it is at hand: national law alone",
)
_UNKNOWN = Text(
    "地区“{region}”无法识别{near}；只按国家法律",
    "the region “{region}” is not known{near}: national law alone",
)
_NOT_STATED = Text("没有填写地区：只按国家法律", "no region is stated: national law alone")


def region_of(match: RegionMatch) -> Words:
    """Say by which region's rules a result is judged, and that national law stands alone."""
    if not match.written.strip():
        return _NOT_STATED
    if match.region is None:
        near = NOTHING if match.nearest is None else meant(match.nearest)
        return _UNKNOWN.of(region=match.written, near=near)
    said = _REGION if match.ruled else _NATION_ALONE
    return said.of(region=match.region.title)


def party_kind_of(kind: str) -> Words:
    """Return a kind of party in words; nothing where it is not known."""
    return PARTY_KINDS.titles.get(kind, NOTHING)


def mode_of(mode: str) -> Words:
    """Return a mode of the law in words; nothing where it is not known."""
    return MODES.titles.get(mode, NOTHING)


def payment_of(payment: str) -> Words:
    """Return a way of payment in words; nothing where it is not known."""
    return PAYMENTS.titles.get(payment, NOTHING)


def clause_of(flag: str) -> Words:
    """Return a clause of an agreement in words."""
    return _CLAUSES[flag]
