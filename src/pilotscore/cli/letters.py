"""``pilotscore letters``: what people sign and send, as Word files, from a saved round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import overwrites, writing_options
from pilotscore.cli.reading import CLUSTER
from pilotscore.cli.rounds import is_round, names_of_files
from pilotscore.cli.values import Choice, Whole
from pilotscore.language import (
    LISTED,
    NOTHING,
    Lang,
    Text,
    Words,
    counted,
    did_you_mean,
    join,
    printable,
    same,
)
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.crew import Crew
    from pilotscore.render.docx import Template
    from pilotscore.render.letter_writing import Done, Order
    from pilotscore.runs.letters import Letters
    from pilotscore.store.rounds import Round
    from pilotscore.views.letters.kinds import LetterKind

_KINDS = ("decision", "return", "evaluation", "scorecard", "public", "meeting", "all")
_USUAL = ("decision", "return", "public", "meeting")
_MOST_NAMED = 8
_MOST_SIGNS = 40
_STAGE = Text("文书", "letters")
_NO_ROUND = Text(
    "{name} 不是保存的一轮（fund 或 rank --save 轮次.pilot）",
    "{name} is no saved round (fund or rank --save ROUND.pilot)",
)
_ONE_KIND = Text(
    "--template 须与一个 --kind 一起用", "--template goes with one --kind, whose template it is"
)
_NO_FILL = Text("--fill 应为 键=内容：{given}", "--fill takes KEY=TEXT: {given}")
_UNKNOWN_FILL = Text(
    "模板中没有 {key}{guess}；有：{keys}", "the templates have no {key}{guess}; they have: {keys}"
)
_NUMBER = Text(
    "letters 用 --force 覆盖，没有 --number", "letters takes --force, and has no --number"
)
_WROTE = Text("{title}：在 {folder} 写入 {files}{kept}", "{title}: wrote {files} in {folder}{kept}")
_FILE = Text("个文件", "file")
_KEPT = Text("，此前已有 {n} 个", ", {n} were there already")
_SKIPPED = Text("{title}：{n} 项没有（{names}）：{why}", "{title}: none for {n} ({names}): {why}")
_FAILED = Text("{title} {name} 未写出：{why}", "{title} {name} was not written: {why}")
_AND_MORE = Text(" 等", " and others")


@click.command(
    cls=Command,
    text=Text(
        "文书：由保存的一轮写出 Word 文件：资助决定书、补正通知书、评价报告、评分卡（每项成果"
        "一份），以及公示表、会议排名表（每轮一份）。中断后再次运行即接着写。",
        "Letters: from a saved round, as Word files: decision letter, return notice, evaluation "
        "report and scorecard for each result; public list and ranking for the meeting. A run that "
        "was stopped goes on when it is called again.",
    ),
    example="pilotscore letters round.pilot -o letters\n"
    "pilotscore letters round.pilot -o letters --kind return --only P-003 "
    "--fill deadline=2026-12-15\n"
    "pilotscore letters round.pilot -o letters --kind decision --template our-decision.docx",
)
@click.argument("round_file", metavar="ROUND.pilot")
@option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    zh="写入的文件夹。",
    en="The folder that they go to.",
)
@option(
    "--kind",
    "kinds",
    multiple=True,
    type=Choice(_KINDS),
    zh="哪一种；可多次给出（默认：decision、return、public、meeting）。",
    en="Which kind; may be repeated (default: decision, return, public, meeting).",
)
@option(
    "--only",
    multiple=True,
    metavar="ID",
    zh="只写这项成果的；可多次给出。",
    en="Those of this result alone; may be repeated.",
)
@option(
    "--template",
    metavar="FILE.docx",
    zh="用单位自己在 Word 中改过的模板（与一个 --kind 一起）。",
    en="An office's own template, edited in Word (with one --kind).",
)
@option(
    "--fill",
    "fills",
    multiple=True,
    metavar="KEY=TEXT",
    zh="填入模板中 fill.KEY 处，如 deadline=2026-12-15；可多次给出，未给出的留空待填。",
    en="What stands where a template has fill.KEY, such as deadline=2026-12-15; may be repeated; "
    "what is not given is left blank to be filled in by hand.",
)
@option(
    "--inputs",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="这一轮的工作簿，若轮次文件没有保存它们；可多次给出。",
    en="The workbooks of the round, where it does not hold them; may be repeated.",
)
@option(
    "--password-env",
    metavar="VARIABLE",
    zh="打开密码所在的环境变量。",
    en="The environment variable with the password that opens them.",
)
@option(
    "--jobs",
    type=Whole(min=1),
    metavar="N",
    zh="同时写的进程数（默认：每个处理器一个）。",
    en="How many processes write (default: one for each processor).",
)
@CLUSTER
@writing_options
@lang_option()
def letters(
    round_file: str,
    folder: str,
    kinds: tuple[str, ...],
    only: tuple[str, ...],
    template: str | None,
    fills: tuple[str, ...],
    inputs: tuple[str, ...],
    password_env: str | None,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """Run the command."""
    from pilotscore.cli.reading import crew_of, password_of
    from pilotscore.crew import ThisMachine
    from pilotscore.render.docx import require_docxtpl
    from pilotscore.runs.letters import letters_of
    from pilotscore.runs.round_work import taken_out
    from pilotscore.store.rounds import read_round

    if not is_round(round_file):
        raise errors.UsageError(_NO_ROUND.of(name=round_file))
    require_docxtpl()
    saved = read_round(Path(round_file))
    wanted = _without_decisions(saved, _wanted(kinds, template))
    filled = _filled(fills)
    templates = {kind: _template(kind, template) for kind in wanted}
    _refuse_unknown_fills(filled, templates)
    with (
        crew_of(cluster, jobs) as crew,
        taken_out(saved, inputs, password_of(password_env)) as work,
    ):
        by = crew or ThisMachine(jobs)
        job = Job(letters_of(saved, work), Path(folder), filled, templates, by)
        return job.run(only, saved)


def _wanted(kinds: tuple[str, ...], template: str | None) -> tuple[str, ...]:
    """Return the kinds that are meant, each once."""
    context = click.get_current_context()
    if context.meta.get("pilotscore.overwriting") == "number":
        raise errors.UsageError(_NUMBER)
    named = _KINDS[:-1] if "all" in kinds else kinds or _USUAL
    wanted = tuple(dict.fromkeys(named))
    if template is not None and (len(wanted) != 1 or not kinds):
        raise errors.UsageError(_ONE_KIND)
    return wanted


def _without_decisions(saved: Round, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds that a round has; where it was ranked alone, say that it has no decisions.

    Raises
    ------
    UsageError
        Nothing else is wanted.
    """
    from pilotscore.views.letters.decision import ONLY_RANKED

    if saved.is_decided or "decision" not in wanted:
        return wanted
    if wanted == ("decision",):
        raise errors.UsageError(ONLY_RANKED)
    click.echo(ONLY_RANKED.to(lang_of()), err=True)
    return tuple(kind for kind in wanted if kind != "decision")


