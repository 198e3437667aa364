"""A submission's measures beside published figures: every figure a second time, plainly from the file's text."""

import csv
import io
from dataclasses import replace
from datetime import date
from statistics import mean, quantiles
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.factories import inspection, member
from tests.kernel.benchmark_file import lait_csv, neighbours_csv, rates, values
from tests.submissions_story import Held, assessments

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import actions, comparing, ours
from goldthread.apps.comparison.coming_in import rates_beside
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions import queries, worker
from goldthread.apps.submissions.models import Submission
from goldthread.domain.benchmarks import headlines
from goldthread.web.exports import as_csv
from goldthread.web.presenters import comparison as presenter

pytestmark = pytest.mark.django_db

PUBLISHED = values()
LAIT = {"AS-01": "Continue_Assess_Comp", "FD-05": "ReReferral"}
NEAR = ("831", "855", "856", "891", "900", "901", "902", "903", "904")


@pytest.fixture
def own() -> Inspection:
    return inspection(authority="Derbyshire")


@pytest.fixture
def analyst(own: Inspection) -> Actor:
    return member(own, "analyst")


def send(own: Inspection, by: Actor, data: bytes | None = None) -> Submission:
    with Held(assessments(60) if data is None else data) as upload:
        row = submissions.receive(
            inspection=own, upload=upload, label="lists.xlsx", client_key=uuid4(), as_at=None, by=by
        )
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=row.pk)


def load(own: Inspection, by: Actor, *texts: str) -> None:
    for text in texts or (lait_csv(), neighbours_csv()):
        with Held(text.encode()) as upload:
            actions.load(inspection=own, upload=upload, label="figures.csv", client_key=uuid4(), by=by)


def held(measure: str, period: str, codes: Any) -> list[float]:
    """The published values of some authorities, those with a figure."""
    return [
        float(text) for code in codes if (text := PUBLISHED.get((measure, period, code), "")).replace(".", "").isdigit()
    ]


def test_every_figure_is_what_the_file_says(own: Inspection, analyst: Actor) -> None:
    row = send(own, analyst)
    load(own, analyst)
    found = comparing.compared(row)
    assert {one.ours.code for one in found.rows} >= {"AS-01"}
    for made in (one for one in found.rows if one.ours.code in LAIT):
        measure = LAIT[made.ours.code]
        told = presenter.row(made)
        everybody = held(measure, "2025", {code for _, _, code in PUBLISHED})
        near = held(measure, "2025", NEAR)
        ours = next(one for one in queries.measures(row) if one.code == made.ours.code)
        assert told.own == PUBLISHED[measure, "2025", "830"]
        assert (told.england, told.region) == ("80.0", "79.0")
        assert (told.neighbours, told.neighbours_of) == (f"{mean(near):.1f}", f"{len(near)} of 10")
        lower, middle, upper = quantiles(everybody, n=4, method="inclusive")
        high = measure == "Continue_Assess_Comp"

        def band(value: float, high: bool = high, edges: Any = (lower, middle, upper)) -> str:
            above = sum(value > edge for edge in edges)
            return "DCBA"[above] if high else "ABCD"[above]

        assert told.quarter == band(float(told.own))
        assert told.quarter_of == f"{len(everybody)} of 153"
        assert [(period, figure) for period, figure, _ in told.years] == [
            (period, PUBLISHED[measure, period, "830"]) for period in ("2023", "2024", "2025")
        ]
        before = float(PUBLISHED[measure, "2024", "830"])
        assert told.change == f"{float(told.own) - before:+.1f}".replace("-", "−")
        if ours.share.value.value is not None:
            assert told.quarter_of_file == band(ours.share.value.value)
            gap = 80 - ours.share.value.value
            assert made.behind_england == pytest.approx(gap if high else -gap)


def test_without_files_there_are_england_and_the_region(own: Inspection, analyst: Actor) -> None:
    row = send(own, analyst)
    found = comparing.compared(row)
    made = next(one for one in found.rows if one.ours.code == "AS-01")
    told = presenter.row(made)
    shipped = {(one.place, one.period): one.value for one in headlines() if one.code == "AS-01"}
    assert found.beside.only_headlines
    assert float(told.england) == shipped["England", told.made.published.period]
    assert float(told.region) == shipped["East Midlands", told.made.published.period]
    assert (told.own, told.neighbours, told.quarter, told.quarter_of_file) == ("", "", "", "")
    assert presenter.finding(found.rows, "these lists") == ""


