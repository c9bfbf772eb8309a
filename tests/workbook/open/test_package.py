from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.package import Package
from pilotscore.workbook.open.sheet_contents import PartError
from tests.workbook.open.xlsx_parts import relations


def package(contents: dict[str, str], limits: Limits | None = None) -> Package:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return Package(zipfile.ZipFile(stream), Budget(limits or Limits()))


@pytest.mark.parametrize("name", ["xl/a.xml", "XL/A.xml", "\\xl\\a.xml", "/xl/a.xml", "xl/%61.xml"])
def test_a_part_is_found_whatever_its_case_and_slashes(name: str):
    assert package({"xl/A.XML": "x"}).read(name) == b"x"
    assert package({"xl\\a.xml": "x"}).read(name) == b"x"


def test_an_absent_part_is_a_key_error():
    assert not package({}).has("a")
    with pytest.raises(KeyError, match="there is no part a"):
        package({}).read("a")


@pytest.mark.parametrize("again", ["xl/a.xml", "XL/a.xml", "xl\\a.xml"])
def test_two_parts_of_one_name_are_read_only_where_they_are_the_same(again: str):
    """Which of two that differ others read cannot be known: one may show what the other hides."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in (
            ("xl/a.xml", "1"),
            (again, "2"),
            ("xl/b.xml", "1"),
            ("xl/B.xml", "1"),
        ):
            archive.writestr(name, content)
    parts = Package(zipfile.ZipFile(stream), Budget(Limits()))
    with pytest.raises(PartError, match="two parts of this name"):
        parts.read("xl/a.xml")
    assert parts.read("xl/b.xml") == b"1"


@pytest.mark.parametrize(
    ("target", "resolved"),
    [
        ("b.xml", "xl/b.xml"),
        ("/b.xml", "b.xml"),
        ("../b.xml", "b.xml"),
        ("x\\y/../b.xml", "xl/x/b.xml"),
        ("../../../b.xml", "b.xml"),
    ],
)
def test_targets_are_resolved_from_where_their_part_lies(target: str, resolved: str):
    parts = package({"xl/_rels/w.xml.rels": relations({"r1": ("worksheet", target)})})
    assert parts.relationships("xl/w.xml") == (("r1", "worksheet", resolved),)
    assert parts.relationships("xl/other.xml") == ()


def test_external_targets_are_no_parts():
    text = relations({"r1": ("hyperlink", "a")}).replace("/></", ' TargetMode="External"/></')
    assert package({"_rels/.rels": text}).relationships("") == ()


def test_unsound_relationships_name_their_part():
    with pytest.raises(PartError) as caught:
        package({"_rels/.rels": "<Relationships>"}).relationships("")
    assert caught.value.part == "_rels/.rels"


def test_bounds_of_parts_and_of_what_they_say_of_their_size():
    with pytest.raises(BoundExceededError) as caught:
        package({"a": "", "b": ""}, Limits(parts=1))
    assert caught.value.name == "parts"
    with pytest.raises(BoundExceededError) as caught:
        package({"never looked into": "x" * 1_000_001}, Limits(inflated_mb=1))
    assert caught.value.name == "inflated_mb"
