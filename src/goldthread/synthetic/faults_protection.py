"""Faults of lists 2 to 7: early help, referrals, assessments, section 47, need, plans."""

from datetime import timedelta

from goldthread.synthetic.defects import Change, Done, Fault, Ground
from goldthread.synthetic.faults_general import moved, setting
from goldthread.synthetic.rows import Row, count_of, day_of, text_of


class Filled:
    """Suits rows in which every one of some columns is filled."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns

    def __call__(self, _: Ground, row: Row) -> bool:
        """Whether this row does."""
        return all(row[column] is not None for column in self.columns)


class _Twice:
    """Suits a row whose child stands at least twice in a list."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __call__(self, ground: Ground, row: Row) -> bool:
        return len(ground.rows_of(row, self.table)) > 1


def _more(table: str, column: str) -> Change:
    def change(ground: Ground, row: Row) -> Done:
        row[column] = count_of(row, column) + 2
        return Done(row, touches=ground.others(row, table))

    return change


def is_closed_alone(ground: Ground, row: Row) -> bool:
    """A closed case with no plan and no care, so that the status is all there is."""
    listed = any(ground.rows_of(row, table) for table in ("protection_plans", "children_in_care"))
    return row["closed_on"] is not None and not listed


def _closed_soon(ground: Ground, row: Row) -> bool:
    started = day_of(row, "started_on")
    return is_closed_alone(ground, row) and started - timedelta(days=10) > ground.opens


def is_in_need_alone(ground: Ground, row: Row) -> bool:
    """On a child in need plan, with no open assessment and nothing else open."""
    assessed = all(other["authorised_on"] for other in ground.rows_of(row, "assessments"))
    listed = any(ground.rows_of(row, table) for table in ("protection_plans", "children_in_care"))
    return row["status"] == "NEED" and assessed and not listed


def _ended_and_closed(ground: Ground, row: Row) -> bool:
    need = ground.rows_of(row, "children_in_need")
    ended = row.get("ended_on") or row.get("ceased_on")
    alone = not (ground.rows_of(row, "protection_plans") and ground.rows_of(row, "children_in_care"))
    return ended is not None and alone and len(need) == 1 and need[0]["status"] == "CLOSED"


def _left_out(ground: Ground, row: Row) -> Done:
    ground.remove("children_in_need", text_of(row, "child"))
    return Done(row)


def _waiting(ground: Ground, row: Row) -> bool:
    """An open assessment of a child with no other open matter."""
    need = ground.rows_of(row, "children_in_need")
    return row["authorised_on"] is None and len(need) == 1 and need[0]["status"] == "ASSESSMENT"


def is_open_plan(_: Ground, row: Row) -> bool:
    """Whether a plan is running and a visit was made."""
    return row["ended_on"] is None and row["last_visit_on"] is not None


def _held_too_soon(ground: Ground, row: Row) -> Done:
    """A plan that began with the conference now has none on its day."""
    row["conference_on"] = day_of(row, "strategy_on") - timedelta(days=4)
    return Done(row, touches=ground.others(row, "protection_plans"))


FAULTS: tuple[Fault, ...] = (
    Fault(
        "L201",
        "early_help",
        "completed_on",
        "completed before it started",
        moved("completed_on", "started_on", -9),
        Filled("completed_on"),
    ),
    Fault(
        "L301",
        "referrals",
        "referrals_in_year",
        "a count unlike the child's other row",
        _more("referrals", "referrals_in_year"),
        _Twice("referrals"),
    ),
    Fault(
        "L401",
        "assessments",
        "authorised_on",
        "authorised before it started",
        moved("authorised_on", "started_on", -6),
        Filled("authorised_on"),
        ("P04",),
    ),
    Fault(
        "L402",
        "assessments",
        "needs_support",
        "authorised without an outcome",
        setting("needs_support", None),
        Filled("authorised_on"),
    ),
    Fault(
        "L501",
        "section_47",
        "conference_unnecessary",
        "deemed unnecessary, and held",
        setting("conference_unnecessary", "Y"),
        Filled("conference_on"),
    ),
    Fault(
        "L502",
        "section_47",
        "conference_on",
        "conference before the strategy discussion",
        _held_too_soon,
        Filled("conference_on"),
        ("L709",),
    ),
    Fault(
        "L504",
        "section_47",
        "led_to_plan",
        "a conference without a result",
        setting("led_to_plan", None),
        Filled("conference_on"),
    ),
    Fault(
        "L505",
        "section_47",
        "enquiries_in_year",
        "a count unlike the child's other row",
        _more("section_47", "enquiries_in_year"),
        _Twice("section_47"),
    ),
    Fault(
        "L601",
        "children_in_need",
        "closure_reason",
        "closed without a reason",
        setting("closure_reason", None),
        is_closed_alone,
    ),
    Fault(
        "L602", "children_in_need", "status", "closed, with an open status", setting("status", "NEED"), is_closed_alone
    ),
    Fault(
        "L604",
        "children_in_need",
        "closed_on",
        "closed before it started",
        moved("closed_on", "started_on", -5),
        _closed_soon,
    ),
    Fault(
        "L606",
        "children_in_need",
        "status",
        "open assessment, and list 4 has none open",
        setting("status", "ASSESSMENT"),
        is_in_need_alone,
    ),
    Fault(
        "L701",
        "protection_plans",
        "ended_on",
        "ended before it started",
        moved("ended_on", "started_on", -8),
        Filled("ended_on"),
        ("P07",),
    ),
    Fault("L702", "protection_plans", "child", "left out of list 6", _left_out, _ended_and_closed),
    Fault(
        "L703",
        "protection_plans",
        "last_visit_on",
        "last visit before the plan",
        moved("last_visit_on", "started_on", -15),
        is_open_plan,
        ("L704",),
    ),
    Fault(
        "L706",
        "protection_plans",
        "latest_review_on",
        "review before the plan",
        moved("latest_review_on", "started_on", -20),
        Filled("latest_review_on"),
        ("L705",),
    ),
    Fault(
        "L708",
        "protection_plans",
        "seen_alone",
        "a visit, and not said whether seen alone",
        setting("seen_alone", None),
        is_open_plan,
    ),
    Fault("L803", "children_in_care", "child", "left out of list 6", _left_out, _ended_and_closed),
    Fault("X02", "assessments", "child", "open, and left out of list 6", _left_out, _waiting, ("L702", "L803")),
    Fault(
        "X06",
        "children_in_need",
        "status",
        "status plan, and list 7 has none",
        setting("status", "PLAN"),
        is_in_need_alone,
    ),
)
