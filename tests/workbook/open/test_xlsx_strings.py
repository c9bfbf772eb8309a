from __future__ import annotations

import pytest

from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_strings import shared_strings
from tests.workbook.open.xlsx_parts import MAIN


def sst(*entries: str, prefix: str = "") -> bytes:
    body = "".join(f"<{prefix}si>{e}</{prefix}si>" for e in entries)
    space = f'xmlns:{prefix[:-1]}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{prefix}sst {space}>{body}</{prefix}sst>'.encode()
    )


ENTRIES = [
    ("<t>甲</t>", "甲"),
    ("<t>a &amp; b</t>", "a & b"),
    ('<t xml:space="preserve"> a </t>', " a "),
    ("<t> a\n</t>", "a"),
    ("<t/>", ""),
    ("<t></t>", ""),
    ("<r><t>一</t></r><r><rPr><b/></rPr><t>二</t></r>", "一二"),
    ('<r><t xml:space="preserve">一 </t></r><r><t>二</t></r>', "一 二"),
    ("<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/>", "東京"),
    ("<t><![CDATA[<3]]></t>", "<3"),
    ("<t>_x0041_</t>", "A"),
]


@pytest.mark.parametrize(("entry", "text"), ENTRIES)
def test_an_entry_alone_and_among_plain_ones(entry: str, text: str):
    assert shared_strings([sst(entry)], "p") == [text]
    assert shared_strings([sst("<t>x</t>", entry, "<t>y</t>")], "p") == ["x", text, "y"]


def test_every_way_of_writing_the_part():
    plain = sst(*(e for e, _ in ENTRIES))
    wanted = [t for _, t in ENTRIES]
    assert shared_strings([plain], "p") == wanted
    assert shared_strings([plain[i : i + 7] for i in range(0, len(plain), 7)], "p") == wanted
    assert (
        shared_strings([plain.decode().replace("UTF-8", "UTF-16").encode("utf-16")], "p") == wanted
    )
    quick = sst("<t>a</t>", "<t>b</t>")
    assert shared_strings([quick[i : i + 1] for i in range(len(quick))], "p") == ["a", "b"]
    prefixed = sst("<x:t>a</x:t>", prefix="x:")
    assert shared_strings([prefixed], "p") == ["a"]


def test_none_and_unsound():
    assert shared_strings([f'<sst xmlns="{MAIN}"/>'.encode()], "p") == []
    assert shared_strings([sst()], "p") == []
    for content in (b"", b"<sst><si><t>a</t></si>", b"<sst><si><t>a</t></si></sst>x"):
        with pytest.raises(PartError) as caught:
            shared_strings([content], "p")
        assert caught.value.part == "p"
