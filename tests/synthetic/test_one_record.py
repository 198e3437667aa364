"""The same invented children through Annex A, the two returns and the dataset: where the forms overlap, one record."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from goldthread.kernel.context import Context
from goldthread.kernel.record import record_of
from goldthread.kernel.whole_list import CHECKS, check_whole_lists
from goldthread.readers import read
from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts.folder import write
from goldthread.synthetic.cuts.request import Request

AS_AT, OPENS, ENDS = date(2026, 9, 30), date(2025, 4, 1), date(2026, 3, 31)
Records = dict[str, dict[str, pl.DataFrame]]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    out = tmp_path_factory.mktemp("authority")
    spec = AuthoritySpec(seed=2013, as_at=AS_AT, size=0.02, name="Wrenfordshire", defects=False)
    write(Request(spec), out, lambda _: None)
    (workbook,) = (out / "annex-a").glob("*.xlsx")
    handed = {
        "annex_a": workbook,
        "ssda903": out / "ssda903" / "2026",
        "cin": out / "cin" / "synthetic-cin-2026.xml",
        "ssd": out / "ssd",
        "practice": out / "practice",
    }
    return {form: _record(path, form) for form, path in handed.items()}


def _record(path: Path, form: str) -> dict[str, pl.DataFrame]:
    reading = read(path, form=form)
    assert reading.unread.is_empty()
    record = record_of(reading)
    return dict(zip(record, pl.collect_all(list(record.values())), strict=True))


def not_in(some: pl.DataFrame, all_of_them: pl.DataFrame, columns: Sequence[str]) -> list[tuple[object, ...]]:
    """The rows of one frame that another has not, by these columns."""
    assert some.height > 0
    wanted = all_of_them.select(columns).unique()
    return some.select(columns).join(wanted, on=list(columns), how="anti", nulls_equal=True).rows()


@pytest.mark.parametrize("form", ["annex_a", "ssda903", "cin"])
def test_every_form_tells_of_the_same_persons(records: Records, form: str) -> None:
    persons, known = records[form]["ssd_person"], records["ssd"]["ssd_person"]
    assert persons["pers_person_id"].n_unique() == persons.height > 20
    born = pl.coalesce("pers_dob", "pers_expected_dob").alias("born")
    assert not_in(persons.with_columns(born), known.with_columns(born), ["pers_person_id", "born"]) == []
    assert not_in(persons, known, ["pers_person_id", "pers_ethnicity"]) == []
    told = {"annex_a": "pers_gender", "ssda903": "pers_sex", "cin": "pers_sex"}[form]
    both = persons.join(known, on="pers_person_id", suffix="_known")
    assert both.height == persons.height
    assert (
        both.filter(pl.col(told).is_not_null())[told].to_list()
        == both.filter(pl.col(told).is_not_null())[f"{told}_known"].to_list()
    )


def in_year(frame: pl.DataFrame, start: str, end: str, *columns: str) -> pl.DataFrame:
    """What of a frame a return of the year to March 2026 knows: what ended later has not ended yet."""
    ended = pl.when(pl.col(end) <= ENDS).then(end)
    told = frame.with_columns(ended=ended).filter(pl.col(start).is_null() | (pl.col(start) <= ENDS))
    return told.filter(pl.col("ended").is_null() | (pl.col("ended") >= OPENS)).select(start, "ended", *columns)


def test_the_return_and_the_dataset_have_the_same_episodes_of_care(records: Records) -> None:
    asked = ("clae_cla_episode_start_date", "clae_cla_episode_ceased_date")
    columns = ("clae_person_id", "clae_cla_episode_start_reason", "clae_cla_primary_need_code")
    one, other = (in_year(records[form]["ssd_cla_episodes"], *asked, *columns) for form in ("ssda903", "ssd"))
    assert one.height > 20
    assert_frame_equal(one, other, check_row_order=False)


@pytest.mark.parametrize(
    ("table", "start", "end", "columns"),
    [
        (
            "ssd_cla_placement", "clap_cla_placement_start_date", "clap_cla_placement_end_date",
            ("clap_person_id", "clap_cla_placement_type", "clap_cla_placement_postcode"),
        ),
        (
            "ssd_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date",
            ("lega_person_id", "lega_legal_status"),
        ),
    ],
)  # fmt: skip
def test_placements_and_legal_statuses_of_the_return_are_the_dataset_s(
    records: Records, table: str, start: str, end: str, columns: tuple[str, ...]
) -> None:
    one, other = (in_year(records[form][table], start, end, *columns) for form in ("ssda903", "ssd"))
    assert one.height == other.height > 20
    begun = one.filter(pl.col(start).is_not_null())
    assert begun.height > 0
    assert not_in(begun, other, [start, "ended", *columns]) == []
    assert not_in(one, other, ["ended", *columns]) == []


def test_the_return_knows_when_care_began_where_it_goes_back_so_far(records: Records) -> None:
    told, known = records["ssda903"]["ssd_cla_episodes"], records["ssd"]["ssd_cla_episodes"]
    columns = ["clae_person_id", "clae_cla_episode_start_date", "clae_entered_care_date"]
    assert not_in(told.filter(pl.col("clae_entered_care_date").is_not_null()), known, columns) == []


def test_the_census_and_the_dataset_have_the_same_protection_plans(records: Records) -> None:
    asked = ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
    columns = ("cppl_person_id", "cppl_cp_plan_initial_category")
    one, other = (in_year(records[form]["ssd_cp_plans"], *asked, *columns) for form in ("cin", "ssd"))
    assert one.height > 10
    assert_frame_equal(one, other, check_row_order=False)


OF_THE_CENSUS = {
    "ssd_cin_episodes": ("cine_person_id", "cine_referral_date", "cine_referral_source_code", "cine_referral_nfa"),
    "ssd_cin_assessments": ("cina_person_id", "cina_assessment_start_date"),
    "ssd_cin_plans": ("cinp_person_id", "cinp_cin_plan_start_date"),
    "ssd_s47_enquiry": ("s47e_person_id", "s47e_s47_start_date"),
    "ssd_cp_reviews": ("cppr_person_id", "cppr_cp_review_date"),
    "ssd_disability": ("disa_person_id", "disa_disability_code"),
    "ssd_linked_identifiers": ("link_person_id", "link_identifier_type", "link_identifier_value"),
}
OF_ANNEX_A = {
    "ssd_contacts": ("cont_person_id", "cont_contact_date", "cont_contact_source_code"),
    "ssd_cin_episodes": ("cine_person_id", "cine_referral_date"),
    "ssd_cin_assessments": ("cina_person_id", "cina_assessment_start_date", "cina_assessment_outcome_nfa"),
    "ssd_s47_enquiry": ("s47e_person_id", "s47e_s47_start_date"),
    "ssd_initial_cp_conference": ("icpc_person_id", "icpc_icpc_date", "icpc_icpc_outcome_cp_flag"),
    "ssd_cp_plans": ("cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_cp_visits": ("cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen_alone"),
    "ssd_cla_episodes": (
        "clae_person_id", "clae_cla_episode_start_date", "clae_entered_care_date", "clae_cla_primary_need_code",
    ),
    "ssd_legal_status": ("lega_person_id", "lega_legal_status", "lega_legal_status_start_date"),
    "ssd_cla_placement": ("clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_postcode"),
    "ssd_cla_visits": ("clav_person_id", "clav_cla_visit_date"),
    "ssd_cla_care_plan": ("lacp_person_id",),
    "ssd_permanence": ("perm_person_id", "perm_adm_decision_date", "perm_placed_for_adoption_date"),
    "ssd_care_leavers": (
        "clea_person_id", "clea_care_leaver_eligibility", "clea_care_leaver_accommodation",
        "clea_care_leaver_accom_suitable", "clea_care_leaver_activity", "clea_care_leaver_latest_contact",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "table", "columns"),
    [("cin", *each) for each in OF_THE_CENSUS.items()] + [("annex_a", *each) for each in OF_ANNEX_A.items()],
)
def test_what_a_form_tells_the_dataset_tells_too(
    records: Records, form: str, table: str, columns: tuple[str, ...]
) -> None:
    assert not_in(records[form][table], records["ssd"][table], columns) == []


def test_every_row_of_the_record_says_where_it_comes_from(records: Records) -> None:
    for record in records.values():
        for frame in record.values():
            assert frame["source"].null_count() == 0
            assert frame["row"].null_count() == 0


def test_numbers_of_rows_join_within_each_record(records: Records) -> None:
    for form in ("ssda903", "ssd", "annex_a"):
        episodes, placements = records[form]["ssd_cla_episodes"], records[form]["ssd_cla_placement"]
        assert not_in(episodes, placements.rename({"clap_cla_placement_id": "clae_cla_placement_id"}),
                      ["clae_cla_placement_id"]) == []  # fmt: skip
        assert placements["clap_cla_placement_id"].n_unique() == placements.height
    for form in ("cin", "ssd"):
        known = records[form]["ssd_cin_episodes"].rename({"cine_referral_id": "s47e_referral_id"})
        assert not_in(records[form]["ssd_s47_enquiry"], known, ["s47e_referral_id"]) == []


def test_whole_lists_of_both_forms_are_those_that_a_plain_loop_finds(records: Records) -> None:
    practice = {name: frame.lazy() for name, frame in records["practice"].items() if name.startswith("practice_")}
    for form in ("ssd", "annex_a"):
        record = {name: frame.lazy() for name, frame in records[form].items()}
        told = check_whole_lists(record, practice, Context(AS_AT))
        assert told.counts["check"].to_list() == [check.code for check in CHECKS]
        work = told.work.filter(pl.col("check") == "W01")
        assert sorted(work["child"]) == undecided(records[form], records["practice"]["practice_decisions"])
        assert work.height > 0
        assert work["team"].null_count() == 0
        due, not_done = told.counts.filter(pl.col("check") == "W02").select("due", "not_done").row(0)
        assert 0 < not_done < due


def undecided(record: dict[str, pl.DataFrame], decisions: pl.DataFrame) -> list[str]:
    """Children open for more than 35 days, of whom no decision was recorded in the last 35."""
    since: dict[str, date] = {}
    for table, child, start, end in (
        ("ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
        ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        ("ssd_cla_episodes", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    ):
        for row in record[table].to_dicts():
            if row["source"] == "referrals" or row.get("cine_referral_nfa") == "Y":
                continue
            if row[start] <= AS_AT and (row[end] is None or row[end] > AS_AT):
                since[row[child]] = min(since.get(row[child], AS_AT), row[start])
    recent = {row["child"] for row in decisions.to_dicts() if 0 <= (AS_AT - row["decided_on"]).days <= 35}
    return sorted(child for child, start in since.items() if (AS_AT - start).days > 35 and child not in recent)
