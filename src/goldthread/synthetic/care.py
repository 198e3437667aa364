"""Children in care: those who were in care before the six months of the lists, and those who left inside them.

Children who came into care inside the six months came through the front door; adoption has a module of its own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic import mixes
from goldthread.synthetic.case import Care, Case
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.need import ended_plan
from goldthread.synthetic.people import AGES_IN_CARE, AGES_IN_NEED
from goldthread.synthetic.scene import Scene
from goldthread.synthetic.staff import Service

# 874 were in care before the six months; 52 of the 1,024 came from a plan, and adoption.py brings 95.
UNACCOMPANIED = 73
FROM_PLAN = 52
SETTLED = 654
CEASED_HOME = 40
# 22 more left care by adoption, see adoption.py.
CEASED_YOUNG = 100
CEASED_AT_18 = 58

_MONTHS_IN_CARE = Weights({(1, 6): 12.0, (6, 12): 16.0, (12, 24): 22.0, (24, 48): 24.0, (48, 96): 19.0, (96, 170): 7.0})
_MONTHS_UNACCOMPANIED = Weights({(1, 9): 45.0, (9, 24): 55.0})
_CEASED_YOUNG = Weights(
    {
        "E45": 10.0, "E46": 4.0, "E47": 17.0, "E48": 3.0, "E4A": 16.0, "E4B": 12.0, "E13": 9.0, "E41": 7.0, "E8": 16.0,
        "E3": 2.0, "E14": 1.5, "E9": 2.5,
    }
)  # fmt: skip
_CEASED_AT_18 = Weights({"E5": 36.0, "E6": 16.0, "E17": 32.0, "E7": 9.0, "E8": 7.0})
_SPECIAL_GUARDIANSHIP = frozenset({"E45", "E46", "E47", "E48"})


@dataclass(frozen=True, slots=True)
class _Stay:
    started_on: date
    ceased_on: date | None = None
    ceased_reason: str | None = None


def cases(scene: Scene) -> list[Case]:
    """Everybody who was in care before the six months and was in care inside them, without the adoption cases."""
    dice = scene.dice("care")
    made = [*_unaccompanied(scene, dice), *_from_plan(scene, dice), *_settled(scene, dice)]
    made += _ceased_young(scene, dice, CEASED_HOME, "NEED")
    made += _ceased_young(scene, dice, CEASED_YOUNG, "CLOSED")
    made += _ceased_at_18(scene, dice)
    return made


def _in_care(scene: Scene, case: Case, stay: _Stay) -> Case:
    case.care = Care(stay.started_on, stay.ceased_on, stay.ceased_reason)
    return case


def _start(scene: Scene, dice: Dice, months: Weights[tuple[int, int]]) -> date:
    low, high = dice.pick(months)
    return scene.days.before(scene.opens - timedelta(days=dice.number(round(low * 30.4), round(high * 30.4))), 1)


def _unaccompanied(scene: Scene, dice: Dice) -> list[Case]:
    made = []
    for _ in range(scene.count(UNACCOMPANIED)):
        started_on = _start(scene, dice, _MONTHS_UNACCOMPANIED)
        youngest = dice.one_of((15, 16, 16, 16, 17, 17, 17, 17))
        born_on = add_months(scene.as_at, -12 * youngest) - timedelta(days=dice.number(1, 360))
        child = scene.people.child(born_on, dice.one_of(("BAFR", "AOTH", "OOTH", "WOTH", "OOTH")), unaccompanied=True)
        child.gender = "M" if dice.chance(0.93) else "F"
        post = scene.staff.allocate(Service.CARE)
        made.append(_in_care(scene, Case(child, started_on, "6", post, "CARE", "N8"), _Stay(started_on)))
    return made


def _from_plan(scene: Scene, dice: Dice) -> list[Case]:
    """Children whose protection plan ended on the day that they came into care."""
    made: list[Case] = []
    room = scene.count(FROM_PLAN)
    while room > 0:
        entered_on = scene.days.pick(dice, scene.opens + timedelta(days=4), scene.as_at - timedelta(days=2))
        plan = ended_plan(scene, dice, entered_on)
        started_on = scene.days.before(plan.started_on, dice.number(20, 80))
        household = scene.people.household(started_on, room)
        post = scene.staff.allocate(Service.CARE, len(household))
        for child in household:
            case = Case(child, started_on, dice.pick(mixes.SOURCES), post, "CARE", "N1")
            case.plan = ended_plan(scene, dice, entered_on)
            case.plan.started_on = plan.started_on
            made.append(_in_care(scene, case, _Stay(entered_on)))
        room -= len(household)
    return made


def _settled(scene: Scene, dice: Dice) -> list[Case]:
    made: list[Case] = []
    room = scene.count(SETTLED)
    while room > 0:
        entered_on = _start(scene, dice, _MONTHS_IN_CARE)
        household = _household(scene, dice, entered_on, room, "CARE")
        made += [_in_care(scene, case, _Stay(entered_on)) for case in household]
        room -= len(household)
    return made


def _household(scene: Scene, dice: Dice, entered_on: date, room: int, status: str) -> list[Case]:
    started_on = scene.days.before(entered_on, dice.number(0, 90))
    ages = AGES_IN_CARE if dice.chance(0.8) else AGES_IN_NEED
    children = scene.people.household(started_on, min(room, 3), ages)
    service = Service.CARE if status == "CARE" else Service.SAFEGUARDING
    post = scene.staff.allocate(service, 0 if status == "CLOSED" else len(children))
    source, need = dice.pick(mixes.SOURCES), dice.pick(mixes.NEEDS)
    return [Case(child, started_on, source, post, status, need) for child in children]


def _ceased_young(scene: Scene, dice: Dice, quota: int, status: str) -> list[Case]:
    """Children who left care for a home in the six months: to parents, guardians, relatives."""
    made: list[Case] = []
    room = scene.count(quota)
    while room > 0:
        entered_on = _start(scene, dice, _MONTHS_IN_CARE)
        ceased_on = scene.days.pick(dice, scene.opens, scene.as_at - timedelta(days=6))
        reason = dice.one_of(("E4A", "E4A", "E4B")) if status == "NEED" else dice.pick(_CEASED_YOUNG)
        household = _household(scene, dice, entered_on, room, status)
        for case in household:
            if status == "CLOSED":
                case.closed_on = ceased_on if dice.chance(0.5) else scene.days.pick(dice, ceased_on, scene.as_at)
                case.closure_reason = "RC4" if reason in _SPECIAL_GUARDIANSHIP else "RC7"
            made.append(_in_care(scene, case, _Stay(entered_on, ceased_on, reason)))
        room -= len(household)
    return made


def _ceased_at_18(scene: Scene, dice: Dice) -> list[Case]:
    """Young people whose care ended with their 18th birthday in the six months."""
    made = []
    for _ in range(scene.count(CEASED_AT_18)):
        birthday = dice.day(scene.opens + timedelta(days=1), scene.as_at - timedelta(days=1))
        born_on = add_months(birthday, -12 * 18)
        entered_on = max(_start(scene, dice, _MONTHS_IN_CARE), born_on + timedelta(days=400))
        child = scene.people.child(born_on)
        reason = dice.pick(_CEASED_AT_18)
        post = scene.staff.allocate(Service.CARE, 0)
        case = Case(child, entered_on, dice.pick(mixes.SOURCES), post, "CLOSED", dice.pick(mixes.NEEDS))
        case.closed_on = birthday
        case.closure_reason = "RC6" if reason == "E7" else "RC7"
        made.append(_in_care(scene, case, _Stay(entered_on, birthday, reason)))
    return made
