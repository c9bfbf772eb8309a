"""Scoring standards in bands, as offices write them."""

from __future__ import annotations

import pytest

from pilotscore.criteria_book.band_text import closed
from pilotscore.criteria_book.scoring_text import read_standard

HUNDRED = [("优", 90, 100), ("良", 80, 89), ("差", 0, 79)]


@pytest.mark.parametrize(
    ("text", "weight", "expected"),
    [
        ("优 90-100 分；良 80-89 分；差 0-79 分", 20, HUNDRED),
        ("优：90～100分，良：80～89分，差：0～79", 100, HUNDRED),
        ("优 90—100\n良 80—89\n差 0—79", 100, HUNDRED),
        ("优（90至100分）、良（80至89分）、差（0至79分）", 100, HUNDRED),
        ("优90分以上；良80-89分；差79分及以下", 20, HUNDRED),
        ("1. 优（90-100分）；2. 良（80-89分）；3. 差（0-79分）", 20, HUNDRED),
        ("优100-90分；良89-80分；差79-0分", 20, HUNDRED),
        ("Good (80-100); Fair (60-79)", 20, [("Good", 80, 100), ("Fair", 60, 79)]),
        ("[90,100] 优；[80,90) 良；X<80 差", 9, [("优", 90, 100), ("良", 80, 90), ("差", 0, 80)]),
        ("90≤X≤100 优；80≤X<90 良", 9, [("优", 90, 100), ("良", 80, 90)]),
        ("国际领先 16-20 分；一般 0-15 分", 20, [("国际领先", 16, 20), ("一般", 0, 15)]),
        (
            "A档16分以上、B档(11~15分)、C档10分以下",
            20,
            [("A档", 16, 20), ("B档", 11, 15), ("C档", 0, 10)],
        ),
        (
            "成熟度高，得16-20分；成熟度低，得0-15分",
            20,
            [("成熟度高", 16, 20), ("成熟度低", 0, 15)],
        ),
        ("获奖2项以上，90-100分；没有，0分", 20, [("获奖2项以上", 90, 100), ("没有", 0, 0)]),
        ("优 20 分；良 15 分", 20, [("优", 20, 20), ("良", 15, 15)]),
        ("优：20分，良：15分", 20, [("优", 20, 20), ("良", 15, 15)]),
        ("高(8-10分)/低(0-7分)", 10, [("高", 8, 10), ("低", 0, 7)]),
    ],
)
def test_standards_in_bands(text: str, weight: float, expected: list[tuple[str, float, float]]):
    standard = read_standard(text)
    assert standard is not None
    assert [(b.title, b.low, b.high) for b in closed(standard.bands, weight)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "优（90-100分）：国际领先；良（80-89分）：国内领先",
            [("优", "国际领先"), ("良", "国内领先")],
        ),
        ("90-100分（优）：国际领先；80-89分（良）：一般", [("优", "国际领先"), ("良", "一般")]),
        ("90-100分：国际领先；80-89分：国内领先", [("国际领先", ""), ("国内领先", "")]),
        (
            "优：国际领先，有专利（90～100分）；良：一般（80～89分）",
            [("优", "国际领先,有专利"), ("良", "一般")],
        ),
        ("优 90-100 分：领先；有专利；良 80-89 分", [("优", "领先；有专利"), ("良", "")]),
        (
            "整体技术达到国际领先水平并有核心专利的 90-100分；其余 0-89分",
            [("90–100 分", "整体技术达到国际领先水平并有核心专利的"), ("其余", "")],
        ),
    ],
)
def test_what_each_band_takes(text: str, expected: list[tuple[str, str]]):
    standard = read_standard(text)
    assert standard is not None
    assert [(b.title, b.wording) for b in closed(standard.bands, 100)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "50-100小时 得 60 分；100-200小时 得 80 分",
        "50-100 得 60 分；100-200 得 80 分",
        "≥500 得 100 分；≥168 得 70 分",
        "是 100 分；否 0 分",
        "1-9级",
        "优=100；良=80",
        "收率 90-100%；收率 80-89%",
    ],
)
def test_standards_of_another_kind_are_no_bands(text: str):
    standard = read_standard(text)
    assert standard is None or standard.bands == ()


@pytest.mark.parametrize(
    "text",
    [
        "优 80-100 分；良 70-85 分",
        "优 90-100 分",
        "优 90-100 分；优 80-89 分",
        "优 90-120 分；良 0-80 分",
    ],
)
def test_bands_that_overlap_or_are_called_alike_cannot_be_scored_by(text: str):
    standard = read_standard(text)
    assert standard is None or standard.bands == ()
