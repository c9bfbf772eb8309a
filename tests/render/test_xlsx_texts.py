"""The shared texts of a workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.document import Column, Document, Sheet, Table
from pilotscore.language import same
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


@pytest.mark.parametrize(
    "text",
    [
        "<r>x</r>",
        "<r><t>x</t></r>",
        "a < b & c > d",
        " before and after ",
        "a\nb\n",
        "_x0041_",
        "]]>",
        "科技成果",
        "😀",
    ],
)
def test_a_text_stays_what_it_is(tmp_path: Path, text: str):
    table = Table((Column("a", same("a")),), [[text]])
    document = Document(same("t"), sheets=lambda: [Sheet(same("s"), (table,))])
    write_xlsx(document, tmp_path / "a.xlsx", "en")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"].value == text
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        assert z.testzip() is None
