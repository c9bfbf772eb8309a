"""A folder of letters: which round and templates they are of, and which are there already.

``letters.json`` in it says so. A run that was killed goes on where it stopped, as every letter is
written whole or not at all; a folder of other letters is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pilotscore.errors import OutputError
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.render.files import existing, write_atomically

STATE = "letters.json"
FORMAT = "pilotscore-letters"
_MOST_NAMED = 5
_OTHERS = Text(
    "{folder} 中是另一批文书（{what} 不同），不会覆盖；请换一个文件夹，或加 --force",
    "{folder} holds other letters ({what} differs), which are not overwritten; name another "
    "folder, or give --force",
)
_THERE = Text(
    "{folder} 中已有 {names}，不会覆盖；请换一个文件夹，或加 --force",
    "{names} in {folder} are there already and not overwritten; name another folder, or give "
    "--force",
)
_WHAT = {
    "seal": Text("轮次", "the round"),
    "lang": Text("语言", "the language"),
    "fill": Text("填写内容", "what is filled in"),
    "program": Text("程序版本", "the version of the program"),
    "beside": Text("专家意见或随访", "opinions or follow-up"),
    "template": Text("模板", "the template"),
}
_SAME = ("seal", "lang", "fill", "program", "beside")


@dataclass(frozen=True, slots=True)
class Batch:
    """What letters of one folder have in common.

    ``templates`` has the digest of each kind's; ``beside`` that of what was given beside the round.
    """

    seal: str
    lang: str
    program: str
    fill: Mapping[str, str]
    templates: Mapping[str, str]
    beside: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        shared = {"seal": self.seal, "lang": self.lang, "program": self.program}
        fill, templates = dict(self.fill), dict(self.templates)
        shared |= {"beside": self.beside} if self.beside else {}
        return {"format": FORMAT, **shared, "fill": fill, "templates": templates}


def begin(
    folder: Path, batch: Batch, targets: Mapping[str, list[Path]], *, force: bool
) -> frozenset[Path]:
    """Make a folder ready for letters, and return those that an earlier run wrote already.

    Parameters
    ----------
    folder
        Where they go.
    batch
        What they have in common.
    targets
        The files that are to be written, by kind.
    force
        Whether letters that are there give way.

    Raises
    ------
    OutputError
        There are other letters or files of these names, or the folder cannot be made.
    """
    kept = {} if force else _state(folder)
    _refuse_others(folder, kept, batch)
    done: set[Path] = set()
    for kind, paths in targets.items():
        there = existing(paths)
        if kind in kept.get("templates", {}):
            done.update(there)
        elif there and not force:
            names = join((p.name for p in there[:_MOST_NAMED]), LISTED)
            raise OutputError(_THERE.of(folder=str(folder), names=names))
        elif force:
            for path in there:
                path.unlink()
    _make(folder, [p.parent for paths in targets.values() for p in paths])
    templates = {**kept.get("templates", {}), **batch.templates}
    state = {**batch.to_dict(), "templates": templates}
    text = json.dumps(state, ensure_ascii=False, indent=2) + "\n"
    write_atomically(folder / STATE, lambda p: p.write_text(text, encoding="utf-8"), replace=True)
    return frozenset(done)


def _make(folder: Path, folders: list[Path]) -> None:
    try:
        for path in dict.fromkeys((folder, *folders)):
            path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        text = Text("无法建立文件夹 {folder}", "the folder {folder} cannot be made")
        raise OutputError(text.of(folder=str(folder))) from error


def _state(folder: Path) -> dict[str, Any]:
    """Return what a folder says of its letters; nothing where it says nothing readable."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        return {}
    return state if isinstance(state.get("templates"), dict) else {}


def _refuse_others(folder: Path, kept: Mapping[str, Any], batch: Batch) -> None:
    if not kept:
        return
    now = batch.to_dict()
    differing = [key for key in _SAME if kept.get(key) != now.get(key)]
    if any(kept["templates"].get(k, v) != v for k, v in batch.templates.items()):
        differing.append("template")
    if differing:
        what = join((_WHAT[key] for key in differing), LISTED)
        raise OutputError(_OTHERS.of(folder=str(folder), what=what))
