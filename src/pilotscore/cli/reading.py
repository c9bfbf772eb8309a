"""The options of every command that reads workbooks, and the progress bar while it does."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pilotscore import errors
from pilotscore.cli.bilingual import lang_of, option
from pilotscore.cli.values import Whole
from pilotscore.language import Text
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.crew import Crew
    from pilotscore.workbook import Limits, ReadingOptions
    from pilotscore.workbook.open.office import Office
    from pilotscore.workbook.rights.reader import RightsOptions

F = TypeVar("F", bound=Callable[..., Any])
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the options say: of the sheet, of a mapping file, and all the rest."""

    sheet: str | None
    mapping: str | None
    options: ReadingOptions

    def arguments(self) -> dict[str, Any]:
        """Return them as a run takes them."""
        return {"sheet": self.sheet, "mapping": self.mapping, "reading": self.options}


_PASSWORD_ENV = option(
    "--password-env",
    metavar="VARIABLE",
    zh="打开密码所在的环境变量（需要附加组件 crypt）。",
    en="The environment variable with the password that opens them (needs the crypt extra).",
)
_GLOB = option(
    "--glob",
    metavar="PATTERN",
    zh="文件夹中只读匹配的文件，如 “*.xlsx”。",
    en="Which files of a folder to read, such as “*.xlsx”.",
)
_LIMIT = option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=N",
    zh="放宽或收紧对每个文件的限制，可多次给出：file_mb、inflated_mb、cells、sheets、parts、"
    "seconds、memory_mb。",
    en="Set a bound for each file; may be repeated: file_mb, inflated_mb, cells, sheets, "
    "parts, "
    "seconds, memory_mb.",
)
CLUSTER = option(
    "--cluster",
    metavar="ADDRESS|local[:N]",
    zh="由 dask.distributed 集群的工作进程分担：调度器地址，如 tcp://10.0.0.5:8786；或 local[:N]，"
    "在本机启动（需要附加组件 cluster）。结果与一台机器逐字节相同。",
    en="Have the workers of a dask.distributed cluster share the work: the address of its "
    "scheduler, such as tcp://10.0.0.5:8786, or local[:N] for workers started here (needs the "
    "cluster extra). The outputs are the same, byte by byte.",
)
_OPTIONS = (
    option("--sheet", metavar="NAME", zh="只读这一张工作表。", en="Read this sheet alone."),
    option(
        "--header-row",
        type=Whole(min=1),
        metavar="N",
        zh="表头（最下一行）在第 N 行；默认自动查找。",
        en="The header (its lowest row) is row N; found by itself otherwise.",
    ),
    option(
        "--map",
        "mapping",
        metavar="FILE",
        zh="映射文件（pilotscore map 写出）：表头各是什么。",
        en="A mapping file (see pilotscore map) that says what the headers mean.",
    ),
    option(
        "--accept-suggestions",
        is_flag=True,
        zh="采纳相近表头的建议（H202），不必改表。",
        en="Take likely headers (H202) for what they are most like.",
    ),
    option(
        "--fix",
        "fixes",
        multiple=True,
        metavar="KIND:COLUMN",
        zh="说明整列的数值：percent:列名，百分数列填的是小数，或比值列填的是百分数（V440、V441）；"
        "unit:列名=单位，填的是另一个单位。可多次给出；常用的写进映射文件的 fixes。",
        en="Say of a whole column: percent:COLUMN, that it has shares under a percentage, or "
        "percentages under a ratio (V440, V441); unit:COLUMN=UNIT, that it is in another unit. May "
        "be repeated; what always holds belongs below fixes in a mapping file.",
    ),
    _PASSWORD_ENV,
    option(
        "--recalculate",
        is_flag=True,
        zh="公式没有保存结果（V409、V428）时，由 LibreOffice 在副本中计算（须已安装）。",
        en="Have LibreOffice, where it is installed, calculate in a copy the formulas without a "
        "stored result (V409, V428).",
    ),
    _GLOB,
    _LIMIT,
    option(
        "--jobs",
        type=Whole(min=1),
        metavar="N",
        zh="读取多个工作簿的进程数（默认与处理器数相同）。",
        en="How many processes read several workbooks (default: one for each processor).",
    ),
    CLUSTER,
    option(
        "--resume",
        metavar="DIR",
        zh="把已读的工作簿保存在此文件夹；中断后以同样的命令再次运行，从那里接着读。",
        en="Keep what was read of each workbook in this folder; when a run was stopped, the same "
        "command goes on from there.",
    ),
)


# What says how workbooks are read, but for their password, by the names of the parameters.
READ_OF_BOOKS = (
    *("sheet", "mapping", "header_row", "accept_suggestions", "fixes", "recalculate", "glob"),
    *("limits", "jobs", "cluster", "resume"),
)


