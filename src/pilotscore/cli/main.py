"""The top command."""

from __future__ import annotations

import click

from pilotscore.cli.bilingual import Group, lang_option, option
from pilotscore.cli.loading import CommandsWhenUsed
from pilotscore.language import Text

COMMANDS = CommandsWhenUsed(
    {
        "check": "pilotscore.cli.check",
        "rank": "pilotscore.cli.rank",
        "fund": "pilotscore.cli.fund",
        "robustness": "pilotscore.cli.robustness",
        "score": "pilotscore.cli.score",
        "explain": "pilotscore.cli.explain",
        "verify": "pilotscore.cli.verify",
        "appeal": "pilotscore.cli.appeal",
        "letters": "pilotscore.cli.letters",
        "rounds": "pilotscore.cli.rounds_kept",
        "learn": "pilotscore.cli.learn",
        "follow": "pilotscore.cli.follow",
        "catalogue": "pilotscore.cli.catalogue",
        "stability": "pilotscore.cli.stability",
        "rights": "pilotscore.cli.rights",
        "ip": "pilotscore.cli.ip",
        "assess": "pilotscore.cli.assess",
        "compare": "pilotscore.cli.compare",
        "map": "pilotscore.cli.map:map_headers",
        "template": "pilotscore.cli.template",
        "criteria": "pilotscore.cli.criteria",
        "call": "pilotscore.cli.call",
        "weights": "pilotscore.cli.weights",
        "panel": "pilotscore.cli.panel",
        "demo": "pilotscore.cli.demo",
        "completion": "pilotscore.cli.completion",
    }
)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"pilotscore {version('pilotscore')}")
        ctx.exit()


@click.command(
    cls=Group,
    commands=COMMANDS,
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
