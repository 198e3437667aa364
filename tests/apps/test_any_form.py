"""Submissions of every form: sealed as one, read under pseudonyms, no identity left, and refused in plain English."""

import hashlib
import io
import zipfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from django.utils import timezone
from tests import made_returns
from tests.canaries import Canaries
from tests.canary_returns import files as canary_files
from tests.submissions_story import Held, Story, assessments, canaries, data_folder, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.drawing import why_not_drawable
from goldthread.apps.submissions import (
    actions,
    amounts,
    children,
    differences,
    holdings,
    measuring,
    packing,
    queries,
    record,
    sealing,
    worker,
)
from goldthread.apps.submissions import issues as issue_queries
from goldthread.apps.submissions.identities import child_column, identifying
from goldthread.apps.submissions.models import Identity, MeasureValue, Submission
from goldthread.apps.submissions.pseudonymise import pseudonymise
from goldthread.engines.reference import POSTCODES
from goldthread.kernel.amount import PER
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.postcodes import SCHEMA
from goldthread.kernel.reading import Reading, make_reading
from goldthread.kernel.reading_issues import OF_FILES
from goldthread.kernel.record_run import Asked, measure_reading
from goldthread.kernel.table import Privacy
from goldthread.readers import read_files
from goldthread.readers.handed import Handed
from goldthread.web.presenters.submissions import warnings

pytestmark = pytest.mark.django_db

RETURNS = ("ssda903", "cin", "ssd", "practice")


@pytest.fixture
def wexcombe() -> Story:
    return story()


def send(story: Story, files: dict[str, bytes], before: dict[str, bytes] | None = None, **more: Any) -> Submission:
    """Hand several files in at once, with those of the year before where there are any, and have them read."""
    with ExitStack() as held:
        sent = [actions.Sent(held.enter_context(Held(data)), name) for name, data in files.items()]
        earlier = [actions.Sent(held.enter_context(Held(data)), name) for name, data in (before or {}).items()]
        first, *also = sent
        words = {"as_at": None, **more}
        row = story.send(label=first.label, upload=first.upload, also=also, before=earlier, **words)
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=row.pk)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data)
    return out.getvalue()


def of_903(children: int = 40, seed: int = 1) -> dict[str, bytes]:
    return made_returns.csv_files(made_returns.HEADINGS_903, made_returns.make_903(children, seed))


