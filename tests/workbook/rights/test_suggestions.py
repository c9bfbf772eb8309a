"""Suggestions are looked for once for each word, and not for thousands of them."""

from __future__ import annotations

from pilotscore.language import NOTHING, Words, same
from pilotscore.workbook.rights.suggestions import Suggestions


def test_each_word_is_looked_for_once_and_not_too_many() -> None:
    looked: list[str] = []

    def look(word: str) -> Words:
        looked.append(word)
        return same(word.upper())

    suggestions = Suggestions(look, most=2)
    assert [suggestions.of(w).to("en") for w in ("a", "b", "a", "c", "b")] == [
        "A",
        "B",
        "A",
        "",
        "B",
    ]
    assert looked == ["a", "b"]
    assert suggestions.of("c") == NOTHING


def test_the_nearest_known_word_is_suggested() -> None:
    suggestions = Suggestions.among(["发明专利", "实用新型"])
    assert suggestions.of("实用新形").to("zh") == "；是否指 实用新型？"
    assert suggestions.of("完全不同").to("zh") == ""
