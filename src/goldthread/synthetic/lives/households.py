"""Who arrives at the front door, month by month, and how each household's lives go from there.

Every household throws its own dice, named after the way it came, its month and its number. A decline or another
length of the story therefore changes what it is meant to change, and the households stay the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic import mixes
from goldthread.synthetic.contacts import ORGANISATIONS
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives import care as in_care
from goldthread.synthetic.lives import front_door
from goldthread.synthetic.lives.front_door import AGAIN, FIRST, Outcome
from goldthread.synthetic.lives.holding import hold
from goldthread.synthetic.lives.homes import away_from
from goldthread.synthetic.lives.leaving import leaving
from goldthread.synthetic.lives.life import Contact, Help, Life, Spell
from goldthread.synthetic.lives.stage import (
    CARE_YEARS_BEFORE,
    HEARD_MONTHS_BEFORE,
    NEED_MONTHS_BEFORE,
    Stage,
    birthday,
    postcode,
)
from goldthread.synthetic.people import AGES_IN_NEED


@dataclass(frozen=True, slots=True)
class Arrival:
    """One way in: how many children a year in a full-sized authority, and how long before the story it is told.

    `long_ago` are the children a year from before referrals are told, who then came by every way.
    """

    name: str
    yearly: float
    months_before: int
    long_ago: float = 0.0


CONTACT_ONLY = Arrival("contact", 7_200, HEARD_MONTHS_BEFORE)
HELPED = Arrival("early help", 1_450, HEARD_MONTHS_BEFORE + 9)
REFERRED = Arrival("referral", 5_800, NEED_MONTHS_BEFORE)
TO_CARE = Arrival("care", 215, 12 * CARE_YEARS_BEFORE, long_ago=372)
ALONE = Arrival("unaccompanied", 57, 36)
ARRIVALS = (CONTACT_ONLY, HELPED, REFERRED, TO_CARE, ALONE)

_SEASON = {4: 0.93, 8: 0.76, 12: 0.85}
_YEAR = sum(_SEASON.get(month, 1.0) for month in range(1, 13))
_AGAIN = 0.48
_AGAIN_AFTER = Weights({(10, 60): 24.0, (60, 150): 30.0, (150, 330): 27.0, (330, 700): 13.0, (700, 1300): 6.0})
_EARLIER_PLANS = Weights({0: 82.0, 1: 13.0, 2: 4.0, 3: 1.0})
_HELP_THEN_REFERRED = 0.2
_STEPPED_DOWN = 0.05
_COME_INTO_CARE = 0.86
_YEAR_OPENS = 4
"""The month in which a collection year begins."""
_SHORT_BREAKS = 0.035


def lives(stage: Stage) -> Iterator[Life]:
    """Every life of the story, way by way and month by month. Those over before the story begins are left out."""
    for arrival in ARRIVALS:
        room = 0.0
        referrals_from = add_months(stage.opens, -NEED_MONTHS_BEFORE)
        for month in stage.months(arrival.months_before):
            share = _SEASON.get(month.month, 1.0) / _YEAR
            yearly = arrival.long_ago if arrival.long_ago and month < referrals_from else arrival.yearly
            room += yearly * stage.size * share * stage.pace.demand(month)
            number = 0
            while room >= 0.5:
                number += 1
                dice = Dice(stage.seed, f"{arrival.name}/{month}/{number}")
                household = _household(stage, dice, arrival, month)
                room -= max(1, len(household))
                yield from (life for life in household if _matters(stage, life))


def _household(stage: Stage, dice: Dice, arrival: Arrival, month: date) -> list[Life]:
    if arrival is CONTACT_ONLY:
        return _heard_of(stage, dice, month)
    if arrival is HELPED:
        return _helped(stage, dice, month)
    if arrival is ALONE:
        return _came_alone(stage, dice, month)
    outcome = Outcome.CARE if arrival is TO_CARE else dice.pick(FIRST)
    first = front_door.spell(stage, dice.fork(), month, outcome)
    ages = in_care.AGES_AT_ENTRY if outcome is Outcome.CARE else AGES_IN_NEED
    most = 3 if outcome is Outcome.CARE else 4
    unborn = 0.0 if outcome is Outcome.CARE else 0.018
    family = _family(stage, dice, first.referred_on, ages, unborn, most)
    _go_on(stage, dice, family, first)
    return family


def _family(stage: Stage, dice: Dice, on: date, ages: Weights[int], unborn: float = 0.0, most: int = 4) -> list[Life]:
    home, earlier = postcode(dice), dice.pick(_EARLIER_PLANS)
    children = stage.household(dice, on, ages, unborn, most)
    made = []
    for number, child in children:
        life = Life(number, child, home_postcode=home)
        life.earlier_plans = 0 if child.born_on > add_months(on, -24) else earlier
        made.append(life)
    return made


def _heard_of(stage: Stage, dice: Dice, month: date) -> list[Life]:
    on = _on(stage, dice, month)
    again = stage.days.pick(dice, on, on + timedelta(days=170)) if dice.chance(0.1) else None
    source, outcome = dice.pick(mixes.SOURCES), dice.one_of(("Information only", "Advice given", "Signposted"))
    family = _family(stage, dice, on, AGES_IN_NEED, 0.006)
    for life in family:
        grown_up_on = birthday(life.child.born_on, 18)
        life.contacts = [Contact(day, source, outcome) for day in (on, again) if day and day < grown_up_on]
    return family


def _helped(stage: Stage, dice: Dice, month: date) -> list[Life]:
    """Early help on its own; one family in five is referred to social care later all the same."""
    on = _on(stage, dice, month)
    family = _family(stage, dice, on, AGES_IN_NEED)
    help_ = _help(stage, dice, on, "Needs met")
    referred = dice.chance(_HELP_THEN_REFERRED)
    source = dice.pick(mixes.SOURCES)
    for life in family:
        life.contacts.append(Contact(on, source, "Early help"))
        life.helps.append(help_)
    if referred:
        day = on + timedelta(days=dice.leaning(30, 120, 500))
        help_.ended_by = "Stepped up to social care" if day <= help_.completed_on else help_.ended_by
        first = front_door.spell(stage, dice.fork(), day.replace(day=1), dice.pick(FIRST))
        if first.referred_on > on:
            help_.completed_on = min(help_.completed_on, first.referred_on)
            _go_on(stage, dice, family, first)
    return family


def _came_alone(stage: Stage, dice: Dice, month: date) -> list[Life]:
    on = _on(stage, dice, month)
    age = dice.one_of((14, 15, 16, 16, 16, 16, 17, 17, 17))
    born_on = add_months(on, -12 * age) - timedelta(days=dice.number(1, 330))
    ethnicity = dice.one_of(("BAFR", "AOTH", "OOTH", "WOTH", "OOTH"))
    number, child = stage.alone(dice, born_on, ethnicity)
    life = Life(number, child)
    told = front_door.spell(stage, dice.fork(), on.replace(day=1), Outcome.CARE)
    told.source, told.need, told.enquiries = "6", "N8", []
    told.enters_care_on = told.referred_on
    _go_on(stage, dice, [life], told)
    return [life]


def _on(stage: Stage, dice: Dice, month: date) -> date:
    return stage.days.pick(dice, month, add_months(month, 1) - timedelta(days=1))


def _help(stage: Stage, dice: Dice, on: date, ended_by: str) -> Help:
    long = dice.leaning(35, 110, 320)
    return Help(on, stage.days.after(on + timedelta(days=long), 0), dice.pick(ORGANISATIONS), ended_by)


def _go_on(stage: Stage, dice: Dice, family: list[Life], first: Spell) -> None:
    """Tell a household's episodes one after the other until it does not come back, and all that hangs on them."""
    told: Spell | None = first
    while told:
        _contact(stage, dice.fork(), family, told)
        fate, staying = dice.point(0, 1), dice.fork()
        ends = [_live(stage, staying, life, told, fate) for life in family]
        closed_on = max(ends)
        after = dice.number(*dice.pick(_AGAIN_AFTER))
        comes, outcome, next_dice = dice.chance(_AGAIN), dice.pick(AGAIN), dice.fork()
        month = (closed_on + timedelta(days=after)).replace(day=1)
        stepped = dice.chance(_STEPPED_DOWN) or told.reason == "RC9"
        if stepped and not told.ended_there and closed_on <= stage.ends:
            help_ = _help(stage, dice.fork(), closed_on, "Needs met")
            for life in family:
                life.helps.append(help_)
        told = None
        if comes and month <= stage.ends and any(_still_a_child(stage, life, month) for life in family):
            told = front_door.spell(stage, next_dice, month, outcome)
            if told.referred_on <= closed_on:
                told = None
    for life in family:
        _finish(stage, dice, life)


