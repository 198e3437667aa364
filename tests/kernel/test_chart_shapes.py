"""The shapes that practitioners know: titles say what the counts bear, tables hold them, words say what colour says."""

import json
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from goldthread.domain.disclosure import DFE_LA, flow_table, suppress_flows
from goldthread.engines.drawing import to_svg
from goldthread.kernel.charts import (
    STATES,
    Chart,
    Desk,
    Filled,
    Flow,
    Graded,
    Judged,
    Limit,
    Patch,
    banded_bars,
    caseload_dots,
    completeness_matrix,
    count_bars,
    distance_bands,
    drift_bars,
    ecdf,
    grade_strip,
    graded_bars,
    linked,
    monthly_columns,
    pyramid,
    safe_sankey,
    sankey,
    state_bars,
    tartan_rug,
    whole_bars,
)
from goldthread.kernel.charts.base import in_lines, layered
from goldthread.kernel.tally import Tally

AGES, SEXES = ("Under 1", "1 to 4", "5 to 9"), ("Female", "Male", "Neither")
PEOPLE = Tally(AGES, SEXES, {("Under 1", "Female"): 3, ("1 to 4", "Female"): 12, ("1 to 4", "Male"): 18,
                             ("5 to 9", "Male"): 7, ("5 to 9", "Neither"): 1})  # fmt: skip
BANDS = Tally(("0 to 10", "11 to 15", "16 or more"), ("",), {("0 to 10", ""): 6, ("11 to 15", ""): 9,
                                                             ("16 or more", ""): 5})  # fmt: skip
DUTIES = Tally(("Visits", "Reviews"), STATES, {("Visits", STATES[0]): 15, ("Visits", STATES[1]): 5,
                                               ("Visits", STATES[2]): 3, ("Reviews", STATES[0]): 20,
                                               ("Reviews", STATES[3]): 1})  # fmt: skip
MONTHS = Tally(("Jul 2026", "Aug 2026", "Sep 2026"), ("Work", "None"), {
    ("Jul 2026", "Work"): 2, ("Aug 2026", "Work"): 10, ("Aug 2026", "None"): 4, ("Sep 2026", "Work"): 12,
})  # fmt: skip
HOMES = Tally(("Foster care", "Children's homes"), ("Inside", "Outside"), {
    ("Foster care", "Inside"): 30, ("Foster care", "Outside"): 10, ("Children's homes", "Outside"): 10,
})  # fmt: skip
LASTED = Tally(("All", "12 months or more", "24 months or more"), ("",), {
    ("All", ""): 40, ("12 months or more", ""): 9, ("24 months or more", ""): 2,
})  # fmt: skip
FLOWS = (
    Flow(0, "Contact", "Referral", 60), Flow(0, "Contact", "No referral", 40, "1-0"),
    Flow(1, "Referral", "Assessment", 55, "2-0"), Flow(1, "Referral", "No assessment", 5, "3-0"),
)  # fmt: skip
PATCHES = (
    Patch("North", "Visits", 20, 5, "0-0"), Patch("North", "Reviews", 20, 1, "0-2"), Patch("South", "Visits", 4, 3),
    Patch("South", "Reviews", 0, 0),
)  # fmt: skip
DESKS = (Desk("North", "Ann", 12, "0-0"), Desk("North", "Bob", 25), Desk("South", "Cay", 18), Desk("South", "Dee", 18))
REVIEWS = (Graded("Quality of practice", {"good": 6, "requires improvement": 3, "inadequate": 1}, 0.36, 0.81),
           Graded("Care", {"outstanding": 2, "good": 78, "inadequate": 1}), Graded("Leaving care", {}))  # fmt: skip
HISTORY = (
    Judged(date(2024, 6, 1), "ILACS", "Overall effectiveness", "good"),
    Judged(date(2013, 12, 6), "SIF", "Overall effectiveness", "good"),
    Judged(date(2019, 9, 1), "ILACS", "Overall effectiveness", "requires improvement"),
    Judged(date(2022, 3, 1), "ILACS", "Care leavers", ""),
)
COLUMNS = (
    Filled("List 1", "Date of Contact", 100, 100), Filled("List 1", "Ethnicity", 80, 100),
    Filled("List 4", "End date", 20, 100, may_be_blank=True), Filled("List 5", "Team", 0, 0),
)  # fmt: skip


