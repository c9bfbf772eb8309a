"""The comments of a sheet: ours go behind a person's own text, and are found by their mark.

A thread of comments stays as it is: what it says stands in a comment too, for programs that know no
threads, and it is that one which ours is put to.
"""

from __future__ import annotations

from collections.abc import Mapping

from pilotscore.records import dataclass
from pilotscore.workbook.copies.boxes import Boxes
from pilotscore.workbook.copies.markup import (
    Edit,
    Element,
    appended,
    changed,
    opened,
    parse,
    quoted,
    removed,
    text_element,
)
from pilotscore.workbook.copies.package import DECLARATION, Package
from pilotscore.workbook.copies.sheet_part import Area, reference
from pilotscore.workbook.copies.sheet_survey import Spot

AUTHOR = "pilotscore"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = b'<comments xmlns="' + _MAIN + b'"><authors/><commentList/></comments>'
MOST_COMMENT = 32_000


@dataclass(frozen=True, slots=True)
class _Own:
    """A comment as it stands: its element, its runs of text, and where our part begins."""

    element: Element
    runs: tuple[Element, ...]
    text: str
    ours_at: int | None


class Comments:
    """The comments of one sheet of a workbook.

    Parameters
    ----------
    package
        The workbook.
    sheet
        The sheet's part.
    mark
        What our part of a comment begins with.
    """

    def __init__(self, package: Package, sheet: str, mark: str) -> None:
        self._package, self._sheet, self._mark = package, sheet, mark
        self._part = package.related(sheet, "comments")
        self._data, self._root = b"", None
        if self._part is not None:
            self._data, self._root = opened(package.read(self._part))
        self._own = dict(self._listed())
        self.threads = frozenset(self._threads())

    def _listed(self) -> list[tuple[Spot, _Own]]:
        listed = self._root.child("commentList") if self._root is not None else None
        comments: list[tuple[Spot, _Own]] = []
        for e in listed.children if listed is not None else ():
            area = Area.of(e.attributes.get("ref", ""))
            if e.name == "comment" and area is not None:
                comments.append(((area.top, area.left), self._read(e)))
        return comments

    def _read(self, e: Element) -> _Own:
        text = e.child("text")
        runs = tuple(r for r in text.children if r.name in ("t", "r")) if text is not None else ()
        whole = "".join(_text_of(r) for r in runs)
        at = whole.find(self._mark)
        return _Own(e, runs, whole, at if at >= 0 else None)

    def _threads(self) -> list[Spot]:
        part = self._package.related(self._sheet, "threadedComment")
        areas = (
            Area.of(e.attributes.get("ref", ""))
            for e in (parse(self._package.read(part)).children if part is not None else ())
        )
        return [(area.top, area.left) for area in areas if area is not None]

    @property
    def ours(self) -> frozenset[Spot]:
        """The cells whose comment has a part of ours."""
        return frozenset(spot for spot, own in self._own.items() if own.ours_at is not None)

    def replace(self, texts: Mapping[Spot, str], drawing: str | None) -> str | None:
        """Put our part of comments to cells, and take away what an earlier run has put there.

        Parameters
        ----------
        texts
            Our part for each cell.
        drawing
            The id by which the sheet refers to the boxes of its comments, if it does.

        Returns
        -------
        str or None
            The id by which the sheet is to refer to the boxes, where it does not yet.
        """
        if not texts and not self.ours:
            return None
        data, root = self._begun()
        edits: list[Edit] = []
        gone: set[Spot] = set()
        for spot, own in self._own.items():
            theirs, cut = self._cleared(own)
            if spot in texts:
                edits += [*cut, *self._continued(data, own, theirs, texts[spot])]
            elif theirs.strip() or own.ours_at is None:
                edits += cut
            else:
                edits.append(removed(own.element))
                gone.add(spot)
        new = {spot: text for spot, text in texts.items() if spot not in self._own}
        edits += self._added(data, root, new)
        self._package.change(self._part or "", changed(data, edits))
        longer = {s: f"{o.text}\n\n{texts[s]}" for s, o in self._own.items() if s in texts}
        part = self._boxes_part(drawing)
        if part is not None:
            boxes = Boxes(self._package.read(part))
            boxes.remove(gone)
            boxes.widen(longer)
            boxes.add(new)
            self._package.change(part, boxes.content)
            return None
        # Without boxes programs show none of the comments: each gets one.
        boxes = Boxes(b"")
        boxes.add({s: o.text for s, o in self._own.items() if s not in gone} | longer | new)
        part = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
        self._package.add(part, _VML_TYPE, boxes.content)
        return self._package.relate(self._sheet, "vmlDrawing", part)

    def _boxes_part(self, drawing: str | None) -> str | None:
        """Return the part that the sheet has its boxes in: others are of headers and footers."""
        parts = (r.part for r in self._package.relations(self._sheet) if r.id == drawing)
        return next((p for p in parts if p is not None and self._package.has(p)), None)

    def _begun(self) -> tuple[bytes, Element]:
        """Return the part and its root; a new one where there is none."""
        if self._root is None:
            self._part = self._package.free_name("xl/comments{}.xml")
            self._data = DECLARATION + _EMPTY
            self._package.add(self._part, _COMMENTS_TYPE, self._data)
            self._package.relate(self._sheet, "comments", self._part)
            self._root = parse(self._data)
        return self._data, self._root

    def _cleared(self, own: _Own) -> tuple[str, list[Edit]]:
        """Return a person's own text, and the edits that leave nothing but it."""
        if own.ours_at is None:
            return own.text, []
        theirs, edits, at = _before(own, own.ours_at), [], 0
        for run in own.runs:
            text = _text_of(run)
            if at >= len(theirs):
                edits.append(removed(run))
            elif at + len(text) > len(theirs):
                leaf = _leaf(run)
                kept = text_element(leaf.prefix + b"t", text[: len(theirs) - at], as_read=True)
                edits.append(Edit(leaf.start, leaf.end, kept))
            at += len(text)
        return theirs, edits

    def _continued(self, data: bytes, own: _Own, theirs: str, ours: str) -> list[Edit]:
        """Return what puts our part behind a person's own text."""
        p = own.element.prefix
        before = "\n" * max(0, 2 - (len(theirs) - len(theirs.rstrip("\n")))) if theirs else ""
        room = max(0, MOST_COMMENT - len(theirs))
        run = b"<%sr>%s</%sr>" % (p, text_element(p + b"t", (before + ours)[:room]), p)
        text = own.element.child("text")
        if text is None:
            return [appended(data, own.element, b"<%stext>%s</%stext>" % (p, run, p))]
        if own.runs:
            return [Edit(own.runs[-1].end, own.runs[-1].end, run)]
        if text.close == text.open_end:
            return [appended(data, text, run)]
        return [Edit(text.open_end, text.open_end, run)]

    def _added(self, data: bytes, root: Element, new: Mapping[Spot, str]) -> list[Edit]:
        if not new:
            return []
        p = root.prefix
        authors, listed = root.child("authors"), root.child("commentList")
        names = [e.text for e in authors.children] if authors is not None else []
        edits: list[Edit] = []
        number = names.index(AUTHOR) if AUTHOR in names else len(names)
        if number == len(names):
            author = b"<%sauthor>%s</%sauthor>" % (p, AUTHOR.encode(), p)
            if authors is None:
                author = b"<%sauthors>%s</%sauthors>" % (p, author, p)
                at = root.open_end
                edits.append(Edit(at, at, author))
            else:
                edits.append(appended(data, authors, author))
        xml = b"".join(
            b'<%scomment ref=%s authorId="%d"><%stext>%s</%stext></%scomment>'
            % (
                p,
                quoted(reference(*spot)),
                number,
                p,
                text_element(p + b"t", text[:MOST_COMMENT]),
                p,
                p,
            )
            for spot, text in sorted(new.items())
        )
        if listed is None:
            xml = b"<%scommentList>%s</%scommentList>" % (p, xml, p)
        edits.append(appended(data, root if listed is None else listed, xml))
        return edits


def _before(own: _Own, mark: int) -> str:
    """Return what a person wrote before our mark, without the lines that we left between."""
    at = 0
    for run in own.runs:
        text = _text_of(run)
        if at <= mark < at + len(text) and not text[: mark - at].strip("\n"):
            return own.text[:at]  # the run is ours as a whole
        at += len(text)
    return own.text[:mark].rstrip("\n")


def _leaf(run: Element) -> Element:
    """Return the element of a run that holds its text."""
    return run if run.name == "t" else run.child("t") or run


def _text_of(run: Element) -> str:
    leaf = _leaf(run)
    return leaf.text if leaf.name == "t" else ""
