"""`goldthread measure` over returns and the dataset, and `goldthread reference`, at a terminal."""

import gzip
import json
import shutil
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

import polars as pl
import pytest
from tests.cli.submissions import ran, workbook

from goldthread.cli import main
from goldthread.kernel.measures import MEASURES

Capture = pytest.CaptureFixture[str]
DIRECTORY = "pcds,oslaua,oseast1m,osnrth1m\nDE1 1AA,E06000015,435500,336500\nNG1 5FS,E06000018,457000,340000\n"


@cache
def returns() -> Path:
    """All returns of a small invented authority."""
    path = Path(mkdtemp()) / "returns"
    words = ("--size", "0.02", "--seed", "5", "--returns", "ssda903,cin,ssd", "--as-at", "2026-03-31")
    assert main(["make-authority", "--out", str(path), *words]) == 0
    return path


def _json(capsys: Capture, *words: object) -> dict[str, Any]:
    told = ran(capsys, "measure", *words, "--format", "json")
    assert told.code == 0, told.err
    answer: dict[str, Any] = json.loads(told.out)
    return answer


def _measure(answer: dict[str, Any], code: str) -> dict[str, Any]:
    return next(entry for entry in answer["measures"] if entry["code"] == code)


def test_a_return_is_measured_for_the_last_day_of_its_year(capsys: Capture) -> None:
    told = _json(capsys, returns() / "ssda903" / "2026")
    assert (told["form"], told["year"], told["as_at"]) == ("ssda903", 2026, "2026-03-31")
    assert _measure(told, "CLA-04")["denominator"] > 0
    assert "AS-01" in {entry["code"] for entry in told["not_measured"]}
    shown = ran(capsys, "measure", returns() / "ssda903" / "2026").out
    assert "CLA-04M" in shown
    assert "Not measured" in shown


def test_the_dataset_and_the_census_answer_the_same_question_alike(capsys: Capture) -> None:
    census = returns() / "cin" / "synthetic-cin-2026.xml"
    dataset = _json(capsys, returns() / "ssd", "--as-at", "2026-03-31")
    before = returns() / "cin" / "synthetic-cin-2025.xml"
    told = _json(capsys, census, "--history", before)
    for code in ("FD-06", "AS-01", "CP-02", "CP-05"):
        ours, theirs = _measure(told, code), _measure(dataset, code)
        # Planted defects differ from form to form, by about one row in 150.
        assert ours["denominator"] == pytest.approx(theirs["denominator"], rel=0.1, abs=2), code
        assert ours["numerator"] == pytest.approx(theirs["numerator"], rel=0.15, abs=3), code
    assert told["known_from"] == "2024-04-01"
    assert dataset["known_from"] is None


