"""Decision letters of 3,000 results from one round, beside docxtpl in a plain loop.

    python letters.py [3000]

The plain loop opens the same template anew for each letter and renders the same words; it is timed
on 50 letters in one process and scaled up. Ours reads the round, scores it again, holds it against
the record and writes in a process for each processor.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import openpyxl
from common import COMMAND

ROOT = Path(__file__).parents[1]
PILOT = ROOT / "examples" / "pilot"
SAMPLE = 50


def main(count: int = 3000) -> int:
    """Make a round, write its letters, and say what both took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        saved, out = _round(folder, count), folder / "letters"
        start = time.perf_counter()
        _run("letters", saved, "-o", out, "--kind", "decision")
        ours = time.perf_counter() - start
        written = len(list((out / "decision").glob("*.docx")))
        plain = _plain(saved, folder) * written
    print(f"{written} letters in {ours:.0f} s; docxtpl in a plain loop {plain:.0f} s")
    print(f"target: 3,000 within 180 s on two cores: {'met' if ours <= 180 else 'NOT met'}")
    return 0


def _round(folder: Path, count: int) -> Path:
    """Decide a call on the results of the example, over and over under other ids."""
    sheet = openpyxl.load_workbook(PILOT / "pilot.xlsx")["成果"]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head = next(n for n, row in enumerate(rows) if row[0] == "编号") + 1
    body = [row for row in rows[head:] if row[0]]
    book = openpyxl.Workbook(write_only=True)
    target = book.create_sheet("成果")
    for row in rows[:head]:
        target.append(row)
    for n in range(count):
        row = body[n % len(body)]
        target.append([f"R-{n:05d}", f"{row[1]} {n}", *row[2:]])
    book.save(folder / "big.xlsx")
    call = (PILOT / "call.yaml").read_text(encoding="utf-8")
    call = re.sub("amount: (1800|700)}", r"amount: \g<1>00}", call)
    call = call.replace("min: 15%, ", "").replace("draws: 500", "draws: 100")
    call = re.sub("  institution: .*\n", "", call)  # the same few institutions have all of them
    (folder / "call.yaml").write_text(call, encoding="utf-8")
    saved = folder / "big.pilot"
    rules = ("--call", folder / "call.yaml", "--no-next-money", "--ways", 0)
    _run("fund", folder / "big.xlsx", *rules, "--save", saved)
    return saved


def _run(*args: object) -> None:
    done = subprocess.run([COMMAND, *map(str, args)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or "wrote" not in done.stderr + done.stdout:
        sys.exit(done.stderr)


def _plain(saved: Path, folder: Path) -> float:
    """Return the seconds of a letter by docxtpl alone."""
    from docxtpl import DocxTemplate

    from pilotscore.render.docx import Blanks, plain
    from pilotscore.runs.letters import NoLetterError, letters_of
    from pilotscore.runs.round_work import taken_out
    from pilotscore.store.rounds import read_round
    from pilotscore.views.letters.kinds import KINDS, context_of

    contexts: list[dict[str, Any]] = []
    read = read_round(saved)
    with taken_out(read) as work:
        letters = letters_of(read, work)
        for name in letters.rows:
            try:
                contexts.append(plain(context_of(letters, KINDS["decision"], name), "zh"))
            except NoLetterError:
                continue
            if len(contexts) == SAMPLE:
                break
    start = time.perf_counter()
    for context in contexts:
        template = DocxTemplate(ROOT / "templates" / "docx" / "decision.zh.docx")
        template.render({**context, "fill": Blanks()}, autoescape=True)
        template.save(folder / "plain.docx")
    return (time.perf_counter() - start) / len(contexts)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
