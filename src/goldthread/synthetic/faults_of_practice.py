"""Faults that the record itself may hold: what is overdue, what was never said, what falls outside the period."""

from datetime import date, timedelta

from goldthread.synthetic.defects import Change, Done, Fault, Fits, Ground
from goldthread.synthetic.faults_care import AllOf
from goldthread.synthetic.faults_general import has_early_dates, moved, setting
from goldthread.synthetic.faults_protection import Filled, is_closed_alone, is_in_need_alone, is_open_plan
from goldthread.synthetic.rows import Row, count_of, day_of


class Both:
    """Suits rows that suit every one of several tests."""

    def __init__(self, *tests: Fits) -> None:
        self.tests = tests

    def __call__(self, ground: Ground, row: Row) -> bool:
        """Whether this row does."""
        return all(test(ground, row) for test in self.tests)


class Since:
    """Suits rows in which a date lies at least so many days before the day of the lists, and others are blank."""

    def __init__(self, column: str, days: int, *blank: str) -> None:
        self.column, self.days, self.blank = column, days, blank

    def __call__(self, ground: Ground, row: Row) -> bool:
        """Whether this row does."""
        on = row[self.column]
        long_ago = isinstance(on, date) and (ground.as_at - on).days >= self.days
        return long_ago and all(row[column] is None for column in self.blank)


def back(**days: int) -> Change:
    """A change that dates columns so many days before the day of the lists."""

    def change(ground: Ground, row: Row) -> Done:
        row.update({column: ground.as_at - timedelta(days=number) for column, number in days.items()})
        return Done(row)

    return change


def before_period(*columns: str) -> Change:
    """A change that dates columns before the period of the lists, each some weeks after the one before."""

    def change(ground: Ground, row: Row) -> Done:
        for place, column in enumerate(reversed(columns)):
            row[column] = ground.opens - timedelta(days=60 + 70 * place)
        return Done(row)

    return change


def _counts_too_low(ground: Ground, row: Row) -> Done:
    for each in ground.rows_of(row, "referrals"):
        each["referrals_in_year"] = 0
    return Done(row, touches=ground.others(row, "referrals"))


def _latest_of_two(ground: Ground, row: Row) -> bool:
    days = [day_of(each, "referred_on") for each in ground.rows_of(row, "referrals")]
    return len(set(days)) > 1 and day_of(row, "referred_on") == max(days)


def _counted_too_high(_: Ground, row: Row) -> Done:
    row["conferences_in_year"] = count_of(row, "enquiries_in_year") + 1
    return Done(row)


def _once(table: str) -> Fits:
    return lambda ground, row: len(ground.rows_of(row, table)) == 1


def _overlapped(ground: Ground, row: Row) -> Done:
    copy = dict(row) | {"started_on": day_of(row, "started_on") + timedelta(days=3)}
    ground.add_after("assessments", row, copy)
    return Done(copy, touches=(("assessments", row),))


def _lasted(ground: Ground, row: Row) -> bool:
    ended = row["authorised_on"]
    return (
        isinstance(ended, date) and (ended - day_of(row, "started_on")).days > 10 and _once("assessments")(ground, row)
    )


def _held_and_no_plan(ground: Ground, row: Row) -> bool:
    return row["led_to_plan"] == "N" and Since("strategy_on", 50)(ground, row)


def _begun_in_period(column: str, *blank: str) -> Fits:
    def fits(ground: Ground, row: Row) -> bool:
        on = row[column]
        recent = isinstance(on, date) and ground.opens + timedelta(days=40) < on < ground.as_at - timedelta(days=30)
        return recent and all(row[name] is None for name in blank)

    return fits


def _without_assessments(ground: Ground, row: Row) -> Done:
    ground.remove("assessments", str(row["child"]))
    return Done(row)


def _not_being_assessed(ground: Ground, row: Row) -> bool:
    need = ground.rows_of(row, "children_in_need")
    return all(each["status"] != "ASSESSMENT" for each in need) and _once("section_47")(ground, row)


def _ended_while_in_care(ground: Ground, row: Row) -> bool:
    need = ground.rows_of(row, "children_in_need")
    return row["ended_on"] is not None and len(need) == 1 and need[0]["status"] == "CARE"


_NEED, _PLANS = "children_in_need", "protection_plans"
_ENDED_LONG_AGO = before_period("started_on", "ended_on")
_DONE_LONG_AGO = before_period("started_on", "authorised_on")

