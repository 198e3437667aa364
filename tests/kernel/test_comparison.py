"""Comparisons on an invented file against a second computation, and on the Department's own where it is at hand."""

import statistics
from functools import cache
from pathlib import Path

import pytest
from tests.kernel.benchmark_file import NEAR, lait_csv, neighbours_csv, values

from goldthread.domain.benchmarks import NoSuchAuthority, authorities, find_authority, headlines
from goldthread.domain.quartiles import Band
from goldthread.kernel.among import funnel_of, ranks_of, units
from goldthread.kernel.benchmark_codes import BREAKS, COUNTERPARTS, KNOWN_GAPS, NO_NATIONAL_LINE
from goldthread.kernel.benchmarks import Benchmarks, Neighbours, from_headlines
from goldthread.kernel.comparison import Comparison, compare, compare_ours
from goldthread.kernel.declared import better
from goldthread.readers.lait import read_lait, read_lait_bytes, read_neighbours

HELD = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks"
LAIT, NEIGHBOURS = HELD / "lait_csc_long.csv.gz", HELD / "statistical_neighbours_long.csv"
needs_lait = pytest.mark.skipif(
    not LAIT.exists(), reason="the Department's benchmark file is not beside the repository"
)
OURS = find_authority("Derbyshire")


@cache
def invented() -> Benchmarks:
    return read_lait_bytes(lait_csv().encode(), "invented.csv")


@pytest.fixture
def near(tmp_path: Path) -> Neighbours:
    path = tmp_path / "near.csv"
    path.write_text(neighbours_csv())
    return read_neighbours(path)


def made(code: str, neighbours: Neighbours | None = None, model: str | None = None) -> Comparison:
    found = compare_ours(invented(), code, OURS, neighbours=neighbours, model=model)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "published", "high"), [("AS-01", "Continue_Assess_Comp", True), ("FD-05", "ReReferral", False)]
)
def test_a_comparison_agrees_with_a_second_computation(code: str, published: str, high: bool, near: Neighbours) -> None:
    found = made(code, near)
    printed = {
        who: float(value)
        for (measure, period, who), value in values().items()
        if measure == published and period == "2025" and value not in "c-x"
    }
    own = printed["830"]
    assert found.latest is not None and found.latest.value == own
    assert found.period == "2025"
    assert found.comparator(found.england) == 80
    assert found.comparator(found.region) == 79
    held = [printed[who] for who in NEAR if who in printed]
    mean = found.neighbours.at("2025") if found.neighbours else None
    assert mean is not None and mean.value is not None
    assert mean.value == pytest.approx(statistics.fmean(held))
    assert (mean.of, len(found.neighbours_named), found.model) == (len(held), 10, "2025")
    cuts = statistics.quantiles(printed.values(), n=4, method="inclusive")
    above = sum(own > cut for cut in cuts)
    assert found.quartile_band == ("DCBA" if high else "ABCD")[above]
    better = [value for value in printed.values() if (value > own if high else value < own)]
    assert found.rank == len(better) + 1
    assert found.quarters is not None and found.quarters.authorities == len(printed) == len(found.peers)
    assert found.change == pytest.approx(own - float(values()[published, "2024", "830"]))


def test_a_symbol_is_kept_and_is_no_figure(near: Neighbours) -> None:
    leicester = find_authority("Leicester")
    found = compare_ours(invented(), "AS-01", leicester)
    assert found is not None
    assert found.period == "2024", "the latest period with a figure"
    assert found.own.at("2025") is not None
    assert found.own.at("2025").symbol == "c"  # type: ignore[union-attr]
    assert any("latest figure of Leicester is for 2024" in caution for caution in found.cautions)
    said = " ".join(made("AS-01", near).cautions)
    assert "not in the neighbours' mean: Leicester, Invented 1, Abolished" in said
    assert "Quarters are of 18 of 153" in said


def test_where_neither_way_is_better_there_is_no_band_and_no_rank() -> None:
    found = made("CLA-01")
    assert (found.better, found.quartile_band, found.rank, found.band_of(50)) == ("context", None, None, None)
    assert found.unit == "per 10,000"
    assert found.quarters is not None


def test_another_value_can_be_placed_among_the_bands() -> None:
    found = made("AS-01")
    assert found.band_of(0.0) is Band.D
    assert found.band_of(100.0) is Band.A


def test_the_model_is_the_newest_unless_asked_for_and_must_be_there(near: Neighbours) -> None:
    older = made("AS-01", near, "2021")
    assert (older.model, len(older.neighbours_named)) == ("2021", 2)
    with pytest.raises(ValueError, match=r"no neighbour model 2007; the file has 2021, 2025"):
        made("AS-01", near, "2007")
    elsewhere = compare_ours(invented(), "AS-01", find_authority("Derby"), neighbours=near)
    assert elsewhere is not None and elsewhere.neighbours is None
    assert any("no neighbours for Derby" in caution for caution in elsewhere.cautions)
    assert made("AS-01").model is None


