"""A round as one file: written by ``fund`` and ``rank --save``, read by ``explain``, ``verify``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pilotscore import errors
from pilotscore.cli.bilingual import lang_of, option
from pilotscore.cli.output import (
    TABLES,
    Output,
    claim,
    deliver,
    place_file,
    write_document,
    write_file,
)
from pilotscore.cli.shared import require_ending
from pilotscore.cli.stores import put_in_store, refuse_store
from pilotscore.language import LANGS, Lang, Text, printable
from pilotscore.patterns import regex
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.cli.reading import Reading
    from pilotscore.document import Document
    from pilotscore.runs.assess import Rules
    from pilotscore.runs.round_work import RunSettings
    from pilotscore.store.rounds import Held

F = TypeVar("F", bound=Callable[..., Any])
ENDING = ".pilot"
_UNSAFE = '<>:"/\\|?*'
_MOST_BYTES = 120
_OF_WINDOWS = regex(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a round is written: a file, a store, both or neither."""

    file: str | None = None
    store: str | None = None

    def __bool__(self) -> bool:
        return self.file is not None or self.store is not None


def saving_options(command: F) -> F:
    """Add ``--save``, ``--store`` and ``--without-inputs``."""
    for add in reversed(_SAVING):
        command = add(command)
    return command


_SAVING = (
    option(
        "--save",
        metavar="ROUND.pilot",
        zh="把这一轮存成一个文件：verify 等命令可直接使用。",
        en="Save the round to one file, which verify and others take.",
    ),
    option(
        "--store",
        metavar="FOLDER|ROUNDS.db",
        zh="把这一轮存入轮次库：文件夹，或以 .db 结尾的一个 SQLite 文件（见 rounds 命令）。",
        en="Keep the round in a store: a folder, or one SQLite file that ends in .db (see rounds).",
    ),
    option(
        "--without-inputs",
        is_flag=True,
        zh="与 --save 或 --store 一起：轮次文件只存工作簿的摘要，不存工作簿本身；复核、申诉、"
        "比较时须用 --inputs 给出。",
        en="With --save or --store: keep only the digests of the workbooks in the round; verify, "
        "appeal and compare then need them by --inputs.",
    ),
)
_WITH_SAVE = Text(
    "--without-inputs 须与 --save 或 --store 一起用",
    "--without-inputs goes with --save or --store",
)


def places_of(
    save: str | None, store: str | None, inputs: Iterable[str], *, without_inputs: bool = False
) -> Places:
    """Return where a round is written, before the work is done.

    Raises
    ------
    UsageError, OutputError
        Its name does not end as a round does, or it cannot be written there.
    """
    if without_inputs and save is None and store is None:
        raise errors.UsageError(_WITH_SAVE)
    if store is not None:
        refuse_store(store)
    return Places(round_to_write(save, inputs), store)


def round_to_write(save: str | None, inputs: Iterable[str]) -> str | None:
    """Return the name under which a round is written, before the work is done; None for none.

    Raises
    ------
    UsageError, OutputError
        It does not end as a round does, or cannot be written there.
    """
    if save is None:
        return None
    require_ending(save, ENDING)
    return claim((save,), inputs)[0]


def save_round(
    document: Document,
    manifest: Mapping[str, Any],
    outputs: tuple[str, ...],
    places: Places,
    held: Held,
) -> None:
    """Write a round to one file and to a store, with the digests of the outputs that were written.

    Parameters
    ----------
    document
        Whose record is kept.
    manifest
        Of the run.
    outputs
        The files that were written of it.
    places
        Where it goes.
    held
        What it was decided by and of.
    """
    if not places:
        return
    from pilotscore.store.rounds import packed, seal_in

    content = packed(records_of(document), manifest, [Path(name) for name in outputs], held)
    if places.file is not None:
        write_file(places.file, lambda target: _put(target, content))
    if places.store is not None:
        put_in_store(places.store, content)
    sealed = Text("封印 {seal}（可公布）", "its seal is {seal} (to be published)")
    click.echo(sealed.fill(lang_of(), seal=seal_in(content)), err=True)


def settings_of(
    rules: Rules, criteria: str, reading: Reading, methods: tuple[str, ...] = ()
) -> RunSettings:
    """Return what was asked for, as a round keeps it; what a call has besides is to be added."""
    from pilotscore.criteria import locate
    from pilotscore.runs.round_work import RunSettings

    return RunSettings(
        call=None,
        criteria=locate(criteria, "criteria"),
        policy=rules.policy.path,
        mapping=None if reading.mapping is None else Path(reading.mapping),
        profile=None if rules.profile is None else rules.profile.id,
        options=replace(reading.options, sheet=reading.sheet or reading.options.sheet),
        methods=methods,
    )