def a_year_before(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same return a year earlier: every year that is written goes back by one."""

    def back(text: str) -> str:
        for year in range(2019, 2028):
            text = text.replace(f"/{year}", f"/{year - 1}")
        return text

    return {name: back(data.decode()).encode() for name, data in files.items()}


def everything_told(row: Submission) -> str:
    """All sealed frames but the vault as text."""
    frames = list(queries.tables_of(row).values())
    frames += [
        holdings.fetch_frame(row, "issues", row.issues_key, name)
        for name in holdings.frame_names(row, "issues", row.issues_key)
    ]
    return "\n".join(frame.write_csv() for frame in frames) + str(row.lists) + str(row.counts) + row.refusal


# Received


def test_several_files_are_one_submission_and_the_receipt_has_each(wexcombe: Story) -> None:
    files = of_903()
    row = send(wexcombe, files)
    assert (row.status, row.form, row.year) == ("read", "ssda903", 2026), row.refusal
    assert row.label == f"header.csv and {len(files) - 1} more files"
    assert {part["name"]: part["sha256"] for part in row.parts} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert (row.as_at, row.as_at_guessed) == (date(2026, 3, 31), True)
    assert row.lists["rows"]["cla_header"] == 40
    again = send(wexcombe, files)
    assert again.sha256 == row.sha256


def test_the_same_files_sent_twice_under_one_key_are_one_submission(wexcombe: Story) -> None:
    from uuid import uuid4

    key, files = uuid4(), of_903(5)
    assert send(wexcombe, files, client_key=key).pk == send(wexcombe, files, client_key=key).pk
    with pytest.raises(Refused, match="Another file"):
        send(wexcombe, of_903(6), client_key=key)


def test_a_package_gives_back_what_was_put_in() -> None:
    files = {"a.csv": b"one", "b.csv": b"two", "last.csv": b"before"}
    when = (packing.NOW, packing.NOW, packing.BEFORE)
    with ExitStack() as stack:
        paths = [stack.enter_context(Held(data)).memory_path() for data in files.values()]
        parts = [
            packing.part_of(path, name, which, at)
            for at, (path, name, which) in enumerate(zip(paths, files, when, strict=True))
        ]
        with packing.package(paths, parts) as path:
            data = Path(path).read_bytes()
        with packing.package(paths, parts) as path:
            assert Path(path).read_bytes() == data, "the same files give the same bytes"
    with packing.unpacked(data, parts, packing.NOW) as path, zipfile.ZipFile(path) as book:
        assert {name: book.read(name) for name in book.namelist()} == {"a.csv": b"one", "b.csv": b"two"}
    with packing.unpacked(data, parts, packing.BEFORE) as path:
        assert Path(path).read_bytes() == b"before"
    twice = [{**part, "name": "same.csv"} for part in parts]
    with packing.unpacked(data, twice, packing.NOW) as path, zipfile.ZipFile(path) as book:
        assert len(set(book.namelist())) == 2


@pytest.mark.parametrize("form", ["903 zip", "903 xml", "cin xml", "cin zip", "annex a zip"])
def test_one_file_of_each_form_is_known_by_its_content(wexcombe: Story, form: str) -> None:
    cin = made_returns.make_cin(30)
    data, name, expected = {
        "903 zip": (zipped(of_903()), "return.zip", "ssda903"),
        "903 xml": (made_returns.xml_903(made_returns.make_903(30)), "anything.txt", "ssda903"),
        "cin xml": (made_returns.xml_cin(cin), "x", "cin"),
        "cin zip": (zipped(made_returns.csv_files(made_returns.HEADINGS_CIN, cin)), "children.zip", "cin"),
        "annex a zip": (zipped({"one.csv": b"Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),"
                                b"Date of Contact,Contact Source\nA1,F,WBRI,01/02/2015,11,01/09/2026,1A\n"}),
                        "lists.zip", "annex_a"),
    }[form]  # fmt: skip
    row = wexcombe.read(data, label=name, as_at=None)
    assert (row.status, row.form) == ("read", expected), row.refusal
    assert row.parts == []
    assert row.counts["total"] == len(queries.issues(row))


def test_files_of_two_returns_are_refused_and_nothing_is_kept(wexcombe: Story) -> None:
    cin = made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(3))
    row = send(wexcombe, of_903(3) | {f"cin-{name}": data for name, data in cin.items()})
    assert row.status == "refused"
    assert "two returns" in row.refusal
    assert Identity.objects.count() == 0
    assert not (data_folder() / "store" / str(wexcombe.inspection.pk) / str(row.pk)).exists()


def test_an_empty_file_among_several_is_refused_at_once(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="One of the files is empty"):
        send(wexcombe, of_903(3) | {"empty.csv": b""})
    assert Submission.objects.count() == 0


def test_a_list_of_text_under_a_workbooks_name_stays_refused(wexcombe: Story) -> None:
    files = of_903(3)
    with pytest.raises(Refused, match="is a text file"):
        send(wexcombe, {"episodes.xlsx": files["episodes.csv"], "header.csv": files["header.csv"]})


# The year before


def test_the_year_before_is_read_with_it_and_told_apart(wexcombe: Story) -> None:
    now = of_903(60)
    alone, both = send(wexcombe, now), send(wexcombe, now, a_year_before(now))
    assert both.status == "read", both.refusal
    assert [part["when"] for part in both.parts].count("before") == len(now)
    assert both.counts["known_from"] == "2024-04-01"
    assert alone.counts["known_from"] == "2025-04-01"
    assert both.lists["rows"] == alone.lists["rows"], "rows of the year before are not those of the return"
    rows = [one for measure in record.measures(both) for one in record.behind(both, measure.code)]
    highest = queries.table(both, "cla_episodes")["row"].max()
    of_return = [one.place.row for one in rows if not one.before and one.place.table == "cla_episodes"]
    assert 0 < max(of_return) <= highest


def test_a_row_of_the_year_before_is_told_by_its_own_number_and_child() -> None:
    """Rows of the year before are numbered on from those of the return, which ends at row 3."""

    def of(*children: str) -> Reading:
        rows = {"row": range(2, 2 + len(children)), "child": children}
        schema = TABLES_OF_ALL_FORMS["cla_missing"].schema()
        frame = pl.DataFrame(rows, schema={"row": pl.Int64, "child": pl.String}).select(
            (pl.col(name) if name in rows else pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
        )
        return make_reading({"cla_missing": frame}, form="ssda903")

    handed = measuring.Handed(of("A", "B"), of("C", "A"))
    names = {("child", one): f"C-{one}" for one in "ABC"}
    told = pl.DataFrame({"source": "cla_missing", "source_row": [3, 5, 6], "state": ["yes", "no", "yes"]})
    found = measuring.rows_behind(handed, names, SimpleNamespace(rows={"MI-01": told}))  # type: ignore[arg-type]
    assert found.rows() == [
        ("MI-01", "cla_missing", 3, False, "C-B", "yes"),
        ("MI-01", "cla_missing", 2, True, "C-C", "no"),
        ("MI-01", "cla_missing", 3, True, "C-A", "yes"),
    ]
    assert record.RowBehind("C-A", children.Place("cla_missing", 3), True, "yes").where == (
        "The year before: Missing, row 3"
    )


def test_two_returns_of_one_year_are_refused(wexcombe: Story) -> None:
    row = send(wexcombe, of_903(20), of_903(20, seed=2))
    assert row.status == "refused"
    assert "year that ended in March 2026" in row.refusal


def test_lists_have_no_year_before(wexcombe: Story) -> None:
    row = send(wexcombe, {"lists.xlsx": assessments()}, of_903(3))
    assert row.status == "refused"
    assert "not made for a year" in row.refusal


def test_what_is_wrong_with_the_year_before_is_said_of_it(wexcombe: Story) -> None:
    row = send(wexcombe, of_903(10), {"notes.csv": b"some,notes\n1,2\n"})
    assert row.status == "refused"
    assert row.refusal.startswith("The return of the year before: ")


def test_the_day_of_an_extract_is_its_latest_event_and_where_there_is_none_that_is_said(wexcombe: Story) -> None:
    head = "child,decided_on,decision,reason_recorded,role\n"
    row = send(wexcombe, {"d.csv": f"{head}A1,2026-01-05,go on,Y,manager\nA2,2026-02-06,go on,Y,manager\n".encode()})
    assert (row.form, row.as_at, row.as_at_guessed) == ("practice", date(2026, 2, 6), True)
    assert "latest events" in " ".join(warnings(row))
    row = send(wexcombe, {"d.csv": f"{head}A1,,go on,Y,manager\n".encode()})
    assert (row.status, row.as_at) == ("read", timezone.localdate())
    assert "no date in it tells" in " ".join(warnings(row))


# Identities


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


# Issues


def test_what_was_not_understood_or_left_out_of_files_is_an_issue_with_how_to_mend_it(wexcombe: Story) -> None:
    files = {
        "header.csv": b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,F,01/02/2012,WBRI,,0,\n",
        "episodes.csv": b"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,"
        b"URN,OURS\nA1,the fifth,S,C2,N1,U4,PR1,,,,nowhere,AB1 2CD,,x,out,of,step\n",
        "notes.csv": b"some,notes\n1,2\n",
    }  # fmt: skip
    row = send(wexcombe, files)
    assert row.status == "read", row.refusal
    found = {one.rule: one for one in queries.issues(row)}
    assert set(found) == {"G08", "W02", "W05", "W10"}
    assert all(one.mend and one.severity for one in found.values())
    assert found["G08"].place == "Episodes, row 2"
    assert found["G08"].written == "the fifth"
    assert found["W02"].place == "The file"
    assert found["G08"].child is not None and found["G08"].child.startswith("C-")
    assert {(one.list, one.list_title) for one in queries.rules_broken(row)} == {(2, "Episodes"), (None, "The file")}
    assert len(queries.issues(row, list=2)) == 3
    counted = {(one.list, one.column): one for one in issue_queries.completeness(row) or []}
    assert counted[2, "decom"].not_understood == 1
    assert counted[1, "dob"].filled == 1


def test_xml_with_text_of_its_own_is_read_and_said(wexcombe: Story) -> None:
    data = made_returns.xml_903(made_returns.make_903(3)).replace(b"</HEADER>", b"</HEADER>words", 1)
    row = wexcombe.read(data, label="return.xml", as_at=None)
    assert row.status == "read", row.refusal
    [told] = [one for one in queries.issues(row) if one.rule == "W11"]
    assert told.mend == OF_FILES["W11"].mend


def test_a_sample_and_a_comparison_need_the_lists(wexcombe: Story) -> None:
    row = send(wexcombe, of_903(5))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    assert "Annex A" in why_not_drawable(row)
    assert differences.others(wexcombe["lead"], row) == []
    with pytest.raises(Submission.DoesNotExist):
        differences.get(wexcombe["lead"], wexcombe.inspection.pk, row.pk, wexcombe.handed_over(assessments()).pk)


# Measures of the record


def test_the_measures_of_the_record_are_those_of_the_kernel_on_the_clear_tables(wexcombe: Story) -> None:
    files = of_903(80)
    row = send(wexcombe, files)
    reading = read_files(tuple(Handed(name, data) for name, data in files.items()))
    expected = measure_reading(reading, as_at=date(2026, 3, 31), asked=Asked(population=PER))
    stored = {one.code: (one.share.value.numerator, one.share.value.denominator) for one in record.measures(row)}
    assert stored == {one.code: (one.numerator, one.denominator) for one in expected.measures}
    assert len(stored) > 20
    assert {code for one in record.not_asked(row) for code, _ in one.measures} == {
        one.code for one in expected.not_measured
    }
    told = {one.code: one.detail["counted"] for one in amounts.amounts(row)}
    assert told == {one.code: one.counted for one in expected.amounts}
    assert set(stored) & {one.code for one in expected.not_measured} == set()
    assert queries.measures(row) == [], "the page of the lists' measures has none of a return"
    parts = {part.title for part in record.measure(row, "CLA-04")[1]}
    assert {"Age", "Ethnicity", "Placement", "Legal status"} <= parts
    for code, (numerator, _) in stored.items():
        assert len(record.behind(row, code, "yes")) == numerator
        states = {name: count for name, _, count in record.states_of(row, code)}
        assert sum(states.values()) == len(record.behind(row, code))
        assert all(one.child for one in record.behind(row, code))


def test_of_the_lists_the_record_is_asked_what_no_list_answers(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    lists, of_record = ({one.code for one in rows} for rows in (queries.measures(row), record.measures(row)))
    assert lists & of_record == set()
    assert {"AS-02"} <= of_record | {code for one in record.not_asked(row) for code, _ in one.measures}
    behind = record.behind(row, "AS-01", "no")
    assert [(one.place.table, one.before) for one in behind] == [("assessments", False)] * 3


def test_measures_of_a_return_go_on_the_shelf_and_take_no_lists_place(wexcombe: Story) -> None:
    of_list = wexcombe.handed_over(canaries())
    row = send(wexcombe, of_903(80))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    shelved = MeasureValue.objects.filter(submission=row, breakdown="").exclude(evidence_item=None)
    assert {one.code for one in shelved} == {one.code for one in record.measures(row) if one.known}
    kept = MeasureValue.objects.filter(submission=of_list).exclude(evidence_item=None)
    assert {one.evidence_item.status for one in kept if one.evidence_item} == {"current"}
    care = shelved.get(code="CLA-04").evidence_item
    assert care is not None
    assert (care.about_to, care.source_hash) == (date(2026, 3, 31), row.sha256)


def test_distance_is_worked_out_in_clear_and_no_postcode_is_kept(wexcombe: Story, settings: Any) -> None:
    settings.DATA = data_folder()
    path = Path(settings.DATA) / POSTCODES
    path.parent.mkdir(parents=True, exist_ok=True)
    places = {"postcode": ["ZQ101XW", "ZQ209XW"], "in_use": [True, True], "authority": ["E10000007", "E06000001"],
              "east": [400_000, 432_187], "north": [300_000, 300_000]}  # fmt: skip
    pl.DataFrame(places, schema=SCHEMA).write_parquet(path)
    try:
        files = {
            "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,F,01/02/2012,WBRI,,0,\n",
            "episodes.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,"
            "PL_POST,URN\nA1,05/01/2026,S,C2,N1,U4,PR1,,,,ZQ10 1XW,ZQ20 9XW,\n",
        }  # fmt: skip
        row = send(wexcombe, {name: text.encode() for name, text in files.items()})
    finally:
        path.unlink()
    assert row.status == "read", row.refusal
    held = queries.table(row, "cla_episodes")
    assert held.select("home_miles", "home_in_or_out", "home_where_known").row(0) == (20.0, "OUT", "FOUND")
    assert held["home_post"].null_count() == held["pl_post"].null_count() == 1
    assert "ZQ" not in everything_told(row).upper()
    far = record.measure(row, "CLA-08")[0]
    told = dict(children.row(row, children.Place("cla_episodes", 2)).values)
    assert (told["Miles from home"], told["Within the authority"]) == (20.0, "No")
    assert far.share.value.denominator == 1


def test_a_damaged_directory_of_postcodes_stops_no_reading(wexcombe: Story, settings: Any) -> None:
    settings.DATA = data_folder()
    path = Path(settings.DATA) / POSTCODES
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"not what was loaded")
    try:
        row = send(wexcombe, of_903(20))
    finally:
        path.unlink()
    assert row.status == "read", row.refusal
    assert "NOT_LOADED" in queries.table(row, "cla_episodes")["home_where_known"].to_list()
