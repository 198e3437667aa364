"""Leaving care: who is owed it, how they live from one spring to the next, and how often anybody is in touch."""

from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.leaving_care import (
    ACTIVITIES,
    HOMES,
    HOMES_IN_CARE,
    TOUCH,
    UNSUITABLE,
    YOUNGER_ACTIVITIES,
)
from goldthread.synthetic.lives.life import Leaving, Life, Living
from goldthread.synthetic.lives.stage import Stage, birthday
from goldthread.synthetic.people import age_on
from goldthread.synthetic.staff import Service

_OWED_DAYS = 91
_NOT_OWED = frozenset({"E11", "E12", "E2", "E3", "E45", "E46", "E47", "E48"})
# A third of those of 16 and 17 in care have an adviser before they leave.
_EARLY = 0.36
_UNTIL_25 = 0.3


def leaving(stage: Stage, dice: Dice, life: Life) -> Leaving | None:
    """The leaving-care services of a young person who was in care long enough at 16 or later, if any."""
    last = life.cares[-1]
    born_on = life.child.born_on
    sixteen = birthday(born_on, 16)
    if last.short_break or last.ceased_on < sixteen or last.reason in _NOT_OWED:
        return None
    days_in_care = sum(
        (care.ceased_on - max(care.started_on, birthday(born_on, 14))).days
        for care in life.cares
        if care.ceased_on > birthday(born_on, 14) and not care.short_break
    )
    eligible_on = max(sixteen, last.started_on + timedelta(days=_OWED_DAYS))
    starts = last.ceased_on
    if dice.chance(_EARLY):
        starts = min(starts, eligible_on + timedelta(days=dice.number(20, 160)))
    if days_in_care <= _OWED_DAYS + 5 and last.ceased_on < birthday(born_on, 18):
        return _told(stage, dice, life, last.ceased_on, qualifying=True)
    return _told(stage, dice, life, starts, qualifying=days_in_care <= _OWED_DAYS + 5)


def _told(stage: Stage, dice: Dice, life: Life, starts: date, *, qualifying: bool) -> Leaving:
    born_on = life.child.born_on
    until = birthday(born_on, 25 if dice.chance(_UNTIL_25) else 21)
    post, adviser = stage.post(dice, Service.LEAVING), stage.post(dice, Service.ADVISERS)
    told = Leaving(starts, until, post, adviser, qualifying)
    left_on = life.cares[-1].ceased_on
    day, last = starts, min(until, stage.ends)
    ways = dice.fork()
    while day <= last:
        told.living.append(_living(ways, born_on, day, in_care=day < left_on))
        if told.living[-1].in_touch == "DIED":
            break
        following = day + timedelta(days=ways.number(150, 330))
        day = left_on if day < left_on <= following else following
    since = max(starts, add_months(stage.opens, -18))
    told.contacts = _every(stage, dice.fork(), since, last, 20, 52)
    told.reviews = _every(stage, dice.fork(), since, last, 140, 178)
    return told


def _living(dice: Dice, born_on: date, on: date, *, in_care: bool) -> Living:
    """One state of affairs. A young person in prison or homeless lives unsuitably."""
    in_touch = dice.pick(TOUCH)
    home = dice.pick(HOMES_IN_CARE if in_care else HOMES)
    suits = dice.chance(0.996)
    young = age_on(born_on, on) < 19
    activity = dice.pick(YOUNGER_ACTIVITIES if young else ACTIVITIES)
    if in_care:
        in_touch = "YES"
    if in_touch != "YES":
        return Living(on, in_touch, None, None, None)
    if home == "T" and age_on(born_on, on) < 18:
        home = "E"
    suitability = "UNSUITABLE" if home in UNSUITABLE or not suits else "SUITABLE"
    return Living(on, in_touch, home, suitability, "G5" if home == "R" else activity)


def _every(stage: Stage, dice: Dice, since: date, last: date, low: int, high: int) -> list[date]:
    made: list[date] = []
    day = since + timedelta(days=dice.number(0, high))
    while day <= last:
        made.append(stage.days.before(day, 0) if stage.days.before(day, 0) >= since else day)
        late = dice.number(10, 110) if dice.chance(0.08) else 0
        day = day + timedelta(days=dice.number(low, high) + late)
    return made