def _finish(stage: Stage, dice: Dice, life: Life) -> None:
    """What hangs on the whole life: who held the case, what is owed after care, and what was learnt on the way."""
    grown_up_on = birthday(life.child.born_on, 18)
    life.contacts = [each for each in life.contacts if each.on < grown_up_on]
    life.helps = [each for each in life.helps if each.started_on < grown_up_on]
    if life.child.disability == "U" and any(spell.assessments for spell in life.spells):
        # An assessment settles it.
        life.child.disability = "N"
    hold(stage, dice.fork(), life)
    if life.cares:
        life.leaving = leaving(stage, dice.fork(), life)


def _still_a_child(stage: Stage, life: Life, month: date) -> bool:
    adopted = any(care.reason in ("E11", "E12") for care in life.cares)
    return not adopted and birthday(life.child.born_on, 18) > add_months(month, 2)


def _live(stage: Stage, dice: Dice, life: Life, told: Spell, fate: float) -> date:
    """One child's part in an episode. Gives the day on which it was over for the child."""
    child, own_dice = life.child, dice.fork()
    last = birthday(child.born_on, 18) - timedelta(days=1)
    own = front_door.until_18(told, last)
    if own is None or any(care.reason in ("E11", "E12") for care in life.cares):
        return told.closed_on
    life.spells.append(own)
    enters = own.enters_care_on if own.enters_care_on and own.enters_care_on < last else None
    if enters and enters >= child.born_on and (own_dice.chance(_COME_INTO_CARE) or child.unaccompanied):
        _come_into_care(stage, own_dice, life, own, enters, fate)
    elif own.enters_care_on:
        # The others of the household come into care; this child stays at home with help.
        own.enters_care_on = None
        own.closed_on = min(last, stage.days.after(own.closed_on, own_dice.number(5, 70)))
    elif own.need == "N2" and own.needed and child.disability != "U" and own_dice.chance(_SHORT_BREAKS * 4):
        until = min(own.closed_on, last)
        starts = own.assessments[0].authorised_on + timedelta(days=14)
        if starts >= child.born_on and (until - starts).days > 46 and not _cared_for_since(life, starts):
            life.cares.append(in_care.short_break(stage, own_dice, child, starts, until))
    return own.closed_on


