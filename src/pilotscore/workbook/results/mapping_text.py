"""Writes a mapping file as text: anew, or into one that an office keeps.

What map does not decide (notes, further keys, lines that are there) stays letter for letter; so a
file that map wrote is written the same when it is given back with ``--map``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import yaml

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.places import read_yaml
from pilotscore.language import Lang, Text
from pilotscore.records import dataclass
from pilotscore.workbook.results.mapping_draft import MappingDraft, Meaning, name_of

_HEAD = Text(
    "# 映射文件：这份表的表头各是什么。用 --map 采用；一种表格一份。",
    "# What the headers of this form mean. Use it with --map; keep one for each form.",
)
_COMMENTS = {
    "headers": Text(
        "# 表头: 指标或字段的 id，或 id、title、evidence（左侧指标的证据等级）、ignore（不用）；"
        "可写 {is: id, unit: 单位}",
        "# header: id of an indicator or fact, or id, title, evidence (of the indicator to the "
        "left), ignore; {is: id, unit: UNIT} where the unit differs",
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
_REPEATS = Text("与“{other}”相同，未读", "the same as “{other}”, not read")
# The sections that are made anew each time, after the others.
_ANEW = ("suggested", "left_over", "absent")
_LONGEST_KEY = 100  # a longer one is written behind a question mark, as YAML wants it
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Section:
    """A key at the top of a file, with the lines above it that belong to it, and its indent."""

    key: str
    text: str
    indent: str | None = None  # of the lines below; None where nothing can be added to them


def mapping_text(
    draft: MappingDraft, criteria: CriteriaSet, book: str, lang: Lang, before: str | None = None
) -> str:
    """Return a draft as the text of a mapping file.

    Parameters
    ----------
    draft, criteria
        What is written.
    book
        The name of the workbook.
    lang
        The language of the notes.
    before
        The text of the mapping file that was given: what the draft adds is put into it.
    """
    if before is None:
        return "".join(_anew(draft, criteria, book, lang).values())
    before = before.replace("\r\n", "\n")
    data = read_yaml(before).data
    sections = _sections(before)
    text = _put_into(sections, draft, criteria, lang, data) if sections else ""
    if not text or not _holds(text, data):
        text = _rewritten(data, draft, criteria, lang)
    return text


def _anew(draft: MappingDraft, criteria: CriteriaSet, book: str, lang: Lang) -> dict[str, str]:
    """Return every section of a new file, in order."""
    sections = {
        "criteria": f"{_HEAD.to(lang)}\ncriteria: {scalar(criteria.id)}\n",
        "book": f"book: {scalar(book)}\n",
        **_place_sections(draft),
    }
    lines = _entries(draft.known, criteria, lang, _INDENT)
    sections["headers"] = _section("headers", lines, lang, empty="{}")
    return sections | _anew_each_time(draft, criteria, lang)


def _place_sections(draft: MappingDraft) -> dict[str, str]:
    """Return the sections that say where the header is, where a person said so."""
    places = {"sheet": draft.sheet, "header_row": draft.header_row}
    return {
        key: f"{key}: {value if isinstance(value, int) else scalar(value)}\n"
        for key, value in places.items()
        if value is not None
    }


def _anew_each_time(draft: MappingDraft, criteria: CriteriaSet, lang: Lang) -> dict[str, str]:
    """Return the sections that are made anew each time; none for one without content."""
    suggested = {
        text: {"is": s.name, "likeness": f"{s.likeness:.0f}"} for text, s in draft.suggested.items()
    }
    lines = {
        "suggested": _entries(suggested, criteria, lang, _INDENT),
        "left_over": [
            f"{_INDENT}- {scalar(text)}{_note(_REPEATS.fill(lang, other=other) if other else '')}"
            for text, other in draft.left_over.items()
        ],
        "absent": [
            f"{_INDENT}- {scalar(name)}{_note(_title(name, criteria, lang))}"
            for name in draft.absent
        ],
    }
    return {key: _section(key, lines[key], lang) for key in _ANEW if lines[key]}


def _section(key: str, lines: list[str], lang: Lang, *, empty: str = "") -> str:
    head = ["", _COMMENTS[key].to(lang), f"{key}:" if lines else f"{key}: {empty}"]
    return "\n".join([*head, *lines]) + "\n"


def _entries(
    meanings: Mapping[str, Meaning], criteria: CriteriaSet, lang: Lang, indent: str
) -> list[str]:
    """Return a line for each header with what it means."""
    lines = []
    for text, meaning in meanings.items():
        key = scalar(text)
        note = _note(_title(name_of(meaning), criteria, lang))
        value = _flow(meaning) if isinstance(meaning, dict) else scalar(meaning)
        start = f"{indent}? {key}\n{indent}" if len(key) > _LONGEST_KEY else f"{indent}{key}"
        lines.append(f"{start}: {value}{note}")
    return lines


def _title(name: str, criteria: CriteriaSet, lang: Lang) -> str:
    titles = {q.id: q.title.to(lang) for q in criteria.quantities}
    return " ".join(titles.get(name.split()[0], "").split())


def _note(words: str) -> str:
    return f"  # {words}" if words else ""


def scalar(text: str) -> str:
    """Return a text as one word of YAML on one line, quoted where it would be read as another."""
    options: dict[str, Any] = {"allow_unicode": True, "width": float("inf")}
    plain = str(yaml.safe_dump(text, **options)).removesuffix("...\n").strip("\n")
    if "\n" in plain:
        plain = str(yaml.safe_dump(text, default_style='"', **options)).strip("\n")
    return plain


def _flow(value: Mapping[str, str]) -> str:
    """Return a small mapping in braces, each value quoted where a comma or brace would end it."""
    words = []
    for key, word in value.items():
        plain = scalar(word) if key != "likeness" else word
        if any(sign in plain for sign in ",[]{}") and not plain.startswith(("'", '"')):
            plain = str(yaml.safe_dump(word, default_style='"', allow_unicode=True)).strip("\n")
        words.append(f"{key}: {plain}")
    return "{" + ", ".join(words) + "}"


# ------------------------------------------------------------------- into a file that is there


def _sections(text: str) -> list[_Section]:
    """Return the sections of a file; none where its keys do not each begin a line."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style or root.start_mark.column:
        return []
    lines = text.splitlines(keepends=True)
    begins = [k.start_mark.line for k, _ in root.value]
    if len(set(begins)) < len(begins) or any(k.start_mark.column for k, _ in root.value):
        return []
    starts = [0]
    for last, begin in pairwise(begins):
        while begin - 1 > last and _is_remark(lines[begin - 1]):
            begin -= 1
        starts.append(begin)
    ends = [*starts[1:], len(lines)]
    return [
        _Section(str(k.value), "".join(lines[a:b]), _indent_of(v))
        for (k, v), a, b in zip(root.value, starts, ends, strict=True)
    ]


