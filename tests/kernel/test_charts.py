"""What stands above a chart is true of its numbers; the table holds what the picture shows; no colour alone."""

import json
import random
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from tests.kernel.benchmark_file import lait_csv
from tests.kernel.test_comparison import NEAR

from goldthread.domain.benchmarks import find_authority
from goldthread.domain.control_charts import Direction, Point, Rebasing, control_chart
from goldthread.domain.funnels import Unit, funnel
from goldthread.domain.intervals import RelativeRate, relative_rate
from goldthread.domain.quartiles import Quartiles
from goldthread.domain.survival import Wait, kaplan_meier
from goldthread.engines.drawing import to_png, to_svg
from goldthread.kernel.benchmarks import Benchmarks
from goldthread.kernel.charts import (
    Chart,
    ChartRow,
    RelativeRow,
    authority_strip,
    comparison_lines,
    control_chart_picture,
    disproportion_chart,
    findings,
    funnel_chart,
    narrow_measures_chart,
    survival_chart,
)
from goldthread.kernel.comparison import Comparison, Figure, compare_ours
from goldthread.readers.lait import read_lait_bytes

OURS = find_authority("Derbyshire")


@cache
def invented() -> Benchmarks:
    return read_lait_bytes(lait_csv().encode(), "invented.csv")


def compared(code: str = "AS-01", benchmarks: Benchmarks | None = None) -> Comparison:
    found = compare_ours(benchmarks or invented(), code, OURS)
    assert found is not None
    return found


def with_value(value: str, year: str = "2025", measure: str = "Continue_Assess_Comp") -> Benchmarks:
    return read_lait_bytes(lait_csv({(measure, year, "830"): value}).encode(), "changed.csv")


def months(*values: float) -> list[Point]:
    return [Point(f"m{place:02}", value) for place, value in enumerate(values)]


ROSE = (70, 71, 69, 70, 72, 68, 70, 71, 85, 86, 84, 85, 87, 86, 85, 86)
CONTROL = control_chart(months(*ROSE), better=Direction.HIGH, percent=True)
REBASED = control_chart(
    months(*ROSE), better=Direction.HIGH, percent=True, rebasings=[Rebasing("m08", "New front door")]
)
WAITS = [Wait(day, day % 3 == 0) for day in range(1, 500, 7)]
ROWS = [
    RelativeRow("Mixed", 60, 2400, relative_rate(60, 2400, 500, 40_000)),
    RelativeRow("Asian", 22, 3000, relative_rate(22, 3000, 500, 40_000)),
    RelativeRow("Other", 0, 120, None),
]


def a_funnel() -> list[Unit]:
    chance = random.Random(2)
    made = []
    for place in range(60):
        n = chance.randint(100, 900)
        made.append(Unit(f"LA {place}", sum(chance.random() < 0.4 for _ in range(n)), n))
    return made


def every_chart() -> dict[str, Chart]:
    return {
        "strip": authority_strip(compared()),
        "lines": comparison_lines(compared()),
        "broken": comparison_lines(compared("CLA-12")),
        "funnel": funnel_chart(funnel([*a_funnel(), Unit("Derbyshire", 600, 900)]), "Derbyshire", "In time"),
        "control": control_chart_picture(CONTROL, "In time", target=80, unit="%"),
        "rebased": control_chart_picture(REBASED, "In time", target=80, unit="%"),
        "survival": survival_chart(kaplan_meier(WAITS), "had been referred again"),
        "disproportion": disproportion_chart(ROWS, "White children", "to be looked after"),
    }


@pytest.mark.parametrize("name", list(every_chart()))
def test_every_chart_is_drawn_with_its_finding_and_has_a_table(name: str) -> None:
    chart = every_chart()[name]
    svg = to_svg(chart.spec)
    assert "style=" not in svg and "<script" not in svg
    assert chart.title.split()[0] in svg
    assert chart.summary.startswith(chart.title)
    assert chart.spec["description"] == chart.summary
    assert chart.rows and all(len(row) == len(chart.columns) for row in chart.rows)


