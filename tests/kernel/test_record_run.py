"""What the measures of the record say of each form: what can be asked, what is doubtful, and how years join."""

from datetime import date

import polars as pl
import pytest
from tests.tables import table

from goldthread.kernel.measure import MeasureResult
from goldthread.kernel.reading import UNREAD_SCHEMA, Reading, make_reading
from goldthread.kernel.record import record_of
from goldthread.kernel.record.event_dates import guess_day
from goldthread.kernel.record.years import with_earlier_years
from goldthread.kernel.record_run import LATEST, Asked, RecordResults, measure_reading

AS_AT = date(2025, 3, 31)

EPISODES_2024 = """
    child | decom      | rne | ls | place | dec        | rec
    A     | 2023-06-01 | S   | C2 | U4    |            |
    B     | 2023-07-01 | S   | C2 | U4    | 2023-09-01 | X1
    B     | 2023-09-01 | P   | C2 | K2    |            |
"""
EPISODES_2025 = """
    child | decom      | rne | ls | place | dec        | rec
    A     | 2023-06-01 | S   | C2 | U4    | 2024-05-01 | X1
    A     | 2024-05-01 | P   | C2 | U6    | 2024-08-01 | X1
    A     | 2024-08-01 | P   | C2 | K2    |            |
    B     | 2023-09-01 | P   | C2 | K2    | 2024-12-01 | E4A
    C     | 2024-10-01 | S   | V3 | U4    |            |
"""

_LISTED = table(
    "section_47",
    """
    child | strategy_on | conference_on
    A     | 2025-01-06  | 2025-01-20
    A     | 2025-02-03  | 2025-02-17
    """,
)


def _return(year: int, text: str, unread: pl.DataFrame | None = None) -> Reading:
    return make_reading({"cla_episodes": table("cla_episodes", text)}, form="ssda903", year=year, unread=unread)


def _of(results: RecordResults, code: str) -> MeasureResult:
    return next(entry for entry in results.measures if entry.code == code)


def test_a_return_is_measured_and_what_it_lacks_is_named() -> None:
    results = measure_reading(_return(2025, EPISODES_2025), as_at=AS_AT)
    placements = _of(results, "CLA-04")
    assert (placements.numerator, placements.denominator) == (1, 1)
    moves = _of(results, "CLA-04M")
    assert (moves.numerator, moves.denominator) == (0, 1)
    why = dict(results.not_measured)
    assert why["AS-01"] == "It needs Assessments: not in what was handed in."
    assert "Health of children in care" in why["HE-02"]
    assert results.known_from == date(2024, 4, 1)


def test_a_measure_that_looks_further_back_than_what_was_handed_in_says_so() -> None:
    alone = measure_reading(_return(2025, EPISODES_2025), as_at=AS_AT)
    assert any("It looks back 24 months, to 2023-03-31" in warning for warning in _of(alone, "CLA-05").warnings)
    assert not any("looks back" in warning for warning in _of(alone, "CLA-04").warnings)
    both = measure_reading(_return(2025, EPISODES_2025), as_at=AS_AT, earlier=[_return(2024, EPISODES_2024)])
    assert both.known_from == date(2023, 4, 1)
    assert not any("looks back" in warning for warning in _of(both, "CLA-05").warnings)


def test_the_year_before_is_asked_for_only_where_it_could_be_handed_in() -> None:
    alone = measure_reading(_return(2025, EPISODES_2025), as_at=AS_AT)
    told = [warning for measure in alone.measures for warning in measure.warnings if "looks back" in warning]
    assert told and all(warning.endswith("Add the return of the year before.") for warning in told)
    both = measure_reading(_return(2025, EPISODES_2025), as_at=AS_AT, earlier=[_return(2024, EPISODES_2024)])
    lists = measure_reading(make_reading({"section_47": _LISTED}, form="annex_a"), as_at=AS_AT)
    for results in (both, lists):
        assert not any("year before" in warning for measure in results.measures for warning in measure.warnings)
    assert any("looks back" in warning for measure in lists.measures for warning in measure.warnings)