def reading_options(command: F) -> F:
    """Add the options of the reading; the command gets them as one :class:`Reading`."""

    @functools.wraps(command)
    def with_reading(*args: Any, **given: Any) -> Any:
        reading = _reading(
            given.pop("sheet"),
            given.pop("mapping"),
            header_row=given.pop("header_row"),
            accept_suggestions=given.pop("accept_suggestions"),
            fixes=given.pop("fixes"),
            password_env=given.pop("password_env"),
            recalculate=given.pop("recalculate"),
            glob=given.pop("glob"),
            limits=given.pop("limits"),
            jobs=given.pop("jobs"),
        )
        folder = given.pop("resume")
        with crew_of(given.pop("cluster"), reading.options.jobs) as crew:
            resume = None if folder is None else Path(folder)
            options = replace(reading.options, crew=crew, resume=resume)
            return command(*args, reading=replace(reading, options=options), **given)

    wrapped: Any = with_reading
    for add in reversed(_OPTIONS):
        wrapped = add(wrapped)
    return wrapped  # type: ignore[no-any-return]  # what decorates a command returns one


@contextmanager
def crew_of(address: str | None, jobs: int | None) -> Iterator[Crew | None]:
    """Connect to the cluster that was named; None where none was.

    Raises
    ------
    UsageError
        There is none, or a number of processes is given besides.
    """
    if address is None:
        yield None
        return
    if jobs is not None:
        raise errors.UsageError(
            Text(
                "--jobs 是本机的进程数，不能与 --cluster 一起给出；本机的工作进程数写作 local:N",
                "--jobs counts processes of this machine and does not go with --cluster; workers "
                "of this machine are local:N",
            )
        )
    from pilotscore.cluster import open_cluster

    with open_cluster(address) as cluster:
        yield cluster


@dataclass(frozen=True, slots=True)
class Opening:
    """What says how files are opened, where nothing else of their reading can be chosen."""

    password: str | None
    glob: str | None
    limits: Limits

    def for_rights(self) -> RightsOptions:
        """Return them as the reading of sheets of rights takes them."""
        from pilotscore.workbook.rights.reader import RightsOptions

        return RightsOptions(self.limits, self.password, self.glob)


def opening_options(command: F) -> F:
    """Add the options of opening files alone; the command gets them as one :class:`Opening`."""

    @functools.wraps(command)
    def with_opening(
        *args: Any,
        password_env: str | None,
        glob: str | None,
        limits: tuple[str, ...],
        **given: Any,
    ) -> Any:
        from pilotscore.workbook import Limits

        opening = Opening(password_of(password_env), glob, Limits.of(limits))
        return command(*args, opening=opening, **given)

    wrapped: Any = with_opening
    for add in (_LIMIT, _GLOB, _PASSWORD_ENV):
        wrapped = add(wrapped)
    return wrapped  # type: ignore[no-any-return]  # what decorates a command returns one


def _reading(
    sheet: str | None,
    mapping: str | None,
    *,
    password_env: str | None,
    recalculate: bool,
    limits: tuple[str, ...],
    **given: Any,
) -> Reading:
    from pilotscore.workbook import Limits, ReadingOptions

    password = password_of(password_env)
    office = _office() if recalculate else None
    options = ReadingOptions(password=password, limits=Limits.of(limits), office=office, **given)
    return Reading(sheet, mapping, options)


def password_of(password_env: str | None) -> str | None:
    """Return the password that an environment variable has; None where none is named.

    Raises
    ------
    UsageError
        There is no such variable.
    """
    if password_env is None:
        return None
    password = os.environ.get(password_env)
    if password is None:
        text = Text(
            "--password-env：没有环境变量 {name}",
            "--password-env: there is no environment variable {name}",
        )
        raise errors.UsageError(text.of(name=password_env))
    return password


def _office() -> Office:
    from pilotscore.workbook.open.office import find_office

    office = find_office()
    if office is None:
        raise errors.UsageError(
            Text(
                "--recalculate：没有找到 LibreOffice（soffice）。请安装它，"
                "或在 Excel、WPS 中打开工作簿，重新计算（F9）后保存为 .xlsx，结果即存入文件",
                "--recalculate: LibreOffice (soffice) is not installed. Install it; or open the "
                "workbook in Excel or WPS, recalculate (F9) and save it as .xlsx: so its results "
                "are stored",
            )
        )
    return office


@contextmanager
def progress_bar(
    what: Text = Text("读取工作簿", "reading workbooks"),  # noqa: B008 - a constant
) -> Iterator[Progress | None]:
    """Show on a terminal how much was done of ``what``; nothing where stderr is not one."""
    if not sys.stderr.isatty():
        yield None
        return
    from pilotscore.cli.screen import bars

    text = what.to(lang_of())
    with bars() as bar:
        task = bar.add_task(text, total=None, visible=False)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > 1)

        yield tell
