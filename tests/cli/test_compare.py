"""`goldthread compare`, `watch` and `suppress`: what they say, in every format, and how they refuse."""

import csv
import io
import json
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.cli.submissions import ran, workbook
from tests.cli.test_measure_record import returns
from tests.kernel.benchmark_file import lait_csv, neighbours_csv, rates, values

from goldthread.domain.disclosure import DFE_LA, CrossTable, Dimension, suppress

Capture = pytest.CaptureFixture[str]


def plain(shown: str) -> str:
    "The words of a printed table, whatever was broken over lines."
    return " ".join(re.sub("[│┃]", " ", shown).split())


@pytest.fixture
def files(tmp_path: Path) -> tuple[Any, ...]:
    (tmp_path / "lait.csv").write_text(lait_csv())
    (tmp_path / "near.csv").write_text(neighbours_csv())
    return ("--authority", "830", "--benchmarks", tmp_path / "lait.csv", "--neighbours", tmp_path / "near.csv")


def test_compare_holds_what_a_comparison_needs_to_be_defended(files: tuple[Any, ...], capsys: Capture) -> None:
    told = json.loads(ran(capsys, "compare", workbook(), *files, "--format", "json").out)
    measured = json.loads(ran(capsys, "measure", workbook(), "--format", "json").out)
    ours = {entry["code"]: entry for entry in measured["measures"]}
    assert [entry["code"] for entry in told["compared"]] == ["FD-05", "AS-01", "CLA-12"]
    for entry in told["compared"]:
        assert entry["value"] == ours[entry["code"]]["value"]
        published = entry["published"]
        assert published["value"] == float(values()[published["measure"], "2025", "830"])
        assert published["model"] == "2025"
        assert published["neighbours_with_figure"] < len(published["neighbours_named"]) == 10
        assert published["quarters"]["authorities"] <= 20
        assert published["quarter"] is None if entry["code"] == "CLA-12" else published["quarter"] in "ABCD"
    again = told["compared"][0]["published"]
    assert again["rank"]["low"] <= again["rank"]["rank"] <= again["rank"]["high"] <= again["rank"]["authorities"]
    assert again["z"] is not None and again["tau2"] >= 0
    assert told["compared"][1]["published"]["rank"] is None, "no counts, so no rank without an interval"
    assert any("six months" in caution for caution in told["compared"][0]["cautions"])
    assert told["authority"] == {
        "name": "Derbyshire", "code": "830", "gss": "E10000007", "region": "East Midlands",
    }  # fmt: skip


def test_compare_as_table_csv_and_workbook(files: tuple[Any, ...], tmp_path: Path, capsys: Capture) -> None:
    shown = ran(capsys, "compare", workbook(), *files)
    assert shown.code == 0
    said = " ".join(shown.out.split())
    for part in ("Derbyshire (East Midlands)", "neighbour model of 2025", "Among all authorities", "Cautions"):
        assert part in said
    rows = list(csv.DictReader(io.StringIO(ran(capsys, "compare", workbook(), *files, "--format", "csv").out)))
    assert rows[1]["published"] == values()["Continue_Assess_Comp", "2025", "830"]
    assert rows[1]["neighbours"].endswith("(7 of 10)")
    assert "of 153)" in rows[1]["quarter"]
    out = tmp_path / "x.xlsx"
    assert ran(capsys, "compare", workbook(), *files, "--format", "xlsx", "--output", out).code == 0
    assert out.read_bytes().startswith(b"PK")
    one = ran(capsys, "compare", workbook(), *files, "--measure", "AS-01", "--model", "2021").out
    assert "Years" in one and "FD-05" not in one


