from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path

import pytest

import pilotscore
from pilotscore.findings import DECLARING, all_kinds, error
from pilotscore.language import nearest

HOUSE = Path(pilotscore.__file__).parent


def declares(page: Path) -> bool:
    """Whether a module takes what declares a kind from ``findings``."""
    imported = {
        name.name
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "pilotscore.findings"
        for name in node.names
    }
    return bool(imported & {"kind", "error", "warning", "info"})


@pytest.mark.slow
def test_every_module_that_declares_kinds_is_known():
    found = {
        ".".join(page.relative_to(HOUSE).with_suffix("").parts)
        for page in HOUSE.rglob("*.py")
        if declares(page)
    }
    assert found == set(DECLARING)


def test_a_code_is_given_once():
    code = next(iter(all_kinds()))
    with pytest.raises(ValueError, match=code):
        error(code, ("重复", "again"), why_zh="不行。", why_en="No.")


def test_a_kind_is_the_same_after_a_journey_to_another_process():
    for kind in all_kinds().values():
        assert pickle.loads(pickle.dumps(kind)) is kind
    assert len(pickle.dumps(kind)) < 100


def test_every_kind_speaks_both_languages():
    for code, kind in all_kinds().items():
        assert re.fullmatch(r"[A-Z]\d{3}", code)
        assert kind.code == code
        assert all((kind.found.zh, kind.found.en, kind.why.zh, kind.why.en)), code
        for text in (kind.found, kind.expected, kind.mend):
            if text is not None:
                filled = [set(re.findall(r"\{(\w+)", words)) for words in (text.zh, text.en)]
                assert filled[0] == filled[1], code


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("清晰", ["不清晰", "有争议"], None),
        ("不清晰", ["清晰", "权属清晰"], None),
        ("approved", ["not approved", "aproved"], "aproved"),
        ("valid", ["invalid"], None),
        ("清淅晰", ["清晰"], "清晰"),
        ("trl_levl", ["trl_level", "crl_level"], "trl_level"),
    ],
)
def test_a_denial_is_never_the_word_that_was_meant(word: str, known: list[str], found: str | None):
    assert nearest(word, known) == found


def test_what_is_wrong_with_a_workbook_says_how_to_mend_it():
    """Of the files of rules, what is expected says it."""
    of_workbooks = [k for k in all_kinds().values() if k.code[0] in "BHRVIJ"]
    assert [k.code for k in of_workbooks if k.severity != "info" and k.mend is None] == []
