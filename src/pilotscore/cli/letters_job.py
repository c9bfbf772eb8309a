"""The work of ``pilotscore letters``: each letter written, and what became of it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import lang_of
from pilotscore.cli.output import overwrites
from pilotscore.cli.rounds import names_of_files
from pilotscore.language import LISTED, NOTHING, Lang, Text, Words, counted, join, printable, same
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.crew import Crew
    from pilotscore.render.docx import Template
    from pilotscore.render.letter_writing import Done, Order
    from pilotscore.runs.letters import Letters
    from pilotscore.store.rounds import Round
    from pilotscore.views.letters.kinds import LetterKind

_MOST_NAMED = 8
_MOST_SIGNS = 40
_STAGE = Text("文书", "letters")
_WROTE = Text("{title}：在 {folder} 写入 {files}{kept}", "{title}: wrote {files} in {folder}{kept}")
_FILE = Text("个文件", "file")
_KEPT = Text("，此前已有 {n} 个", ", {n} were there already")
_SKIPPED = Text("{title}：{n} 项没有（{names}）：{why}", "{title}: none for {n} ({names}): {why}")
_FAILED = Text("{title} {name} 未写出：{why}", "{title} {name} was not written: {why}")
_NO_FONT = Text(
    "本机没有中文字体：图中的中文以英文或 ? 代替；在本机打印或转为 PDF 时，中文会成为方框。"
    "请安装字体，如 Noto Sans CJK SC（Word 文件本身是完整的）",
    "this machine has no Chinese font: Chinese in pictures is in English or ?, and is printed from "
    "here (or made a PDF) as boxes. Install one, such as Noto Sans CJK SC; Word files are whole",
)
_AND_MORE = Text(" 等", " and others")


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
        self._tell_no_font()
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
        given = self.letters.beside
        beside = digest(repr(given).encode()) if given.opinions or given.payments else ""
        return Batch(saved.seal, lang_of(), program_version(), self.filled, templates, beside)

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

    def _tell_no_font(self) -> None:
        """Say so where the machine has no Chinese font: it shows only when a letter is printed."""
        from pilotscore.render.pictures import chinese_font

        if self.wrote and chinese_font() is None:
            click.echo(_NO_FONT.to(lang_of()), err=True)


def _kind(name: str) -> LetterKind:
    from pilotscore.views.letters.kinds import KINDS

    return KINDS[name]
