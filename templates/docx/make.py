"""Makes the Word templates beside this file, in Chinese and in English.

    python templates/docx/make.py           writes them anew

An office edits a copy of one in Word and gives it with ``pilotscore letters --template``; what can
stand in it is in ``docs/letters.md``. Here they are made by a script so that they can be reviewed.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).parent
BODY, HEAD, LATIN = "仿宋", "黑体", "Times New Roman"
# What stands in for a font where it is not installed, in this order.
INSTEAD = {
    BODY: "FangSong,仿宋_GB2312,STFangsong,Noto Serif CJK SC,Source Han Serif SC,SimSun",
    HEAD: "SimHei,STHeiti,Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei",
}
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
Widths = Sequence[float]


class Page:
    """A document that is put together from top to bottom, in one language."""

    def __init__(self, lang: str, *, landscape: bool = False, margin: float = 2.4) -> None:
        self.lang, self.doc = lang, Document()
        section = self.doc.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(margin)
        section.top_margin = section.bottom_margin = Cm(min(margin, 2.0))
        self._styles(11)
        self._fonts()
        self._slim()

    def said(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _styles(self, points: float) -> None:
        for name, east in (("Normal", BODY), ("Heading 1", HEAD), ("Heading 2", HEAD)):
            style = self.doc.styles[name]
            style.font.name, style.font.color.rgb = LATIN, None
            properties = style.element.get_or_add_rPr()
            fonts = properties.get_or_add_rFonts()
            for key in list(fonts.attrib):
                if "Theme" in key:
                    del fonts.attrib[key]
            for key, font in (
                ("ascii", LATIN),
                ("hAnsi", LATIN),
                ("cs", LATIN),
                ("eastAsia", east),
            ):
                fonts.set(qn(f"w:{key}"), font)
            for lang in properties.findall(qn("w:lang")):
                properties.remove(lang)
            lang = OxmlElement("w:lang")
            lang.set(qn("w:val"), "en-GB")
            lang.set(qn("w:eastAsia"), "zh-CN")
            properties.append(lang)
        normal = self.doc.styles["Normal"]
        normal.font.size = Pt(points)
        normal.paragraph_format.space_after = Pt(4)
        normal.paragraph_format.line_spacing = 1.15
        for name, size in (("Heading 1", 18), ("Heading 2", 12.5)):
            style = self.doc.styles[name]
            style.font.size, style.font.bold = Pt(size), True
            style.paragraph_format.space_before = Pt(10)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True

    def _fonts(self) -> None:
        """Name the fonts that stand in for others."""
        for part in self.doc.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                entries = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
                    '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
                    for name, other in INSTEAD.items()
                )
                part._blob = part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())

    def _slim(self) -> None:
        """Leave out what a new document of python-docx has and no letter needs."""
        for rels in (self.doc.part.rels, self.doc.part.package.rels):
            for key, rel in list(rels.items()):
                if rel.reltype.rpartition("/")[2] in (
                    "stylesWithEffects",
                    "customXml",
                    "thumbnail",
                ):
                    del rels[key]
        styles = self.doc.styles.element
        for style in styles.findall(qn("w:style")):
            named = style.find(qn("w:name")).get(qn("w:val"))
            if style.get(qn("w:type")) == "table" and named not in ("Normal Table", "Table Grid"):
                styles.remove(style)

    def size(self, points: float) -> Page:
        self.doc.styles["Normal"].font.size = Pt(points)
        return self

    def title(self, text: str) -> None:
        self.doc.add_paragraph(text, style="Heading 1").alignment = CENTRE

    def head(self, zh: str, en: str, *, new_page: bool = False) -> None:
        paragraph = self.doc.add_paragraph(self.said(zh, en), style="Heading 2")
        paragraph.paragraph_format.page_break_before = new_page

    def text(self, text: str, *, bold: bool = False, align: Any = None, size: float = 0) -> None:
        paragraph = self.doc.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if align is not None:
            paragraph.alignment = align

    def when(self, condition: str, inside: Callable[[], object], otherwise: str = "") -> None:
        self.text(f"{{%p if {condition} %}}")
        inside()
        if otherwise:
            self.text("{%p else %}")
            self.text(otherwise)
        self.text("{%p endif %}")

    def each(self, one: str, among: str, text: str) -> None:
        self.text(f"{{%p for {one} in {among} %}}")
        self.text(text)
        self.text("{%p endfor %}")

    def table(self, columns: int, widths: Widths) -> Any:
        table = self.doc.add_table(rows=0, cols=columns)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table

    def row(self, table: Any, cells: Sequence[str], widths: Widths, **look: Any) -> None:
        row = table.add_row()
        whole = row._tr.get_or_add_trPr()
        whole.append(OxmlElement("w:cantSplit"))
        if look.get("repeat"):
            whole.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = 1.0
            run = paragraph.add_run(text)
            run.bold = bool(look.get("bold") or look.get("repeat"))
            if look.get("size"):
                run.font.size = Pt(look["size"])
            if look.get("repeat") or look.get("bold"):
                shade = OxmlElement("w:shd")
                for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF2F6")):
                    shade.set(qn(f"w:{key}"), value)
                cell._tc.get_or_add_tcPr().append(shade)

    def facts(self, pairs: Sequence[tuple[str, str]], widths: Widths, size: float = 10.5) -> None:
        table = self.table(2, widths)
        for label, value in pairs:
            self.row(table, (label, value), widths, size=size)

    def rows(
        self,
        among: str,
        columns: Sequence[tuple[str, str, str, float]],
        size: float = 9,
        bold_if: str = "",
    ) -> None:
        """Add a table with a row for each ``r`` of some; its head is repeated on every page."""
        widths = [width for *_, width in columns]
        table = self.table(len(columns), widths)
        heads = [self.said(zh, en) for zh, en, *_ in columns]
        cells = [f"{{{{ {value} }}}}" for _, _, value, _ in columns]
        blank = [""] * (len(columns) - 1)
        self.row(table, heads, widths, repeat=True, size=size)

        def mark(text: str) -> None:
            self.row(table, [text, *blank], widths)

        mark(f"{{%tr for r in {among} %}}")
        if bold_if:
            mark(f"{{%tr if {bold_if} %}}")
            self.row(table, cells, widths, bold=True, size=size)
            mark("{%tr else %}")
        self.row(table, cells, widths, size=size)
        if bold_if:
            mark("{%tr endif %}")
        mark("{%tr endfor %}")
        self.doc.add_paragraph().paragraph_format.space_after = Pt(2)

    def footer(self) -> None:
        paragraph = self.doc.sections[0].footer.paragraphs[0]
        paragraph.alignment = CENTRE
        call = "{{ call.title }} · {{ round.as_of }} · {{ round.seal_short }} · "
        for text in (call + self.said("第 ", "page "), "PAGE", " / ", "NUMPAGES"):
            if text.isupper():
                _field(paragraph, text)
            else:
                paragraph.add_run(text)
        paragraph.add_run(self.said(" 页", ""))
        for run in paragraph.runs:
            run.font.size = Pt(8)
        for mark in paragraph._p.iter(qn("w:rPr")):
            if mark.find(qn("w:sz")) is None:
                mark.append(_size(8))

    def check(self) -> None:
        self.head("如何核验", "How to check this paper")
        self.text("{{ round.check }}", size=8.5)

    def signed(self) -> None:
        self.text("")
        self.text(self.said("（盖章）", "(seal)") + " {{ fill.office }}", align=RIGHT)
        self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
        self.text(self.said("日期：", "Date: ") + "{{ fill.date }}", align=RIGHT)

    def notes(self) -> None:
        self.text("{%p for note in notes %}")
        self.text("{{ note }}", size=8.5)
        self.text("{%p endfor %}")

    def saved(self) -> bytes:
        self.footer()
        properties = self.doc.core_properties
        properties.author, properties.title, properties.comments = "pilotscore", "", ""
        target = io.BytesIO()
        self.doc.save(target)
        return without_day(target.getvalue())


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    run.append(OxmlElement("w:rPr"))
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _size(points: int) -> Any:
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(2 * points))
    return size


def without_day(content: bytes) -> bytes:
    """Return a document with a zip around it that has nothing of the day."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            archive.writestr(info, source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