def test_without_a_download_the_headline_figures_are_used(capsys: Capture) -> None:
    told = ran(capsys, "compare", workbook(), "--authority", "derbyshire", "--format", "json")
    by_code = {entry["code"]: entry["published"] for entry in json.loads(told.out)["compared"]}
    assert (by_code["AS-01"]["england"], by_code["AS-01"]["region"]) == (85.7, 90.9)
    assert by_code["AS-01"]["quarter"] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--authority", "Atlantis"), "no authority “Atlantis”"),
        (("--authority", "830", "--model", "2025"), "add --neighbours"),
        (("--authority", "830", "--measure", "XX-1"), "no measure “XX-1”"),
        (("--authority", "830", "--measure", "AS-03"), "nothing published"),
        (("--authority", "830", "--benchmarks", "nowhere.csv"), "there is no file"),
    ],
)
def test_compare_refuses_in_one_sentence(words: tuple[str, ...], says: str, capsys: Capture) -> None:
    told = ran(capsys, "compare", workbook(), *words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_compare_refuses_what_is_no_benchmark_file(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    told = ran(capsys, "compare", workbook(), "--authority", "830", "--benchmarks", tmp_path / "x.csv")
    assert told.code == 2
    assert "it has no column “lait_short”" in told.err


def test_compare_takes_a_newer_list_of_authorities(tmp_path: Path, capsys: Capture) -> None:
    head = "old_la_code,new_la_code,la_name,region_code,region_name,in_2025\n"
    (tmp_path / "la.csv").write_text(head + "999,E06000999,New Shire,E1,East Midlands,True\n")
    told = ran(capsys, "compare", workbook(), "--authority", "New Shire", "--authorities", tmp_path / "la.csv")
    assert "New Shire (East Midlands)" in " ".join(told.out.split())


# ---- watch


@pytest.fixture
def series(tmp_path: Path) -> Path:
    chance = random.Random(1)
    rows = ["period,numerator,denominator"]
    for place in range(30):
        share = 0.70 if place < 15 else 0.88
        rows.append(f"{2023 + place // 12}-{place % 12 + 1:02},{round(80 * share + chance.uniform(-3, 3))},80")
    path = tmp_path / "series.csv"
    path.write_text("\n".join(rows))
    return path


def test_watch_says_the_signals_in_words(series: Path, capsys: Capture) -> None:
    told = ran(capsys, "watch", series, "--target", 85, "--better", "high", "--title", "Assessments in time")
    assert told.code == 0
    said = " ".join(told.out.split())
    assert "Assessments in time: sustained improvement since 2024-04" in said
    assert "more than chance explains" in said
    assert "row on one side of the mean" in said


@pytest.mark.parametrize(
    ("periods", "says"),
    [
        (("2025-01", "2025-03", "2025-02"), "2025-02 stands below a later period"),
        (("2025-11", "2025-12", "2025-13"), "“2025-13” is no month or day"),
    ],
)
def test_watch_refuses_months_that_are_none_or_out_of_order(
    periods: tuple[str, ...], says: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "series.csv"
    path.write_text("period,value\n" + "".join(f"{period},{at}\n" for at, period in enumerate(periods * 1)))
    told = ran(capsys, "watch", path)
    assert (told.code, told.out) == (2, "")
    assert says in told.err


def test_watch_as_json_holds_the_limits_and_every_signal(series: Path, capsys: Capture) -> None:
    words = ("--rebase", "2024-04=New front door", "--format", "json")
    told = json.loads(ran(capsys, "watch", series, "--target", 85, "--better", "high", *words).out)
    first, second = told["stretches"]
    assert (second["start"], second["reason"], first["reason"]) == ("2024-04", "New front door", None)
    points = [point["value"] for point in first["points"]]
    moving = [abs(after - before) for before, after in pairwise(points)]
    assert first["mean"] == pytest.approx(sum(points) / 15)
    assert first["lower"] == pytest.approx(first["mean"] - 2.66 * sum(moving) / 14)
    assert second["points"][-1]["signals"] == ["shift"]
    assert told["assurance"] == "changing"
    words = ("--rebase", "2024-04=New front door")
    said = plain(ran(capsys, "watch", series, "--target", 85, "--better", "high", *words).out)
    assert "foretell nothing" in said and "by chance" not in said


def test_watch_says_no_more_than_chance_where_the_limits_hold(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "steady.csv"
    path.write_text("period,value\n" + "\n".join(f"p{place:02},{70 + place % 3}" for place in range(12)))
    told = json.loads(ran(capsys, "watch", path, "--target", 71, "--better", "high", "--format", "json").out)
    assert told["assurance"] == "hit and miss"


def test_watch_gives_no_verdict_where_most_months_have_almost_nobody(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "few.csv"
    rows = [f"2025-{place + 1:02},{0 if place < 8 else 1},1" for place in range(12)]
    path.write_text("period,numerator,denominator\n" + "\n".join(rows))
    words = ("watch", path, "--better", "low", "--target", 50)
    told = json.loads(ran(capsys, *words, "--format", "json").out)
    assert [told[name] for name in ("change", "assurance", "lasting", "since")] == [None] * 4
    assert told["finding"] == "few: most of the points count too few to tell change from chance"
    said = plain(ran(capsys, *words).out)
    assert "one child or two make a signal" in said
    assert "getting worse" not in said and "decline" not in said and "one side of the mean" not in said


def test_watch_draws_the_chart(series: Path, tmp_path: Path, capsys: Capture) -> None:
    for name, start in (("c.svg", b"<svg"), ("c.png", b"\x89PNG")):
        assert ran(capsys, "watch", series, "--picture", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_watch_reads_values_and_warns_of_small_denominators(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "v.csv"
    path.write_text("period,value\n" + "\n".join(f"p{place},{place % 3}" for place in range(6)))
    told = json.loads(ran(capsys, "watch", path, "--format", "json").out)
    assert told["stretches"][0]["label"] == "trial limits"
    assert told["stretches"][0]["lower"] < 0
    assert json.loads(ran(capsys, "watch", path, "--percent", "--format", "json").out)["stretches"][0]["lower"] == 0
    path.write_text("period,numerator,denominator\n" + "\n".join(f"p{place},{place % 3},8" for place in range(6)))
    said = plain(ran(capsys, "watch", path, "--screen").out)
    assert "Fewer than 10 in the denominator in p0, p1" in said
    assert "NHS England's workbooks do not" in said


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("period,value\na,1\nb,2\n", (), "needs 5 points"),
        ("period,value\na,1\na,2\na,3\na,4\na,5\n", (), "appears twice"),
        ("period,value\na,one\n", (), "a number is missing or is none"),
        ("period,value\na,nan\n", (), "a number is missing or is none"),
        ("period,numerator,denominator\na,5,4\n", (), "between nothing and all"),
        ("when,value\na,1\n", (), "it has no column “period”"),
        ("period,value\na,1\n", ("--target", "5"), "which way is better"),
        ("period,value\na,1\n", ("--target", "nan", "--better", "low"), "must be a number"),
        ("period,value\na,1\n", ("--rebase", "a"), "gives no reason"),
        ("period,value\na,1\nb,2\nc,3\nd,4\ne,5\n", ("--picture", "x.gif"), "end the name in .svg or .png"),
    ],
)
def test_watch_refuses_in_one_sentence(
    text: str, words: tuple[str, ...], says: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text)
    told = ran(capsys, "watch", path, *words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err


# ---- suppress

TEAMS = {("North", "girls"): 16, ("North", "boys"): 14, ("South", "girls"): 4, ("South", "boys"): 22}
TEAMS |= {("East", "girls"): 18, ("East", "boys"): 11}


def write(path: Path, counts: dict[tuple[str, str], Any]) -> Path:
    path.write_text("team,sex,count\n" + "\n".join(f"{a},{b},{count}" for (a, b), count in counts.items()))
    return path


def test_suppress_prints_the_safe_table_with_its_key(tmp_path: Path, capsys: Capture) -> None:
    told = ran(capsys, "suppress", write(tmp_path / "t.csv", TEAMS), "--profile", "dfe-la")
    assert told.code == 0
    assert "4 of 12 figures withheld" in " ".join(told.out.split())
    assert "not applicable" in told.out
    assert "22" not in told.out.split("Key")[0].replace("│", " ").split(), "South's boys would tell of its girls"


def test_csv_json_and_workbook_hold_the_same_safe_table(tmp_path: Path, capsys: Capture) -> None:
    import fastexcel

    dims = (Dimension("team", ("North", "South", "East")), Dimension("sex", ("girls", "boys")))
    safe = suppress(CrossTable(dims, TEAMS), DFE_LA)
    expected = {tuple(part or "Total" for part in key): str(value) for key, value in safe.cells.items()}
    words = ("suppress", write(tmp_path / "t.csv", TEAMS), "--profile", "dfe-la", "--format")
    rows = list(csv.DictReader(io.StringIO(ran(capsys, *words, "csv").out)))
    assert {(row["team"], row["sex"]): row["count"] for row in rows} == expected
    cells = json.loads(ran(capsys, *words, "json").out)["cells"]
    assert {tuple(cell["categories"].values()): str(cell["count"]) for cell in cells} == expected
    out = tmp_path / "t.xlsx"
    assert ran(capsys, *words, "xlsx", "--output", out).code == 0
    sheet = fastexcel.read_excel(out).load_sheet(0, dtypes="string").to_polars()
    assert {row[:2]: row[2] for row in sheet.rows()} == expected
    assert len(fastexcel.read_excel(out).sheet_names) == 2, "the key has a sheet of its own"


def test_suppress_says_which_categories_to_combine(tmp_path: Path, capsys: Capture) -> None:
    counts = dict(zip(((a, b) for a in "pqr" for b in "xyz"), (0, 62, 2, 52, 0, 21, 0, 21, 4), strict=True))
    path = write(tmp_path / "t.csv", counts)
    told = ran(capsys, "suppress", path, "--profile", "dfe-la")
    assert told.code == 1
    assert "combine these" in " ".join(told.out.split())
    data = json.loads(ran(capsys, "suppress", path, "--profile", "dfe-la", "--format", "json").out)
    assert (data["safe"], data["cells"]) == (False, [])
    assert data["combine"][-1]["safe"]
    assert " with ".join(data["combine"][-1]["combine"]) in told.out


def test_suppress_says_when_only_a_breakdown_less_will_do(tmp_path: Path, capsys: Capture) -> None:
    counts = dict(zip(((a, b) for a in "pq" for b in "xy"), (1, 7, 40, 0), strict=True))
    told = ran(capsys, "suppress", write(tmp_path / "t.csv", counts), "--profile", "dfe-la")
    assert told.code == 1
    assert "leave the breakdown by sex out" in plain(told.out)


def test_suppress_keeps_symbols_and_heeds_units(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "t.csv"
    path.write_text('home,count,units\nA,40,1\nB,"1,050",9\nC,z,\nD,60,4\n')
    rows = list(
        csv.DictReader(io.StringIO(ran(capsys, "suppress", path, "--profile", "dfe-la", "--format", "csv").out))
    )
    assert {row["home"]: row["count"] for row in rows} == {"A": "c", "B": "1050", "C": "z", "D": "c", "Total": "1150"}
    strict = ran(capsys, "suppress", path, "--profile", "strict", "--national", "--format", "csv").out
    assert "Total,1110" in strict


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no column “count”"),
        ("count\n5\n", "one, two or three columns"),
        ("a,count\nx,5\nTotal,5\n", "leave the rows of “Total” out"),
        ("a,count\nx,5\nx,6\n", "there twice"),
        ("a,count\nx,5.5\n", "other than a whole number"),
        ("a,count\n,5\n", "is blank"),
        ("a,count\n", "must be there"),
        ("a,b,count\n" + "\n".join(f"{n},{n},9" for n in range(50)), "more than can be made safe"),
    ],
)
def test_suppress_refuses_in_one_sentence(text: str, says: str, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    told = ran(capsys, "suppress", path, "--profile", "dfe-la")
    assert (told.code, told.out) == (2, "")
    assert says in told.err


# ---- amounts and the record


@pytest.fixture
def with_rates(tmp_path: Path) -> tuple[Any, ...]:
    (tmp_path / "lait.csv").write_text(lait_csv(rates()))
    return ("--authority", "830", "--benchmarks", tmp_path / "lait.csv")


def test_compare_lays_rates_beside_the_published_ones(with_rates: tuple[Any, ...], capsys: Capture) -> None:
    path = returns() / "ssd"
    words = ("compare", path, *with_rates, "--as-at", "2026-03-31", "--format", "json")
    told = {one["code"]: one for one in json.loads(ran(capsys, *words, "--population", "4000").out)["compared"]}
    assert {"FD-04", "CN-01", "CLA-01", "CLA-12", "FD-05"} <= set(told)
    assert told["FD-04"]["value"] == pytest.approx(told["FD-04"]["counted"] * 10_000 / 4_000)
    published = told["FD-04"]["published"]
    assert published["value"] == float(rates()["CPP_Total_Rateper10,000", "2025", "830"])
    assert (published["unit"], published["quarter"], published["rank"]) == ("per 10,000", None, None)
    assert published["z_adjusted"] is not None
    without = {one["code"] for one in json.loads(ran(capsys, *words).out)["compared"]}
    assert "FD-04" not in without and "CLA-12" in without
    one = ran(capsys, *words[:-2], "--population", "4000", "--measure", "CLA-02")
    assert (one.code, one.out) == (2, "")
    assert "nothing published" in one.err


def test_compare_speaks_of_six_months_only_where_lists_were_asked(with_rates: tuple[Any, ...], capsys: Capture) -> None:
    words = ("compare", returns() / "ssd", *with_rates, "--measure", "FD-05", "--format", "json")
    for day, another in (("2026-03-31", False), ("2026-02-28", True)):
        (told,) = json.loads(ran(capsys, *words, "--as-at", day).out)["compared"]
        assert not any("six months" in caution for caution in told["cautions"])
        assert any("Ours is for the 12 months up to" in caution for caution in told["cautions"]) is another


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--measure", "FD-04"), "Add --population"),
        (("--measure", "CL-12"), "aged 18 to 20"),
        (("--measure", "FD-04", "--population", "0"), "--population is the number"),
    ],
)
def test_compare_refuses_what_is_not_to_be_compared(words: tuple[str, ...], says: str, capsys: Capture) -> None:
    told = ran(capsys, "compare", returns() / "ssd", "--authority", "830", "--as-at", "2026-03-31", *words)
    assert (told.code, told.out) == (2, "")
    assert says in plain(told.err)
