"""No header of a sheet of rights means two things; a sheet is known by its header."""

from __future__ import annotations

import pytest

from pilotscore.workbook.rights.headers import SHEET_NAMES, SHEETS, named_kind, role_of
from pilotscore.workbook.rights.roles import SheetKind


@pytest.mark.parametrize("kind", list(SHEETS))
def test_no_header_means_two_things(kind: SheetKind) -> None:
    for role, spec in SHEETS[kind].items():
        for name in f"{spec.zh}|{spec.en}".split("|"):
            assert role_of(kind, name) == role, name
            assert role_of(kind, f"{name}*（必填）") == role, name
        both = spec.title
        assert role_of(kind, f"{both.zh}\n{both.en}") == role
        assert role_of(kind, f"{both.zh} / {both.en}") == role


@pytest.mark.parametrize("kind", list(SHEET_NAMES))
def test_a_sheet_is_known_by_its_name(kind: SheetKind) -> None:
    for name in "|".join(SHEET_NAMES[kind]).split("|"):
        assert named_kind(name) == kind
        assert named_kind(f"{name}（2026）") == kind
    assert named_kind("成果") is None
