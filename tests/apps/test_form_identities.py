"""Of every form, who is behind it lies in the vault and nowhere else."""

from datetime import date

import polars as pl
import pytest
from tests import made_returns
from tests.canaries import Canaries
from tests.canary_returns import files as canary_files
from tests.form_story import RETURNS, everything_told, of_903, send
from tests.submissions_story import Story, assessments, story

from goldthread.apps.submissions import (
    actions,
    children,
    holdings,
    queries,
    sealing,
)
from goldthread.apps.submissions.identities import child_column, identifying
from goldthread.apps.submissions.pseudonymise import pseudonymise
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.table import Privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.mark.parametrize("form", RETURNS)
def test_no_identity_is_left_in_what_is_kept_of_a_form(wexcombe: Story, form: str) -> None:
    held = Canaries()
    row = send(wexcombe, canary_files(held, form, "staged", "own"))
    assert (row.status, row.form) == ("read", form), row.refusal
    assert set(row.lists["found"]) == {table.name for table in FORMS[form].tables}
    told = held.found_in(everything_told(row))
    assert {one.what for one in told if one.klass == "vault"} == set()
    if form in ("ssd", "practice"):
        assert told, "what is no identity is kept"


@pytest.mark.parametrize("form", RETURNS)
def test_the_vault_of_a_form_has_who_is_behind_each_pseudonym(wexcombe: Story, form: str) -> None:
    held = Canaries()
    row = send(wexcombe, canary_files(held, form, "staged", "own"))
    vault = holdings.fetch_frame(row, "vault", row.vault_key, "vault")
    kept = {one.what for one in held.found_in(vault.write_csv())}
    expected = {
        "ssda903": {"upn", "postcode", "urn", "date of birth"},
        "cin": {"upn", "former_upn", "date of birth"},
        "ssd": {"pers_forename", "pers_surname", "pers_common_child_id", "pers_upn", "link_identifier_value",
                "postcode", "addr_address_json", "date of birth"},
        "practice": set(),
    }[form]  # fmt: skip
    assert expected <= kept
    assert f"id of a child in {form}" in kept
    known = actions.look_up(
        pseudonyms=vault["pseudonym"].unique().to_list(), inspection=wexcombe.inspection, reason="data-check",
        by=wexcombe["nominated-officer"],
    )  # fmt: skip
    assert all(one.ids for one in known.values())
    if form == "ssd":
        assert any(one.names and one.addresses and one.numbers for one in known.values())


def test_every_column_that_identifies_is_a_pseudonym_a_stand_in_or_empty() -> None:
    """Every table of every form, filled to the last cell, whatever columns it has or will have."""
    held = Canaries()
    for form in RETURNS:
        for table in FORMS[form].tables:
            cells = {
                column.name: [held.plant("vault", column.name, "own")]
                for column in table.columns
                if column.privacy in (Privacy.IDENTIFIER, Privacy.SEALED) and column.dtype is pl.String
            }
            frame = pl.DataFrame({"row": [2], **cells}, schema={"row": pl.Int64, **dict.fromkeys(cells, pl.String)})
            hidden = pseudonymise({table.name: frame}, key=b"k" * 32, known={}, as_at=date(2026, 3, 31))
            kept = hidden.tables[table.name]
            assert held.found_in(kept.write_csv()) == set(), table.name
            for name in cells:
                cell = kept[name][0]
                assert cell is None or cell[:2] in ("C-", "N-"), (table.name, name)


def test_a_child_has_one_pseudonym_in_every_form(wexcombe: Story) -> None:
    who = "SAME-1"
    files = {
        "cla": {"a.csv": f"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{who},F,01/02/2012,WBRI,,0,\n"},
        "cin": {"b.csv": f"LAchildID,CINdetailsID,CINreferralDate,ReferralSource,PrimaryNeedCode\n{who.lower()},1,"
                "2025-05-05,1A,N1\n"},
        "practice": {"c.csv": f"child,decided_on,decision,reason_recorded,role\n {who},2026-01-05,go on,Y,manager\n"},
    }  # fmt: skip
    found = []
    for held in files.values():
        row = send(wexcombe, {name: text.encode() for name, text in held.items()})
        assert row.status == "read", row.refusal
        found += [child.pseudonym for child in children.everybody(row)]
    found += [child.pseudonym for child in children.everybody(wexcombe.read(assessments(1, child=who[:-1])))]
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_number_has_one_stand_in_wherever_it_stands_and_another_in_another_inspection(wexcombe: Story) -> None:
    one, other = sealing.new_key(), sealing.new_key()
    assert sealing.stand_in(one, "A 12b") == sealing.stand_in(one, "a12B")
    assert sealing.stand_in(one, "A12B") != sealing.stand_in(one, "A12C")
    assert sealing.stand_in(one, "A12B") != sealing.stand_in(other, "A12B")
    assert len(sealing.stand_in(one, "A12B")) == 14


def test_rows_can_still_be_matched_by_their_stand_ins(wexcombe: Story) -> None:
    files = made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(30))
    row = send(wexcombe, files)
    details, assessed = queries.table(row, "cin_details"), queries.table(row, "cin_assessments")
    met = assessed.join(details, on=["la_child_id", "cin_details_id"], how="semi")
    assert met.height == assessed.height > 0
    assert details["cin_details_id"].str.starts_with("N-").all()


def test_the_age_outlives_the_date_of_birth(wexcombe: Story) -> None:
    row = send(wexcombe, of_903())
    held = queries.table(row, "cla_header")
    assert held["dob"].null_count() == held.height
    assert held["age"].null_count() == 0
    told = children.row(row, children.Place("cla_header", 2))
    assert "Age on the day of the data" in dict(told.values)
    assert {"CHILD", "DOB"} <= set(told.hidden)
    assert told.child is not None


def test_every_table_names_its_child_by_the_first_column_that_does() -> None:
    assert child_column("cla_episodes") == "child"
    assert child_column("cin_reviews") == "la_child_id"
    assert child_column("ssd_mother") == "moth_person_id"
    assert child_column("ssd_sen_need") is None
    assert identifying("no such table", "x")
    assert all(identifying(name, child_column(name) or "") for name in TABLES_OF_ALL_FORMS if child_column(name))
