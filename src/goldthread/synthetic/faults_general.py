"""Faults of any list: identifiers, birth dates and ages, codes, dates, copies, rows outside the period."""

from datetime import timedelta

from goldthread.domain.calendar import add_months
from goldthread.kernel.event_dates import EVENT_DATES
from goldthread.synthetic.defects import Change, Done, Fault, Ground
from goldthread.synthetic.people import age_on
from goldthread.synthetic.rows import Row, Value, count_of, day_of, text_of
from goldthread.synthetic.staff import Post

_STRANGER = Post("Duty Team Lodestar", "Hollis Vantongeren")


def setting(column: str, value: Value) -> Change:
    """A change that puts one value in a column."""

    def change(_: Ground, row: Row) -> Done:
        row[column] = value
        return Done(row)

    return change


def misread(column: str, written: str) -> Change:
    """A change that puts in a cell what no reader can understand; the canonical table holds nothing there."""

    def change(_: Ground, row: Row) -> Done:
        row[column] = None
        return Done(row, written)

    return change


def moved(column: str, anchor: str, days: int) -> Change:
    """A change that dates one thing so many days after another; before it, where the days are negative."""

    def change(_: Ground, row: Row) -> Done:
        row[column] = day_of(row, anchor) + timedelta(days=days)
        return Done(row)

    return change


def repeated(table: str, exact: bool) -> Change:
    """A change that adds a row for the same child below: an exact copy, or the same with another worker."""

    def change(ground: Ground, row: Row) -> Done:
        copy = dict(row)
        if not exact and "worker" in copy:
            copy |= {"team": _STRANGER.team, "worker": _STRANGER.worker}
        elif not exact:
            copy["ethnicity"] = "NOBT" if row["ethnicity"] != "NOBT" else "REFU"
        ground.add_after(table, row, copy)
        return Done(copy, touches=((table, row), *ground.others(row, table)))

    return change


def _often_listed(ground: Ground, row: Row) -> bool:
    return len(ground.rows_of(row)) >= 3 and age_on(day_of(row, "born_on"), ground.as_at) >= 2


def _other_birth_date(ground: Ground, row: Row) -> Done:
    # Near enough to leave the age alone, so that nothing but the two dates gives it away.
    born_on = day_of(row, "born_on")
    for days in (10, -10, 9, -9):
        other = born_on + timedelta(days=days)
        if age_on(other, ground.as_at) == row["age"]:
            row["born_on"] = other
            break
    return Done(row)


def _one_year_on(column: str) -> Change:
    def change(ground: Ground, row: Row) -> Done:
        row[column] = max(add_months(day_of(row, column), 12), ground.as_at + timedelta(days=30))
        return Done(row)

    return change


def _outside(column: str) -> Change:
    def change(ground: Ground, row: Row) -> Done:
        row[column] = ground.opens - timedelta(days=ground.dice.number(40, 90))
        return Done(row)

    return change


def _other_spelling(_: Ground, row: Row) -> Done:
    row["child"] = text_of(row, "child").lower()
    return Done(row)


def _too_old(_: Ground, row: Row) -> Done:
    row["age"] = count_of(row, "age") + 3
    return Done(row)


def _grown_up(ground: Ground, row: Row) -> Done:
    row["born_on"] = add_months(ground.as_at, -12 * 19) - timedelta(days=40)
    row["age"] = 19
    return Done(row)


def _other_gender(_: Ground, row: Row) -> Done:
    row["gender"] = "F" if row["gender"] == "M" else "M"
    return Done(row)


def _alone(ground: Ground, row: Row) -> bool:
    return len(ground.rows_of(row)) == 1 and _born(ground, row)


def _born(ground: Ground, row: Row) -> bool:
    return 0 <= count_of(row, "age") <= 13


def has_early_dates(ground: Ground, row: Row) -> bool:
    """Whether a child was two well before the period, so that earlier dates are not before the birth."""
    return _born(ground, row) and add_months(day_of(row, "born_on"), 24) < ground.opens


def _once_referred(ground: Ground, row: Row) -> bool:
    return len(ground.rows_of(row, "referrals")) == 1


def _checked(_: Ground, row: Row) -> bool:
    return row["dental_on"] is not None and row["ceased_on"] is None


