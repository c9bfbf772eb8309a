"""``pilotscore criteria``: list, show and check criteria sets and policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, Group, lang_of, lang_option, option, show_error
from pilotscore.cli.criteria_excel import from_excel, to_excel
from pilotscore.cli.criteria_tools import diff, new, plot
from pilotscore.language import Text, Words

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
@lang_option()
def list_() -> None:
    """Run the command."""
    from pilotscore.criteria import built_in_names, load_criteria, load_policy

    lang = lang_of()
    click.echo(Text("指标体系", "Criteria sets").to(lang))
    for name in built_in_names():
        c = load_criteria(name).criteria
        click.echo(f"  {name} {c.version}  {c.title.to(lang)}  {_size(c).to(lang)}")
    click.echo(Text("政策", "Policies").to(lang))
    for name in built_in_names("policy"):
        p = load_policy(name).policy
        click.echo(f"  {name} {p.version}  {p.title.to(lang)}  ({p.criteria})")


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
@lang_option()
def show(name: str, as_yaml: bool) -> None:
    """Run the command."""
    from pilotscore.criteria import built_in_names, load_criteria, locate

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
@lang_option()
def check(file: str, against: str | None) -> int:
    """Run the command."""
    from pilotscore.criteria import load_criteria, load_policy, locate
    from pilotscore.criteria.loader import file_kind

    path = locate(file, "criteria")
    try:
        if file_kind(path) == "criteria":
            criteria_set = load_criteria(path).criteria
            _say_sound(path, _size(criteria_set))
            return errors.FINE
        loaded = _criteria_of(path, against)
        load_policy(path, loaded)
        held = Text("依据 {id}", "held against {id}")
        _say_sound(path, held.of(id=loaded.criteria.id if loaded else "—"))
    except errors.FaultyFileError as error:
        show_error(error, lang_of())
        return error.exit_code
    return errors.FINE


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