PAIR = (4.2, 12.0)
SHEET = (
    ("维度 / 指标", "Dimension / indicator", "r.title", 5.4),
    ("数值", "Value", "r.value", 4.6),
    ("证据", "Evid.", "r.evidence", 1.4),
    ("得分", "Score", "r.score", 1.5),
    ("权重", "Weight", "r.weight", 1.6),
    ("贡献", "Points", "r.points", 1.7),
)


def who(page: Page) -> list[tuple[str, str]]:
    return [
        (page.said("编号", "ID"), "{{ result.id }}"),
        (page.said("成果名称", "Result"), "{{ result.title }}"),
        (page.said("申请单位", "Applicant"), "{{ result.institution }}"),
        (page.said("征集", "Call"), "{{ call.title }} {{ call.version }}"),
    ]


def basis(page: Page) -> list[tuple[str, str]]:
    rules = "{{ %s.title }} {{ %s.version }} (SHA-256 {{ %s.sha256[:16] }}…)"
    return [
        (page.said("评价日", "Date of assessment"), "{{ round.as_of }}"),
        (page.said("指标体系", "Criteria set"), rules.replace("%s", "criteria")),
        (page.said("政策", "Policy"), rules.replace("%s", "policy")),
    ]


def sheet_of(page: Page, size: float = 8.5) -> None:
    page.text(page.said("指数：", "Index: ") + "{{ sheet.index }}")
    page.text(page.said("等级：", "Grade: ") + "{{ sheet.grade }}  {{ sheet.reason }}")
    page.rows("sheet.rows", SHEET, size, "r.head")
    page.text("{{ sheet.legend }}", size=8)


