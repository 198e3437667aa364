"""A second, plain computation of the pictures' counts: loops over rows, without the kernel's expressions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import holidays
import polars as pl

from goldthread.kernel.codes import ABUSE

Row = Mapping[str, Any]
Tables = Mapping[str, pl.DataFrame]
Counts = Counter[tuple[str, str]]

HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2031))


def rows(tables: Tables, name: str) -> Iterator[Row]:
    return iter(tables[name].to_dicts())


def back(day: date, months: int) -> date:
    month = day.month - 1 - months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def working(start: date | None, end: date | None) -> int | None:
    """Working days after the start up to the end; -1 where they are crossed."""
    if start is None or end is None:
        return None
    if end < start:
        return -1
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


def age(row: Row, day: date) -> int | None:
    born = row["born_on"]
    if born is None:
        return row["age"]  # type: ignore[no-any-return]
    if born > day:
        return -1
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band(years: int | None) -> str:
    if years is None:
        return "Not known"
    if years < 0:
        return "Unborn"
    for upper, name in ((0, "Under 1"), (4, "1 to 4"), (9, "5 to 9"), (15, "10 to 15"), (17, "16 to 17"),
                        (20, "18 to 20")):  # fmt: skip
        if years <= upper:
            return name
    return "21 and over"


def sex(row: Row) -> str:
    return {"M": "Male", "F": "Female", "N": "Neither"}.get(row["gender"], "Not known")


def in_band(days: int | None, uppers: Iterable[tuple[int, str]], over: str) -> str | None:
    if days is None or days < 0:
        return None
    return next((name for upper, name in uppers if days <= upper), over)


def month(day: date | None, as_at: date) -> str | None:
    """The month's name, for days on or after the first of the month in which the six months begin."""
    if day is None or day > as_at:
        return None
    first = back(as_at, 6) + timedelta(days=1)
    return f"{day:%b %Y}" if (day.year, day.month) >= (first.year, first.month) else None


def counted(found: Iterable[tuple[str | None, str | None]]) -> Counts:
    return Counter((a, b) for a, b in found if a is not None and b is not None)


def contacts(tables: Tables, day: date) -> Counts:
    def who(code: str | None) -> str:
        if code is None or code == "10":
            return "Not known"
        if code in ("7", "8", "9"):
            return "Other, anonymous"
        return {"1": "Family, people", "2": "Schools", "3": "Health", "4": "Councils", "5": "Councils",
                "6": "Police"}[code[0]]  # fmt: skip

    return counted((month(row["contacted_on"], day), who(row["source"])) for row in rows(tables, "contacts"))


def referrals(tables: Tables, day: date) -> Counts:
    words = {"Y": "No further action", "N": "Led to work"}
    return counted(
        (month(row["referred_on"], day), words.get(row["no_further_action"], "Not said"))
        for row in rows(tables, "referrals")
    )


def early_help(tables: Tables, day: date) -> Counts:
    begun = [row for row in rows(tables, "early_help") if row["started_on"] and row["started_on"] <= day]
    sizes = Counter(row["organisation"] for row in begun)
    top = [name for name, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0] or ""))]
    told = []
    for row in begun:
        again = any(
            other["child"] is not None and other["child"] == row["child"] and other["referred_on"] is not None
            and other["referred_on"] > row["started_on"]
            for other in rows(tables, "referrals")
        )  # fmt: skip
        who = row["organisation"] if row["organisation"] in top[:6] and row["organisation"] else "All others"
        told.append((who, "Referred since" if again else "Not referred since"))
    return counted(told)


DAYS = ((10, "0 to 10"), (20, "11 to 20"), (30, "21 to 30"), (40, "31 to 40"), (45, "41 to 45"))


def assessment_days(tables: Tables, day: date) -> Counts:
    return counted(
        (in_band(working(row["started_on"], row["authorised_on"]), DAYS, "46 or more"), "")
        for row in rows(tables, "assessments")
        if row["authorised_on"] and row["authorised_on"] <= day
    )


def assessment_waits(tables: Tables, day: date) -> Counts:
    found: Counts = Counter()
    for (name, _), number in assessment_days(tables, day).items():
        found["Longer than the limit" if name == "46 or more" else "Within the limit", ""] += number
    return found


