from __future__ import annotations

import pytest

from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xml_parts import elements, is_utf8, plain_text, unescaped


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a &amp;&lt;&gt;&quot;&apos; b", "a &<>\"' b"),
        (b"&#20013;&#x6587;", "中文"),
        (b"&copy; &amp;lt; &#x110000;", "&copy; &lt; &#x110000;"),
        ("一\r\n二\r三".encode(), "一\n二\n三"),
        (b"a&#13;b", "a\rb"),
        (b"_x000D_ _x0041_ _xZZZZ_", "\r A _xZZZZ_"),
        (b"\xff", "\ufffd"),
    ],
)
def test_what_bytes_between_tags_stand_for(raw: bytes, text: str):
    assert plain_text(raw) == text


def test_escapes_of_excel():
    assert unescaped("_x005F_x0041_") == "_x0041_"


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b"<a/>", True),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", True),
        (b'<?xml version="1.0" encoding="UTF-8"?><a/>', True),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a/>', False),
        ("<a/>".encode("utf-16"), False),
        ("<a/>".encode("utf-16-le"), False),
    ],
)
def test_which_parts_are_plain_utf8(head: bytes, plain: bool):
    assert is_utf8(head) is plain


def test_elements_come_without_their_prefixes():
    seen: list[tuple[str, dict[str, str]]] = []
    elements([b'<x:a xmlns:x="u" x:b="1"><c/></x:a>'], lambda t, a: seen.append((t, a)))
    assert seen == [("a", {"x": "u", "b": "1"}), ("c", {})]


@pytest.mark.parametrize("content", [b"<a>", b"<a></b>", b'<!DOCTYPE a [<!ENTITY e "x">]><a/>'])
def test_unsound_xml_and_declared_entities_are_refused(content: bytes):
    with pytest.raises(PartError) as caught:
        elements([content], lambda _t, _a: None, part="p.xml")
    assert caught.value.part == "p.xml"
