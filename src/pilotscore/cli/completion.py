"""``pilotscore completion``: the script by which a shell completes commands, options and files."""

from __future__ import annotations

import click

from pilotscore import errors
from pilotscore.cli.bilingual import COMPLETE_VARIABLE, Command, lang_option
from pilotscore.cli.values import Choice
from pilotscore.language import Text


@click.command(
    cls=Command,
    text=Text(
        "给出命令行补全的脚本：按 Tab 补全命令、选项、可选的词与文件名。",
        "Print the script by which a shell completes commands, options, words and files on Tab.",
    ),
    example="pilotscore completion bash > ~/.local/share/bash-completion/completions/pilotscore\n"
    'pilotscore completion zsh > "${fpath[1]}/_pilotscore"\n'
    "pilotscore completion fish > ~/.config/fish/completions/pilotscore.fish\n"
    "pilotscore completion powershell >> $PROFILE",
)
@click.argument("shell", type=Choice(("bash", "zsh", "fish", "powershell")), metavar="SHELL")
@lang_option()
def completion(shell: str) -> int:
    """Run the command."""
    from pilotscore.cli.shells import script_for

    top = click.get_current_context().find_root().command
    click.echo(script_for(shell, top, "pilotscore", COMPLETE_VARIABLE), nl=False)
    return errors.FINE
