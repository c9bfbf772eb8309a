"""What kind of file was given, so that one in another's place is told as what it is, once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pilotscore.errors import UsageError
from pilotscore.language import Text, Words

GivenKind = Literal["criteria", "policy", "call", "mapping", "workbook", "round", "decisions"]
KIND_TITLES: Mapping[GivenKind, Text] = {
    "criteria": Text("指标体系文件", "criteria set file"),
    "policy": Text("政策文件", "policy file"),
    "call": Text("征集文件", "call file"),
    "mapping": Text("映射文件", "mapping file"),
    "workbook": Text("工作簿", "workbook"),
    "round": Text("保存的一轮（.pilot）", "saved round (.pilot)"),
    "decisions": Text("决定文件", "file of decisions"),
}
_SHORT: Mapping[GivenKind, Text] = {
    **KIND_TITLES,
    "criteria": Text("指标体系文件", "criteria set"),
    "policy": Text("政策文件", "policy"),
    "call": Text("征集文件", "call"),
    "mapping": Text("映射文件", "mapping"),
}
GIVEN: Mapping[GivenKind, Text] = {
    "criteria": Text("指标体系用 -c 给出", "a criteria set is given with -c"),
    "policy": Text("政策用 -p 给出", "a policy is given with -p"),
    "call": Text("征集文件用 --call 给出", "a call is given with --call"),
    "mapping": Text("映射文件用 --map 给出", "a mapping is given with --map"),
    "workbook": Text(
        "工作簿直接写在命令之后，不带选项", "a workbook follows the command, without an option"
    ),
    "round": Text(
        "保存的一轮用 pilotscore explain 查看、用 pilotscore verify 核对",
        "a saved round is read by pilotscore explain and pilotscore verify",
    ),
    "decisions": Text(
        "决定文件用 pilotscore fund 的 --decisions 给出",
        "a file of decisions is given with --decisions of pilotscore fund",
    ),
}
_HOW_INSTEAD: Mapping[GivenKind, Text] = {
    "criteria": Text(
        "由 criteria to-excel 写出的，先用 pilotscore criteria from-excel 读回",
        "one that criteria to-excel wrote is read back with pilotscore criteria from-excel",
    ),
    "mapping": Text("映射文件由 pilotscore map 写出", "pilotscore map writes mappings"),
}
_OTHER = Text("{path} 是{found}，不是{wanted}；{how}", "{path} is a {found} and no {wanted}; {how}")
# Keys that no other kind has.
_KEYS: Mapping[GivenKind, frozenset[str]] = {
    "mapping": frozenset({"headers", "left_over", "suggested", "synonyms", "fixes", "derived"}),
    "policy": frozenset({"held", "refused", "not_assessable"}),
    "call": frozenset({"budget", "tracks", "line"}),
    "criteria": frozenset({"dimensions", "extends", "indicators"}),
}
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ROUND_MEMBER = "round.json"


def kind_of_data(data: object) -> GivenKind | None:
    """Return what plain data are read for, by keys that no other kind has; None for none."""
    if not isinstance(data, dict):
        return None
    return next((kind for kind, keys in _KEYS.items() if keys & data.keys()), None)


def kind_of_content(name: str, content: bytes) -> GivenKind | None:
    """Return whether a file is a workbook or a saved round, by what it begins with; else None."""
    if content.startswith(_ZIP):
        return "round" if _is_round(content) else "workbook"
    return "workbook" if name.lower().endswith(_BOOKS) or content.startswith(_OLE) else None


def _is_round(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return ROUND_MEMBER in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def refuse_other(path: Path | str, given: GivenKind | None, wanted: GivenKind) -> None:
    """Refuse a file of another kind as what it is, before every key of it is a fault.

    Raises
    ------
    UsageError
        It is of another kind.
    """
    if given not in (None, wanted):
        raise UsageError(other_kind(path, given, wanted))


def other_kind(path: Path | str, given: GivenKind, wanted: GivenKind) -> Words:
    """Say what a file is, what was wanted in its place, and how what it is is given."""
    how = _HOW_INSTEAD.get(wanted, GIVEN[given]) if given == "workbook" else GIVEN[given]
    return _OTHER.of(path=str(path), found=KIND_TITLES[given], wanted=_SHORT[wanted], how=how)
