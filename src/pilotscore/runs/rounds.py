"""A decided round in one file: what was decided and why, of what, and what it takes to check it.

A round is a zip of plain files: ``round.json`` (the format and its version, the manifest, the
digests of the outputs that were written and of the other members) and ``record.zh.json`` and
``record.en.json``, the record of ``fund`` in each language. Nothing in it is code.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilotscore.errors import UnreadableInputError
from pilotscore.language import LANGS, Lang, Text, Words

FORMAT, VERSION = "pilotscore-round", 1
ENDING = ".pilot"
_HEAD = "round.json"
_MOST_BYTES = 2_000_000_000  # inflated
_STAMP = (1980, 1, 1, 0, 0, 0)  # no time of day: the same round gives the same bytes
_COMPARED = ("rank", "grade", "index", "decision", "award", "chance", "core")


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A round as it was saved.

    ``head`` is ``round.json``; ``members`` the other files as they are in it.
    """

    head: Mapping[str, Any]
    members: Mapping[str, bytes]

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest of the run."""
        manifest: Mapping[str, Any] = self.head["manifest"]
        return manifest

    def record(self, lang: Lang) -> Mapping[str, Any]:
        """Return what was decided, in one language."""
        record: Mapping[str, Any] = json.loads(self.members[_record(lang)])
        return record


def _record(lang: Lang) -> str:
    return f"record.{lang}.json"


def packed(
    records: Mapping[Lang, str], manifest: Mapping[str, Any], outputs: Sequence[Path]
) -> bytes:
    """Return a round as the bytes of its file.

    Parameters
    ----------
    records
        The record of the call decided, as JSON in each language.
    manifest
        Of the run.
    outputs
        The files that were written of it.
    """
    members = {_record(lang): records[lang].encode() for lang in LANGS}
    head = {
        "format": FORMAT,
        "version": VERSION,
        "manifest": manifest,
        "outputs": [{"file": p.name, "sha256": digest(p.read_bytes())} for p in outputs],
        "members": {name: digest(content) for name, content in members.items()},
    }
    text = json.dumps(head, ensure_ascii=False, indent=2) + "\n"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((_HEAD, text.encode()), *members.items()):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def read_round(path: Path) -> Round:
    """Read a saved round.

    Raises
    ------
    UnreadableInputError
        It cannot be read, is no round, or one of a later version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise _unreadable(path, Text("展开后过大", "it inflates beyond bounds"))
            members = {name: archive.read(name) for name in archive.namelist()}
        head = json.loads(members.pop(_HEAD))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _unreadable(path, Text("不是保存的一轮", "it is no saved round")) from error
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise _unreadable(path, Text("不是保存的一轮", "it is no saved round"))
    if head.get("version") != VERSION:
        text = Text("其格式版本是 {version}", "its format is of version {version}")
        raise _unreadable(path, text.of(version=head.get("version")))
    if any(_record(lang) not in members for lang in LANGS):
        raise _unreadable(path, Text("缺少记录", "it has no record"))
    return Round(head, members)


def _unreadable(path: Path, why: Words) -> UnreadableInputError:
    text = Text("{path} 无法读取：{why}", "{path} cannot be read: {why}")
    return UnreadableInputError(text.of(path=str(path), why=why), [])


def edited_members(saved: Round) -> Iterator[Words]:
    """Yield the members of a round that are not as they were saved."""
    stated = saved.head.get("members", {})
    for name in sorted({*stated, *saved.members}):
        content = saved.members.get(name)
        if content is None or stated.get(name) != digest(content):
            text = Text("轮次文件中的 {name} 已被改动", "{name} in the round has been changed")
            yield text.of(name=name)


def edited_outputs(saved: Round, outputs: Sequence[Path]) -> Iterator[Words]:
    """Yield the outputs, of those given, that are not as they were written."""
    stated = {entry["file"]: entry["sha256"] for entry in saved.head.get("outputs", [])}
    for path in outputs:
        if path.name not in stated:
            text = Text("{file} 不是这一轮写出的文件", "{file} was not written by this round")
        elif digest(path.read_bytes()) != stated[path.name]:
            text = Text("输出 {file} 已被改动", "the output {file} has been changed")
        else:
            continue
        yield text.of(file=path.name)


def changed_inputs(saved: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Words]:
    """Yield what two manifests do not share: versions, inputs, rules, options, settings."""
    if saved["pilotscore"] != now["pilotscore"]:
        text = Text("版本 {now}，保存时是 {was}", "version {now}, saved by {was}")
        yield text.of(now=now["pilotscore"], was=saved["pilotscore"])
    for key, text in _PARTS.items():
        before, after = saved.get(key), now.get(key)
        if before == after:
            continue
        for name, was, new in _entries(before, after):
            if was != new:
                yield text.of(name=name)


_PARTS: Mapping[str, Text] = {
    "inputs": Text("输入 {name} 与保存时不同", "the input {name} is not the one that was read"),
    "criteria": Text("指标体系 {name} 不同", "the criteria set {name} is another"),
    "policy": Text("政策 {name} 不同", "the policy {name} is another"),
    "call": Text("征集文件 {name} 不同", "the call {name} is another"),
    "decisions": Text("决定文件 {name} 不同", "the file of decisions {name} is another"),
    "options": Text("选项 {name} 不同", "the option {name} is another"),
    "libraries": Text("程序库 {name} 的版本不同", "the library {name} is of another version"),
    "as_of": Text("评价日期不同", "the date of assessment is another"),
    "engines": Text("求解方法不同", "the engines are others"),
}


def _entries(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what two parts of manifests have under each name."""
    if isinstance(before, list) and isinstance(after, list) and _are_files([*before, *after]):
        # Wherever the files lie now: what they hold counts.
        was, new = ({Path(e["file"]).name: e["sha256"] for e in part} for part in (before, after))
    elif isinstance(before, dict) and isinstance(after, dict) and "file" not in before:
        was, new = before, after
    else:
        files = [part["file"] for part in (before, after) if isinstance(part, dict)]
        yield files[-1] if files else "", before, after
        return
    for name in sorted({*was, *new}):
        yield str(name), was.get(name), new.get(name)


def _are_files(entries: Sequence[Any]) -> bool:
    return all(isinstance(entry, dict) and "sha256" in entry for entry in entries)


def changed_decisions(saved: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Words]:
    """Yield where two records of a round differ: every result, what it has, what it had."""
    before, after = (_by_id(record) for record in (saved, now))
    for name in dict.fromkeys((*before, *after)):
        if name not in after or name not in before:
            text = Text("{name} 只在一方", "{name} is in one of them alone")
            yield text.of(name=name)
            continue
        for key in _COMPARED:
            was, new = before[name].get(key), after[name].get(key)
            if was != new:
                text = Text(
                    "{name} 的 {key}：保存为 {was}，重算为 {new}",
                    "{name}, {key}: {was} was saved, {new} is computed",
                )
                yield text.of(name=name, key=key, was=str(was), new=str(new))
    drawn, again = ((record.get("line") or {}).get("record") for record in (saved, now))
    if drawn != again:
        yield Text("抽签记录不同", "the record of the draw is another")


def _by_id(record: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row for row in record["decisions"]}