def _under_two_ids(ground: Ground, row: Row) -> Done:
    """Every row of the child once more, under another ID."""
    copies: list[tuple[str, Row]] = []
    for table, each in ground.places_of(row):
        copy = dict(each) | {"child": f"{each['child']}B"}
        ground.add_after(table, each, copy)
        copies.append((table, copy))
    copied = next(copy for table, copy in copies if table == "contacts")
    originals = ground.places_of(row)
    return Done(copied, touches=(*originals, *(place for place in copies if place[1] is not copied)))


def _known_for_days(ground: Ground, row: Row) -> bool:
    """Whether the child stands in the first lists only, with one contact, and something on another day."""
    places = ground.places_of(row)
    tables = [table for table, _ in places]
    days = {each[column] for table, each in places for column in EVENT_DATES[table] if each[column] is not None}
    early = {"contacts", "early_help", "referrals", "assessments"}
    return set(tables) <= early and tables.count("contacts") == 1 and len(days) > 1


FAULTS: tuple[Fault, ...] = (
    Fault("G01", "contacts", "child", "identifier blank", setting("child", None)),
    Fault("G01", "early_help", "child", "identifier blank", setting("child", None)),
    Fault("G02", "contacts", "child", "identifier in lower case", _other_spelling, _often_listed),
    Fault("G03", "contacts", "born_on", "birth date ten days off", _other_birth_date, _often_listed),
    Fault("G03", "referrals", "born_on", "birth date ten days off", _other_birth_date, _often_listed),
    Fault("G04", "contacts", "gender", "another gender than elsewhere", _other_gender, _often_listed),
    Fault("G05", "contacts", "child", "one child under two IDs", _under_two_ids, _known_for_days),
    Fault("G06", "contacts", "source", "a code of no list", misread("source", "LOCAL 47")),
    Fault("G06", "referrals", "source", "a code of no list", misread("source", "LOCAL 52")),
    Fault("G06", "children_in_need", "need", "a code of no list", misread("need", "Q8 local need")),
    Fault("G08", "contacts", "contacted_on", "an impossible date", misread("contacted_on", "31/02/2026")),
    Fault("G08", "early_help", "started_on", "words in place of a date", misread("started_on", "see case notes")),
    Fault("G16", "referrals", "referrals_in_year", "a fraction", misread("referrals_in_year", "1.5"), _once_referred),
    Fault(
        "G22",
        "children_in_care",
        "postcode",
        "words in place of a postcode",
        misread("postcode", "see notes"),
        _checked,
    ),
    Fault("G10", "contacts", "contacted_on", "dated a year on", _one_year_on("contacted_on")),
    Fault("G10", "children_in_care", "dental_on", "dated a year on", _one_year_on("dental_on"), _checked),
    Fault(
        "G11",
        "children_in_care",
        "dental_on",
        "dated before birth",
        moved("dental_on", "born_on", -400),
        _checked,
        ("L816",),
    ),
    Fault("G12", "contacts", "age", "age three years too high", _too_old, _born),
    Fault("G12", "assessments", "age", "age three years too high", _too_old, _born),
    Fault("G13", "early_help", "age", "-1 for a born child", setting("age", -1), has_early_dates),
    Fault("G14", "early_help", "born_on", "a person of 19", _grown_up, _alone),
    Fault("G16", "protection_plans", "previous_plans", "a negative count", setting("previous_plans", -1)),
    Fault("G19", "contacts", "contacted_on", "row copied", repeated("contacts", exact=True), also=("K06",)),
    Fault("G19", "early_help", "started_on", "row copied", repeated("early_help", exact=True)),
    Fault("K01", "children_in_need", "child", "a second row of the child", repeated("children_in_need", exact=False)),
    Fault("K02", "protection_plans", "child", "a second row of the child", repeated("protection_plans", exact=False)),
    Fault("K03", "children_in_care", "child", "a second row of the child", repeated("children_in_care", exact=False)),
    Fault("K04", "care_leavers", "child", "a second row of the person", repeated("care_leavers", exact=False)),
    Fault("K05", "adopters", "adopter", "a second row of the adult", repeated("adopters", exact=False)),
    Fault(
        "K06",
        "assessments",
        "started_on",
        "the same assessment under another worker",
        repeated("assessments", exact=False),
        also=("L405",),
    ),
    Fault("P01", "contacts", "contacted_on", "before the six months", _outside("contacted_on"), has_early_dates),
)
