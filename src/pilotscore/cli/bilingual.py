"""Commands and options whose help is Chinese or English, and errors that are for people.

The language is that of ``--lang`` wherever it stands on the command line, else of the locale.
Nothing heavy is imported here: ``--help`` must answer at once.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

import click

from pilotscore import errors
from pilotscore.cli.running import given_lang, keep_lang
from pilotscore.cli.running import lang_of as lang_of
from pilotscore.cli.usage import usage_message
from pilotscore.cli.values import Choice
from pilotscore.cli.wrapping import Context
from pilotscore.language import Lang, Text, from_environment
from pilotscore.system import reason_of

F = TypeVar("F", bound=Callable[..., Any])


COMPLETE_VARIABLE = "_PILOTSCORE_COMPLETE"


class Option(click.Option):
    """An option with help in both languages."""

    def __init__(self, declarations: Sequence[str], *, zh: str, en: str, **settings: Any) -> None:
        super().__init__(declarations, help=en, **settings)
        self.text = Text(zh, en)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the record with the help of the running language."""
        self.help = self.text.to(lang_of(ctx))
        record = super().get_help_record(ctx)
        if record is None or lang_of(ctx) == "en":  # which click speaks by itself
            return record
        more = "；".join(self._more_in_chinese(ctx))
        return record[0], f"{self.help}  [{more}]" if more else self.help

    def _more_in_chinese(self, ctx: click.Context) -> Iterator[str]:
        """Yield what click adds to the help of an option: its default, its bounds, its need."""
        extra = self.get_help_extra(ctx)
        if "default" in extra:
            yield f"默认 {extra['default']}"
        if "range" in extra:
            low, high = getattr(self.type, "min", None), getattr(self.type, "max", None)
            yield f"至少 {low}" if high is None else f"{low} 至 {high}"
        if "required" in extra:
            yield "必填"


def option(*declarations: str, zh: str, en: str, **settings: Any) -> Callable[[F], F]:
    """Declare an option with help in both languages."""
    return click.option(*declarations, cls=Option, zh=zh, en=en, **settings)


def lang_option() -> Callable[[F], F]:
    """Declare ``--lang``; its value is taken from the whole command line."""
    return option(
        "--lang",
        type=Choice(["zh", "en"]),
        expose_value=False,
        zh="输出语言（默认随系统）。",
        en="Language of the output (default: the locale's).",
    )


class _Bilingual(click.Command):
    """What commands and groups share."""

    context_class = Context
    text: Text
    example: str

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return self._parsed(ctx, args, super().parse_args)

    def _parsed(
        self,
        ctx: click.Context,
        args: list[str],
        parse: Callable[[click.Context, list[str]], list[str]],
    ) -> list[str]:
        """Parse arguments; what is left of them, and what is wrong, is told as everywhere."""
        keep_lang(ctx, args)
        takes_all, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            left = parse(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # the parser does not say which command it was
            raise
        if left and not takes_all and not ctx.resilient_parsing:
            raise click.UsageError(_TOO_MANY.of(left=" ".join(left)).to(lang_of(ctx)), ctx)
        return left

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        prefix = Text("用法：", "Usage: ").to(lang_of(ctx))
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.text.to(lang_of(ctx)))
        if self.example:
            with formatter.section(Text("示例", "Example").to(lang_of(ctx))):
                for line in self.example.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [r for p in options if (r := p.get_help_record(ctx)) is not None]
        if records:
            records = [
                (a, _HELP.to(lang_of(ctx)) if a.endswith("--help") else b) for a, b in records
            ]
            with formatter.section(Text("选项", "Options").to(lang_of(ctx))):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's signature
        """Return the first clause of the text."""
        return self.in_short(lang_of())

    def in_short(self, lang: Lang) -> str:
        """Return the first clause of the text in one language."""
        return re.split(r"[：:；;。]|, and |\. |\.$", self.text.to(lang))[0]


_HELP = Text("显示本说明。", "Show this message.")
_TOO_MANY = Text("多出的参数：{left}", "more arguments than it takes: {left}")


def _settings(given: dict[str, Any], text: Text) -> dict[str, Any]:
    """Return the settings of a command with its help, which ``-h`` shows too."""
    names = {"help_option_names": ["-h", "--help"]}
    return given | {"help": text.to("en"), "context_settings": names}


class Command(_Bilingual):
    """A command with help in both languages and an example."""

    def __init__(self, *args: Any, text: Text, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **_settings(settings, text))
        self.text, self.example = text, example


