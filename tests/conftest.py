"""What the tests share: a small criteria set, and workbooks made on the spot."""

from __future__ import annotations

import datetime
import functools
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from pilotscore.criteria import LoadedCriteria

# A session starts some sixty processes. Where Python is told to keep no compiled modules, each of them
# would compile the whole package anew: here they are kept, where Python keeps them by itself.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# The workers of pytest share the cores: threads of linear algebra on top would wait for each other,
# busily. It is read when numpy is first imported, which nothing above does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# No rules of the person who runs the tests: there is no such folder.
os.environ["PILOTSCORE_RULES"] = str(Path(__file__).parent / "no-rules")

AS_OF = datetime.date(2026, 11, 23)

MINI = """
id: mini
version: "1.0"
title: {zh: 小型指标体系, en: Small set}
policy: mini-policy.yaml
dimensions:
  - id: tech
    title: {zh: 技术成熟度, en: Technology}
    weight: 60
    indicators:
      - id: trl
        title: {zh: 技术就绪水平, en: Technology readiness level}
        type: level
        scale: [1, 9]
        points: [[1, 0], [5, 50], [9, 100]]
        weight: 50
        required: true
        not_applicable: false
        aliases: [TRL]
      - id: yield_rate
        title: {zh: 一次合格率, en: First-pass yield}
        unit: "%"
        type: percent
        points: [[50, 0], [100, 100]]
        weight: 30
      - id: run_hours
        title: {zh: 连续运行时间, en: Continuous run}
        unit: {zh: h, en: h}
        type: number
        range: [0, 100000]
        points: [[0, 0], [100, 100]]
        weight: 20
        not_applicable: mode == batch
  - id: safety
    title: {zh: 安全环保, en: Safety}
    weight: 40
    indicators:
      - id: hazard
        title: {zh: 安全评估, en: Hazard study}
        type: category
        weight: 70
        required: true
        not_applicable: false
        table:
          - {id: none, title: {zh: 未做, en: none}, value: 0}
          - {id: partial, title: {zh: 部分完成, en: partial}, value: 50}
          - {id: complete, title: {zh: 已完成, en: complete}, value: 100}
      - id: permit
        title: {zh: 环评批复, en: Permit}
        type: yes_no
        weight: 30
facts:
  - {id: disputed, title: {zh: 权属争议, en: Ownership disputed}, type: yes_no}
  - {id: fraud, title: {zh: 学术不端, en: Misconduct}, type: yes_no}
  - id: mode
    title: {zh: 工艺类型, en: Process mode}
    type: category
    table: [{id: continuous, title: {zh: 连续, en: continuous}}, {id: batch, title: {zh: 间歇, en: batch}}]
  - {id: permit_end, title: {zh: 许可到期日, en: Permit ends}, type: date}
  - {id: requested, title: {zh: 申请金额, en: Sum requested}, unit: {zh: 万元, en: 10k CNY}, type: money}
  - {id: cost, title: {zh: 中试成本, en: Pilot cost}, unit: {zh: 万元, en: 10k CNY}, type: money}
evidence:
  default: E1
  threshold: E2
  grades:
    - {id: E0, title: {zh: 无证据, en: nothing}, cap: 30, cap_required: 0}
    - {id: E1, title: {zh: 自述, en: own statement}, cap: 60}
    - {id: E2, title: {zh: 内部记录, en: internal record}, cap: 85}
    - {id: E3, title: {zh: 第三方, en: third party}, cap: 100}
gates:
  - {id: fraud_gate, title: {zh: 学术不端, en: misconduct}, when: fraud == yes, no_grade: true, funding: refuse}
  - {id: dispute, title: {zh: 权属争议, en: ownership in dispute}, when: disputed == yes, cap: B, funding: hold, advice: {zh: 先解决权属, en: settle the ownership}}
  - {id: expired, title: {zh: 许可到期, en: the permit has expired}, when: permit_end < as_of, funding: hold}
  - {id: unproven, title: {zh: 证据不足, en: too little evidence}, when: evidence_share < 0.5, cap: C}
grades:
  - {id: A, title: {zh: 成熟, en: mature}, index: 80, every_dimension: 60, dimensions: {safety: 70}, levels: {trl: 7}}
  - {id: B, title: {zh: 较成熟, en: proven}, index: 60, dimensions: {safety: 40}}
  - {id: C, title: {zh: 待熟化, en: early}}
"""

