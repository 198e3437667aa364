"""Every measure of the record worked out a second time, row by row in plain Python, from the rows of its view.

Where a measure asks of the record what another asks of a list, the second computation of that one is asked again,
of what happened in the 12 months.
"""

from collections.abc import Callable
from datetime import date

from tests.kernel import naive as lists
from tests.kernel.naive import Naive, Row, States

from goldthread.domain.calendar import add_months

Answer = Callable[[Naive, Row], str | None]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _short_break(r: Row) -> bool:
    return r["legal_status"] in ("V3", "V4")


def in_year(n: Naive, day: date | None) -> bool:
    return day is not None and add_months(n.as_at, -12) < day <= n.as_at


def recent(column: str, answer: Answer) -> Answer:
    return lambda n, r: answer(n, r) if in_year(n, r[column]) else None


def effect(column: str, months: int) -> Answer:
    def state(n: Naive, r: Row) -> str | None:
        ended = r["ended_on"]
        if ended is None or not add_months(n.as_at, -12 - months) < ended <= n.as_at:
            return None
        limit = add_months(ended, months)
        if limit > n.as_at:
            return "not_due"
        return _yes(r[column] is not None and r[column] <= limit)

    return state


def fd_02(n: Naive, r: Row) -> str | None:
    if not in_year(n, r["contacted_on"]):
        return None
    referred = r["referred_on"] if r["referred_on"] is not None and r["referred_on"] <= n.as_at else None
    if referred is None and n.days(r["contacted_on"], n.as_at) < 10:
        return "not_due"
    return _yes(referred is not None and n.days(r["contacted_on"], referred) <= 10)


def repeated(column: str) -> Answer:
    def state(n: Naive, r: Row) -> str | None:
        if not in_year(n, r[column]):
            return None
        return _yes(r["previous_on"] is not None and r["previous_on"] >= add_months(r[column], -12))

    return state


def as_02(n: Naive, r: Row) -> str | None:
    if not in_year(n, r["authorised_on"]):
        return None
    if r["referred_on"] is None or r["referred_on"] > r["authorised_on"]:
        return "not_known"
    return _yes(n.days(r["referred_on"], r["authorised_on"]) <= 45)


def as_05(n: Naive, r: Row) -> str | None:
    if r["authorised_on"] is not None and r["authorised_on"] <= add_months(n.as_at, -12):
        return None
    return lists.as_05(n, r)


def cp_03(n: Naive, r: Row) -> str | None:
    if not in_year(n, r["strategy_on"]):
        return None
    if r["conference_on"] is not None and r["conference_on"] <= n.as_at:
        return "yes"
    waits = r["went_no_further"] != "Y" and n.days(r["strategy_on"], n.as_at) < 15
    return "not_due" if waits else "no"


def cp_08(n: Naive, r: Row) -> str | None:
    if not in_year(n, r["started_on"]):
        return None
    return "not_known" if r["previous_plans"] is None else _yes(r["previous_plans"] > 0)


def cp_09(n: Naive, r: Row) -> str | None:
    if not in_year(n, r["started_on"]):
        return None
    ended = r["previous_ended_on"]
    return _yes(ended is not None and r["started_on"] <= add_months(ended, 24))


def cp_12(n: Naive, r: Row) -> str | None:
    if not n.open(r["started_on"], r["ended_on"]):
        return None
    if r["started_on"] is not None and add_months(r["started_on"], 3) > n.as_at:
        return "not_due"
    if r["started_on"] is None or r["reviews_late"] is None:
        return "not_known"
    return _yes(r["reviews_late"] == 0)


def counted(column: str, least: int) -> Answer:
    return lambda n, r: None if _short_break(r) else _yes(r[column] >= least)


