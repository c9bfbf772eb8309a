"""The workbooks that a command reads: named one by one, or listed in a file."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pilotscore.cli.bilingual import option
from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.language import Text
from pilotscore.system import reason_of

F = TypeVar("F", bound=Callable[..., Any])
_COMMENT = "#"
_NO_LIST = Text(
    "--inputs {file} 无法读取（{why}）；应为文本文件，每行一个工作簿或文件夹",
    "--inputs {file} cannot be read ({why}); expected a text file with a workbook or folder on "
    "each line",
)
_NOT_TEXT = Text("不是 UTF-8 文本", "it is no UTF-8 text")
_NOTHING_LISTED = Text("--inputs {file}：没有列出文件", "--inputs {file} lists no files")
_ADDRESS = Text(
    "--inputs {file} 第 {line} 行：{address} 是网络地址；请先挂载或下载，写本机路径",
    "--inputs {file}, line {line}: {address} is an address on a network; mount it or fetch it "
    "first, and name its path",
)


def books_argument(*, required: bool = True) -> Callable[[F], F]:
    """Add the workbooks as arguments and ``--inputs``; the command gets both as ``books``."""

    def add(command: F) -> F:
        @functools.wraps(command)
        def with_listed(
            *args: Any, books: tuple[str, ...], inputs: str | None, **given: Any
        ) -> Any:
            named = books if inputs is None else (*books, *listed(inputs))
            if required and not named:
                context = click.get_current_context()
                argument = next(p for p in context.command.params if p.name == "books")
                raise click.MissingParameter(ctx=context, param=argument)
            return command(*args, books=named, **given)

        wrapped: Any = _INPUTS(with_listed)
        return click.argument("books", nargs=-1, metavar="BOOK|FOLDER...")(wrapped)  # type: ignore[no-any-return]  # a command

    return add


_INPUTS = option(
    "--inputs",
    metavar="FILE",
    zh="列出工作簿和文件夹的文本文件，每行一个（# 起头的行略过）；与直接写出的一起读。",
    en="A text file that lists workbooks and folders, one on each line (those that begin with # "
    "are passed over); they are read with those that are named.",
)


def listed(file: str) -> list[str]:
    """Return the workbooks that a file lists.

    Raises
    ------
    UnreadableInputError
        It cannot be read.
    UsageError
        It lists none, or something that is no path.
    """
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableInputError(_NO_LIST.of(file=file, why=_NOT_TEXT)) from error
    except OSError as error:
        raise UnreadableInputError(_NO_LIST.of(file=file, why=reason_of(error))) from error
    named = []
    for n, line in enumerate(lines, 1):
        name = line.strip()
        if not name or name.startswith(_COMMENT):
            continue
        if "://" in name:
            raise UsageError(_ADDRESS.of(file=file, line=n, address=name))
        named.append(name)
    if not named:
        raise UsageError(_NOTHING_LISTED.of(file=file))
    return named
