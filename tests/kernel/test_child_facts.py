from datetime import date

import pytest
from tests.cases_story import frame

from goldthread.domain.instrument_words import FACTS
from goldthread.kernel.child_facts import PLACES, child_facts
from goldthread.kernel.table import Privacy
from goldthread.kernel.tables import TABLES

COMMON = {"gender": "F", "ethnicity": "WBRI", "team": "North"}


def test_every_fact_of_the_domain_has_a_place_and_none_is_an_identifier() -> None:
    assert set(PLACES) == set(FACTS)
    for places in PLACES.values():
        assert places
        for table, column, by in places:
            assert TABLES[table].column(column).privacy is Privacy.CASE
            assert by is None or TABLES[table].column(by)


def test_the_latest_row_tells_and_codes_are_in_words() -> None:
    referrals = frame("referrals", [
        {"child": "C-1", "referred_on": date(2026, 6, 1), "source": "6", "referrals_in_year": 1, "age": 8, **COMMON},
        {"child": "C-1", "referred_on": date(2026, 8, 9), "source": "2A", "referrals_in_year": 2, "age": 9, **COMMON},
        {"child": "C-2", "referred_on": date(2026, 9, 9), "source": "6", "referrals_in_year": 5, "age": 2, **COMMON},
    ])  # fmt: skip
    told = child_facts({"referrals": referrals}, "C-1", FACTS)
    assert {name: (one.value, one.source) for name, one in told.items() if name.startswith("referral")} == {
        "referral-day": (date(2026, 8, 9), "List 3, row 3"),
        "referral-source": (TABLES["referrals"].column("source").codes.label("2A"), "List 3, row 3"),  # type: ignore[union-attr]
        "referrals-in-year": (2, "List 3, row 3"),
    }  # fmt: skip
    assert told["age"].value == 9


def test_care_tells_before_need_and_what_no_list_holds_is_left_out() -> None:
    need = frame("children_in_need", [{"child": "C-1", "age": 7, "last_seen_on": date(2026, 9, 1), **COMMON}])
    care = frame("children_in_care", [{"child": "C-1", "age": 8, "legal_status": "C2", **COMMON}])
    told = child_facts({"children_in_need": need, "children_in_care": care}, "C-1", ("age", "last-seen", "health-day"))
    assert {name: one.value for name, one in told.items()} == {"age": 8, "last-seen": date(2026, 9, 1)}
    assert child_facts({}, "C-1", FACTS) == {}
    assert child_facts({"children_in_need": need}, "C-9", FACTS) == {}


@pytest.mark.parametrize("name", ["team", "age"])
def test_a_child_in_no_list_of_cases_is_told_by_the_list_that_names_it(name: str) -> None:
    told = child_facts(
        {"assessments": frame("assessments", [{"child": "C-1", "started_on": date(2026, 5, 1), "age": 3, **COMMON}])},
        "C-1", (name,),
    )  # fmt: skip
    assert told[name].source == "List 4, row 2"
