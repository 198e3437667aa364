"""`goldthread measure` as someone at a terminal meets it."""

import csv
import io
import json

import pytest
from tests.cli.submissions import ran, truth, workbook

Capture = pytest.CaptureFixture[str]


def test_every_measure_is_shown_and_warnings_do_not_change_the_exit_code(capsys: Capture) -> None:
    told = ran(capsys, "measure", workbook())
    assert told.code == 0
    for code in ("FD-05", "AS-01", "CP-02", "CLA-04", "CL-01"):
        assert code in told.out
    assert "Warnings" in told.out


def test_json_holds_what_a_number_needs_to_be_defended(capsys: Capture) -> None:
    told = json.loads(ran(capsys, "measure", workbook(), "--format", "json").out)
    assessments = next(entry for entry in told["measures"] if entry["code"] == "AS-01")
    assert assessments["denominator"] > 30
    assert assessments["value"] == pytest.approx(100 * assessments["numerator"] / assessments["denominator"])
    assert assessments["low"] < assessments["value"] < assessments["high"]
    assert "no more than 45 working days" in assessments["definition"]
    assert assessments["as_at"] == told["as_at"] == truth()["as_at"]
    assert {"not_known", "not_due", "warnings", "source", "settled", "version", "display"} <= set(assessments)
    assert {part["by"] for part in assessments["breakdowns"]} == {
        "gender", "age_band", "ethnicity_group", "disability", "team",
    }  # fmt: skip


def test_one_measure_by_group_adds_up(capsys: Capture) -> None:
    words = ("measure", workbook(), "--measure", "AS-01", "--format", "csv")
    whole = next(iter(csv.DictReader(io.StringIO(ran(capsys, *words).out))))
    groups = list(csv.DictReader(io.StringIO(ran(capsys, *words, "--by", "gender").out)))
    assert sum(int(group["denominator"]) for group in groups) == int(whole["denominator"])
    shown = ran(capsys, "measure", workbook(), "--measure", "AS-01", "--by", "gender").out
    assert "Are assessments finished in time?" in shown


def test_a_changed_limit_is_warned_of(capsys: Capture) -> None:
    told = ran(capsys, "measure", workbook(), "--measure", "AS-01", "--set", "assessment_days=30").out
    assert "assessment_days = 30 instead of 45" in " ".join(told.split())


def test_an_unknown_measure_is_refused(capsys: Capture) -> None:
    told = ran(capsys, "measure", workbook(), "--measure", "XX-01")
    assert (told.code, told.out) == (2, "")
    assert "no measure “XX-01”" in told.err


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("AS-1", "AS-01 (Assessments within 45 working days"),
        ("as01", "AS-01 ("),
        ("rereferrals", "FD-05 (Re-referrals"),
        ("re-referrals", "FD-05 (Re-referrals"),
        ("fd-99", "FD-05 ("),
        ("NOPE", "codes begin with FD, AS, CN"),
    ],
)
def test_a_measure_that_there_is_not_leads_to_those_near_it(asked: str, near: str, capsys: Capture) -> None:
    told = ran(capsys, "measure", workbook(), "--measure", asked)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert f"there is no measure “{asked.upper()}”" in told.err and near in told.err