def test_lists_are_asked_what_no_list_answers_as_well(capsys: Capture) -> None:
    told = _json(capsys, workbook())
    codes = [entry["code"] for entry in told["measures"]]
    assert codes[: len(MEASURES)] == [measure.code for measure in MEASURES]
    assert {"EH-01", "CP-05", "CP-03"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_early_help_is_shown_by_the_organisation_that_led_it(capsys: Capture) -> None:
    told = _json(capsys, returns() / "ssd", "--measure", "EH-01")
    (effect,) = told["measures"]
    parts = [part for part in effect["breakdowns"] if part["by"] == "organisation"]
    assert sum(part["denominator"] for part in parts) == effect["denominator"] > 0
    assert effect["not_due"] > 0
    shown = ran(capsys, "measure", returns() / "ssd", "--measure", "EH-01", "--by", "organisation").out
    assert "By organisation" in shown
    assert "not yet due" in shown


def test_groups_stand_beside_the_others_with_a_relative_rate(capsys: Capture) -> None:
    told = _json(capsys, returns() / "ssd", "--measure", "FD-05")
    (entry,) = told["measures"]
    sexes = {part["group"]: part for part in entry["breakdowns"] if part["by"] == "gender"}
    boys, girls = sexes["Male"], sexes["Female"]
    assert boys["relative_rate"]["value"] == pytest.approx(
        (boys["numerator"] / boys["denominator"]) / (girls["numerator"] / girls["denominator"]), rel=0.2
    )
    shown = ran(capsys, "measure", returns() / "ssd", "--measure", "FD-05", "--by", "sex").out
    assert "times as likely" in " ".join(shown.split())


def test_a_measure_that_the_form_cannot_answer_is_refused_with_the_reason(capsys: Capture) -> None:
    told = ran(capsys, "measure", returns() / "ssda903" / "2026", "--measure", "AS-01")
    assert (told.code, told.out) == (2, "")
    assert "AS-01: It needs Assessments" in told.err
    told = ran(capsys, "measure", returns() / "ssd", "--measure", "CN-02")
    assert "CN-02: it is not asked of this form" in told.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ssda903/2026", "--history", "ssda903/2026"), "a year of its own"),
        (("ssd", "--history", "ssda903/2025"), "not Standard Safeguarding Dataset"),
        (("ssda903/2026", "--data", "ssd"), "holds no directory of postcodes"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(words: tuple[str, ...], says: str, capsys: Capture) -> None:
    told = ran(capsys, "measure", *(word if word.startswith("--") else returns() / word for word in words))
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert told.err.count("\n") == 1


def test_history_is_not_for_lists(capsys: Capture) -> None:
    told = ran(capsys, "measure", workbook(), "--history", returns() / "ssda903" / "2025")
    assert told.code == 2
    assert "--history is for returns" in told.err


def test_a_directory_is_loaded_and_used(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "onspd.csv.gz").write_bytes(gzip.compress(DIRECTORY.encode()))
    data = tmp_path / "data"
    loaded = ran(capsys, "reference", "load-postcodes", tmp_path / "onspd.csv.gz", "--data", data)
    assert loaded.code == 0
    assert "postcodes" in loaded.out
    assert pl.read_parquet(data / "reference" / "postcodes.parquet").height == 2
    sent = tmp_path / "return"
    shutil.copytree(returns() / "ssda903" / "2026", sent)
    (episodes,) = sent.glob("*2026-episodes.csv")
    lines = episodes.read_text().splitlines()
    at = {name: place for place, name in enumerate(lines[0].split(","))}
    moved = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        cells[at["HOME_POST"]], cells[at["PL_POST"]] = "DE1 1AA", "NG1 5FS"
        moved.append(",".join(cells))
    episodes.write_text("\n".join(moved) + "\n")
    far = _measure(_json(capsys, sent, "--data", data, "--set", "far_miles=10"), "CLA-07")
    assert far["numerator"] == far["denominator"] > 0
    near = _measure(_json(capsys, sent, "--data", data), "CLA-07")
    assert (near["numerator"], near["denominator"]) == (0, far["denominator"])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"team,count\nNorth,3\n", "is no directory of postcodes"),
        ("a.zip", b"PK\x03\x04 cut", "damaged, locked or cut short"),
        (".", b"", "is a folder"),
        ("none.csv", None, "there is no file"),
    ],
)
def test_what_is_no_directory_is_refused(
    name: str, content: bytes | None, says: str, tmp_path: Path, capsys: Capture
) -> None:
    if content:
        (tmp_path / name).write_bytes(content)
    told = ran(capsys, "reference", "load-postcodes", tmp_path / name, "--data", tmp_path / "data")
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert not (tmp_path / "data" / "reference").exists()


def test_a_damaged_directory_is_told_and_one_elsewhere_is_found(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "data" / "reference" / "postcodes.parquet"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"nothing")
    monkeypatch.setenv("GOLDTHREAD_DATA", str(tmp_path / "data"))
    told = ran(capsys, "measure", returns() / "ssda903" / "2026")
    assert told.code == 2
    assert "is damaged; load the directory again" in told.err


@pytest.mark.parametrize(("part", "code"), [("ssda903/2026", "CLA-04"), ("ssd", "FD-05"), ("ssd", "CLA-14")])
def test_a_number_leads_to_the_rows_behind_it(part: str, code: str, capsys: Capture) -> None:
    told = _json(capsys, returns() / part, "--measure", code, "--rows")
    (entry,) = told["measures"]
    states = [row["state"] for row in entry["rows"]]
    assert states.count("yes") == entry["numerator"]
    assert states.count("not_due") == entry["not_due"]
    assert states.count("yes") + states.count("no") == entry["denominator"]
    assert {row["table"] for row in entry["rows"]} <= {table["table"] for table in told["tables"] if table["found"]}
    assert all(row["row"] >= 2 for row in entry["rows"])


