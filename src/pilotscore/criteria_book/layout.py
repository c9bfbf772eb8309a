"""Which sheets a criteria workbook has, and which key of a criteria file stands in which column."""

from __future__ import annotations

import typing
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from pilotscore.criteria.model import (
    Aggregation,
    Fact,
    Gate,
    Indicator,
    Method,
)
from pilotscore.criteria.parts import both
from pilotscore.criteria.scales import named_scales
from pilotscore.criteria_book.cells import (
    BILINGUAL,
    EITHER,
    LINES,
    MAPPING,
    NUMBER,
    PAIR,
    TEXT,
    TRUTH,
    TRUTH_OR_TEXT,
    Codec,
    choice,
)
from pilotscore.language import Text, Words, join
from pilotscore.records import dataclass

_BESIDE = Text("", " ")
ORIGINAL_SHEET = "_original"
ORIGINAL_MARK = "pilotscore criteria workbook"

# Columns that the workbook works out for people, and that are not read.
SUM = Text("本维度指标权重合计（自动）", "Sum in its dimension (automatic)")
SUM_OF = Text("其指标权重合计（自动）", "Its indicators sum to (automatic)")
NAME = Text("名称（自动）", "Title (automatic)")
AUTOMATIC = (SUM, SUM_OF, NAME)
# The hidden first column, by which a row is known again when its id was changed.
ORIGIN = Text("原编号", "origin")


@dataclass(frozen=True, slots=True)
class BookField:
    """A key of an entry, its heading, and how its value stands in cells.

    ``same_sheet`` and ``ids_of`` name a table whose ids are offered in a list; ``clipped`` says
    that a long value may be cut off on the screen instead of making the row tall; ``later`` that
    workbooks of earlier versions have no such column.
    """

    key: str
    heading: Text
    codec: Codec = TEXT
    width: int = 14
    needed: bool = False
    ids_of: str = ""
    clipped: bool = False
    later: bool = False

    @property
    def headings(self) -> tuple[Words, ...]:
        """The heading of each of its cells."""
        return tuple(join((self.heading, part), _BESIDE) for part in self.codec.parts)


@dataclass(frozen=True, slots=True)
class EntryTable:
    """A sheet with an entry per row.

    Attributes
    ----------
    name
        What the entries are called in addresses on the sheet 其他 / Other.
    sheet, about
        The name of the sheet, and what one should know of it.
    fields
        The columns, in their order.
    usual
        The usual order of an entry's keys, for entries that are new.
    owner
        The column that says to what an entry belongs: its heading and the tables of its ids.
    """

    name: str
    sheet: Text
    about: Text
    fields: tuple[BookField, ...]
    usual: tuple[str, ...] = ()
    owner: BookField | None = None

    @property
    def columns(self) -> tuple[BookField, ...]:
        """All columns: the owner's, then the fields'."""
        return (self.owner, *self.fields) if self.owner else self.fields


def _keys(written: str) -> tuple[str, ...]:
    return tuple(written.split())


def sheet_name(text: Text) -> str:
    """Return the name of a sheet, which serves both languages."""
    return both(text)


def _field(
    key: str, zh: str, en: str, codec: Codec = TEXT, width: int = 14, **more: Any
) -> BookField:
    return BookField(key, Text(zh, en), codec, width, **more)


