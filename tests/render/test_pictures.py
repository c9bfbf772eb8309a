"""Pictures: drawings one below the other, the same bytes for the same data."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.document import Document, Drawing
from pilotscore.drawings import ControlChart
from pilotscore.language import Text, same
from pilotscore.render import pictures
from pilotscore.render.pictures import MOST_DRAWN, write_picture


def chart(name: str = "P-1") -> ControlChart:
    points = (1.0, 2.0, 9.0)
    return ControlChart(
        same(f"{name}  ≥ 3"),
        Text("均值图", "X-bar"),
        ("B1", "B2", "B3"),
        points,
        3.0,
        (0.0,) * 3,
        (8.0, 8.0, float("inf")),
        ((2, "1,2"),),
    )


def document(*drawings: ControlChart) -> Document:
    return Document(same("t"), drawings=lambda: [Drawing(d) for d in drawings])


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_same_bytes_twice(tmp_path: Path, ending: str):
    paths = [tmp_path / f"{n}.{ending}" for n in "ab"]
    for path in paths:
        write_picture(document(chart(), chart("P-2")), path, "en")
    first, again = (path.read_bytes() for path in paths)
    assert first == again
    assert first.startswith(b"\x89PNG" if ending == "png" else b"<?xml")


@pytest.mark.slow
def test_nothing_to_draw_is_a_picture_too(tmp_path: Path):
    write_picture(document(), tmp_path / "none.svg", "en")
    assert (tmp_path / "none.svg").stat().st_size


@pytest.mark.slow
def test_no_more_than_can_be_looked_at_and_it_is_said(tmp_path: Path):
    many = document(*(chart(f"P-{n}") for n in range(MOST_DRAWN + 1)))
    words = write_picture(many, tmp_path / "many.svg", "en")
    assert words is not None
    assert f"first {MOST_DRAWN} charts" in words.to("en")


@pytest.mark.slow
def test_without_a_chinese_font_words_are_english_and_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pictures, "chinese_font", lambda: None)
    assert write_picture(document(chart()), tmp_path / "en.svg", "en") is None
    for name, lang in (("P-1", "zh"), ("样品", "en")):
        words = write_picture(document(chart(name)), tmp_path / "x.svg", lang)  # type: ignore[arg-type]
        assert words is not None
        assert "Noto Sans CJK SC" in words.to("zh")
    pen = pictures.Pen("en", plain=True)
    assert pen.write(Text("均值图", "≥ 3")) == ">= 3"
    assert not pen.lost
    assert pen.write("样品 1") == "?? 1"
    assert pen.lost
