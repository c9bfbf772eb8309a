"""Says what names of items are like that are not known, and takes them for it where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.form_parts import Form
from pilotscore.workbook.results.forms import find_forms, other_labels
from pilotscore.workbook.tables.headers import HeaderNames, Target, reduced
from pilotscore.workbook.tables.suggestions import Suggestion, suggest


@lru_cache(maxsize=256)
def likely_items(
    texts: tuple[str, ...], taken: frozenset[str], names: HeaderNames
) -> tuple[Suggestion | None, ...]:
    """Return what each text is like; the forms of a folder ask the same again and again."""
    suggestions = suggest(names, dict(enumerate(texts)), set(taken))
    return tuple(suggestions.get(i) for i in range(len(texts)))


def with_likely_items(sheet: Sheet, forms: Sequence[Form], names: HeaderNames) -> list[Form]:
    """Return the forms of a sheet with the items that a person lets be what they are like."""
    if not forms or not names.accept:
        return list(forms)
    texts = tuple(text for _, text in other_labels(sheet.rows, forms[0], names))
    likely = likely_items(texts, frozenset(forms[0].items), names)
    accepted = {s.name: s for s in likely if s is not None}
    if not accepted:
        return list(forms)
    said = {
        reduced(text): Target(s.name)
        for text, s in zip(texts, likely, strict=True)
        if s is not None
    }
    more = replace(names, mapped={**said, **names.mapped})
    likelier = find_forms(sheet.rows, more, sheet.merged, afresh=True)
    return [replace(form, accepted=accepted) for form in likelier] or list(forms)
