"""The top command."""

from __future__ import annotations

import click

from pilotscore.cli.appeal import appeal
from pilotscore.cli.assess import assess
from pilotscore.cli.bilingual import Group, lang_option, option
from pilotscore.cli.call import call
from pilotscore.cli.catalogue import catalogue
from pilotscore.cli.check import check
from pilotscore.cli.compare import compare
from pilotscore.cli.completion import completion
from pilotscore.cli.criteria import criteria
from pilotscore.cli.demo import demo
from pilotscore.cli.explain import explain
from pilotscore.cli.follow import follow
from pilotscore.cli.fund import fund
from pilotscore.cli.ip import ip
from pilotscore.cli.learn import learn
from pilotscore.cli.letters import letters
from pilotscore.cli.map import map_headers
from pilotscore.cli.panel import panel
from pilotscore.cli.rank import rank
from pilotscore.cli.rights import rights
from pilotscore.cli.robustness import robustness
from pilotscore.cli.rounds_kept import rounds
from pilotscore.cli.score import score
from pilotscore.cli.stability import stability
from pilotscore.cli.template import template
from pilotscore.cli.verify import verify
from pilotscore.cli.weights import weights
from pilotscore.language import Text


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"pilotscore {version('pilotscore')}")
        ctx.exit()


@click.command(
    cls=Group,
    text=Text(
        "评价 Excel 中科技成果的中试熟化程度，排名，并给出政策支持、资金投入、项目立项的建议。",
        "Scores how mature the R&D results in a workbook are at pilot scale, ranks them, and "
        "recommends policy support, funding and project approval.",
    ),
    example="pilotscore demo\npilotscore rank results.xlsx -o ranking.xlsx",
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    zh="显示版本。",
    en="Show the version.",
)
@lang_option()
def main() -> None:
    """Hold the commands together."""


for command in (
    check,
    rank,
    fund,
    robustness,
    score,
    explain,
    verify,
    appeal,
    letters,
    rounds,
    learn,
    follow,
    catalogue,
    stability,
    rights,
    ip,
    assess,
    compare,
    map_headers,
    template,
    criteria,
    call,
    weights,
    panel,
    demo,
    completion,
):
    main.add_command(command)
