from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.written_number import WrittenNumber


@pytest.mark.slow
@given(st.from_regex(r"[+-]?[0-9]{1,9}(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?", fullmatch=True))
def test_it_is_its_number_and_keeps_its_letters(text: str):
    number = WrittenNumber(text)
    assert number == float(text)
    assert str(number) == f"{number}" == number.text == text
    other = pickle.loads(pickle.dumps(number))  # rows may go to another process
    assert (type(other), other.text) == (WrittenNumber, text)
