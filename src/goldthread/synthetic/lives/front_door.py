"""One episode of need of a household: referral, assessment, section 47 enquiry, conference, plan, closure.

Brothers and sisters share what happens here; each gets a copy, cut off at the child's 18th birthday.
"""

from dataclasses import replace
from datetime import date, timedelta
from enum import Enum, auto

from goldthread.synthetic import mixes
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.life import Assessed, Enquired, Protection, Spell
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.lives.visiting import rounds


class Outcome(Enum):
    """What becomes of a referral."""

    NFA = auto()
    NO_NEED = auto()
    NEED = auto()
    PLAN = auto()
    CARE = auto()


# Of 10,999 referrals of Derbyshire's year, 374 ended there and 3,700 were assessed and not in need. A household that
# comes straight into care arrives on a way of its own, which is told from longer ago.
FIRST = Weights({Outcome.NFA: 3.6, Outcome.NO_NEED: 35.0, Outcome.NEED: 53.5, Outcome.PLAN: 7.9})
AGAIN = Weights({Outcome.NFA: 3.2, Outcome.NO_NEED: 32.0, Outcome.NEED: 55.7, Outcome.PLAN: 7.7, Outcome.CARE: 1.4})

_CATEGORIES = Weights({"NEG": 51.0, "EMO": 35.5, "PHY": 5.5, "SAB": 4.0, "MUL": 4.0})
_NEED_MONTHS = Weights({(0, 1): 30.0, (1, 3): 29.0, (3, 6): 20.0, (6, 12): 12.0, (12, 24): 6.5, (24, 48): 2.5})
_PLAN_MONTHS = Weights({(3, 6): 28.0, (6, 9): 29.0, (9, 12): 24.0, (12, 18): 12.5, (18, 23): 4.3, (24, 34): 2.2})
_AFTER_PLAN_MONTHS = Weights({(0, 1): 25.0, (1, 3): 35.0, (3, 6): 28.0, (6, 12): 12.0})
_PARENTS = Weights({"3B": 30.0, "4B": 21.0, "2B": 11.0, "1B": 10.0, "17A": 11.0, "16A": 9.0, "4A": 6.0, "5A": 2.0})
_MORE = Weights({"1A": 3.0, "2A": 3.0, "3A": 8.0, "5B": 4.0, "6A": 3.0, "6B": 4.0, "7A": 5.0, "10A": 3.0, "11A": 3.0,
                 "13A": 3.0, "14A": 5.0, "15A": 6.0, "18C": 8.0, "18B": 2.0, "19C": 3.0, "19B": 2.0, "20": 9.0,
                 "24A": 4.0, "4C": 3.0})  # fmt: skip

ENQUIRED = {Outcome.NEED: 0.42, Outcome.PLAN: 1.0, Outcome.CARE: 0.55}
_CONFERENCE_WITHOUT_PLAN = 0.075
_FROM_PLAN_TO_CARE = 0.105


def spell(stage: Stage, dice: Dice, month: date, outcome: Outcome) -> Spell:
    """Tell one episode of need of a household that was referred in a month."""
    days = stage.days
    referred_on = days.pick(dice, month, _last_of(month))
    told = Spell(
        referred_on,
        dice.pick(mixes.SOURCES),
        outcome is Outcome.NFA,
        dice.pick(mixes.NEEDS),
        outcome not in (Outcome.NFA, Outcome.NO_NEED),
        referred_on,
        "RC8",
    )
    later = dice.fork()
    if outcome is Outcome.NFA:
        return told
    started_on = days.after(referred_on, dice.one_of((0, 0, 0, 0, 0, 0, 0, 1, 1, 2)))
    first = _assess(stage, dice, started_on, told.needed)
    told.assessments.append(first)
    told.closed_on = first.authorised_on
    if outcome is Outcome.NO_NEED:
        told.reason = "RC9" if dice.chance(0.2) else "RC8"
        return told
    if dice.chance(ENQUIRED[outcome]):
        with_conference = outcome is Outcome.PLAN or dice.chance(_CONFERENCE_WITHOUT_PLAN)
        _enquire(stage, dice, told, started_on, with_conference, outcome is Outcome.PLAN)
    _run(stage, later, told, outcome, started_on)
    return told


