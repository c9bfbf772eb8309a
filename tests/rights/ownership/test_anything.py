"""Sheets of any content: every finding reads in both languages, every case is made, no sum is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.rights.due import DueState
from pilotscore.rights.ownership.case import case_of
from pilotscore.rights.ownership.ownership import Ownership
from pilotscore.workbook.rights.records import (
    AMOUNTS,
    CASE_FLAGS,
    MODES,
    PARTY_FLAGS,
    PARTY_KINDS,
    PAYMENTS,
    STEPS,
)

from .making import Book, book

IDS = st.sampled_from(["R1", "R2", "成果三"])
DAYS = st.one_of(
    st.just("NaT"),
    st.dates(np.datetime64("1990-01-01").item(), np.datetime64("2060-12-31").item()).map(str),
)
FIGURES = st.one_of(
    st.just(np.nan), st.floats(-1e3, 1e13), st.sampled_from([0.0, 100.0, 33.33, 1e-9])
)
FLAGS = st.sampled_from([-1, 0, 1])


def some(**columns: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.fixed_dictionaries({"result": IDS, **columns}), max_size=6)


SHEETS = st.fixed_dictionaries(
    {},
    optional={
        "cases": some(
            region=st.sampled_from(["", "浙江", "上海市浦东新区", "汕头", "火星", "江苏", "国家"]),
            mode=st.sampled_from(["", *MODES]),
            payment=st.sampled_from(["", *PAYMENTS]),
            amount=FIGURES,
            company_founded=DAYS,
            paid_in=DAYS,
            last_progress=DAYS,
            **dict.fromkeys(CASE_FLAGS, FLAGS),
        ),
        "parties": some(
            party=st.sampled_from(["", "甲", "乙", "团队"]),
            kind=st.sampled_from(["", *PARTY_KINDS]),
            role=st.sampled_from(["", "受让方", "完成单位"]),
            share=FIGURES,
            use_years=FIGURES,
            claim=FIGURES,
            claim_due=DAYS,
            claim_settled=DAYS,
            **dict.fromkeys(PARTY_FLAGS, FLAGS),
        ),
        "steps": some(
            step=st.sampled_from(["", *STEPS]),
            start=DAYS,
            end=DAYS,
            document=st.sampled_from(["", "a.pdf"]),
            document_date=DAYS,
            days=FIGURES,
            day_kind=st.sampled_from(["", "calendar", "working"]),
            objections=FLAGS,
        ),
        "distributions": some(
            item=st.sampled_from(["", *AMOUNTS]),
            amount=FIGURES,
            currency=st.sampled_from(["", "CNY", "USD"]),
            share=FIGURES,
            of=st.sampled_from(["", *AMOUNTS]),
            form=st.sampled_from(["", "cash", "shares"]),
            date=DAYS,
            agreed=FLAGS,
        ),
    },
)


def every_word_of(owned: Ownership) -> None:
    for finding in owned.findings():
        assert finding.place.file == "rights.xlsx"
        for lang in ("zh", "en"):
            assert "{" not in finding.sentence(lang)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(SHEETS, DAYS.filter(lambda day: day != "NaT"))
def test_whatever_the_sheets_hold(sheets, as_of):
    owned = Book(sheets).owned(as_of)
    every_word_of(owned)
    told = dict.fromkeys(owned.results, 0)
    for finding in owned.findings():
        if finding.result is not None:
            told[finding.result] += finding.severity == "error"
    assert list(told.values()) == list(owned.errors)
    due = 0
    for result in owned.results:
        case = case_of(owned, result)
        assert len(case.violations) == told[result]
        assert {s.id for s in case.unproven} <= set(STEPS)
        due += len(case.due)
    assert due == (0 if owned.due is None else len(owned.due))


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(SHEETS)
def test_a_result_does_not_depend_on_the_others(sheets):
    alone = {name: [row for row in rows if row["result"] == "R1"] for name, rows in sheets.items()}
    if not any(alone.values()):
        return
    among, single = Book(sheets).owned(), Book({k: v for k, v in alone.items() if v}).owned()

    def told(owned: Ownership) -> list[str]:
        return sorted(f.sentence("en") for f in owned.findings("R1"))

    assert told(among) == told(single)
    of_both = [
        [(d.rule.id, str(d.due), DueState(d.state)) for d in case_of(owned, "R1").due]
        for owned in (among, single)
    ]
    assert of_both[0] == of_both[1]


def test_a_sheet_without_rows_is_a_sheet():
    assert len(book(cases=[], parties=[], steps=[], distributions=[]).owned()) == 0
