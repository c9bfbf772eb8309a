"""What of a workbook openpyxl cannot keep when it saves it, told by the parts of the two files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pilotscore.language import Text

# Parts by their names, and whether they are gone even where parts of that name are still there.
_PARTS: tuple[tuple[str, Text], ...] = (
    (r"xl/charts/chart\d*\.xml", Text("图表", "charts")),
    (r"xl/charts/chartex", Text("新式图表（如瀑布图）", "newer charts (such as waterfalls)")),
    (r"xl/media/", Text("图片", "pictures")),
    (r"xl/diagrams/", Text("SmartArt 图形", "SmartArt")),
    (r"xl/slicer", Text("切片器", "slicers")),
    (r"xl/timeline", Text("日程表", "timelines")),
    (r"xl/pivottables/", Text("数据透视表", "pivot tables")),
    (
        r"xl/threadedcomments/",
        Text(
            "会话式批注（文字留在普通批注中）",
            "threads of comments (their text stays in the notes)",
        ),
    ),
    (r"xl/externallinks/externallink", Text("到其他工作簿的链接", "links to other workbooks")),
    (r"xl/embeddings/", Text("嵌入的文件", "embedded files")),
    (
        r"xl/metadata\.xml",
        Text("动态数组公式（成为普通数组公式）", "dynamic arrays (they become array formulas)"),
    ),
    (r"xl/richdata/", Text("单元格中的图片与数据类型", "pictures and data types in cells")),
    (r"xl/(connections\.xml|querytables/)", Text("外部数据连接", "connections to outside data")),
    (r"xl/model/", Text("数据模型", "the data model")),
    (r"xl/macrosheets/", Text("宏表", "macro sheets")),
    (r"xl/webextensions/", Text("Office 加载项", "Office add-ins")),
    (r"customxml/", Text("自定义 XML", "custom XML")),
    (r"_xmlsignatures/", Text("数字签名", "the digital signature")),
    (r"xl/vbaproject\.bin", Text("宏", "macros")),
)
_CONTROLS = Text("表单控件与按钮", "form controls and buttons")
_SHAPES = Text("形状与文本框", "shapes and text boxes")
_CHART_LOOKS = Text("图表的部分样式", "some of the looks of charts")
_BOXES = Text("批注框的大小与格式", "the size and looks of the boxes of comments")
STORED_RESULTS = Text(
    "公式已存的结果（用 Excel 打开副本时重新计算）",
    "the stored results of formulas (Excel computes them when it opens the copy)",
)
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
# What openpyxl warns of, and what it means for the copy.
_WARNINGS: tuple[tuple[str, Text], ...] = (
    (
        "Conditional Formatting ext",
        Text(
            "部分条件格式（数据条、图标集的新样式）",
            "some conditional formats (newer data bars and icon sets)",
        ),
    ),
    (
        "Data Validation ext",
        Text("引用其他工作表的下拉列表", "drop-downs that take their list from another sheet"),
    ),
    ("Sparkline", Text("迷你图", "sparklines")),
    ("Slicer", Text("切片器", "slicers")),
    ("Timeline", Text("日程表", "timelines")),
    ("Protected Range", Text("部分可编辑区域", "some protected ranges")),
    (
        "merged range but has a comment",
        Text("合并区域内被遮住的批注", "comments on cells that a merged one covers"),
    ),
    (
        "outside the limits",
        Text("超出范围的日期（副本中为错误值）", "dates out of range (errors in the copy)"),
    ),
    ("header or footer", Text("部分页眉页脚", "some headers or footers")),
    ("Print area", Text("部分打印区域", "some print areas")),
    ("Unable to read chart", Text("图表", "charts")),
    ("DrawingML", Text("形状与文本框", "shapes and text boxes")),
    ("image", Text("图片", "pictures")),
)


def lost_parts(before: bytes, after: bytes, *, macros: bool) -> tuple[Text, ...]:
    """Return what a workbook had and its copy has not, or not as it was.

    Parameters
    ----------
    before, after
        The two files.
    macros
        Whether macros were to be kept.
    """
    with zipfile.ZipFile(io.BytesIO(before)) as source, zipfile.ZipFile(io.BytesIO(after)) as copy:
        had, has = _names(source), _names(copy)
        lost = [title for pattern, title in _PARTS if _count(pattern, has) < _count(pattern, had)]
        if macros:  # parts of the old file that hang in the air are copied along
            gone = (r"xl/threadedcomments/", r"xl/slicer")
            lost += [t for p, t in _PARTS if p in gone and _count(p, had) and t not in lost]
        if _count(r"xl/(ctrlprops|activex)/", had):
            lost.append(_CONTROLS)
        drawings = [
            n for n in source.namelist() if re.match(r"xl/drawings/drawing\d*\.xml$", n, re.I)
        ]
        if any(_SHAPE.search(source.read(n)) for n in drawings):
            lost.append(_SHAPES)
        charts = r"xl/charts/chart\d*\.xml"
        if _count(charts, had) and _count(charts, has) >= _count(charts, had):
            lost.append(_CHART_LOOKS)
        if _count(r"xl/(.*/)?comments?\d*\.xml", had):
            lost.append(_BOXES)
        sheets = [n for n in source.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", n, re.I)]
        if any(_FORMULA.search(source.read(n)) for n in sheets):
            lost.append(STORED_RESULTS)
    return tuple(lost)


def warned(messages: Iterable[str]) -> tuple[Text, ...]:
    """Return what openpyxl's warnings mean for the copy, each once."""
    titles = {
        title: None
        for message in messages
        for begins, title in _WARNINGS
        if begins.casefold() in message.casefold()
    }
    return tuple(titles)


def _names(archive: zipfile.ZipFile) -> list[str]:
    return [n.replace("\\", "/").lstrip("/").lower() for n in archive.namelist()]


def _count(pattern: str, names: list[str]) -> int:
    return sum(re.match(pattern, n) is not None and not n.endswith(".rels") for n in names)


def write_settled(content: bytes, out: Path) -> None:
    """Write a workbook so that the same content gives the same bytes: its parts bear no time."""
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        names = dict.fromkeys(source.namelist())
        for name in sorted(names, key=lambda n: (n != "[Content_Types].xml", n)):
            part = zipfile.ZipInfo(name)  # of 1980, as zip files have it that tell no time
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            archive.writestr(part, source.read(name))
