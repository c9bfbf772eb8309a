"""Commands of a group that are imported when one of them is run, or all are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import cast

import click


class CommandsWhenUsed(MutableMapping[str, click.Command]):
    """The commands of a group by name, each imported when it is asked for.

    Parameters
    ----------
    where
        By name, the module that has the command under the name ``function``, or under its own:
        ``{"map": "pilotscore.cli.map:map_headers"}``.
    """

    def __init__(self, where: Mapping[str, str]) -> None:
        self._where = where
        self._imported: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._imported:
            module, _, function = self._where[name].partition(":")
            command = getattr(import_module(module), function or name)
            self._imported[name] = cast("click.Command", command)
        return self._imported[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._imported[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError("the commands of a group stay")

    def __contains__(self, name: object) -> bool:
        return name in self._imported or name in self._where

    def __iter__(self) -> Iterator[str]:
        return iter({**self._where, **self._imported})

    def __len__(self) -> int:
        return len({**self._where, **self._imported})
