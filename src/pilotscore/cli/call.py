"""``pilotscore call``: new and checked call files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_of, lang_option, option, show_error
from pilotscore.cli.criteria import tell_faults
from pilotscore.cli.output import (
    claim,
    json_option,
    print_record,
    write_text_file,
    writing_options,
)
from pilotscore.cli.shared import (
    criteria_option,
    files_of,
    policy_of_call,
    policy_option,
)
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.criteria import Call, LoadedCriteria, LoadedPolicy, Policy
    from pilotscore.criteria.call_loader import CallFile


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
@policy_of_call
@json_option
@lang_option()
def check(file: str, criteria: str | None, policy: str | None, as_json: bool) -> int:
    """Run the command."""
    from pilotscore.criteria import load_call
    from pilotscore.criteria.call_loader import read_call

    lang = lang_of()
    try:
        read = read_call(file)
        against = _criteria_of(read, criteria)
        chosen = None if against is None else _policy_of(read, against, policy)
        loaded = load_call(read, against, chosen).call
    except errors.FaultyFileError as error:
        return tell_faults(error, file, as_json=as_json)
    if as_json:
        print_record({"file": file, "sound": True, **_call_record(loaded, against, chosen)})
        return errors.FINE
    budget = loaded.money_unit.said(loaded.budget_fen)
    held = against.criteria.id if against else "—"
    click.echo(
        Text(
            "{file}：没有错误（预算 {budget}，依据 {held}）",
            "{file}: no faults (budget {budget}, held against {held})",
        ).fill(lang, file=Path(file).name, budget=budget, held=held)
    )
    if chosen is not None:
        _tell_overridden(loaded, chosen)
    return errors.FINE


def _call_record(
    call: Call, against: LoadedCriteria | None, chosen: Policy | None
) -> dict[str, Any]:
    from pilotscore.funding.overridden import overridden_terms

    terms = () if chosen is None else overridden_terms(call, chosen)
    return {
        "budget_fen": call.budget_fen,
        "criteria": against.criteria.id if against else None,
        "policy": chosen.id if chosen else None,
        "overridden": [
            {"grade": t.grade, "title": t.instrument.title, "term": t.term, "instead": t.instead}
            for t in terms
        ],
        "findings": [],
    }


def _tell_overridden(call: Call, policy: Policy) -> None:
    """List the terms of the policy that do not hold under the call."""
    from pilotscore.cli.screen import results
    from pilotscore.document import Fact
    from pilotscore.funding.overridden import overridden_terms
    from pilotscore.render.terminal import print_page

    lang, terms = lang_of(), overridden_terms(call, policy)
    if not terms:
        return
    head = Text(
        "政策 {policy} 的下列条款不适用，因征集文件另有规定（不随资助决定列出）：",
        "these terms of the policy {policy} do not hold, for the call says otherwise (they are "
        "not printed with awards):",
    )
    line = Text("{title}：{term} → {instead}", "{title}: {term} → {instead}")
    listed = (
        Fact(t.grade, line.of(title=t.instrument.title, term=t.term, instead=t.instead), 2)
        for t in terms
    )
    print_page((Fact("", head.of(policy=policy.id)), *listed), results(), lang)


def _policy_written(chosen: LoadedPolicy, output: str | None) -> str:
    """Return how a call names its policy: a built-in one by name, a file by its path."""
    import os

    from pilotscore.criteria.shipped import folder_of

    if chosen.path.parent == folder_of("policy"):
        return chosen.policy.id
    folder = Path(output).parent if output is not None else Path()
    return Path(os.path.relpath(chosen.path, folder)).as_posix()


def _named(file: CallFile, key: str) -> str | None:
    value = file.data.get(key)
    return value if isinstance(value, str) else None


def _criteria_of(file: CallFile, criteria: str | None) -> LoadedCriteria | None:
    from pilotscore.criteria import load_criteria
    from pilotscore.runs.assess import DEFAULT_CRITERIA

    name = criteria or _named(file, "criteria")
    if name is None:
        return None
    # Of a name that is none, the default set tells so: it is not the one in use.
    return load_criteria(criteria or set_of(name, file.path) or DEFAULT_CRITERIA)


def set_of(name: str | None, call_file: Path) -> str | None:
    """Return the set that a call means: a built-in one, or the file of that name beside it."""
    from pilotscore.criteria import built_in_names

    if name is None or name in built_in_names():
        return name
    for beside in (call_file.parent / name, call_file.parent / f"{name}.yaml"):
        if beside.is_file() and beside.resolve() != call_file.resolve():
            return str(beside)
    return None


def _policy_of(file: CallFile, against: LoadedCriteria, policy: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Policy, imported lazily
    from pilotscore.criteria import load_policy

    name = policy or _named(file, "policy") or against.criteria.policy
    return None if name is None else load_policy(name, against, file.path.parent).policy


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
@policy_option
@option(
    "-o",
    "--output",
    metavar="CALL.yaml",
    zh="写入此文件（默认在标准输出给出）。",
    en="Write to this file (default: stdout).",
)
@writing_options
@lang_option()
def new(books: tuple[str, ...], criteria: str, policy: str | None, output: str | None) -> int:
    """Run the command."""
    from pilotscore.criteria.call_starter import starter_call
    from pilotscore.runs import assess as assess_run

    lang = lang_of()
    if output is not None:
        (output,) = claim([output], (*books, *files_of(criteria, policy)))
    rules = assess_run.load_rules(criteria, policy)
    tracks: tuple[str, ...] = ()
    if books:
        outcome = assess_run.rank_by(rules, books)
        tracks = assess_run.words_of(outcome, "track")
    text = starter_call(
        rules.criteria.criteria,
        rules.policy.policy,
        tracks,
        lang,
        _policy_written(rules.policy, output),
    )
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text_file(output, text)
    return errors.FINE


@call.command(
    cls=Command,
    text=Text(
        "复核一份抽签记录（fund -o 记录.txt 写出）：由名单与密钥重新抽一次，逐行比对。",
        "Check the record of a draw (as fund -o record.txt writes it): draw again from its pool "
        "and key, line by line.",
    ),
    example="pilotscore call verify record.txt",
)
@click.argument("file", metavar="RECORD.txt")
@option(
    "--call",
    "call_file",
    metavar="CALL.yaml",
    zh="再与此征集文件核对：编号与版本、公开数值及其来源、讨论区、公布的名单摘要；记录须有封印。",
    en="Hold it against this call file too: its id and version, the public value and its source, "
    "the zone, the published digest of the pool; the record must be sealed.",
)
@json_option
@lang_option()
def verify(file: str, call_file: str | None, as_json: bool) -> int:
    """Run the command."""
    from pilotscore.funding.lottery import pool_digest
    from pilotscore.funding.lottery import verify as draw_again

    of = None if call_file is None else _of_call(call_file)
    lang = lang_of()
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise errors.UnreadableInputError(
            Text(f"无法读取 {file}", f"{file} cannot be read"), []
        ) from error
    try:
        drawing = draw_again(lines, of, everyone=True)
    except errors.UsageError as error:
        if as_json:
            print_record({"file": file, "holds": False, "problem": error.text})
        else:
            show_error(error, lang)
        return errors.FINDINGS_BLOCK
    if as_json:
        digest, lots = pool_digest(drawing.pool), list(drawing.order)
        drawn = {"pool": len(drawing.pool), "pool_sha256": digest, "order": lots}
        print_record({"file": file, "holds": True, "call": call_file, **drawn})
        return errors.FINE
    comma = Text("、", ", ").to(lang)
    said = Text(
        f"记录相符：{len(drawing.pool)} 项（SHA-256 {pool_digest(drawing.pool)}），依次抽出 "
        f"{comma.join(drawing.order)}",
        f"the record holds: a pool of {len(drawing.pool)} (SHA-256 {pool_digest(drawing.pool)}), "
        f"drawn in this order: {comma.join(drawing.order)}",
    )
    click.echo(said.to(lang))
    if call_file is None:
        alone = Text(
            "记录只与自身核对；加 --call 征集文件 才与征集、来源和公布的摘要核对",
            "held against itself alone; with --call CALL.yaml also against the call, its source "
            "and the published digest",
        )
        click.echo(alone.to(lang))
    return errors.FINE


def _of_call(file: str) -> dict[str, str]:
    """Return what the record of a call's draw must say."""
    from pilotscore.criteria import load_call
    from pilotscore.criteria.call_loader import read_call
    from pilotscore.funding.lottery import header_of_call, key_of

    call = load_call(read_call(file), None, None).call
    zone = call.line.discussion
    if zone is None or zone.lottery is None or not zone.lottery.values:
        raise errors.UsageError(
            Text(
                "{file} 没有公开数值（line.discussion.lottery.values），无从核对",
                "{file} has no public values (line.discussion.lottery.values) to hold a draw "
                "against",
            ).of(file=file)
        )
    said = {**header_of_call(call), "key": key_of(zone.lottery.values)}
    published = zone.lottery.pool_sha256
    return said if published is None else {**said, "pool-sha256": published.upper()}
