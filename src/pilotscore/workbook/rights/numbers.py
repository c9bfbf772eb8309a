"""What the number of a right says: which one it is however it is written, and of which kind."""

from __future__ import annotations

import unicodedata

from pilotscore.patterns import regex

_NOISE = regex(r"[\s\-‐-―·.。:：()]+")
# 20201 0123456 7: year, kind, serial, check digit; before 2003-10 the year has two digits.
_CHINESE = regex(r"(?:(?:19|20)\d{2}([1-9])\d{7}[\dX]?|(?:8[5-9]|9\d|0[0-3])([1-9])\d{5}[\dX]?)")
_PUBLISHED = regex(r"CN\d{7,9}([ABCUYS])\d?")
_BY_DIGIT = {
    "1": "invention",
    "2": "utility_model",
    "3": "design",
    "8": "invention",
    "9": "utility_model",
}
_BY_LETTER = {
    **dict.fromkeys("ABC", "invention"),
    **dict.fromkeys("UY", "utility_model"),
    "S": "design",
}
_OTHERS = (
    (regex(r"PCT/?[A-Z]{2}\d.*"), "pct"),
    (regex(r"(?:软著登字第?)?(?:19|20)\d{2}SR[A-Z0-9]+号?|软著登字.*"), "software"),
    (regex(r"BS\d{6,}"), "ic_layout"),
    (regex(r"CNA\d{6,}[A-Z]?"), "plant_variety"),
)


def same_number(number: str) -> str:
    """Return a number in the form in which two spellings of it are equal.

    ZL 2020 1 0123456.7, CN202010123456.7 and 2020101234567 are one.
    """
    if not number.isascii():
        number = unicodedata.normalize("NFKC", number)
    bare = _NOISE.sub("", number).upper()
    if bare[:2] not in ("ZL", "CN") or not bare[2:3].isdigit() or _PUBLISHED.fullmatch(bare):
        return bare
    return bare[2:]


def kind_in(number: str) -> str:
    """Return the kind that a number says; '' where it says none.

    A number with an 8 or a 9 is that of an international application which entered China: an
    invention or a utility model like others, with the periods of these.
    """
    bare = same_number(number)
    if match := _CHINESE.fullmatch(bare):
        return _BY_DIGIT.get(match[1] or match[2], "")
    if match := _PUBLISHED.fullmatch(bare):
        return _BY_LETTER[match[1]]
    return next((kind for pattern, kind in _OTHERS if pattern.fullmatch(bare)), "")


def contradicts(kind: str, number: str) -> str:
    """Return the kind that a number says where it is another than the one stated; else ''."""
    said = kind_in(number)
    if not said or not kind or said == kind:
        return ""
    entered = kind == "pct" and said in ("invention", "utility_model")
    return "" if entered else said