class Group(_Bilingual, click.Group):
    """A group with help in both languages; at the top, the one that turns errors into messages."""

    def __init__(self, *args: Any, text: Text, example: str = "", **settings: Any) -> None:
        alone = {"invoke_without_command": True, "subcommand_metavar": "COMMAND [ARGS]..."}
        super().__init__(*args, **_settings(settings, text) | alone)
        self.text, self.example = text, example

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named; show the help where none is, whatever else is given."""
        done = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            raise click.exceptions.NoArgsIsHelpError(ctx)
        return done

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under a heading of the running language."""
        with formatter.section(Text("命令", "Commands").to(lang_of(ctx))):
            formatter.write_dl(
                [
                    (name, command.get_short_help_str())
                    for name in self.list_commands(ctx)
                    if (command := self.get_command(ctx, name)) is not None
                ]
            )

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and end with the exit code that the outcome or error stands for."""
        given = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
        lang = given_lang(given) or from_environment()
        _show_what_can_be_shown()
        if COMPLETE_VARIABLE in os.environ:  # a shell asks what may come next
            from pilotscore.cli.shells import know_shells

            know_shells()
        try:
            code = super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()  # what cannot be written is told, and not left to the end
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(errors.FINE)
        except click.ClickException as error:
            _fail(usage_message(error, lang), errors.USAGE, _usage_hint(error, lang))
        except errors.PilotscoreError as error:
            show_error(error, lang)
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            _fail(Text("已中断", "interrupted").to(lang), 130)
        except Exception as error:
            _end_of_exception(error, lang)
        sys.exit(code if isinstance(code, int) else errors.FINE)


def _end_of_exception(error: Exception, lang: Lang) -> NoReturn:
    """End where nothing but the process itself, or what it runs on, is at fault."""
    if isinstance(error, BrokenPipeError):
        _write_nowhere()  # the reader of our output went away (| head): nothing is wrong
        sys.exit(errors.FINE)
    if isinstance(error, MemoryError):
        _fail(_NO_MEMORY.to(lang), errors.OUR_FAULT)
    if isinstance(error, OSError) and error.errno in _FULL:
        _write_nowhere()
        place = error.filename or _STDOUT
        words = _CANNOT_WRITE.of(place=place, reason=reason_of(error))
        _fail(words.to(lang), errors.USAGE)
    if isinstance(error, OSError) and error.errno in _CLOSED and error.filename:
        words = _CANNOT_READ.of(place=error.filename, reason=reason_of(error))
        _fail(words.to(lang), errors.UNREADABLE)
    if os.environ.get("PILOTSCORE_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}"
    _fail(_OUR_FAULT.of(what=what).to(lang), errors.OUR_FAULT)


def _write_nowhere() -> None:
    """Have what is left of stdout go nowhere: Python writes it once more when it ends."""
    with suppress(OSError, ValueError):  # a test's stdout has no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_FULL = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
_CLOSED = (errno.EACCES, errno.EPERM, errno.ENAMETOOLONG)
_STDOUT = Text("标准输出", "standard output")
_CANNOT_WRITE = Text("无法写入 {place}：{reason}", "cannot write {place}: {reason}")
_CANNOT_READ = Text("无法读取 {place}：{reason}", "cannot read {place}: {reason}")
_NO_MEMORY = Text(
    "内存不足：请减少一次读入的工作簿", "out of memory: read fewer workbooks at a time"
)
_OUR_FAULT = Text(
    "pilotscore 自身出错（{what}）。输入文件没有改动。"
    "请把命令与此信息报告给开发者；设 PILOTSCORE_DEBUG=1 可看详情",
    "a fault of pilotscore itself ({what}). No input was changed. Please report this with the "
    "command you ran; PILOTSCORE_DEBUG=1 shows the details",
)


def _show_what_can_be_shown() -> None:
    """Have a console that lacks a sign show ? for it, and go on."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _fail(message: str, code: int, hint: str = "") -> NoReturn:
    click.echo(f"pilotscore: {message}", err=True)
    if hint:
        click.echo(hint, err=True)
    sys.exit(code)


def show_error(error: errors.PilotscoreError, lang: Lang) -> None:
    """Write an error and every finding that it carries to stderr."""
    click.echo(f"pilotscore: {error.message(lang)}", err=True)
    for finding in error.findings:
        click.echo(f"{finding.place}: {finding.code} {finding.sentence(lang)}", err=True)


def _usage_hint(error: click.ClickException, lang: Lang) -> str:
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return ""
    return Text(f"试试 {ctx.command_path} --help", f"Try {ctx.command_path} --help").to(lang)
