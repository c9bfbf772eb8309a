"""A document: what a run has to say, as data in both languages, for every format to render whole.

A view makes it from the record of a run; a renderer (`render/`) knows its blocks and nothing of the
subject. It has four parts, each made when a renderer asks for it, so that a CSV of 100,000 rows
builds no workbook:

- the *page*: what a person reads on a screen, in order and to the point;
- the *sheets*: everything, as tables with their notes and charts, for files;
- the *record*: everything under keys that stay, for programs;
- the *table*: the one that stands for the whole where a format holds a single table.

Words in cells are in both languages (:class:`~pilotscore.language.Words`); a blank cell is None.
"""

from pilotscore.document.blocks import InBlocks
from pilotscore.document.charts import Axis, Chart, Series
from pilotscore.document.explored import Breakdown, Explored, Floors, Overview, Part
from pilotscore.document.page import (
    NARROW,
    Banks,
    Block,
    Drawing,
    Fact,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Line,
    Listing,
    Meter,
    Piece,
    Row,
    Segment,
    Slot,
    Strip,
    heading,
    is_heading,
    more,
    note,
)
from pilotscore.document.sheets import Sheet
from pilotscore.document.tables import (
    Column,
    Lazily,
    Marks,
    Said,
    Shade,
    Style,
    Table,
    flat_table,
    shown,
)
from pilotscore.document.whole import Document, Event

__all__ = [
    "NARROW",
    "Axis",
    "Banks",
    "Block",
    "Breakdown",
    "Chart",
    "Column",
    "Document",
    "Drawing",
    "Event",
    "Explored",
    "Fact",
    "Floors",
    "Gap",
    "Grid",
    "GridColumn",
    "GridRow",
    "InBlocks",
    "Lazily",
    "Line",
    "Listing",
    "Marks",
    "Meter",
    "Overview",
    "Part",
    "Piece",
    "Row",
    "Said",
    "Segment",
    "Series",
    "Shade",
    "Sheet",
    "Slot",
    "Strip",
    "Style",
    "Table",
    "flat_table",
    "heading",
    "is_heading",
    "more",
    "note",
    "shown",
]
