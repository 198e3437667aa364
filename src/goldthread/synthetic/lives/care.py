"""A period of care: why it ends and when, under which legal statuses, with reviews, visits, health and days missing."""

from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives import homes
from goldthread.synthetic.lives.adoption import way
from goldthread.synthetic.lives.life import Away, Care, Status, Stay
from goldthread.synthetic.lives.stage import Stage, birthday
from goldthread.synthetic.lives.visiting import rounds, share_of
from goldthread.synthetic.people import Child, age_on

AGES_AT_ENTRY = Weights(
    dict(enumerate((17.0, 5.6, 4.6, 4.2, 4.0, 3.8, 3.6, 3.5, 3.5, 3.6, 3.9, 4.2, 4.6, 5.2, 5.9, 6.6, 8.0, 5.0)))
)
"""Ages at which children come into care; those who come alone from abroad are told apart."""

_ENDINGS: dict[int, Weights[str]] = {
    0: Weights({"adoption": 52.0, "guardian": 25.0, "home": 13.0, "other": 3.0, "stays": 7.0}),
    5: Weights({"guardian": 23.0, "home": 32.0, "other": 10.0, "stays": 35.0}),
    10: Weights({"guardian": 6.0, "home": 33.0, "other": 13.0, "stays": 48.0}),
    16: Weights({"home": 18.0, "other": 15.0, "stays": 67.0}),
}
_DAYS_TO_END = {"home": (20, 130, 620), "guardian": (180, 400, 900), "other": (15, 160, 800)}
_HOME = Weights({"E4A": 58.0, "E4B": 42.0})
_GUARDIAN = Weights({"E45": 31.0, "E46": 13.0, "E47": 46.0, "E48": 10.0})
_OTHER = Weights({"E13": 34.0, "E41": 30.0, "E8": 27.0, "E3": 9.0})
_AT_18 = Weights({"E5": 36.0, "E6": 16.0, "E7": 9.0, "E8": 7.0, "E17": 32.0})
_ENTRY_STATUS = Weights({"V2": 50.0, "C1": 44.0, "L2": 2.5, "L1": 2.0, "J1": 1.5})
_PLANS = {"adoption": "ADOPTION", "guardian": "SGO_CAO", "home": "RETURN", "other": "OTHER"}


def enter(stage: Stage, dice: Dice, child: Child, on: date, need: str, fate: float) -> Care:
    """Tell a whole period of care. `fate` is shared by brothers and sisters, so that they mostly fare alike."""
    ending = _ending(child, on, fate)
    grown_up_on = birthday(child.born_on, 18)
    care = Care(on, grown_up_on, "E5", "N8" if child.unaccompanied else need)
    if ending == "adoption":
        care.adoption = way(stage, dice.fork(), on)
        if care.adoption.reversed_on:
            ending = "stays"
        else:
            care.ceased_on = care.adoption.adopted_on or grown_up_on
            care.reason = "E12" if dice.chance(0.7) else "E11"
    elif ending != "stays":
        ends_on = stage.days.after(on + timedelta(days=dice.leaning(*_DAYS_TO_END[ending])), 0)
        care.ceased_on = min(ends_on, grown_up_on)
        care.reason = dice.pick({"home": _HOME, "guardian": _GUARDIAN}.get(ending, _OTHER))
    at_18 = dice.pick(_AT_18)
    if care.ceased_on >= grown_up_on:
        care.ceased_on, care.reason, ending = grown_up_on, at_18, "stays"
    _legal(dice.fork(), child, care, ending)
    homes.settle(stage, dice.fork(), child, care)
    if care.reason == "E17" and not care.stays[-1].kind.startswith("U"):
        care.reason = "E5"
    _plan_for_good(dice.fork(), child, care, ending)
    _look_after(stage, dice.fork(), child, care)
    return care


def short_break(stage: Stage, dice: Dice, child: Child, on: date, until: date) -> Care:
    """A series of short breaks under an agreement: in the 903, and in no count of children in care."""
    care = Care(on, until, "E8", "N2", short_break=True)
    care.statuses = [Status("V4", on, until)]
    kind = dice.one_of(("U6", "K2", "R1"))
    home = homes.home_of(stage, dice, kind)
    care.stays = [Stay(kind, home, on, until)]
    return care


def _ending(child: Child, on: date, fate: float) -> str:
    if child.unaccompanied:
        return "stays" if fate < 0.95 else "other"
    age = max(0, age_on(child.born_on, on))
    weights = _ENDINGS[max(bound for bound in _ENDINGS if bound <= age)]
    point = fate * weights.cumulative[-1]
    return next(value for value, bound in zip(weights.values, weights.cumulative, strict=True) if point <= bound)