def test_an_authority_without_figures_is_laid_beside_england_alone(analyst: Actor) -> None:
    own = inspection()
    by = member(own, "analyst", "Anna Analyst")
    row = send(own, by)
    load(own, by)
    found = comparing.compared(row)
    told = presenter.row(next(one for one in found.rows if one.ours.code == "AS-01"))
    assert (told.england, told.own, told.region, told.neighbours, told.quarter) == ("80.0", "", "", "", "")


def test_the_worst_quarter_and_the_furthest_behind_come_first(own: Inspection, analyst: Actor) -> None:
    row = send(own, analyst)
    load(own, analyst)
    rows = comparing.compared(row).rows
    bands = [one.published.quartile_band for one in presenter.in_order(rows, "quarter")]
    known = [band for band in bands if band]
    assert known == sorted(known, reverse=True) and bands[: len(known)] == known
    behind = [one.behind_england for one in presenter.in_order(rows, "england")]
    told = [gap for gap in behind if gap is not None]
    assert told == sorted(told, reverse=True) and behind[: len(told)] == told
    assert presenter.in_order(rows, "area") == list(rows)


def test_one_measure_has_a_strip_and_its_years_and_the_rank_only_with_an_interval(
    own: Inspection, analyst: Actor
) -> None:
    row = send(own, analyst)
    load(own, analyst)
    found = comparing.one(analyst, own.pk, row.pk, "AS-01")
    charts = comparing.charts(found)
    assert list(charts) == ["strip", "years"]  # no counts are published behind this percentage here
    assert found.among is None
    places = {name: value for name, value, _ in charts["strip"].rows}
    expected = {
        name: float(PUBLISHED["Continue_Assess_Comp", "2025", code])
        for name, code in (("Derbyshire", "830"), ("Derby", "831"), ("Leicestershire", "855"))
    }
    assert {name: places[name] for name in expected} == expected
    ours = found.row.value
    assert ours is not None and places["these lists"] == pytest.approx(ours, abs=0.05)
    with pytest.raises(comparing.NotCompared):
        comparing.one(analyst, own.pk, row.pk, "AS-03")
    with pytest.raises(comparing.NotCompared):
        comparing.chart(found, "funnel")


def test_a_small_count_leaves_neither_in_a_table_nor_in_a_picture(own: Inspection, analyst: Actor) -> None:
    row = send(own, analyst, assessments(12))
    load(own, analyst)
    found = comparing.one(analyst, own.pk, row.pk, "AS-01")
    ours = found.row.ours
    assert ours.whole is not None and ours.value is not None
    assert 1 <= min(ours.counted, ours.whole - ours.counted) <= 5, "the story must hold a small count"
    assert "these lists" in [name for name, *_ in comparing.charts(found)["strip"].rows]
    assert "these lists" not in [name for name, *_ in comparing.chart(found, "strip").rows]
    assert "these lists" not in str(comparing.chart(found, "strip").spec)
    table = presenter.table(row, comparing.compared(row), by="Anna", at=timezone.localtime())
    lines = {line["Code"]: line for line in csv.DictReader(io.StringIO(as_csv(table).decode("utf-8-sig")))}
    line = lines["AS-01"]
    assert line["Handed in"].startswith("withheld") and line["Likely from"] == line["Likely to"] == ""
    assert line["Counted"].startswith("withheld")
    assert line["Published"] == PUBLISHED["Continue_Assess_Comp", "2025", "830"]


def test_a_break_stands_between_the_years_that_are_not_one_series(own: Inspection, analyst: Actor) -> None:
    from goldthread.domain.benchmarks import find_authority
    from goldthread.kernel.comparison import compare
    from goldthread.readers.lait import read_lait_bytes

    found = compare(read_lait_bytes(lait_csv().encode(), "x"), "LAC_Ind_SInd_Liv_Arr", find_authority("Derbyshire"))
    assert found is not None
    assert [(period, broken) for period, _, broken in presenter._years(found)] == [
        ("2023", False), ("2024", True), ("2025", False)
    ]  # fmt: skip


