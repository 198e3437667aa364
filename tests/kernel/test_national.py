"""The nation from its parts: true counts together, and nothing small in what is released."""

import random
import statistics

import polars as pl
import pytest

from goldthread.domain.disclosure import CONFIDENTIAL, DFE_LA
from goldthread.kernel.authorities import AUTHORITIES
from goldthread.kernel.national import GROUPS, MEASURES, Part, together
from goldthread.kernel.national_release import ENGLAND, Release
from goldthread.kernel.national_release import released as released_with
from goldthread.kernel.regions import REGIONS, region_of


def _measures(*rows: tuple[str, int, int], code: str = "AS-01", kind: str = "measure") -> pl.DataFrame:
    """Rows of one measure: authority, numerator, denominator."""
    return pl.DataFrame(
        [
            {"authority": who, "form": "cin", "kind": kind, "code": code, "title": "T", "unit": "%", "better": "high",
             "numerator": yes,
             "denominator": whole, "not_known": 0, "value": 100 * yes / whole if whole else None}
            for who, yes, whole in rows
        ],
        schema=MEASURES,
    )  # fmt: skip


def released(measures: pl.DataFrame, groups: pl.DataFrame | None = None) -> Release:
    return released_with(measures, _groups() if groups is None else groups)


def _groups(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    """Rows of one measure by ethnicity: authority, group, numerator, denominator."""
    whole = [
        (who, "cin", "measure", "AS-01", "ethnicity_group", group, yes, of, 0, None) for who, group, yes, of in rows
    ]
    return pl.DataFrame(whole, schema={"authority": pl.String, "form": pl.String, **GROUPS}, orient="row")


def _lines(measures: pl.DataFrame) -> dict[str, tuple[str, str, str]]:
    told = released(measures).measures.select("authority", "numerator", "denominator", "value")
    return {who: (yes, whole, value) for who, yes, whole, value in told.iter_rows()}


def test_england_is_the_sum_of_the_authorities() -> None:
    lines = _lines(_measures(("A", 40, 100), ("B", 30, 60), ("C", 0, 0)))
    assert lines == {
        ENGLAND: ("70", "160", "43.8"),
        "A": ("40", "100", "40.0"),
        "B": ("30", "60", "50.0"),
        "C": ("0", "0", "z"),
    }


def test_a_small_count_is_hidden_and_another_with_it() -> None:
    lines = _lines(_measures(("A", 3, 100), ("B", 30, 60), ("C", 50, 90)))
    assert lines["A"] == (CONFIDENTIAL, "100", CONFIDENTIAL)
    assert lines[ENGLAND][0] != CONFIDENTIAL
    assert [who for who, line in lines.items() if line[0] == CONFIDENTIAL and who != "A"], "B or C covers A"


@pytest.mark.parametrize("seed", range(15))
def test_no_small_count_comes_out_by_subtraction(seed: int) -> None:
    """Counted by hand: whoever sums what is shown and takes it from the total is left with two hidden or more."""
    dice = random.Random(seed)
    rows = []
    for number in range(12):
        whole = dice.choice((0, 7, 12, 80, 400))
        rows.append((f"LA{number:02}", dice.randint(0, whole), whole))
    lines = _lines(_measures(*rows))
    true = {who: (yes, whole) for who, yes, whole in rows}
    for who, (yes, whole) in true.items():
        for shown, count in zip(lines[who][:2], (yes, whole), strict=True):
            assert shown in (CONFIDENTIAL, str(count))
            assert shown == CONFIDENTIAL or not DFE_LA.hides(count)
        if DFE_LA.hides(whole - yes):
            assert CONFIDENTIAL in lines[who][:2], "the rest of the authority's children would be found by subtraction"
    for place in (0, 1):
        hidden = [true[who][place] for who in true if lines[who][place] == CONFIDENTIAL]
        if hidden and lines[ENGLAND][place] != CONFIDENTIAL:
            assert len(hidden) > 1


def test_the_quartiles_are_those_of_what_is_shown() -> None:
    rows = [(f"LA{number}", 10 * number, 100) for number in range(1, 8)]
    told = released(_measures(*rows, ("FEW", 2, 8))).benchmarks.row(0, named=True)
    shown = released(_measures(*rows, ("FEW", 2, 8))).measures
    values = [float(v) for who, v in shown.select("authority", "value").iter_rows() if v != "c" and who != ENGLAND]
    naive = statistics.quantiles(values, n=4, method="inclusive")
    assert [told[name] for name in ("lower_quartile", "median", "upper_quartile")] == pytest.approx(naive)
    assert told["authorities"] == len(values)


def test_an_amount_of_few_is_hidden_and_england_has_none() -> None:
    few = _measures(("A", 0, 9), ("B", 0, 30), kind="amount", code="AS-04").with_columns(
        pl.lit(41.25).alias("value"), pl.lit(None, pl.Int64).alias("numerator")
    )
    assert _lines(few) == {ENGLAND: ("z", ":", ":"), "A": ("z", "c", "c"), "B": ("z", "30", "41.3")}


def test_the_order_of_parts_changes_nothing() -> None:
    def part(who: str, *codes: str) -> Part:
        rows = tuple(row for code in codes for row in _measures((who, 30, 60), code=code).iter_rows(named=True))
        said = {"authority": who, "form": "cin", "year": 2026, "used": True, "rows": 5, "rules_run": 1,
                "rules_not_run": 0, "says": ""}  # fmt: skip
        broken = {"authority": who, "form": "cin", "rule": "100", "severity": "error", "issues": 2, "children": 1}
        return Part(submission=said, validation=(broken,), measures=rows)

    parts = [part("B", "Y", "X"), part("A", "X", "Y")]
    one, other = together(parts), together(reversed(parts))
    for here, there in zip(one, other, strict=True):
        assert here.equals(there)
    assert one.submissions["authority"].to_list() == ["A", "B"]
    assert released(one.measures, one.breakdowns).measures.equals(released(other.measures).measures)


def test_no_parts_make_empty_frames() -> None:
    frames = together(())
    assert [frame.height for frame in (*frames, *released(frames.measures, frames.breakdowns))] == [0] * 7


def _nation(seed: int, largest: int) -> list[tuple[str, int, int]]:
    dice = random.Random(seed)
    rows = []
    for code, name in sorted(AUTHORITIES.items()):
        whole = dice.randint(0, largest)
        rows.append((f"{code} {name}", dice.randint(0, whole), whole))
    return rows


def test_every_authority_of_england_lies_in_one_region() -> None:
    held = [code for codes in REGIONS.values() for code in codes]
    assert len(held) == len(set(held)) and len(REGIONS) == 9
    assert all(region_of(f"{code} Name") for code in AUTHORITIES) and len(AUTHORITIES) == 153
    assert region_of("830 Derbyshire") == "East Midlands" and region_of("201") == "London"
    assert region_of("8300 of another list") is None and region_of("Derbyshire") is None


@pytest.mark.parametrize("seed", range(3))
def test_regions_are_the_sums_of_their_authorities_and_hide_what_subtraction_would_tell(seed: int) -> None:
    """Counted by hand, region by region: two figures or more are hidden of whatever is hidden."""
    rows = _nation(seed, 60)
    lines, true = _lines(_measures(*rows)), {who: (yes, whole) for who, yes, whole in rows}
    for region in REGIONS:
        names = [who for who in true if region_of(who) == region]
        if lines[region] == (CONFIDENTIAL,) * 3:
            continue
        assert lines[region][:2] == (str(sum(true[who][0] for who in names)), str(sum(true[who][1] for who in names)))
        for place in (0, 1):
            hidden = [true[who][place] for who in names if lines[who][place] == CONFIDENTIAL]
            assert len(hidden) != 1, "the region less the others would be the hidden one"
            assert not hidden or sum(hidden) - len(hidden) >= DFE_LA.width
        assert not any(DFE_LA.hides(true[who][0]) and lines[who][0] != CONFIDENTIAL for who in names)
    apart = [region for region in REGIONS if lines[region][0] == CONFIDENTIAL]
    assert len(apart) != 1 and len(apart) < 6, "England less the others would be the one"
    assert lines[ENGLAND][:2] == (str(sum(yes for _, yes, _ in rows)), str(sum(whole for _, _, whole in rows)))


def test_a_region_that_would_have_to_be_hidden_takes_another_with_it() -> None:
    """One authority alone stands for the North East, with a small count; of three regions one is left to tell."""
    rows = [(f"{code} L", 20, 50) for code in range(201, 212)]
    more = [("800 B", 20, 50), ("801 C", 30, 50)]
    lines = _lines(_measures(*rows, *more, ("840 County Durham", 3, 40)))
    assert [region for region in REGIONS if lines.get(region, ("",))[0] == CONFIDENTIAL] == ["North East", "South West"]
    assert lines["London"] == ("220", "550", "40.0")
    assert lines["840 County Durham"][0] == CONFIDENTIAL
    assert sum(line[0] == CONFIDENTIAL for line in lines.values()) > 1


def test_a_region_that_cannot_be_made_safe_withholds_its_authorities_and_no_others() -> None:
    """One authority with a single child, yes: whatever is hidden beside it in London is not enough for the engine."""
    rows = _nation(4, 200)
    lines, true = _lines(_measures(*rows)), {who: (yes, whole) for who, yes, whole in rows}
    london = [who for who in true if region_of(who) == "London"]
    assert {lines[who] for who in london} == {(CONFIDENTIAL,) * 3}
    assert lines["London"][:2] == (str(sum(true[who][0] for who in london)), str(sum(true[who][1] for who in london)))
    others = [who for who in true if who not in london]
    assert sum(lines[who][0] != CONFIDENTIAL for who in others) > len(others) * 2 // 3


def test_bands_are_those_of_the_authorities_shown_and_the_best_is_a() -> None:
    rows = [(f"LA{number}", 10 * number, 100) for number in range(1, 9)]
    told = released(_measures(*rows))
    bands = dict(told.measures.select("authority", "band").iter_rows())
    assert (bands["LA8"], bands["LA7"], bands["LA1"], bands["LA2"]) == ("A", "A", "D", "D")
    assert bands[ENGLAND] is None
    few = released(_measures(*rows, ("LA9", 90, 100), ("LA0", 50, 100), ("FEW", 2, 8))).measures
    assert all(band is None for value, band in few.select("value", "band").iter_rows() if value == CONFIDENTIAL)
    assert few["band"].drop_nulls().len() >= 8
    assert told.benchmarks.select("authorities", "of").row(0) == (8, 153)
    low = released(_measures(*rows).with_columns(better=pl.lit("low"))).measures
    assert dict(low.select("authority", "band").iter_rows())["LA1"] == "A"
    for no_band in (_measures(*rows[:7]), _measures(*rows).with_columns(better=pl.lit("context"))):
        assert released(no_band).measures["band"].null_count() == len(released(no_band).measures)


def test_england_by_group_adds_up_to_england_and_hides_small_groups() -> None:
    measures = _measures(("A", 50, 100), ("B", 40, 100))
    groups = _groups(
        ("A", "White", 30, 60), ("A", "Black", 18, 35), ("A", "Other", 2, 5),
        ("B", "White", 20, 50), ("B", "Black", 19, 49), ("B", "Other", 1, 1),
    )  # fmt: skip
    told = released(measures, groups).breakdowns
    lines = {group: (yes, whole, value) for group, yes, whole, value in
             told.select("group", "numerator", "denominator", "value").iter_rows()}  # fmt: skip
    assert set(lines) == {"White", "Black", "Other"} and set(told["by"]) == {"ethnicity_group"}
    assert lines["Other"][0] == CONFIDENTIAL and lines["Other"][2] == CONFIDENTIAL
    others = [lines[name] for name in ("White", "Black")]
    assert any(line[0] == CONFIDENTIAL for line in others), "England less the others would be the small one"
    assert set(told["code"]) == {"AS-01"}


def test_where_england_is_hidden_so_is_every_group() -> None:
    told = released(_measures(("A", 3, 50)), _groups(("A", "White", 3, 30), ("A", "Black", 0, 20)))
    england = told.measures.row(0, named=True)
    assert CONFIDENTIAL in england.values()
    assert {value for row in told.breakdowns.select("numerator", "denominator", "value").rows() for value in row} == {
        CONFIDENTIAL
    }