def decision(lang: str) -> bytes:
    page = Page(lang)
    page.title("{{ title }}")
    page.text(page.said("文号：", "Number: ") + "{{ fill.number }}", align=RIGHT)
    page.text(page.said("{{ result.addressee }}：", "To: {{ result.addressee }}"))
    page.facts(who(page), PAIR)
    page.head("决定", "Decision")
    page.text("{{ decision.title }}", bold=True, size=13)
    page.when(
        "decision.funded",
        lambda: page.facts(
            [
                (page.said("资助金额", "Amount"), "{{ decision.award }}"),
                (page.said("资助方式", "Instrument"), "{{ decision.instrument }}"),
                (page.said("资助档次", "Level"), "{{ decision.level }}"),
                (page.said("申请金额", "Sum requested"), "{{ result.asked }}"),
            ],
            PAIR,
        ),
    )
    page.head("理由", "Reason")
    page.each("line", "decision.reason", "{{ line }}")

    def limits() -> None:
        page.text(page.said("起约束作用的限制：", "Limits that bind:"))
        page.rows(
            "decision.limits",
            (
                ("限制", "Limit", "r.title", 5.6),
                ("需要", "Needed", "r.needs", 2.6),
                ("轮到时余额", "Left at its turn", "r.left", 2.7),
                ("现为", "It is", "r.most", 2.6),
                ("足够时应为", "Would have to be", "r.enough", 2.7),
            ),
        )

    page.when("decision.limits", limits)
    page.when(
        "decision.conditions",
        lambda: (
            (
                page.head("付款节点与条件", "Milestones and conditions"),
                page.each("line", "decision.conditions", "· {{ line }}"),
            )
        ),
    )
    page.when(
        "not decision.funded",
        lambda: (
            (
                page.head("最近的改变", "The nearest change"),
                page.each("line", "decision.change", "{{ line }}"),
            )
        ),
    )
    page.head("评分表", "Score sheet")
    sheet_of(page)
    page.head("异议", "Objections")
    page.text(
        page.said(
            "对本决定有异议的，请于 {{ fill.objections_until }} 前以书面形式（写明单元格、原值、应为值"
            "与证明材料）提交 {{ fill.objections_to }}。受理后按同一征集、种子与抽签重新计算，只改动"
            "经核实的单元格。",
            "Objections are raised in writing by {{ fill.objections_until }} with "
            "{{ fill.objections_to }}, each with the cell, its value, what it should be and the "
            "proof. The round is then decided anew under the same call, seed and draw, with nothing "
            "changed but the cells that were verified.",
        )
    )
    page.signed()
    page.check()
    page.notes()
    return page.saved()


