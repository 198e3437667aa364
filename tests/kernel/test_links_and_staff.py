"""The dataset's links are those of its specification; whose rows are whose; what a measure is warned of."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.tables import table

from goldthread.kernel.checked import check_reading
from goldthread.kernel.children import children_of
from goldthread.kernel.code_years import CODE_YEARS, CodeYears
from goldthread.kernel.doubt import Doubts
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.forms.ssd_links import CARED_FOR, EVENTS, PERSONS, STAFF
from goldthread.kernel.quality import with_mends
from goldthread.kernel.reading import make_reading
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.record_run import Asked, measure_reading
from goldthread.kernel.rules import RULES
from goldthread.kernel.staff import staff_of

RELATIONS = Path(__file__).resolve().parents[3] / "shared" / "specs" / "ssd_relationships.csv"
AS_AT = date(2025, 3, 31)
PUT_RIGHT = {
    ("ssd_cla_placements", "clap_placement_id"): ("ssd_cla_placement", "clap_cla_placement_id"),
    ("ssd_ehcp_assessment", "ehca_ehcp_asmt_id"): ("ssd_ehcp_assessment", "ehca_ehcp_assessment_id"),
    ("ssd_cla_episodes", "clae_cla_episode_id"): ("ssd_cla_episodes", "clae_person_id"),
}


def test_every_relationship_of_the_specification_is_a_link() -> None:
    if not RELATIONS.exists():
        pytest.skip("the specification's relationships are not here")
    ours = {(one.parent, one.parent_column, one.table, one.column) for one in (*PERSONS, *EVENTS, *CARED_FOR, *STAFF)}
    with RELATIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parent = PUT_RIGHT.get((row["parent"], row["parent_key"]), (row["parent"], row["parent_key"]))
            assert (*parent, row["child"], row["child_key"]) in ours


def test_every_link_is_between_columns_that_exist() -> None:
    for link in (*PERSONS, *EVENTS, *CARED_FOR, *STAFF):
        TABLES_OF_ALL_FORMS[link.table].column(link.column)
        TABLES_OF_ALL_FORMS[link.parent].column(link.parent_column)


def test_rules_of_one_code_and_table_say_one_thing_to_do() -> None:
    mends: dict[tuple[str, str], set[str]] = {}
    for rule in RULES:
        mends.setdefault((rule.code, rule.table), set()).add(rule.mend)
    assert [key for key, said in mends.items() if len(said) > 1 and key[0][0] in "DHR"] == []


def test_a_code_has_a_first_year_or_a_last_one() -> None:
    with pytest.raises(ValueError, match="either"):
        CodeYears("sex", "M", ())
    assert len({(one.codes, one.code) for one in CODE_YEARS}) == len(CODE_YEARS)


def _dataset() -> dict[str, pl.DataFrame]:
    drawn = {
        "ssd_person": "pers_person_id | pers_dob\nA | 2012-01-01\nB | 2013-01-01",
        "ssd_cin_episodes": """
            cine_referral_id|cine_person_id|cine_referral_date|cine_close_date|cine_close_reason|cine_referral_team
            R1              |A             |2025-01-05        |2025-01-01     |RC8              |T1
            R2              |B             |2025-01-05        |               |                 |T9
        """,
        "ssd_cin_visits": """
            cinv_cin_visit_id | cinv_person_id | cinv_cin_visit_date
            V1                | A              | 2025-02-05
            V2                | B              | 2025-02-05
        """,
        "ssd_involvements": """
            invo_person_id | invo_professional_id | invo_professional_team | invo_involvement_end_date
            A              | W1                   | T1                     | 2025-01-01
            A              | W2                   | T1                     |
        """,
        "ssd_professionals": "prof_professional_id | prof_professional_name\nW2 | Ada Wren",
        "ssd_department": "dept_team_id | dept_team_name\nT1 | North",
    }
    return {name: table(name, text) for name, text in drawn.items()}


def test_a_row_is_its_own_teams_or_of_who_works_with_the_child() -> None:
    staff = {(name, row): (team, worker) for name, row, team, worker in staff_of(_dataset()).iter_rows()}
    assert staff["ssd_cin_episodes", 1] == ("North", None)
    assert staff["ssd_cin_episodes", 2] == ("T9", None)
    assert staff["ssd_cin_visits", 1] == ("North", "Ada Wren")
    assert ("ssd_cin_visits", 2) not in staff


def test_a_measure_of_the_record_is_warned_of_the_rules_that_its_columns_break() -> None:
    reading = make_reading(_dataset(), form="ssd")
    issues = check_reading(reading, as_at=AS_AT).issues
    asked = Asked(measures=[one for one in RECORD_MEASURES if one.code == "FD-05"])
    (plain,) = measure_reading(reading, as_at=AS_AT, asked=asked).measures
    (warned,) = measure_reading(reading, as_at=AS_AT, asked=asked, issues=issues).measures
    said = "2 of the 2 rows that this rests on (100%) break a rule about the same columns: D04 1, D20 1."
    assert said in warned.warnings
    assert said not in plain.warnings
    assert warned.warned_by == ("D04", "D20")
    assert Doubts(issues, reading).about(frozenset({("ssd_cin_visits", "cinv_cin_visit_date")})) == ((), ())


def test_every_issue_says_what_to_do() -> None:
    reading = make_reading(_dataset(), form="ssd")
    issues = with_mends(check_reading(reading, as_at=AS_AT).issues, "ssd")
    assert set(issues["rule"]) >= {"D04", "D20"}
    assert issues["mend"].null_count() == 0


def test_whom_a_form_knows() -> None:
    assert children_of(make_reading(_dataset(), form="ssd")) == {"A", "B"}
    assert children_of(make_reading({}, form="practice")) == frozenset()