def test_the_finding_says_whose_figure_stands_in_the_quarter_and_how_many_lie_elsewhere() -> None:
    def made(published: str, own: str, period: str) -> Any:
        return SimpleNamespace(published=SimpleNamespace(quartile_band=published, period=period), quarter_of_file=own)

    rows = [made("A", "A", "2025"), made("A", "C", "2025"), made("D", "B", "2024-25"), made("", "", "2025")]
    assert presenter.finding(rows, "these lists") == (
        "By the published figures of 2024-25 and 2025, of 3 measures with a quarter: 2 in the best quarter, 1 in the "
        "worst quarter. By these lists, 2 would lie in another quarter."
    )
    assert presenter.finding(rows[:1], "these lists").endswith("By these lists, none lies in another quarter.")
    assert "By these lists" not in presenter.finding([made("A", "", "2025")], "these lists")


@pytest.mark.parametrize(
    ("of_record", "back", "since", "misses"),
    [
        (True, 24, "2025-04-01", True),
        (True, 24, "2024-04-01", False),
        (True, 12, "2025-04-01", False),
        (True, 0, "2026-03-01", False),
        (True, 24, "", False),
        (False, 24, "2025-04-01", False),
    ],
)
def test_a_figure_that_looks_back_further_than_what_is_seen_is_not_placed(
    own: Inspection, analyst: Actor, of_record: bool, back: int, since: str, misses: bool
) -> None:
    row = send(own, analyst)
    load(own, analyst)
    made = next(one for one in comparing.compared(row).rows if one.ours.code == "AS-01")
    submission = SimpleNamespace(as_at=date(2026, 3, 31), counts={"known_from": since})
    measured = replace(
        made.ours, of=ours.Of.RECORD if of_record else ours.Of.LISTS, detail={**made.ours.detail, "looks_back": back}
    )

    why = comparing.half_seen(measured, submission)  # type: ignore[arg-type]
    placed = replace(made, ours=measured, half_seen=why)

    assert bool(why) is misses
    assert ("1 April 2025 only" in why) is misses
    assert (placed.quarter_of_file is None) is misses
    assert (placed.behind_england is None) is misses


def test_what_comes_in_stands_beside_englands_rate_and_the_neighbours_mean(own: Inspection, analyst: Actor) -> None:
    row = send(own, analyst)
    shipped = {(one.code, one.place): one for one in headlines()}
    own.children_in_area = 157_000
    own.save()
    row.inspection.refresh_from_db()
    alone = rates_beside(row, ["FD-01", "FD-04", "CP-01"])
    assert alone["FD-01"].markers == () and alone["FD-01"].children == 157_000
    for code in ("FD-04", "CP-01"):
        england = shipped[code, "England"]
        told = [(one.name, one.rate, one.period) for one in alone[code].markers]
        assert told == [("England", england.value, england.period)]
    assert rates_beside(row, []) == {}


def test_the_number_of_children_comes_from_the_inspection_or_from_what_is_published(
    own: Inspection, analyst: Actor
) -> None:
    row = send(own, analyst)
    assert rates_beside(row, ["FD-04"]) == {}, "nobody tells how many children live in the area"
    invented = rates()
    load(own, analyst, lait_csv(invented), neighbours_csv())
    found = rates_beside(row, ["FD-01", "FD-04"])
    count, rate = (float(invented[name, "2025", "830"]) for name in ("CPP_Total_NumRef", "CPP_Total_Rateper10,000"))
    assert found["FD-04"].children == found["FD-01"].children == round(10_000 * count / rate)
    near = [float(invented["CPP_Total_Rateper10,000", "2025", code]) for code in NEAR]
    assert [(one.name, one.rate) for one in found["FD-04"].markers] == [("9 neighbours", round(mean(near), 1))]
    own.children_in_area = 150_000
    own.save()
    row.inspection.refresh_from_db()
    assert rates_beside(row, ["FD-04"])["FD-04"].children == 150_000, "what the inspection says goes before"
