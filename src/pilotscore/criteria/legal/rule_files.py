"""Reads a file of rules of law: every fault at once, with its line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from pilotscore.criteria.checks import Fault
from pilotscore.criteria.files import Source, finding_of, read_placed, refuse
from pilotscore.criteria.loader import validated
from pilotscore.criteria.parts import Part
from pilotscore.patterns import regex

File = TypeVar("File", bound=Part)
_ISO = regex(r"\d{4}-\d{2}-\d{2}")


def _iso_day(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:  # the 30th of February
            pass
    raise PydanticCustomError("iso_day", "a date such as 2026-01-04")


Day = Annotated[datetime.date, BeforeValidator(_iso_day)]


def load_rules(
    path: Path, model: type[File], check: Callable[[File], Iterable[Fault]] | None = None
) -> tuple[File, Source]:
    """Return the validated rules of a file, and its name and hash.

    Parameters
    ----------
    path
        A YAML file.
    model
        What its keys may be.
    check
        Yields what is wrong with rules whose structure is sound.

    Raises
    ------
    UnreadableInputError, FaultyFileError
        It cannot be read, or has faults: all of them, each with its line.
    """
    placed, source = read_placed(path)
    rules = validated(path, model, placed, ())
    faults = list(check(rules)) if check else []
    if faults:
        refuse(path, [finding_of(path, placed, fault) for fault in faults])
    return rules, source
