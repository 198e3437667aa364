"""Every measure worked out a second time, row by row in plain Python, without Polars and without the kernel's code."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from goldthread.domain.calendar import add_months, completed_years, working_days_between

Row = dict[str, Any]
States = list[str | None]


class Naive:
    """One world: the as-at date and the bank holidays."""

    def __init__(self, as_at: date, holidays: frozenset[date]) -> None:
        self.as_at = as_at
        self.holidays = holidays

    def days(self, start: date, end: date) -> int:
        return working_days_between(start, end, self.holidays)

    def age(self, row: Row) -> int | None:
        if row["born_on"] is None:
            return row["age"]
        return -1 if row["born_on"] > self.as_at else completed_years(row["born_on"], self.as_at)

    def past(self, when: date | None) -> bool:
        return when is not None and when <= self.as_at

    def future(self, when: date | None) -> bool:
        return when is not None and when > self.as_at

    def open(self, start: date | None, end: date | None) -> bool:
        return not self.future(start) and not self.past(end)

    def states(self, measure: str, rows: Iterable[Row]) -> States:
        rows = list(rows)
        if measure == "FD-05":
            return self.re_referrals(rows)
        return [BY_CODE[measure](self, row) for row in rows]

    def re_referrals(self, rows: list[Row]) -> States:
        year_ago = add_months(self.as_at, -12)
        counted = [row for row in rows if row["referred_on"] and year_ago < row["referred_on"] <= self.as_at]
        dates: dict[str, set[date]] = defaultdict(set)
        for row in counted:
            if row["child"] is not None:
                dates[row["child"]].add(row["referred_on"])
        states: States = []
        for row in rows:
            if row not in counted:
                states.append(None)
                continue
            of_child = dates[row["child"]] if row["child"] is not None else {row["referred_on"]}
            before = row["referrals_in_year"]
            if any(other < row["referred_on"] for other in of_child):
                states.append("yes")
            elif before is None:
                states.append("not_known")
            else:
                states.append("yes" if before > len(of_child) - 1 else "no")
        return states


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def fd_06(n: Naive, r: Row) -> str | None:
    if r["referred_on"] is None or not add_months(n.as_at, -12) < r["referred_on"] <= n.as_at:
        return None
    return {"Y": "yes", "N": "no", None: "not_known"}[r["no_further_action"]]


def as_01(n: Naive, r: Row) -> str | None:
    if not n.past(r["authorised_on"]):
        return None
    if r["started_on"] is None or r["started_on"] > r["authorised_on"]:
        return "not_known"
    return _yes(n.days(r["started_on"], r["authorised_on"]) <= 45)


def as_03(n: Naive, r: Row) -> str | None:
    if not n.open(r["started_on"], r["authorised_on"]):
        return None
    return "not_known" if r["started_on"] is None else _yes(n.days(r["started_on"], n.as_at) > 45)


def as_05(n: Naive, r: Row) -> str | None:
    finished = n.past(r["authorised_on"])
    until = r["authorised_on"] if finished else n.as_at
    if n.future(r["started_on"]) and not finished:
        return None
    if n.future(r["started_on"]) or r["age"] == -1 or (r["born_on"] is not None and r["born_on"] > until):
        return None
    if not finished:
        return "not_due"
    return {"Y": "yes", "N": "no"}.get(r["child_seen"], "not_known")


def cn_02(n: Naive, r: Row) -> str | None:
    if r["status"] != "NEED" or n.past(r["closed_on"]):
        return None
    if r["started_on"] is not None and (r["started_on"] > n.as_at or n.days(r["started_on"], n.as_at) < 20):
        return "not_due"
    if n.future(r["last_seen_on"]):
        return "not_known"
    return _yes(r["last_seen_on"] is not None and n.days(r["last_seen_on"], n.as_at) <= 20)


def cp_02(n: Naive, r: Row) -> str | None:
    if not n.past(r["conference_on"]):
        return None
    if r["strategy_on"] is None or r["strategy_on"] > r["conference_on"]:
        return "not_known"
    return _yes(n.days(r["strategy_on"], r["conference_on"]) <= 15)


def cp_04(n: Naive, r: Row) -> str | None:
    return {"Y": "yes", "N": "no", None: "not_known"}[r["led_to_plan"]] if n.past(r["conference_on"]) else None


def cp_08(n: Naive, r: Row) -> str | None:
    if r["started_on"] is None or not add_months(n.as_at, -6) < r["started_on"] <= n.as_at:
        return None
    return "not_known" if r["previous_plans"] is None else _yes(r["previous_plans"] > 0)


def cp_10(n: Naive, r: Row) -> str | None:
    if not n.open(r["started_on"], r["ended_on"]):
        return None
    return "not_known" if r["started_on"] is None else _yes((n.as_at - r["started_on"]).days > 729)


def cp_16(category: str) -> Callable[[Naive, Row], str | None]:
    def state(n: Naive, r: Row) -> str | None:
        if not n.open(r["started_on"], r["ended_on"]):
            return None
        return "not_known" if r["latest_category"] is None else _yes(r["latest_category"] == category)

    return state


def cn_03(n: Naive, r: Row) -> str | None:
    return _yes(r["worker"] is None) if n.open(r["started_on"], r["closed_on"]) else None


def cp_11(n: Naive, r: Row) -> str | None:
    if not n.past(r["ended_on"]):
        return None
    if r["started_on"] is None or r["started_on"] > r["ended_on"]:
        return "not_known"
    return _yes((r["ended_on"] - r["started_on"]).days > 729)


def cp_12(n: Naive, r: Row) -> str | None:
    if not n.open(r["started_on"], r["ended_on"]):
        return None
    if r["started_on"] is not None and add_months(r["started_on"], 3) > n.as_at:
        return "not_due"
    if r["started_on"] is None or n.future(r["latest_review_on"]):
        return "not_known"
    review = r["latest_review_on"]
    return _yes(review is not None and review >= r["started_on"] and add_months(review, 6) >= n.as_at)


def cp_13(n: Naive, r: Row) -> str | None:
    if not n.open(r["started_on"], r["ended_on"]):
        return None
    if r["started_on"] is not None and n.days(r["started_on"], n.as_at) < 10:
        return "not_due"
    if n.future(r["last_visit_on"]):
        return "not_known"
    return _yes(r["last_visit_on"] is not None and n.days(r["last_visit_on"], n.as_at) <= 10)


def cp_14(n: Naive, r: Row) -> str | None:
    age = n.age(r)
    if not n.open(r["started_on"], r["ended_on"]) or (age is not None and age < 4):
        return None
    if r["last_visit_on"] is None and r["started_on"] is not None and n.days(r["started_on"], n.as_at) < 10:
        return "not_due"
    return {"Y": "yes", "N": "no"}.get(r["seen_alone"], "not_known")


def in_care(n: Naive, r: Row) -> bool:
    return n.open(r["started_on"], r["ceased_on"]) and r["legal_status"] not in ("V3", "V4")


def in_care_a_year(n: Naive, r: Row) -> bool:
    return in_care(n, r) and r["started_on"] is not None and r["started_on"] <= add_months(n.as_at, -12)


def cla_04(n: Naive, r: Row) -> str | None:
    if not in_care(n, r):
        return None
    return "not_known" if r["placements_in_year"] is None else _yes(r["placements_in_year"] >= 3)


def cla_09(n: Naive, r: Row) -> str | None:
    return {"OUT": "yes", "IN": "no", None: "not_known"}[r["in_or_out"]] if in_care(n, r) else None


def cla_10(n: Naive, r: Row) -> str | None:
    if not in_care(n, r):
        return None
    return "not_known" if r["placement_type"] is None else _yes(r["placement_type"].startswith("U"))


def cla_14(n: Naive, r: Row) -> str | None:
    start, review = r["started_on"], r["latest_review_on"]
    if not in_care(n, r):
        return None
    if start is not None and n.days(start, n.as_at) < 20:
        return "not_due"
    if start is None or n.future(review):
        return "not_known"
    if review is None or review < start:
        return "no"
    return _yes(add_months(review, 3 if n.days(start, review) <= 20 else 6) >= n.as_at)


def cla_16(n: Naive, r: Row) -> str | None:
    visit, placed = r["last_visit_on"], r["placement_on"]
    if not in_care(n, r):
        return None
    if r["started_on"] is not None and (n.as_at - r["started_on"]).days < 7:
        return "not_due"
    if n.future(visit):
        return "not_known"
    if visit is None:
        return "no"
    settled = r["placement_type"] in ("U1", "U4") and placed is not None and placed <= add_months(n.as_at, -12)
    since = add_months(n.as_at, -3) if settled else n.as_at - timedelta(days=42)
    seen_here = placed is None or visit >= placed or (n.as_at - placed).days <= 7
    return _yes(visit >= since and seen_here)


def cla_17(n: Naive, r: Row) -> str | None:
    if not in_care(n, r):
        return None
    if r["started_on"] is not None and add_months(r["started_on"], 4) > n.as_at:
        return "not_due"
    if r["permanence_plan"] is not None:
        return "yes"
    return "not_known" if r["started_on"] is None else "no"


def cla_20(n: Naive, r: Row) -> str | None:
    if r["started_on"] is None or not add_months(n.as_at, -6) < r["started_on"] <= n.as_at:
        return None
    return None if r["legal_status"] in ("V3", "V4") else {"Y": "yes", "N": "no", None: "not_known"}[r["second_period"]]


def he_02(n: Naive, r: Row) -> str | None:
    if not in_care_a_year(n, r):
        return None
    if n.future(r["health_on"]):
        return "not_known"
    age = n.age(r)
    months = 6 if age is not None and age < 5 else 12
    return _yes(r["health_on"] is not None and r["health_on"] >= add_months(n.as_at, -months))


def he_03(n: Naive, r: Row) -> str | None:
    if not in_care_a_year(n, r):
        return None
    if n.future(r["dental_on"]):
        return "not_known"
    return _yes(r["dental_on"] is not None and r["dental_on"] >= add_months(n.as_at, -12))


def mi_02(n: Naive, r: Row) -> str | None:
    if not r["missing_in_year"] or r["missing_in_year"] < 0 or r["legal_status"] in ("V3", "V4"):
        return None
    return {"Y": "yes", "N": "no"}.get(r["interview_offered"], "not_known")


def leaver(n: Naive, r: Row, ages: tuple[int, ...]) -> bool:
    return n.age(r) in ages and r["in_touch"] not in ("DIED", "RHOM")


def activity(ages: tuple[int, ...], codes: Callable[[str], bool]) -> Callable[[Naive, Row], str | None]:
    def state(n: Naive, r: Row) -> str | None:
        if not leaver(n, r, ages):
            return None
        return "not_known" if r["activity"] is None else _yes(codes(r["activity"]))

    return state


def suitable(ages: tuple[int, ...]) -> Callable[[Naive, Row], str | None]:
    def state(n: Naive, r: Row) -> str | None:
        if not leaver(n, r, ages) or r["accommodation"] in ("G", "H", "R"):
            return None
        return {"SUITABLE": "yes", "UNSUITABLE": "no", None: "not_known"}[r["suitability"]]

    return state


def cl_08(n: Naive, r: Row) -> str | None:
    if not leaver(n, r, (19, 20, 21)):
        return None
    return "not_known" if r["in_touch"] is None else _yes(r["in_touch"] == "NO")


def since(column: str, earliest: Callable[[Naive], date]) -> Callable[[Naive, Row], str | None]:
    def state(n: Naive, r: Row) -> str | None:
        if r["eligibility"] not in ("RELEVANT", "FORMER") or r["in_touch"] in ("DIED", "RHOM", "NREQ"):
            return None
        if n.future(r[column]):
            return "not_known"
        return _yes(r[column] is not None and r[column] >= earliest(n))

    return state


def cl_11(n: Naive, r: Row) -> str | None:
    if r["eligibility"] not in ("ELIGIBLE", "RELEVANT", "FORMER") or r["in_touch"] == "DIED":
        return None
    return _yes(r["adviser"] is not None)


def ad_05(n: Naive, r: Row) -> str | None:
    adopted, decided = n.past(r["adopted_on"]), n.past(r["decided_on"])
    if n.past(r["reversed_on"]) or not (adopted or decided):
        return None
    entered, placed = r["entered_care_on"], r["placed_on"]
    if entered is None or entered > n.as_at or (placed and placed < entered) or (adopted and placed is None):
        return "not_known"
    moved_or_waits = placed if placed and placed < n.as_at else n.as_at
    return _yes(moved_or_waits < add_months(entered, 14))


def ad_08(n: Naive, r: Row) -> str | None:
    if not n.past(r["adopted_on"]):
        return None
    if r["decided_on"] is None or r["placed_on"] is None or r["placed_on"] < r["decided_on"]:
        return "not_known"
    return _yes(r["placed_on"] <= add_months(r["decided_on"], 12))


def ad_10(n: Naive, r: Row) -> str | None:
    return _yes(n.past(r["reversed_on"])) if n.past(r["decided_on"]) else None


BY_CODE: dict[str, Callable[[Naive, Row], str | None]] = {
    "FD-06": fd_06,
    "AS-01": as_01,
    "AS-03": as_03,
    "AS-05": as_05,
    "CN-02": cn_02,
    "CN-03": cn_03,
    "CP-02": cp_02,
    "CP-04": cp_04,
    "CP-08": cp_08,
    "CP-10": cp_10,
    "CP-11": cp_11,
    **{f"CP-16{category[0]}": cp_16(category) for category in ("NEG", "PHY", "SAB", "EMO", "MUL")},
    "CP-12": cp_12,
    "CP-13": cp_13,
    "CP-14": cp_14,
    "CLA-04": cla_04,
    "CLA-09": cla_09,
    "CLA-10": cla_10,
    "CLA-14": cla_14,
    "CLA-16": cla_16,
    "CLA-17": cla_17,
    "CLA-20": cla_20,
    "HE-02": he_02,
    "HE-03": he_03,
    "MI-02": mi_02,
    "CL-01": activity((19, 20, 21), lambda code: code[0] in "FP"),
    "CL-02": activity((17, 18), lambda code: code[0] in "FP"),
    "CL-03": activity((19, 20, 21), lambda code: code[0] == "G"),
    "CL-04": activity((19, 20, 21), lambda code: code in ("F4", "P4")),
    "CL-06": suitable((19, 20, 21)),
    "CL-07": suitable((17, 18)),
    "CL-08": cl_08,
    "CL-09": since("contacted_on", lambda n: n.as_at - timedelta(days=56)),
    "CL-10": since("pathway_plan_on", lambda n: add_months(n.as_at, -6)),
    "CL-11": cl_11,
    "AD-05": ad_05,
    "AD-08": ad_08,
    "AD-10": ad_10,
}