def test_a_chart_can_be_drawn_as_png() -> None:
    assert to_png(every_chart()["strip"].spec, scale=1.0).startswith(b"\x89PNG")


def test_a_narrow_chart_fits_a_telephone_and_shows_every_dot() -> None:
    rows = [ChartRow("Initial conferences within 15 working days of the strategy discussion", 58.1, 45.7, 69.5),
            ChartRow("Assessments", 100.0, 97.0, 100.0), ChartRow("Nothing", 0.0, 0.0, 3.0)]  # fmt: skip
    picture = to_svg(narrow_measures_chart(rows, summary="What it shows"))
    head = re.search(r'width="(\d+)" height="(\d+)"', picture)
    assert head is not None and int(head[1]) <= 290
    dots = re.findall(r'aria-roledescription="point"[^>]*transform="translate\(([\d.]+),([\d.]+)\)"', picture)
    assert [round(float(across)) for across, _ in dots] == [round(240 * row.value / 100) for row in rows]
    assert all(0 < float(down) < int(head[2]) for _, down in dots)
    for words in ("Initial conferences within 15", "Assessments", "Nothing", "58.1%"):
        assert words in picture


@pytest.mark.parametrize("name", ["strip", "lines", "funnel", "control"])
def test_what_colour_tells_shape_tells_too(name: str) -> None:
    def encodings(part: Any) -> list[dict[str, Any]]:
        if isinstance(part, dict):
            own = [part["encoding"]] if "encoding" in part else []
            return own + [found for inner in part.values() for found in encodings(inner)]
        return [found for inner in part for found in encodings(inner)] if isinstance(part, list) else []

    coloured = [entry for entry in encodings(every_chart()[name].spec) if "shape" in entry]
    assert coloured
    for entry in coloured:
        assert entry["shape"]["field"] == entry["color"]["field"]
        shapes = entry["shape"]["scale"]["range"][: len(entry["shape"]["scale"]["domain"])]
        assert len(set(shapes)) == len(shapes)


def test_the_strip_shows_every_authority_once_and_the_comparators() -> None:
    found = compared()
    chart = authority_strip(found)
    assert {row[0]: row[1] for row in chart.rows if row[2] != "comparator"} == {p.name: p.value for p in found.peers}
    assert [row[:2] for row in chart.rows if row[2] == "comparator"] == [("England", 80.0), ("East Midlands", 79.0)]
    assert [row[0] for row in chart.rows if row[2] == "own"] == ["Derbyshire"]
    dots = chart.spec["layer"][0]["data"]["values"]
    assert sorted(dot["value"] for dot in dots) == sorted(p.value for p in found.peers)
    assert len({(dot["value"], dot["stack"]) for dot in dots}) == len(dots), "no dot hides another"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("99.9", "Derbyshire: 99.9% in 2025, in the best quarter of 18 authorities; England 80.0%"),
        ("1.0", "Derbyshire: 1.0% in 2025, in the worst quarter of 18 authorities; England 80.0%"),
    ],
)
def test_the_finding_of_a_strip(value: str, says: str) -> None:
    assert findings.of_strip(compared(benchmarks=with_value(value))) == says


def test_the_finding_of_a_strip_without_a_figure_or_a_better_way() -> None:
    camden = compare_ours(invented(), "AS-01", find_authority("Camden"))
    assert camden is not None
    assert findings.of_strip(camden) == "Camden has no published figure for 2025"
    assert findings.of_lines(camden) == "Camden has no published figures that can be compared"
    assert "per 10,000 in 2025; England 80 per 10,000" in findings.of_strip(compared("CLA-01"))
    assert authority_strip(camden).rows


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("70.0", "80.0", "Derbyshire rose from 70.0 in 2023 to 80.0% in 2025; England is at 80.0%"),
        ("80.0", "70.0", "Derbyshire fell from 80.0 in 2023 to 70.0% in 2025; England is at 80.0%"),
        ("70.0", "70.0", "Derbyshire is where it was in 2023, at 70.0%, in 2025; England is at 80.0%"),
    ],
)
def test_the_finding_of_lines(first: str, last: str, says: str) -> None:
    key = "Continue_Assess_Comp"
    text = lait_csv({(key, "2023", "830"): first, (key, "2025", "830"): last})
    assert findings.of_lines(compared(benchmarks=read_lait_bytes(text.encode(), "x"))) == says


