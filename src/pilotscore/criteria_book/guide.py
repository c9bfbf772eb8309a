"""What the first sheet of a criteria workbook says: how to edit it, in both languages."""

from __future__ import annotations

from typing import Any

from pilotscore.language import LANGS, Text

_HEAD = Text("怎样编辑", "How to edit")
_HELP = (
    Text(
        "每张表一类内容：体系、维度、指标、取值、等级描述、事实、证据、门槛、等级、权重方案、方法"
        "、其他。橙色表头为必填项，灰色列由表格自动计算，读回时不看。",
        "Each sheet holds one kind of thing. Headings in orange must be filled in; grey columns "
        "are worked out by the workbook and are not read.",
    ),
    Text(
        "增加、删除、移动一行，就是增加、删除、移动一项；行的次序即文件中的次序。整行空白的不读。"
        "请不要改工作表名和表头；在右边另加的列不会读入，有内容时会报错。",
        "Add, delete or move a row to add, delete or move an entry; the order of rows is the "
        "order in the file. Blank rows are skipped. Leave the names of sheets and headings as "
        "they are; a column of your own is not read, and is told if it holds anything.",
    ),
    Text(
        "编号（id）以字母开头，只含字母、数字、下划线；条件、取值、等级描述都靠它指代，改编号时请"
        "一并改引用它的地方。",
        "An id begins with a letter and has letters, digits and underscores only. Conditions, "
        "value functions and levels go by it: change them along with it.",
    ),
    Text(
        "双语内容分中文、英文两列；只填一列时，两种语言都用它。别名等列表每行一个（单元格内换行："
        "Alt+Enter）。",
        "A text has two columns, Chinese and English; where only one is filled in, it serves "
        "both. Lists such as aliases have one entry per line (Alt+Enter within a cell).",
    ),
    Text(
        "取值表：数值指标每行一个锚点（原始值、得分），原始值从小到大；类别指标每行一个类别（类别"
        " id、得分、名称、别名）；事实的类别不填得分。",
        "Value functions: for a number, an anchor per row (raw value, score), raw values rising; "
        "for a category, a category per row (id, score, title, aliases). Categories of facts "
        "have no score.",
    ),
    Text(
        "权重：指标表与维度表中有自动合计，与应有之和不符时变红。",
        "Weights: the sheets of indicators and dimensions sum them; a sum that is not what it "
        "should be turns red.",
    ),
    Text(
        "其他表：没有专门一列的内容，按路径写在这里，值用 YAML 写法，例如路径 "
        "indicators/trl_level/note，值 {zh: 说明, en: note}。",
        "Other: what has no column stands there by its path, its value in YAML, such as the path "
        "indicators/trl_level/note with the value {zh: 说明, en: note}.",
    ),
    Text(
        "改完保存，然后运行：pilotscore criteria from-excel 本文件.xlsx -o 新体系.yaml。所有问题"
        "会一次列出，各带工作表与单元格。没有改动的内容原样写回（注释除外）。",
        "Save, then run: pilotscore criteria from-excel this-file.xlsx -o new.yaml. Everything "
        "that is wrong is told at once, with its sheet and cell. What was not edited is written "
        "back as it was (comments excepted).",
    ),
)


def guide_lines(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the lines of the guide, each with its style.

    Parameters
    ----------
    data
        The plain data of the criteria set, whose title and version stand at the top.
    """
    version = data.get("version", "")
    heading = " ".join(dict.fromkeys(_titles(data.get("title"))))
    lines = [
        ("title", heading or str(data.get("id", ""))),
        ("help", f"{data.get('id', '')} {version} · pilotscore"),
    ]
    for lang in LANGS:
        lines += [("help", ""), ("head", _HEAD.to(lang))]
        lines += [("help", text.to(lang)) for text in _HELP]
    return lines


def _titles(value: Any) -> list[str]:
    """Return a title in each language, as a file may write it: for each, or one for both."""
    texts = [value.get(lang, "") for lang in LANGS] if isinstance(value, dict) else [value or ""]
    return list(map(str, texts))
