"""Lives that last: repeatable, of plausible numbers, and declining where and when they are told to."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from tests.synthetic.lasting import AS_AT, SIZE, story

from goldthread.domain.calendar import add_months
from goldthread.kernel.rule import Severity
from goldthread.kernel.run import run
from goldthread.synthetic.authority import frames
from goldthread.synthetic.cuts.monthly import counts
from goldthread.synthetic.cuts.window import Window
from goldthread.synthetic.lives.pace import SLIPS, Pace
from goldthread.synthetic.lives.practice import practice
from goldthread.synthetic.truth import shares

# A year of an authority of Derbyshire's size (DfE, 2025), and how far a small story may lie from it.
EXPECTED = {
    "referrals": (10_999, 0.12),
    "assessments": (11_570, 0.12),
    "enquiries": (3_812, 0.2),
    "conferences": (1_135, 0.3),
    "plans started": (926, 0.3),
    "open in need": (5_431, 0.15),
    "plans open": (729, 0.3),
    "in care": (1_024, 0.2),
    "care started": (405, 0.3),
    "contacts": (23_000, 0.1),
}
SNAPSHOT_DAYS = [date(2024, 2, 29), date(2025, 6, 30), AS_AT]


def _year_of_counts() -> Counter[str]:
    told = story(None)
    first = date(2025, 4, 1)

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= AS_AT

    found: Counter[str] = Counter()
    for life in told.lives:
        found["contacts"] += sum(within(each.on) for each in life.contacts)
        for spell in life.spells:
            found["referrals"] += within(spell.referred_on)
            found["assessments"] += sum(within(each.authorised_on) for each in spell.assessments)
            found["enquiries"] += sum(within(each.strategy_on) for each in spell.enquiries)
            found["conferences"] += sum(within(each.conference_on) for each in spell.enquiries)
            found["plans started"] += sum(within(plan.started_on) for plan in spell.plans)
            found["plans open"] += sum(plan.started_on <= AS_AT < plan.ended_on for plan in spell.plans)
            found["open in need"] += not spell.ended_there and spell.referred_on <= AS_AT < spell.closed_on
        for care in life.cares:
            if not care.short_break:
                found["care started"] += within(care.started_on)
                found["in care"] += care.started_on <= AS_AT < care.ceased_on
    return found


def test_a_year_of_lives_adds_up_to_a_year_of_an_authority():
    found = _year_of_counts()
    far = {
        name: (found[name] / SIZE, wanted)
        for name, (wanted, margin) in EXPECTED.items()
        if abs(found[name] / SIZE - wanted) > margin * wanted
    }
    assert far == {}


def test_the_same_seed_tells_the_same_lives_and_another_seed_others():
    first, again, other = (story.__wrapped__(None, 0.02, seed) for seed in (5, 5, 6))
    assert first.lives == again.lives
    assert first.adults == again.adults
    assert first.lives != other.lives


def test_identifiers_are_never_given_twice_and_say_that_they_are_invented():
    children = [life.child.id for life in story().lives]
    assert len(children) > 5_000
    assert len(set(children)) == len(children)
    assert all(child.startswith("SYN") and child.isalnum() for child in children)


@pytest.mark.parametrize("day", SNAPSHOT_DAYS)
def test_a_snapshot_without_defects_breaks_no_rule_that_is_an_error(day: date):
    issues = run(frames(story().annex_a(day)), as_at=day, measures=()).issues
    errors = issues.filter(pl.col("severity") == Severity.ERROR.value)
    assert errors.select("rule", "table").unique().rows() == []


def test_a_snapshot_holds_nothing_later_than_its_day():
    day = date(2025, 6, 30)
    late = [
        (name, column, value)
        for name, rows in story().annex_a(day).items()
        for row in rows
        for column, value in row.items()
        if isinstance(value, date) and value > day and column != "born_on"
    ]
    assert late == []


def test_what_is_over_stands_alike_in_two_snapshots():
    earlier, later = (story().annex_a(day) for day in (date(2025, 10, 31), date(2025, 12, 31)))
    key = ("child", "started_on", "authorised_on")
    done = {tuple(row[name] for name in key) for row in earlier["assessments"] if row["authorised_on"]}
    since = date(2025, 7, 1)
    again = {tuple(row[name] for name in key) for row in later["assessments"] if row["authorised_on"]}
    kept = {each for each in done if each[2] >= since}  # type: ignore[operator]
    assert len(kept) > 200
    assert kept <= again


def test_the_kernel_measures_in_a_snapshot_what_the_story_tells():
    lists = story().annex_a(AS_AT)
    window = Window.up_to(AS_AT, story().stage.days)
    told = {each.code: (each.numerator, each.denominator) for each in shares(lists, window)}
    measured = {each.code: each for each in run(frames(lists), as_at=AS_AT, rules=()).measures}
    compared = {code: told[code] for code in told if code in measured}
    assert len(compared) >= 12
    assert {code: (measured[code].numerator, measured[code].denominator) for code in compared} == compared


def test_a_decline_shows_in_plain_counts_and_only_after_it_began():
    declining, steady = (counts(told.lives, told.stage, told.request.first_day) for told in (story(18), story(None)))
    began, deep = "2024-09", "2025-06"
    for code in SLIPS:
        before = _share(declining[code], "", began)
        after = _share(declining[code], deep, "9")
        level = _share(steady[code], deep, "9")
        # What a decline takes away, or adds, is far more than chance moves the steady service.
        worse = 1.3 * level < after if code == "placement_moves" else after < 0.88 * level
        assert worse, (code, before, level, after)
    assert {month: pair for month, pair in declining["assessments"].items() if month < began} == {
        month: pair for month, pair in steady["assessments"].items() if month < began
    }


def _share(months: dict[str, list[int]], since: str, until: str) -> float:
    taken = [pair for month, pair in months.items() if since <= month < until]
    return sum(pair[0] for pair in taken) / sum(pair[1] for pair in taken)


def test_the_counts_of_a_decline_can_be_made_from_the_lists():
    """The workbook of the last day holds six months of assessments: a reader's own count agrees with the truth's."""
    told = story()
    rows = [row for row in told.annex_a(AS_AT)["assessments"] if row["authorised_on"]]
    days = told.stage.days
    by_month: dict[str, list[int]] = {}
    for row in rows:
        done, started = row["authorised_on"], row["started_on"]
        assert isinstance(done, date) and isinstance(started, date)
        pair = by_month.setdefault(f"{done:%Y-%m}", [0, 0])
        pair[0] += days.between(started, done) <= 45
        pair[1] += 1
    truth = counts(told.lives, told.stage, told.request.first_day)["assessments"]
    assert len(by_month) == 6
    assert by_month == {month: truth[month] for month in by_month}


@pytest.mark.parametrize("seed", [4242, 1001, 1007])
def test_care_begins_after_birth_away_from_home_and_short_breaks_stand_in_years_of_their_own(seed: int) -> None:
    seen: Counter[str] = Counter()
    for life in story(None, SIZE, seed).lives:
        assert (life.child.born_on.month, life.child.born_on.day) != (4, 1)
        years = {True: set[int](), False: set[int]()}
        for care in life.cares:
            assert care.started_on >= life.child.born_on
            first, last = (add_months(day, -3).year for day in (care.started_on, care.ceased_on))
            years[care.short_break] |= set(range(first, last + 1))
            for stay in care.stays:
                assert care.short_break or stay.kind == "P1" or stay.home.postcode != life.home_postcode
            seen["short" if care.short_break else "long"] += 1
        assert years[True].isdisjoint(years[False])
    assert seen["short"] > 5
    assert seen["long"] > 100


def test_depth_grows_over_half_a_year_from_the_month_named():
    pace = Pace(date(2023, 4, 1), declines_on=date(2024, 9, 1))
    assert pace.depth(date(2024, 8, 31)) == 0
    assert [round(pace.depth(add_months(date(2024, 9, 15), n)), 2) for n in (0, 2, 5, 20)] == [0.17, 0.5, 1, 1]


def test_drift_is_growth_of_demand_in_a_year():
    pace = Pace(date(2023, 4, 1), drift=0.1)
    assert pace.demand(date(2020, 1, 1)) == 1
    assert pace.demand(date(2025, 4, 20)) == pytest.approx(1.21)


def test_the_practice_record_is_told_again_the_same_and_lies_in_the_story():
    told = story()
    first = told.request.first_day
    life = next(
        life for life in told.lives if any(spell.visits[4:] and spell.referred_on > first for spell in life.spells)
    )
    once, again = (practice(life, told.stage, first) for _ in range(2))
    assert once == again
    assert once.decisions
    assert all(first <= each.due_on <= AS_AT for each in once.decisions)
