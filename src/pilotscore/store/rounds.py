"""A round in one file: what was ranked or decided and why, of what, and what it takes to check it.

A round is a zip of plain files: ``round.json`` (the format and its version, the manifest, the
digests of the outputs that were written and of the other members), ``record.zh.json`` and
``record.en.json``, the record of ``fund`` or ``rank`` in each language, what it was decided by and
of (``rules/``, ``inputs/``), and the scores of all results as columns (``columns/``). Nothing in it
is code. A round after an appeal has the records of the rounds before it and the corrections too
(``appeals/``).
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any

import yaml

from pilotscore.criteria.file_kinds import KIND_TITLES, kind_of_content, kind_of_data
from pilotscore.criteria.places import MAX_BYTES, TooDeepError, read_yaml
from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.language import LANGS, Lang, Text, Words
from pilotscore.records import dataclass
from pilotscore.system import reason_of

FORMAT, VERSION = "pilotscore-round", 2
ENDING = ".pilot"
HEAD = "round.json"
_READ = (1, 2)
_MOST_BYTES = 2_000_000_000  # inflated
_STAMP = (1980, 1, 1, 0, 0, 0)  # no time of day: the same round gives the same bytes
_DAY, _UNIX, _MOST_PLAIN = 0x21, 3, 65_535  # of a zip: the stamp's day, the system, its entries
_SEAL = "seal"
_DAMAGE = (
    *(OSError, zipfile.BadZipFile, zlib.error, struct.error, KeyError, ValueError, EOFError),
    *(NotImplementedError, RuntimeError),
)


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A round as it was saved.

    ``head`` is ``round.json``; ``members`` the other files as they are in it; ``regular`` whether
    the zip around them is as it is written.
    """

    head: Mapping[str, Any]
    members: Mapping[str, bytes]
    regular: bool = True

    @property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest of the run."""
        manifest: Mapping[str, Any] = self.head["manifest"]
        return manifest

    @property
    def seal(self) -> str:
        """The digest of the head, which has those of all else: what a round is known by."""
        return seal_of(self.head)

    @property
    def is_decided(self) -> bool:
        """Whether a call was decided; a round may also be ranked alone."""
        return bool(self.manifest.get("call"))

    @property
    def work(self) -> Mapping[str, Any] | None:
        """What the round was decided by and of; None in a round of the first version."""
        work: Mapping[str, Any] | None = self.head.get("work")
        return work

    @property
    def appeals(self) -> Sequence[Mapping[str, Any]]:
        """The appeals that led from the first round to this one, in order."""
        appeals: Sequence[Mapping[str, Any]] = self.head.get("appeals", [])
        return appeals

    def record(self, lang: Lang) -> Mapping[str, Any]:
        """Return what was decided, in one language."""
        record: Mapping[str, Any] = json.loads(self.members[record_name(lang)])
        return record


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What a round holds beside its record: a description, and the files that this names."""

    work: Mapping[str, Any]
    appeals: Sequence[Mapping[str, Any]] = ()
    members: Mapping[str, bytes] = field(default_factory=dict)


_NOT_DECIDED = Text(
    "{name} 是排名的一轮（rank --save），没有资助决定",
    "{name} is a round that was ranked (rank --save): nothing was decided in it",
)


def require_decided(saved: Round, name: str) -> Round:
    """Return a round in which a call was decided.

    Raises
    ------
    UsageError
        It was ranked alone.
    """
    if not saved.is_decided:
        raise UsageError(_NOT_DECIDED.of(name=name))
    return saved


def holds_inputs(saved: Round) -> bool:
    """Whether a round holds all that it was decided by and of, the workbooks too."""
    inputs: Sequence[Mapping[str, Any]] = (saved.work or {}).get("inputs", ())
    return bool(inputs) and all(e["member"] or not e["sha256"] for e in inputs)


def record_name(lang: Lang) -> str:
    """Return the name of the member with the record in a language."""
    return f"record.{lang}.json"