def cla_05(n: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    two_years = add_months(n.as_at, -24)
    if r["started_on"] is not None and r["started_on"] > two_years:
        return None
    if r["started_on"] is None and r["seen_from"] > two_years:
        return "not_known"
    return _yes(r["placements_in_two_years"] >= 3)


def cla_06(n: Naive, r: Row) -> str | None:
    care, carer = add_months(n.as_at, -30), add_months(n.as_at, -24)
    too_old = r["age"] is not None and r["age"] >= 16
    if _short_break(r) or too_old or (r["started_on"] is not None and r["started_on"] > care):
        return None
    if r["carer_from"] is None or (r["started_on"] is None and r["seen_from"] > care):
        return "not_known"
    if r["carer_on"] is None and r["carer_from"] > carer:
        return "not_known"
    return _yes(r["carer_from"] <= carer)


def cla_07(_: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    miles, lies = r["miles"], r["in_or_out"]
    if lies == "IN" or (miles is not None and miles <= 20):
        return "no"
    return "not_known" if miles is None or lies is None else "yes"


def cla_08(_: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    return "not_known" if r["miles"] is None else _yes(r["miles"] > 20)


def cla_09(_: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    return {"OUT": "yes", "IN": "no", None: "not_known"}[r["in_or_out"]]


def among(column: str, codes: set[str]) -> Answer:
    def state(_: Naive, r: Row) -> str | None:
        if _short_break(r):
            return None
        return "not_known" if r[column] is None else _yes(r[column] in codes)

    return state


def cla_14(n: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    new = r["started_on"] is not None and n.days(r["started_on"], n.as_at) < 20
    if r["reviews_held"] == 0 and new:
        return "not_due"
    return _yes(r["reviews_late"] == 0)


def cla_15(_: Naive, r: Row) -> str | None:
    if r["age_then"] is not None and r["age_then"] < 4:
        return None
    if r["participation"] in (None, "PN0"):
        return "not_known"
    return _yes(r["participation"] not in ("PN4", "PN7"))


def cla_18(_: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    return "not_known" if r["workers_in_year"] == 0 else _yes(r["workers_in_year"] >= 3)


def cla_20(_: Naive, r: Row) -> str | None:
    if _short_break(r):
        return None
    before = r["previous_ceased_on"]
    return _yes(before is not None and before >= add_months(r["started_on"], -12))


def left_by(*reasons: str) -> Answer:
    def state(_: Naive, r: Row) -> str | None:
        if _short_break(r) or r["last_of_child"] != "Y":
            return None
        return "not_known" if r["ceased_reason"] is None else _yes(r["ceased_reason"] in reasons)

    return state


def a_year(n: Naive, r: Row, ages: range | None = None) -> bool:
    long = r["started_on"] is None or r["started_on"] <= add_months(n.as_at, -12)
    return long and not _short_break(r) and (ages is None or r["age"] in ages)


def checked(name: str, months: int, young: int | None = None, ages: range | None = None) -> Answer:
    def state(n: Naive, r: Row) -> str | None:
        if not a_year(n, r, ages):
            return None
        limit = young if young is not None and r["age"] is not None and r["age"] < 5 else months
        done = r[f"{name}_on"] is not None and r[f"{name}_on"] >= add_months(n.as_at, -limit)
        return _yes(done or r[f"{name}_said"] == "Y")

    return state


def he_04(n: Naive, r: Row) -> str | None:
    if not a_year(n, r):
        return None
    return "not_known" if r["immunised"] is None else _yes(r["immunised"] == "Y")


def he_07(n: Naive, r: Row) -> str | None:
    return _yes(r["sdq_score"] is not None) if a_year(n, r, range(5, 17)) else None


def he_08(n: Naive, r: Row) -> str | None:
    return _yes(r["sdq_score"] >= 17) if a_year(n, r, range(5, 17)) and r["sdq_score"] is not None else None


def cla_22(n: Naive, r: Row) -> str | None:
    return _yes(r["convicted"] == "Y") if a_year(n, r, range(10, 18)) else None


def mi_01a(_: Naive, r: Row) -> str | None:
    return None if _short_break(r) else _yes(r["missing_in_year"] + r["absent_in_year"] > 0)


def mi_02(_: Naive, r: Row) -> str | None:
    return None if r["kind"] == "A" else {"Y": "yes", "N": "no"}.get(r["offered"], "not_known")


def mi_03(_: Naive, r: Row) -> str | None:
    if r["kind"] == "A" or r["offered"] != "Y":
        return None
    return {"Y": "yes", "N": "no"}.get(r["accepted"], "not_known")


def homed(*homes: str) -> Answer:
    def state(n: Naive, r: Row) -> str | None:
        if not lists.leaver(n, r, (19, 20, 21)):
            return None
        return "not_known" if r["accommodation"] is None else _yes(r["accommodation"] in homes)

    return state


BY_CODE: dict[str, Answer] = {
    **{f"EH-0{at}": effect(column, months) for at, (column, months) in enumerate(
        ((column, months) for column in ("referred_on", "in_need_on", "plan_on") for months in (6, 12)), 1)},
    "FD-02": fd_02,
    "FD-05": repeated("referred_on"),
    "FD-06": lists.fd_06,
    "AS-01": recent("authorised_on", lists.as_01),
    "AS-02": as_02,
    "AS-03": lists.as_03,
    "AS-05": as_05,
    "CP-02": recent("conference_on", lists.cp_02),
    "CP-03": cp_03,
    "CP-04": recent("conference_on", lists.cp_04),
    "CP-05": repeated("strategy_on"),
    "CP-08": cp_08,
    "CP-09": cp_09,
    "CP-10": lists.cp_10,
    **{f"CP-16{category[0]}": lists.cp_16(category) for category in ("NEG", "PHY", "SAB", "EMO", "MUL")},
    "CP-11": recent("ended_on", lists.cp_11),
    "CP-12": cp_12,
    "CP-13": lists.cp_13,
    "CP-14": lists.cp_14,
    "CLA-03": among("unaccompanied", {"Y"}),
    "CLA-04": counted("placements_in_year", 3),
    "CLA-04M": counted("moves_in_year", 3),
    "CLA-05": cla_05,
    "CLA-06": cla_06,
    "CLA-07": cla_07,
    "CLA-08": cla_08,
    "CLA-09": cla_09,
    "CLA-10": among("placement_type", {"U1", "U2", "U3", "U4", "U5", "U6"}),
    "CLA-11": among("placement_type", {"K1", "K2"}),
    "CLA-12": among("placement_type", {"H5", "K3", "P2"}),
    "CLA-13": among("placement_type", {"Z1", "Z11", "Z12", "Z13", "Z14"}),
    "CLA-14": cla_14,
    "CLA-15": cla_15,
    "CLA-16": lists.cla_16,
    "CLA-18": cla_18,
    "CLA-20": cla_20,
    "CLA-21": left_by("E43", "E44", "E45", "E46", "E47", "E48"),
    "CLA-22": cla_22,
    "AD-01": left_by("E11", "E12"),
    "AD-08": recent("adopted_on", lists.ad_08),
    "AD-10": recent("decided_on", lists.ad_10),
    "FO-02": among("provider", {"PR1"}),
    "HE-02": checked("health", 12, young=6),
    "HE-03": checked("dental", 12),
    "HE-04": he_04,
    "HE-05": checked("development", 12, ages=range(5)),
    "HE-07": he_07,
    "HE-08": he_08,
    "MI-01": counted("missing_in_year", 1),
    "MI-01A": mi_01a,
    "MI-02": mi_02,
    "MI-03": mi_03,
    "CL-12": homed("Z"),
    "CL-13": homed("S", "V", "W", "X"),
    **{code: answer for code, answer in lists.BY_CODE.items() if code.startswith("CL-")},
}  # fmt: skip


def states(n: Naive, code: str, rows: list[Row]) -> States:
    """What each row of the view counts as."""
    return [BY_CODE[code](n, row) for row in rows]