def records_of(document: Document) -> dict[Lang, str]:
    """Return the record of a document as JSON in each language."""
    from pilotscore.render.json import to_json

    record = document.record()
    return {lang: to_json(record, lang) for lang in LANGS}


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def is_round(book: str) -> bool:
    """Whether a file is a saved round, by its name."""
    return Path(book).suffix.lower() == ENDING


def refuse_beside_a_round(options: Iterable[str]) -> None:
    """Refuse options that a saved round has no use for, as it holds its rules and what it read.

    Parameters
    ----------
    options
        The names of the parameters.

    Raises
    ------
    UsageError
        Naming the first that was given.
    """
    context = click.get_current_context()
    default = click.core.ParameterSource.DEFAULT
    for parameter in context.command.params:
        name = parameter.name or ""
        if name in options and context.get_parameter_source(name) is not default:
            raise errors.UsageError(_NOT_OF_ROUNDS.of(option=max(parameter.opts, key=len)))


_NOT_OF_ROUNDS = Text(
    "{option} 不用于保存的轮次：规则与所读的内容都在轮次文件中",
    "{option} is not for saved rounds, which hold their rules and what was read",
)


def _id_of(name: str, record: Mapping[str, Any]) -> str:
    """Return the id that is meant, in any case; the nearest are named where there is none."""
    ids = tuple(row["id"] for row in record["decisions"])
    if name in ids:
        return name
    from pilotscore.runs.assess import place_of  # not needed where the id is right

    return str(ids[place_of(name, ids)])


def explain_round(book: str, result: str | None, output: Output, *, everyone: bool) -> int:
    """Say what a saved round says of one result, or of all."""
    from pilotscore.store.rounds import read_round, require_decided
    from pilotscore.views.round import document_of_all, document_of_result

    tables = [name for name in output.files if Path(name).suffix]
    for name in tables:
        require_ending(name, *TABLES)
    places = dict(zip(tables, claim(tables, (book,)), strict=True))
    record = require_decided(read_round(Path(book)), Path(book).name).record(lang_of())
    if not everyone:
        if result is None:
            text = Text("请给出成果编号，或 --all", "name a result, or give --all")
            raise errors.UsageError(text)
        document = document_of_result(record, _id_of(result, record))
        deliver(document, replace(output, files=tuple(places.values())))
        return errors.FINE
    if not output.files and not output.as_json:
        text = Text("--all 需要 -o 文件或文件夹", "--all needs -o FILE or FOLDER")
        raise errors.UsageError(text)
    for name in output.files:
        if name in places:
            write_document(document_of_all(record), places[name])
        else:
            _write_each(record, Path(name))
    if output.as_json:
        deliver(document_of_all(record), Output(as_json=True))
    return errors.FINE


def _write_each(record: object, folder: Path) -> None:
    """Write the explanation of every result to a file of its own in a folder."""
    from pilotscore.render.markdown import write_markdown
    from pilotscore.views.round import document_of_result

    lang = lang_of()
    folder.mkdir(parents=True, exist_ok=True)
    assert isinstance(record, dict)
    ids = [row["id"] for row in record["decisions"]]
    places = claim((str(folder / name) for name in names_of_files(ids, ".md")), ())
    for name, place in zip(ids, places, strict=True):
        document = document_of_result(record, name)
        assert document is not None

        def write(target: Path, document: Document = document) -> None:
            write_markdown(document, target, lang)

        place_file(Path(place), write)
    said = Text("已在 {folder} 写入 {n} 个文件", "wrote {n} files in {folder}")
    click.echo(said.fill(lang, folder=str(folder), n=len(ids)), err=True)


def names_of_files(ids: Iterable[str], ending: str) -> list[str]:
    """Return a name for each id, as files may be called on any system, none of them twice.

    Names that only differ in their letters' case are the same one to some systems; a long one is
    cut, so that it and what tells it from others fit.
    """
    taken: set[str] = set()
    names = []
    for name in ids:
        stem = stem_of(name)
        number, free = 1, stem
        while free.casefold() in taken:
            number += 1
            free = f"{stem}~{number}"
        taken.add(free.casefold())
        names.append(free + ending)
    return names


def stem_of(name: str) -> str:
    """Return an id as the name of a file may begin."""
    plain = "".join("_" if c in _UNSAFE or c < " " else c for c in printable(name)).strip(" .")
    stem = plain.encode()[:_MOST_BYTES].decode(errors="ignore")
    return f"_{stem}" if not stem or _OF_WINDOWS.fullmatch(stem) else stem
