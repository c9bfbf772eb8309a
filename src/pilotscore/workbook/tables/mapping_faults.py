"""Collects what is wrong with a mapping file, each with its line, and reads its plain parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from pilotscore.criteria.names import normalise
from pilotscore.criteria.places import PlacedData
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import LISTED, Text, Words, join, nearest
from pilotscore.records import dataclass
from pilotscore.workbook.tables import kinds

Path = tuple[Any, ...]
_SHAPE = Text("写法不对", "it is not written so")
_UNKNOWN = Text("没有 {name}", "there is no {name}")
_SUCH_AS = Text("如 {near}", "such as {near}")
_ONE_OF = Text("{known} 之一", "one of {known}")
_MEANT = Text("是否指 {near}？", "did you mean {near}?")
_CORRECT = Text("照此改正", "correct it so")
AN_INDICATOR = Text(
    "指标或其他情况的 id、名称或别名（pilotscore criteria show 列出）",
    "an indicator or fact by its id, title or alias (pilotscore criteria show lists them)",
)
_AGAIN = Text("与“{other}”是同一个指标", "it is the same indicator as “{other}”")
_ONCE = Text("只写一次", "it once")
_REMOVE = Text("合并成一处", "make them one")
_MEND = Text("改成：{example}", "write: {example}")


@dataclass(slots=True)
class Faults:
    """The faults of one mapping file."""

    placed: PlacedData
    file: str
    # The indicators and facts by every spelling, reduced.
    by_name: Mapping[str, str] = field(default_factory=dict)
    entries: list[Finding] = field(default_factory=list)

    def add(self, path: Path, kind: Kind, /, **values: Any) -> None:
        """Add a fault at a place of the file."""
        place = Place(self.file, line=self.placed.mark(path).line)
        self.entries.append(Finding(kind, place, values))

    def entry(
        self, path: Path, problem: Words, wanted: Words | str, mend: Words | str | None = None
    ) -> None:
        """Add a fault of an entry: what is wrong with it, what was expected, and how to mend it."""
        values = {"problem": problem, "wanted": wanted, "mend": mend or _CORRECT}
        self.add(path, kinds.MAP_ENTRY, entry=" > ".join(map(_shown, path)), **values)

    def shape(self, path: Path, example: str) -> None:
        """Add the fault of an entry that is written otherwise than it can be read."""
        self.entry(path, _SHAPE, _SUCH_AS.of(near=example), _MEND.of(example=example))

    def unknown(
        self, path: Path, name: str, known: Sequence[str], wanted: Words | None = None
    ) -> None:
        """Add the fault of a name that is none of some; of a few all are listed.

        ``wanted`` is what is expected where there are many: an indicator by one of its names.
        """
        near = nearest(name, known)
        expected = wanted or _ONE_OF.of(known=join(known, LISTED))
        mend = None if near is None else _MEANT.of(near=near)
        self.entry(path, _UNKNOWN.of(name=name), expected, mend)

    def quantity(self, name: str) -> str:
        """Return the id of an indicator or fact by its id, title or alias; else what was given."""
        return self.by_name.get(normalise(name), name)

    def by_quantity(self, path: Path, entries: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        """Yield entries that are of indicators or facts: the key, the id, what is said of it.

        Two keys of one indicator are a fault, and the second is passed over.
        """
        first: dict[str, str] = {}
        for key, entry in entries.items():
            name = self.quantity(key)
            if first.setdefault(name, key) != key:
                self.entry((*path, key), _AGAIN.of(other=first[name]), _ONCE, _REMOVE)
            else:
                yield key, name, entry

    def mapping(self, path: Path, data: Any, example: str) -> Mapping[str, Any]:
        """Return a part that has keys; nothing where it is written otherwise, which is a fault."""
        if isinstance(data, dict):
            return data
        self.shape(path, example)
        return {}

    def listed(self, path: Path, data: Any, example: str) -> Sequence[Any]:
        """Return a part that is a list, as :meth:`mapping` does."""
        if isinstance(data, list):
            return data
        self.shape(path, example)
        return ()

    def keys(self, path: Path, data: Mapping[str, Any], known: Sequence[str]) -> None:
        """Add a fault for each key that means nothing."""
        for key in data:
            if key not in known:
                near = nearest(key, known) or ", ".join(known)
                self.add((*path, key), kinds.MAP_KEY, key=key, near=near)


def _shown(part: Any) -> str:
    return str(part + 1) if isinstance(part, int) else str(part)


def plain(value: Any) -> str | None:
    """Return a scalar as the text that a person would type; None for anything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else None