@pytest.mark.parametrize(
    ("first", "moved"), [("78.0", "rose"), ("79.5", "hardly moved,"), ("80.5", "hardly moved,"), ("82.0", "fell")]
)
def test_a_move_that_changes_nothing_about_where_an_authority_stands_is_no_rise_and_no_fall(
    first: str, moved: str
) -> None:
    key = "Continue_Assess_Comp"
    found = compared(benchmarks=read_lait_bytes(lait_csv({(key, "2023", "830"): first}).encode(), "x"))
    wide = replace(found, quarters=Quartiles(75.0, 80.0, 85.0, 18), own=replace(found.own, figures=ends(found, first)))
    assert findings.of_lines(wide).startswith(f"Derbyshire {moved} from {first} in 2023 to 80.0% in 2025")
    assert "hardly" not in findings.of_lines(replace(wide, quarters=None)), "without a spread every move is told"


def ends(found: Comparison, first: str) -> tuple[Figure, ...]:
    """The first and the last figure of the authority, the last of them at 80."""
    held = [one for one in found.own.figures if one.value is not None]
    return replace(held[0], value=float(first)), replace(held[-1], value=80.0)


def test_no_line_and_no_finding_crosses_a_break() -> None:
    found = compared("CLA-12")
    assert "in 2024 to" in findings.of_lines(found), "2023 lies on the other side"
    chart = comparison_lines(found)
    parts: dict[str, set[int]] = {}
    for row in chart.spec["layer"][0]["data"]["values"]:
        parts.setdefault(row["part"], set()).add(row["year"])
    assert {frozenset(years) for years in parts.values()} == {frozenset({2023}), frozenset({2024, 2025})}
    assert "Break in 2024" in chart.summary
    only = with_value("c", "2025", "LAC_Ind_SInd_Liv_Arr")
    assert findings.of_lines(compared("CLA-12", only)).startswith("Derbyshire: ")


def test_the_lines_have_a_table_of_years_with_symbols() -> None:
    leicester = compare_ours(invented(), "AS-01", find_authority("Leicester"))
    assert leicester is not None
    chart = comparison_lines(leicester)
    assert chart.columns == ("place", "2023", "2024", "2025")
    assert chart.rows[0][-1] == "c"
    assert chart.rows[1] == ("England", 80.0, 80.0, 80.0)
    assert NEAR


def test_the_finding_of_a_funnel() -> None:
    plain = funnel([*a_funnel(), Unit("High", 360, 600), Unit("Mid", 240, 600)])
    says = findings.of_funnel
    assert says(plain, plain.place("High"), "High", "x") == "High, at 60.0%, is higher than chance explains"
    assert says(plain, plain.place("Mid"), "Mid", "x") == "Mid, at 40.0%, is within what chance explains"
    assert says(plain, None, "Nowhere", "In time") == "Nowhere has no counts published for “In time”"
    assert findings.spread_warning(plain) == ""
    wide = funnel([Unit(f"LA {place}", 900 if place % 2 else 100, 1000) for place in range(20)])
    assert "usual spread" in says(funnel([*wide_units(), Unit("Low", 1, 1000)]), _low(), "Low", "x")
    assert says(wide, wide.place("LA 1"), "LA 1", "x").endswith("the spread that authorities have anyway")
    assert "question about data" in findings.spread_warning(wide)


def wide_units() -> list[Unit]:
    return [Unit(f"LA {place}", 450 + 5 * place, 1000) for place in range(20)]


def _low() -> Any:
    return funnel([*wide_units(), Unit("Low", 1, 1000)]).place("Low")


def test_the_funnels_table_holds_the_counts_and_both_z() -> None:
    chart = every_chart()["funnel"]
    own = next(row for row in chart.rows if row[0] == "Derbyshire")
    assert own[1:4] == (600, 900, 66.7)
    assert chart.columns[-2:] == ("z", "z allowing for spread")