def children_in_need(tables: Tables, day: date) -> Counts:
    return counted(
        (band(age(row, day)), sex(row))
        for row in rows(tables, "children_in_need")
        if (row["closed_on"] is None or row["closed_on"] > day) and row["status"] != "CLOSED"
    )


def conference_days(tables: Tables, day: date) -> Counts:
    bands = ((10, "0 to 10"), (15, "11 to 15"), (20, "16 to 20"))
    return counted(
        (in_band(working(row["strategy_on"], row["conference_on"]), bands, "21 or more"), "")
        for row in rows(tables, "section_47")
        if row["conference_on"] and row["conference_on"] <= day
    )


def _running(row: Row, start: str, end: str, day: date) -> bool:
    return (row[start] is None or row[start] <= day) and (row[end] is None or row[end] > day)


def plans(tables: Tables, day: date) -> list[Row]:
    return [row for row in rows(tables, "protection_plans") if _running(row, "started_on", "ended_on", day)]


def plan_drift(tables: Tables, day: date) -> Counts:
    found: Counts = Counter()
    for row in plans(tables, day):
        for months, words in ((0, "All open plans"), (12, "12 months or more"), (15, "15 months or more"),
                              (18, "18 months or more"), (24, "24 months or more")):  # fmt: skip
            if row["started_on"] is not None and row["started_on"] <= back(day, months):
                found[words, ""] += 1
    return found


def plan_categories(tables: Tables, day: date) -> Counts:
    words = {code.code: code.label for code in ABUSE.codes}
    return counted((words.get(row["latest_category"], "Not known"), "") for row in plans(tables, day))


def children_on_plans(tables: Tables, day: date) -> Counts:
    return counted((band(age(row, day)), sex(row)) for row in plans(tables, day))


def plans_by_ethnicity(tables: Tables, day: date) -> Counts:
    groups = {"W": "White", "M": "Mixed", "B": "Black"}
    asian = {"AIND", "APKN", "ABAN", "AOTH", "CHNE"}
    told: list[tuple[str | None, str | None]] = []
    for row in rows(tables, "children_in_need"):
        if row["status"] is None or row["status"] == "CLOSED" or (row["closed_on"] and row["closed_on"] <= day):
            continue
        code = row["ethnicity"] or ""
        group = "Asian" if code in asian else "Other" if code == "OOTH" else groups.get(code[:1])
        # Bangladeshi begins with A, African and Caribbean with B; refused and not obtained are no group.
        told.append((group if code not in ("REFU", "NOBT") else None,
                     "On a plan" if row["status"] == "PLAN" else "Not on a plan"))  # fmt: skip
    return counted(told)


def care(tables: Tables, day: date) -> list[Row]:
    return [
        row
        for row in rows(tables, "children_in_care")
        if _running(row, "started_on", "ceased_on", day) and row["legal_status"] not in ("V3", "V4")
    ]


def homes(tables: Tables, day: date) -> Counts:
    def kind(code: str | None) -> str:
        if code is None:
            return "Not known"
        if code in ("U1", "U2", "U3"):
            return "Foster care with relatives or friends"
        if code in ("K1", "K2", "R1"):
            return "Children's homes"
        if code in ("H5", "K3", "P2", "P3"):
            return "Supported or independent living"
        plain = {"U": "Foster care", "A": "Placed for adoption", "P": "With parents"}
        return plain.get(code[0], "Other homes")

    sides = {"IN": "Inside the authority", "OUT": "Outside the authority"}
    return counted((kind(row["placement_type"]), sides.get(row["in_or_out"], "Not known")) for row in care(tables, day))


def areas(tables: Tables, day: date) -> Counts:
    beyond = {"NIR": "Northern Ireland", "WAL": "Wales", "SCO": "Scotland", "NUK": "Outside the UK",
              "CON": "Confidential placement"}  # fmt: skip
    told: Counter[str] = Counter()
    for row in care(tables, day):
        if row["in_or_out"] == "IN":
            told["Inside the authority"] += 1
        elif row["in_or_out"] != "OUT":
            told["Not known"] += 1
        elif row["placement_authority"] is None:
            told["Outside, not said where"] += 1
        else:
            told[beyond.get(row["placement_authority"], row["placement_authority"])] += 1
    found: Counts = Counter()
    for name, count in told.items():
        few = count < 6 and name not in ("Inside the authority", "Not known", "Outside, not said where")
        found["Other authorities, 5 children or fewer in each" if few else name, ""] += count
    return found


