"""What a template says of each quantity: name, choices, what is wanted, in either language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pilotscore.criteria import NUMBERS, CriteriaSet, Fact, Indicator
from pilotscore.language import LANGS, NOTHING, Text, Words, join, same
from pilotscore.records import dataclass
from pilotscore.workbook.values.bounds import band_with_range, wanted_number
from pilotscore.workbook.values.units import own_unit, with_unit

TemplateLang = Literal["zh", "en", "both"]
Layout = Literal["rows", "form"]

ID = Text("成果编号", "Result id")
TITLE = Text("成果名称", "Result title")
EVIDENCE = Text("证据等级", "Evidence")
BASIC = Text("基本信息", "Basic facts")
FACTS = Text("其他情况", "Other facts")
DOCUMENTS = Text("证据清单", "Documents")
INDICATOR = Text("指标", "Indicator")
DOCUMENT = Text("材料名称", "Document")
ISSUED = Text("出具日期", "Date of issue")
ISSUER = Text("出具单位", "Issuer")
EXPIRY = Text("有效期至", "Valid until")
TECHNOLOGIES = Text("关键技术", "Critical technologies")
TECHNOLOGY = Text("关键技术名称", "Critical technology")
BATCHES = Text("批次", "Batches")
SERIES = Text("连续运行", "Running")
# The columns of batch data, each a name that the reader knows; dates and lists are marked.
_SCALE, _VERDICT = Text("规模", "Scale"), Text("判定", "Verdict")
BATCH_TIMES = (Text("开始时间", "Start time"), Text("结束时间", "End time"))
BATCH_LISTS = {
    _SCALE: (Text("小试", "lab"), Text("中试", "pilot"), Text("生产", "production")),
    _VERDICT: (Text("合格", "pass"), Text("不合格", "fail")),
}
BATCH_COLUMNS = (
    *(Text("批号", "Batch no."), _SCALE, *BATCH_TIMES, Text("特性", "Characteristic")),
    *(Text("数值", "Value"), Text("单位", "Unit"), Text("下限", "Lower limit")),
    *(Text("上限", "Upper limit"), Text("目标值", "Target value")),
    *(Text("储存月数", "Storage months"), _VERDICT, Text("备注", "Remark")),
)
TIME = Text("时间", "Timestamp")
TAGS = tuple(Text(f"位号{n}", f"Tag {n}") for n in range(1, 7))


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts texts in the language of a template, or in both."""

    lang: TemplateLang

    def of(self, text: Words, between: str = "\n") -> str:
        """Return a text in the language; in both, one after the other where they differ."""
        if self.lang != "both":
            return text.to(self.lang)
        return between.join(dict.fromkeys(text.to(lang) for lang in LANGS))

    def choice(self, text: Words) -> str:
        """Return a text as an entry of a drop-down."""
        return self.of(text, " / ")

    def header(self, quantity: Indicator | Fact, *, unit: bool = True) -> str:
        """Return the header of a column: title, unit in brackets, * where required."""
        header = with_unit(quantity.title, own_unit(quantity) if unit else None)
        required = isinstance(quantity, Indicator) and quantity.required
        return self.of(starred(header) if required else header)

    def choices(self, quantity: Indicator | Fact) -> list[str]:
        """Return the entries of a quantity's drop-down; none where it takes a number or text."""
        if quantity.type == "yes_no":
            return [self.choice(Text("是", "yes")), self.choice(Text("否", "no"))]
        if quantity.type == "category":
            return [self.choice(c.title) for c in quantity.categories]
        if quantity.bands:
            return [self.choice(band.title) for band in quantity.bands]
        if quantity.type == "level" and quantity.scale:
            return [
                self._level(quantity, n) for n in range(quantity.scale[0], quantity.scale[1] + 1)
            ]
        return []

    def _level(self, quantity: Indicator | Fact, level: int) -> str:
        said = (quantity.wording or {}).get(level)
        return f"{level} {self.choice(said)}" if said else str(level)

    def grades(self, criteria: CriteriaSet) -> list[str]:
        """Return the entries of the drop-down of evidence."""
        grades = criteria.evidence.grades if criteria.evidence else ()
        return [f"{g.id} {self.choice(g.title)}" for g in grades]

    def wanted(self, quantity: Indicator | Fact) -> Words:
        """Say which values a quantity takes."""
        if quantity.type in NUMBERS:
            return wanted_number(quantity)
        if quantity.bands:
            return _BAND_OR_POINTS.of(bands=bands_worded(quantity))
        return {
            "date": Text("日期，如 2026-12-31", "a date such as 2026-12-31"),
            "text": Text("文字", "text"),
        }.get(quantity.type, Text("从下拉列表中选择", "choose from the list"))

    def explanation(self, quantity: Indicator | Fact) -> str:
        """Say what is wanted of a quantity, and which evidence."""
        wanted = self.wanted(quantity)
        evidence = quantity.evidence if isinstance(quantity, Indicator) else None
        return self.of(
            wanted if evidence is None else _WITH_PROOF.of(wanted=wanted, evidence=evidence)
        )

    def instructions(self, criteria: CriteriaSet, sheet: str) -> list[tuple[str, str]]:
        """Return the lines of the instruction sheet, each with its style: title, head or text."""
        lines = [
            ("title", self.choice(_FORM.of(title=criteria.title))),
            ("text", f"{criteria.id} {criteria.version}"),
        ]
        k = f"k = {criteria.uncertainty.plus_minus:g}"
        measured = any(i.measured is not None for i in criteria.indicators)
        for head, texts in (*_INSTRUCTIONS, *([BATCH_HELP] if measured else [])):
            lines.append(("head", self.choice(head)))
            lines += [("text", self.of(t.of(sheet=sheet, plus_minus=k))) for t in texts]
        if criteria.evidence:
            lines.append(("head", self.choice(Text("证据等级", "Grades of evidence"))))
            for g in criteria.evidence.grades:
                mark = _DEFAULT if g.id == criteria.evidence.default else NOTHING
                grade = _GRADE.of(id=g.id, title=g.title, cap=f"{g.cap:g}", mark=mark)
                lines.append(("text", self.of(grade)))
        return lines


