"""``pilotscore criteria``: list, show and check criteria sets and policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_of, lang_option, option, show_error
from pilotscore.cli.criteria_excel import from_excel, to_excel
from pilotscore.cli.criteria_tools import diff, new, plot
from pilotscore.cli.output import json_option, print_record
from pilotscore.language import NOTHING, Text, Words, join, same

if TYPE_CHECKING:
    from pilotscore.criteria import CriteriaSet, LoadedCriteria


@click.group(
    cls=Group,
    text=Text("查看与检查指标体系和政策文件。", "List, show and check criteria sets and policies."),
    example="pilotscore criteria show pilot-maturity",
)
@lang_option()
def criteria() -> None:
    """Hold the commands together."""


@criteria.command(
    "list",
    cls=Command,
    text=Text("列出内置的指标体系与政策。", "List the built-in criteria sets and policies."),
    example="pilotscore criteria list",
)
@json_option
@lang_option()
def list_(as_json: bool) -> None:
    """Run the command."""
    if as_json:
        print_record(_listed())
        return
    from pilotscore.cli.screen import results
    from pilotscore.criteria import built_in_names, load_criteria, load_policy
    from pilotscore.document import Block, Fact, heading
    from pilotscore.render.terminal import print_page

    sets = {name: load_criteria(name).criteria for name in built_in_names()}
    policies = {name: load_policy(name).policy for name in built_in_names("policy")}
    of = same("  ({criteria})")
    names = [f"{name} {c.version}" for name, c in sets.items()]
    names += [f"{name} {p.version}" for name, p in policies.items()]
    widest = max(map(len, names))
    page: list[Block] = [
        heading(Text("指标体系", "Criteria sets")),
        *(
            Fact(
                f"{name} {c.version}", join((c.title, _size(c)), same("  ")), 2, label_width=widest
            )
            for name, c in sets.items()
        ),
        heading(Text("政策", "Policies")),
        *(
            Fact(
                f"{name} {p.version}",
                join((p.title, of.of(criteria=p.criteria)), NOTHING),
                2,
                label_width=widest,
            )
            for name, p in policies.items()
        ),
    ]
    print_page(page, results(), lang_of())


def _listed() -> dict[str, Any]:
    """Return the built-in sets and policies under their keys."""
    from pilotscore.criteria import built_in_names, load_criteria, load_policy

    sets = [load_criteria(name).criteria for name in built_in_names()]
    policies = [load_policy(name).policy for name in built_in_names("policy")]
    return {
        "criteria": [
            {
                "id": c.id,
                "version": c.version,
                "title": c.title,
                "dimensions": len(c.dimensions),
                "indicators": len(c.indicators),
            }
            for c in sets
        ],
        "policies": [
            {"id": p.id, "version": p.version, "title": p.title, "criteria": p.criteria}
            for p in policies
        ],
    }


@criteria.command(
    cls=Command,
    text=Text(
        "显示一套指标体系：维度、指标、评分函数、等级与门槛。",
        "Show a criteria set: dimensions, indicators, value functions, grades and gates.",
    ),
    example="pilotscore criteria show pilot-maturity\n"
    "pilotscore criteria show pilot-maturity --yaml > mine.yaml",
)
@click.argument("name", metavar="NAME|FILE")
@option(
    "--yaml",
    "as_yaml",
    is_flag=True,
    zh="原样输出 YAML 文件，供复制修改。",
    en="Print the YAML file as it is, to copy and edit.",
)
@json_option
@lang_option()
def show(name: str, as_yaml: bool, as_json: bool) -> None:
    """Run the command."""
    from pilotscore.criteria import built_in_names, load_criteria, locate

    if as_json:
        if as_yaml:
            raise errors.UsageError(_ONE_OF_TWO)
        print_record(load_criteria(name).data)
        return
    if as_yaml:
        kind = (
            "policy"
            if name not in built_in_names() and name in built_in_names("policy")
            else "criteria"
        )
        click.echo(locate(name, kind).read_text(encoding="utf-8"), nl=False)  # type: ignore[arg-type]  # one of two words
        return
    from pilotscore.cli.screen import results
    from pilotscore.render.terminal import print_page
    from pilotscore.views.criteria import page

    print_page(page(load_criteria(name).criteria), results(), lang_of())


@criteria.command(
    cls=Command,
    text=Text(
        "检查指标体系或政策文件：一次列出全部错误，各有行号与改法。",
        "Check a criteria or policy file: every fault at once, with its line and how to mend it.",
    ),
    example="pilotscore criteria check mine.yaml",
)
@click.argument("file", metavar="FILE|NAME")
@option(
    "-c",
    "--criteria",
    "against",
    metavar="NAME|FILE",
    zh="政策文件所依据的指标体系（默认为文件中 criteria: 所写的内置体系）。",
    en="The criteria set to hold a policy against (default: the built-in one that it names).",
)
@json_option
@lang_option()
def check(file: str, against: str | None, as_json: bool) -> int:
    """Run the command."""
    from pilotscore.criteria import load_criteria, load_policy, locate
    from pilotscore.criteria.loader import file_kind

    path = locate(file, "criteria")
    try:
        if file_kind(path) == "criteria":
            more = _size(load_criteria(path).criteria)
        else:
            loaded = _criteria_of(path, against)
            load_policy(path, loaded)
            held = Text("依据 {id}", "held against {id}")
            more = held.of(id=loaded.criteria.id if loaded else "—")
    except errors.FaultyFileError as error:
        return tell_faults(error, file, as_json=as_json)
    if as_json:
        print_record({"file": file, "sound": True, "findings": []})
    else:
        _say_sound(path, more)
    return errors.FINE


def tell_faults(error: errors.FaultyFileError, file: str, *, as_json: bool) -> int:
    """Say the faults of a file of rules, as JSON where that was asked for; return the exit code."""
    if not as_json:
        show_error(error, lang_of())
        return error.exit_code
    from pilotscore.views.findings import record

    faults = [record(f) for f in error.findings]
    print_record({"file": file, "sound": False, "findings": faults})
    return error.exit_code


_ONE_OF_TWO = Text("--yaml 与 --json 只能给一个", "--yaml and --json cannot be given together")


def _size(criteria: CriteriaSet) -> Words:
    said = Text("{d} 个维度，{i} 个指标", "{d} dimensions, {i} indicators")
    return said.of(d=len(criteria.dimensions), i=len(criteria.indicators))


def _say_sound(path: Path, more: Words) -> None:
    said = Text("{file}：没有错误（{more}）", "{file}: no faults ({more})")
    click.echo(said.of(file=path.name, more=more).to(lang_of()))


def _criteria_of(path: Path, against: str | None) -> LoadedCriteria | None:
    from pilotscore.criteria import built_in_names, load_criteria, load_policy

    if against:
        return load_criteria(against)
    named = load_policy(path).policy.criteria
    return load_criteria(named) if named in built_in_names() else None


@criteria.command(
    cls=Command,
    text=Text(
        "输出文件格式的 JSON Schema，供编辑器校验与补全。",
        "Print the JSON Schema of the files, for editors to check and complete them.",
    ),
    example="pilotscore criteria schema > criteria.schema.json",
)
@option("--policy", is_flag=True, zh="政策文件的格式。", en="The schema of policy files.")
@lang_option()
def schema(policy: bool) -> None:
    """Run the command."""
    import json

    from pilotscore.criteria import Policy
    from pilotscore.criteria.schema import criteria_schema

    json_schema = Policy.model_json_schema() if policy else criteria_schema()
    click.echo(json.dumps(json_schema, ensure_ascii=False, indent=2))


criteria.add_command(to_excel)
criteria.add_command(from_excel)
for _command in (new, diff, plot):
    criteria.add_command(_command)
