"""YAML with places: each value of a file with the line on which it stands."""

from __future__ import annotations

import functools
from typing import Any

import yaml

from pilotscore.patterns import regex
from pilotscore.records import dataclass

DataPath = tuple[str | int, ...]
MAX_DEPTH = 30
MAX_BYTES = 5_000_000
MAX_VALUES = 200_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A line and a column, both from 1; the file where it is another than the one read."""

    line: int
    column: int
    file: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedData:
    """Plain data read from YAML, where each path in it stands, and keys written twice."""

    data: Any
    places: dict[DataPath, Mark]
    repeated: tuple[tuple[DataPath, Mark], ...]

    def mark(self, path: DataPath) -> Mark:
        """Return the place of a path, or of the nearest thing around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Mark(1, 1)


class TooDeepError(Exception):
    """A file nested deeper, or unfolding wider, than any honest one."""


_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc]  # the C loader where libyaml is there
    """The safe loader, with ``yes``/``no``/``on`` as words and dates as text.

    YAML 1.1 reads ``no`` as false and ``1:30`` as 90, which no one who writes a category means.
    """

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        """Return the tag of a node without one; that of a plain scalar by its text alone."""
        if kind is yaml.ScalarNode and implicit[0]:
            return _tag(value)
        return super().resolve(kind, value, implicit)


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag
        not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
# YAML 1.1 reads 04000 as 2048, 0x7d0 as 2000 and 33:20 as 2000; they stay texts.
_NUMBERS = {
    "tag:yaml.org,2002:int": regex(r"[-+]?(?:0|[1-9][0-9]*)"),
    "tag:yaml.org,2002:float": regex(r"[^:_]*"),
}
_TRUTHS = {"true": True, "True": True, "false": False, "False": False}


@functools.lru_cache(maxsize=10_000)
def _tag(value: str) -> Any:
    patterns = _Loader.yaml_implicit_resolvers.get(value[:1], ())
    return next(
        (tag for tag, pattern in patterns if pattern.match(value)), _Loader.DEFAULT_SCALAR_TAG
    )


def read_yaml(text: str) -> PlacedData:
    """Read one YAML document with the place of every value.

    Raises
    ------
    yaml.YAMLError
        Where the text is no YAML; its ``problem_mark`` has the line.
    TooDeepError
        Where it is nested deeper than any criteria file, or refers to itself.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        places: dict[DataPath, Mark] = {}
        repeated: list[tuple[DataPath, Mark]] = []
        data = None if node is None else _data(loader, node, (), places, repeated)
    finally:
        loader.dispose()
    return PlacedData(data, places, tuple(repeated))


def _mark(node: yaml.Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


def _data(
    loader: Any,
    node: yaml.Node,
    path: DataPath,
    places: dict[DataPath, Mark],
    repeated: list[tuple[DataPath, Mark]],
) -> Any:
    if len(path) > MAX_DEPTH or len(places) > MAX_VALUES:  # aliases can unfold without end
        raise TooDeepError
    places[path] = _mark(node)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in mapping:
                repeated.append(((*path, key), _mark(key_node)))
            mapping[key] = _data(loader, value_node, (*path, key), places, repeated)
            places[(*path, key)] = _mark(key_node)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _data(loader, item, (*path, i), places, repeated) for i, item in enumerate(node.value)
        ]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    if node.tag == "tag:yaml.org,2002:str":
        return _TRUTHS.get(node.value, node.value) if plain else node.value
    if plain and node.tag in _NUMBERS and not _NUMBERS[node.tag].fullmatch(node.value):
        return node.value
    return loader.construct_object(node)
