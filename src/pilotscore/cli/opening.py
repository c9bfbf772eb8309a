"""A command with commands below it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial
from typing import Any

import click

from pilotscore.cli.bilingual import Group


class OpeningCommand(Group):
    """A command with commands below it: ``pilotscore ip BOOK`` beside ``pilotscore ip calendar``.

    It takes its own arguments unless the first of them names a command below; a file of such a name
    is given with its folder: ``./calendar``.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments as its own, or leave them to the command below that they name."""
        below = ctx.meta[_BELOW] = _names_one_of(self.commands, args)
        ctx.allow_interspersed_args, ctx.allow_extra_args = not below, below
        if not args and not ctx.resilient_parsing:
            raise click.exceptions.NoArgsIsHelpError(ctx)
        return self._parsed(ctx, args, partial(click.Command.parse_args, self))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return what it takes: before the name of a command below, only what every one takes."""
        params = super().get_params(ctx)
        return [p for p in params if not p.expose_value] if ctx.meta.get(_BELOW) else params

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what its own usage has; the commands below are listed with the options."""
        return click.Command.collect_usage_pieces(self, ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run this command, or the one below it that was named."""
        if not ctx.meta[_BELOW]:
            return click.Command.invoke(self, ctx)
        with ctx:
            name, command, args = self.resolve_command(ctx, ctx.args)
            assert command is not None  # its name was looked up
            ctx.invoked_subcommand = name
            with command.make_context(name, args, parent=ctx) as inner:
                return command.invoke(inner)


_BELOW = "pilotscore.below"


def _names_one_of(commands: Container[str], args: Sequence[str]) -> bool:
    """Whether the first argument, but for ``--lang``, is one of some commands."""
    rest = list(args)
    while rest and rest[0].startswith("--lang"):
        del rest[: 1 if "=" in rest[0] else 2]
    return bool(rest) and rest[0] in commands