def _cared_for_since(life: Life, day: date) -> bool:
    """Whether a child was in care in the collection year of a day: then short breaks are not told beside it.

    The 903 asks of a child in care what it forbids of one on short breaks (rules 165 and 399), in one year both.
    """
    year = date(day.year if day.month >= _YEAR_OPENS else day.year - 1, _YEAR_OPENS, 1)
    return any(care.ceased_on >= year for care in life.cares)


def _come_into_care(stage: Stage, dice: Dice, life: Life, own: Spell, enters: date, fate: float) -> None:
    before = life.cares[-1].ceased_on if life.cares else None
    on_breaks = bool(life.cares) and life.cares[-1].short_break and _cared_for_since(life, enters)
    if (before and before >= enters) or on_breaks:
        own.enters_care_on = None
        return
    told = in_care.enter(stage, dice.fork(), life.child, enters, own.need, fate)
    away_from(told, life.home_postcode)
    life.cares.append(told)
    grown_up = told.ceased_on == birthday(life.child.born_on, 18)
    stays_open = dice.chance(0.5) and not grown_up and told.reason not in ("E11", "E12")
    last = birthday(life.child.born_on, 18)
    # An assessment or enquiry begun before care is finished before the case is closed.
    ends = [told.ceased_on, *(each.authorised_on for each in own.assessments)]
    ends += [each.conference_on or each.decided_on for each in own.enquiries]
    own.closed_on = min(last, max(ends))
    if stays_open:
        own.closed_on = max(own.closed_on, min(last, stage.days.after(told.ceased_on, dice.number(4, 60))))
    guardians = {"E45", "E46", "E47", "E48"}
    own.reason = "RC1" if told.reason in ("E11", "E12") else "RC4" if told.reason in guardians else "RC7"
    if told.reason == "E7":
        own.reason = "RC6"
    own.need_plans = [(on, min(until, enters - timedelta(days=1))) for on, until in own.need_plans if on < enters]
    own.visits = [day for day in own.visits if day <= enters]


def _contact(stage: Stage, dice: Dice, family: list[Life], told: Spell) -> None:
    """The contact that a referral came from, and those about a case that is open."""
    lag = dice.one_of((0, 0, 0, 0, 0, 0, 1, 1, 2))
    before = dice.chance(0.96)
    months = min((told.closed_on - told.referred_on).days / 30.4, 24.0)
    # Told with its own throws for each child: a school asks about one of them, not about all.
    for life in family:
        if before and told.referred_on >= add_months(stage.opens, -HEARD_MONTHS_BEFORE):
            on = stage.days.before(told.referred_on, lag)
            life.contacts.append(Contact(on, told.source, "Referral"))
        if months > 1 and dice.chance(min(0.9, 0.055 * months)):
            on = stage.days.pick(dice, told.referred_on + timedelta(days=3), told.closed_on)
            if life.child.born_on <= on:
                life.contacts.append(Contact(on, dice.pick(mixes.SOURCES), "Passed to allocated worker"))


def _matters(stage: Stage, life: Life) -> bool:
    """Whether any of the life is told in a snapshot or return: something lasted into the year before the story."""
    since = add_months(stage.opens, -13)
    return (
        any(contact.on >= since for contact in life.contacts)
        or any(each.completed_on >= since for each in life.helps)
        or any(each.closed_on >= since for each in life.spells)
        or bool(life.leaving and life.leaving.until >= since)
    )
