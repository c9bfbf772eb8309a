"""The shared texts of a workbook: they grow while sheets are written, and are a part at last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from xml.sax.saxutils import escape

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.utility import _preserve_whitespace
from xlsxwriter.xmlwriter import XMLwriter

from pilotscore.patterns import regex

# So that what is kept of a workbook of a million rows does not grow with them.
_MOST = 200_000
# What of a text is not written as it is.
_ODD = regex(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class GrowingTexts(SharedStringTable):  # type: ignore[misc]
    """The shared texts of a workbook, which grow until they are written, after all sheets.

    Parameters
    ----------
    most
        How many are shared; any other stands in its own cells.
    """

    def __init__(self, most: int = _MOST) -> None:
        super().__init__()
        self.most = most
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

    def ends(self, texts: Sequence[str]) -> list[str]:
        """Return what stands in the cells of texts, from the type of the cell on."""
        if len(self.string_table) + len(texts) <= self.most:
            return [f' t="s"><v>{n}</v></c>' for n in self.places(texts)]
        known = [self.string_table.get(text) for text in texts]
        self.count += len(known) - known.count(None)
        return [
            f' t="inlineStr"><is>{_element(text)}</is></c>'
            if n is None
            else f' t="s"><v>{n}</v></c>'
            for text, n in zip(texts, known, strict=True)
        ]

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


def _element(text: str) -> str:
    """Return a text as XML; it is text, whatever it looks like."""
    if _ODD.search(text) is None:
        return f"<t>{text}</t>"
    said = XMLwriter._escape_control_characters(text)
    kept = ' xml:space="preserve"' if _preserve_whitespace(said) else ""
    return f"<t{kept}>{escape(said)}</t>"


class TextsPart(SharedStrings):  # type: ignore[misc]
    """The part of a workbook that holds its shared texts."""

    def _write_sst_strings(self) -> None:
        texts = self.string_table.string_array
        self.fh.writelines(f"<si>{_element(text)}</si>" for text in texts)


class TextsPackager(Packager):  # type: ignore[misc]
    """What puts the parts of a workbook together, with the part of its texts as written here."""

    def _write_shared_strings_file(self) -> None:
        part = TextsPart()
        part.string_table = self.workbook.str_table
        part._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        part._assemble_xml_file()