def notice(lang: str) -> bytes:
    page = Page(lang, landscape=True, margin=1.8)
    page.title("{{ title }}")
    page.text(page.said("文号：", "Number: ") + "{{ fill.number }}", align=RIGHT)
    page.text(page.said("{{ result.addressee }}：", "To: {{ result.addressee }}"))
    page.text(
        page.said(
            "你单位申报的“{{ result.title }}”（编号 {{ result.id }}，{{ call.title }}）有 {{ count }} "
            "处需要补正{% if errors %}，其中 {{ errors }} 处不改正则无法评价{% endif %}。请于 {{ fill.deadline }} 前在原工作簿"
            "中改正下列单元格后交回 {{ fill.office }}。",
            "Your application “{{ result.title }}” (ID {{ result.id }}, {{ call.title }}) is "
            "returned to be mended (cells: {{ count }}{% if errors %}; of these it cannot be assessed "
            "without: {{ errors }}{% endif %}). Mend the cells below in the workbook that you handed in and return it to {{ fill.office }} by "
            "{{ fill.deadline }}.",
        )
    )
    page.rows(
        "items",
        (
            ("序", "No.", "r.number", 1.0),
            ("工作簿", "Workbook", "r.workbook", 3.4),
            ("工作表", "Sheet", "r.sheet", 2.2),
            ("单元格", "Cell", "r.cell", 1.6),
            ("级别", "Kind", "r.severity", 1.5),
            ("发现", "Found", "r.found", 6.4),
            ("应为", "Expected", "r.expected", 4.4),
            ("如何改正", "How to mend it", "r.mend", 5.4),
        ),
    )
    page.text(page.said("逾期未补正的，按现有材料评价。", "After that day what there is counts."))
    page.text(page.said("联系人：", "Contact: ") + "{{ fill.contact }}")
    page.signed()
    page.check()
    return page.saved()