@pytest.mark.parametrize(
    ("chart", "target", "says"),
    [
        (
            CONTROL,
            80,
            "In time: sustained improvement since m08; the target of 80% was met in each of the last 8 points",
        ),
        (
            CONTROL,
            60,
            "In time: sustained improvement since m08; the target of 60% was met in each of the last 16 points",
        ),
        (CONTROL, None, "In time: sustained improvement since m08"),
        (REBASED, 99, "In time: no change beyond chance; the target of 99% is consistently missed"),
        (control_chart(months(*ROSE), better=Direction.LOW), None, "In time: sustained decline since m08"),
        (control_chart(months(*ROSE)), None, "In time: risen, beyond chance"),
        (control_chart(months(*reversed(ROSE))), None, "In time: fallen, beyond chance"),
        (
            control_chart(months(*ROSE[:9]), better=Direction.HIGH),
            None,
            "In time: getting better, beyond chance",
        ),
        (control_chart(months(*ROSE[:9]), better=Direction.LOW), None, "In time: getting worse, beyond chance"),
    ],
)
def test_the_finding_of_a_control_chart(chart: Any, target: float | None, says: str) -> None:
    assert findings.of_control_chart(chart, "In time", target, "%", 1) == says


def test_limits_break_where_they_were_drawn_anew_and_the_reason_is_shown() -> None:
    chart = every_chart()["rebased"]
    lines = {row["line"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "line" in row}
    assert {"mean0", "mean8"} <= lines
    assert "New front door" in json.dumps(chart.spec)
    assert "Limits drawn anew from m08: New front door." in chart.summary
    assert chart.rows[0][2] != chart.rows[-1][2]
    screened = control_chart(months(*ROSE), screen=True)
    assert "left out" in control_chart_picture(screened, "x").summary


def test_signals_have_shapes_of_their_own() -> None:
    def kinds(chart: Chart) -> set[str]:
        return {row["kind"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "signal" in str(row)}

    assert kinds(every_chart()["control"]) == {"signal: better", "signal: worse"}
    assert kinds(control_chart_picture(control_chart(months(*ROSE)), "x")) == {"signal"}
    held = control_chart_picture(CONTROL, "In time", target=80, unit="%", sides=True)
    assert kinds(held) == {"signal: higher", "signal: lower"}
    assert held.title.partition("; ")[2] == every_chart()["control"].title.partition("; ")[2], "the target is the same"


def test_the_finding_of_a_survival_curve() -> None:
    curve = kaplan_meier([*[Wait(100, True)] * 30, *[Wait(400, False)] * 70])
    assert findings.of_survival(curve, "had come back", 365).startswith("By day 365, 30% had come back (range 22 to 40")
    assert "too soon to say" in findings.of_survival(curve, "had come back", 730)
    late = survival_chart(curve, "had come back", day=730)
    assert late.rows == ((100, 100, 30, 30.0, 22.0, 40.0),)


def test_the_finding_of_disproportion_names_the_clearest_group() -> None:
    says = findings.of_disproportion
    groups = [
        ("A", RelativeRate(1.3, 0.9, 1.9)),
        ("B", RelativeRate(0.4, 0.3, 0.6)),
        ("C", RelativeRate(2.1, 1.6, 2.8)),
    ]
    assert says(groups, "White children", "to be looked after") == (
        "B: 0.4 times as likely as White children to be looked after (range 0.3 to 0.6)"
    )
    assert says([groups[0], ("D", None)], "White children", "to be looked after") == (
        "No group is more or less likely than White children to be looked after, beyond chance"
    )


def test_relative_rates_stand_on_a_scale_where_twice_and_half_are_equally_far() -> None:
    chart = every_chart()["disproportion"]
    assert '"type": "log"' in json.dumps(chart.spec)
    assert chart.rows[-1] == ("Other", 0, 120, None, None, None)
    assert "too few to say" in to_svg(chart.spec)
