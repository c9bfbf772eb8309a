"""How a value of a criteria file stands in the cells of a workbook, and how it is read from them.

A codec shows a value in one or more cells and reads it back. What a codec cannot show so that it
reads back with the same meaning is not shown by it: :func:`fitted` says None, and the value goes to
the sheet 其他 / Other. So nothing is ever lost, whatever a file holds.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Literal

import yaml

from pilotscore.criteria.places import TooDeepError, read_yaml
from pilotscore.criteria.yaml_text import flow_text
from pilotscore.language import LANGS, NOTHING, Text, Words
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values.cells import half_width

Cell = str | float | bool | None
Cells = tuple[Cell, ...]
# A cell takes 32,767 signs; a spreadsheet counts some signs twice.
MOST_IN_CELL = 15_000
_LARGEST_EXACT = 2**53
# What is lost when a spreadsheet saves a number with 15 digits.
_ROUNDING = 1e-13


class Absent(Enum):
    """The one value that says that a key is not there, for None is a value of its own."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class WrongCellError(Exception):
    """A cell that cannot be read: which of the codec's cells it is, and what is wanted there."""

    def __init__(self, part: int, wanted: Words) -> None:
        super().__init__(wanted.to("en"))
        self.part, self.wanted = part, wanted


@dataclass(frozen=True, slots=True)
class Codec:
    """How a kind of value is shown in cells and read from them.

    ``show`` returns None for a value that is not of this kind; ``read`` is never given blanks
    alone; ``parts`` names the cells, ``keys`` has what stands in each of several where they are
    parts of the value; ``style`` says how they look.
    """

    show: Callable[[Any], Cells | None]
    read: Callable[[Cells], Any]
    parts: tuple[Text, ...] = (NOTHING,)
    choices: tuple[str, ...] = ()
    keys: tuple[str | int, ...] = ()
    style: Literal["text", "number", "either"] = "text"


def fitted(codec: Codec, value: Any) -> Cells | None:
    """Return the cells of a value, or None where they would not read back with the same meaning."""
    try:
        shown = codec.show(value)
        if shown is None or not all(map(_is_safe, shown)) or is_blank(shown):
            return None
        back = codec.read(shown)
    except (WrongCellError, OverflowError):
        return None
    return shown if same_meaning(back, value) else None


def is_blank(cells: Sequence[Cell]) -> bool:
    """Say whether all cells are blank."""
    return all(cell is None for cell in cells)


def cleaned(cell: Any) -> Cell:
    """Return a cell as it is meant: blank is None, whole numbers are int, dates are text."""
    if isinstance(cell, str):
        text = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
        return text or None
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, WrittenNumber):
        return cell.text
    if isinstance(cell, int | float):
        whole = abs(cell) < _LARGEST_EXACT and float(cell).is_integer()
        return int(cell) if whole else cell
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def alike(cells: Cells, shown: Cells) -> bool:
    """Say whether cells still show what was shown in them when they were written."""
    return all(same_meaning(cleaned(a), cleaned(b)) for a, b in zip(cells, shown, strict=True))


def same_meaning(a: Any, b: Any) -> bool:
    """Say whether two values are equal but for the kind of a number and the order of keys."""
    if _is_number(a) and _is_number(b):
        return _close(a, b)
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same_meaning(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same_meaning, a, b))
    return bool(a == b)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _close(a: Any, b: Any) -> bool:
    return bool(a == b) or (math.isfinite(a) and math.isclose(a, b, rel_tol=_ROUNDING, abs_tol=0))