def placements(tables: Tables, day: date) -> Counts:
    def label(count: int | None) -> str:
        if count is None:
            return "Not known"
        return "5 or more" if count >= 5 else "1 placement" if count <= 1 else f"{count} placements"

    return counted((label(row["placements_in_year"]), "") for row in care(tables, day))


def children_in_care(tables: Tables, day: date) -> Counts:
    return counted((band(age(row, day)), sex(row)) for row in care(tables, day))


def _leavers(tables: Tables, day: date, what: Callable[[Row], str]) -> Counts:
    def label(years: int | None) -> str:
        if years is None or years < 0:
            return "Age not known"
        return "22 and over" if years >= 22 else str(max(years, 17))

    return counted(
        (label(age(row, day)), what(row)) for row in rows(tables, "care_leavers") if row["in_touch"] != "DIED"
    )


def leaver_activity(tables: Tables, day: date) -> Counts:
    words = {"1": "Higher education", "2": "Other education", "4": "Apprenticeship", "3": "Training or work",
             "5": "Training or work"}  # fmt: skip
    outside = {"G4": "Not: illness or disability", "G5": "Not: other reasons", "G6": "Not: pregnancy or parenting"}

    def what(row: Row) -> str:
        code = row["activity"]
        return "Not known" if code is None else outside.get(code) or words[code[1]]

    return _leavers(tables, day, what)


def leaver_homes(tables: Tables, day: date) -> Counts:
    words = {"SUITABLE": "Suitable home", "UNSUITABLE": "Unsuitable home"}
    return _leavers(tables, day, lambda row: words.get(row["suitability"], "Not known"))


def leaver_touch(tables: Tables, day: date) -> Counts:
    words = {"YES": "In touch", "NO": "Not in touch", "REFU": "Contact refused", "NREQ": "Contact not required",
             "RHOM": "Returned home"}  # fmt: skip
    return _leavers(tables, day, lambda row: words.get(row["in_touch"], "Not known"))


def _furthest(row: Row, day: date, steps: Iterable[tuple[str, str]], start: str) -> str:
    return next((words for column, words in steps if row[column] is not None and row[column] <= day), start)


def adoption_stages(tables: Tables, day: date) -> Counts:
    steps = (("reversed_on", "Decision turned back"), ("adopted_on", "Adopted"),
             ("placed_on", "Placed, not adopted"), ("matched_on", "Matched, not placed"),
             ("placement_order_on", "Placement order, not matched"))  # fmt: skip
    return counted(
        (_furthest(row, day, steps, "Decided, no placement order"), "")
        for row in rows(tables, "adoptions")
        if row["decided_on"] is not None and row["decided_on"] <= day
    )


def adoption_waits(tables: Tables, day: date) -> Counts:
    told: list[tuple[str | None, str | None]] = []
    for row in rows(tables, "adoptions"):
        if row["placed_on"] is None or row["placed_on"] > day or row["entered_care_on"] is None:
            continue
        days = (row["placed_on"] - row["entered_care_on"]).days
        if days >= 0:
            told.append(("Longer than the threshold" if days > 426 else "Within the threshold", ""))
    return counted(told)


def adopters(tables: Tables, day: date) -> Counts:
    steps = (("left_on", "Left"), ("adopted_on", "Adopted"), ("placed_on", "Matched or placed"),
             ("matched_on", "Matched or placed"), ("approved_on", "Approved"), ("stage_2_started_on", "In stage 2"),
             ("stage_1_started_on", "In stage 1"))  # fmt: skip
    return counted((_furthest(row, day, steps, "Enquired"), "") for row in rows(tables, "adopters"))


def pathways(tables: Tables, day: date) -> Counts:
    """How far each child with a contact came, followed by hand; `day` changes nothing of what a list holds."""
    firsts: dict[str, date] = {}
    for row in rows(tables, "contacts"):
        child, on = row["child"], row["contacted_on"]
        if child is not None and (child not in firsts or (on or date.min) < (firsts[child] or date.min)):
            firsts[child] = on
    told: list[tuple[str | None, str | None]] = []
    for child, on in firsts.items():
        referred = _first(tables, "referrals", "referred_on", child, on)
        assessed = _first(tables, "assessments", "started_on", child, referred)
        if referred is None:
            told.append(("No referral", ""))
        elif assessed is None:
            told.append(("Referral→No assessment", ""))
        else:
            ends = (("children_in_care", "started_on", "Care"), ("protection_plans", "started_on", "Protection plan"),
                    ("section_47", "strategy_on", "Section 47 enquiry"))  # fmt: skip
            reached = [words for name, column, words in ends if _first(tables, name, column, child, on) is not None]
            told.append((f"Referral→Assessment→{reached[0] if reached else 'No further step'}", ""))
    return counted(told)


