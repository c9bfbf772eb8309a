"""The shared texts of a workbook: they grow while sheets are written, and are a part at last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.utility import _preserve_whitespace

from pilotscore.patterns import regex

# What of a text is not written as it is.
_ODD = regex(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class GrowingTexts(SharedStringTable):  # type: ignore[misc]
    """The shared texts of a workbook, which grow until they are written, after all sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.place("")  # a workbook without any has no part for them

    def place(self, text: str) -> int:
        """Return the place of a text, which it has from now on."""
        return self.places((text,))[0]

    def places(self, texts: Sequence[str]) -> list[int]:
        """Return the places of texts, which they have from now on."""
        table = self.string_table
        self.count += len(texts)
        places = [table.setdefault(text, len(table)) for text in texts]
        self.unique_count = len(table)
        return places

    _get_shared_string_index = place

    def _sort_string_data(self) -> None:
        """Nothing: they are in order."""

    def _get_shared_string(self, index: int) -> str:
        """Return a text by its place, for the few cells of which a chart keeps the texts."""
        return str(next(islice(self.string_table, index, None)))

    @property
    def string_array(self) -> Iterator[str]:
        """All texts in the order of their places."""
        return iter(self.string_table)

    @string_array.setter
    def string_array(self, texts: Iterable[str]) -> None:
        """Nothing: XlsxWriter sets it to an empty list at first."""


class TextsPart(SharedStrings):  # type: ignore[misc]
    """The part of a workbook that holds its shared texts; each is text, whatever it looks like."""

    def _write_sst_strings(self) -> None:
        for text in self.string_table.string_array:
            if _ODD.search(text):
                self._write_si(text)
            else:
                self.fh.write(f"<si><t>{text}</t></si>")

    def _write_si(self, string: str) -> None:
        said = self._escape_control_characters(string)
        self._xml_si_element(said, [("xml:space", "preserve")] * bool(_preserve_whitespace(said)))


class TextsPackager(Packager):  # type: ignore[misc]
    """What puts the parts of a workbook together, with the part of its texts as written here."""

    def _write_shared_strings_file(self) -> None:
        part = TextsPart()
        part.string_table = self.workbook.str_table
        part._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        part._assemble_xml_file()
