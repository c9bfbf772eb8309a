"""``pilotscore call``: new and checked call files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_of, lang_option, option, show_error
from pilotscore.cli.shared import criteria_option, refuse_to_overwrite
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.criteria import LoadedCriteria

_POLICY = {
    "zh": "政策：内置名称或 YAML 文件（默认用征集文件、再用指标体系指定的）。",
    "en": "Policy: a built-in name or a YAML file (default: the one of the call, or of the criteria set).",
}


@click.group(
    cls=Group,
    text=Text("新建与检查征集文件。", "Make and check call files."),
    example="pilotscore call new -o call.yaml",
)
@lang_option()
def call() -> None:
    """Hold the commands together."""


@call.command(
    cls=Command,
    text=Text(
        "检查征集文件：一次列出全部错误，各有行号与改法。",
        "Check a call file: every fault at once, with its line and how to mend it.",
    ),
    example="pilotscore call check call.yaml",
)
@click.argument("file", metavar="CALL.yaml")
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="指标体系（默认为文件中 criteria: 所写的内置体系）。",
    en="Criteria set (default: the built-in one that the file names).",
)
@option("-p", "--policy", metavar="NAME|FILE", **_POLICY)
@lang_option()
def check(file: str, criteria: str | None, policy: str | None) -> int:
    """Run the command."""
    from pilotscore.criteria import load_call

    lang = lang_of()
    try:
        against = _criteria_of(file, criteria)
        chosen = None if against is None else _policy_of(file, against, policy)
        found = load_call(file, against, chosen).call
    except errors.FaultyFileError as error:
        show_error(error, lang)
        return error.exit_code
    budget = f"{found.money_unit.shown(found.budget_fen)} {found.money_unit.name}"
    held = against.criteria.id if against else "—"
    click.echo(
        Text(
            f"{Path(file).name}：没有错误（预算 {budget}，依据 {held}）",
            f"{Path(file).name}: no faults (budget {budget}, held against {held})",
        ).to(lang)
    )
    return errors.FINE


def _named(file: str, key: str) -> str | None:
    from pilotscore.criteria.loader import plain_data

    value = plain_data(file).get(key)
    return value if isinstance(value, str) else None


def _criteria_of(file: str, criteria: str | None) -> LoadedCriteria | None:
    from pilotscore.criteria import built_in_names, load_criteria

    name = criteria or _named(file, "criteria")
    if name is None or (criteria is None and name not in built_in_names()):
        return None
    return load_criteria(name)


def _policy_of(file: str, against: LoadedCriteria, policy: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Policy, imported lazily
    from pilotscore.criteria import load_policy

    name = policy or _named(file, "policy") or against.criteria.policy
    return None if name is None else load_policy(name, against, Path(file).parent).policy


@call.command(
    cls=Command,
    text=Text(
        "写出一份带说明的征集文件，供修改；给出工作簿时列入其中的赛道。",
        "Write a call file with comments, to be edited; with a workbook, its tracks are in it.",
    ),
    example="pilotscore call new results.xlsx -o call.yaml",
)
@click.argument("books", nargs=-1, metavar="[BOOK|FOLDER]...")
@criteria_option
@option("-p", "--policy", metavar="NAME|FILE", **_POLICY)
@option(
    "-o",
    "--output",
    metavar="CALL.yaml",
    zh="写入此文件（默认在标准输出给出）；不覆盖已有文件。",
    en="Write to this file (default: stdout); never overwrites one.",
)
@lang_option()
def new(books: tuple[str, ...], criteria: str, policy: str | None, output: str | None) -> int:
    """Run the command."""
    from pilotscore import pipeline
    from pilotscore.criteria.call_starter import starter_call
    from pilotscore.report.files import write_atomically

    lang = lang_of()
    if output is not None:
        refuse_to_overwrite(books, (output,))
        if Path(output).exists():
            raise errors.OutputError(
                Text(f"{output} 已存在，不会覆盖", f"{output} is there already and is not overwritten")
            )  # fmt: skip
    loaded, chosen = pipeline.load_rules(criteria, policy)
    tracks: tuple[str, ...] = ()
    if books:
        outcome = pipeline.rank(books, criteria, policy)
        tracks = pipeline.words_of(outcome, "track")
    text = starter_call(loaded.criteria, chosen.policy, tracks, lang)
    if output is None:
        click.echo(text, nl=False)
    else:
        content = text.encode()

        def put(target: Path) -> None:
            target.write_bytes(content)

        write_atomically(Path(output), put)
        click.echo(Text(f"已写入 {output}", f"wrote {output}").to(lang), err=True)
    return errors.FINE
