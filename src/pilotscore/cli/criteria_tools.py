"""``pilotscore criteria new``, ``diff`` and ``plot``: start a set, compare two, see one."""

from __future__ import annotations

import datetime
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import (
    Output,
    claim,
    deliver,
    write_document,
    write_text_file,
    writing_options,
)
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import as_of_option, print_findings, require_ending
from pilotscore.cli.values import Whole
from pilotscore.language import Text, did_you_mean

if TYPE_CHECKING:
    from pilotscore.criteria import CriteriaSet, Indicator, LoadedCriteria

NARROW = 80
_NO_ID = Text(
    "--id {name}：应以字母开头，只含字母、数字、- 与 _，至多 64 个字符",
    "--id {name}: a letter first, then letters, digits, - and _, 64 at most",
)
_SAME_ID = Text(
    "--id {name}：与所扩展体系的 id 相同，请另取一个",
    "--id {name}: that is the id of the set it extends; give another",
)
_OTHER_POLICY = Text(
    "注意：政策 {policy} 写的是 criteria: {base}；评级不受影响，若要给出资助建议，请复制该政策，"
    "改为 criteria: {name}，并在新文件的 policy: 中写上它（不用 --full 的变体沿用原政策）",
    "Note: the policy {policy} is for criteria: {base}. For recommendations copy it, write "
    "criteria: {name} in the copy, and name the copy under policy: (a variant, without --full, "
    "keeps the policy)",
)
_NO_INDICATOR = Text(
    "{criteria} 没有指标 {name}{guess}", "{criteria} has no indicator {name}{guess}"
)


@click.command(
    cls=Command,
    text=Text(
        "新建指标体系文件：默认是只写不同之处的变体（extends），附带注释的示例；"
        "--full 为整份文件的副本。",
        "Make a criteria file to start from: by default a variant that says only what differs "
        "(extends), with examples in comments; with --full a copy of the whole file.",
    ),
    example="pilotscore criteria new mine.yaml --from pilot-maturity\n"
    "pilotscore criteria new mine.yaml --from pilot-maturity --full",
)
@click.argument("output", metavar="OUT.yaml")
@option(
    "--from",
    "base",
    default="pilot-maturity",
    show_default=True,
    metavar="NAME|FILE",
    zh="所依据的指标体系：内置名称或 YAML 文件。",
    en="The set to start from: a built-in name or a YAML file.",
)
@option(
    "--id",
    "name",
    metavar="ID",
    zh="新体系的 id（默认取自文件名）。",
    en="The id of the new set (default: from the file's name).",
)
@option(
    "--full",
    is_flag=True,
    zh="整份文件的副本（保留注释），只换 id 与版本。",
    en="A copy of the whole file, comments and all, with another id and version.",
)
@writing_options
@lang_option()
def new(output: str, base: str, name: str | None, full: bool) -> int:
    """Run the command."""
    from pilotscore.criteria import load_criteria, locate

    require_ending(output, ".yaml", ".yml")
    source = locate(base, "criteria")
    (output,) = claim([output], (str(source),))
    path = Path(output)
    loaded = load_criteria(base)
    set_id = _new_id(name, path, loaded.criteria.id, full=full)
    text = _whole(source, path, set_id) if full else _variant(loaded, base, path, set_id)
    write_text_file(path, text)
    if full:
        _tell_of_policy(loaded.criteria, set_id)
    return errors.FINE


def _new_id(name: str | None, path: Path, base_id: str, *, full: bool) -> str:
    from pilotscore.criteria.starter import IDENTIFIER, identifier_from

    if name is None:
        return identifier_from(path.stem, base_id)
    if not IDENTIFIER.fullmatch(name):
        raise errors.UsageError(_NO_ID.of(name=name))
    if name == base_id and not full:
        raise errors.UsageError(_SAME_ID.of(name=name))
    return name


def _variant(loaded: LoadedCriteria, base: str, path: Path, set_id: str) -> str:
    from pilotscore.criteria.starter import variant_text

    extends, moved = variant_paths(base, path, loaded.criteria)
    return variant_text(loaded.criteria, extends, set_id, moved)


def variant_paths(base: str, path: Path, criteria: CriteriaSet) -> tuple[str, str | None]:
    """Return how a variant at a path names its base, and its policy where the base names a file."""
    from pilotscore.criteria import built_in_names, locate

    source = locate(base, "criteria")
    extends = base if base in built_in_names() else _from(path, source)
    policy = _file_from(path, source, criteria.policy, "policy")
    return extends, policy if policy != criteria.policy else None


def _whole(source: Path, path: Path, set_id: str) -> str:
    """Return the text of a file with another id and version, its paths as seen from its copy."""
    from pilotscore.criteria.places import read_yaml
    from pilotscore.criteria.starter import VERSION, full_text

    text = source.read_bytes().decode("utf-8-sig")
    data = read_yaml(text).data
    values = {"id": set_id, "version": VERSION}
    for key, kind in (("extends", "criteria"), ("policy", "policy")):
        moved = _file_from(path, source, data.get(key), kind)
        if moved is not None and moved != data[key]:
            values[key] = moved
    return full_text(text, **values)


