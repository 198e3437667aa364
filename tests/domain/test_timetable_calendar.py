"""A plan as a calendar file, held against the rules of RFC 5545 by a reader of our own."""

import re
from datetime import UTC, date, datetime

from goldthread.domain.timetable import Booking, Fieldwork, Hours, Kind, Person, Plan, Site, Task, calendar_of
from goldthread.domain.timetable.calendar_file import escaped, folded

DAY = date(2026, 5, 4)
WRITTEN = datetime(2026, 4, 30, 12, 0, 5, tzinfo=UTC)
LONG = "Gespräch, mit; dem Träger\\Verein – " + "ü" * 90


def plan() -> tuple[Fieldwork, Plan]:
    people = tuple(Person(one.lower(), one, {DAY: Hours(540, 1020)}) for one in ("Ana", "Ben"))
    tasks = (
        Task("t1", LONG, Kind.CONVERSATION, 90, DAY, DAY, site="n"),
        Task("t2", "Case 2\nsecond line", Kind.CASE_REVIEW, 60, DAY, DAY, seats=2),
    )
    fieldwork = Fieldwork("Round", (DAY,), people, (Site("n", "North, 2nd floor"),), tasks)
    return fieldwork, Plan.of([Booking("t1", DAY, 555, ("ana",)), Booking("t2", DAY, 660, ("ana", "ben"))])


def read(text: str) -> list[dict[str, str]]:
    """The events of a calendar file, unfolded and unescaped."""
    events: list[dict[str, str]] = []
    within = False
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
            within = True
        elif line == "END:VEVENT":
            within = False
        elif within:
            plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
            events[-1][name] = plain
    return events


def test_lines_are_whole_letters_of_at_most_75_octets_that_end_in_cr_lf() -> None:
    text = calendar_of(*plan(), WRITTEN)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) == 75
    assert all(line.decode() is not None for line in lines)


def test_events_read_back_as_they_were_planned() -> None:
    first, second = read(calendar_of(*plan(), WRITTEN, within="round-1"))
    assert first["SUMMARY"] == LONG
    assert first["LOCATION"] == "North, 2nd floor"
    assert first["DTSTART;TZID=Europe/London"] == "20260504T091500"
    assert first["DTEND;TZID=Europe/London"] == "20260504T104500"
    assert first["DTSTAMP"] == "20260430T120005Z"
    assert first["UID"] == "t1.round-1@goldthread"
    assert second["SUMMARY"] == "Case 2\nsecond line"
    assert second["DESCRIPTION"] == "Case review: Ana and Ben"


def test_a_person_gets_their_own_part() -> None:
    text = calendar_of(*plan(), WRITTEN, "ben")
    assert [one["SUMMARY"] for one in read(text)] == ["Case 2\nsecond line"]
    assert "X-WR-CALNAME:Round: Ben\r\n" in text


def test_no_text_can_end_a_line_or_an_event_early() -> None:
    hostile = "x\r\nEND:VEVENT\rBEGIN:VEVENT\x00\x07"
    assert escaped(hostile) == "x\\nEND:VEVENT\\nBEGIN:VEVENT"
    assert folded("a" * 75) == "a" * 75
    assert folded("a" * 76) == "a" * 75 + "\r\n a"
    assert all(len(piece.encode()) <= 75 for piece in folded("é" * 200).split("\r\n"))