FAULTS: tuple[Fault, ...] = (
    Fault("G21", "assessments", "team", "team blank", setting("team", None)),
    Fault(
        "P02",
        "early_help",
        "completed_on",
        "before the six months",
        before_period("started_on", "completed_on"),
        has_early_dates,
    ),
    Fault(
        "P03",
        "referrals",
        "referred_on",
        "before the six months",
        before_period("referred_on"),
        Both(AllOf(no_further_action="Y"), has_early_dates),
    ),
    Fault(
        "P04",
        "assessments",
        "authorised_on",
        "before the six months",
        _DONE_LONG_AGO,
        Both(Filled("authorised_on"), has_early_dates),
    ),
    Fault(
        "P05",
        "section_47",
        "strategy_on",
        "before the six months",
        before_period("strategy_on"),
        Both(AllOf(conference_unnecessary="Y"), has_early_dates),
    ),
    Fault(
        "P06",
        _NEED,
        "closed_on",
        "before the six months",
        before_period("started_on", "closed_on"),
        Both(is_closed_alone, has_early_dates),
    ),
    Fault(
        "P07", _PLANS, "ended_on", "before the six months", _ENDED_LONG_AGO, Both(Filled("ended_on"), has_early_dates)
    ),
    Fault("L202", "early_help", "organisation", "organisation blank", setting("organisation", None)),
    Fault(
        "L302", "referrals", "referrals_in_year", "fewer than the list itself shows", _counts_too_low, _latest_of_two
    ),
    Fault(
        "L303",
        "referrals",
        "worker",
        "taken up, and no worker",
        setting("worker", None),
        AllOf(no_further_action="N"),
        ("G21",),
    ),
    Fault(
        "L403",
        "assessments",
        "authorised_on",
        "authorised after 90 days",
        moved("authorised_on", "started_on", 90),
        Both(Filled("authorised_on"), Since("started_on", 95)),
    ),
    Fault(
        "L404",
        "assessments",
        "child_seen",
        "authorised, and the child not seen",
        setting("child_seen", "N"),
        Filled("authorised_on"),
    ),
    Fault("L405", "assessments", "started_on", "a second assessment inside another", _overlapped, _lasted),
    Fault(
        "L503",
        "section_47",
        "conference_on",
        "conference after 45 days",
        moved("conference_on", "strategy_on", 45),
        _held_and_no_plan,
    ),
    Fault(
        "L506",
        "section_47",
        "conferences_in_year",
        "more conferences than enquiries",
        _counted_too_high,
        _once("section_47"),
    ),
    Fault(
        "L603", _NEED, "closure_reason", "closed after assessment", setting("closure_reason", "RC8"), is_closed_alone
    ),
    Fault("L605", _NEED, "last_seen_on", "open, and never seen", setting("last_seen_on", None), is_in_need_alone),
    Fault("L607", _NEED, "need", "open, and no need stated", setting("need", "N0"), is_in_need_alone),
    Fault("L608", _NEED, "worker", "in need, and no worker", setting("worker", None), is_in_need_alone, ("G21",)),
    Fault(
        "L704",
        _PLANS,
        "last_visit_on",
        "last visit 60 days ago",
        back(last_visit_on=60),
        Both(is_open_plan, Since("started_on", 90)),
    ),
    Fault(
        "L705",
        _PLANS,
        "latest_review_on",
        "last review 240 days ago",
        back(latest_review_on=240),
        Both(is_open_plan, Since("started_on", 260)),
    ),
    Fault("L707", _PLANS, "previous_plans", "number of earlier plans blank", setting("previous_plans", None)),
    Fault(
        "L709",
        _PLANS,
        "started_on",
        "begun the day after the conference",
        moved("started_on", "started_on", 1),
        _begun_in_period("started_on", "ended_on"),
        ("L703",),
    ),
    Fault(
        "X01",
        _NEED,
        "started_on",
        "begun the day after the referral",
        moved("started_on", "started_on", 1),
        Both(is_in_need_alone, _begun_in_period("started_on")),
    ),
    Fault(
        "X03",
        "section_47",
        "child",
        "an enquiry, and the assessments left out",
        _without_assessments,
        _not_being_assessed,
    ),
    Fault(
        "X04", _PLANS, "ended_on", "in care, and the plan never ended", setting("ended_on", None), _ended_while_in_care
    ),
)