# Signs that not every office program keeps.
UNSAFE = regex("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def _is_safe(cell: Cell) -> bool:
    """Say whether every office program keeps a cell as it is."""
    if not isinstance(cell, str):
        return True
    return cleaned(cell) == cell and len(cell) <= MOST_IN_CELL and not UNSAFE.search(cell)


def as_text(cell: Cell) -> str:
    """Return what a cell says as text: a number that Excel made of a text is a text again."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return (
        cell if isinstance(cell, str) else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    )


def _show_text(value: Any) -> Cells | None:
    return (value,) if isinstance(value, str) else None


def choice(choices: Sequence[str]) -> Codec:
    """Return the codec of a text that is one of some words, offered in a list."""
    return Codec(_show_text, lambda cells: as_text(cells[0]), choices=tuple(choices))


TEXT = choice(())
# A number or a text, which the program may tell apart.
EITHER = Codec(_show_text, lambda cells: as_text(cells[0]), style="either")

_A_NUMBER = Text("数值", "a number")
_INFINITE = {"inf": math.inf, "-inf": -math.inf, ".inf": math.inf, "-.inf": -math.inf}


def number_in(cell: Cell, part: int = 0) -> int | float:
    """Return the number in a cell, also where it stands as text.

    Raises
    ------
    WrongCellError
        It is none.
    """
    if isinstance(cell, bool):
        raise WrongCellError(part, _A_NUMBER)
    if isinstance(cell, str):
        text = half_width(cell).strip().replace("−", "-")
        if text.lower() in _INFINITE:
            return _INFINITE[text.lower()]
        if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
            raise WrongCellError(part, _A_NUMBER)
        cell = cleaned(float(text))
    if not isinstance(cell, int | float):
        raise WrongCellError(part, _A_NUMBER)
    return cell


def _show_number(value: Any) -> Cells | None:
    if not _is_number(value) or math.isnan(value):
        return None
    if abs(value) == math.inf:
        return ("inf" if value > 0 else "-inf",)
    float(value)  # a whole number beyond all floats cannot stand in a cell: OverflowError
    return (value,)


NUMBER = Codec(_show_number, lambda cells: number_in(cells[0]), style="number")

YES, NO = "是 yes", "否 no"
_YES = {YES, "是", "yes", "y", "true", "1", "√"}
_NO = {NO, "否", "no", "n", "false", "0", "×"}


def _truth(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    word = as_text(cell).casefold()
    return True if word in _YES else False if word in _NO else None


def _read_truth(cells: Cells) -> bool:
    truth = _truth(cells[0])
    if truth is None:
        raise WrongCellError(0, Text("是或否", "yes or no"))
    return truth


def _show_truth(value: Any) -> Cells | None:
    return ((YES if value else NO),) if isinstance(value, bool) else None


def _read_truth_or_text(cells: Cells) -> bool | str:
    truth = _truth(cells[0])
    return as_text(cells[0]) if truth is None else truth


TRUTH = Codec(_show_truth, _read_truth, choices=(YES, NO))
TRUTH_OR_TEXT = Codec(lambda v: _show_truth(v) or _show_text(v), _read_truth_or_text)

ZH, EN = Text("（中文）", "(Chinese)"), Text("（英文）", "(English)")


def _show_bilingual(value: Any) -> Cells | None:
    if isinstance(value, str):
        return (value, None)
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return (value["zh"], value["en"])
    return None


def _read_bilingual(cells: Cells) -> Any:
    zh, en = cells
    if zh is None or en is None:  # one text serves both
        return as_text(en if zh is None else zh)
    return {"zh": as_text(zh), "en": as_text(en)}


BILINGUAL = Codec(_show_bilingual, _read_bilingual, (ZH, EN), keys=LANGS)


def _show_lines(value: Any) -> Cells | None:
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        return None
    return ("\n".join(map(_as_line, value)),)


def _as_line(text: str) -> str:
    """Return a text as a line of its own, in quotes where it would not read back otherwise."""
    plain = text == text.strip() != "" and "\n" not in text and not text.startswith('"')
    return text if plain else json.dumps(text, ensure_ascii=False)


def _read_lines(cells: Cells) -> list[str]:
    return [_from_line(x) for x in map(str.strip, as_text(cells[0]).split("\n")) if x]


def _from_line(line: str) -> str:
    if line.startswith('"'):
        try:
            decoded = json.loads(line)
        except ValueError:
            return line
        return decoded if isinstance(decoded, str) else line
    return line


LINES = Codec(_show_lines, _read_lines)


def _parsed(text: str, wanted: Text) -> Any:
    try:
        placed = read_yaml(text)
    except (yaml.YAMLError, TooDeepError, RecursionError, ValueError, OverflowError) as error:
        raise WrongCellError(0, wanted) from error
    if placed.repeated:
        raise WrongCellError(0, wanted)
    return placed.data


_A_MAPPING = Text("每行一个“名称: 值”", "a line “name: value” for each")


def _show_mapping(value: Any) -> Cells | None:
    if not isinstance(value, dict):
        return None
    return ("\n".join(f"{flow_text(k)}: {flow_text(v)}" for k, v in value.items()),)


def _read_mapping(cells: Cells) -> Any:
    text = as_text(cells[0])
    lines = (re.sub(r"^(\s*[\w-]+)\s*[：:]\s*", r"\1: ", line) for line in text.split("\n"))
    mapping = _parsed("\n".join(lines), _A_MAPPING)
    if not isinstance(mapping, dict):
        raise WrongCellError(0, _A_MAPPING)
    return mapping


MAPPING = Codec(_show_mapping, _read_mapping)


def _show_pair(value: Any) -> Cells | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    shown = [None if v is None else (_show_number(v) or (str(v),))[0] for v in value]
    return tuple(shown)


def _read_pair(cells: Cells) -> list[int | float | None]:
    return [None if cell is None else number_in(cell, i) for i, cell in enumerate(cells)]


_FROM, _TO = Text("下限", "from"), Text("上限", "to")
PAIR = Codec(_show_pair, _read_pair, (_FROM, _TO), keys=(0, 1), style="number")

YAML = Codec(
    lambda value: (flow_text(value),),
    lambda cells: _parsed(as_text(cells[0]), Text("YAML 的值", "a value in YAML")),
)


def in_order(mapping: Mapping[str, Any], before: Any, usual: Sequence[str]) -> dict[str, Any]:
    """Return a mapping with its keys in the order they had; new keys where they usually stand."""
    known = before if isinstance(before, dict) else {}
    keys = [key for key in known if key in mapping]
    for key in sorted((k for k in mapping if k not in known), key=_rank(usual)):
        rank = _rank(usual)(key)
        after = [n for n, k in enumerate(keys) if _rank(usual)(k) <= rank]
        keys.insert(after[-1] + 1 if after else 0, key)
    return {key: mapping[key] for key in keys}


def _rank(usual: Sequence[str]) -> Callable[[str], int]:
    return lambda key: usual.index(key) if key in usual else len(usual)