def evaluation(lang: str) -> bytes:
    page = Page(lang)
    page.title("{{ title }}")
    page.text("{{ result.title }}", bold=True, align=CENTRE, size=14)
    page.head("一、委托与成果", "1  Commission and result")
    commission = [
        (page.said("委托单位", "Commissioned by"), "{{ fill.office }}"),
        (page.said("报告编号", "Report number"), "{{ fill.number }}"),
    ]
    page.facts([*commission, *who(page)], PAIR)
    page.head("二、目的与依据", "2  Purpose and basis")
    page.text(
        page.said(
            "评价成果经中试后的熟化程度，供资助与转化决定参考。标准：{{ fill.standards }}。",
            "How mature the result is at pilot scale, for decisions on funding and transfer. "
            "Standards: {{ fill.standards }}.",
        )
    )
    page.facts(basis(page), PAIR)
    page.text(page.said("评价方法：", "Method: ") + "{{ method }}")
    page.head("三、类别与基本事实", "3  Class and facts")
    pair = (("项目", "Fact", "r.title", 5.2), ("内容", "Value", "r.value", 11.0))
    page.rows("facts", pair)
    page.head("四、指标与证据", "4  Indicators and evidence", new_page=True)
    sheet_of(page)
    page.head("五、各维度与下限", "5  Dimensions and floors")
    page.when("radar", lambda: page.text("{{ radar }}", align=CENTRE))
    page.rows(
        "sheet.dimensions",
        (
            ("维度", "Dimension", "r.title", 8.0),
            ("得分", "Score", "r.score", 2.6),
            ("上一等级下限", "Floor of the next grade", "r.floor", 3.6),
            ("未达", "Short", "r.mark", 2.0),
        ),
    )
    page.head("六、关口", "6  Gates")
    page.rows(
        "gates",
        (
            ("关口", "Gate", "r.title", 5.2),
            ("状态", "State", "r.state", 3.2),
            ("后果", "Effect", "r.effect", 3.2),
            ("如何解除", "How to open it", "r.advice", 4.6),
        ),
        bold_if="r.closed",
    )
    page.head("七、批次稳定性", "7  Stability from batches")
    page.when(
        "stability",
        lambda: page.rows(
            "stability",
            (
                ("特性", "Characteristic", "r.of", 3.6),
                ("量", "Measure", "r.title", 4.4),
                ("数值", "Value", "r.value", 5.4),
                ("判断", "Verdict", "r.verdict", 2.8),
            ),
        ),
        page.said("没有批次数据。", "There are no batch data."),
    )
    page.each("chart", "charts", "{{ chart }}")
    page.head("八、结论与局限", "8  Conclusion and limits")
    page.text(page.said("指数：", "Index: ") + "{{ sheet.index }}", bold=True)
    page.text(page.said("等级：", "Grade: ") + "{{ sheet.grade }}  {{ sheet.reason }}", bold=True)
    page.text(
        page.said("资助决定：", "Decision: ")
        + "{{ decision.title }}{% if decision.funded %} {{ decision.award }}{% endif %}"
    )
    page.each("line", "limits_of_report", page.said("局限：", "Limit: ") + "{{ line }}")
    page.head("九、差距与计划", "9  Gaps and plan")
    page.when(
        "plan.moves",
        lambda: (
            (
                page.text(
                    page.said("升到 {{ plan.grade }} 级：", "To reach grade {{ plan.grade }}:")
                ),
                page.rows(
                    "plan.moves",
                    (
                        ("改变", "Change", "r.move", 7.6),
                        ("做法与所需证据", "What to do, and evidence", "r.advice", 8.6),
                    ),
                ),
            )
        ),
        "{{ plan.why }}",
    )
    page.head("十、专家意见", "10  Experts")
    page.when("panel", lambda: page.rows("panel", pair), page.said("没有专家评审。", "No panel."))
    page.text(page.said("专家组意见：", "Opinion of the panel: ") + "{{ fill.opinion }}")
    page.when(
        "opinions",
        lambda: page.rows(
            "opinions",
            (
                ("针对", "On", "r.indicator", 5.2),
                ("意见", "Opinion", "r.comment", 11.0),
            ),
        ),
    )
    page.head("十一、权属与到期事项", "11  Rights and what is due")
    page.when("rights", lambda: page.rows("rights", pair), page.said("没有权属表。", "No sheets."))
    page.head("十二、节点与条件", "12  Milestones and conditions")
    page.when(
        "decision.conditions",
        lambda: page.each("line", "decision.conditions", "· {{ line }}"),
        page.said("没有约定节点与条件。", "There are no milestones or conditions."),
    )
    page.when(
        "milestones",
        lambda: page.rows(
            "milestones",
            (
                ("期", "No.", "r.number", 1.0),
                ("金额", "Amount", "r.amount", 2.2),
                ("到期", "Due", "r.due", 2.3),
                ("须证明", "To be shown", "r.shows", 4.4),
                ("状态", "Stands", "r.standing", 1.9),
                ("处理", "Then", "r.action", 1.6),
                ("说明", "Why", "r.why", 3.0),
            ),
            8.5,
        ),
    )
    page.head("十三、签字与盖章", "13  Signatures and seal")
    page.text(page.said("评价负责人：", "Evaluator: ") + "＿＿＿＿＿＿＿＿")
    page.text(page.said("审核：", "Reviewed: ") + "＿＿＿＿＿＿＿＿")
    page.signed()
    page.head("附件", "Annexes")
    page.rows(
        "annexes",
        (("附件", "Annex", "r.title", 7.0), ("SHA-256", "SHA-256", "r.sha256", 9.4)),
        7.5,
    )
    page.check()
    page.notes()
    return page.saved()


