"""A page as a file: what is in it, what may run in it, and that texts stay texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pilotscore.document import Document
from pilotscore.language import LANGS, Lang, same
from pilotscore.render.html.page import as_data, to_html, write_html
from tests.render.html.conftest import HOSTILE


class Parsed(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.current = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.current = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.current in self.texts:
            self.texts[self.current][-1] += data

    def handle_endtag(self, _tag: str) -> None:
        self.current = ""


def data_of(page: str) -> Any:
    return json.loads(Parsed(page).texts["script"][0])


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_becomes_an_element(whole: Document, lang: Lang):
    parsed = Parsed(to_html(whole, lang))
    tags = [tag for tag, _ in parsed.elements]
    assert tags.count("script") == 4
    assert set(tags) == {
        "html", "head", "meta", "title", "style", "body", "noscript", "script",
    }  # fmt: skip
    assert parsed.texts["title"] == [whole.title.to(lang)]


def test_texts_come_back_as_they_were(whole: Document):
    texts = data_of(to_html(whole, "en"))["texts"]
    assert set(HOSTILE) <= {t for t in texts if isinstance(t, str)}


@pytest.mark.parametrize("text", [*HOSTILE, "</SCRIPT >", "]]>", "&lt;", "\\u003c"])
def test_data_hold_no_sign_of_markup(text: str):
    data = as_data({"a": [text]})
    assert not re.search("[<>&\u2028\u2029]", data)
    assert json.loads(data) == {"a": [text]}


def test_nothing_runs_or_loads_but_what_belongs_to_the_page(whole: Document):
    parsed = Parsed(to_html(whole, "en"))
    (policy,) = (a["content"] for _, a in parsed.elements if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    hashed = [*parsed.texts["script"][1:], *parsed.texts["style"]]
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in hashed]
    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    loading = {"src", "href", "srcset", "action", "style"}
    assert not [a for _, a in parsed.elements if loading & set(a)]
    assert not re.search(r"@import|url\(", parsed.texts["style"][0])
    assert not any("sourceMappingURL" in text for text in hashed)


def test_our_script_makes_no_markup_of_texts():
    folder = files("pilotscore.render.html")
    own = [p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".js")]
    assert len(own) == 5
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    assert not re.search(banned, "".join(own))


def test_third_party_files_are_those_recorded():
    folder = files("pilotscore.render.html") / "_vendor"
    recorded = json.loads((folder / "vendored.json").read_text(encoding="utf-8"))
    hashes = {name: f["sha256"] for p in recorded for name, f in p["files"].items()}
    there = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "vendored.json"}
    assert {name: hashlib.sha256(b).hexdigest() for name, b in there.items()} == hashes
    assert [p["licence"] for p in recorded] == ["MIT", "MIT"]


def test_licences_stand_in_the_page(whole: Document):
    page = to_html(whole, "zh")
    assert "Copyright (c) 2015-2026 Oli Folkerd" in page
    assert "Chart.js Contributors" in page


def test_a_file_is_written_the_same_each_time(whole: Document, tmp_path: Path):
    for name in ("a.html", "b.html"):
        write_html(whole, tmp_path / name, "zh")
    first = (tmp_path / "a.html").read_bytes()
    assert first == (tmp_path / "b.html").read_bytes()
    assert b"\r" not in first


def test_a_document_without_anything_is_a_page_all_the_same():
    assert data_of(to_html(Document(same("t")), "en"))["sheets"] == []
