"""Writes techport.xlsx and published.csv from the published files (see README.md for the source).

python make.py FOLDER, where FOLDER holds techport_projects_batch1.csv and
ranking_waspas_fixed.csv. Three columns are derived as the publication defines them: duration in
months of 30 days, gap = TRL at the end - TRL now, and rarity = 1 / (number of complete cases with
the same taxonomy code). A project without any complete case of its code has a rarity of 1.
"""

import csv
import datetime
import sys
from collections import Counter
from pathlib import Path

import xlsxwriter

HEADERS = {
    "projectId": ("ID", 10),
    "title": ("Title", 60),
    "programTitle": ("Programme", 34),
    "missionDirectorate": ("Directorate", 11),
    "leadOrg": ("Lead organisation", 12),
    "status": ("Status", 11),
    "startDate": ("Start", 11),
    "endDate": ("End", 11),
    "trlBegin": ("TRL begin", 8),
    "trlCurrent": ("TRL current", 8),
    "trlEnd": ("TRL end", 8),
    "primaryTxCode": ("Taxonomy code", 12),
    "duration": ("Duration (months)", 11),
    "gap": ("TRL gap", 8),
    "primaryTxLevel": ("Taxonomy level", 9),
    "rarity": ("Taxonomy rarity", 10),
    "otherOrgCount": ("Other organisations", 12),
}
NUMBERS = {
    "trlBegin",
    "trlCurrent",
    "trlEnd",
    "duration",
    "gap",
    "primaryTxLevel",
    "rarity",
    "otherOrgCount",
}


def derived(rows: list[dict]) -> list[dict]:
    complete = [r for r in rows if r["trlBegin"] and r["trlCurrent"] and r["trlEnd"]]
    codes = Counter(r["primaryTxCode"] for r in complete)
    for row in rows:
        start, end = (datetime.date.fromisoformat(row[k]) for k in ("startDate", "endDate"))
        row["duration"] = (end - start).days / 30
        known = row["trlEnd"] and row["trlCurrent"]
        row["gap"] = float(row["trlEnd"]) - float(row["trlCurrent"]) if known else ""
        row["rarity"] = 1 / max(1, codes[row["primaryTxCode"]])
    return rows


def main(folder: Path, here: Path) -> None:
    with (folder / "techport_projects_batch1.csv").open(encoding="utf-8", newline="") as stream:
        rows = derived(list(csv.DictReader(stream)))
    book = xlsxwriter.Workbook(here / "techport.xlsx", {"strings_to_formulas": False})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7", "border": 1})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Projects")
    sheet.freeze_panes(1, 2)
    for c, (key, (heading, width)) in enumerate(HEADERS.items()):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, heading, bold)
        for r, row in enumerate(rows, start=1):
            value = row[key]
            if value == "":
                continue
            if key in NUMBERS:
                sheet.write_number(r, c, float(value))
            elif key.endswith("Date"):
                sheet.write_datetime(r, c, datetime.datetime.fromisoformat(value), date)
            else:
                sheet.write_string(r, c, value)
    notes = book.add_worksheet("Source")
    notes.set_column(0, 0, 110)
    for r, line in enumerate((here / "README.md").read_text(encoding="utf-8").splitlines()):
        notes.write_string(r, 0, line)
    book.close()
    source = (folder / "ranking_waspas_fixed.csv").read_bytes()
    (here / "published.csv").write_bytes(b"projectId" + source)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