def bands_worded(quantity: Indicator | Fact) -> Words:
    """Say which bands there are, each with its points and what it takes to be in it."""
    worded = same("{band}: {wording}")
    return join(
        (
            band_with_range(b)
            if b.wording is None
            else worded.of(band=band_with_range(b), wording=b.wording)
            for b in quantity.bands
        ),
        Text("；", "; "),
    )


_BAND_OR_POINTS = Text(
    "档、分值或两者；只写档按该档下限计：{bands}",
    "a band, points or both; a band alone counts with its lower end: {bands}",
)
_WITH_PROOF = Text("{wanted}。证据：{evidence}", "{wanted}. Evidence: {evidence}")
_FORM = Text("{title} 填报模板", "{title}: form")
_GRADE = Text(
    "{id} {title}：该指标得分上限 {cap}{mark}",
    "{id} {title}: the indicator scores {cap} at most{mark}",
)
_DEFAULT = Text("（不填时按此计）", " (taken where none is stated)")
BATCH_HELP = (
    Text("批次数据", "Batch data"),
    (
        Text(
            "有批次记录的，填写工作表“批次”，一行一个测定值（哪一批、哪个特性、数值、单位与限值）；"
            "稳定性由此计算，优先于填报值。",
            "Where there are batch records, fill in the sheet “Batches”, a row for each value "
            "(batch, characteristic, "
            "value, unit, limits): stability is worked out from them and goes before what is "
            "stated.",
        ),
        Text(
            "备注写明返工、报废及原因、计划停车、非计划停车；没有原因的报废批计为不合格。"
            "连续装置可另填“连续运行”：一行一个时刻，一列一个位号（把位号名写在表头）。",
            "Remarks say rework, discarded and why, planned stop, unplanned stop; a batch "
            "discarded without a reason "
            "counts as failed. Continuous plants may fill in “Running” too: a row for each "
            "moment, a column for each "
            "tag (write its name in the header).",
        ),
    ),
)


_INSTRUCTIONS: tuple[tuple[Text, tuple[Text, ...]], ...] = (
    (
        Text("怎样填写", "How to fill it in"),
        (
            Text(
                "在工作表“{sheet}”中填写；表头已锁定，请不要改动，也不要增删列。",
                "Fill in the sheet “{sheet}”; its headers are locked: leave them, and add or "
                "remove no columns.",
            ),
            Text(
                "带 * 的是必填项（橙色表头），空着则该成果不能评价。其余空着按 0 分计。",
                "Items with * are required (orange headers): a result without them cannot be "
                "assessed. "
                "Others left blank score 0.",
            ),
            Text(
                "等级、类别、是否与证据等级从下拉列表中选择；数值只填数字，单位见表头或单位栏。",
                "Choose levels, categories, yes or no, and grades of evidence from the lists; "
                "enter numbers "
                "bare, in the unit of the header or of the column of units.",
            ),
        ),
    ),
    (
        Text("数值的不确定度（可不填）", "The uncertainty of a value (optional)"),
        (
            Text(
                "可写在数值后，如 92.5±0.3（为扩展不确定度，{plus_minus}；"
                "另有约定的写明 k，如 92.5±0.3（k=1））。得分按数值本身计，不确定度只影响区间。",
                "It may be written behind the value, such as 92.5±0.3 (expanded, {plus_minus}; or "
                "say k: 92.5±0.3 (k=1)). The value itself is scored; its uncertainty widens the "
                "interval alone.",
            ),
        ),
    ),
    (
        Text("没有数值时", "Where there is no value"),
        (
            Text(
                "不适用：写“不适用：原因”，如“不适用：间歇工艺”。没有原因按空白处理。",
                "Not applicable: write “N/A: reason”, such as “N/A: batch process”. Without a "
                "reason it "
                "counts as blank.",
            ),
            Text("尚未测量：写“未测”。", "Not measured yet: write “not measured”."),
            Text(
                "没有数据：留空。数值确为 0 时填 0。",
                "No data: leave it blank. Enter 0 only where it is 0.",
            ),
        ),
    ),
)


def starred(text: Text) -> Text:
    """Return a title with the sign of what is required."""
    return Text(*(f"{text.to(lang)}*" for lang in LANGS))


def groups_of(criteria: CriteriaSet) -> list[tuple[Text, Sequence[Indicator | Fact]]]:
    """Return what is asked for, by headings: other facts, then each dimension."""
    return [(FACTS, criteria.facts), *((d.title, d.indicators) for d in criteria.dimensions)]
