"""Word documents from templates that an office edits in Word, through docxtpl.

A template is a .docx with ``{{ names }}`` in it. It runs in Jinja's sandbox, and every text that
is put in is escaped: what a workbook holds stays text, whatever it looks like. The result has
nothing of the day or the machine, so that the same letter gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.drawings import ControlChart, Radar
from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.language import NOTHING, Lang, Text, Words, did_you_mean, join, printable
from pilotscore.patterns import regex
from pilotscore.render.letter_pictures import png_of, size_of
from pilotscore.system import reason_of

if TYPE_CHECKING:
    from jinja2 import Environment

BLANK = "＿＿＿＿＿＿"  # to be filled in by hand
_STAMP = (1980, 1, 1, 0, 0, 0)
_FILL = regex(r"\bfill\.(\w+)")
# What XML cannot hold, besides what is not printable.
_NO_XML = regex("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NO_EXTRA = Text(
    "写 Word 文书需要 docxtpl：pip install 'pilotscore[word]'",
    "letters need docxtpl: pip install 'pilotscore[word]'",
)
_NO_TEMPLATE = Text("{path} 不是可用的 Word 模板：{why}", "{path} is no Word template: {why}")
_NOT_DOCX = Text("不是 .docx 文件", "it is no .docx file")
_MACROS = Text("含有宏或嵌入对象", "it has macros or embedded objects")
_NO_NAME = Text("没有名称 {name}", "there is no name {name}")
_FAULT = Text(
    "模板 {path} 有误：{why}（可用的名称见 docs/letters.md）",
    "the template {path} has a fault: {why} (docs/letters.md has the names)",
)


def require_docxtpl() -> None:
    """Say so where the ``word`` extra is not installed.

    Raises
    ------
    UsageError
        It is not.
    """
    try:
        import docxtpl  # noqa: F401
    except ImportError as error:
        raise UsageError(_NO_EXTRA) from error


class Blanks(dict[str, str]):
    """What the office fills in, by key; a line to write on where it gave nothing."""

    def __missing__(self, key: str) -> str:
        return BLANK


def plain(value: Any, lang: Lang) -> Any:
    """Return a context in one language: texts without what steers a printer, pictures as data."""
    if isinstance(value, Radar | ControlChart):
        return value
    if isinstance(value, Mapping):
        return {key: plain(inner, lang) for key, inner in value.items()}
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Sequence):
        return [plain(inner, lang) for inner in value]
    if isinstance(value, Words):
        return _clean(value.to(lang))
    return value


def _clean(text: str) -> str:
    return _NO_XML.sub("", printable(text))


class Template:
    """A Word template: what it asks the office for, and the letters that it makes.

    Parameters
    ----------
    path
        Of the file.
    content
        Its bytes; read from the path where None.
    """

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        require_docxtpl()
        self.path = path
        try:
            self.content = path.read_bytes() if content is None else content
        except OSError as error:
            raise self._refused(reason_of(error)) from error
        self._refuse_odd()
        self._template = _word_template(self.content)

    def _refused(self, why: Words) -> UnreadableInputError:
        return UnreadableInputError(_NO_TEMPLATE.of(path=str(self.path), why=why))

    def _refuse_odd(self) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
                names = archive.namelist()
        except zipfile.BadZipFile as error:
            raise self._refused(_NOT_DOCX) from error
        if "word/document.xml" not in names:
            raise self._refused(_NOT_DOCX)
        if any("vbaProject" in n or "/embeddings/" in n or "/activeX/" in n for n in names):
            raise self._refused(_MACROS)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """What Jinja takes: the body, headers and footers."""
        template = self._template
        template.init_docx()
        parts = [template.get_xml()]
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            parts += [template.get_part_xml(p) for _, p in template.get_headers_footers(uri)]
        return tuple(template.patch_xml(part) for part in parts)

    @cached_property
    def fills(self) -> frozenset[str]:
        """The keys that it asks the office for: ``{{ fill.KEY }}``."""
        return frozenset(key for xml in self._parts for key in _FILL.findall(xml))

    def refuse_unknown(self, names: Iterable[str]) -> None:
        """Refuse a template that is not one, or has names that there are not.

        Raises
        ------
        UsageError
            Naming the fault; the nearest name is suggested.
        """
        from jinja2 import meta
        from jinja2.exceptions import TemplateError

        known = set(names)
        for xml in self._parts:
            try:
                used = meta.find_undeclared_variables(_environment().parse(xml))
            except TemplateError as error:
                raise self._faulty(str(error)) from error
            for name in sorted(used - known):
                guess = did_you_mean(name, known)
                raise self._faulty(join((_NO_NAME.of(name=name), guess), NOTHING))

    def _faulty(self, why: Words | str) -> UsageError:
        return UsageError(_FAULT.of(path=self.path.name, why=why))

    def letter(self, context: Mapping[str, Any], lang: Lang, about: Mapping[str, str]) -> bytes:
        """Return a letter as the bytes of its file.

        Parameters
        ----------
        context
            As :func:`plain` gives it, with :class:`Blanks` under ``fill``.
        lang
            For the words in pictures.
        about
            ``title``, ``identifier`` and ``as_of``: what the file has as properties.

        Raises
        ------
        UsageError
            The template has a fault.
        """
        from jinja2.exceptions import TemplateError

        template = self._template
        try:
            template.render(_with_pictures(template, context, lang), _environment())
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise self._faulty(printable(str(error)) or type(error).__name__) from error
        properties = template.docx.core_properties
        properties.title, properties.identifier = about["title"][:255], about["identifier"]
        properties.author, properties.last_modified_by = "pilotscore", "pilotscore"
        day = datetime.datetime.fromisoformat(about["as_of"])
        properties.created = properties.modified = day
        target = io.BytesIO()
        template.docx.save(target)
        return _without_day(target.getvalue())


def _with_pictures(template: Any, value: Any, lang: Lang) -> Any:
    from docx.shared import Inches
    from docxtpl import InlineImage

    if isinstance(value, Radar | ControlChart):
        return InlineImage(template, io.BytesIO(png_of(value, lang)), Inches(size_of(value)[0]))
    if isinstance(value, Blanks):
        return value
    if isinstance(value, dict):
        return {key: _with_pictures(template, inner, lang) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_pictures(template, inner, lang) for inner in value]
    return value


def _word_template(content: bytes) -> Any:
    """Return a template of docxtpl that prepares and compiles each of its parts once."""
    from docxtpl import DocxTemplate

    class WordTemplate(DocxTemplate):  # type: ignore[misc]
        prepared: dict[str, str] = {}  # noqa: RUF012 - of this one template

        def patch_xml(self, src_xml: str) -> str:
            if src_xml not in self.prepared:
                self.prepared[src_xml] = super().patch_xml(src_xml)
            return self.prepared[src_xml]

        def render_xml_part(
            self, src_xml: str, part: Any, context: Any, jinja_env: Any = None
        ) -> str:
            # docxtpl would also turn {_{ into {{: a text is to stay as it is.
            self.current_rendering_part = part
            rendered: str = self.resolve_listing(jinja_env.from_string(src_xml).render(context))
            return rendered

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """Leave them: they are set as they are, not rendered."""

    return WordTemplate(io.BytesIO(content))


_KEPT: list[Environment] = []


def _environment() -> Environment:
    """Return the sandbox in which templates run: all text is escaped, a wrong name is a fault."""
    if not _KEPT:
        _KEPT.append(_new_environment())
    return _KEPT[0]


def _new_environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import escape

    class Sandbox(ImmutableSandboxedEnvironment):
        def __init__(self) -> None:
            super().__init__(
                autoescape=True, undefined=StrictUndefined, finalize=_escaped, cache_size=0
            )
            self.compiled: dict[str, Any] = {}
            for name in ("safe", "tojson", "urlize", "xmlattr"):  # what gives markup
                del self.filters[name]

        def from_string(self, source: Any, *args: Any, **options: Any) -> Any:
            if source not in self.compiled:
                self.compiled[source] = super().from_string(source, *args, **options)
            return self.compiled[source]

    def _escaped(value: Any) -> Any:
        """Escape what is printed, also where a template switched that off."""
        return escape(value) if isinstance(value, str) else value

    return Sandbox()


def _without_day(content: bytes) -> bytes:
    """Return a document with a zip around it that has nothing of the day or the machine."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _STAMP)
            info.create_system = 3
            archive.writestr(info, source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