def _is_remark(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _indent_of(node: yaml.Node) -> str | None:
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return None
    return " " * int(node.start_mark.column)


def _put_into(
    sections: list[_Section],
    draft: MappingDraft,
    criteria: CriteriaSet,
    lang: Lang,
    data: Mapping[str, Any],
) -> str:
    """Return the file with what the draft adds; made sections stay where they stand."""
    texts_of = _anew_each_time(draft, criteria, lang)
    places = _place_sections(draft)
    texts: list[str] = []
    for section in sections:
        if section.key in _ANEW:
            texts.append(texts_of.pop(section.key, ""))
        elif section.key in places:
            head = section.text[: section.text.index(f"{section.key}:")]
            texts.append(head + places.pop(section.key))
        elif section.key == "headers":
            texts += [*places.values(), _with_entries(section, draft, criteria, lang, data)]
            places = {}
        else:
            texts.append(section.text)
    if "headers" not in data and draft.known:
        lines = _entries(draft.known, criteria, lang, _INDENT)
        texts.append(_section("headers", lines, lang))
    return "".join(_ended(t) for t in (*texts, *texts_of.values()))


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _with_entries(
    section: _Section,
    draft: MappingDraft,
    criteria: CriteriaSet,
    lang: Lang,
    data: Mapping[str, Any],
) -> str:
    """Return the section of headers with those that are new."""
    if section.indent is None:
        known = {**_plain_entries(data), **draft.known}
        return _section("headers", _entries(known, criteria, lang, _INDENT), lang, empty="{}")
    lines = _entries(draft.known, criteria, lang, section.indent)
    return _ended(section.text.rstrip("\n")) + "".join(f"{line}\n" for line in lines)


def _plain_entries(data: Mapping[str, Any]) -> dict[str, Meaning]:
    return {
        str(k): {str(a): str(b) for a, b in v.items()} if isinstance(v, dict) else str(v)
        for k, v in (data.get("headers") or {}).items()
    }


def _holds(text: str, data: Mapping[str, Any]) -> bool:
    """Whether a text still says all that a file said which map does not make anew."""
    try:
        after = read_yaml(text).data
    except yaml.YAMLError:
        return False
    if not isinstance(after, dict):
        return False
    headers = after.get("headers") or {}
    return all(headers.get(k) == v for k, v in (data.get("headers") or {}).items()) and all(
        after.get(k) == v for k, v in _others(data)
    )


def _others(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {*_ANEW, "headers", "sheet", "header_row"}
    yield from ((k, v) for k, v in data.items() if k not in known)


def _rewritten(
    data: Mapping[str, Any], draft: MappingDraft, criteria: CriteriaSet, lang: Lang
) -> str:
    """Return a file that is not written line by line as one that is."""
    new = _anew(draft, criteria, str(data.get("book", "")), lang)
    known = {**_plain_entries(data), **draft.known}
    new["headers"] = _section("headers", _entries(known, criteria, lang, _INDENT), lang)
    for key in ("criteria", "book"):
        if key not in data:
            del new[key]
    for key in ("sheet", "header_row"):
        if key in data and key not in new:
            new = {key: f"{key}: {_value(data[key])}\n", **new}
    for key, value in _others(data):
        if key not in new:
            dumped = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False)
            new[key] = f"\n{dumped}"
    return "".join(new.values())


def _value(value: Any) -> str:
    return str(value) if isinstance(value, int) else scalar(str(value))
