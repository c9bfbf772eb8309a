"""Calendar files, read back by the library that reads what other programs write."""

from __future__ import annotations

import datetime

import icalendar
import pytest

from pilotscore.document import Document, Event
from pilotscore.language import Text, same
from pilotscore.render.ics import to_calendar

DAY = datetime.date(2026, 12, 31)


def made(*events: Event, lang: str = "zh") -> bytes:
    document = Document(Text("到期日历", "Calendar"), "1.0", "2026-11-30", events=lambda: events)
    return to_calendar(document, lang)


def read(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_an_event_is_a_whole_day_with_its_words_in_one_language():
    event = Event("a@pilotscore", DAY, Text("缴年费", "pay the fee"), "x", Text("年费", "fee"))
    (zh,), (en,) = read(made(event)), read(made(event, lang="en"))
    assert (zh["summary"], en["summary"]) == ("缴年费", "pay the fee")
    assert zh["dtstart"].dt == DAY
    assert zh["dtend"].dt == datetime.date(2027, 1, 1)
    assert zh["categories"].cats == ["年费"]


def test_the_same_days_give_the_same_bytes_and_no_clock_stands_in_them():
    event = Event("a@pilotscore", DAY, "x")
    assert made(event) == made(event)
    assert read(made(event))[0]["dtstamp"].dt == datetime.datetime(
        2026, 11, 30, tzinfo=datetime.UTC
    )


@pytest.mark.parametrize(
    "text", ["甲；乙;丙,丁\\戊", "两行\n第二行", "长" * 200, "END:VEVENT\nBEGIN:VEVENT", '"引号"']
)
def test_words_come_back_as_they_are(text: str):
    (event,) = read(made(Event("a@pilotscore", DAY, same(text), text)))
    assert (event["summary"], event["description"]) == (text, text)


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says():
    lines = made(Event("a@pilotscore", DAY, "长" * 200)).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_signs_that_steer_a_terminal_are_left_out():
    (event,) = read(made(Event("a@pilotscore", DAY, "a\x1b[31mb\r\u202ec")))
    assert event["summary"] == "a[31mbc"


def test_no_day_at_all_is_a_calendar_all_the_same():
    content = made()
    assert read(content) == []
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