def _filled(fills: tuple[str, ...]) -> dict[str, str]:
    filled: dict[str, str] = {}
    for given in fills:
        key, sign, text = given.partition("=")
        if not sign or not key.strip().isidentifier():
            raise errors.UsageError(_NO_FILL.of(given=given))
        filled[key.strip()] = text.strip()
    return filled


def _template(kind: str, given: str | None) -> Template:
    from pilotscore.criteria.shipped import data_folder
    from pilotscore.render.docx import Template

    shipped = data_folder("templates") / "docx" / f"{kind}.{lang_of()}.docx"
    return Template(shipped if given is None else Path(given))


def _refuse_unknown_fills(filled: Mapping[str, str], templates: Mapping[str, Template]) -> None:
    """Refuse what no template asks for: it would stand nowhere."""
    known = sorted({key for template in templates.values() for key in template.fills})
    for key in filled:
        if key not in known:
            guess, keys = did_you_mean(key, known), join(known, LISTED)
            raise errors.UsageError(_UNKNOWN_FILL.of(key=key, guess=guess, keys=keys))


@dataclass
class Job:
    """Letters to be written of one round, and what became of them."""

    letters: Letters
    folder: Path
    filled: Mapping[str, str]
    templates: Mapping[str, Template]
    crew: Crew
    skipped: dict[tuple[str, Words], list[str]] = field(default_factory=dict)
    failed: list[Words] = field(default_factory=list)
    wrote: dict[str, int] = field(default_factory=dict)

    def run(self, only: tuple[str, ...], saved: Round) -> int:
        """Write them, and say what was written and what was not."""
        from pilotscore.cli.stages import stages_shown
        from pilotscore.render.letter_folder import begin
        from pilotscore.runs.letters import chosen

        names = chosen(self.letters, only)
        targets = {kind: self._targets(kind, names) for kind in self.templates}
        self._refuse_faulty(names)
        paths = {kind: [path for _, path in pairs] for kind, pairs in targets.items()}
        kept = begin(self.folder, self._batch(saved), paths, force=overwrites())
        count = sum(len(p) for p in paths.values()) - len(kept)
        with stages_shown() as stages:
            tell = stages(_STAGE)
            for done, result in enumerate(self._written(targets, kept, count), start=1):
                self._put(result)
                tell(done, count)
        self._say(paths, kept)
        if not self.failed:
            return errors.FINE
        return errors.PARTLY_DONE if self.wrote or kept else errors.FINDINGS_BLOCK

    def _targets(self, kind: str, names: tuple[str, ...]) -> list[tuple[str | None, Path]]:
        """Return the letters of a kind, each with its place."""
        if _kind(kind).of_result is None:
            return [(None, self.folder / f"{kind}.docx")]
        every = list(self.letters.rows)
        files = dict(zip(every, names_of_files(every, ".docx"), strict=True))
        return [(name, self.folder / kind / files[name]) for name in names]

    def _batch(self, saved: Round) -> Any:
        from pilotscore.cli.shared import program_version
        from pilotscore.render.letter_folder import Batch
        from pilotscore.store.rounds import digest

        templates = {kind: digest(t.content) for kind, t in self.templates.items()}
        return Batch(saved.seal, lang_of(), program_version(), self.filled, templates)

    def _refuse_faulty(self, names: tuple[str, ...]) -> None:
        """Refuse a template that has a name which no letter of its kind has."""
        from pilotscore.runs.letters import NoLetterError

        for kind, template in self.templates.items():
            of = _kind(kind)
            for name in names if of.of_result else (None,):
                try:
                    context = self._context(of, name)
                except NoLetterError:
                    continue
                except Exception:  # it is told when its letter is to be written
                    continue
                template.refuse_unknown(context)
                break

    def _context(self, kind: LetterKind, name: str | None) -> dict[str, Any]:
        from pilotscore.render.docx import Blanks, plain
        from pilotscore.views.letters.kinds import context_of

        context: dict[str, Any] = plain(context_of(self.letters, kind, name), lang_of())
        return {**context, "fill": Blanks(plain(self.filled, lang_of()))}

    def _written(
        self,
        targets: Mapping[str, list[tuple[str | None, Path]]],
        kept: frozenset[Path],
        count: int,
    ) -> Iterator[Done]:
        from pilotscore.render.letter_writing import written

        files = {kind: (t.path, t.content) for kind, t in self.templates.items()}
        orders = (
            order
            for kind, pairs in targets.items()
            for name, path in pairs
            if path not in kept and (order := self._order(kind, name, path)) is not None
        )
        return written(orders, count, files, lang_of(), self.crew)

    def _order(self, kind: str, name: str | None, path: Path) -> Order | None:
        """Return a letter to be written; None, noting why, where there is none."""
        from pilotscore.render.letter_writing import Order
        from pilotscore.runs.letters import NoLetterError, NotAsDecidedError

        of = _kind(kind)
        try:
            context = self._context(of, name)
        except NotAsDecidedError as error:
            self._fail(kind, name, error.words)
        except NoLetterError as error:
            self.skipped.setdefault((kind, error.words), []).append(name or "")
        except Exception as error:  # one bad result costs its own letter
            self._fail(kind, name, same(f"{type(error).__name__}: {error}"))
        else:
            lang: Lang = lang_of()
            title = f"{of.title.to(lang)} {context.get('result', context['call'])['title']}"
            about = {"title": title, "identifier": self.letters.seal}
            return Order(kind, path, context, {**about, "as_of": context["round"]["as_of"]})
        return None

    def _fail(self, kind: str, name: str | None, why: Words) -> None:
        title = _kind(kind).title
        self.failed.append(
            _FAILED.of(title=title, name=printable(name or "", _MOST_SIGNS), why=why)
        )

    def _put(self, result: Done) -> None:
        """Write a letter that is ready; what cannot be written costs that one alone."""
        from pilotscore.render.files import write_atomically

        order, content = result
        if not isinstance(content, bytes):
            self._fail(order.kind, order.path.stem, content)
            return
        try:
            write_atomically(order.path, lambda path: path.write_bytes(content))
        except errors.OutputError as error:
            self._fail(order.kind, order.path.stem, error.text)
            return
        self.wrote[order.kind] = self.wrote.get(order.kind, 0) + 1

    def _say(self, paths: Mapping[str, list[Path]], kept: frozenset[Path]) -> None:
        lang = lang_of()
        for kind, places in paths.items():
            there = sum(path in kept for path in places)
            before = _KEPT.of(n=there) if there else ""
            folder = places[0].parent if places else self.folder
            files = counted(self.wrote.get(kind, 0), _FILE)
            title = _kind(kind).title
            said = _WROTE.of(title=title, folder=str(folder), files=files, kept=before)
            click.echo(said.to(lang), err=True)
        for (kind, why), names in self.skipped.items():
            first = join((printable(name, _MOST_SIGNS) for name in names[:_MOST_NAMED]), LISTED)
            shown = join((first, _AND_MORE), NOTHING) if len(names) > _MOST_NAMED else first
            text = _SKIPPED.of(title=_kind(kind).title, n=len(names), names=shown, why=why)
            click.echo(text.to(lang), err=True)
        for words in self.failed:
            click.echo(words.to(lang), err=True)


def _kind(name: str) -> LetterKind:
    from pilotscore.views.letters.kinds import KINDS

    return KINDS[name]
