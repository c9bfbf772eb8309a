"""Words of earlier versions in a criteria file that cannot be, and conditions that still use one."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.criteria.loader import faults_of
from tests.conftest import MINI, from_yaml

MODE: dict[str, Any] = {
    "id": "way",
    "title": "方式",
    "type": "category",
    "table": [{"id": "sold", "title": "转让", "aliases": ["sale"]}, {"id": "let", "title": "许可"}],
    "formerly": [{"id": "later", "title": "先用后付", "values": {"way": "let", "pay": "late"}}],
}
PAY: dict[str, Any] = {
    "id": "pay",
    "title": "付款",
    "type": "category",
    "table": [{"id": "late", "title": "后付"}],
}


def faults(*, when: str | None = None, **changes: Any) -> list[Any]:
    data = from_yaml(MINI)
    data["facts"] += [MODE | changes, PAY]
    if when:
        data["gates"].append({"id": "g", "title": "g", "when": when, "funding": "hold"})
    return list(faults_of(data))


def former(**changes: Any) -> list[dict[str, Any]]:
    return [MODE["formerly"][0] | changes]


def test_former_words_that_can_be():
    assert faults(when="way == let and pay == late") == []


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"formerly": former(values={"pay": "late"})}, "C104", ("values",)),
        ({"formerly": former(values={"way": "lent"})}, "C210", ("values", "way")),
        ({"formerly": former(values={"way": "let", "paid": "late"})}, "C210", ("values", "paid")),
        ({"formerly": former(aliases=["sale"])}, "C205", ()),
        ({"formerly": former(id="sold")}, "C204", ("id",)),
        ({"formerly": former(values={})}, "C104", ("values",)),
        ({"type": "text", "table": None}, "C104", ("formerly",)),
    ],
)
def test_former_words_that_cannot_be(changes: dict[str, Any], code: str, path: tuple[str, ...]):
    found = faults(**changes)
    assert code in {f.kind.code for f in found}
    assert (
        any(f.kind.code == code and f.path[-len(path) :] == path for f in found if path) or not path
    )


@pytest.mark.parametrize(
    ("when", "instead"),
    [
        ("way == later", "way == let and pay == late"),
        ("way in [let, 先用后付]", "way == let and pay == late"),
        ("way == sale", "sold"),
        ("way == gone", "sold, let"),
    ],
)
def test_a_condition_with_another_word_is_told_what_to_write(when: str, instead: str):
    (found,) = [f for f in faults(when=when) if f.kind.code == "C208"]
    assert found.values["wanted"] == instead
