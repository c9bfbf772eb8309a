"""The shared texts of a workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.document import Column, Document, Sheet, Table
from pilotscore.language import same
from pilotscore.render import xlsx_texts
from pilotscore.render.xlsx import write_xlsx
from pilotscore.render.xlsx_texts import GrowingTexts


def test_each_text_has_one_place():
    texts = GrowingTexts()
    assert texts.places(["a", "b", "a"]) == [1, 2, 1]
    assert (texts.place("b"), texts.place("c")) == (2, 3)
    assert (list(texts.string_array), texts.count, texts.unique_count) == (
        ["", "a", "b", "c"],
        6,
        4,
    )


ODD = [
    "<r>x</r>",
    "<r><t>x</t></r>",
    "a < b & c > d",
    " before and after ",
    "a\nb\n",
    "_x0041_",
    "]]>",
    "科技成果",
    "😀",
]


# openpyxl does not read the escape of a text in its own cell as Excel does.
@pytest.mark.parametrize(
    ("text", "most"),
    [(x, most) for x in ODD for most in (0, 200_000) if most or not x.startswith("_x")],
)
def test_a_text_stays_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, most: int
):
    monkeypatch.setattr(xlsx_texts.GrowingTexts.__init__, "__defaults__", (most,))
    table = Table((Column("a", same("a")),), [[text]])
    document = Document(same("t"), sheets=lambda: [Sheet(same("s"), (table,))])
    write_xlsx(document, tmp_path / "a.xlsx", "en")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"].value == text
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        assert ("inlineStr" in z.read("xl/worksheets/sheet1.xml").decode()) == (most == 0)


def test_no_more_texts_are_shared_than_the_most():
    texts = GrowingTexts(3)
    assert texts.ends(["a", "b"]) == [' t="s"><v>1</v></c>', ' t="s"><v>2</v></c>']
    assert texts.ends(["b", "<c>"]) == [
        ' t="s"><v>2</v></c>',
        ' t="inlineStr"><is><t>&lt;c&gt;</t></is></c>',
    ]
    assert (texts.unique_count, texts.count) == (3, 4)
