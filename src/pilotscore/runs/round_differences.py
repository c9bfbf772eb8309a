"""Where a round that is decided anew is not the one that was saved: each place is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pilotscore.language import Text, Words

_DECIDED, _FIGURES = ("rank", "grade", "index", "decision", "award"), ("chance", "core")
_COMPARED = (*_DECIDED, *_FIGURES)
_ABSENT = "—"
_MOST_LETTERS = 80


def changed_inputs(saved: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Words]:
    """Yield what two manifests do not share: versions, inputs, rules, options, settings."""
    if saved["pilotscore"] != now["pilotscore"]:
        text = Text("版本 {now}，保存时是 {was}", "version {now}, saved by {was}")
        yield text.of(now=now["pilotscore"], was=saved["pilotscore"])
    for key in dict.fromkeys((*saved, *now)):
        before, after = saved.get(key), now.get(key)
        if before == after or key == "pilotscore":
            continue
        text = _PARTS.get(key, _OTHER_PART)
        for name, was, new in _entries(before, after):
            if was != new:
                yield text.of(name=name, key=key)


_OTHER_PART = Text("溯源信息 {key}（{name}）不同", "{key} of the manifest is another ({name})")
_PARTS: Mapping[str, Text] = {
    "inputs": Text("输入 {name} 与保存时不同", "the input {name} is not the one that was read"),
    "criteria": Text("指标体系 {name} 不同", "the criteria set {name} is another"),
    "policy": Text("政策 {name} 不同", "the policy {name} is another"),
    "call": Text("征集文件 {name} 不同", "the call {name} is another"),
    "decisions": Text("决定文件 {name} 不同", "the file of decisions {name} is another"),
    "rules": Text("法规规则 {name} 不同", "the rules of law {name} are others"),
    "options": Text("选项 {name} 不同", "the option {name} is another"),
    "libraries": Text("程序库 {name} 的版本不同", "the library {name} is of another version"),
    "as_of": Text("评价日期不同", "the date of assessment is another"),
    "engines": Text("求解方法不同", "the engines are others"),
    "draws": Text("抽样次数或种子 {name} 不同", "draws or seed are others ({name})"),
    "appeals": Text("申诉更正 {name} 不同", "the corrections {name} are others"),
}


def _entries(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what two parts of manifests have under each name."""
    lists = [x for x in (before, after) if x is not None]
    if all(isinstance(x, list) for x in lists) and _are_files([e for x in lists for e in x]):
        was, new = (_by_file(part or []) for part in (before, after))
    elif isinstance(before, dict) and isinstance(after, dict) and "file" not in before:
        was, new = before, after
    else:
        files = [part.get("file", "") for part in (before, after) if isinstance(part, dict)]
        yield files[-1] if files else "", before, after
        return
    for name in sorted({*was, *new}):
        yield str(name), was.get(name), new.get(name)


def _by_file(part: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return what there is of each file, wherever it lies: two folders may have one name."""
    files: dict[str, list[Any]] = {}
    for entry in part:
        rest = {k: v for k, v in entry.items() if k != "file"}
        files.setdefault(Path(entry["file"]).name, []).append(rest)
    return {
        name: sorted(entries, key=lambda e: str(e["sha256"])) for name, entries in files.items()
    }


def _are_files(entries: Sequence[Any]) -> bool:
    return bool(entries) and all(isinstance(e, dict) and "sha256" in e for e in entries)


def changed_decisions(
    saved: Mapping[str, Any], now: Mapping[str, Any], figures: Sequence[str] = _FIGURES
) -> Iterator[Words]:
    """Yield where two records of a round differ: every result, what it has, what it had.

    ``figures`` are those of the simulation that are compared too.
    """
    before, after = (_by_id(record) for record in (saved, now))
    for name in dict.fromkeys((*before, *after)):
        if name not in after or name not in before:
            text = Text("{name} 只在一方", "{name} is in one of them alone")
            yield text.of(name=name)
            continue
        for key in (*_DECIDED, *figures):
            was, new = before[name].get(key), after[name].get(key)
            if was != new:
                yield _DECISION.of(name=name, key=key, was=str(was), new=str(new))
    drawn, again = ((record.get("line") or {}).get("record") for record in (saved, now))
    if drawn != again:
        yield Text("抽签记录不同", "the record of the draw is another")


_DECISION = Text(
    "{name} 的 {key}：保存为 {was}，重算为 {new}",
    "{name}, {key}: {was} was saved, {new} is computed",
)


def _by_id(record: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    rows = record["decisions"] if "decisions" in record else record["ranking"]
    return {row["id"]: row for row in rows}


def changed_records(
    saved: Mapping[str, Any], now: Mapping[str, Any], left_out: Sequence[str] = ()
) -> Iterator[Words]:
    """Yield every place of a record that is not as it is computed, but for its manifest.

    What was found in folders beside the workbooks has no cell, and is not found again;
    ``left_out`` has keys that were not computed anew.
    """
    yield from changed_decisions(saved, now)
    compared = {(part, key) for part in ("decisions", "ranking") for key in _COMPARED}
    for key in dict.fromkeys((*saved, *now)):
        if key == "manifest" or key in left_out:
            continue
        before, after = (_comparable(key, record.get(key)) for record in (saved, now))
        for path, was, new in _differing(before, after, (key,)):
            if (path[0], path[-1]) in compared or path[:2] == ("line", "record"):
                continue
            values = {"name": ".".join(map(str, path[:-1])) or key, "key": str(path[-1])}
            yield _DECISION.of(**values, was=_cut(was), new=_cut(new))


def changed_columns(saved: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[Words]:
    """Yield the columns of scores that are not as they are computed; both are members by name."""
    for name in sorted({*saved, *now}):
        if saved.get(name) != now.get(name):
            yield _COLUMN.of(name=name)


_COLUMN = Text("{name} 与重算的不同", "{name} is not what is computed")


def _cut(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + "…"


def _comparable(key: str, part: Any) -> Any:
    if key == "findings" and isinstance(part, list):
        return [f for f in part if not isinstance(f, dict) or f.get("cell")]
    return part


def _differing(
    before: Any, after: Any, at: tuple[Any, ...]
) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """Yield the paths at which two plain records differ; a row goes by its id, else its number."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _differing(before.get(key, _ABSENT), after.get(key, _ABSENT), (*at, key))
    elif isinstance(before, list) and isinstance(after, list):
        for number in range(max(len(before), len(after))):
            was, new = (x[number] if number < len(x) else _ABSENT for x in (before, after))
            name = was.get("id", number + 1) if isinstance(was, dict) else number + 1
            yield from _differing(was, new, (*at, name))
    elif before != after:
        yield at, before, after
