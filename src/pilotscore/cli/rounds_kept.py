"""``pilotscore rounds``: the rounds of a store, listed, shown, taken out and put in."""

from __future__ import annotations

from pathlib import Path

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_option, option
from pilotscore.cli.output import TABLES, Output, deliver, output_options, write_file
from pilotscore.cli.rounds import ENDING
from pilotscore.cli.rounds_anchored import compare_anchored
from pilotscore.cli.shared import program_version
from pilotscore.cli.stores import opened, put_in_store, refuse_store
from pilotscore.cli.values import Whole
from pilotscore.language import Text

_NOWHERE = Text("请用 -o 给出文件", "name a file with -o")
_ROUND = "[ROUND]"


@click.group(
    cls=Group,
    text=Text(
        "轮次库：一个文件夹或一个 SQLite 文件（.db），保存各轮的成果、分数、决定与随访。",
        "A store of rounds: a folder, or one SQLite file (.db), with the results, scores and "
        "decisions of every round and what came of them.",
    ),
    example="pilotscore fund results.xlsx --call call.yaml --store rounds.db\n"
    "pilotscore rounds list rounds.db",
)
@lang_option()
def rounds() -> None:
    """Hold the commands together."""


@rounds.command(
    "list",
    cls=Command,
    text=Text("列出轮次库中的各轮。", "List the rounds of a store."),
    example="pilotscore rounds list rounds.db",
)
@click.argument("store", metavar="STORE")
@output_options(*TABLES)
@lang_option()
def list_(store: str, output: Output) -> int:
    """Run the command."""
    output = output.ready((store,))
    from pilotscore.runs.kept_rounds import list_rounds
    from pilotscore.views.rounds import document_of_list

    with opened(store) as kept:
        deliver(document_of_list(list_rounds(kept), program_version()), output)
    return errors.FINE


@rounds.command(
    cls=Command,
    text=Text(
        "显示一轮的成果：等级、指数、决定与后来的情况；给出成果编号时，显示其各指标的数值、得分与"
        "证据，以及它在各轮中的情况。轮次可写编号的开头、征集文件的 id，或 latest。",
        "Show the results of a round: grade, index, decision and what came of them; with an id, "
        "value, score and evidence of its indicators, and the rounds in which it stands. A round "
        "is named by the start of its key, the id of its call, or latest.",
    ),
    example="pilotscore rounds show rounds.db latest\npilotscore rounds show rounds.db 3fa9 CG-003",
)
@click.argument("store", metavar="STORE")
@click.argument("name", required=False, metavar=_ROUND)
@click.argument("result", required=False, metavar="[RESULT]")
@option(
    "--show",
    type=Whole(min=1),
    metavar="N",
    zh="屏幕显示前 N 项（默认 30）；文件总是完整的。",
    en="Show the first N on screen (default 30); files are always whole.",
)
@output_options(*TABLES)
@lang_option()
def show(store: str, name: str | None, result: str | None, show: int | None, output: Output) -> int:
    """Run the command."""
    output = output.ready((store,))
    from pilotscore.runs.follow import history
    from pilotscore.runs.kept_rounds import find_round, place_of_result, stored_round
    from pilotscore.views.one_result import document_of_result
    from pilotscore.views.one_round import document_of_round

    with opened(store) as kept:
        stored = stored_round(kept, find_round(kept, name))
        if result is None:
            document = document_of_round(stored, program_version(), show)
        else:
            place = place_of_result(stored.columns, result)
            known = history(kept, stored.columns.ids[place])
            document = document_of_result(stored, place, program_version(), known)
        deliver(document, output)
    return errors.FINE


@rounds.command(
    cls=Command,
    text=Text(
        "把一轮从轮次库中取出：.pilot 为原样的轮次文件，其他为成果与各指标得分的表。",
        "Take a round out of a store: .pilot is its file as it was saved, others are the table of "
        "results with the score of every indicator.",
    ),
    example="pilotscore rounds export rounds.db latest -o round.pilot -o results.xlsx",
)
@click.argument("store", metavar="STORE")
@click.argument("name", required=False, metavar=_ROUND)
@output_options(*TABLES, ENDING, as_json=False)
@lang_option()
def export(store: str, name: str | None, output: Output) -> int:
    """Run the command."""
    if not output.files:
        raise errors.UsageError(_NOWHERE)
    output = output.ready((store,))
    from pilotscore.runs.kept_rounds import find_round, stored_round
    from pilotscore.views.one_round import document_of_round

    with opened(store) as kept:
        entry = find_round(kept, name)
        whole = [file for file in output.files if Path(file).suffix.lower() == ENDING]
        for file in whole:
            content = kept.round_file(entry.key)

            def write(target: Path, content: bytes = content) -> None:
                target.write_bytes(content)

            write_file(file, write)
        tables = tuple(file for file in output.files if file not in whole)
        if tables:
            document = document_of_round(stored_round(kept, entry), program_version())
            deliver(document, Output(tables))
    return errors.FINE


@rounds.command(
    cls=Command,
    text=Text(
        "把保存的轮次文件存入轮次库；已有的不再存。",
        "Put saved rounds into a store; those that it has already are left as they are.",
    ),
    example="pilotscore rounds add rounds.db 2025.pilot 2026.pilot",
)
@click.argument("store", metavar="STORE")
@click.argument("rounds", nargs=-1, required=True, metavar="ROUND.pilot...")
@lang_option()
def add(store: str, rounds: tuple[str, ...]) -> int:
    """Run the command."""
    from pilotscore.store.rounds import read_round

    refuse_store(store)
    for file in rounds:
        read_round(Path(file))  # all of them can be read before the first is put there
    for file in rounds:
        put_in_store(store, Path(file).read_bytes(), file)
    return errors.FINE


rounds.add_command(compare_anchored, "compare")
