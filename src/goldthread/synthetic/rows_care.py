"""Rows of lists 8 to 11: children in care, care leavers, adoptions, adopters."""

from dataclasses import asdict
from datetime import date, timedelta

from goldthread.synthetic.adopters import Adopter
from goldthread.synthetic.case import Care, Case
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.leaving_care import Leaver
from goldthread.synthetic.people import age_on
from goldthread.synthetic.placement import interview, missing, placement
from goldthread.synthetic.rows import Row, about, held_by
from goldthread.synthetic.scene import Scene

_VISIT_DAYS = Weights({(0, 20): 55.0, (21, 41): 37.0, (43, 60): 6.0, (61, 110): 2.0})
_NEW_STATUS = Weights({"C1": 54.0, "V2": 43.0, "L2": 1.0, "J1": 1.5, "C2": 0.5})
_SETTLED_STATUS = Weights({"C2": 80.0, "V2": 13.0, "C1": 7.0})
_PLANS = Weights(
    {"FOSTERING": 52.0, "RETURN": 14.0, "SGO_CAO": 10.0, "RESIDENTIAL": 10.0, "SUPPORTED": 9.0, "OTHER": 5.0}
)
_LONG_TERM = frozenset({"U1", "U4"})


def care_rows(scene: Scene, cases: list[Case]) -> list[Row]:
    """List 8."""
    dice = scene.dice("care rows")
    return [_care_row(scene, dice, case, case.care) for case in cases if case.care]


def _care_row(scene: Scene, dice: Dice, case: Case, care: Care) -> Row:
    until = care.ceased_on or scene.as_at
    placed = placement(scene, dice, case)
    age = age_on(case.child.born_on, until)
    reviewed_on = _review(scene, dice, care.started_on, until)
    times_missing = missing(dice, age)
    offered, accepted = interview(dice, times_missing)
    again = (scene.as_at - care.started_on).days <= 365 and dice.chance(0.05)
    return {
        **about(case.child, scene.as_at),
        "unaccompanied": "Y" if case.child.unaccompanied else "N",
        "disability": case.child.disability,
        "started_on": care.started_on,
        "need": case.need,
        "second_period": "Y" if again else "N",
        **_legal(scene, dice, case, care.started_on, until),
        "latest_review_on": reviewed_on,
        "last_visit_on": _visit(scene, dice, care.started_on, until, placed.kind),
        "permanence_plan": _permanence(dice, case, (until - care.started_on).days, age),
        "iro_contact_on": reviewed_on and min(until, reviewed_on + timedelta(days=dice.one_of((0, 0, 0, 14, 35)))),
        "health_on": _check(scene, dice, care.started_on, until, 175 if age < 5 else 360, 0.93),
        "dental_on": _check(scene, dice, care.started_on, until, 360, 0.84),
        "placements_in_year": placed.in_year,
        "ceased_on": care.ceased_on,
        "ceased_reason": care.ceased_reason,
        "placement_on": placed.on,
        "placement_type": placed.kind,
        "provider": placed.provider,
        "postcode": placed.postcode,
        "urn": placed.urn,
        "in_or_out": placed.in_or_out,
        "placement_authority": placed.authority,
        "missing_in_year": times_missing,
        "absent_in_year": dice.number(1, 4) if dice.chance(0.05) else 0,
        "interview_offered": offered,
        "interview_accepted": accepted,
        **held_by(case.post),
    }


def _legal(scene: Scene, dice: Dice, case: Case, started_on: date, until: date) -> Row:
    """The legal status and the day it began, on or after the day of entry to care."""
    adoption = case.adoption
    if adoption and adoption.placement_order_on and not adoption.reversed_on:
        return {"legal_status_on": adoption.placement_order_on, "legal_status": "E1"}
    in_care = (until - started_on).days
    if case.child.unaccompanied:
        return {"legal_status_on": started_on, "legal_status": "V2"}
    status = dice.pick(_NEW_STATUS if in_care < 270 else _SETTLED_STATUS)
    begins = {"C2": (120, 300), "C1": (0, 12)}.get(status, (0, 0))
    began_on = min(until, started_on + timedelta(days=dice.number(*begins)))
    return {"legal_status_on": began_on, "legal_status": status}


def _review(scene: Scene, dice: Dice, started_on: date, until: date) -> date | None:
    """The latest review: the first within 20 working days, then three months, then six; one in fourteen is late."""
    reviewed_on = None
    due_on = scene.days.after(started_on, dice.number(13, 20))
    step = (75, 89)
    while due_on <= until:
        reviewed_on = due_on
        due_on = scene.days.before(reviewed_on + timedelta(days=dice.number(*step)), 0)
        step = (150, 180)
    if reviewed_on and (until - started_on).days > 260 and dice.chance(0.07):
        return scene.days.before(until - timedelta(days=dice.number(186, 250)), 0)
    return reviewed_on


def _visit(scene: Scene, dice: Dice, started_on: date, until: date, kind: str) -> date | None:
    low, high = dice.pick(_VISIT_DAYS)
    if kind in _LONG_TERM and dice.chance(0.4):
        low, high = 21, 88
    visited_on = scene.days.before(until - timedelta(days=dice.number(low, high)), 0)
    if visited_on >= started_on:
        return visited_on
    return None if (until - started_on).days < 5 else max(started_on, scene.days.pick(dice, started_on, until))


def _check(scene: Scene, dice: Dice, started_on: date, until: date, within: int, share: float) -> date | None:
    """The last health assessment or dental check since entry to care, in time for a share of children."""
    if (until - started_on).days < 20:
        return None
    back = dice.number(3, within) if dice.chance(share) else dice.number(within + 10, within + 200)
    checked_on = scene.days.before(until - timedelta(days=back), 0)
    if checked_on >= started_on:
        return checked_on
    return scene.days.pick(dice, started_on + timedelta(days=10), until) if dice.chance(share) else None


def _permanence(dice: Dice, case: Case, in_care: int, age: int) -> str | None:
    if case.adoption and not case.adoption.reversed_on:
        return "ADOPTION"
    if not dice.chance(0.965 if in_care > 122 else 0.35):
        return None
    plan = dice.pick(_PLANS)
    return "FOSTERING" if plan == "SUPPORTED" and age < 16 else plan


def leaver_rows(scene: Scene, leavers: list[Leaver]) -> list[Row]:
    """List 9, with the columns of the newer form."""
    return [
        {
            **about(leaver.child, scene.as_at),
            "unaccompanied": "Y" if leaver.child.unaccompanied else "N",
            "disability": leaver.child.disability,
            **held_by(leaver.post),
            "adviser": leaver.adviser,
            "eligibility": leaver.eligibility,
            "pathway_plan_on": leaver.plan_reviewed_on,
            "in_touch": leaver.in_touch,
            "contacted_on": leaver.contacted_on,
            "accommodation": leaver.home,
            "suitability": leaver.suitability,
            "activity": leaver.activity,
        }
        for leaver in leavers
    ]


def adoption_rows(scene: Scene, cases: list[Case]) -> list[Row]:
    """List 10."""
    return [
        {
            **about(case.child, scene.as_at),
            "disability": case.child.disability,
            **asdict(case.adoption),
        }
        for case in cases
        if case.adoption
    ]


def adopter_rows(adopters: list[Adopter]) -> list[Row]:
    """List 11. The dates of the old one-stage process stay blank."""
    rows: list[Row] = []
    for adopter in adopters:
        row: Row = asdict(adopter)
        row["adopter"] = row.pop("id")
        rows.append({**row, "applied_on": None, "approved_on": None})
    return rows
