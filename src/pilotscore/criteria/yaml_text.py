"""Writes the plain data of a criteria file as YAML for people: blocks, one line for small things.

What is written reads back, with :func:`pilotscore.criteria.places.read_yaml`, as exactly the same
data: order of keys, kinds of numbers, and texts that look like something else included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from pilotscore.patterns import regex

# A mapping no wider than this (Chinese signs count two) stands on one line.
_ONE_LINE = 120
# A text in two languages is two lines only where it is long.
_TWO_LINES = 220
# Lists of mappings that stand on a line each, however long: they are read as tables.
_TABLES = frozenset({"table"})
_TABLES_IN = frozenset({"evidence"})
# Lists in which each item is on a line of its own unless it holds such a table.
_MIXED = frozenset({"facts"})
_LANGUAGES = frozenset({"zh", "en"})
_INTEGER_KEY = regex(r"-?(0|[1-9][0-9]*)")


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer, with lists indented and quotes double, as in the shipped files."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's signature
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        style: str = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def yaml_text(data: Mapping[str, Any]) -> str:
    """Return plain data as the text of a criteria file.

    Parameters
    ----------
    data
        Mappings, lists and scalars, as :func:`pilotscore.criteria.places.read_yaml` gives them.
    """
    sections: list[str] = []
    spaced = False
    for key, value in data.items():
        text, wide = _section(str(key), value)
        if sections and (wide or spaced):
            sections.append("\n")
        sections.append(text)
        spaced = wide
    return "".join(sections) or "{}\n"


def flow_text(value: Any) -> str:
    """Return plain data as YAML on one line."""
    return _serialised(_node(value, (), flow=True)).removesuffix("...\n").rstrip("\n")


def _section(key: str, value: Any) -> tuple[str, bool]:
    """Return the text of a top-level key, and whether it is a list in blocks with blank lines."""
    node = _node(value, (key,))
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return _serialised(_pair(key, node)), False
    blank = "\n" if key == "dimensions" else ""
    # One document for each item, so that blank lines can stand between them.
    items = []
    for item in node.value:
        lone = yaml.SequenceNode("tag:yaml.org,2002:seq", [item], flow_style=False)
        items.append("".join(f"  {line}" for line in _lines(_serialised(lone))))
    heading = _serialised(_pair(key, yaml.ScalarNode("tag:yaml.org,2002:null", "")))
    return heading.rstrip() + "\n" + blank.join(items), True


def _lines(text: str) -> Iterator[str]:
    yield from (f"{line}\n" for line in text.removesuffix("\n").split("\n"))


def _pair(key: str, node: yaml.Node) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", [(_key(key), node)], flow_style=False)


def _serialised(node: yaml.Node) -> str:
    text: str = yaml.serialize(node, Dumper=_Dumper, width=10**9, allow_unicode=True)
    return text


def _node(value: Any, path: tuple[str, ...], *, flow: bool = False) -> yaml.Node:
    """Return the node of a value; ``path`` has the keys that lead to it."""
    if isinstance(value, Mapping):
        flow = flow or _fits_a_line(value)
        pairs = [(_key(str(k)), _node(v, (*path, str(k)), flow=flow)) for k, v in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow or not pairs)
    if isinstance(value, list | tuple):
        flow = flow or not any(isinstance(x, Mapping) for x in value)
        items = [
            _item(x, path, flow=f) for x, f in zip(value, _on_lines(value, path, flow), strict=True)
        ]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=flow)
    return _scalar(value)


def _item(value: Any, path: tuple[str, ...], *, flow: bool) -> yaml.Node:
    node = _node(value, path, flow=flow)
    if not flow and isinstance(node, yaml.MappingNode) and node.value:
        node.flow_style = False
    return node


def _on_lines(items: Sequence[Any], path: tuple[str, ...], flow: bool) -> list[bool]:
    """Say of each item of a list whether it stands on one line."""
    if path and path[-1] in _MIXED:
        return [flow or not _holds_tables(x) for x in items]
    # Siblings look alike: all of them on a line each, or none.
    each = flow or _is_table(path) or all(_fits_a_line(x) for x in items)
    return [each] * len(items)


def _is_table(path: tuple[str, ...]) -> bool:
    return bool(path) and (path[-1] in _TABLES or path[0] in _TABLES_IN)


def _fits_a_line(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return True
    if _holds_tables(value):
        return False
    most = _TWO_LINES if value.keys() <= _LANGUAGES else _ONE_LINE
    return _width(value) <= most


def _holds_tables(value: Any) -> bool:
    return isinstance(value, Mapping) and any(
        isinstance(part, list) and any(isinstance(x, Mapping) for x in part)
        for part in value.values()
    )


def _width(value: Any) -> int:
    """Return about how wide a value is on one line."""
    if isinstance(value, Mapping):
        return 2 + sum(len(str(k)) + 4 + _width(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return 2 + sum(2 + _width(v) for v in value)
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(value))


def _key(key: str) -> yaml.Node:
    """Return the node of a key: levels such as ``7:`` stand without quotes, for keys are names."""
    if _INTEGER_KEY.fullmatch(key):
        return yaml.ScalarNode("tag:yaml.org,2002:int", key)
    return _scalar(key)


def _scalar(value: Any) -> yaml.Node:
    return yaml.representer.SafeRepresenter().represent_data(value)
