"""What is measured beside published figures, as rows of a page and of a file; and how they are sorted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.apps.comparison.compared_words import figure
from goldthread.domain.disclosure import part_shown, rate_shown, shown
from goldthread.kernel.comparison import ALL_AUTHORITIES
from goldthread.web.exports import Table

SORTS = {
    "area": "In the order of the services",
    "quarter": "Worst quarter first",
    "england": "Furthest behind England first",
}
QUARTERS = {"A": "best", "B": "second best", "C": "third", "D": "worst"}
YEARS_BACK = 4
"""How many of the latest years stand in the overview."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing compared as the overview shows it; figures are in words, empty where there is none."""

    made: Any
    likely: str
    own: str
    england: str
    region: str
    neighbours: str
    neighbours_of: str
    quarter: str
    quarter_of: str
    quarter_of_file: str
    years: list[tuple[str, str, bool]]
    change: str


def row(made: Any) -> Row:
    """One thing compared, ready to be shown."""
    found = made.published
    mean = found.neighbours.at(found.period) if found.neighbours else None
    latest = found.latest
    own = "" if latest is None else latest.symbol or figure(latest.value, found.decimals)
    of = f"{found.quarters.authorities} of {ALL_AUTHORITIES}" if found.quarters else ""
    return Row(
        made, made.ours.likely, own, figure(found.comparator(found.england), found.decimals),
        figure(found.comparator(found.region), found.decimals),
        figure(mean.value, 1) if mean else "",
        f"{mean.of} of {len(found.neighbours_named)}" if mean and mean.value is not None else "",
        found.quartile_band or "", of if found.quartile_band else "", made.quarter_of_file or "", _years(found),
        "" if found.change is None else f"{found.change:+.{found.decimals}f}".replace("-", "−"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one headline measure: names and figures, their period, and the target; empty for none."""

    published: list[tuple[str, str]]
    period: str
    target: str
    target_source: str
    watched: bool


def beside_headline(found: Any) -> Beside:
    """The published figures and the target beside one headline measure, ready to be shown."""
    lines, period = [], ""
    if found.compared is not None:
        told, period = row(found.compared), found.compared.published.period
        named = (("Neighbours", told.neighbours), ("England", told.england))
        lines = [(name, f"{value}%") for name, value in named if value]
    target = "" if found.target is None else f"{found.target:g}%"
    return Beside(lines, period, target, found.target_source, found.watched)


def _years(found: Any) -> list[tuple[str, str, bool]]:
    """The latest years up to the one compared: period, figure or symbol, and whether the series breaks before it."""
    held = list(found.own.figures)
    place = next((at for at, one in enumerate(held) if one.period == found.period), len(held) - 1)
    shown_years = held[max(0, place + 1 - YEARS_BACK) : place + 1]
    made, before = [], None
    for one in shown_years:
        broken = before is not None and any(before < each.year <= one.year for each in found.breaks)
        made.append((one.period, one.symbol or figure(one.value, found.decimals), broken))
        before = one.year
    return made


def in_order(rows: Iterable[Any], sort: str) -> list[Any]:
    """Rows as asked; what cannot be sorted by stands last, in the order of the services."""
    held = list(rows)
    if sort == "quarter":
        return sorted(held, key=lambda one: -ord(one.published.quartile_band or "@"))
    if sort == "england":
        behind = [one for one in held if one.behind_england is not None]
        rest = [one for one in held if one.behind_england is None]
        return sorted(behind, key=lambda one: -one.behind_england) + rest
    return held


def finding(rows: Sequence[Any], called: str) -> str:
    """How many measures stand in which quarter by what is published, and of how many the submission says another."""
    placed = [one for one in rows if one.published.quartile_band]
    if not placed:
        return ""
    counted = Counter(one.published.quartile_band for one in placed)
    parts = [f"{counted[band]} in the {words} quarter" for band, words in QUARTERS.items() if counted[band]]
    periods = sorted({one.published.period for one in placed})
    many = f"{len(placed)} measure{'' if len(placed) == 1 else 's'}"
    said = f"By the published figures of {' and '.join(periods)}, of {many} with a quarter: {', '.join(parts)}."
    told = [one for one in placed if one.quarter_of_file]
    other = sum(1 for one in told if one.quarter_of_file != one.published.quartile_band)
    if not told:
        return said
    lie = "none lies" if not other else f"{other} would lie" if other < len(told) else f"all {other} would lie"
    return f"{said} By {called}, {lie} in another quarter."


COLUMNS = (
    "Code", "Measure", "Unit", "Counted", "Of", "Handed in", "Likely from", "Likely to", "Published", "Period",
    "Neighbours' mean", "Neighbours with a figure", "Region", "England", "Quarter", "Authorities with a figure",
    "Change on the year before", "Bear in mind",
)  # fmt: skip


def table(row_of: Any, found: Any, *, by: str, at: datetime) -> Table:
    """The comparison as a file: small numbers withheld whoever takes it out, since it is made to be shown around."""
    submission, beside = row_of, found.beside
    return Table(
        title="Comparison",
        columns=COLUMNS,
        rows=[_line(one) for one in found.rows],
        about=(
            ("Inspection", submission.inspection.title),
            ("Synthetic data", "Yes: no real child is in it" if submission.inspection.synthetic else "No"),
            ("Receipt (SHA-256)", submission.sha256),
            ("As at", submission.as_at.strftime("%d/%m/%Y") if submission.as_at else "Not known"),
            ("Compared as", beside.authority.name if beside.authority else "No authority: England only"),
            ("Published figures", beside.benchmarks.source),
            ("Neighbours", f"{beside.neighbours.source}, model of {beside.model}" if beside.neighbours else "None"),
            ("Small numbers", "Counts of 1 to 5, and percentages that would tell them, are withheld"),
            ("Exported by", by),
            ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
        ),
    )


def _line(made: Any) -> tuple[str | int | float | None, ...]:
    ours, told = made.ours, row(made)
    leaves = ours.may_leave
    value, low, high = (
        "" if each is None or not leaves else f"{each:.1f}" for each in (ours.value, ours.low, ours.high)
    )
    share = ours.unit == "%"
    return (
        ours.code, ours.title, ours.unit,
        part_shown(ours.counted, ours.whole) if share else shown(ours.counted),
        shown(ours.whole) if ours.whole is not None else "",
        rate_shown(ours.counted, ours.whole) if share else value, low, high,
        told.own, made.published.period, told.neighbours, told.neighbours_of, told.region, told.england, told.quarter,
        made.published.quarters.authorities if made.published.quarters else None, told.change,
        " ".join(made.cautions),
    )  # fmt: skip
