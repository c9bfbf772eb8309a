"""Letters of a round: whole, true, without a word of other applicants, and never written over."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from pilotscore.criteria.shipped import data_folder
from pilotscore.render import letter_writing
from pilotscore.store.rounds import read_round
from pilotscore.views.letters.kinds import KINDS
from tests.cli.test_commands import run
from tests.cli.test_fund import CALL
from tests.conftest import HEADERS, MINI, POLICY, row, to_yaml, write_book

TEMPLATES = data_folder("templates") / "docx"
TITLE = "p<0.05 & n>3 {{ 7*7 }}"
TITLES = {"P-1": TITLE, "P-2": "Second <b>&</b> process", "P-3": "Third process", "P-4": "=1+1"}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a round: P-1 and P-4 funded, P-2 stopped by the budget, P-3 not assessable."""
    folder = tmp_path_factory.mktemp("round")
    (folder / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "mini.yaml").write_text(MINI, encoding="utf-8")
    cells = {"P-1": (9, 60), "P-2": (8, 60), "P-3": (11, 30), "P-4": (7, 30)}
    rows = [
        [*row(id=name, title=TITLES[name], trl=trl), asked, 1000]
        for name, (trl, asked) in cells.items()
    ]
    book = write_book(folder / "b.xlsx", {"成果": [[*HEADERS, "申请金额", "中试成本"], *rows]})
    call = folder / "call.yaml"
    call.write_text(to_yaml(CALL), encoding="utf-8")
    rules = ("--call", call, "-c", folder / "mini.yaml", "--as-of", "2026-11-23")
    done = run("fund", book, *rules, "--save", folder / "round.pilot")
    assert done.exit_code in (0, 1), done.stderr
    return folder / "round.pilot"