POLICY = """
id: mini-policy
version: "1.0"
title: {zh: 小型政策, en: Small policy}
criteria: mini
unit: {zh: 万元, en: 10k CNY}
placeholder_amounts: true
requested: requested
cost: cost
grades:
  A:
    approval: {decision: approve, title: {zh: 直接立项, en: approve}}
    support: [{zh: 首台套推荐, en: first-set support}]
    instruments:
      - {id: equity, title: {zh: 先投后股, en: equity}, range: [500, 3000], when: disputed == no}
      - {id: loan, title: {zh: 贷款贴息, en: loan subsidy}}
  B:
    approval: {decision: prioritise, title: {zh: 优先立项, en: prioritise}}
    instruments:
      - {id: post, title: {zh: 后补助, en: post-subsidy}, range: [100, 500], cost_share: 0.3}
  C:
    approval: {decision: nurture, title: {zh: 入库培育, en: nurture}}
held: {approval: {decision: hold, title: {zh: 暂缓, en: on hold}}}
refused: {approval: {decision: reject, title: {zh: 不予立项, en: rejected}}}
not_assessable: {approval: {decision: return, title: {zh: 退回补正, en: returned}}}
"""

HEADERS = [
    "编号",
    "成果名称",
    "TRL",
    "证据等级",
    "一次合格率（%）",
    "证据等级",
    "连续运行时间（h）",
    "证据等级",
    "安全评估",
    "证据等级",
    "环评批复",
    "证据等级",
    "权属争议",
    "学术不端",
    "工艺类型",
    "许可到期日",
]
GOOD = [
    "P-1",
    "硝化工艺",
    7,
    "E3",
    96,
    "E3",
    80,
    "E3",
    "已完成",
    "E3",
    "是",
    "E3",
    "否",
    "否",
    "连续",
    datetime.date(2030, 1, 1),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the pages' commands first: they take longest, and no worker should end alone with them."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/test_docs.py"))


def pytest_collection_finish() -> None:
    """Leave what collecting brought into memory alone: it stays, and looking through it takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def from_yaml(text: str) -> Any:
    """Return what a YAML text says, fast."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def to_yaml(data: Any, *, sort_keys: bool = False) -> str:
    """Return data as YAML, fast."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=sort_keys)


@functools.cache
def built_in(name: str = "pilot-maturity") -> LoadedCriteria:
    """Return a built-in criteria set, loaded once in a process; its ``data`` is not to be changed."""
    from pilotscore.criteria import load_criteria

    return load_criteria(name)


MakeBook = Callable[..., Path]


def row(**changes: Any) -> list[Any]:
    """Return a good row with some cells changed, by header (the first with that name)."""
    names = {"id": 0, "title": 1, "trl": 2, "trl_evidence": 3, "yield_rate": 4, "run_hours": 6,
             "hazard": 8, "permit": 10, "disputed": 12, "fraud": 13, "mode": 14, "permit_end": 15}  # fmt: skip
    cells = list(GOOD)
    for name, value in changes.items():
        cells[names[name]] = value
    return cells


def write_book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook with these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(list(cells))
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"  # openpyxl would write a live formula
    book.save(path)
    return path


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    """Return what saves workbooks in another format by LibreOffice, all of them in one start."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("soffice")

    def convert(ending: str, folder: Path, *books: Path) -> None:
        subprocess.run(
            [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{profile}",
                "--convert-to",
                ending,
                "--outdir",
                str(folder),
                *map(str, books),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

    return convert


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """Return the path of the small criteria set, its policy beside it."""
    (tmp_path / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    path = tmp_path / "mini.yaml"
    path.write_text(MINI, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> MakeBook:
    """Return a maker of one-sheet workbooks: rows below the headers of the small set."""

    def make(
        *rows: Sequence[Any],
        name: str = "book.xlsx",
        headers: Sequence[Any] = HEADERS,
        above: Sequence[Sequence[Any]] = (),
        below: Sequence[Sequence[Any]] = (),
    ) -> Path:
        return write_book(tmp_path / name, {"成果": [*above, headers, *rows, *below]})

    return make
