"""Writes the mapping file of a workbook: what was matched, what is suggested, what is left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.language import Lang, Text
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book
from pilotscore.workbook.results.forms import find_forms, other_labels
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import SURELY_A_TABLE
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import HeaderNames, evidence_of

_HEAD = Text(
    "# 映射文件：这份表的表头各是什么。用 --map 采用；一种表格一份。",
    "# What the headers of this form mean. Use it with --map; keep one for each form.",
)
_SECTIONS = {
    "headers": Text(
        "# 表头: 指标或字段的 id，或 id、title、evidence（左侧指标的证据等级）、ignore（不用）；"
        "可写 {is: id, unit: 单位}",
        "# header: id of an indicator or fact, or id, title, evidence (of the indicator to the "
        "left), "
        "ignore; {is: id, unit: UNIT} where the unit differs",
    ),
    "suggested": Text(
        "# 建议：确认后把该行移到 headers 之下才会采用",
        "# suggestions: not used until moved up to headers",
    ),
    "left_over": Text(
        "# 未识别：需要时在 headers 中写明",
        "# not known: say above what they are, to have them used",
    ),
    "absent": Text("# 没有对应表头的指标", "# indicators for which there is no header"),
}


@dataclass(slots=True)
class MappingDraft:
    """What the headers of a workbook were taken for."""

    headers: dict[str, Any] = field(default_factory=dict)
    suggested: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_over: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    sheets: int = 0


def draft_mapping(
    path: Path, criteria: CriteriaSet, options: ReadingOptions | None = None
) -> tuple[MappingDraft, Finding | None]:
    """Match the headers of a workbook, and return what came of it, or why it cannot be read."""
    options = options or ReadingOptions()
    targets = options.mapping.targets if options.mapping else None
    names = HeaderNames.of(criteria, targets)
    draft = MappingDraft()
    try:
        book = open_book(path, options.limits, options.password)
    except UnreadableBookError as error:
        return draft, error.finding
    for sheet in book.sheets:
        if options.sheet == sheet.name or (options.sheet is None and sheet.visible):
            _add_sheet(sheet, names, options, draft)
    used = {_id_of(v) for v in draft.headers.values()}
    draft.absent = [i.id for i in criteria.indicators if i.id not in used]
    draft.left_over = [t for t in dict.fromkeys(draft.left_over) if t not in draft.headers]
    draft.suggested = {t: s for t, s in draft.suggested.items() if s["is"] not in used}
    return draft, None


def _id_of(value: Any) -> str:
    return str(value["is"] if isinstance(value, dict) else value).split()[0]


def _add_sheet(
    sheet: Sheet, names: HeaderNames, options: ReadingOptions, draft: MappingDraft
) -> None:
    row = options.header_row - 1 if options.header_row else None
    table = find_table(sheet.rows, names, sheet.merged, row)
    forms = find_forms(sheet.rows, names, sheet.merged) if row is None else []
    if forms and (table.row is None or forms[0].known > table.columns.known):
        draft.sheets += 1
        for item in forms[0].items.values():
            meaning = item.name.strip("<>")
            draft.headers.setdefault(
                item.text, {"is": meaning, "unit": item.unit} if item.unit else meaning
            )
        loose = {i: t for i, (_, t) in enumerate(other_labels(sheet.rows, forms[0], names))}
        suggestions = names.suggest(loose, set(forms[0].items))
        for i, text in loose.items():
            if i in suggestions:
                likely = suggestions[i]
                draft.suggested[text] = {"is": likely.name, "likeness": round(likely.likeness)}
            else:
                draft.left_over.append(text)
    elif table.row is not None or len(table.columns.quantities) > SURELY_A_TABLE:
        draft.sheets += 1
        _add_columns(table.columns, names, draft)


def _add_columns(columns: Columns, names: HeaderNames, draft: MappingDraft) -> None:
    texts = columns.texts
    special = {columns.id: "id", columns.title: "title"}
    evidence = {c: n for n, c in columns.evidence.items()}
    quantities = {c: n for n, c in columns.quantities.items()}
    for column, text in texts.items():
        if not text:
            continue
        if column in special:
            draft.headers.setdefault(text, special[column])
        elif column in quantities:
            name = quantities[column]
            unit = columns.units.get(name)
            plain = columns.factors.get(name) in (None, 1)
            draft.headers.setdefault(text, name if plain else {"is": name, "unit": unit})
        elif column in evidence:
            by_left = evidence_of(text.split(" ")[-1], "<left>", names) == "<left>"
            draft.headers.setdefault(
                text, "evidence" if by_left else f"{evidence[column]} evidence"
            )
        elif column in columns.suggestions:
            likely = columns.suggestions[column]
            draft.suggested[text] = {"is": likely.name, "likeness": round(likely.likeness)}
        elif column in columns.unknown:
            draft.left_over.append(text)


def mapping_text(draft: MappingDraft, criteria: CriteriaSet, book: str, lang: Lang) -> str:
    """Return a draft as the text of a mapping file, with a comment for each part."""
    parts = [_HEAD.to(lang), f"criteria: {criteria.id}", f"book: {_scalar(book)}"]
    titles = {q.id: q.title.to(lang) for q in criteria.quantities}
    for key, comment in _SECTIONS.items():
        content = getattr(draft, key)
        if not content and key != "headers":
            continue
        parts += ["", comment.to(lang), f"{key}:"]
        if isinstance(content, dict):
            parts += [
                f"  {_scalar(k)}: {_flow(v)}{_title_of(v, titles)}" for k, v in content.items()
            ]
            if not content:
                parts[-1] = f"{key}: {{}}"
        else:
            parts += [f"  - {_scalar(x)}{_title_of(x, titles)}" for x in content]
    return "\n".join(parts) + "\n"


def _scalar(text: Any) -> str:
    import yaml

    return str(yaml.safe_dump(text, allow_unicode=True, width=1000)).removesuffix("...\n").strip()


def _flow(value: Any) -> str:
    if not isinstance(value, dict):
        return _scalar(str(value))
    return "{" + ", ".join(f"{k}: {_scalar(v)}" for k, v in value.items()) + "}"


def _title_of(value: Any, titles: dict[str, str]) -> str:
    title = titles.get(_id_of(value)) if value else None
    return f"  # {title}" if title else ""
