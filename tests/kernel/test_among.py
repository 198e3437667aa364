"""Funnels of rates on an invented file against a second computation, and on the Department's own figures."""

from functools import cache
from math import sqrt
from statistics import fmean, quantiles

import pytest
from tests.kernel.benchmark_file import authorities, children_of, lait_csv, rates
from tests.kernel.test_comparison import LAIT, OURS, needs_lait

from goldthread.domain.funnels import Basis
from goldthread.kernel.among import about_counts, basis_of, children_in, funnel_of, ranks_of, units
from goldthread.kernel.benchmark_codes import CHILDREN_FROM, COUNTERPARTS, NOT_PAIRED, PER_10K
from goldthread.kernel.benchmarks import Benchmarks
from goldthread.kernel.charts import funnel_chart
from goldthread.kernel.comparison import compare_ours
from goldthread.kernel.declared import better, declared
from goldthread.kernel.measure import Better
from goldthread.readers.lait import read_lait, read_lait_bytes

OUTSIDE = {"CP-17", "CLA-19", "CL-05", "WF-01", "WF-02", "WF-03", "WF-04"}
"""Published, and asked of nothing that is handed in."""


@cache
def invented() -> Benchmarks:
    low = {("CPP_Abuse_Rate", "2025", code): str(40 + place) for place, code in enumerate(authorities())}
    return read_lait_bytes(lait_csv({**rates(), **low}).encode(), "invented.csv")


def test_children_are_worked_back_from_a_count_and_its_rate() -> None:
    found, true = children_in(invented(), "2025"), children_of()
    assert set(found) == set(true)
    for code, children in true.items():
        # A rate of some hundreds with one decimal bounds the error by one part in several thousand.
        assert found[code] == pytest.approx(children, rel=0.0005)
    assert children_in(invented(), "2024") == {}, "a count without a rate tells nothing"


@pytest.mark.parametrize(("code", "count", "rate"), [("FD-04", "CPP_Total_NumRef", None), ("CN-01", None, "CIN")])
def test_a_funnel_of_rates_agrees_with_a_second_computation(code: str, count: str | None, rate: str | None) -> None:
    found = funnel_of(invented(), code, "2025")
    assert found is not None and found.basis is Basis.RATE
    children, printed, names = children_in(invented(), "2025"), rates(), authorities()
    events = {
        names[who]: int(printed[count, "2025", who])
        if count
        else round(float(printed["CIN", "2025", who]) * of / 10_000)
        for who, of in children.items()
    }
    here = {names[who]: number for who, number in children.items()}
    pooled = sum(events.values()) / sum(here.values())
    assert found.pooled == pytest.approx(pooled)
    # The square root of a Poisson count has a variance of one quarter, whatever the count.
    z = {name: (sqrt(events[name] / here[name]) - sqrt(pooled)) / sqrt(1 / (4 * here[name])) for name in events}
    assert {one.unit.name: one.z for one in found.units} == pytest.approx(z)
    cuts = quantiles(z.values(), n=10, method="inclusive")
    phi = fmean(min(max(value, cuts[0]), cuts[-1]) ** 2 for value in z.values())
    assert found.phi == pytest.approx(phi)
    weights = [4 * number for number in here.values()]
    tau2 = (len(z) * phi - (len(z) - 1)) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    assert found.tau2 == pytest.approx(max(0.0, tau2))
    limits = found.limits(50_000)
    half = 1.96 * sqrt(1 / (4 * 50_000) + found.tau2)
    assert (limits.low95, limits.high95) == pytest.approx(((sqrt(pooled) - half) ** 2, (sqrt(pooled) + half) ** 2))


def test_a_rate_is_told_for_so_many_children_and_has_no_rank() -> None:
    assert basis_of("CLA-01") is Basis.RATE and basis_of("CLA-04") is basis_of("XX-1") is Basis.SHARE
    assert ranks_of(invented(), "FD-04", "2025", high_is_better=True, seed=1) == {}
    found = funnel_of(invented(), "FD-04", "2025")
    assert found is not None
    chart = funnel_chart(found, "Derbyshire", "Referrals")
    assert "per 10,000" in chart.title and "%" not in chart.title
    assert chart.columns[3] == "per 10,000"
    own = next(row for row in chart.rows if row[0] == "Derbyshire")
    assert own[3] == pytest.approx(float(rates()["CPP_Total_Rateper10,000", "2025", "830"]), abs=0.1)
    assert units(invented(), "CLA-01", "2024") == ()


def test_what_was_worked_back_is_said() -> None:
    said = {}
    for code in ("FD-04", "CN-01", "FD-05"):
        found = funnel_of(invented(), code, "2025")
        assert found is not None
        said[code] = about_counts(invented(), code, found, "2025")
    assert "of children are worked back" in said["FD-04"][0]
    assert "of children and events are worked back" in said["CN-01"][0]
    assert "rounded percentages" in said["FD-05"][0]
    assert all("holds 20 of 153" in told[1] or "holds 19 of 153" in told[1] for told in said.values())


def test_what_is_context_for_us_has_no_quarter_whatever_the_file_says() -> None:
    found = compare_ours(invented(), "CP-07", OURS)
    assert found is not None and found.quarters is not None
    assert (found.better, found.quartile_band, found.rank) == ("context", None, None)


def test_every_pair_is_declared_in_one_unit_or_not_paired_for_a_reason() -> None:
    assert set(COUNTERPARTS) - set(declared()) == OUTSIDE
    assert set(NOT_PAIRED) <= set(declared()) and not set(NOT_PAIRED) & set(COUNTERPARTS)
    for code, counterpart in COUNTERPARTS.items():
        if code in declared():
            assert declared()[code].unit == counterpart.unit, code
        if counterpart.unit == PER_10K and code in declared():
            assert declared()[code].better is Better.CONTEXT, "of no rate either way is better, so none is ranked"
    told = [caution for one in COUNTERPARTS.values() for caution in (*one.of_lists, *one.of_record)]
    assert all(words.endswith(".") for words in (*told, *NOT_PAIRED.values()))
    assert set(better().values()) == {"high", "low", "context"}


# ---- on the Department's own figures


@cache
def published() -> Benchmarks:
    return read_lait(LAIT)


@needs_lait
def test_the_children_of_all_authorities_are_those_of_england() -> None:
    children = children_in(published(), "2025")
    assert len(children) == 153
    england = published().of(CHILDREN_FROM[0]).filter(level="national", period="2025")["value"][0]
    rate = published().of(CHILDREN_FROM[1]).filter(level="national", period="2025")["value"][0]
    assert sum(children.values()) == pytest.approx(10_000 * england / rate, rel=0.001)


@needs_lait
@pytest.mark.parametrize(
    ("code", "events", "rate", "stands_out"),
    [("FD-04", 10_999, 704.4, 0), ("CN-01", 5_431, 347.8, 0), ("CP-06", 729, 46.7, 0), ("CLA-01", 1_024, 65.6, 0)],
)
def test_derbyshire_among_the_rates_of_2025(code: str, events: int, rate: float, stands_out: int) -> None:
    found = funnel_of(published(), code, "2025")
    assert found is not None
    own = found.place("Derbyshire")
    assert own is not None
    assert (own.unit.numerator, own.stands_out) == (events, stands_out)
    assert 10_000 * own.share == pytest.approx(rate, abs=0.05)
    assert found.outside_plain > 0.6, "limits for chance alone would put most authorities outside"