def every_shape() -> dict[str, Chart]:
    return {
        "pyramid": pyramid(PEOPLE, "children in care"),
        "whole": whole_bars(PEOPLE, "children", "Female"),
        "counts": count_bars(BANDS, "conferences", warns=("16 or more",)),
        "banded": banded_bars(BANDS, "conferences", ("16 or more",), unit="working days"),
        "states": state_bars(DUTIES),
        "ecdf": ecdf([3, 9, 12, 20, 44, 45, 45, 46, 60, 90, 91], "assessments", Limit(45, "limit", "1-0"), unit="days"),
        "drift": drift_bars(LASTED, "open plans", (0, 12, 24)),
        "months": monthly_columns(MONTHS, "referrals", cut=("Jul 2026",)),
        "sankey": sankey(FLOWS, "children", stages=("Contact", "Referral", "Assessment")),
        "rug": tartan_rug(PATCHES),
        "homes": distance_bands(HOMES, "children in care", outside="Outside"),
        "desks": caseload_dots(DESKS, 18),
        "graded": graded_bars(REVIEWS),
        "strip": grade_strip(HISTORY, "Wexcombe"),
        "filled": completeness_matrix(COLUMNS),
    }


TITLES = {
    "pyramid": "The largest group is aged 1 to 4: 30, 73% of children in care",
    "whole": "37% of children: female (15 of 41)",
    "counts": "The largest group of conferences: 11 to 15, 9 (45%)",
    "banded": "75% of conferences were in time: 15 of 20",
    "states": "Most often late: visits, 5 of 20 late (25%)",
    "ecdf": "36% of assessments took longer than 45 days; half took 45 or less",
    "drift": "2 of 40 open plans have lasted 24 months or more",
    "months": "Referrals: 13 a month on average; 12 in Sep 2026",
    "sankey": "Of 100 children, 60 (60%) went to: referral",
    "rug": "Furthest behind: North, visits (5 of 20 overdue)",
    "homes": "40% of children in care live outside: 20 of 50",
    "desks": "1 of 4 workers have more than 18 children, up to 25",
    "graded": "6 of 10 reviewed files are good or better: quality of practice",
    "strip": "Wexcombe, overall effectiveness: good in 2013, requires improvement in 2019, good in 2024",
    "filled": "Emptiest: Ethnicity of List 1, 80% filled (80 of 100)",
}


@pytest.mark.parametrize("name", TITLES)
def test_every_shape_says_its_finding_and_is_drawn_with_a_table(name: str) -> None:
    chart = every_shape()[name]
    assert chart.title == TITLES[name]
    assert chart.summary.startswith(chart.title)
    assert chart.rows and all(len(row) == len(chart.columns) for row in chart.rows)
    assert not chart.marks or len(chart.marks) == len(chart.rows)
    svg = to_svg(chart.spec)
    assert "style=" not in svg and "<script" not in svg and "Infinity" not in svg and "NaN" not in svg
    assert chart.title.split()[0] in svg


def labels_of(chart: Chart) -> dict[str, str]:
    """On which side of its place each label of a chart stands."""
    texts = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "text"]
    return {row["label"]: layer["mark"]["align"] for layer in texts for row in layer["data"]["values"]}


def test_the_words_of_a_wait_keep_clear_of_the_line_of_the_limit() -> None:
    near = ecdf([300, 400, 410, 420, 480], "waits", Limit(426, "threshold: 426 days"), unit="days")
    assert labels_of(near) == {"median: 410": "right", "90% by: 480": "left", "threshold: 426 days": "left"}
    early = ecdf([10, 12, 15, 20, 480], "waits", Limit(426, "threshold: 426 days"), unit="days")
    assert labels_of(early)["median: 15"] == "left", "there is no room before it"
    assert set(labels_of(ecdf([1, 2, 3], "waits", None, unit="days")).values()) == {"left"}


def test_the_halo_of_words_leads_nowhere() -> None:
    chart = ecdf([3, 9, 12], "assessments", Limit(9, "limit", "1-0"), unit="days")
    halos = [layer for layer in chart.spec["layer"] if layer["mark"].get("stroke") == "white"]
    assert len(halos) == 3 and not any("mark" in row for one in halos for row in one["data"]["values"])


def test_there_is_a_title_for_every_shape() -> None:
    assert set(TITLES) == set(every_shape())


def words(chart: Chart) -> str:
    return json.dumps([layer["data"]["values"] for layer in chart.spec["layer"]])