def scorecard(lang: str) -> bytes:
    page = Page(lang, margin=1.2).size(8)
    page.title("{{ result.id }}  {{ result.title }}")
    page.text("{{ result.institution }} · {{ call.title }} · {{ round.as_of }}", align=CENTRE)
    page.text("{{ sheet.grade }} · {{ sheet.index }}", bold=True, size=11)
    page.text("{{ sheet.reason }}")
    page.text(
        page.said("决定：", "Decision: ")
        + "{{ decision.title }}{% if decision.funded %} {{ decision.award }}{% endif %}",
        bold=True,
    )
    page.when("radar", lambda: page.text("{{ radar }}", align=CENTRE))
    page.rows("sheet.rows", tuple((*c[:3], c[3] * 1.1) for c in SHEET), 6, "r.head")
    page.text("{%p for gate in gates %}")
    page.text("{{ gate.title }}: {{ gate.effect }}  {{ gate.advice }}", size=7.5)
    page.text("{%p endfor %}")
    page.text("{%p if plan.moves %}")
    page.text(
        page.said("升到 {{ plan.grade }} 级：", "To reach grade {{ plan.grade }}: ")
        + "{% for m in plan.moves %}{{ m.move }}{% if not loop.last %} · {% endif %}{% endfor %}",
        size=7.5,
    )
    page.text("{%p endif %}")
    return page.saved()


def public(lang: str) -> bytes:
    page = Page(lang, landscape=True)
    page.title("{{ call.title }} · {{ title }}")
    page.text("{{ round.as_of }}", align=CENTRE)
    page.rows(
        "rows",
        (
            ("序号", "No.", "r.number", 1.4),
            ("成果名称", "Result", "r.title", 9.0),
            ("单位", "Institution", "r.institution", 5.6),
            ("等级", "Grade", "r.grade", 1.6),
            ("资助方式", "Instrument", "r.instrument", 4.6),
            ("金额", "Amount", "r.award", 2.6),
        ),
        10.5,
    )
    page.text(page.said("合计：", "Total: ") + "{{ total }}")
    page.text(
        page.said(
            "公示期：{{ fill.public_from }} 至 {{ fill.public_until }}。有异议的，请在公示期内以书面"
            "形式实名向 {{ fill.objections_to }} 提出。",
            "Published from {{ fill.public_from }} to {{ fill.public_until }}. Objections are raised "
            "in writing and by name with {{ fill.objections_to }} in that time.",
        )
    )
    page.signed()
    page.check()
    return page.saved()


def meeting(lang: str) -> bytes:
    page = Page(lang, landscape=True, margin=1.5)
    page.title("{{ call.title }} · {{ title }}")
    page.text("{{ round.as_of }} · {{ criteria.title }} {{ criteria.version }}", align=CENTRE)
    page.rows(
        "rows",
        (
            ("名次", "Rank", "r.rank", 1.3),
            ("编号", "ID", "r.id", 2.0),
            ("成果名称", "Result", "r.title", 6.0),
            ("单位", "Institution", "r.institution", 3.8),
            ("等级", "Grade", "r.grade", 1.3),
            ("指数", "Index", "r.index", 1.4),
            ("申请", "Asked", "r.asked", 2.1),
            ("建议", "Recommended", "r.decision", 3.2),
            ("金额", "Amount", "r.award", 2.1),
            ("会议意见 / 签字", "Opinion / signature", "''", 3.4),
        ),
    )
    page.text(page.said("合计：", "Total: ") + "{{ total }}")
    page.text(page.said("会议主持人签字：", "Chair: ") + "＿＿＿＿＿＿＿＿＿＿")
    page.check()
    return page.saved()


MAKERS: dict[str, Callable[[str], bytes]] = {
    "decision": decision,
    "return": notice,
    "evaluation": evaluation,
    "scorecard": scorecard,
    "public": public,
    "meeting": meeting,
}


def main() -> int:
    for name, make in MAKERS.items():
        for lang in ("zh", "en"):
            (HERE / f"{name}.{lang}.docx").write_bytes(make(lang))
    return 0


if __name__ == "__main__":
    sys.exit(main())