def _file_from(path: Path, source: Path, named: Any, kind: Any) -> str | None:
    """Return the path, as seen from a new file, of what a criteria file names; None for nothing."""
    from pilotscore.criteria import built_in_names

    if not isinstance(named, str) or named in built_in_names(kind):
        return None
    return _from(path, source.parent / named)


def _from(path: Path, target: Path) -> str:
    """Return a path as seen from the folder of a file."""
    try:
        relative = os.path.relpath(target.resolve(), path.resolve().parent)
    except ValueError:  # on Windows, another drive
        return target.resolve().as_posix()
    return Path(relative).as_posix()


def _tell_of_policy(base: CriteriaSet, set_id: str) -> None:
    """Say that the base's policy does not speak of a set of its own."""
    if base.policy is None or set_id == base.id:
        return
    note = _OTHER_POLICY.of(policy=base.policy, base=base.id, name=set_id)
    click.echo(note.to(lang_of()), err=True)


@click.command(
    cls=Command,
    text=Text(
        "比较两套指标体系：维度、指标、权重、评分、门槛、等级与文字；"
        "给出工作簿时，列出谁的等级因此改变。",
        "Say what differs between two criteria sets: weights, value functions, gates, grades, "
        "wording; and with a workbook, whose grade that changes.",
    ),
    example="pilotscore criteria diff pilot-maturity mine.yaml\n"
    "pilotscore criteria diff pilot-maturity mine.yaml --book results.xlsx --top 10",
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@option(
    "--book",
    "books",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="用两套体系各评一次这些成果；可多次给出。",
    en="Assess the results of this workbook or folder under both; may be repeated.",
)
@as_of_option
@reading_options
@option("--json", "as_json", is_flag=True, zh="以 JSON 输出。", en="Print JSON to stdout.")
@option(
    "--top",
    type=Whole(min=0),
    metavar="N",
    zh="只列出改变最大的 N 项成果。",
    en="List the N results that change most.",
)
@lang_option()
def diff(
    before: str,
    after: str,
    books: tuple[str, ...],
    as_of: datetime.date | None,
    reading: Reading,
    as_json: bool,
    top: int | None,
) -> int:
    """Run the command."""
    from pilotscore.criteria import load_criteria
    from pilotscore.runs.criteria_diff import diff_criteria, under_both
    from pilotscore.views.criteria_diff import document

    differences = diff_criteria(load_criteria(before), load_criteria(after))
    if books:
        day = as_of or datetime.date.today()
        with progress_bar() as progress:
            differences = under_both(
                differences, books, day, progress=progress, **reading.arguments()
            )
        print_findings(differences.findings)
    deliver(document(differences, top), Output(as_json=as_json))
    return errors.PARTLY_DONE if differences.unread else errors.FINE


@click.command(
    cls=Command,
    text=Text(
        "画出评分函数：终端中每个指标一幅小图；-o 写成一份 SVG。",
        "Draw the value functions: a small chart for each indicator, or one SVG of all of them.",
    ),
    example="pilotscore criteria plot pilot-maturity\n"
    "pilotscore criteria plot pilot-maturity continuous_run_hours scale_ratio\n"
    "pilotscore criteria plot mine.yaml -o mine.svg --lang zh",
)
@click.argument("name", metavar="NAME|FILE")
@click.argument("chosen", nargs=-1, metavar="[INDICATOR]...")
@option(
    "-o",
    "--output",
    metavar="OUT.svg",
    zh="写成一份 SVG（默认画在终端）。",
    en="Write one SVG (default: draw in the terminal).",
)
@writing_options
@lang_option()
def plot(name: str, chosen: tuple[str, ...], output: str | None) -> int:
    """Run the command."""
    from pilotscore.criteria import load_criteria, locate
    from pilotscore.views.criteria_plot import document

    if output is not None:
        require_ending(output, ".svg")
        (output,) = claim([output], (str(locate(name, "criteria")),))
    criteria = load_criteria(name).criteria
    drawn = document(criteria, _chosen(criteria, chosen))
    if output is not None:
        write_document(drawn, output)
        return errors.FINE
    from pilotscore.cli.screen import results
    from pilotscore.render.terminal import print_page

    console = results()
    if not sys.stdout.isatty() and not re.fullmatch(r"[1-9]\d*", os.environ.get("COLUMNS", "")):
        console.width = NARROW
    print_page(drawn.page(), console, lang_of())
    return errors.FINE


def _chosen(criteria: CriteriaSet, names: tuple[str, ...]) -> tuple[Indicator, ...]:
    """Return the indicators that names mean: ids, titles, aliases, dimensions; in set order."""
    from pilotscore.criteria.names import normalise
    from pilotscore.criteria.parts import spellings

    if not names:
        return criteria.indicators
    known = {normalise(d.id): {i.id for i in d.indicators} for d in criteria.dimensions}
    known |= {normalise(s): {i.id} for i in criteria.indicators for s in reversed(spellings(i))}
    wanted: set[str] = set()
    for name in names:
        ids_of_name = known.get(normalise(name))
        if ids_of_name is None:
            ids = [*(i.id for i in criteria.indicators), *(d.id for d in criteria.dimensions)]
            guess = did_you_mean(name, ids)
            text = _NO_INDICATOR.of(criteria=criteria.id, name=name, guess=guess)
            raise errors.UsageError(text)
        wanted |= ids_of_name
    return tuple(i for i in criteria.indicators if i.id in wanted)
