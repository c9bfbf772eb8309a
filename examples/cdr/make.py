"""Writes cdr.xlsx from the published file (see README.md for the source).

python make.py FOLDER, where FOLDER holds projects.csv. No figure is changed; columns of long
comments are left out.
"""

import csv
import datetime
import sys
from pathlib import Path

import xlsxwriter

COMMENT_LINES = 8
HEADERS = {
    "id": ("ID", 10),
    "applicant": ("Project (applicant)", 28),
    "location": ("Location", 22),
    "description": ("Description", 50),
    "source": ("Source", 34),
    "tags": ("Tags", 18),
    "mechanism_rating": ("Mechanism validated", 11),
    "volume_rating": ("Volume validated", 10),
    "negativity_rating": ("Negativity validated", 10),
    "permanence_rating": ("Permanence validated", 11),
    "additionality": ("Additionality", 12),
    "specificity": ("Specificity", 10),
    "price": ("Price ($/t)", 10),
    "volume": ("Volume (t)", 12),
    "rating": ("Published rating", 10),
}
TEXTS = {"id", "applicant", "location", "description", "source", "tags", "price"}


def main(folder: Path, here: Path) -> None:
    with (folder / "projects.csv").open(encoding="utf-8", newline="") as stream:
        for _ in range(COMMENT_LINES):
            next(stream)
        rows = list(csv.DictReader(stream))
    book = xlsxwriter.Workbook(
        here / "cdr.xlsx", {"strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E2EFDA", "border": 1})
    sheet = book.add_worksheet("Proposals")
    sheet.freeze_panes(1, 2)
    for c, (key, (heading, width)) in enumerate(HEADERS.items()):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, heading, bold)
        for r, row in enumerate(rows, start=1):
            value = row[key].strip()
            if value and key in TEXTS:
                sheet.write_string(r, c, value)
            elif value:
                sheet.write_number(r, c, float(value))
    notes = book.add_worksheet("Source")
    notes.set_column(0, 0, 110)
    for r, line in enumerate((here / "README.md").read_text(encoding="utf-8").splitlines()):
        notes.write_string(r, 0, line)
    book.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