@pytest.fixture(scope="module")
def written(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders with all letters in each language."""
    folders = {}
    for lang in ("en", "zh"):
        folders[lang] = tmp_path_factory.mktemp("letters") / lang
        done = run("letters", saved, "-o", folders[lang], "--kind", "all", lang=lang)
        assert done.exit_code == 0, done.stderr
    return folders


def text_of(path: Path) -> str:
    """Return what stands in a document, cell by cell."""
    doc = Document(str(path))
    said = []
    for block in doc.element.body.iterchildren():
        if block.tag == qn("w:p"):
            said.append("".join(t.text or "" for t in block.iter(qn("w:t"))))
        for line in block.iter(qn("w:tr")):
            cells = (
                "".join(t.text or "" for t in c.iter(qn("w:t"))) for c in line.iter(qn("w:tc"))
            )
            said.append(" | ".join(cells))
    return "\n".join(said)


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.docx"))


@pytest.mark.slow
def test_each_result_has_its_letters_and_the_round_its_lists(written):
    letters = [
        f"{kind}/P-{n}.docx"
        for kind in ("decision", "evaluation", "scorecard")
        for n in range(1, 5)
    ]
    expected = sorted([*letters, "return/P-3.docx", "public.docx", "meeting.docx"])
    assert names(written["en"]) == names(written["zh"]) == expected


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "decision/P-1",
        "decision/P-2",
        "return/P-3",
        "evaluation/P-2",
        "scorecard/P-2",
        "public",
        "meeting",
    ],
)
def test_what_stands_in_each(written, saved, snapshot, lang: str, name: str):
    seal = read_round(saved).seal
    text = (
        text_of(written[lang] / f"{name}.docx")
        .replace(seal, "SEAL")
        .replace(seal[:16], "SEAL[:16]")
    )
    manifest = read_round(saved).manifest
    for entry in (*manifest["inputs"], manifest["criteria"], manifest["policy"]):
        text = text.replace(entry["sha256"], "SHA-256").replace(entry["sha256"][:16], "SHA[:16]")
    assert text == snapshot


def test_a_title_stays_whole(written):
    for name in ("decision/P-1", "evaluation/P-1", "scorecard/P-1", "public", "meeting"):
        assert TITLE in text_of(written["en"] / f"{name}.docx")
    assert "=1+1" in text_of(written["zh"] / "public.docx")


@pytest.mark.parametrize("kind", ["decision", "return", "evaluation", "scorecard"])
def test_no_letter_has_a_word_of_another_applicant(written, kind: str):
    for folder in written.values():
        for path in (folder / kind).glob("*.docx"):
            text = text_of(path)
            others = {name: title for name, title in TITLES.items() if name != path.stem}
            assert not [name for name in others if name in text], path
            assert not [t for t in others.values() if t in text and t != "=1+1"], path


def test_the_public_list_has_what_gets_money_and_no_scores(written, saved):
    text = text_of(written["en"] / "public.docx")
    record = read_round(saved).record("en")
    funded = {d["id"] for d in record["decisions"] if d["award"]}
    assert {name for name, title in TITLES.items() if title in text} == funded
    assert not [d for d in record["decisions"] if d["index"] and f"{d['index']:.1f}" in text]


def test_a_return_notice_names_the_applicants_own_cells(written):
    text = text_of(written["en"] / "return" / "P-3.docx")
    assert "b.xlsx | 成果 | C4" in text
    assert "11 is out of range" in text
    assert "a whole number from 1 to 9" in text


@pytest.mark.slow
def test_the_hash_on_a_letter_is_that_of_the_round(written, saved):
    seal = read_round(saved).seal
    assert seal in text_of(written["en"] / "decision" / "P-1.docx")
    assert run("verify", saved, "--hash", seal[:16].upper()).exit_code == 0
    other = run("verify", saved, "--hash", "0" * 64)
    assert (other.exit_code, "the letter is of another" in other.stdout) == (1, True)
    for wrong in ("abc", "xyz" * 10, seal + "0"):
        assert run("verify", saved, "--hash", wrong).exit_code == 2


@pytest.mark.slow
def test_a_run_that_was_stopped_goes_on_and_overwrites_nothing(saved, tmp_path: Path):
    args = ("letters", saved, "-o", tmp_path / "out", "--kind", "decision")
    assert run(*args, "--only", "P-1").exit_code == 0
    first = tmp_path / "out" / "decision" / "P-1.docx"
    before = first.stat().st_mtime_ns
    done = run(*args)
    assert "wrote 3 files" in done.stderr
    assert "1 was there already" in done.stderr
    assert first.stat().st_mtime_ns == before
    other = run(*args, "--fill", "office=A")
    assert (other.exit_code, "--force" in other.stderr) == (2, True)
    assert run(*args, "--fill", "office=A", "--force").exit_code == 0
    assert "(seal) A" in text_of(first)


@pytest.mark.slow
def test_one_bad_result_costs_its_own_letter(saved, tmp_path: Path):
    doc = Document()
    doc.add_paragraph("{{ result.rank + 1 }}")  # which the one without a rank has not
    doc.save(str(tmp_path / "own.docx"))
    args = ("--kind", "decision", "--template", tmp_path / "own.docx")
    done = run("letters", saved, "-o", tmp_path / "out", *args)
    assert done.exit_code == 4, done.stderr
    assert "Decision letter P-3 was not written" in done.stderr
    assert names(tmp_path / "out") == [f"decision/P-{n}.docx" for n in (1, 2, 4)]


@pytest.mark.slow
def test_many_are_written_in_several_processes_with_the_same_bytes(
    saved, written, tmp_path, monkeypatch
):
    monkeypatch.setattr(letter_writing, "FEW", 0)
    args = ("--kind", "decision", "--jobs", 2)
    assert run("letters", saved, "-o", tmp_path / "out", *args).exit_code == 0
    for path in (tmp_path / "out" / "decision").glob("*.docx"):
        assert path.read_bytes() == (written["en"] / "decision" / path.name).read_bytes()


def test_a_round_that_was_edited_has_no_letters(saved, tmp_path: Path):
    other = tmp_path / "round.pilot"
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name,
                content.replace(b'"award": 60', b'"award": 90') if "record" in name else content,
            )
    done = run("letters", other, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert "has been changed" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--fill", "deadlin=x"), "did you mean deadline"),
        (("--fill", "deadline"), "KEY=TEXT"),
        (("--template", "own.docx"), "goes with one --kind"),
        (("--kind", "decision", "--template", "absent.docx"), "absent.docx"),
        (("--only", "P-9"), "P-9"),
        (("--number",), "--force"),
    ],
)
def test_what_is_asked_for_wrongly_is_told(
    saved, tmp_path: Path, args: tuple[Any, ...], words: str
):
    done = run("letters", saved, "-o", tmp_path / "out", *args)
    assert done.exit_code in (2, 3)
    assert words in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_letters_after_an_appeal_are_of_the_round_after_it(saved, tmp_path: Path):
    file, after = tmp_path / "c.csv", tmp_path / "after.pilot"
    file.write_text(
        "编号,项目,原值,新值,更正人,理由,日期\nP-2,申请金额,60,40,王处长,补交,2026-12-01\n",
        encoding="utf-8",
    )
    assert run("appeal", saved, file, "--save", after, "-o", tmp_path / "m.csv").exit_code == 0
    done = run("letters", after, "-o", tmp_path / "out", "--kind", "decision", "--only", "P-2")
    assert done.exit_code == 0, done.stderr
    text = text_of(tmp_path / "out" / "decision" / "P-2.docx")
    assert "Amount | 0.4 M CNY" in text
    assert read_round(after).seal in text
    older = run("verify", after, "--hash", read_round(saved).seal)
    assert (older.exit_code, "before appeal 1" in older.stdout) == (1, True)


def test_without_the_extra_it_is_told(saved, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    done = run("letters", saved, "-o", tmp_path / "out")
    assert (done.exit_code, "pilotscore[word]" in done.stderr) == (2, True)


def test_a_workbook_is_no_round(tmp_path: Path):
    done = run("letters", tmp_path / "b.xlsx", "-o", tmp_path)
    assert (done.exit_code, "is no saved round" in done.stderr) == (2, True)


@pytest.mark.slow
def test_a_report_has_batches_charts_and_rights(tmp_path: Path):
    """A workbook with sheets of rights, and batches of one of its results."""
    book = load_workbook(data_folder("examples") / "rights" / "rights.xlsx")
    sheet = book.create_sheet("批次")
    sheet.append(["成果编号", "批号", "纯度（%）"])
    sheet.append(["规格下限", "", 98])
    for n in range(15):
        sheet.append(["QY-02", f"B{n:02d}", 99 + 0.2 * ((7 * n) % 5 - 2)])
    book.save(tmp_path / "b.xlsx")
    call = {**CALL, "criteria": "pilot-maturity", "policy": "pilot-maturity"}
    (tmp_path / "call.yaml").write_text(to_yaml(call), encoding="utf-8")
    plain = (
        "--no-next-money",
        "--ways",
        0,
        "--save",
        tmp_path / "r.pilot",
        "--as-of",
        "2026-11-23",
    )
    run("fund", tmp_path / "b.xlsx", "--call", tmp_path / "call.yaml", *plain)
    args = ("--kind", "evaluation", "--only", "QY-02", "--only", "QY-04")
    assert run("letters", tmp_path / "r.pilot", "-o", tmp_path / "out", *args).exit_code == 0
    with_batches, without = (tmp_path / "out" / "evaluation" / f"QY-0{n}.docx" for n in (2, 4))
    text = text_of(with_batches)
    for words in ("Batches and running", "纯度 | Ppk", "Progress | ", "† →"):
        assert words in text, words
    assert "QY-04" not in text
    pictures = [len(Document(str(path)).inline_shapes) for path in (with_batches, without)]
    assert pictures == [2, 1]  # the radar, and a control chart


# ----------------------------------------------------------------------- the shipped templates


def shipped() -> list[Path]:
    return sorted(TEMPLATES.glob("*.docx"))


def test_each_kind_has_a_template_in_each_language():
    assert {p.name for p in shipped()} == {
        f"{k}.{lang}.docx" for k in KINDS for lang in ("zh", "en")
    }


@pytest.mark.slow
def test_they_are_what_their_script_makes():
    spec = importlib.util.spec_from_file_location("make_templates", TEMPLATES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for path in shipped():
        kind, lang, _ = path.name.split(".")
        made = module.MAKERS[kind](lang)
        for name in ("word/document.xml", "word/styles.xml", "word/fontTable.xml"):
            with zipfile.ZipFile(io.BytesIO(made)) as new, zipfile.ZipFile(path) as old:
                assert new.read(name) == old.read(name), (path.name, name)


@pytest.mark.slow
@pytest.mark.parametrize("path", shipped(), ids=lambda p: p.name)
def test_fonts_are_set_for_chinese_and_heads_are_repeated(path: Path):
    doc = Document(str(path))
    for name in ("Normal", "Heading 1", "Heading 2"):
        fonts = doc.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("仿宋", "黑体")
    with zipfile.ZipFile(path) as archive:
        assert "altName" in archive.read("word/fontTable.xml").decode()
    for table in doc.tables:
        looped = any("{%tr for" in cell.text for line in table.rows for cell in line.cells)
        assert not looped or table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.slow
def test_they_print(written, soffice, tmp_path: Path):
    """The scorecard on one page, the lists on landscape, every page with its number."""
    for program, package in (("lowriter", "LibreOffice Writer"), ("pdftotext", "poppler")):
        if shutil.which(program) is None:
            pytest.skip(f"{package} is not installed")
    kinds = ("decision/P-2", "return/P-3", "evaluation/P-1", "scorecard/P-1", "public", "meeting")
    papers = [written["zh"] / f"{name}.docx" for name in kinds]
    for n, paper in enumerate(papers):
        shutil.copy(paper, tmp_path / f"{n}.docx")
    soffice("pdf", tmp_path, *(tmp_path / f"{n}.docx" for n in range(len(papers))))
    pages = [pages_of(tmp_path / f"{n}.pdf") for n in range(len(papers))]
    assert len(pages[3]) == 1
    assert all(f"第 {n} / {len(paper)} 页" in p for paper in pages for n, p in enumerate(paper, 1))
    assert "p<0.05 & n>3" in pages[3][0]


def pages_of(pdf: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, timeout=30, check=True
    )
    return done.stdout.decode().rstrip("\f").split("\f")
