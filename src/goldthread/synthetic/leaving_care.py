"""Care leavers: list 9. Who receives leaving-care services on the day, and how they live.

Aimed at Derbyshire's figures for 19 to 21 (DfE, LAIT, 2025): 61 % in education, employment or training,
96 % in suitable homes, 2 % not in touch.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.case import Case
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.people import Child, age_on
from goldthread.synthetic.scene import Scene
from goldthread.synthetic.staff import Post, Service

_ELIGIBLE = 90
_AGES = {17: 14, 18: 72, 19: 158, 20: 144, 21: 123, 22: 38, 23: 26, 24: 16}
TOUCH = Weights({"YES": 97.0, "NO": 1.6, "REFU": 0.5, "NREQ": 0.4, "RHOM": 0.3, "DIED": 0.2})
HOMES = Weights(
    {
        "U": 33.0, "D": 14.0, "Z": 12.0, "B": 13.0, "E": 5.5, "T": 7.0, "C": 4.0, "K": 3.0, "X": 1.3, "S": 0.4,
        "W": 0.3, "V": 0.3, "Y": 3.2, "R": 0.9, "G": 0.8,
    }
)  # fmt: skip
HOMES_IN_CARE = Weights({"C": 42.0, "D": 22.0, "E": 8.0, "B": 8.0, "Y": 20.0})
UNSUITABLE = frozenset("SWXVR")
ACTIVITIES = Weights(
    {
        "F1": 5.0, "P1": 0.2, "F2": 15.5, "P2": 2.0, "F4": 2.0, "P4": 0.2, "F5": 28.0, "P5": 10.9, "G4": 11.2,
        "G5": 18.4, "G6": 6.6,
    }
)  # fmt: skip
YOUNGER_ACTIVITIES = Weights(
    {"F2": 48.0, "P2": 5.0, "F4": 3.0, "F5": 11.0, "P5": 4.0, "G4": 7.5, "G5": 19.0, "G6": 2.5}
)


@dataclass(frozen=True, slots=True)
class Leaver:
    """One young person with leaving-care services."""

    child: Child
    post: Post
    adviser: str
    eligibility: str
    plan_reviewed_on: date
    in_touch: str
    contacted_on: date
    home: str | None
    suitability: str | None
    activity: str | None


def leavers(scene: Scene, cases: list[Case]) -> list[Leaver]:
    """Everybody on list 9: from list 8 the eligible and those who have just left, and those who left before."""
    dice = scene.dice("leaving care")
    in_care = [case for case in cases if case.care and not case.care.ceased_on and _eligible(case, scene.as_at)]
    made = [_leaver(scene, dice, case.child, "ELIGIBLE") for case in dice.some(in_care, scene.count(_ELIGIBLE))]
    for case in cases:
        if case.care and case.care.ceased_on and age_on(case.child.born_on, case.care.ceased_on) >= 16:
            adult = age_on(case.child.born_on, scene.as_at) >= 18
            made.append(_leaver(scene, dice, case.child, "FORMER" if adult else "RELEVANT"))
    for age, quota in _AGES.items():
        for _ in range(scene.count(quota)):
            born_on = add_months(scene.as_at, -12 * age) - timedelta(days=dice.number(0, 364))
            child = scene.people.child(born_on, unaccompanied=dice.chance(0.11))
            made.append(_leaver(scene, dice, child, _category(dice, age)))
    return made


def _eligible(case: Case, as_at: date) -> bool:
    """Aged 16 or 17 and 13 weeks in care, as near as one period of care can tell."""
    in_care = case.care is not None and (as_at - case.care.started_on).days >= 91
    return in_care and age_on(case.child.born_on, as_at) in (16, 17)


def _category(dice: Dice, age: int) -> str:
    if age < 18:
        return "RELEVANT"
    return "QUALIFYING" if age < 21 and dice.chance(0.06) else "FORMER"


def _leaver(scene: Scene, dice: Dice, child: Child, eligibility: str) -> Leaver:
    in_touch = "YES" if eligibility == "ELIGIBLE" else dice.pick(TOUCH)
    home = suitability = activity = None
    if in_touch == "YES":
        home = dice.pick(HOMES_IN_CARE if eligibility == "ELIGIBLE" else HOMES)
        suitability = "UNSUITABLE" if home in UNSUITABLE or dice.chance(0.004) else "SUITABLE"
        younger = age_on(child.born_on, scene.as_at) < 19
        activity = "G5" if home == "R" else dice.pick(YOUNGER_ACTIVITIES if younger else ACTIVITIES)
    since = dice.number(0, 52) if dice.chance(0.9) else dice.number(57, 130)
    if in_touch != "YES":
        since = dice.number(90, 400)
    reviewed = dice.number(2, 178) if dice.chance(0.88) else dice.number(186, 320)
    post = scene.staff.allocate(Service.LEAVING)
    return Leaver(
        child,
        post,
        scene.staff.allocate(Service.ADVISERS).worker,
        eligibility,
        scene.days.before(scene.as_at - timedelta(days=reviewed), 0),
        in_touch,
        scene.days.before(scene.as_at - timedelta(days=since), 0),
        home,
        suitability,
        activity,
    )