def test_a_change_across_a_break_is_none() -> None:
    found = made("CLA-12")
    assert [broken.year for broken in found.breaks] == [2024]
    assert found.change is not None, "2024 to 2025 lie on one side of it"
    only = read_lait_bytes("\n".join(line for line in lait_csv().splitlines() if ",2025," not in line).encode(), "x")
    across = compare_ours(only, "CLA-12", OURS)
    assert across is not None
    assert (across.period, across.change) == ("2024", None)


def test_what_the_file_lacks_cannot_be_compared() -> None:
    assert compare_ours(invented(), "CP-02", OURS) is None
    assert compare(invented(), "nothing", OURS) is None
    assert funnel_of(invented(), "AS-01", "2025") is None
    assert units(invented(), "XX-99", "2025") == ()
    assert ranks_of(invented(), "AS-01", "2025", high_is_better=True, seed=1) == {}


def test_an_authority_without_a_figure_has_no_band() -> None:
    camden = compare_ours(invented(), "AS-01", find_authority("Camden"))
    assert camden is not None
    assert (camden.latest, camden.quartile_band, camden.rank, camden.change) == (None, None, None, None)
    assert camden.region is None


def test_counts_are_worked_back_from_a_percentage() -> None:
    by_name = {unit.name: unit for unit in units(invented(), "FD-05", "2025")}
    whole = int(values()["CPP_Total_NumRef", "2025", "830"])
    share = float(values()["ReReferral", "2025", "830"])
    assert by_name["Derbyshire"].denominator == whole
    assert by_name["Derbyshire"].numerator == round(share * whole / 100)
    assert "Derby" not in by_name, "no figure, no unit"
    found = funnel_of(invented(), "FD-05", "2025")
    assert found is not None and len(found.units) == 19


def test_an_authority_is_found_by_name_old_code_or_new_code() -> None:
    for words in ("derbyshire", " Derbyshire County Council ", "830", "E10000007"):
        assert find_authority(words) is OURS
    assert find_authority("E10000023").name == find_authority("E06000065").name == "North Yorkshire"
    assert find_authority("Dorset").code == "838", "the one in force"
    assert find_authority("835").until == 2019
    assert find_authority("London Borough of Camden").code == "202"
    with pytest.raises(NoSuchAuthority, match="Did you mean Kingston upon Hull"):
        find_authority("Hull")
    with pytest.raises(NoSuchAuthority, match="write its name or its code"):
        find_authority("Nowhere")


def test_the_list_of_authorities_is_whole() -> None:
    in_force = [entry for entry in authorities() if entry.until is None]
    assert len(in_force) == 153
    assert len({entry.code for entry in authorities()}) == len(authorities()) == 158
    assert len({entry.region for entry in authorities()}) == 10


def test_headline_figures_have_a_source_and_stand_in_for_a_file() -> None:
    assert all(entry.source.startswith("Department for Education") for entry in headlines())
    leads = {code: entry.lait for code, entry in COUNTERPARTS.items()}
    shipped = from_headlines(headlines(), leads, better())
    found = compare_ours(shipped, "AS-01", OURS)
    assert found is not None
    assert (found.comparator(found.england), found.comparator(found.region)) == (85.7, 90.9)
    assert (found.latest, found.quarters, found.quartile_band) == (None, None, None)
    assert not shipped.has_authorities
    outside = compare_ours(shipped, "CLA-09", OURS)
    assert outside is not None and outside.comparator(outside.england) == 44


def test_the_mapping_names_measures_once_and_every_reason_is_a_sentence() -> None:
    published = [entry.lait for entry in COUNTERPARTS.values()]
    assert len(set(published)) == len(published)
    said = [caution for entry in COUNTERPARTS.values() for caution in entry.cautions]
    said += [broken.reason for breaks in BREAKS.values() for broken in breaks]
    said += [gap[-1] for gap in KNOWN_GAPS] + list(NO_NATIONAL_LINE.values())
    assert all(words.endswith(".") for words in said)


# ---- on the Department's own figures


@cache
def published() -> Benchmarks:
    return read_lait(LAIT)


@needs_lait
@pytest.mark.parametrize(
    ("code", "own", "england", "region", "mean", "quarter", "rank_of"),
    [
        ("CLA-04", 12, 10, 9, 10.6, "C", None),
        ("CLA-06", 54, 69, 69, 71.0, "D", (147, 150)),
        ("CLA-07", 21, 18, 22, 22.3, "C", None),
        ("AS-01", 92.8, 85.7, 90.9, 81.9, "A", None),
        ("CP-02", 75.7, 81.4, 84.2, 85.5, "D", None),
        ("CL-01", 61, 54, 56, 53.4, "A", None),
        ("CL-06", 96, 89, 91, 91.8, "A", None),
        ("FD-05", 28.9, 22.6, 24.7, 18.25, "D", (148, 153)),
    ],
)
def test_derbyshire_in_2025(
    code: str, own: float, england: float, region: float, mean: float, quarter: str, rank_of: tuple[int, int] | None
) -> None:
    found = compare_ours(published(), code, OURS, neighbours=read_neighbours(NEIGHBOURS))
    assert found is not None and found.latest is not None and found.neighbours is not None
    assert (found.period, found.latest.value) == ("2025", own)
    assert (found.comparator(found.england), found.comparator(found.region)) == (england, region)
    assert found.comparator(found.neighbours) == pytest.approx(mean, abs=0.051)
    assert found.quartile_band == quarter
    if rank_of is not None:
        assert found.quarters is not None
        assert (found.rank, found.quarters.authorities) == rank_of


