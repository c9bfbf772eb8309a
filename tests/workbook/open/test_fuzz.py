"""Damages good workbooks in every way that comes to hand: no stop, no hang, no silent emptiness.

A short time here; ``python -m tests.workbook.open.test_fuzz 300`` goes on for that many seconds.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, read_workbooks
from pilotscore.workbook.results import workers
from pilotscore.workbook.results.reader import read_book
from pilotscore.workbook.tables.headers import HeaderNames
from tests.conftest import HEADERS, MINI, row, write_book
from tests.workbook.making import ods, xlsb
from tests.workbook.open.xls_files import in_ole, label, number, stream

SECONDS = 6


def good_files(folder: Path) -> list[Path]:
    table = [["汇总表"], HEADERS, *(row(id=f"P-{i}", trl=i % 9 + 1) for i in range(5)), ["合计"]]
    form = [
        ["编号", "F-1"],
        ["TRL", "TRL 6"],
        ["证据等级", "E2"],
        ["连续运行时间", 3, "天"],
        ["安全评估", "已完成"],
    ]
    small = [
        ["编号", "成果名称", "TRL", "一次合格率"],
        ["P-1", "甲", 6, ("%", 0.95)],
        ["P-2", "乙", ("error", 7), 96],
    ]
    long = [
        [
            "编号",
            "批号",
            "开始时间",
            "结束时间",
            "特性",
            "数值",
            "单位",
            "下限",
            "上限",
            "规模",
            "备注",
        ],
        *(
            ["P-1", f"B{n}", n, n + 0.9, "纯度", 99 + n / 10, "%", 98, 100, "中试", ""]
            for n in range(8)
        ),
    ]
    series = [
        ["时间", "炉温", "压力"],
        *([f"2026-03-01 {n:02}:00", 500 + n, 2.5] for n in range(12)),
    ]
    text = folder / "a.csv"
    text.write_text("编号,TRL,安全评估\nP-1,6,已完成\n", encoding="gb18030")
    old = folder / "a.xls"
    header = b"".join(label(0, c, str(t)) for c, t in enumerate(small[0]))
    cells = header + label(1, 0, "P-1") + label(1, 1, "甲") + number(1, 2, 6) + number(1, 3, 96)
    old.write_bytes(in_ole(stream(("S", cells))))
    return [
        write_book(folder / "table.xlsx", {"S": table, "其他": [["x"]]}),
        write_book(folder / "form.xlsx", {"S": form}),
        write_book(
            folder / "batches.xlsx", {"S": [HEADERS, row()], "批次": long, "连续运行": series}
        ),
        ods(folder / "a.ods", small),
        xlsb(folder / "a.xlsb", small),
        old,
        text,
    ]


def damaged(source: Path, target: Path, rng: random.Random) -> None:
    content = bytearray(source.read_bytes())
    how = rng.choice(["bytes", "cut", "parts", "xml", "xml", "xml"])
    if how == "bytes" or source.suffix in (".csv", ".xls"):
        for _ in range(rng.choice([1, 3, 30])):
            content[rng.randrange(len(content))] = rng.randrange(256)
        target.write_bytes(content)
    elif how == "cut":
        a, b = sorted(rng.randrange(len(content)) for _ in range(2))
        target.write_bytes(
            rng.choice([content[:a], content[:a] + content[b:], content + content[a:b]])
        )
    else:
        with (
            zipfile.ZipFile(source) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            names = old.namelist()
            victim = rng.choice(names)
            for name in names:
                body = old.read(name)
                if name == victim:
                    if how == "parts":
                        if rng.random() < 0.5:
                            continue
                        name = rng.choice(
                            [name.upper(), name.replace("/", "\\"), "../" + name, name]
                        )
                        body = old.read(rng.choice(names))
                    else:
                        body = mangled(body, rng)
                new.writestr(name, body)


def mangled(body: bytes, rng: random.Random) -> bytes:
    tags = list(re.finditer(rb"<[^>]+>", body)) if b"<" in body else []
    for _ in range(rng.choice([1, 2, 6])):
        way = rng.randrange(6)
        if tags and way < 3:
            tag = rng.choice(tags).group(0)
            other = rng.choice(tags).group(0)
            body = body.replace(
                tag, rng.choice([b"", other, tag + tag, b"<!-- -->"]), rng.choice([1, -1])
            )
        elif way == 3:
            body = re.sub(
                rb'"\d+"',
                lambda m: rng.choice([m.group(0), b'"-1"', b'"99999999999"', b'"x"']),
                body,
                count=rng.choice([1, 5]),
            )
        elif way == 4:
            body = re.sub(
                rb'r="[A-Z]+\d+"',
                lambda m: rng.choice([m.group(0), b'r="ZZ999"', b'r="A0"', b'r=""', b""]),
                body,
                count=rng.choice([1, 9]),
            )
        elif len(body) > 1:
            at = rng.randrange(len(body))
            body = (
                body[:at]
                + bytes(rng.randrange(256) for _ in range(3))
                + body[at + rng.randrange(4) :]
            )
    return body


def read_once(path: Path, criteria: CriteriaSet, names: HeaderNames) -> str:
    """Read a file, and return what came of it; raise where something is not as promised."""
    if path.suffix != ".xls" and workers.is_tame(path):
        result = read_book(path, names, ReadingOptions())
        # batch data alone are read too: the results they are of may be in another workbook
        count, findings = result.book.results + len(result.batches), result.findings
    else:
        s = read_workbooks([path], criteria)
        count, findings = len(s), s.findings
    for f in findings:
        assert f.code != "B148", f.sentence("en")  # a fault of ours
        assert f.sentence("zh")
        assert f.sentence("en")
        assert str(f.place)
    if count == 0:
        assert any(f.severity == "error" for f in findings), "silently empty"
        return "refused"
    return "read"


def fuzz(folder: Path, criteria: CriteriaSet, seconds: float, seed: int) -> Counter[str]:
    rng = random.Random(seed)
    names = HeaderNames.of(criteria)
    sources = good_files(folder)
    plain = [s for s in sources if s.suffix != ".xls"]
    outcome: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        # An .xls is read in a process of its own, which takes longer.
        source = rng.choice(sources if rng.random() < 0.03 else plain)
        target = folder / f"damaged{source.suffix}"
        damaged(source, target, rng)
        started = time.monotonic()
        try:
            outcome[read_once(target, criteria, names)] += 1
        except BaseException:
            print(f"seed {seed}: {target.read_bytes()!r}"[:4000], file=sys.stderr)  # noqa: T201 - to find it again
            raise
        assert time.monotonic() - started < 20, "it hangs"
    return outcome


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_workbooks(tmp_path: Path, mini: Path, seed: int):
    outcome = fuzz(tmp_path, load_criteria(mini).criteria, SECONDS / 2, seed)
    assert outcome["read"] + outcome["refused"] > 20


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "mini.yaml"
        path.write_text(MINI, encoding="utf-8")
        seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
        print(seed, fuzz(Path(name), load_criteria(path).criteria, float(sys.argv[1]), seed))  # noqa: T201