def _run(stage: Stage, dice: Dice, told: Spell, outcome: Outcome, started_on: date) -> None:
    """From the first decision to the closure: plans, a later enquiry, a second assessment, coming into care."""
    days, first = stage.days, told.assessments[0]
    reason = dice.pick(mixes.CLOSURES)
    # No invented child dies: a death asks for more of a record than any of these lists holds.
    told.reason = "RC7" if reason == "RC2" else reason
    if outcome is Outcome.CARE:
        told.enters_care_on = days.after(started_on, dice.number(1, 32))
        told.closed_on = max(first.authorised_on, told.enters_care_on)
        return
    months = dice.pick(_NEED_MONTHS)
    told.closed_on = days.after(first.authorised_on, dice.number(months[0] * 21, months[1] * 21))
    held = [each.conference_on for each in told.enquiries if each.conference_on]
    if outcome is Outcome.PLAN and held:
        _protect(stage, dice, told, held[0])
    elif (told.closed_on - first.authorised_on).days > 130 and dice.chance(0.3):
        _enquire_later(stage, dice, told)
    _plan_need(stage, dice, told)
    _assess_again(stage, dice, told)
    last_enquiry = max((each.decided_on for each in told.enquiries), default=told.closed_on)
    held_on = max((each.conference_on for each in told.enquiries if each.conference_on), default=told.closed_on)
    told.closed_on = max(told.closed_on, first.authorised_on, last_enquiry, held_on)


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _assess(stage: Stage, dice: Dice, started_on: date, needed: bool) -> Assessed:
    """An assessment, late more often while the service declines."""
    long = dice.number(*dice.pick(mixes.ASSESSMENT_DAYS))
    slips, over = dice.point(0, 1), dice.number(46, 78)
    if slips < stage.pace.lost("assessments", started_on):
        long = max(long, over)
    factors = {dice.pick(_PARENTS), *(dice.pick(_MORE) for _ in range(dice.number(0, 2)))}
    return Assessed(
        started_on,
        stage.days.after(started_on, long),
        dice.pick(mixes.SEEN),
        "Y" if needed else "N",
        tuple(sorted(factors)),
    )


def _enquire(stage: Stage, dice: Dice, told: Spell, first: date, conference: bool, plan: bool) -> None:
    days = stage.days
    long = days.between(first, told.assessments[0].authorised_on)
    strategy_on = days.after(first, dice.number(0, min(20, max(0, long))))
    gap = dice.number(*dice.pick(mixes.CONFERENCE_DAYS))
    slips, over = dice.point(0, 1), dice.number(16, 32)
    if slips < stage.pace.lost("conferences", strategy_on):
        gap = max(gap, over)
    decided_on = days.after(strategy_on, min(dice.number(2, 13), gap))
    told.enquiries.append(
        Enquired(strategy_on, decided_on, days.after(strategy_on, gap) if conference else None, plan and conference)
    )


def _enquire_later(stage: Stage, dice: Dice, told: Spell) -> None:
    """A worry that comes up in a case already open. One in five such enquiries leads to a plan."""
    first = told.assessments[0].authorised_on
    on = stage.days.pick(dice, first + timedelta(days=40), told.closed_on - timedelta(days=60))
    last = max((each.conference_on or each.decided_on for each in told.enquiries), default=first)
    if on <= last:
        return
    plan = dice.chance(0.12)
    _enquire(stage, dice, told, on, plan, plan)
    enquiry = told.enquiries[-1]
    if enquiry.strategy_on <= last:
        told.enquiries.pop()
    elif enquiry.conference_on and plan:
        _protect(stage, dice, told, enquiry.conference_on)


