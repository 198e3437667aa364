"""What `goldthread measure` tells of rates, medians and averages, beside the measures that are shares."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import Refused

if TYPE_CHECKING:
    from goldthread.kernel.amount import AmountResult
    from goldthread.kernel.record_run import NotMeasured

Behind = Callable[[str], Iterable[tuple[Cell, ...]]]
"""The rows behind an amount, by its code."""

TITLE = "Rates, medians and averages"
COLUMNS = (
    "code", "title", "how", "value", "low", "high", "unit", "better", "display", "counted", "not_known", "population",
    "tenth", "ninetieth", "as_at", "definition", "version", "source", "settled", "warnings",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that only rates have."""
    parser.add_argument(
        "--population",
        type=int,
        metavar="NUMBER",
        help="children aged 0 to 17 in the area, by the mid-year estimate: rates for 10,000 children need it",
    )


def population(args: argparse.Namespace) -> int | None:
    """The population given. Raises Refused where it cannot be one."""
    given: int | None = args.population
    if given is not None and not 1 <= given <= 15_000_000:
        raise Refused("--population is the number of children aged 0 to 17 in the area, such as 157000.")
    return given


def mended(why: str) -> str:
    """Why an amount is not told, with what to add to the command where that helps."""
    from goldthread.kernel.amount import NO_POPULATION

    return f"{why} Add --population." if why == NO_POPULATION else why


def without_population(not_measured: Sequence["NotMeasured"]) -> list[Table]:
    """The rates that wait for a population; nothing where there are none."""
    from goldthread.kernel.amount import NO_POPULATION

    codes = ", ".join(entry.code for entry in not_measured if entry.why == NO_POPULATION)
    return [Table("Not measured", ("codes", "why"), [(codes, mended(NO_POPULATION))])] if codes else []


def shown(amounts: Sequence["AmountResult"]) -> Table:
    """The amounts for a terminal."""
    rows = [
        (
            entry.code,
            entry.title,
            "" if entry.value is None else f"{entry.value:,.1f} {entry.unit}",
            "" if entry.low is None or entry.high is None else f"{entry.low:,.1f}-{entry.high:,.1f}",
            "" if entry.tenth is None or entry.ninetieth is None else f"{entry.tenth:,.0f}-{entry.ninetieth:,.0f}",
            f"{entry.counted:,}",
            entry.better.value if entry.better != "context" else "",
        )
        for entry in amounts
    ]
    return Table(TITLE, ("code", "amount", "value", "range", "tenth to ninetieth", "counted", "better"), rows)


def whole(amounts: Sequence["AmountResult"]) -> Table:
    """The amounts with everything that is known of them, for csv and xlsx."""
    return Table(TITLE, COLUMNS, [tuple(_cell(entry, name) for name in COLUMNS) for entry in amounts])


def _cell(entry: "AmountResult", name: str) -> Cell:
    value: Cell = " ".join(entry.warnings) if name == "warnings" else getattr(entry, name)
    return value


def data(amounts: Sequence["AmountResult"], rows: Behind | None = None) -> list[dict[str, object]]:
    """The amounts for JSON, and where asked the rows behind each."""
    told = []
    for entry in amounts:
        whole = {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name != "parts"}
        whole |= {"settings": dict(entry.settings), "breakdowns": [asdict(part) for part in entry.parts]}
        if rows is not None:
            names = ("table", "row", "state", "number")
            whole["rows"] = [dict(zip(names, row, strict=True)) for row in rows(entry.code)]
        told.append(whole)
    return told


def by_group(by: str, amounts: Sequence["AmountResult"]) -> Table:
    """Each group of each amount: its own median or average, and of a rate how many are counted."""
    rows = [
        (
            entry.code,
            part.group,
            f"{part.counted:,}",
            "" if part.value is None else f"{part.value:,.1f} {entry.unit}",
            "" if part.low is None or part.high is None else f"{part.low:,.1f}-{part.high:,.1f}",
        )
        for entry in amounts
        for part in entry.parts
        if part.by == by
    ]
    title = f"Amounts by {by.replace('_', ' ')}; how many children of a group live in the area is not known: no rates"
    return Table(title, ("code", "group", "counted", "value", "range"), rows)


def groups(amounts: Sequence["AmountResult"], by: str | None) -> Table:
    """The groups for csv and xlsx."""
    names = ("by", "group", "counted", "not_known", "value", "low", "high")
    rows = [
        (entry.code, *(getattr(part, name) for name in names))
        for entry in amounts
        for part in entry.parts
        if by in (None, part.by)
    ]
    return Table("Groups of amounts", ("code", *names), rows)


def explained(entry: "AmountResult") -> Table:
    """One amount in full."""
    rows: list[tuple[Cell, ...]] = [
        ("question", entry.asks),
        ("definition", entry.definition),
        ("version", entry.version),
        ("source", entry.source if entry.settled else f"{entry.source} (check against the published text)"),
        ("not known", f"{entry.not_known:,}"),
        *(("caution", caution) for caution in entry.cautions),
        *(("break in the series", broken) for broken in entry.breaks),
    ]
    return Table(f"{entry.code} in full", ("", "says"), rows)
