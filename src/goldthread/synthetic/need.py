"""Children in need whose episode began before the six months of the lists, and what happened to them inside."""

from dataclasses import replace
from datetime import date, timedelta

from goldthread.synthetic import mixes
from goldthread.synthetic.case import Assessment, Case, Enquiry, Plan
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.scene import Scene
from goldthread.synthetic.staff import Service

NEED_PLAIN = 590
NEED_ENQUIRED = 260
NEED_REASSESSED = 60
NEED_AFTER_PLAN = 250
CLOSED_PLAIN = 1332
CLOSED_AFTER_PLAN = 158
ON_PLAN = 266
SECOND_ENQUIRIES = 79

# Months between the start of an episode and the start of the six months of the lists.
_OPEN_MONTHS = Weights({(0, 3): 34.0, (3, 6): 24.0, (6, 12): 22.0, (12, 24): 12.0, (24, 60): 8.0})
# Months that a plan lasts; 1.9 % of open plans and 3.1 % of ended ones pass two years.
_OPEN_PLAN_MONTHS = Weights({(6, 9): 47.0, (9, 12): 26.0, (12, 18): 17.0, (18, 23): 5.5, (24, 34): 4.5})
_ENDED_PLAN_MONTHS = Weights({(3, 6): 22.0, (6, 9): 24.0, (9, 12): 26.0, (12, 18): 18.0, (18, 23): 6.9, (24, 36): 3.1})


def cases(scene: Scene) -> list[Case]:
    """Open and closed cases that began before the six months, without those who were in care."""
    dice = scene.dice("need")
    enquired = _fill(scene, dice, NEED_ENQUIRED, "NEED")
    reassessed = _fill(scene, dice, NEED_REASSESSED, "NEED")
    for case in (*enquired, *reassessed):
        _reassess(scene, dice, case)
    for case in enquired:
        _enquire(scene, dice, case)
    for case in enquired[: scene.count(SECOND_ENQUIRIES)]:
        _enquire_again(scene, dice, case)
    return [
        *_fill(scene, dice, NEED_PLAIN, "NEED"),
        *enquired,
        *reassessed,
        *_fill(scene, dice, NEED_AFTER_PLAN, "NEED", planned=True),
        *_fill(scene, dice, CLOSED_AFTER_PLAN, "CLOSED", planned=True),
        *_fill(scene, dice, ON_PLAN, "PLAN", planned=True),
        *_fill(scene, dice, CLOSED_PLAIN, "CLOSED"),
    ]


def ended_plan(scene: Scene, dice: Dice, ended_on: date) -> Plan:
    """A plan that ended on a day inside the six months and began before them."""
    months = dice.number(*dice.pick(_ENDED_PLAN_MONTHS))
    about = ended_on - timedelta(days=round(months * 30.4) + dice.number(4, 25))
    # A plan that began inside the six months would need its conference in list 5.
    return Plan(min(scene.days.before(about, 0), scene.days.before(scene.opens, dice.number(3, 30))), ended_on)


def _open_plan(scene: Scene, dice: Dice) -> Plan:
    months = dice.number(*dice.pick(_OPEN_PLAN_MONTHS))
    about = scene.as_at - timedelta(days=round(months * 30.4) + dice.number(6, 30))
    return Plan(min(scene.days.before(about, 0), scene.days.before(scene.opens, 1)))


def _fill(scene: Scene, dice: Dice, quota: int, status: str, planned: bool = False) -> list[Case]:
    room = scene.count(quota)
    made: list[Case] = []
    while room > 0:
        household = _household(scene, dice, status, planned, room)
        made += household
        room -= len(household)
    return made


def _household(scene: Scene, dice: Dice, status: str, planned: bool, room: int) -> list[Case]:
    closed_on = scene.days.pick(dice, scene.opens + timedelta(days=12), scene.as_at) if status == "CLOSED" else None
    low, high = dice.pick(_OPEN_MONTHS)
    started_on = scene.days.before(scene.opens - timedelta(days=dice.number(low * 30, high * 30)), 3)
    plan = None
    if planned:
        last = (closed_on or scene.as_at) - timedelta(days=3)
        plan = _open_plan(scene, dice)
        if status != "PLAN":
            plan = ended_plan(scene, dice, scene.days.pick(dice, scene.opens, last))
        started_on = scene.days.before(plan.started_on, dice.number(20, 90))
    source, need = dice.pick(mixes.SOURCES), dice.pick(mixes.NEEDS)
    children = scene.people.household(started_on, room)
    service = Service.DISABILITY if need == "N2" else Service.SAFEGUARDING
    post = scene.staff.allocate(service, 0 if status == "CLOSED" else len(children))
    reason = dice.pick(mixes.CLOSURES) if closed_on else None
    return [
        Case(child, started_on, source, post, status, need, closed_on, reason, plan=plan and replace(plan))
        for child in children
    ]


def _reassess(scene: Scene, dice: Dice, case: Case) -> None:
    """A second look at an open case, authorised inside the six months."""
    long = dice.number(*dice.pick(mixes.ASSESSMENT_DAYS))
    started_on = scene.days.pick(dice, scene.opens, scene.days.before(scene.as_at, long))
    authorised_on = scene.days.after(started_on, long)
    case.assessments.append(Assessment(started_on, authorised_on, dice.pick(mixes.SEEN), "Y", case.post))


def _enquire(scene: Scene, dice: Dice, case: Case) -> None:
    first = case.assessments[0]
    strategy_on = scene.days.pick(dice, first.started_on, first.authorised_on or scene.as_at)
    case.enquiries.append(Enquiry(strategy_on, "Y", None, None, case.post))


def _enquire_again(scene: Scene, dice: Dice, case: Case) -> None:
    """An earlier enquiry about the same child inside the six months, where there is time for one."""
    latest = case.enquiries[-1].strategy_on
    earlier = scene.days.pick(dice, scene.opens, latest - timedelta(days=15))
    if earlier >= scene.opens:
        case.enquiries.insert(0, Enquiry(earlier, "Y", None, None, case.post))
