"""The exceptions a caller can meet, and the exit code that each becomes.

::

    PilotscoreError
    ├── UsageError               exit 2   a wrong argument: unknown criteria, no such result
    ├── UnreadableInputError     exit 3   a workbook or file that cannot be read at all
    ├── FaultyFileError          exit 1   a criteria or policy file that reads but has faults
    ├── OutputError              exit 2   an output that cannot be written there
    ├── PartlyDoneError          exit 4   what was needed is gone before all was done
    └── SolverError              exit 70  a solver that ended with an error of its own

``FaultyFileError.findings`` and ``UnreadableInputError.findings`` list every fault, each with its
place, what was found, what was expected and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pilotscore.findings import Finding
from pilotscore.language import Lang, Text, Words

FINE = 0
FINDINGS_BLOCK = 1
USAGE = 2
UNREADABLE = 3
PARTLY_DONE = 4
OUR_FAULT = 70


class PilotscoreError(Exception):
    """Anything that a person can mend; ``text`` says it in both languages."""

    exit_code = OUR_FAULT

    def __init__(self, text: Words, findings: Sequence[Finding] = ()) -> None:
        super().__init__(text.to("en"))
        self.text = text
        self.findings = tuple(findings)

    def message(self, lang: Lang) -> str:
        """Return the message in one language."""
        return self.text.to(lang)


class UsageError(PilotscoreError):
    """A wrong argument."""

    exit_code = USAGE


class UnreadableInputError(PilotscoreError):
    """An input that cannot be read at all."""

    exit_code = UNREADABLE


def nothing_read(findings: Sequence[Finding]) -> UnreadableInputError:
    """Return the error of files of which none could be read; its findings name each, and why."""
    return UnreadableInputError(Text("没有一个文件可以读取", "no file could be read"), findings)


class FaultyFileError(PilotscoreError):
    """A criteria or policy file that can be read but has faults."""

    exit_code = FINDINGS_BLOCK


class OutputError(PilotscoreError):
    """An output that cannot be written where it was asked for."""

    exit_code = USAGE


class PartlyDoneError(PilotscoreError):
    """What the work needs is gone before all was done; what was finished is kept where it says."""

    exit_code = PARTLY_DONE


class SolverError(PilotscoreError):
    """A solver that ended with an error of its own; it never stands for an empty allocation."""
