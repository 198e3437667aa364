"""The nation from its parts: true counts together, and nothing small in what is released."""

import random
import statistics

import polars as pl
import pytest

from goldthread.domain.disclosure import CONFIDENTIAL, DFE_LA
from goldthread.kernel.national import ENGLAND, MEASURES, Part, released, together


def _measures(*rows: tuple[str, int, int], code: str = "AS-01", kind: str = "measure") -> pl.DataFrame:
    """Rows of one measure: authority, numerator, denominator."""
    return pl.DataFrame(
        [
            {"authority": who, "form": "cin", "kind": kind, "code": code, "title": "T", "unit": "%", "numerator": yes,
             "denominator": whole, "not_known": 0, "value": 100 * yes / whole if whole else None}
            for who, yes, whole in rows
        ],
        schema=MEASURES,
    )  # fmt: skip


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
    assert released(one.measures).measures.equals(released(other.measures).measures)


def test_no_parts_make_empty_frames() -> None:
    frames = together(())
    assert [frame.height for frame in (*frames, *released(frames.measures))] == [0] * 5
