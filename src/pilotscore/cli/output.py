"""How a command hands out what it has: on screen, as JSON, and in files, one way for all of them.

A renderer is called by the ending of the file; a new format is a file in `render/` and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pilotscore.cli.bilingual import lang_of, option
from pilotscore.errors import UsageError
from pilotscore.language import LISTED, Lang, Text, Words, join, same

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
}
TABLES = (".xlsx", ".csv", ".json", ".md")
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

    def refuse(self, inputs: Iterable[str]) -> None:
        """Refuse files that cannot be written, before the work is done.

        Raises
        ------
        UsageError, OutputError
            Naming the file: an input, in a folder that is not there, or of no known ending.
        """
        from pilotscore.cli.shared import refuse_to_overwrite

        refuse_to_overwrite(tuple(inputs), self.files)
        for name in self.files:
            if Path(name).suffix.lower() not in self.endings:
                raise UsageError(_NO_ENDING.of(name=name, endings=one_of(self.endings.values())))


def output_options(
    *endings: str, as_json: bool = True, what: Mapping[str, Text] | None = None
) -> Callable[[F], F]:
    """Add ``-o FILE`` for files of these endings, and ``--json``; the command gets ``output``.

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
    as_data = option(
        "--json", "as_json", is_flag=True, zh="在标准输出给出 JSON。", en="Print JSON to stdout."
    )

    def add(command: F) -> F:
        @wraps(command)
        def with_output(
            *args: Any, files: tuple[str, ...], as_json: bool = False, **rest: Any
        ) -> Any:
            return command(*args, output=Output(files, as_json, named), **rest)

        wrapped = as_data(with_output) if as_json else with_output
        return to_files(wrapped)  # type: ignore[return-value]

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
        from pilotscore.render.json import to_json

        click.echo(to_json(shown.record(), lang), nl=False)
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


def write_file(path: Path | str, write: Callable[[Path], Words | None]) -> None:
    """Write a file whole or not at all, and say so; what the writer has to say comes before.

    The file is told by its name as it was given.
    """
    from pilotscore.render.files import write_atomically

    lang, said = lang_of(), []
    write_atomically(Path(path), lambda target: said.append(write(target)))
    for words in said:
        if words is not None:
            click.echo(words.to(lang), err=True)
    click.echo(Text("已写入 {path}", "wrote {path}").of(path=path).to(lang), err=True)


def write_text_file(path: Path | str, text: str) -> None:
    """Write a text, UTF-8 with line feeds, whole or not at all, and say so."""
    write_file(path, lambda target: _put(target, text))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
