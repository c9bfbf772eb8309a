"""What the commands that read workbooks share: their options, and how an outcome ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pilotscore import errors
from pilotscore.cli.bilingual import lang_of, option
from pilotscore.cli.values import Day
from pilotscore.language import Text
from pilotscore.system import is_file, is_folder

if TYPE_CHECKING:
    from pilotscore.findings import Finding
    from pilotscore.runs.outcome import Outcome

F = TypeVar("F", bound=Callable[..., Any])
MOST_FINDINGS = 20


criteria_option = option(
    "-c",
    "--criteria",
    default="pilot-maturity",
    show_default=True,
    metavar="NAME|FILE",
    zh="指标体系：内置名称或 YAML 文件。",
    en="Criteria set: a built-in name or a YAML file.",
)
_criteria_of_call = option(
    "-c",
    "--criteria",
    default="pilot-maturity",
    metavar="NAME|FILE",
    zh="指标体系：内置名称或 YAML 文件（默认用征集文件写的）。",
    en="Criteria set: a built-in name or a YAML file (default: the one that the call names).",
)
policy_option = option(
    "-p",
    "--policy",
    metavar="NAME|FILE",
    zh="政策：内置名称或 YAML 文件（默认用指标体系指定的）。",
    en="Policy: a built-in name or a YAML file (default: the one the criteria set names).",
)
policy_of_call = option(
    "-p",
    "--policy",
    metavar="NAME|FILE",
    zh="政策：内置名称或 YAML 文件（默认用征集文件、再用指标体系指定的）。",
    en="Policy: a built-in name or a YAML file (default: the one of the call, or of the criteria "
    "set).",
)
as_of_option = option(
    "--as-of",
    type=Day(),
    zh="评价日期（默认今天），用于判断许可是否到期等。",
    en="Date of assessment (default: today), for permits that expire and the like.",
)


def rules_options(command: F) -> F:
    """Add the options that say by which rules results are assessed."""
    return _with_rules(command, criteria_option, policy_option)


def call_rules_options(command: F) -> F:
    """Add the same options to a command whose call names the rules."""
    return _with_rules(command, _criteria_of_call, policy_of_call)


def _with_rules(command: F, criteria: Callable[[F], F], policy: Callable[[F], F]) -> F:
    options = (
        criteria,
        policy,
        option(
            "--profile",
            metavar="NAME",
            zh="权重方案：指标体系中 profiles 之一（默认用体系自身的权重）。",
            en="Weight profile: one of the set's profiles (default: the set's own weights).",
        ),
        as_of_option,
    )
    for add in reversed(options):
        command = add(command)
    return command


def program_version() -> str:
    """Return the version of the program."""
    from importlib.metadata import version

    return version("pilotscore")


def refuse_to_overwrite(books: tuple[str, ...], outputs: tuple[str, ...]) -> None:
    """Refuse an output that is one of the inputs, or would be read as one next time.

    Raises
    ------
    UsageError
        Naming it.
    """
    inputs = {Path(b).resolve() for b in books}
    folders = [p for p in inputs if is_folder(p)]
    for output in outputs:
        path = Path(output).resolve()
        if path in inputs or (is_file(path) and _is_input(path, folders)):
            raise errors.UsageError(
                Text(
                    f"{output} 是输入文件，不会覆盖；请换一个输出文件名",
                    f"{output} is an input and is never overwritten; name another output",
                )
            )
        if path.suffix.lower() == ".csv" and any(f in path.parents for f in folders):
            raise errors.UsageError(
                Text(
                    f"{output} 在输入文件夹中，下次会被当作输入读取；请写到别处",
                    f"{output} lies in an input folder and would be read as an input next time; "
                    "write "
                    "it elsewhere",
                )
            )


def refuse_swapped(book: str, result: str | None) -> None:
    """Refuse a workbook that is given where the result belongs, and the other way round.

    Raises
    ------
    UsageError
        Saying how they are to be given.
    """
    if result is not None and is_file(Path(result)) and not _is_there(Path(book)):
        command = click.get_current_context().command_path
        raise errors.UsageError(_SWAPPED.of(command=command, book=result, result=book))


def _is_there(path: Path) -> bool:
    return is_file(path) or is_folder(path)


_SWAPPED = Text(
    "参数颠倒了：先工作簿，后编号，即 {command} {book} {result}",
    "the arguments are the wrong way round: the workbook first, then the id: {command} {book} "
    "{result}",
)


def files_of(*names: str | None) -> tuple[str, ...]:
    """Return those of some options that name a file, and not a built-in set or nothing."""
    return tuple(name for name in names if name is not None and is_file(Path(name)))


def require_ending(output: str, *endings: str) -> None:
    """Refuse an output whose name does not end in one of some endings; the first is asked for.

    Raises
    ------
    UsageError
        Naming it.
    """
    if Path(output).suffix.lower() not in endings:
        text = Text("{output}：扩展名应为 {ending}", "{output}: it should end in {ending}")
        raise errors.UsageError(text.of(output=output, ending=endings[0]))


def _is_input(path: Path, folders: list[Path]) -> bool:
    """Say whether a file lies in an input folder and is read there: a report of ours is not."""
    from pilotscore.workbook.open.sheets import ENDINGS, is_own_report

    inside = any(f in path.parents for f in folders) and path.suffix.lower() in ENDINGS
    return inside and not is_own_report(path)


def exit_code(outcome: Outcome) -> int:
    """Return the exit code that an outcome stands for."""
    if any(not (book.results or book.details) for book in outcome.submission.books):
        return errors.PARTLY_DONE
    return errors.FINDINGS_BLOCK if outcome.blocking else errors.FINE


def blocking_code(findings: Iterable[Finding]) -> int:
    """Return the exit code that findings stand for: of errors, that something is in the way."""
    blocking = any(f.severity == "error" for f in findings)
    return errors.FINDINGS_BLOCK if blocking else errors.FINE


def tell_findings(outcome: Outcome) -> None:
    """Write the errors and warnings of an outcome to stderr, the first ones in full."""
    print_findings(f for f in outcome.findings if f.severity != "info")


def print_findings(findings: Iterable[Finding]) -> None:
    """Write findings to stderr, the first ones in full."""
    listed = list(findings)
    if not listed:
        return
    from pilotscore.cli.screen import messages
    from pilotscore.render.terminal import print_page
    from pilotscore.views.findings import page

    print_page(page(listed, MOST_FINDINGS), messages(), lang_of())