@pytest.mark.parametrize(
    ("name", "says"),
    [("banded", "5 late"), ("counts", "5 (25%) \\u25b2"), ("rug", "5 of 20 \\u25b2"), ("states", '"Late"'),
     ("homes", '"Outside"'), ("strip", '"R"'), ("filled", '"80"'), ("graded", '"requires improvement"')],
)  # fmt: skip
def test_what_colour_says_words_say_too(name: str, says: str) -> None:
    assert says in words(every_shape()[name])


def test_workers_above_the_threshold_have_a_shape_of_their_own() -> None:
    dots = every_shape()["desks"].spec["layer"][1]
    shape = dots["encoding"]["shape"]["scale"]
    assert dict(zip(shape["domain"], shape["range"], strict=True)) == {"within": "circle", "over": "triangle-up"}
    assert [row["kind"] for row in dots["data"]["values"]] == ["within", "over", "within", "within"]
    lifted = [row["lift"] for row in dots["data"]["values"] if row["team"] == "South"]
    assert len(set(lifted)) == 2, "two workers with as many children do not hide each other"


@pytest.mark.parametrize("name", ["pyramid", "banded", "counts", "drift", "months", "homes"])
def test_bars_begin_at_nought(name: str) -> None:
    text = json.dumps(every_shape()[name].spec)
    assert '"zero": false' not in text


def test_a_pyramid_holds_those_of_neither_sex_in_its_table() -> None:
    chart = every_shape()["pyramid"]
    assert ("5 to 9", "Neither", 1) in chart.rows
    sides = chart.spec["layer"][0]["data"]["values"]
    assert {row["age"]: row["count"] for row in sides if row["side"] == "Female"} == {
        "Under 1": -3, "1 to 4": -12, "5 to 9": 0,
    }  # fmt: skip


def test_the_parts_of_a_whole_bar_fill_it_once() -> None:
    for chart in (every_shape()["whole"], every_shape()["states"], every_shape()["graded"]):
        ends: dict[str, list[tuple[float, float]]] = {}
        for row in chart.spec["layer"][0]["data"]["values"]:
            name = row.get("group") or row.get("duty") or row.get("part")
            ends.setdefault(name, []).append((row["from"], row["to"]))
        for parts in ends.values():
            assert parts[0][0] == 0 and parts[-1][1] == pytest.approx(1)
            assert all(before[1] == pytest.approx(after[0]) for before, after in pairwise(parts))


def test_several_parts_may_be_told_together() -> None:
    chart = whole_bars(PEOPLE, "children", "A girl or a boy", told=("Female", "Male"))
    assert chart.title == "98% of children: a girl or a boy (40 of 41)"


def test_few_have_counts_and_no_percentage() -> None:
    few = Tally(("0 to 10", "16 or more"), ("",), {("0 to 10", ""): 6, ("16 or more", ""): 2})
    chart = banded_bars(few, "conferences", ("16 or more",), unit="days")
    assert chart.title == "6 of 8 conferences were in time"
    assert "Too few for a percentage" in chart.summary
    assert "Likely between 53 and 89%" in every_shape()["banded"].summary


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ([10] * 20, "None of waits took longer than 45 days; half took 10 or less"),
        ([10] * 5, "Half of waits took 10 days or less, nine tenths 10"),
        ([], "No waits are counted"),
    ],
)
def test_the_finding_of_waits(numbers: list[float], says: str) -> None:
    assert ecdf(numbers, "waits", Limit(45, "limit"), unit="days").title == says


def test_the_steps_of_waits_rise_to_all_of_them() -> None:
    chart = every_shape()["ecdf"]
    steps = chart.spec["layer"][0]["data"]["values"]
    assert [step["share"] for step in steps] == sorted(step["share"] for step in steps)
    assert (steps[0]["share"], steps[-1]["share"]) == (0, 1)
    assert chart.rows == (("10%", 9), ("25%", 12), ("50%", 45), ("75%", 60), ("90%", 90), ("100%", 91),
                          ("longer than 45", "4 of 11"))  # fmt: skip
    assert chart.marks[-1] == "1-0"


def test_a_month_of_which_the_lists_hold_a_part_is_marked_and_not_averaged() -> None:
    chart = every_shape()["months"]
    assert '"2*"' in words(chart)
    assert "The month is not whole in the lists" in chart.summary
    assert monthly_columns(MONTHS, "referrals").title == "Referrals: 9 a month on average; 12 in Sep 2026"


