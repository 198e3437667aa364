"""Visits at the intervals that each kind of case has, further apart while the service declines."""

from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from goldthread.domain.calendar import add_months
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.lives.stage import Stage


@dataclass(frozen=True, slots=True)
class Interval:
    """Days between visits: usually up to `due`, beyond it in a `late` share. `working` says which days are meant."""

    low: int
    due: int
    late: float
    latest: int
    working: bool = True


INTERVALS = {
    "protection_visits": Interval(4, 10, 0.13, 18),
    "need_visits": Interval(8, 20, 0.14, 38),
    "care_visits": Interval(20, 42, 0.09, 75, working=False),
}
"""The local standards of the invented authority; for care, six weeks (2010 regulations, check the current text)."""

_KEPT_MONTHS = 15


def rounds(stage: Stage, dice: Dice, kind: str, first: date, until: date) -> list[date]:
    """The visits from one day to another. Of long ago, and after the story, none are told."""
    interval = INTERVALS[kind]
    since = add_months(stage.opens, -_KEPT_MONTHS)
    made: list[date] = []
    day = max(first, since)
    last = min(until, stage.ends)
    while day < last:
        late, slips = dice.chance(interval.late), dice.point(0, 1)
        in_time, over = dice.number(interval.low, interval.due), dice.number(interval.due + 1, interval.latest)
        gap = over if late or slips < stage.pace.lost(kind, day) else in_time
        if interval.working:
            day = stage.days.after(day, gap)
        else:
            day = stage.days.before(day + timedelta(days=gap), 0)
        if day <= last:
            made.append(day)
    return made


def share_of(child: str, day: date, about: str) -> float:
    """A number from 0 to 1 that is always the same for one child, one day and one question."""
    return crc32(f"{child}/{day.toordinal()}/{about}".encode()) / 0xFFFFFFFF


def seen_alone(child: str, day: date, age: int) -> str:
    """Whether a child was seen alone at a visit."""
    if age < 4:
        return "N"
    point = share_of(child, day, "alone")
    return "Y" if point < 0.82 else "N" if point < 0.97 else "U"
