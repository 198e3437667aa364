"""Rows of lists 6 and 7: children in need and protection plans, with visits and reviews."""

from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.case import Case, Plan
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.people import age_on
from goldthread.synthetic.rows import Row, about, day_of, held_by
from goldthread.synthetic.scene import Scene

_CATEGORIES = Weights({"NEG": 51.0, "EMO": 35.5, "PHY": 5.5, "SAB": 4.0, "MUL": 4.0})
_EARLIER_PLANS = Weights({0: 75.7, 1: 17.0, 2: 5.3, 3: 2.0})
# Working days since the last visit to a child on a plan; the local standard is often 10.
_VISIT_DAYS = Weights({(0, 5): 46.0, (6, 10): 41.0, (11, 15): 8.5, (16, 30): 4.5})
_SEEN_DAYS = Weights({(0, 10): 48.0, (11, 20): 38.0, (21, 30): 9.0, (31, 60): 5.0})


def plan_rows(scene: Scene, cases: list[Case]) -> list[Row]:
    """List 7."""
    dice = scene.dice("plan rows")
    return [_plan_row(scene, dice, case, case.plan) for case in cases if case.plan]


def _plan_row(scene: Scene, dice: Dice, case: Case, plan: Plan) -> Row:
    until = plan.ended_on or scene.as_at
    visited_on = _visit(scene, dice, plan.started_on, until)
    category = dice.pick(_CATEGORIES)
    return {
        **about(case.child, scene.as_at),
        "disability": case.child.disability,
        "started_on": plan.started_on,
        "first_category": category,
        "latest_category": dice.pick(_CATEGORIES) if dice.chance(0.12) else category,
        "last_visit_on": visited_on,
        "seen_alone": _seen_alone(dice, age_on(case.child.born_on, until)) if visited_on else None,
        "latest_review_on": _latest_review(scene, dice, plan.started_on, until),
        "ended_on": plan.ended_on,
        "emergency_protection": "Y" if dice.chance(0.03) else "N",
        "previous_plans": dice.pick(_EARLIER_PLANS),
        **held_by(case.post),
    }


def _visit(scene: Scene, dice: Dice, started_on: date, until: date) -> date | None:
    """The last visit under the plan; none yet where the plan is only days old."""
    if scene.days.between(started_on, until) < 4:
        return None
    visited_on = scene.days.before(until, dice.number(*dice.pick(_VISIT_DAYS)))
    return visited_on if visited_on >= started_on else scene.days.pick(dice, started_on, until)


def _seen_alone(dice: Dice, age: int) -> str:
    if age < 4:
        return "N"
    return "Y" if dice.chance(0.82) else "N" if dice.chance(0.85) else "U"


def _latest_review(scene: Scene, dice: Dice, started_on: date, until: date) -> date | None:
    """The latest review conference: the first within three months and the next within six, save one in twelve."""
    reviewed_on = None
    due_on = started_on + timedelta(days=dice.number(72, 88))
    while due_on <= until:
        reviewed_on = due_on
        due_on = reviewed_on + timedelta(days=dice.number(140, 178))
    if reviewed_on and dice.chance(0.08):
        late = add_months(until, -6) - timedelta(days=dice.number(3, 40))
        return scene.days.before(late, 0) if late > started_on else None
    return scene.days.before(reviewed_on, 0) if reviewed_on else None


def need_rows(scene: Scene, cases: list[Case], plans: list[Row], care: list[Row]) -> list[Row]:
    """List 6: everybody with a latest episode of need, open or closed. A visit in lists 7 and 8 counts as seen."""
    dice = scene.dice("need rows")
    visits = {row["child"]: day_of(row, "last_visit_on") for row in (*plans, *care) if row["last_visit_on"]}
    rows = []
    for case in cases:
        if case.status is None:
            continue
        seen_on = visits.get(case.child.id) or _seen(scene, dice, case.started_on, case.closed_on or scene.as_at)
        rows.append(
            {
                **about(case.child, scene.as_at),
                "disability": case.child.disability,
                "started_on": case.started_on,
                "need": case.need,
                "last_seen_on": seen_on,
                "closed_on": case.closed_on,
                "closure_reason": case.closure_reason,
                "status": case.status,
                **held_by(case.post),
            }
        )
    return rows


def _seen(scene: Scene, dice: Dice, started_on: date, until: date) -> date:
    seen_on = scene.days.before(until, dice.number(*dice.pick(_SEEN_DAYS)))
    return seen_on if seen_on >= started_on else max(started_on, scene.days.pick(dice, started_on, until))