def test_flows_are_as_wide_as_they_are_many_and_meet_their_boxes() -> None:
    chart = every_shape()["sankey"]
    widths: dict[int, set[float]] = {}
    for point in chart.spec["layer"][0]["data"]["values"]:
        widths.setdefault(point["flow"], set()).add(round(point["y2"] - point["y"], 9))
    assert all(len(held) == 1 for held in widths.values())
    wide = sorted((held.pop() for held in widths.values()), reverse=True)
    assert [one / wide[0] for one in wide] == pytest.approx([1, 55 / 60, 40 / 60, 5 / 60])
    boxes = {row["label"]: row["y2"] - row["y"] for row in chart.spec["layer"][1]["data"]["values"]}
    assert boxes["Referral 60"] == pytest.approx(wide[0])
    assert boxes["Contact 100"] == pytest.approx(wide[0] + wide[2])


def test_the_finding_of_flows_adds_up_what_went_to_one_box_from_several() -> None:
    moves = (Flow(0, "Foster care", "Foster care", 30), Flow(0, "Foster care", "Children's homes", 25),
             Flow(0, "With parents", "Children's homes", 25), Flow(0, "With parents", "With parents", 20))  # fmt: skip
    assert sankey(moves, "moves", stages=("From", "To")).title == "Of 100 moves, 50 (50%) went to: children's homes"


def test_withheld_flows_are_thin_dashed_bands_of_one_width_and_said_to_be_withheld() -> None:
    ways = {("Contact", "No referral"): 40, ("Contact", "Referral", "Care"): 3, ("Contact", "Referral", "Plan"): 9,
            ("Contact", "Referral", "Nothing"): 48}  # fmt: skip
    safe = suppress_flows(
        flow_table((way, f"{way}{number}") for way, count in ways.items() for number in range(count)), DFE_LA
    )
    assert safe is not None
    chart = safe_sankey(safe, "children with a contact", stages=("Contact", "Referral", "Furthest since"))
    assert chart.title == "Of 100 children with a contact, 60 (60%) went to: referral"
    assert ("Referral", "Care", "c") in chart.rows and ("Referral", "Plan", "c") in chart.rows
    assert ("Referral", "all", 60) in chart.rows and ("all", "Care", "c") in chart.rows
    dashed = [layer for layer in chart.spec["layer"] if "strokeDash" in layer["mark"]]
    widths = {round(point["y2"] - point["y"], 9) for layer in dashed for point in layer["data"]["values"]}
    assert len(widths) == 1 and len(dashed) == 1
    assert "Care c" in words(chart) and "Plan c" in words(chart) and "Referral 60" in words(chart)
    assert "dashed bands are all of one width" in chart.summary
    picture = json.dumps([chart.spec, chart.rows])
    # Nothing of the picture depends on what is withheld: with other small numbers it is the same.
    others = {**ways, ("Contact", "Referral", "Care"): 4, ("Contact", "Referral", "Plan"): 8}
    again = suppress_flows(
        flow_table((way, f"{way}{number}") for way, count in others.items() for number in range(count)), DFE_LA
    )
    assert again is not None
    chart = safe_sankey(again, "children with a contact", stages=("Contact", "Referral", "Furthest since"))
    assert json.dumps([chart.spec, chart.rows]) == picture


def test_a_cell_of_the_rug_with_few_due_has_counts_and_no_shade() -> None:
    chart = every_shape()["rug"]
    assert [row[-1] for row in chart.rows] == ["behind", "slipping", "too few to say", "nothing due"]
    assert [row["label"] for row in chart.spec["layer"][1]["data"]["values"]][2:] == ["3 of 4", "–"]
    assert tartan_rug([Patch("North", "Visits", 20, 0)]).title == "Nothing that is due is overdue"
    assert tartan_rug([Patch("North", "Visits", 4, 3)]).title == "Which duties are overdue, by team"


def test_the_range_of_grades_is_drawn_and_told_where_the_files_speak_of_others() -> None:
    chart = every_shape()["graded"]
    assert chart.rows[0] == ("Quality of practice", 0, 6, 3, 1, 10, 6, 36.0, 81.0)
    assert chart.rows[1] == ("Care", 2, 78, 0, 1, 81, 80, None, None)
    assert chart.rows[2] == ("Leaving care", 0, 0, 0, 0, 0, 0, None, None)
    pieces, words, ranges = (layer["data"]["values"] for layer in chart.spec["layer"])
    assert [(one["part"], one["low"], one["high"]) for one in ranges] == [("Quality of practice (n = 10)", 0.36, 0.81)]
    assert [one["label"] for one in words] == ["6", "3", "1", "78"], "a piece that is too narrow has none"
    assert pieces[-1]["to"] == pytest.approx(1) and "likely range" in chart.summary
    assert "likely range" not in graded_bars(REVIEWS[1:]).summary
    assert graded_bars([REVIEWS[2]]).title == "No file has been graded yet"