def test_rows_of_a_list_are_shown_too_and_need_one_measure(capsys: Capture) -> None:
    (entry,) = _json(capsys, workbook(), "--measure", "AS-01", "--rows")["measures"]
    assert [row["state"] for row in entry["rows"]].count("yes") == entry["numerator"] > 0
    assert "Rows in EH-01" in ran(capsys, "measure", workbook(), "--measure", "EH-01", "--rows").out
    told = ran(capsys, "measure", workbook(), "--rows")
    assert told.code == 2
    assert "add --measure" in told.err


def test_an_extract_asked_of_an_earlier_day_says_what_is_of_a_later_one(capsys: Capture) -> None:
    told = ran(capsys, "measure", returns() / "ssd", "--as-at", "2026-01-31", "--measure", "FD-05")
    assert "but what is held of the latest only, such as a last contact, is as of 2026-03-31" in " ".join(
        told.out.split()
    )
    told = ran(capsys, "measure", returns() / "ssda903" / "2026", "--as-at", "2026-01-31", "--measure", "CLA-04")
    assert "as at 2026-01-31 (as given)" in " ".join(told.out.split())


def _amounts(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in answer["amounts"]}


def test_rates_need_a_population_and_agree_between_the_dataset_and_the_census(capsys: Capture) -> None:
    census = returns() / "cin" / "synthetic-cin-2026.xml"
    without = _json(capsys, census)
    assert set(_amounts(without)) == {"AS-04"}
    assert "how many children" in next(e["why"] for e in without["not_measured"] if e["code"] == "FD-04")
    of_census = _amounts(_json(capsys, census, "--population", 3140))
    of_dataset = _amounts(_json(capsys, returns() / "ssd", "--as-at", "2026-03-31", "--population", 3140))
    for code in ("FD-04", "CN-01", "CP-01"):
        ours, theirs = of_census[code], of_dataset[code]
        assert ours["value"] == pytest.approx(ours["counted"] * 10_000 / 3140)
        assert ours["counted"] == pytest.approx(theirs["counted"], rel=0.1, abs=2), code
    assert of_census["AS-04"]["value"] == pytest.approx(of_dataset["AS-04"]["value"], abs=2)
    shown = ran(capsys, "measure", census, "--population", 3140)
    assert "Rates, medians and averages" in shown.out
    assert "per 10,000" in shown.out


def test_one_amount_is_told_in_full_or_says_what_to_add(capsys: Capture) -> None:
    census = returns() / "cin" / "synthetic-cin-2026.xml"
    told = ran(capsys, "measure", census, "--measure", "AS-04")
    assert told.code == 0
    assert "AS-04 in full" in told.out
    assert "median of working days" in " ".join(told.out.split())
    for words, says in (
        (("--measure", "FD-04"), "Add --population."),
        (("--population", "0"), "the number of children aged 0 to 17"),
        (("--measure", "AD-02"), "It needs"),
    ):
        refused = ran(capsys, "measure", census, *words)
        assert (refused.code, refused.out) == (2, "")
        assert says in refused.err
    assert ran(capsys, "measure", census, "--measure", "AS-04", "--format", "csv").out.startswith(
        "code,title,how,value"
    )


def test_an_amount_has_its_rows_and_its_groups(capsys: Capture) -> None:
    census = returns() / "cin" / "synthetic-cin-2026.xml"
    told = _amounts(_json(capsys, census, "--measure", "AS-04", "--rows"))["AS-04"]
    numbers = sorted(row["number"] for row in told["rows"] if row["state"] == "yes")
    assert len(numbers) == told["counted"]
    assert told["value"] == pytest.approx(median(numbers))
    for by in {part["by"] for part in told["breakdowns"]}:
        assert sum(part["counted"] for part in told["breakdowns"] if part["by"] == by) == told["counted"]
    shown = ran(capsys, "measure", census, "--measure", "FD-04", "--population", 3140, "--by", "gender").out
    assert "no rates" in " ".join(shown.split())
    assert "Female" in shown
    rows = ran(capsys, "measure", census, "--measure", "AS-04", "--rows").out
    assert "Rows in AS-04" in rows
