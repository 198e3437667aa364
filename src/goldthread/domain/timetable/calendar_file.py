"""A plan as a calendar file (iCalendar, RFC 5545), for one person or for all.

Lines end in CR LF and are folded at 75 octets, never within a letter; text is escaped; hours are those of London, whose
rules the file carries. The time of writing is an argument, because nothing here knows of clocks.
"""

from datetime import date, datetime, timedelta

from goldthread.domain.timetable.fieldwork import KINDS, Fieldwork
from goldthread.domain.timetable.plans import Booking, Plan
from goldthread.domain.timetable.words import listed

_LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()

_LONGEST_LINE = 75


def calendar_of(fieldwork: Fieldwork, plan: Plan, written: datetime, person: str = "", within: str = "") -> str:
    """The calendar file of a plan, or of one person's part of it. `written` is in UTC; `within` makes ids unique."""
    name = f"{fieldwork.title}: {fieldwork.person[person].name}" if person else fieldwork.title
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goldthread//Timetable//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", *_LONDON]
    for booking in plan.bookings:
        if booking.task in fieldwork.task and (not person or person in booking.people):
            lines += _event(fieldwork, booking, written, within)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(fieldwork: Fieldwork, booking: Booking, written: datetime, within: str) -> list[str]:
    task = fieldwork.task[booking.task]
    names = listed([fieldwork.person[one].name for one in booking.people if one in fieldwork.person])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(f'{booking.task}.{within or fieldwork.title}@goldthread')}",
        f"DTSTAMP:{written:%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/London:{_moment(booking.day, booking.start)}",
        f"DTEND;TZID=Europe/London:{_moment(booking.day, booking.start + task.minutes)}",
        f"SUMMARY:{escaped(task.title)}",
        f"DESCRIPTION:{escaped(f'{KINDS[task.kind]}: {names}')}",
    ]
    if task.site:
        lines.append(f"LOCATION:{escaped(fieldwork.site[task.site].name)}")
    return [*lines, "END:VEVENT"]


def _moment(day: date, minutes: int) -> str:
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001 - the line names the zone
    return f"{moment:%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    """Text as a value of the format: backslash, comma, semicolon and new line are escaped, other controls dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each after the first with a space before it."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])