def test_years_join_and_the_later_return_is_believed() -> None:
    joined = with_earlier_years(_return(2025, EPISODES_2025), [_return(2024, EPISODES_2024)])
    episodes = joined.tables["cla_episodes"]
    assert episodes.height == 6
    assert episodes["row"].n_unique() == 6
    ended = episodes.filter((pl.col("child") == "A") & (pl.col("decom") == date(2023, 6, 1)))
    assert ended["dec"].to_list() == [date(2024, 5, 1)]
    results = measure_reading(
        _return(2025, EPISODES_2025), as_at=date(2024, 11, 30), earlier=[_return(2024, EPISODES_2024)]
    )
    left = record_of(joined)["ssd_cla_placement"].filter(pl.col("clap_person_id") == "B").collect()
    assert left["clap_cla_placement_start_date"].sort().to_list() == [date(2023, 7, 1), date(2023, 9, 1)]
    assert _of(results, "CLA-04").denominator == 2


def test_what_tells_of_one_year_only_is_not_taken_for_another_year_s() -> None:
    health = table("cla_oc2", "child | teeth_check\nA | 1")
    earlier = make_reading(
        {"cla_episodes": table("cla_episodes", EPISODES_2024), "cla_oc2": health}, form="ssda903", year=2024
    )
    joined = with_earlier_years(_return(2025, EPISODES_2025), [earlier])
    assert "cla_oc2" not in joined.found
    assert joined.tables["cla_oc2"].is_empty()


def test_years_that_do_not_follow_one_another_are_refused() -> None:
    now = _return(2025, EPISODES_2025)
    with pytest.raises(ValueError, match="a year of its own"):
        with_earlier_years(now, [_return(2025, EPISODES_2024)])
    with pytest.raises(ValueError, match="a year of its own"):
        with_earlier_years(now, [_return(2024, EPISODES_2024), _return(2024, EPISODES_2024)])
    with pytest.raises(ValueError, match="one form"):
        with_earlier_years(now, [make_reading({}, form="cin", year=2024)])
    with pytest.raises(ValueError, match="made every year"):
        with_earlier_years(make_reading({}, form="ssd"), [make_reading({}, form="ssd")])


def _census(year: int, details: str, plans: str, reviews: str) -> Reading:
    drawn = {"cin_details": details, "cin_protection_plans": plans, "cin_reviews": reviews}
    return make_reading({name: table(name, text) for name, text in drawn.items()}, form="cin", year=year)


def test_the_census_numbers_episodes_by_file_and_years_join_by_day() -> None:
    before = _census(
        2024,
        "la_child_id | cin_details_id | cin_referral_date\nA | 1 | 2023-10-01\nB | 2 | 2023-11-01",
        "la_child_id | cin_details_id | cpp_id | cpp_start_date\nA | 1 | 1 | 2023-11-01",
        "la_child_id | cin_details_id | cpp_id | cpp_review_date\nA | 1 | 1 | 2024-01-30",
    )
    now = _census(
        2025,
        "la_child_id | cin_details_id | cin_referral_date\nB | 1 | 2024-09-01\nA | 2 | 2023-10-01",
        "la_child_id | cin_details_id | cpp_id | cpp_start_date\nA | 2 | 7 | 2023-11-01",
        "la_child_id | cin_details_id | cpp_id | cpp_review_date\nA | 2 | 7 | 2024-07-20\nA | 2 | 7 | 2025-01-20",
    )
    joined = with_earlier_years(now, [before])
    assert joined.tables["cin_details"].height == 3
    assert joined.tables["cin_protection_plans"].height == 1
    plans = record_of(joined)["ssd_cp_plans"].collect()
    held = record_of(joined)["ssd_cp_reviews"].collect()
    assert held["cppr_cp_plan_id"].to_list() == [plans["cppl_cp_plan_id"].item()] * 3
    referrals = _of(measure_reading(now, as_at=AS_AT, earlier=[before]), "FD-05")
    assert (referrals.numerator, referrals.denominator) == (1, 1)
    assert _of(measure_reading(now, as_at=AS_AT), "FD-05").numerator == 0


def test_lists_that_hold_the_latest_only_are_not_asked_for_a_history() -> None:
    lists = make_reading({"children_in_care": table("children_in_care", "child | started_on\nA | 2024-01-01")})
    results = measure_reading(lists, as_at=AS_AT)
    why = dict(results.not_measured)
    assert why["CLA-04"] == why["CLA-06"] == why["CLA-14"] == LATEST
    assert {"CLA-10", "HE-02"} <= {entry.code for entry in results.measures}