def _words(model: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return the words that a field of a model may have, so that a new one is offered at once."""

    def literals(annotation: Any) -> list[str]:
        if typing.get_origin(annotation) is typing.Literal:
            return [str(x) for x in typing.get_args(annotation)]
        return [x for part in typing.get_args(annotation) for x in literals(part)]

    return tuple(literals(model.model_fields[name].annotation))


_ID = _field("id", "编号 id", "id", width=22, needed=True)
_TITLE = _field("title", "名称", "Title", BILINGUAL, 24, needed=True)
_WEIGHT = _field("weight", "权重", "Weight", NUMBER, 9, needed=True)
_ALIASES = _field("aliases", "别名（每行一个）", "Aliases (one per line)", LINES, 26, clipped=True)
_SOURCE = _field("source", "来源", "Source", width=30, clipped=True)
_UNIT = _field("unit", "单位", "Unit", BILINGUAL, 10)
_SCALE = _field("scale", "等级", "Scale", PAIR, 8)
_RANGE = _field("range", "取值范围", "Range", PAIR, 9)


SET_SHEET = Text("体系", "Set")
SET_ABOUT = Text("整套体系的设置，每行一项", "Settings of the whole set, one per row")
OTHER_SHEET = Text("其他", "Other")
OTHER_ABOUT = Text(
    "没有对应列的内容：路径与 YAML 写法的值",
    "What has no column: where it belongs, and its value in YAML",
)
OTHER_FIELDS = (
    _field("path", "路径", "Path", width=44, needed=True),
    _field("value", "值（YAML）", "Value (YAML)", width=90, needed=True),
    _field("part", "分段", "Part", NUMBER, 9),
)
# The columns of the sheet 体系 / Set; the setting's name is for people and may be anything.
SET_COLUMNS = (
    _field("key", "键", "Key", width=28),
    _field("name", "设置", "Setting", width=44),
    _field("value", "值（双语项为中文）", "Value (Chinese where there are two)", width=52),
    _field("english", "英文", "English", width=52),
)
GUIDE_SHEET = Text("说明", "Guide")
# Keys of the set that hold others, with the order in which those usually stand.
NESTED = {
    "aggregation": ("method", "exponent"),
    "evidence": ("default", "threshold", "grades"),
    "missing": ("not_applicable_share",),
}
TOP_ORDER = _keys(
    "id version title description source licence extends policy weights_sum "
    "aggregation dimensions facts evidence missing gates grades profiles order "
    "methods"
)


def set_fields() -> tuple[BookField, ...]:
    """Return the rows of the sheet 体系 / Set; a key with / is one within another."""
    return (
        _field("id", "编号", "Id", needed=True),
        _field("version", "版本", "Version", needed=True),
        _field("title", "名称", "Title", BILINGUAL, needed=True),
        _field("description", "说明", "Description", BILINGUAL),
        _field("source", "来源", "Source"),
        _field("licence", "许可", "Licence"),
        _field("policy", "默认政策", "Policy used by default"),
        _field(
            "weights_sum",
            "维度权重之和（默认 100）",
            "Sum of the dimension weights (100 where blank)",
            NUMBER,
        ),
        _field(
            "aggregation/method",
            "汇总方式",
            "Way of aggregation",
            choice(_words(Aggregation, "method")),
        ),
        _field(
            "aggregation/exponent",
            "幂平均指数（1 算术、0 几何、-inf 取最低）",
            "Exponent of the mean (1 arithmetic, 0 geometric, -inf lowest)",
            NUMBER,
        ),
        _field(
            "missing/not_applicable_share",
            "不适用权重上限（0–1）",
            "Most that may be not applicable (0 to 1)",
            NUMBER,
        ),
        _field(
            "evidence/default",
            "默认证据等级",
            "Evidence grade where none is stated",
            ids_of="evidence",
        ),
        _field(
            "evidence/threshold",
            "证据达标等级",
            "Evidence grade that counts as given",
            ids_of="evidence",
        ),
        _field("order", "排名依据（每行一个）", "Ranked by (one per line)", LINES),
    )


DIMENSIONS = EntryTable(
    "dimensions",
    Text("维度", "Dimensions"),
    Text("每行一个维度；行的次序即文件中的次序", "One dimension per row, in the order of the file"),
    (
        _ID,
        _TITLE,
        _field("short", "简称", "Short title", BILINGUAL, 12),
        _WEIGHT,
        _field(
            "weights_sum",
            "其指标权重应为（默认 100）",
            "Its indicators should sum to (100 where blank)",
            NUMBER,
            14,
        ),
        _field(
            "lowest_share",
            "最低指标占比（0–1）",
            "Share of the lowest indicator (0 to 1)",
            NUMBER,
            13,
        ),
    ),
    _keys("id title short weight weights_sum lowest_share indicators"),
)


@lru_cache(maxsize=1)
def tables() -> dict[str, EntryTable]:
    """Return the tables with an id in each row, by name, in the order of their sheets."""
    scale_names = choice(tuple(named_scales()))
    indicators = EntryTable(
        "indicators",
        Text("指标", "Indicators"),
        Text(
            "每行一个指标；增、删、移动行即增、删、移动指标",
            "One indicator per row: add, delete or move rows to add, delete or move indicators",
        ),
        (
            _ID,
            _TITLE,
            _field("type", "类型", "Type", choice(_words(Indicator, "type")), 11, needed=True),
            _UNIT,
            _WEIGHT,
            _field("required", "必填", "Required", TRUTH, 9),
            _field("direction", "方向", "Direction", choice(_words(Indicator, "direction")), 10),
            _field("axis", "坐标轴", "Axis", choice(_words(Indicator, "axis")), 9),
            _field("levels", "通用量表", "Named scale", scale_names, 11),
            _SCALE,
            _RANGE,
            _field(
                "not_applicable",
                "可否不适用（是、否或条件）",
                "May be N/A (yes, no or a condition)",
                TRUTH_OR_TEXT,
                26,
            ),
            _field("applies_when", "适用条件", "Applies when", width=22),
            _field("several", "可填多项", "Several", TRUTH, 9),
            _field(
                "measured",
                "由批次数据计算（每行：键: 值）",
                "Worked out from batch data (a line each)",
                MAPPING,
                22,
                clipped=True,
            ),
            _field("evidence", "证据要求", "Evidence wanted", BILINGUAL, 28),
            _field("advice", "改进建议", "Advice", BILINGUAL, 28),
            _field("effort", "提升难度", "Effort", NUMBER, 9),
            _field(
                "shape",
                "曲线形状（代替评分锚点）",
                "Shape (instead of points)",
                MAPPING,
                20,
                clipped=True,
            ),
            _SOURCE,
            _ALIASES,
        ),
        _keys(
            "id title type unit levels scale wording range direction axis points shape "
            "table weight required applies_when several measured not_applicable aliases "
            "evidence advice effort source"
        ),
        owner=_field(
            "dimension", "所属维度", "Dimension", width=14, needed=True, ids_of="dimensions"
        ),
    )
    facts = EntryTable(
        "facts",
        Text("事实", "Facts"),
        Text("不计分、用于条件或展示的字段", "What is not scored but used in conditions or shown"),
        (
            _ID,
            _TITLE,
            _field("type", "类型", "Type", choice(_words(Fact, "type")), 11, needed=True),
            _UNIT,
            _field("levels", "通用量表", "Named scale", scale_names, 11),
            _SCALE,
            _RANGE,
            _SOURCE,
            _ALIASES,
        ),
        _keys("id title type unit levels scale wording range aliases table formerly source"),
    )
    evidence = EntryTable(
        "evidence",
        Text("证据", "Evidence grades"),
        Text("证据等级，从无到最强", "Grades of evidence, from none upwards"),
        (
            _ID,
            _TITLE,
            _field("cap", "得分上限", "Cap", NUMBER, 10, needed=True),
            _field("cap_required", "必填项得分上限", "Cap of required ones", NUMBER, 14),
            _ALIASES,
        ),
        ("id", "title", "cap", "cap_required", "aliases"),
    )
    gates = EntryTable(
        "gates",
        Text("门槛", "Gates"),
        Text(
            "条件成立时的后果：封顶、不评级、暂缓或拒绝",
            "What a condition brings: a cap, no grade, money held or refused",
        ),
        (
            _ID,
            _TITLE,
            _field("when", "条件", "When", width=46, needed=True),
            _field("cap", "等级封顶", "Cap", width=9, ids_of="grades"),
            _field("no_grade", "不评级", "No grade", TRUTH, 9),
            _field("funding", "资金", "Funding", choice(_words(Gate, "funding")), 10),
            _field("advice", "改进建议", "Advice", BILINGUAL, 36),
            _SOURCE,
        ),
        _keys("id title when cap no_grade funding advice source"),
    )
    grades = EntryTable(
        "grades",
        Text("等级", "Grades"),
        Text("从最好到最低，最后一个不设条件", "From best to least; the last has no conditions"),
        (
            _ID,
            _TITLE,
            _field("meaning", "含义", "Meaning", BILINGUAL, 24),
            _field("index", "指数不低于", "Index at least", NUMBER, 11),
            _field("every_dimension", "各维度不低于", "Every dimension at least", NUMBER, 13),
            _field(
                "dimensions",
                "某维度不低于（每行：维度: 分）",
                "Dimensions at least (a line each, dimension: score)",
                MAPPING,
                26,
            ),
            _field(
                "levels",
                "某指标不低于（每行：指标: 值）",
                "Indicators at least (a line each, indicator: value)",
                MAPPING,
                26,
            ),
        ),
        _keys("id title meaning index every_dimension dimensions levels"),
    )
    profiles = EntryTable(
        "profiles",
        Text("权重方案", "Profiles"),
        Text(
            "另一组维度权重，只在指定时使用",
            "Other weights of the dimensions, used where they are asked for",
        ),
        (
            _ID,
            _TITLE,
            _field("when", "适用对象（条件）", "Meant for (a condition)", width=30),
            _field(
                "weights",
                "维度权重（每行：维度: 权重）",
                "Weights (a line each, dimension: weight)",
                MAPPING,
                30,
                needed=True,
            ),
            _SOURCE,
        ),
        ("id", "title", "when", "weights", "source"),
    )
    methods = EntryTable(
        "methods",
        Text("方法", "Methods"),
        Text(
            "scikit-criteria 的决策方法，与指数并列",
            "Decision methods of scikit-criteria beside the index",
        ),
        (
            _ID,
            _TITLE,
            _field("method", "方法", "Method", choice(_words(Method, "method")), 18, needed=True),
            _field("uses", "用得分或原始值", "Uses", choice(_words(Method, "uses")), 10),
            _field("scaling", "标准化", "Scaling", choice(_words(Method, "scaling")), 10),
            _field("offset", "加数", "Offset", NUMBER, 10),
            _field("parameters", "参数（每行：名称: 值）", "Parameters (a line each)", MAPPING, 22),
            _field(
                "thresholds",
                "各指标阈值（每行：指标: {q: 值, p: 值}）",
                "Thresholds (a line each, indicator: {q: 1, p: 5})",
                MAPPING,
                34,
            ),
            _field(
                "weights",
                "权重（每行：指标: 权重）",
                "Weights (a line each, indicator: weight)",
                MAPPING,
                34,
            ),
            _SOURCE,
        ),
        _keys("id title method uses scaling offset parameters thresholds weights source"),
    )
    listed = (DIMENSIONS, indicators, facts, evidence, gates, grades, profiles, methods)
    return {t.name: t for t in listed}


# What stands in several rows for one indicator or fact.
_OWNER = _field(
    "owner", "指标或事实 id", "Indicator or fact", width=24, needed=True, ids_of="quantities"
)
VALUES = EntryTable(
    "values",
    Text("取值", "Value functions"),
    Text(
        "评分：每行一个锚点（原始值、得分）、一个类别（类别 id、得分）或一档（档 id、分值范围）",
        "How values count, a row each: an anchor (raw value, score), a category (its id, score) or "
        "a band (its id, range of points)",
    ),
    (
        _field(
            "raw",
            "原始值或类别 id",
            "Raw value or category id",
            EITHER,
            22,
            needed=True,
        ),
        _field("value", "得分（0–100）", "Score (0 to 100)", NUMBER, 11),
        _field("title", "类别名称", "Title of the category", BILINGUAL, 22),
        _field("range", "档的分值", "Points of the band", PAIR, 9, later=True),
        _field("wording", "类别措辞", "Wording of the category", BILINGUAL, 30, later=True),
        _ALIASES,
    ),
    ("id", "title", "range", "value", "wording", "aliases"),
    owner=_OWNER,
)
LEVELS = EntryTable(
    "levels",
    Text("等级描述", "Levels"),
    Text("每个等级的措辞", "What each level means, in a few words"),
    (
        _field("level", "等级", "Level", NUMBER, 9, needed=True),
        _field("wording", "措辞", "Wording", BILINGUAL, 44),
    ),
    owner=_OWNER,
)


def all_tables() -> tuple[EntryTable, ...]:
    """Return every table, in the order of the sheets."""
    by_name = tables()
    first, second, *rest = by_name.values()
    return (first, second, VALUES, LEVELS, *rest)
