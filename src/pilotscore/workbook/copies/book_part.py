"""The part of the workbook itself: which sheets it has, in which order, what it opens on."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.copies.markup import (
    Edit,
    Element,
    UnknownMarkupError,
    appended,
    changed,
    parse,
    quoted,
    removed,
    retagged,
    sound,
)
from pilotscore.workbook.copies.package import Maker, Package
from pilotscore.workbook.copies.sheet_edits import placed_before

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BEHIND_NAMES = (
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
_NO_SHEETS = Text("没有工作表", "it has no sheets")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: ``part`` is None where there is none."""

    name: str
    relation: str
    kind: str
    part: str | None
    element: Element


class BookPart:
    """The part of a workbook.

    Raises
    ------
    UnknownMarkupError, expat.ExpatError
        It is not what it should be.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._data = package.read(package.main)
        self.root = parse(self._data)
        self._list = self.root.child("sheets")
        relations = {r.id: r for r in package.relations(package.main)}
        entries = []
        for e in self._list.children if self._list is not None else ():
            relation = relations.get(e.attributes.get("id", ""))
            part = relation.part if relation is not None else None
            known = part is not None and package.has(part)
            kind = relation.kind if relation is not None else ""
            name = e.attributes.get("name", "")
            number = e.attributes.get("id", "")
            entries.append(SheetEntry(name, number, kind, part if known else None, e))
        self.sheets = tuple(entries)
        if not self.worksheets:
            raise UnknownMarkupError(_NO_SHEETS)

    @property
    def worksheets(self) -> tuple[SheetEntry, ...]:
        """The sheets that have cells."""
        return tuple(s for s in self.sheets if s.kind == "worksheet" and s.part is not None)

    def recalculate(self) -> None:
        """Have Excel calculate every formula when it opens the copy.

        By the version of what calculated it, for which 0 is older than any: ``fullCalcOnLoad``
        would say that nobody has calculated it yet.
        """
        setting = self.root.child("calcPr")
        if setting is not None:
            edit = retagged(self._data, setting, {"calcId": "0"})
        else:
            at = placed_before(self.root, frozenset(_BEHIND_NAMES[1:]))
            edit = Edit(at, at, b'<%scalcPr calcId="0"/>' % self.root.prefix)
        self._package.change(self._package.main, changed(self._data, [edit]))

    def forget_order_of_calculation(self) -> None:
        """Take away the list of cells with formulas: Excel makes one, and refuses a false one."""
        for relation in self._package.relations(self._package.main):
            if relation.kind == "calcChain" and relation.part is not None:
                self._package.remove(self._package.main, relation.id, relation.part)

    def put_first(
        self, title: str, maker: Maker, names: dict[str, str], gone: Sequence[SheetEntry]
    ) -> None:
        """Put a new sheet before all others, have the workbook open on it, take others away.

        Parameters
        ----------
        title
            Its name.
        maker
            What makes its part, in pieces.
        names
            What it has names for, with what they stand for.
        gone
            The sheets that are taken away.
        """
        package = self._package
        part = package.free_name("xl/worksheets/sheet{}.xml")
        package.add(part, _SHEET_TYPE, maker)
        relation = package.relate(package.main, "worksheet", part)
        for sheet in gone:
            package.remove(package.main, sheet.relation, sheet.part or "")
        edits = [removed(s.element) for s in gone]
        edits += self._first_in_list(title, relation)
        edits += self._names(names, gone)
        edits += self._views()
        package.change(package.main, changed(self._data, edits))

    def _first_in_list(self, title: str, relation: str) -> list[Edit]:
        listed = self._list
        if listed is None:
            raise UnknownMarkupError(_NO_SHEETS)
        used = [int(s.element.attributes.get("sheetId", 0)) for s in self.sheets]
        # Declared at the tag itself: the workbook may call the namespace anything.
        entry = b'<%ssheet xmlns:r=%s name=%s sheetId="%d" r:id=%s/>' % (
            listed.prefix,
            quoted(self._package.relation_types),
            quoted(title),
            max(used) + 1,
            quoted(relation),
        )
        at = listed.open_end
        return [Edit(at, at, entry)]

    def _names(self, names: dict[str, str], gone: Sequence[SheetEntry]) -> list[Edit]:
        """Return the edits of the names of areas: each tells its sheet by its place in the list."""
        left = [i for i, s in enumerate(self.sheets) if s not in gone]
        places = {old: new for new, old in enumerate(left, start=1)}
        p = self.root.prefix
        new = b"".join(
            b'<%sdefinedName name=%s localSheetId="0"%s>%s</%sdefinedName>'
            % (
                p,
                quoted(name),
                b' hidden="1"' if name.endswith("FilterDatabase") else b"",
                escape(sound(area)).encode(),
                p,
            )
            for name, area in names.items()
        )
        there = self.root.child("definedNames")
        if there is None:
            at = placed_before(self.root, frozenset(_BEHIND_NAMES))
            return [Edit(at, at, b"<%sdefinedNames>%s</%sdefinedNames>" % (p, new, p))]
        edits = []
        for e in there.children:
            place = e.attributes.get("localSheetId")
            if place is None or not place.strip().isdigit():
                continue
            if int(place) in places:
                value = str(places[int(place)])
                edits.append(retagged(self._data, e, {"localSheetId": value}))
            else:
                edits.append(removed(e))
        edits.append(appended(self._data, there, new))
        return edits

    def _views(self) -> list[Edit]:
        views = self.root.child("bookViews")
        return [
            retagged(self._data, view, {"activeTab": None, "firstSheet": None})
            for view in (views.children if views is not None else ())
            if view.attributes.keys() & {"activeTab", "firstSheet"}
        ]