def _protect(stage: Stage, dice: Dice, told: Spell, started_on: date) -> None:
    """A protection plan from its conference to its end, and what comes after it."""
    days = stage.days
    months = dice.number(*dice.pick(_PLAN_MONTHS))
    ended_on = days.before(started_on + timedelta(days=round(months * 30.4) + dice.number(4, 25)), 0)
    category = dice.pick(_CATEGORIES)
    latest = dice.pick(_CATEGORIES) if dice.chance(0.12) else category
    plan = Protection(started_on, ended_on, category, latest, dice.day(started_on, ended_on))
    plan.visits = rounds(stage, dice.fork(), "protection_visits", started_on, ended_on)
    due_on = started_on + timedelta(days=dice.number(66, 88))
    while due_on < ended_on:
        late = dice.number(4, 40) if dice.chance(0.04) else 0
        held_on = days.before(due_on + timedelta(days=late), 0)
        if held_on < ended_on:
            plan.reviews.append(held_on)
        due_on = held_on + timedelta(days=dice.number(130, 178))
    told.plans.append(plan)
    if dice.chance(_FROM_PLAN_TO_CARE):
        told.enters_care_on = told.closed_on = ended_on
    else:
        low, high = dice.pick(_AFTER_PLAN_MONTHS)
        told.closed_on = days.after(ended_on, dice.number(low * 21, high * 21))


def _plan_need(stage: Stage, dice: Dice, told: Spell) -> None:
    """Plans for a child in need, before and after a protection plan and never inside one."""
    days = stage.days
    protection = told.plans[0] if told.plans else None
    if dice.chance(0.55):
        starts = days.after(told.assessments[0].authorised_on, dice.number(0, 10))
        ends = protection.started_on - timedelta(days=1) if protection else told.closed_on
        if (ends - starts).days > 12:
            told.need_plans.append((starts, ends))
    if protection and not told.enters_care_on:
        starts = days.after(protection.ended_on + timedelta(days=1), 0)
        if (told.closed_on - starts).days > 12:
            told.need_plans.append((starts, told.closed_on))
    if not protection or (protection.started_on - told.assessments[0].authorised_on).days > 60:
        until = protection.started_on if protection else told.closed_on
        told.visits += rounds(stage, dice.fork(), "need_visits", told.assessments[0].started_on, until)
    if protection and not told.enters_care_on:
        told.visits += rounds(stage, dice.fork(), "need_visits", protection.ended_on, told.closed_on)


def _assess_again(stage: Stage, dice: Dice, told: Spell) -> None:
    """A second look at a case that stays open; it ends before the case does."""
    first = told.assessments[0].authorised_on
    if (told.closed_on - first).days < 150 or not dice.chance(0.3):
        return
    on = stage.days.pick(dice, first + timedelta(days=30), told.closed_on - timedelta(days=118))
    again = _assess(stage, dice, on, True)
    if on > first and again.authorised_on <= told.closed_on:
        told.assessments.append(again)


def until_18(told: Spell, last: date) -> Spell | None:
    """A household's episode as one child has it: nothing of it happens after `last`. None where all of it would."""
    if told.referred_on > last:
        return None
    if told.closed_on <= last:
        return replace(told)
    own = replace(told, closed_on=last, reason="RC7")
    own.assessments = [
        replace(each, authorised_on=min(each.authorised_on, last))
        for each in told.assessments
        if each.started_on <= last
    ]
    own.enquiries = [each for each in told.enquiries if max(each.decided_on, each.conference_on or last) <= last]
    own.need_plans = [(on, min(until, last)) for on, until in told.need_plans if on < last]
    own.plans = [replace(each, ended_on=min(each.ended_on, last)) for each in told.plans if each.started_on < last]
    for plan in own.plans:
        plan.visits = [day for day in plan.visits if day <= plan.ended_on]
        plan.reviews = [day for day in plan.reviews if day < plan.ended_on]
    own.visits = [day for day in told.visits if day <= last]
    if told.enters_care_on and told.enters_care_on >= last:
        own.enters_care_on = None
    return own