def _legal(dice: Dice, child: Child, care: Care, ending: str) -> None:
    """Legal statuses that follow one another without a gap."""
    age = max(0, age_on(child.born_on, care.started_on))
    first = dice.pick(_ENTRY_STATUS)
    if child.unaccompanied or (first == "J1" and age < 12):
        first = "V2"
    if first == "J1" and (ending == "adoption" or (care.ceased_on - care.started_on).days < 60):
        first = "V2"
    changes: list[tuple[date, str]] = [(care.started_on, first)]
    days = {"L1": dice.number(1, 2), "L2": dice.number(5, 8), "J1": dice.number(20, 45)}.get(first)
    if days:
        changes.append((care.started_on + timedelta(days=days), "V2" if first == "J1" else "C1"))
    elif first == "V2" and not child.unaccompanied and ending != "home" and dice.chance(0.8 if age < 15 else 0.4):
        changes.append((care.started_on + timedelta(days=dice.number(20, 190)), "C1"))
    if changes[-1][1] == "C1" and ending in ("stays", "adoption"):
        changes.append((changes[-1][0] + timedelta(days=dice.number(140, 320)), "C2"))
    adoption = care.adoption
    if adoption and adoption.ordered_on:
        changes = [each for each in changes if each[0] < adoption.ordered_on]
        changes.append((adoption.ordered_on, "E1"))
        if adoption.reversed_on:
            changes.append((adoption.reversed_on, "C2"))
    kept = [each for each in changes if each[0] < care.ceased_on]
    ends = [day for day, _ in kept[1:]] + [care.ceased_on]
    care.statuses = [Status(code, on, until) for (on, code), until in zip(kept, ends, strict=True)]


def _plan_for_good(dice: Dice, child: Child, care: Care, ending: str) -> None:
    """The plan for permanence and the day it was made, by the second review for nearly everybody."""
    plan = _PLANS.get(ending)
    if plan is None:
        age = age_on(child.born_on, care.started_on)
        residential = any(stay.kind == "K2" for stay in care.stays)
        plan = "RESIDENTIAL" if residential and dice.chance(0.5) else "FOSTERING"
        plan = "SUPPORTED" if age >= 16 else plan
    care.permanence = plan
    late = dice.number(10, 90) if dice.chance(0.05) else 0
    care.planned_on = care.started_on + timedelta(days=dice.number(50, 118) + late)


def _look_after(stage: Stage, dice: Dice, child: Child, care: Care) -> None:
    """Reviews, visits, health assessments, dental checks, days missing. The story keeps two years before its first."""
    since = max(care.started_on, add_months(stage.opens, -24))
    care.reviews = _reviews(stage, dice.fork(), child, care, since)
    visiting = dice.fork()
    for stay in care.stays:
        if stay.temporary or stay.until < since or stay.on > stage.ends:
            continue
        soon = stage.days.after(stay.on, visiting.number(1, 5))
        if stay.on >= since and soon < stay.until and soon <= stage.ends:
            care.visits.append(soon)
        care.visits += rounds(stage, visiting.fork(), "care_visits", max(soon, since), stay.until)
    care.visits = sorted(set(care.visits))
    health = dice.fork()
    care.health = _checks(stage, health, child, care, since, baby_days=178, days=360)
    care.dental = _checks(stage, health, child, care, since, baby_days=360, days=350, first=70)
    care.away = _away(stage, dice.fork(), child, care, since)


def _reviews(stage: Stage, dice: Dice, child: Child, care: Care, since: date) -> list[tuple[date, str]]:
    made: list[tuple[date, str]] = []
    due_on = stage.days.after(care.started_on, dice.number(13, 20))
    low, high = 75, 89
    while due_on < care.ceased_on and due_on <= stage.ends:
        late = dice.number(8, 60) if dice.chance(0.06) else 0
        held_on = stage.days.before(due_on + timedelta(days=late), 0)
        if care.started_on < held_on < care.ceased_on and held_on >= since and held_on <= stage.ends:
            made.append((held_on, _participation(dice, age_on(child.born_on, held_on))))
        due_on = stage.days.before(held_on + timedelta(days=dice.number(low, high)), 0)
        low, high = 145, 180
    return made


def _participation(dice: Dice, age: int) -> str:
    code = dice.pick(_TAKING_PART)
    return "PN0" if age < 4 else code


_TAKING_PART = Weights({"PN1": 49.0, "PN2": 4.0, "PN3": 2.0, "PN4": 3.0, "PN5": 9.0, "PN6": 25.0, "PN7": 8.0})


def _checks(
    stage: Stage, dice: Dice, child: Child, care: Care, since: date, baby_days: int, days: int, first: int = 27
) -> list[date]:
    made: list[date] = []
    due_on = care.started_on + timedelta(days=dice.number(10, first))
    while due_on < care.ceased_on and due_on <= stage.ends:
        late = dice.number(30, 190) if dice.chance(0.09) else 0
        done_on = stage.days.before(due_on + timedelta(days=late), 0)
        if max(care.started_on, since) <= done_on < care.ceased_on and done_on <= stage.ends:
            made.append(done_on)
        usual = baby_days if age_on(child.born_on, due_on) < 5 else days
        due_on = done_on + timedelta(days=usual - dice.number(0, 25))
    return made


def _away(stage: Stage, dice: Dice, child: Child, care: Care, since: date) -> list[Away]:
    """Days missing, mostly of a few young people and mostly from 12 on. Spells never overlap."""
    roams = share_of(child.id, child.born_on, "roams")
    yearly = 5.5 if roams < 0.14 else 0.0
    made: list[Away] = []
    day = max(since, birthday(child.born_on, 12)) if roams >= 0.02 else since
    while yearly:
        day = day + timedelta(days=1 + int(dice.wait(365.0 / yearly)))
        until = day + timedelta(days=dice.leaning(0, 1, 6))
        if until >= care.ceased_on or day > stage.ends:
            return made
        offered = dice.one_of("YYYYYYYYYYYYYYYYYNNU")
        accepted = dice.one_of("YYYNN") if offered == "Y" else None
        kind = "M" if dice.chance(0.8) else "A"
        if day >= care.started_on:
            made.append(Away(kind, day, until, offered, accepted))
        day = until
    return made
