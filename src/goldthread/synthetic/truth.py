"""The truth about an invented authority: its main measures worked out from the story, and the planted defects.

The measures here share no code with the kernel's: they are told row by row from the lists before any defect is
planted, with the story's own calendar, so that the two can be held against each other.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from goldthread.synthetic.days import WorkingDays
from goldthread.synthetic.rows import Lists, Row, count_of, day_of

if TYPE_CHECKING:
    from goldthread.synthetic.authority import Authority
    from goldthread.synthetic.defects import Defect

# Limits of the measures, as commonly used: check them against the published text.
_ASSESSMENT_DAYS = 45
_CONFERENCE_DAYS = 15
_VISIT_DAYS = 10
_LONG_PLAN_DAYS = 729
_MANY_PLACEMENTS = 3
_ACTIVE = frozenset({"F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5"})
_HOME_UNKNOWN = frozenset({"G", "H", "R"})


class Clock(Protocol):
    """What the measures need to know of a story: its calendar, the day of the lists, and where six months begin."""

    @property
    def as_at(self) -> date: ...

    @property
    def opens(self) -> date: ...

    @property
    def days(self) -> WorkingDays: ...


@dataclass(frozen=True, slots=True)
class Share:
    """One measure of the story: how many of how many."""

    code: str
    says: str
    numerator: int
    denominator: int


def _share(code: str, says: str, rows: Iterable[Row], counts: Callable[[Row], bool]) -> Share:
    answers = [counts(row) for row in rows]
    return Share(code, says, sum(answers), len(answers))


def shares(lists: Lists, scene: Clock) -> tuple[Share, ...]:
    """The main measures of the story, as numerator and denominator."""
    return (*_front_door(lists, scene), *_protection(lists, scene), *_care(lists), *_leavers(lists))


def _front_door(lists: Lists, scene: Clock) -> tuple[Share, ...]:
    authorised = [row for row in lists["assessments"] if row["authorised_on"]]
    still_open = [row for row in lists["assessments"] if not row["authorised_on"]]
    held = [row for row in lists["section_47"] if row["conference_on"]]
    days = scene.days.between
    return (
        _referred_again(lists["referrals"]),
        _share("FD-06", "referrals that ended there", lists["referrals"], lambda row: row["no_further_action"] == "Y"),
        _share(
            "AS-01",
            "assessments authorised within 45 working days",
            authorised,
            lambda row: days(day_of(row, "started_on"), day_of(row, "authorised_on")) <= _ASSESSMENT_DAYS,
        ),
        _share(
            "AS-03",
            "open assessments already over 45 working days",
            still_open,
            lambda row: days(day_of(row, "started_on"), scene.as_at) > _ASSESSMENT_DAYS,
        ),
        _share(
            "CP-02",
            "conferences within 15 working days of the strategy discussion",
            held,
            lambda row: days(day_of(row, "strategy_on"), day_of(row, "conference_on")) <= _CONFERENCE_DAYS,
        ),
        _share("CP-04", "conferences that led to a plan", held, lambda row: row["led_to_plan"] == "Y"),
    )


def _referred_again(referrals: list[Row]) -> Share:
    """Re-referrals. The count on a row leaves out the child's latest referral and says how many came before it.

    So every row but the child's earliest is one, and the earliest is when the count goes beyond the list.
    """
    by_child: dict[object, list[Row]] = {}
    for row in referrals:
        by_child.setdefault(row["child"], []).append(row)
    again = sum(len(rows) - 1 for rows in by_child.values())
    again += sum(count_of(rows[0], "referrals_in_year") >= len(rows) for rows in by_child.values())
    return Share("FD-05", "referrals of a child referred in the 12 months before", again, len(referrals))


def _protection(lists: Lists, scene: Clock) -> tuple[Share, ...]:
    plans = lists["protection_plans"]
    running = [row for row in plans if not row["ended_on"]]
    started = [row for row in plans if day_of(row, "started_on") >= scene.opens]
    due = [row for row in running if scene.days.between(day_of(row, "started_on"), scene.as_at) >= _VISIT_DAYS]
    return (
        _share(
            "CP-08",
            "plans started in the six months after an earlier plan, however long ago",
            started,
            lambda row: count_of(row, "previous_plans") > 0,
        ),
        _share(
            "CP-10",
            "open plans that have lasted more than 729 days",
            running,
            lambda row: (scene.as_at - day_of(row, "started_on")).days > _LONG_PLAN_DAYS,
        ),
        _share(
            "CP-13",
            "open plans of at least 10 working days with a visit in the last 10",
            due,
            lambda row: (
                row["last_visit_on"] is not None
                and scene.days.between(day_of(row, "last_visit_on"), scene.as_at) <= _VISIT_DAYS
            ),
        ),
    )


def _care(lists: Lists) -> tuple[Share, ...]:
    in_care = [row for row in lists["children_in_care"] if not row["ceased_on"]]
    return (
        _share(
            "CLA-04",
            "children in care with three or more placements in 12 months",
            in_care,
            lambda row: count_of(row, "placements_in_year") >= _MANY_PLACEMENTS,
        ),
        _share(
            "CLA-09", "children in care placed outside the authority", in_care, lambda row: row["in_or_out"] == "OUT"
        ),
        _share(
            "CLA-10",
            "children in care in foster care",
            in_care,
            lambda row: str(row["placement_type"]).startswith("U"),
        ),
        _share("MI-01", "children in care missing at least once", in_care, lambda row: row["missing_in_year"] != 0),
    )


def _leavers(lists: Lists) -> tuple[Share, ...]:
    adults = [
        row
        for row in lists["care_leavers"]
        if 19 <= count_of(row, "age") <= 21 and row["in_touch"] not in ("DIED", "RHOM")
    ]
    housed = [row for row in adults if row["accommodation"] not in _HOME_UNKNOWN]
    return (
        _share(
            "CL-01",
            "care leavers of 19 to 21 in education, employment or training",
            adults,
            lambda row: row["activity"] in _ACTIVE,
        ),
        _share(
            "CL-06", "care leavers of 19 to 21 in suitable homes", housed, lambda row: row["suitability"] == "SUITABLE"
        ),
        _share("CL-08", "care leavers of 19 to 21 not in touch", adults, lambda row: row["in_touch"] == "NO"),
    )


def as_json(authority: "Authority", defects: Sequence["Defect"]) -> str:
    """The truth file: what was made, how many rows, the measures of the story, and every planted defect.

    `defects` are given apart, because a file may hold them at other rows than the canonical tables.
    """
    spec = authority.spec
    told = {
        "synthetic": "Everything in this workbook is invented. No row is about a real child.",
        "authority": spec.name,
        "seed": spec.seed,
        "size": spec.size,
        "as_at": spec.as_at.isoformat(),
        "rows": {name: frame.height for name, frame in authority.tables.items()},
        "measures_before_defects": [asdict(share) for share in authority.shares],
        "defects": [asdict(defect) for defect in defects],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"
