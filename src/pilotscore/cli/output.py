"""How a command hands out what it has: on screen, as JSON, and in files, one way for all of them.

A renderer is called by the ending of the file; a new format is a file in `render/` and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from pilotscore.cli.bilingual import lang_of, option
from pilotscore.errors import UsageError
from pilotscore.language import LISTED, Lang, Text, Words, join, same
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.document import Document

F = TypeVar("F", bound=Callable[..., Any])
Write = Callable[["Document", Path, Lang], "Words | None"]
# The renderer of each ending, imported where it is needed: --help is not to wait for it.
_WRITERS = {
    ".xlsx": ("pilotscore.render.xlsx", "write_xlsx"),
    ".csv": ("pilotscore.render.csv", "write_csv"),
    ".json": ("pilotscore.render.json", "write_json"),
    ".md": ("pilotscore.render.markdown", "write_markdown"),
    ".txt": ("pilotscore.render.plain_text", "write_text"),
    ".svg": ("pilotscore.render.pictures", "write_picture"),
    ".png": ("pilotscore.render.pictures", "write_picture"),
    ".ics": ("pilotscore.render.ics", "write_calendar"),
    ".html": ("pilotscore.render.html.page", "write_html"),
}
TABLES = (".xlsx", ".csv", ".json", ".md", ".html")
_OR = Text(" 或 ", " or ")


@dataclass(frozen=True, slots=True)
class Output:
    """What of a run was asked for: files, JSON on stdout, or the screen."""

    files: tuple[str, ...] = ()
    as_json: bool = False
    endings: Mapping[str, Words] = field(default_factory=dict)

    @property
    def on_screen(self) -> bool:
        """Whether the page is printed where nothing else says so."""
        return not (self.files or self.as_json)

    def ready(self, inputs: Iterable[str]) -> Output:
        """Return it with the names that are written, before the work is done.

        Raises
        ------
        UsageError, OutputError
            Naming a file that cannot be written: as :func:`claim`, or of no known ending.
        """
        from pilotscore.cli.shared import refuse_to_overwrite

        read = tuple(inputs)
        refuse_to_overwrite(read, self.files)
        for name in self.files:
            if Path(name).suffix.lower() not in self.endings:
                raise UsageError(_NO_ENDING.of(name=name, endings=one_of(self.endings.values())))
        return replace(self, files=claim(self.files, read))


def claim(outputs: Iterable[str], inputs: Iterable[str]) -> tuple[str, ...]:
    """Return the names under which a command writes its files, before it does anything.

    They are those that were asked for; with ``--number``, where one of them is there, all with the
    same free number, which is told.

    Parameters
    ----------
    outputs
        The files that were asked for.
    inputs
        What the command reads: never written over, whatever was asked for.

    Raises
    ------
    UsageError, OutputError
        A file is an input, is asked for twice, cannot be written there, or is there already and
        neither ``--force`` nor ``--number`` was given.
    """
    from pilotscore.cli.shared import refuse_to_overwrite
    from pilotscore.render.files import numbered, refuse_existing, refuse_unwritable

    names = tuple(outputs)
    for name in names:
        refuse_unwritable(Path(name))
    refuse_to_overwrite(tuple(inputs), names)
    _refuse_twice(names)
    over = _overwriting()
    if over == "force":
        return names
    if over == "refuse":
        refuse_existing(map(Path, names))
        return names
    free = tuple(map(str, numbered(map(Path, names))))
    for name, path in zip(names, free, strict=True):
        if Path(name) != Path(path):
            click.echo(_NUMBERED.of(name=name, path=path).to(lang_of()), err=True)
    return names if tuple(map(Path, names)) == tuple(map(Path, free)) else free


def _refuse_twice(names: tuple[str, ...]) -> None:
    seen: set[Path] = set()
    for name in names:
        path = Path(name).resolve()
        if path in seen:
            raise UsageError(_TWICE.of(name=name))
        seen.add(path)


_NUMBERED = Text("{name} 改写为 {path}", "{name} is written as {path}")
_TWICE = Text("{name} 给出了两次", "{name} is asked for twice")
_OVERWRITING = "pilotscore.overwriting"
Overwriting = Literal["refuse", "force", "number"]


def _overwriting() -> Overwriting:
    """Return what becomes of files that are there already."""
    ctx = click.get_current_context(silent=True)
    chosen: Overwriting = ctx.meta.get(_OVERWRITING, "refuse") if ctx else "refuse"
    return chosen


def overwrites() -> bool:
    """Whether what is there already is to give way: ``--force``."""
    return _overwriting() == "force"


def _keep_overwriting(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value:
        return
    if _OVERWRITING in ctx.meta:
        raise UsageError(_ONE_OF_TWO)
    ctx.meta[_OVERWRITING] = param.name


_ONE_OF_TWO = Text(
    "--force 与 --number 只能给一个", "--force and --number cannot be given together"
)


def writing_options(command: F) -> F:
    """Add what every command that writes files takes: ``--force`` and ``--number``."""
    shared: dict[str, Any] = {
        "is_flag": True,
        "expose_value": False,
        "callback": _keep_overwriting,
    }
    number = option(
        "--number",
        zh="已有同名文件时，另写成带序号的新文件（如 ranking-2.xlsx）。",
        en="Where a file is there already, write under a free number (such as ranking-2.xlsx).",
        **shared,
    )
    force = option(
        "--force",
        zh="覆盖已有的文件（默认拒绝；输入文件从不覆盖）。",
        en="Overwrite files that are there (default: refuse; inputs are never overwritten).",
        **shared,
    )
    return force(number(command))


def json_option(command: F) -> F:
    """Add ``--json``; the command gets ``as_json``."""
    words = {"zh": "在标准输出给出 JSON。", "en": "Print JSON to stdout."}
    return option("--json", "as_json", is_flag=True, **words)(command)


def print_record(record: Mapping[str, Any]) -> None:
    """Print a record as JSON."""
    from pilotscore.render.json import to_json

    click.echo(to_json(record, lang_of()), nl=False)


def output_options(
    *endings: str, as_json: bool = True, what: Mapping[str, Text] | None = None
) -> Callable[[F], F]:
    """Add ``-o FILE`` for files of these endings, and ``--json``; the command gets ``output``.

    ``--force`` and ``--number`` come with it.
    ``what`` says what is written to an ending, where that is not the whole.
    """
    named = {ending: _named(ending, (what or {}).get(ending)) for ending in endings}
    zh, en = (one_of(named.values()).to(lang) for lang in ("zh", "en"))
    to_files = option(
        "-o",
        "--output",
        "files",
        multiple=True,
        metavar="FILE",
        zh=f"写入 {zh} 文件；可多次给出。",
        en=f"Write a {en} file; may be repeated.",
    )

    def add(command: F) -> F:
        @wraps(command)
        def with_output(
            *args: Any, files: tuple[str, ...], as_json: bool = False, **rest: Any
        ) -> Any:
            return command(*args, output=Output(files, as_json, named), **rest)

        wrapped = json_option(with_output) if as_json else with_output
        return to_files(writing_options(wrapped))  # type: ignore[return-value]

    return add


def _named(ending: str, what: Text | None) -> Words:
    return same(ending) if what is None else _IN_BRACKETS.of(words=ending, more=what)


_IN_BRACKETS = Text("{words}（{more}）", "{words} ({more})")


_NO_ENDING = Text(
    "不知道如何写 {name}：扩展名应为 {endings}",
    "cannot tell what to write to {name}: it should end in {endings}",
)


def one_of(endings: Iterable[Words | str]) -> Words:
    """Return endings as a choice: ``.xlsx、.csv 或 .json``, ``.xlsx, .csv or .json``."""
    *first, last = endings
    return join((join(first, LISTED), last), _OR)


def deliver(
    document: Document,
    output: Output,
    *,
    on_stdout: Document | None = None,
    show: bool | None = None,
) -> None:
    """Hand a document out as it was asked for.

    Parameters
    ----------
    document
        What there is.
    output
        What was asked for.
    on_stdout
        What the screen and ``--json`` have of it, where that is less than what files have.
    show
        Whether the page is printed too where files were asked for; as ``output`` says where None.
    """
    lang, shown = lang_of(), on_stdout or document
    if output.as_json:
        print_record(shown.record())
    elif output.on_screen or show:
        from pilotscore.cli.screen import results
        from pilotscore.render.terminal import print_page

        print_page(shown.page(), results(), lang)
    for name in output.files:
        write_document(document, name)


def write_document(document: Document, name: str) -> None:
    """Write a document to a file of the kind that its ending says, and say so."""
    lang = lang_of()
    module, function = _WRITERS[Path(name).suffix.lower()]
    write: Write = getattr(import_module(module), function)
    write_file(name, lambda target: write(document, target, lang))


def place_file(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file whole or not at all, over one that is there only where that was asked for."""
    from pilotscore.render.files import write_atomically

    write_atomically(path, write, replace=overwrites())


def write_file(path: Path | str, write: Callable[[Path], Words | None]) -> None:
    """Write a file whole or not at all, and say so; what the writer has to say comes before.

    The file is told by its name as it was given.
    """
    lang, said = lang_of(), []
    place_file(Path(path), lambda target: said.append(write(target)))
    for words in said:
        if words is not None:
            click.echo(words.to(lang), err=True)
    click.echo(Text("已写入 {path}", "wrote {path}").of(path=path).to(lang), err=True)


def write_text_file(path: Path | str, text: str) -> None:
    """Write a text, UTF-8 with line feeds, whole or not at all, and say so."""
    write_file(path, lambda target: _put(target, text))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
