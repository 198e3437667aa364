"""Every amount worked out a second time, row by row in plain Python: who is counted, and the number of each."""

from collections.abc import Callable
from datetime import date

from tests.kernel.naive import Naive, Row

from goldthread.domain.calendar import add_months

Number = Callable[[Naive, Row], float | None]

OUT = -1.0
"""What stands for a row that is not in the amount at all."""


def _within(n: Naive, day: date | None, months: int = 12) -> bool:
    return day is not None and add_months(n.as_at, -months) < day <= n.as_at


def _event(column: str) -> Number:
    return lambda n, r: 1.0 if _within(n, r[column]) else OUT


def _running(start: str, end: str) -> Number:
    def told(n: Naive, r: Row) -> float:
        begun = r[start] is None or r[start] <= n.as_at
        return 1.0 if begun and (r[end] is None or r[end] > n.as_at) else OUT

    return told


def as_04(n: Naive, r: Row) -> float | None:
    if not _within(n, r["authorised_on"]):
        return OUT
    if r["started_on"] is None or r["started_on"] > r["authorised_on"]:
        return None
    return float(n.days(r["started_on"], r["authorised_on"]))


def cla_01(_: Naive, r: Row) -> float:
    return OUT if r["legal_status"] in ("V3", "V4") else 1.0


def cla_02(n: Naive, r: Row) -> float:
    return OUT if r["legal_status"] in ("V3", "V4") or not _within(n, r["started_on"]) else 1.0


def he_06(n: Naive, r: Row) -> float:
    short = r["started_on"] is not None and r["started_on"] > add_months(n.as_at, -12)
    aged = r["age"] is not None and 5 <= r["age"] <= 16
    if r["legal_status"] in ("V3", "V4") or short or not aged or r["sdq_score"] is None:
        return OUT
    return float(r["sdq_score"])


def _between(finished: str, first: str, second: Callable[[Row], date | None]) -> Number:
    def told(n: Naive, r: Row) -> float | None:
        if not _within(n, r[finished], 36):
            return OUT
        begun, ended = r[first], second(r)
        return None if begun is None or ended is None or ended < begun else float((ended - begun).days)

    return told


def _to_match(finished: str, ordered: str) -> Number:
    def told(n: Naive, r: Row) -> float | None:
        if not _within(n, r[finished], 36) or r[ordered] is None:
            return OUT
        return None if r["matched_on"] is None else float(max((r["matched_on"] - r[ordered]).days, 0))

    return told


def _first_home(r: Row) -> date | None:
    day: date | None = r["fostered_on"] or (None if r["by_carer"] == "Y" else r["moved_in_on"])
    return day


OF_RECORD: dict[str, Number] = {
    "FD-01": _event("contacted_on"),
    "FD-03": _event("started_on"),
    "FD-04": _event("referred_on"),
    "AS-04": as_04,
    "CN-01": _running("opened_on", "closed_on"),
    "CP-01": _event("strategy_on"),
    "CP-06": _running("started_on", "ended_on"),
    "CP-07": _event("started_on"),
    "CLA-01": cla_01,
    "CLA-02": cla_02,
    "HE-06": he_06,
    "AD-02": _between("finished_on", "entered_on", lambda r: r["moved_in_on"]),
    "AD-03": _between("finished_on", "entered_on", _first_home),
    "AD-04": _to_match("finished_on", "ordered_on"),
    "AD-07": _between("finished_on", "decided_on", lambda r: r["matched_on"]),
}
OF_LISTS: dict[str, Number] = {
    "AD-02": _between("adopted_on", "entered_care_on", lambda r: r["placed_on"]),
    "AD-03": _between("adopted_on", "entered_care_on", lambda r: r["early_placement_on"] or r["placed_on"]),
    "AD-04": _to_match("adopted_on", "placement_order_on"),
    "AD-07": _between("adopted_on", "decided_on", lambda r: r["matched_on"]),
}