def as_json(data: Mapping[str, Any]) -> bytes:
    """Return the head of a round as it is written."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def seal_of(head: Mapping[str, Any]) -> str:
    """Return the digest of a head, without the seal that it has."""
    return digest(as_json({k: v for k, v in head.items() if k != _SEAL}))


def packed(
    records: Mapping[Lang, str],
    manifest: Mapping[str, Any],
    outputs: Sequence[Path],
    held: Held | None = None,
) -> bytes:
    """Return a round as the bytes of its file.

    Parameters
    ----------
    records
        The record of the run, as JSON in each language.
    manifest
        Of the run.
    outputs
        The files that were written of it.
    held
        What it was decided by and of.
    """
    members = {record_name(lang): records[lang].encode() for lang in LANGS}
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "manifest": manifest,
        "outputs": [{"file": p.name, "sha256": digest(p.read_bytes())} for p in outputs],
    }
    if held is not None:
        members |= held.members
        head |= {"work": held.work, "appeals": list(held.appeals)}
    head["members"] = {name: digest(content) for name, content in members.items()}
    head = json.loads(as_json(head))
    head[_SEAL] = seal_of(head)
    return zipped({HEAD: as_json(head), **members})


def seal_in(content: bytes) -> str:
    """Return the seal of a round that was just packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        seal: str = json.loads(archive.read(HEAD))[_SEAL]
    return seal


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return files as a zip that has nothing of the day or the machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.create_system = _UNIX
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def read_round(path: Path) -> Round:
    """Read a saved round.

    Raises
    ------
    UnreadableInputError
        It cannot be read, is no round, or one of a later version.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from error
    return round_in(content, path)


def round_in(content: bytes, path: Path) -> Round:
    """Read a saved round from the bytes of its file, which messages call by its path.

    Raises
    ------
    UnreadableInputError
        It is no round, or one of a later version.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise _unreadable(path, Text("展开后过大", "it inflates beyond bounds"))
            members = {name: archive.read(name) for name in archive.namelist()}
            regular = _is_regular(content, archive)
        head = json.loads(members.pop(HEAD))
    except _DAMAGE as error:
        raise _unreadable(path, _no_round(path.name, content)) from error
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise _unreadable(path, _no_round(path.name, content))
    if head.get("version") not in _READ:
        text = Text("其格式版本是 {version}", "its format is of version {version}")
        raise _unreadable(path, text.of(version=head.get("version")))
    if any(record_name(lang) not in members for lang in LANGS):
        raise _unreadable(path, Text("缺少记录", "it has no record"))
    return Round(head, members, regular)


def _is_regular(content: bytes, archive: zipfile.ZipFile) -> bool:
    """Say whether a zip is as it is written, to the byte, around what is deflated in it."""
    infos = archive.infolist()
    if len({info.filename for info in infos}) < len(infos):
        return False  # what is there twice is read once
    if len(infos) > _MOST_PLAIN:
        return True  # its end has other records
    written, entries = io.BytesIO(), []
    for info in infos:
        name = info.filename.encode()
        utf8 = 0 if info.filename.isascii() else 0x800
        sizes = (info.CRC, info.compress_size, info.file_size, len(name), 0)
        about = struct.pack("<HHHHHIIIHH", 20, utf8, zipfile.ZIP_DEFLATED, 0, _DAY, *sizes)
        at, start = written.tell(), info.header_offset + 30 + len(name)
        written.write(b"PK\x03\x04" + about + name)
        written.write(content[start : start + info.compress_size])
        entries.append(
            b"PK\x01\x02"
            + struct.pack("<BB", 20, _UNIX)
            + about
            + struct.pack("<HHHII", 0, 0, 0, 0o600 << 16, at)
            + name
        )
    at, listed = written.tell(), b"".join(entries)
    end = struct.pack("<HHHHIIH", 0, 0, len(infos), len(infos), len(listed), at, 0)
    return written.getvalue() + listed + b"PK\x05\x06" + end == content


_NO_ROUND = Text("不是保存的一轮", "it is no saved round")
_SAVED = Text(
    "它是{what}，不是保存的一轮；这里要的是 pilotscore fund --save 写出的 .pilot 文件",
    "it is a {what} and no saved round; pilotscore fund --save writes the .pilot file that is "
    "wanted here",
)


def _no_round(name: str, content: bytes) -> Words:
    """Say that a file is no round, and what it is where that can be told."""
    content = content[:MAX_BYTES]
    kind = kind_of_content(name, content)
    if kind is None:
        with suppress(ValueError, yaml.YAMLError, TooDeepError, RecursionError):
            kind = kind_of_data(read_yaml(content.decode("utf-8-sig")).data)
    return _NO_ROUND if kind in (None, "round") else _SAVED.of(what=KIND_TITLES[kind])


def _unreadable(path: Path, why: Words) -> UnreadableInputError:
    text = Text("{path} 无法读取：{why}", "{path} cannot be read: {why}")
    return UnreadableInputError(text.of(path=str(path), why=why), [])


def edited_members(saved: Round) -> Iterator[Words]:
    """Yield what of a round is not as it was saved: its head, a member, the zip around them."""
    if saved.head.get("version") != 1:
        if not saved.regular:
            yield Text("轮次文件的压缩包已被改动", "the zip of the round has been changed")
        if saved.head.get(_SEAL) != saved.seal:
            yield _EDITED.of(name=HEAD)
    yield from _edited(saved.head.get("members", {}), saved.members)


_EDITED = Text("轮次文件中的 {name} 已被改动", "{name} in the round has been changed")


def _edited(stated: Mapping[str, str], members: Mapping[str, bytes]) -> Iterator[Words]:
    for name in sorted({*stated, *members}):
        content = members.get(name)
        if content is None or stated.get(name) != digest(content):
            yield _EDITED.of(name=name)


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
