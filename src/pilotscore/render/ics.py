"""The days of a document as a calendar file (iCalendar, RFC 5545): whole days, without alarms.

A calendar that takes the file in a second time replaces what it has, by the uid of each event. No
time of day of the run stands in it: the stamp that RFC 5545 asks for is the date of assessment.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import icalendar

from pilotscore.document import Document, Event
from pilotscore.language import Lang, in_lang, printable


def write_calendar(document: Document, path: Path, lang: Lang) -> None:
    """Write the days of a document."""
    path.write_bytes(to_calendar(document, lang))


def to_calendar(document: Document, lang: Lang) -> bytes:
    """Return the days of a document as a calendar.

    Parameters
    ----------
    document
        Its events are written, its title names the calendar.
    lang
        The language.
    """
    assert document.events is not None  # the command refuses the ending before the work is done
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//pilotscore//{document.version}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(document.title.to(lang)))
    day = datetime.date.fromisoformat(document.as_of)
    stamp = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    for event in document.events():
        calendar.add_component(_event(event, stamp, lang))
    content: bytes = calendar.to_ical()
    return content


def _event(event: Event, stamp: datetime.datetime, lang: Lang) -> icalendar.Event:
    """Return an event of a whole day, on which its reader is not busy."""
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", stamp)
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + datetime.timedelta(days=1))
    for name in ("summary", "description"):
        if text := printable(in_lang(getattr(event, name), lang)):
            entry.add(name, text)
    if category := printable(in_lang(event.category, lang)):
        entry.add("categories", [category])
    entry.add("transp", "TRANSPARENT")
    return entry
