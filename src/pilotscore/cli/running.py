"""The language of the command that runs."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pilotscore.language import Lang, from_environment

_META = "pilotscore.lang"


def lang_of(ctx: click.Context | None = None) -> Lang:
    """Return the language of a running command."""
    ctx = ctx or click.get_current_context(silent=True)
    lang = ctx.meta.get(_META) if ctx else None
    return lang if lang in ("zh", "en") else from_environment()


def keep_lang(ctx: click.Context, args: Sequence[str]) -> None:
    """Have a command and those below it speak the language that its arguments give."""
    lang = given_lang(args)
    if lang:
        ctx.meta[_META] = lang


def given_lang(args: Sequence[str]) -> Lang | None:
    """Return the language that arguments give by ``--lang``, wherever it stands."""
    for here, after in zip(args, (*args[1:], ""), strict=False):
        value = after if here == "--lang" else here.removeprefix("--lang=")
        if value in ("zh", "en") and here.startswith("--lang"):
            return "zh" if value == "zh" else "en"
    return None
