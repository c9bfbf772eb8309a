"""What click refuses, said in both languages; the nearest right word is suggested, and one only."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pilotscore.language import Lang, Text, printable

_NO_OPTION = Text("没有选项 {name}", "No such option {name!r}.")
_NO_COMMAND = Text("没有命令 {name}", "No such command {name!r}.")
_NEAR = Text("；是否指 {near}？", " Did you mean {near}?")
_MISSING_ARGUMENT = Text("缺少参数 {name}", "Missing argument {name}.")
_MISSING_OPTION = Text("缺少选项 {name}", "Missing option {name}.")
_BAD_VALUE = Text("{name} 的值不对：{problem}", "Invalid value for {name}: {problem}")
_TAKES_NONE = Text("选项 {name} 不带值", "Option {name} takes no value.")
_TAKES_ONE = Text("选项 {name} 后面要有一个值", "Option {name} takes a value.")
_TAKES_MANY = Text("选项 {name} 后面要有 {count} 个值", "Option {name} takes {count} values.")


def usage_message(error: click.ClickException, lang: Lang) -> str:
    """Return what is wrong with a command line.

    Told from what the exception holds, never from its sentence, which is English.
    """
    if isinstance(error, click.NoSuchOption):
        return _unknown(_NO_OPTION, error.option_name, error.possibilities, lang)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _unknown(_NO_COMMAND, error.command_name, error.possibilities, lang)
    if isinstance(error, click.BadOptionUsage):
        return _number_of_values(error, lang)
    if isinstance(error, click.MissingParameter):
        is_option = isinstance(error.param, click.Option)
        missing = _MISSING_OPTION if is_option else _MISSING_ARGUMENT
        return missing.fill(lang, name=_name(error))
    if isinstance(error, click.BadParameter):
        return _BAD_VALUE.fill(lang, name=_name(error), problem=error.message)
    return error.format_message()


def _unknown(text: Text, name: str, near: Sequence[str] | None, lang: Lang) -> str:
    said = text.fill(lang, name=printable(name))
    return said + (_NEAR.fill(lang, near=near[0]) if near else "")


def _name(error: click.BadParameter) -> str:
    if error.param_hint is not None:
        return (
            error.param_hint if isinstance(error.param_hint, str) else "、".join(error.param_hint)
        )
    if error.param is None or error.ctx is None:
        return ""
    return error.param.get_error_hint(error.ctx)


def _number_of_values(error: click.BadOptionUsage, lang: Lang) -> str:
    """Say how many values an option takes: click refuses no other use of one."""
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    option = next((p for p in params if error.option_name in (*p.opts, *p.secondary_opts)), None)
    if not isinstance(option, click.Option):
        return error.format_message()
    if option.is_flag or option.count:
        return _TAKES_NONE.fill(lang, name=error.option_name)
    text = _TAKES_ONE if option.nargs == 1 else _TAKES_MANY
    return text.fill(lang, name=error.option_name, count=option.nargs)
