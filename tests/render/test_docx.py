"""Word templates: what is put in stays text, what an office's template gets wrong is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.render.docx import BLANK, Blanks, Template, plain

ABOUT = {"title": "t & <t>", "identifier": "abc", "as_of": "2026-11-30"}
# Marks that would be markup, fields, formulas or templates if they were taken for more than text.
MARKS = [
    "p<0.05 & n>3",
    "<w:b/>",
    "</w:t></w:r>",
    "{{ 7*7 }}",
    "{% raw %}",
    "{_{ x }_}",
    "{_% x %_}",
    "=1+1",
    "{ DATE }",
    "&amp; &#65;",
    "<script>x</script>",
    "\"quoted\" 'single'",
    "]]>",
]


def made(path: Path, *texts: str) -> Path:
    doc = Document()
    for text in texts:
        doc.add_paragraph(text)
    doc.save(str(path))
    return path


def read(content: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)


def letter(template: Template, **context: Any) -> bytes:
    return template.letter({"fill": Blanks(), **plain(context, "en")}, "en", ABOUT)


@pytest.mark.parametrize("mark", MARKS)
def test_a_text_stays_whole_and_is_nothing_else(tmp_path: Path, mark: str):
    template = Template(made(tmp_path / "t.docx", "[{{ title }}]", "plain"))
    content = letter(template, title=mark)
    assert read(content) == f"[{mark}]\nplain"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert "instrText" not in body
    assert "fldSimple" not in body
    assert "<w:b/>" not in body


@pytest.mark.slow
@pytest.mark.parametrize(
    "printed",
    [
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{{ [title]|join }}",
        "{{ title ~ '' }}",
    ],
)
def test_a_template_cannot_switch_escaping_off(tmp_path: Path, printed: str):
    template = Template(made(tmp_path / "t.docx", printed))
    assert read(letter(template, title="<w:b/>")) == "<w:b/>"


@pytest.mark.parametrize("unsafe", ["{{ title|safe }}", "{{ title|tojson }}"])
def test_filters_that_give_markup_are_not_there(tmp_path: Path, unsafe: str):
    template = Template(made(tmp_path / "t.docx", unsafe))
    with pytest.raises(UsageError, match="filter"):
        letter(template, title="<w:b/>")


@pytest.mark.parametrize("reach", ["{{ title.__class__.__mro__ }}", "{{ fill.__init__ }}"])
def test_a_template_reaches_nothing_but_what_it_was_given(tmp_path: Path, reach: str):
    template = Template(made(tmp_path / "t.docx", reach))
    with pytest.raises(UsageError):
        letter(template, title="x")


def test_what_steers_a_printer_or_is_no_xml_is_left_out(tmp_path: Path):
    template = Template(made(tmp_path / "t.docx", "{{ title }}"))
    odd = "a\x07b\x0cc\x00d\ufffee\ud800f\u202eg"
    assert read(letter(template, title=odd)) == "abcdefg"


def test_lines_of_a_text_are_lines(tmp_path: Path):
    template = Template(made(tmp_path / "t.docx", "{{ title }}"))
    assert read(letter(template, title="one\ntwo")) == "one\ntwo"


@pytest.mark.slow
def test_the_same_letter_has_the_same_bytes_and_nothing_of_the_day(tmp_path: Path):
    template = Template(made(tmp_path / "t.docx", "{{ title }}"))
    one, other = letter(template, title="x"), letter(template, title="x")
    assert one == other
    properties = Document(io.BytesIO(one)).core_properties
    assert (properties.title, properties.identifier) == ("t & <t>", "abc")
    assert properties.created.date().isoformat() == "2026-11-30"


@pytest.mark.slow
def test_letters_of_one_template_do_not_mix(tmp_path: Path):
    template = Template(made(tmp_path / "t.docx", "{{ title }}"))
    assert [read(letter(template, title=t)) for t in ("a", "b", "a")] == ["a", "b", "a"]


@pytest.mark.slow
def test_what_the_office_gave_nothing_for_is_a_line_to_write_on(tmp_path: Path):
    template = Template(made(tmp_path / "t.docx", "{{ fill.deadline }} {{ fill.office }}"))
    assert template.fills == {"deadline", "office"}
    said = template.letter({"fill": Blanks({"office": "A & B"})}, "en", ABOUT)
    assert read(said) == f"{BLANK} A & B"


@pytest.mark.slow
def test_a_wrong_name_is_told_with_the_nearest(tmp_path: Path):
    template = Template(made(tmp_path / "t.docx", "{{ resalt.title }}"))
    with pytest.raises(UsageError) as told:
        template.refuse_unknown({"result", "fill"})
    assert "resalt" in told.value.message("en")
    assert "did you mean result" in told.value.message("en")
    with pytest.raises(UsageError, match=r"t\.docx"):
        letter(template, result={"title": "x"})


@pytest.mark.parametrize("broken", ["{{ title title }}", "{% if title %}x", "{% nothing %}"])
def test_a_template_that_is_none_is_told(tmp_path: Path, broken: str):
    template = Template(made(tmp_path / "t.docx", broken))
    with pytest.raises(UsageError, match=r"t\.docx"):
        template.refuse_unknown({"title"})


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_a_file_that_is_no_word_file_is_told(tmp_path: Path, content: bytes):
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match=r"no \.docx"):
        Template(path)


def test_a_template_with_macros_is_refused(tmp_path: Path):
    path = made(tmp_path / "t.docx", "x")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"nothing")
    with pytest.raises(UnreadableInputError, match="macros"):
        Template(path)