@needs_lait
def test_the_neighbour_model_turns_a_conclusion_round() -> None:
    near = read_neighbours(NEIGHBOURS)
    means = []
    for model in ("2021", "2025"):
        found = compare_ours(published(), "CLA-07", OURS, neighbours=near, model=model)
        assert found is not None and found.neighbours is not None
        means.append(found.comparator(found.neighbours))
    assert means == pytest.approx([15.1, 22.3], abs=0.05)
    named = [{name for _, name in near.of("830", model)} for model in ("2021", "2025")]
    assert len(named[0] & named[1]) == 3


@needs_lait
@pytest.mark.parametrize(
    ("code", "authorities_in", "pooled", "phi_raw", "phi", "tau2", "outside", "z", "adjusted", "loose"),
    [
        # Where the published counts are those of the reference, to the printed digit; where a count is worked back
        # from a rounded percentage (stability, re-referral), or the denominator differs, within `loose` as a share.
        ("CLA-04", 150, 10.4, 4.2, 2.4, 0.00065, 29, 1.4, 0.7, 0.0),
        ("CLA-06", 150, 68.5, 3.0, 1.9, 0.00113, 23, -5.1, -3.3, 0.06),
        ("CL-01", 152, 54.0, 7.1, 3.7, 0.00273, 42, 2.9, 1.2, 0.08),
        ("CL-06", 149, 88.4, 11.1, 4.4, 0.00340, 43, 6.1, 2.3, 0.03),
        ("FD-05", 153, 22.6, 94.2, 29.6, 0.00175, 76, 15.3, 1.7, 0.01),
        ("CP-08", 151, 24.5, 5.7, 3.9, 0.00182, 40, -0.1, 0.0, 0.0),
    ],
)
def test_the_funnels_of_2025(
    code: str, authorities_in: int, pooled: float, phi_raw: float, phi: float, tau2: float, outside: int, z: float,
    adjusted: float, loose: float,
) -> None:  # fmt: skip
    found = funnel_of(published(), code, "2025")
    assert found is not None
    own = found.place("Derbyshire")
    assert own is not None
    assert len(found.units) == authorities_in
    assert 100 * found.pooled == pytest.approx(pooled, abs=0.05 + 8 * loose)
    assert found.phi_raw == pytest.approx(phi_raw, abs=0.05, rel=loose)
    assert found.phi == pytest.approx(phi, abs=0.05, rel=loose)
    assert found.tau2 == pytest.approx(tau2, abs=0.0000051, rel=loose)
    assert round(100 * found.outside_plain) == outside
    assert own.z == pytest.approx(z, abs=0.051, rel=loose)
    assert own.z_adjusted == pytest.approx(adjusted, abs=0.051, rel=loose)


@needs_lait
def test_only_stability_and_homes_stand_out_once_the_spread_is_allowed_for() -> None:
    standing = {}
    for code in ("CLA-04", "CLA-06", "CL-01", "CL-06", "FD-05", "CP-08"):
        found = funnel_of(published(), code, "2025")
        assert found is not None
        own = found.place("Derbyshire")
        assert own is not None
        standing[code] = own.stands_out
    assert standing == {"CLA-04": 0, "CLA-06": -1, "CL-01": 0, "CL-06": 1, "FD-05": 0, "CP-08": 0}


@needs_lait
def test_the_headline_figures_are_those_of_the_file() -> None:
    frame = published().values
    printed = {
        (
            measure,
            place.replace("London (Inner)", "Inner London").replace("London (Outer)", "Outer London"),
            period,
        ): value
        for measure, place, period, value, level in frame.select(
            "measure", "place", "period", "value", "level"
        ).iter_rows()
        if level != "authority"
    }
    checked = 0
    for entry in headlines():
        _, _, measure = entry.source.partition(", measure ")
        if measure:
            checked += 1
            assert printed[measure, entry.place, entry.period] == entry.value, entry
    assert checked > 200


@needs_lait
def test_every_counterpart_is_in_the_file() -> None:
    there = set(published().measures)
    wanted = {entry.lait for entry in COUNTERPARTS.values()}
    wanted |= {name for entry in COUNTERPARTS.values() for name in (*entry.numerator, *entry.denominator)}
    assert wanted - there == set()
    assert published().notes == ()