def test_grades_of_different_frameworks_are_parted_and_not_joined() -> None:
    chart = every_shape()["strip"]
    marks = [layer["mark"]["type"] for layer in chart.spec["layer"]]
    assert "line" not in marks and marks.count("rule") == 1
    assert chart.summary.endswith("Grades of different frameworks do not ask the same.")
    assert ("2022-03-01", "ILACS", "Care leavers", "no grade") in chart.rows
    assert grade_strip([HISTORY[3]], "Wexcombe").title == "No graded inspection of Wexcombe is known"


def test_what_may_be_blank_is_not_called_empty() -> None:
    states = [row["state"] for row in every_shape()["filled"].spec["layer"][0]["data"]["values"]]
    assert states == ["full", "poor", "may be blank", "may be blank"]
    assert completeness_matrix(COLUMNS[:1]).title == "Every cell that must be filled is filled"
    assert completeness_matrix(COLUMNS[3:]).title == "There are no rows to look at"


HIDDEN = {
    "pyramid": lambda of: pyramid(of, "children"),
    "counts": lambda of: count_bars(of, "children"),
    "months": lambda of: monthly_columns(of, "children"),
    "homes": lambda of: distance_bands(of, "children", outside="Male"),
    "whole": lambda of: whole_bars(of, "children", "Male"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_where_a_count_is_withheld_the_title_claims_nothing_that_it_could_overturn(name: str) -> None:
    single = name == "counts"
    second = ("",) if single else SEXES
    counts: dict[tuple[str, str], int | None] = {(age, sex): 20 for age in AGES for sex in second}
    counts[AGES[1], second[0]] = None
    counts[AGES[2], second[-1] if single else "Male"] = None
    chart = HIDDEN[name](Tally(AGES, second, counts))
    assert not any(sign.isdigit() for sign in chart.title), chart.title
    assert sum("c" in row for row in chart.rows) >= 2
    assert "withheld" in chart.summary


def test_marks_lead_to_lists_and_what_leads_nowhere_is_no_link() -> None:
    chart = every_shape()["banded"]
    spec = linked(chart.spec, "bands/")
    links = [row["link"] for layer in spec["layer"] for row in layer["data"]["values"] if "link" in row]
    assert set(links) == {"bands/0-0/", "bands/1-0/", "bands/2-0/"}
    svg = to_svg(linked(every_shape()["rug"].spec, "rug/"))
    assert 'href="rug/0-0/"' in svg and "undefined" not in svg and "vega.github.io" not in svg
    assert "link" not in json.dumps(chart.spec), "the picture itself is left as it was"


def test_a_link_to_nobody_is_not_made() -> None:
    def marks(chart: Chart) -> set[Any]:
        return {row.get("mark") for layer in chart.spec["layer"] for row in layer["data"]["values"]}

    assert "0-1" not in marks(every_shape()["pyramid"]), "no boy is under one"
    assert "0-0" in marks(every_shape()["pyramid"])


def test_words_that_are_broken_over_lines_are_copied_as_words() -> None:
    title = "No group is more or less likely than the other groups to be counted, beyond chance alone, at 95% of it"
    lines = in_lines(title, 40)
    assert len(lines) > 2 and "".join(lines) == title
    spec = layered([], title=title, summary=title, about=title)
    assert "".join(spec["title"]["text"]).replace("\u00a0", " ") == "".join(spec["title"]["subtitle"]) == title


def test_a_long_area_of_the_strip_of_grades_stands_whole_in_its_label() -> None:
    """Areas of one framework begin alike: cut short, two of them could not be told apart."""
    areas = [f"The experiences and progress of children {who}" for who in ("in care", "who need help and protection")]
    chart = grade_strip([Judged(date(2026, 10, 7), "ILACS", one, "good") for one in areas], "Wexcombe")
    drawn = to_svg(chart.spec)
    assert "…" not in drawn and {row[2] for row in chart.rows} == set(areas)
    words = " ".join(" ".join(re.findall(r">([^<>]+)<", drawn)).split())
    assert all(one in words for one in areas)


def test_the_strip_of_grades_says_the_year_also_where_all_of_them_are_of_one() -> None:
    history = [Judged(date(2021, 9, 10), "ILACS", area, "good") for area in ("Overall", "Children in care")]
    assert {"2021", "2022"} <= set(re.findall(r">([^<>]+)<", to_svg(grade_strip(history, "Wexcombe").spec)))