def _first(tables: Tables, name: str, column: str, child: str, since: date | None) -> date | None:
    if since is None:
        return None
    days = [row[column] for row in rows(tables, name) if row["child"] == child and row[column] is not None]
    return min((on for on in days if on >= since), default=None)


def enquiries(tables: Tables, day: date) -> Counts:
    def what(row: Row) -> str:
        if row["conference_on"] is not None and row["conference_on"] <= day:
            return "Conference held"
        return "No conference needed" if row["conference_unnecessary"] == "Y" else "No conference so far"

    return counted((month(row["strategy_on"], day), what(row)) for row in rows(tables, "section_47"))


def care_starts(tables: Tables, day: date) -> Counts:
    return counted(
        (month(row["started_on"], day), "")
        for row in rows(tables, "children_in_care")
        if row["legal_status"] not in ("V3", "V4")
    )


def steps_up(tables: Tables, day: date) -> Counts:
    limits = ((91, "Up to 3 months"), (182, "3 to 6 months"), (365, "6 to 12 months"), (730, "1 to 2 years"))
    told: list[tuple[str | None, str | None]] = []
    for words, before, after in (("Open case to plan", "children_in_need", "protection_plans"),
                                 ("Plan to care", "protection_plans", "children_in_care")):  # fmt: skip
        for row in rows(tables, after):
            on, child = row["started_on"], row["child"]
            if on is None or on > day or child is None:
                continue
            begun = [other["started_on"] for other in rows(tables, before)
                     if other["child"] == child and other["started_on"] and other["started_on"] <= on]  # fmt: skip
            if begun:
                told.append((words, in_band((on - max(begun)).days, limits, "Over 2 years")))
    return counted(told)


def _groups(held: Iterable[Row]) -> Counts:
    def ethnicity(code: str | None) -> str:
        if code in ("WBRI", "WIRI", "WIRT", "WOTH", "WROM"):
            return "White"
        if code in ("AIND", "APKN", "ABAN", "AOTH", "CHNE"):
            return "Asian"
        if code in ("BCRB", "BAFR", "BOTH"):
            return "Black"
        return "Other" if code == "OOTH" else "Mixed" if code and code[0] == "M" else "Not known"

    words = {"Y": "Disabled", "N": "Not disabled"}
    return counted((ethnicity(row["ethnicity"]), words.get(row["disability"], "Not known")) for row in held)


def need_groups(tables: Tables, day: date) -> Counts:
    return _groups(
        row
        for row in rows(tables, "children_in_need")
        if (row["closed_on"] is None or row["closed_on"] > day) and row["status"] != "CLOSED"
    )


def plan_groups(tables: Tables, day: date) -> Counts:
    return _groups(plans(tables, day))


def care_groups(tables: Tables, day: date) -> Counts:
    return _groups(care(tables, day))


NAIVE: dict[str, Callable[[Tables, date], Counts]] = {
    "contacts": contacts, "referrals": referrals, "pathways": pathways, "early-help": early_help,
    "assessment-days": assessment_days, "assessment-waits": assessment_waits, "children-in-need": children_in_need,
    "conference-days": conference_days, "plan-drift": plan_drift, "plan-categories": plan_categories,
    "children-on-plans": children_on_plans, "plans-by-ethnicity": plans_by_ethnicity, "homes": homes,
    "areas": areas, "placements": placements, "children-in-care": children_in_care, "leaver-activity": leaver_activity,
    "leaver-homes": leaver_homes, "leaver-touch": leaver_touch, "adoption-stages": adoption_stages,
    "adoption-waits": adoption_waits, "adopters": adopters,
    "enquiries": enquiries, "care-starts": care_starts, "steps-up": steps_up, "need-groups": need_groups,
    "plan-groups": plan_groups, "care-groups": care_groups,
}  # fmt: skip
"""The plain computation of each picture that does not stand on a measure or a frame, which have one of their own."""
