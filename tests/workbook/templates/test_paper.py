"""How the sheets of a template are printed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.templates.template import write_template


@pytest.mark.parametrize("layout", ["rows", "form"])
def test_templates_repeat_heads_and_ids(mini: Path, tmp_path: Path, layout: str):
    path = tmp_path / "t.xlsx"
    write_template(path, load_criteria(mini), layout=layout, lang="zh", rows=3)
    page = openpyxl.load_workbook(path).worksheets[1]
    if layout == "rows":
        assert (page.print_title_cols, page.print_title_rows) == ("$A:$B", "$1:$3")
        assert (page.page_setup.paperSize, page.page_setup.scale) == (8, 60)
    else:
        assert page.print_title_rows == "$1:$2"
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