def test_cells_that_were_not_understood_are_told_beside_the_measures_that_rest_on_them() -> None:
    cell = {
        "table": "cla_episodes",
        "row": 3,
        "heading": "DEC",
        "column": "dec",
        "written": "soon",
        "expected": "a date",
    }
    unread = pl.DataFrame([cell], schema=UNREAD_SCHEMA)
    results = measure_reading(_return(2025, EPISODES_2025, unread), as_at=AS_AT)
    assert (
        "1 cells that this rests on were not understood and count as blank: DEC 1." in _of(results, "CLA-04").warnings
    )
    told = "Of the 1: no directory of postcodes is loaded (ask whoever runs this installation to load one) 1."
    results = measure_reading(_with_homes(), as_at=AS_AT)
    for code in ("CLA-08", "CLA-09"):
        assert told in " ".join(_of(results, code).warnings)


def _with_homes() -> Reading:
    return _return(
        2025, "child | decom | rne | ls | place | home_post | pl_post\nA | 2024-05-01 | S | C2 | U4 | DE1 1AA | NG1 5FS"
    )


def test_a_directory_gives_distances_and_what_was_not_found_stays_in_the_denominator() -> None:
    directory = pl.LazyFrame(
        {"postcode": ["DE11AA", "NG15FS"], "in_use": [True, True], "authority": ["E06000015", "E06000018"],
         "district": ["E06000015", "E06000018"], "ward": [None, None],
         "east": [400_000, 440_000], "north": [300_000, 300_000]}
    )  # fmt: skip
    text = """
        child | decom      | rne | ls | place | home_post | pl_post
        A     | 2024-05-01 | S   | C2 | U4    | DE1 1AA   | NG1 5FS
        B     | 2024-05-01 | S   | C2 | U4    | DE1 1AA   | DE1 1AA
        C     | 2024-05-01 | S   | C2 | U4    |           | NG1 5FS
        D     | 2024-05-01 | S   | V3 | U4    | DE1 1AA   | NG1 5FS
    """
    results = measure_reading(_return(2025, text), as_at=AS_AT, asked=Asked(postcodes=directory, authority="E06000015"))
    for code, counts in {"CLA-07": (1, 3, 1), "CLA-08": (1, 3, 1), "CLA-09": (2, 3, 0)}.items():
        entry = _of(results, code)
        assert (entry.numerator, entry.denominator, entry.not_known) == counts, code
    assert any("no postcode of the home 1" in warning for warning in _of(results, "CLA-07").warnings)


def test_the_day_of_an_extract_is_its_latest_event_but_for_a_lone_slip() -> None:
    few = make_reading({"ssd_contacts": table("ssd_contacts", "cont_contact_date\n2025-01-01\n2027-01-01")}, form="ssd")
    assert guess_day(few) == date(2027, 1, 1)
    days = "\n".join(["cont_contact_date", *["2025-01-01"] * 1200, "2027-01-01"])
    referrals = "\n".join(["cine_referral_date", *["2025-01-01"] * 3])
    many = make_reading(
        {"ssd_contacts": table("ssd_contacts", days), "ssd_cin_episodes": table("ssd_cin_episodes", referrals)},
        form="ssd",
    )
    assert guess_day(many) == date(2025, 1, 1)
    assert guess_day(make_reading({}, form="ssd")) is None


def test_a_kind_of_check_that_no_child_has_is_not_told_of_rather_than_nought() -> None:
    tables = {
        "ssd_cla_episodes": "clae_person_id | clae_cla_episode_start_date\nA | 2020-01-01\nB | 2020-01-01",
        "ssd_legal_status": "lega_person_id | lega_legal_status\nA | C2\nB | C2",
        "ssd_person": "pers_person_id | pers_dob\nA | 2021-06-01\nB | 2021-06-01",
        "ssd_cla_health": (
            "clah_person_id | clah_health_check_type | clah_health_check_date\nA | Dental check | 2025-01-01"
        ),
    }
    made = make_reading({name: table(name, text) for name, text in tables.items()}, form="ssd")
    results = measure_reading(made, as_at=AS_AT)
    dental, development = _of(results, "HE-03"), _of(results, "HE-05")
    assert (dental.numerator, dental.denominator) == (1, 2)
    assert development.denominator == 0
    assert "is not known for any row used, so this cannot be worked out" in development.warnings[0]
