"""The invented authority: repeatable, linked, plausible, and at fault only where a fault was planted."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from goldthread.kernel.codes import CODE_LISTS
from goldthread.kernel.context import Earlier
from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.rule import Severity
from goldthread.kernel.rules.annex_a import RULES
from goldthread.kernel.run import run
from goldthread.kernel.tables import TABLES
from goldthread.synthetic.authority import Authority, AuthoritySpec, make
from goldthread.synthetic.defects import ONE_IN, kinds

BENCHMARKS = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks/la_lookup.csv"

# Estimates for an authority of Derbyshire's size: six months of lists 1 to 9, twelve of 10 and 11.
SUGGESTED = {
    "contacts": (11_500, 11_500),
    "early_help": (2_000, 2_600),
    "referrals": (5_500, 5_500),
    "assessments": (6_500, 6_500),
    "section_47": (1_900, 1_900),
    "children_in_need": (8_000, 8_500),
    "protection_plans": (1_200, 1_200),
    "children_in_care": (1_250, 1_250),
    "care_leavers": (750, 750),
    "adoptions": (120, 160),
    "adopters": (100, 150),
}


@pytest.fixture(scope="module")
def clean() -> Authority:
    return make(AuthoritySpec(defects=False))


@pytest.fixture(scope="module")
def faulty() -> Authority:
    return make(AuthoritySpec())


def test_the_same_seed_makes_the_same_authority_and_another_seed_another():
    spec = AuthoritySpec(size=0.05)
    first, second, other = make(spec), make(spec), make(replace(spec, seed=2014))
    assert first.truth == second.truth
    assert first.written == second.written
    assert all(first.tables[name].equals(second.tables[name]) for name in TABLES)
    assert not first.tables["contacts"].equals(other.tables["contacts"])


@pytest.mark.parametrize("name", TABLES)
def test_a_list_has_about_as_many_rows_as_suggested(clean: Authority, name: str):
    low, high = SUGGESTED[name]
    assert low * 0.95 <= clean.tables[name].height <= high * 1.05


def test_the_frames_are_canonical(faulty: Authority):
    for name, table in TABLES.items():
        frame = faulty.tables[name]
        assert dict(frame.schema) == {column: dtype() for column, dtype in table.schema().items()}
        assert frame["row"].to_list() == list(range(3, 3 + frame.height))
        for column in table.columns:
            if column.codes:
                assert set(frame[column.name].drop_nulls()) <= set(CODE_LISTS[column.codes.name].values()), column.name


def test_a_child_is_the_same_child_in_every_list(clean: Authority):
    who = ("child", "gender", "ethnicity", "born_on", "age")
    everyone = pl.concat(clean.tables[name].select(who) for name in CHILD_LISTS)
    assert everyone.unique().height == everyone["child"].n_unique()


@pytest.mark.parametrize("name", ["protection_plans", "children_in_care"])
def test_whoever_has_a_plan_or_is_in_care_is_in_need(clean: Authority, name: str):
    assert set(clean.tables[name]["child"]) <= set(clean.tables["children_in_need"]["child"])


def test_a_plan_that_began_in_the_six_months_has_its_conference_that_day(clean: Authority):
    begun = clean.tables["protection_plans"].filter(pl.col("started_on") >= date(2026, 4, 1))
    led = clean.tables["section_47"].filter(pl.col("led_to_plan") == "Y").select("child", "conference_on")
    found = begun.join(led, left_on=["child", "started_on"], right_on=["child", "conference_on"], how="semi")
    assert begun.height > 400
    assert found.height == begun.height


def test_need_that_began_in_the_six_months_has_its_referral_that_day(clean: Authority):
    begun = clean.tables["children_in_need"].filter(pl.col("started_on") >= date(2026, 4, 1))
    referrals = clean.tables["referrals"].select("child", "referred_on")
    found = begun.join(referrals, left_on=["child", "started_on"], right_on=["child", "referred_on"], how="semi")
    assert begun.height > 3_000
    assert found.height == begun.height


def test_families_of_list_10_stand_in_list_11_with_the_same_dates(clean: Authority):
    children = clean.tables["adoptions"].filter(pl.col("family").is_not_null())
    steps = ["family", "matched_on", "placed_on", "adopted_on"]
    adults = clean.tables["adopters"].select(steps).unique()
    assert children.height > 30
    assert children.join(adults, on=steps, how="semi", nulls_equal=True).height == children.height
    counted = children.filter(pl.col("placed_on").is_not_null()).group_by("family").len()
    said = clean.tables["adopters"].select("family", "children_placed").unique()
    agreed = counted.join(said, left_on=["family", "len"], right_on=["family", "children_placed"], how="semi")
    assert agreed.height == counted.height


def test_who_leaves_care_at_16_or_more_is_a_care_leaver(clean: Authority):
    left = clean.tables["children_in_care"].filter(pl.col("ceased_on").is_not_null() & (pl.col("age") >= 17))
    assert left.height > 50
    assert set(left["child"]) <= set(clean.tables["care_leavers"]["child"])


def test_workers_hold_plausible_caseloads(clean: Authority):
    held = clean.tables["children_in_need"].filter(pl.col("closed_on").is_null()).group_by("worker").len()["len"]
    # 17.1 is Derbyshire's average of 2025 (DfE, LAIT).
    assert held.mean() == pytest.approx(17.1, abs=2)
    assert held.max() < 35


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("FD-05", 26, 32),
        ("FD-06", 2.5, 4.5),
        ("AS-01", 88, 96),
        ("CP-02", 70, 82),
        ("CP-10", 0.8, 3.5),
        ("CLA-04", 9, 15),
        ("CLA-09", 38, 50),
        ("CLA-10", 60, 70),
        ("CL-01", 54, 67),
        ("CL-06", 90, 98),
        ("CL-08", 0.5, 5),
    ],
)
def test_the_measures_lie_near_those_of_a_real_authority(clean: Authority, code: str, low: float, high: float):
    share = next(share for share in clean.shares if share.code == code)
    assert low <= 100 * share.numerator / share.denominator <= high


def test_the_kernel_measures_what_the_story_tells(clean: Authority):
    measured = {each.code: each for each in run(clean.tables, as_at=clean.spec.as_at, rules=()).measures}
    told = {share.code: (share.numerator, share.denominator) for share in clean.shares}
    compared = {code: told[code] for code in told if code in measured}
    assert len(compared) >= 12
    assert {code: (measured[code].numerator, measured[code].denominator) for code in compared} == compared


@pytest.mark.parametrize(
    "spec",
    [
        AuthoritySpec(defects=False),
        AuthoritySpec(defects=False, size=0.3, seed=99, as_at=date(2024, 2, 29)),
        AuthoritySpec(defects=False, size=0.05, seed=7, as_at=date(2026, 1, 4)),
    ],
)
def test_an_authority_without_defects_breaks_no_rule_that_is_an_error(spec: AuthoritySpec):
    issues = run(make(spec).tables, as_at=spec.as_at, measures=()).issues
    errors = issues.filter(pl.col("severity") == Severity.ERROR.value)
    assert errors.select("rule", "table").unique().rows() == []


def test_defects_are_about_one_in_150_rows_and_of_many_kinds(faulty: Authority):
    assert len(faulty.truth) == pytest.approx(faulty.rows / ONE_IN, rel=0.05)
    assert len(kinds(faulty.truth)) >= 20
    assert {defect.table for defect in faulty.truth} == set(TABLES)


def test_every_planted_defect_is_found_where_it_was_planted(faulty: Authority):
    issues = run(faulty.tables, as_at=faulty.spec.as_at, measures=()).issues
    found = set(issues.select("rule", "table", "row").iter_rows())
    # What cannot be read is found by the reader: see test_workbook.
    looked_for = [each for each in faulty.truth if (each.table, each.row, each.column) not in faulty.written]
    assert len(looked_for) > 200
    assert [each for each in looked_for if (each.rule, each.table, each.row) not in found] == []


def test_every_rule_about_rows_has_a_defect_planted_for_it(faulty: Authority):
    # Rules about a list as a whole and across submissions are not planted: tests/readers/test_every_rule.py.
    about_rows = {rule.code for rule in RULES if rule.fails or rule.finds}
    assert about_rows - set(kinds(faulty.truth)) == set()
    assert {"G06", "G08", "G22"} <= set(kinds(faulty.truth))


def test_the_queries_that_nobody_planted_are_counted_and_few(faulty: Authority):
    """False alarms: queries at rows where no defect was planted, and that no planted defect touches."""
    issues = run(faulty.tables, as_at=faulty.spec.as_at, measures=()).issues
    queries = issues.filter(pl.col("severity") == Severity.QUERY.value)
    concerned = {(each.table, each.row) for each in faulty.truth}
    concerned |= {place for each in faulty.truth for place in each.touches}
    counted = Counter(
        rule for rule, table, row in queries.select("rule", "table", "row").iter_rows() if (table, row) not in concerned
    )
    # The story itself holds these: children not seen, families of another agency, children without a plan yet.
    of_the_story = {"L404", "L1005", "L817"}
    assert set(counted) <= of_the_story
    assert counted["L404"] < faulty.tables["assessments"].height * 0.05


def test_nothing_is_an_error_but_what_was_planted(faulty: Authority):
    issues = run(faulty.tables, as_at=faulty.spec.as_at, measures=()).issues
    errors = issues.filter(pl.col("severity") == Severity.ERROR.value)
    planted = {(each.table, each.row) for each in faulty.truth}
    touched = {place for each in faulty.truth for place in each.touches}
    false_alarms = [
        (rule, table)
        for rule, table, row in errors.select("rule", "table", "row").iter_rows()
        if (table, row) not in planted | touched
    ]
    assert false_alarms == []


def test_a_submission_held_against_itself_has_changed_nothing(clean: Authority):
    before = Earlier(clean.spec.as_at - timedelta(days=1), {name: each.lazy() for name, each in clean.tables.items()})
    results = run(clean.tables, as_at=clean.spec.as_at, measures=(), earlier=before)
    assert not [entry for entry in results.not_run if entry.rule.startswith("S")]
    assert results.issues.filter(pl.col("rule").str.starts_with("S")).is_empty()


def test_what_was_changed_between_two_submissions_is_found_and_nothing_else(clean: Authority):
    """The earlier one is made from this one: a plan's start a day off, one more plan counted, a child who is gone."""
    then = dict(clean.tables)
    long_ago = pl.col("started_on") < clean.spec.as_at - timedelta(days=300)
    plans = then["protection_plans"]
    moved, fewer = plans.filter(pl.col("ended_on").is_null() & long_ago)["row"].head(2).to_list()
    start = pl.when(pl.col("row") == moved).then(pl.col("started_on") - pl.duration(days=1)).otherwise("started_on")
    count = pl.col("previous_plans") + (pl.col("row") == fewer).cast(pl.Int64)
    then["protection_plans"] = plans.with_columns(start.alias("started_on"), count.alias("previous_plans"))
    care = then["children_in_care"]
    gone = care.filter(pl.col("ceased_on").is_null() & long_ago).head(1)
    then["children_in_care"] = pl.concat(
        [care, gone.with_columns(row=pl.lit(9_999, pl.Int64), child=pl.lit("SYN-GONE"))]
    )
    before = Earlier(clean.spec.as_at - timedelta(days=30), {name: each.lazy() for name, each in then.items()})
    issues = run(clean.tables, as_at=clean.spec.as_at, measures=(), earlier=before).issues
    told = issues.filter(pl.col("rule").is_in(["S01", "S02", "S04", "S05"]))
    assert set(told.select("rule", "table", "row", "earlier_row").rows()) == {
        ("S01", "protection_plans", moved, moved),
        ("S05", "protection_plans", fewer, fewer),
        ("S02", "children_in_care", None, 9_999),
    }


def test_identifiers_say_that_they_are_invented(clean: Authority):
    for name in CHILD_LISTS:
        assert clean.tables[name]["child"].str.starts_with("SYN-").all()
    assert clean.tables["children_in_care"]["postcode"].str.contains(r"^ZZ99 \d[A-Z]{2}$").all()


def test_no_real_authority_has_the_name_or_is_a_neighbour(clean: Authority):
    if not BENCHMARKS.exists():
        pytest.skip("../shared/data is not beside the project")
    real = set(pl.read_csv(BENCHMARKS)["la_name"].str.to_lowercase())
    names = {name.lower() for name in clean.tables["children_in_care"]["placement_authority"].unique()}
    assert clean.spec.name.lower() in names
    assert names & real == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"size": -1},
        {"size": float("nan")},
        {"size": 11},
        {"as_at": date(1999, 1, 1)},
        {"as_at": date(2041, 1, 1)},
        {"name": " "},
    ],
)
def test_what_cannot_be_made_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match=r"size|day|name"):
        AuthoritySpec(**wrong)  # type: ignore[arg-type]


def test_the_smallest_authority_can_be_made():
    smallest = make(AuthoritySpec(size=0.01))
    assert all(frame.height for frame in smallest.tables.values())
    assert smallest.truth
