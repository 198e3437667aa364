"""What is said of a submission of any form: its issues, and its measures on the tables as they came."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests import made_returns
from tests.form_story import everything_told, of_903, send
from tests.submissions_story import Story, assessments, canaries, data_folder, story

from goldthread.apps.cases.drawing import why_not_drawable
from goldthread.apps.submissions import (
    actions,
    amounts,
    children,
    differences,
    queries,
    record,
    services,
)
from goldthread.apps.submissions import issues as issue_queries
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.engines.reference import LOCALITIES, POSTCODES
from goldthread.kernel.amount import PER
from goldthread.kernel.postcodes import SCHEMA
from goldthread.kernel.reading_issues import OF_FILES
from goldthread.kernel.record_run import Asked, measure_reading
from goldthread.readers import read_files
from goldthread.readers.handed import Handed

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


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
    assert set(found) == {"G08", "G25", "W02", "W05", "W10"}
    assert all(one.mend and one.severity for one in found.values())
    assert found["G08"].place == "Episodes, row 2"
    assert found["G08"].written == "the fifth"
    assert found["W02"].place == "The file"
    assert found["G08"].child is not None and found["G08"].child.startswith("C-")
    assert {(one.list, one.list_title) for one in queries.rules_broken(row)} == {(2, "Episodes"), (None, "The file")}
    assert len(queries.issues(row, list=2)) == 4
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
              "district": ["E07000034", "E06000001"], "ward": ["E05003345", None],
              "east": [400_000, 432_187], "north": [300_000, 300_000]}  # fmt: skip
    pl.DataFrame(places, schema=SCHEMA).write_parquet(path)
    names = pl.DataFrame({"area": ["E05003345"], "locality": ["Hill wards"]})
    names.write_parquet(Path(settings.DATA) / LOCALITIES)
    try:
        files = {
            "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,F,01/02/2012,WBRI,,0,\n",
            "episodes.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,"
            "PL_POST,URN\nA1,05/01/2026,S,C2,N1,U4,PR1,,,,ZQ10 1XW,ZQ20 9XW,\n",
        }  # fmt: skip
        row = send(wexcombe, {name: text.encode() for name, text in files.items()})
    finally:
        path.unlink()
        (Path(settings.DATA) / LOCALITIES).unlink()
    assert row.status == "read", row.refusal
    held = queries.table(row, "cla_episodes")
    assert held.select("home_miles", "home_in_or_out", "home_where_known").row(0) == (20.0, "OUT", "FOUND")
    assert held["home_post"].null_count() == held["pl_post"].null_count() == 1
    assert not re.search(r"ZQ\d", everything_told(row).upper())  # a pseudonym may well have a Z beside a Q
    far = record.measure(row, "CLA-08")[0]
    told = dict(children.row(row, children.Place("cla_episodes", 2)).values)
    assert (told["Miles from home"], told["Within the authority"]) == (20.0, "No")
    assert far.share.value.denominator == 1
    groups = {one.title: one.groups for one in record.measure(row, "CLA-08")[1]}
    assert [name for name, _ in groups["Locality of home"]] == ["Hill wards"]
    # By the miles before they were rounded, as the measures ask.
    drawn = services.picture(row, "care", "distances", careful=False).chart
    counted = {cells[:2]: cells[2] for cells in drawn.rows} if drawn is not None else {}
    assert counted["Over 20 miles", "Outside the authority"] == far.share.value.numerator == 1
    assert sum(int(str(count)) for count in counted.values()) == 1
    behind = services.behind(row, "care", "distances", "1-1")
    assert [one.place for one in behind.rows] == [children.Place("cla_episodes", 2)]


def test_where_no_postcode_is_in_the_directory_it_is_said_what_to_load(wexcombe: Story, settings: Any) -> None:
    """As with the sample of four years, whose postcodes are invented: 2 of 3,484 are in any directory."""
    settings.DATA = data_folder()
    path = Path(settings.DATA) / POSTCODES
    path.parent.mkdir(parents=True, exist_ok=True)
    only = {"postcode": ["ZQ991XW"], "in_use": [True], "authority": ["E10000007"], "district": ["E07000034"],
            "ward": ["E05003345"], "east": [400_000], "north": [300_000]}  # fmt: skip
    pl.DataFrame(only, schema=SCHEMA).write_parquet(path)
    try:
        row = send(wexcombe, of_903(20))
    finally:
        path.unlink()
    for code in ("CLA-07", "CLA-08"):
        told = " ".join(record.measure(row, code)[0].detail["warnings"])
        assert "is not known for any row used" in told
        assert (
            "Not one was found: if only a part of the ONS Postcode Directory is loaded, ask whoever runs this " in told
        )


@pytest.mark.parametrize(("place", "says"), [(POSTCODES, "as postcodes is damaged"), (LOCALITIES, "as localities is")])
def test_what_is_looked_up_stops_no_reading_where_it_is_damaged(
    wexcombe: Story, settings: Any, caplog: pytest.LogCaptureFixture, place: Path, says: str
) -> None:
    settings.DATA = data_folder()
    path = Path(settings.DATA) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"not what was loaded")
    try:
        row = send(wexcombe, of_903(20))
    finally:
        path.unlink()
    assert row.status == "read", row.refusal
    assert says in caplog.text
    assert "NOT_LOADED" in queries.table(row, "cla_episodes")["home_where_known"].to_list()
