"""What of the nation may be released: every measure by authority, region and England, and England's by group.

Frames of the nation hold true counts; nothing leaves but through `domain.disclosure`. Tables that are released
together share no figure but such as all of them show, so that what is safe in each is safe in all.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from goldthread.domain.disclosure import (
    CONFIDENTIAL,
    DFE_LA,
    WITHHELD,
    CrossTable,
    Dimension,
    SafeTable,
    average_shown,
    rate_shown,
    suppress,
)
from goldthread.domain.disclosure.profiles import NOT_APPLICABLE, NOT_AVAILABLE
from goldthread.domain.quartiles import band, quartiles
from goldthread.kernel.comparison import ALL_AUTHORITIES, FEWEST_FOR_BANDS
from goldthread.kernel.measure import Better
from goldthread.kernel.regions import REGIONS, region_of

ENGLAND = "England"
"""What stands for all authorities together that handed in."""

_YES, _NO = "yes", "no"

RELEASED: dict[str, type[pl.DataType]] = {
    "code": pl.String, "title": pl.String, "unit": pl.String, "form": pl.String, "authority": pl.String,
    "numerator": pl.String, "denominator": pl.String, "value": pl.String, "band": pl.String,
}  # fmt: skip
"""The same as it may leave: figures, or the symbols of `domain.disclosure.SYMBOLS` in their place.

`authority` is England or a region as well. `band` is the quarter of the authorities shown, from A (best) to D; blank
where neither way is better, where the value is hidden, and where fewer than `FEWEST_FOR_BANDS` are shown.
"""

BROKEN_DOWN: dict[str, type[pl.DataType]] = {
    "code": pl.String, "title": pl.String, "unit": pl.String, "form": pl.String, "by": pl.String, "group": pl.String,
    "numerator": pl.String, "denominator": pl.String, "value": pl.String,
}  # fmt: skip
"""England's shares by group of children, as they may leave."""

BENCHMARKS: dict[str, type[pl.DataType]] = {
    "code": pl.String, "title": pl.String, "unit": pl.String, "form": pl.String, "england": pl.String,
    "authorities": pl.Int64, "of": pl.Int64, "lower_quartile": pl.Float64, "median": pl.Float64,
    "upper_quartile": pl.Float64,
}  # fmt: skip
"""What an authority compares itself with. The quartiles are those of the values shown, and of no hidden one.

`authorities` is how many values those are, and `of` how many authorities England has.
"""


class Release(NamedTuple):
    """What may leave: every measure by authority, with England's, what to compare with, and England's by group."""

    measures: pl.DataFrame
    benchmarks: pl.DataFrame
    breakdowns: pl.DataFrame


def released(measures: pl.DataFrame, groups: pl.DataFrame) -> Release:
    """What may be released of the frames of the nation, under the Department's own profile (`DFE_LA`).

    The shares of one measure are one table of authorities by answer, with its totals, so that no hidden count comes
    out by subtraction from another authority's, a region's or England's. An amount has no England figure: it is no
    sum. Breakdowns are England's alone: between them and the authorities stand no figures but England's own.
    """
    rows: list[tuple[str | None, ...]] = []
    compared: list[dict[str, Any]] = []
    parted: list[tuple[str, ...]] = []
    of_measures = groups.filter(pl.col("kind") == "measure").partition_by("form", "code", as_dict=True)
    for _, of_one in measures.group_by("form", "kind", "code", maintain_order=True):
        what = of_one.row(0, named=True)
        is_share = what["kind"] == "measure"
        told = list(_shares(of_one) if is_share else _amounts(of_one))
        head = {name: what[name] for name in ("code", "title", "unit", "form")}
        values = _values(told)
        rows += [(*head.values(), *line, _band(line, values, what["better"])) for line in told]
        compared.append(head | _compared(told, values))
        own = of_measures.get((what["form"], what["code"])) if is_share else None
        if own is not None:
            parted += [(*head.values(), *line) for line in _of_groups(own, told[0])]
    return Release(
        pl.DataFrame(rows, schema=RELEASED, orient="row"),
        pl.DataFrame(compared, schema=BENCHMARKS),
        pl.DataFrame(parted, schema=BROKEN_DOWN, orient="row"),
    )


_Line = tuple[str, str, str, str]
"""The authority, the numerator, the denominator and the value, as they may be shown."""

_Counts = dict[tuple[str | None, ...], int]
_WIDER = {ENGLAND, *REGIONS}
_HIDDEN = (CONFIDENTIAL,) * 3


def _shares(measures: pl.DataFrame) -> Iterator[_Line]:
    counts: _Counts = {}
    for authority, numerator, denominator in measures.select("authority", "numerator", "denominator").iter_rows():
        counts[authority, _YES], counts[authority, _NO] = numerator, denominator - numerator
    authorities = tuple(measures["authority"])
    nested = _nested(authorities, counts)
    if nested is not None:
        yield from nested
        return
    table = _table(authorities, counts)
    safe = _safe(table)
    yield (ENGLAND, *_line(safe, None, table))
    for authority in authorities:
        yield (authority, *_line(safe, authority, table))


def _nested(authorities: tuple[str, ...], counts: "_Counts") -> list[_Line] | None:
    """England, its regions, and the authorities of each; None where regions cannot be told.

    A region whose answers are shown ties its authorities to nothing outside it: what is safe in its table is safe in
    all together. Regions that would have to be hidden are taken together, two at least, and none of them is told.
    """
    where = {authority: region_of(authority) or "" for authority in authorities}
    blocks = {region: tuple(a for a in authorities if where[a] == region) for region in sorted(set(where.values()))}
    if len(blocks) < 2 or "" in blocks:
        return None
    told = {region: _of_region(names, counts) for region, names in blocks.items()}
    hidden = [region for region in blocks if told[region] is None]
    others = sorted((region for region in blocks if region not in hidden), key=lambda region: len(blocks[region]))
    while hidden:
        rest = _of_region(tuple(each for region in hidden for each in blocks[region]), counts)
        if len(hidden) > 1 and rest is not None:
            told |= dict.fromkeys(hidden, rest)
            break
        if len(others) < 2:
            return None
        hidden.append(others.pop(0))
    lines: list[_Line] = [(ENGLAND, *_all_of(_table(authorities, counts)))]
    for region in blocks:
        lines.append((region, *(_HIDDEN if region in hidden else (told[region] or {})[None])))
    return [*lines, *((each, *(told[where[each]] or {})[each]) for each in authorities)]


def _of_region(names: tuple[str, ...], counts: "_Counts") -> dict[str | None, tuple[str, str, str]] | None:
    """The lines of some authorities, and under None that of them together; None where that may not be shown.

    Where no choice of hidden figures is enough, or a total would have to be among them, every authority is withheld:
    of two or more, with totals that are not small, any could then have anything from nought to all.
    """
    table = _table(names, counts)
    values = table.values()
    if any(DFE_LA.hides(values[None, answer]) for answer in (_YES, _NO, None)):
        return None
    line, safe = _all_of(table), _safe(table)
    if safe.safe and CONFIDENTIAL not in (safe.cells[None, answer] for answer in (_YES, _NO, None)):
        return {None: line} | {name: _line(safe, name, table) for name in names}
    return {None: line} | dict.fromkeys(names, _HIDDEN) if len(names) > 1 else None


def _all_of(table: CrossTable) -> tuple[str, str, str]:
    """The line of everybody in a table together."""
    values = table.values()
    together = _table((ENGLAND,), {(ENGLAND, answer): values[None, answer] for answer in (_YES, _NO)})
    return _line(_safe(together), ENGLAND, together)


def _safe(table: CrossTable) -> SafeTable:
    return suppress(table, DFE_LA, advise=False)


def _table(names: tuple[str, ...], counts: "_Counts") -> CrossTable:
    answers = (_YES, _NO)
    own: _Counts = {(name, answer): counts[name, answer] for name in names for answer in answers}
    return CrossTable((Dimension("of", names), Dimension("answer", answers)), own)


def _of_groups(groups: pl.DataFrame, england: _Line) -> Iterator[tuple[str, str, str, str, str]]:
    """England's lines by group. Where an answer of all England is hidden, here or elsewhere, so is every group."""
    counted = groups.group_by("by", "group").agg(pl.col("numerator", "denominator").sum()).sort("by", "group")
    for (by,), of_one in counted.partition_by("by", as_dict=True, maintain_order=True).items():
        names = tuple(of_one["group"])
        counts: _Counts = {}
        for group, numerator, denominator in of_one.select("group", "numerator", "denominator").iter_rows():
            counts[group, _YES], counts[group, _NO] = numerator, denominator - numerator
        table = _table(names, counts)
        safe = _safe(table)
        tied = (safe.cells.get((None, answer), CONFIDENTIAL) for answer in (_YES, _NO, None))
        hide = CONFIDENTIAL in england or CONFIDENTIAL in tied
        for group in names:
            line = (CONFIDENTIAL,) * 3 if hide else _line(safe, group, table)
            yield (str(by), group, *line)


def _line(safe: SafeTable, authority: str | None, table: CrossTable) -> tuple[str, str, str]:
    # Where no choice of hidden figures is enough, nothing of the table is shown.
    yes, whole = (safe.cells.get((authority, answer), CONFIDENTIAL) for answer in (_YES, None))
    hidden = CONFIDENTIAL in (yes, whole)
    values = table.values()
    numerator, denominator = values[authority, _YES], values[authority, None]
    if denominator == 0 and not hidden:
        value = NOT_APPLICABLE
    else:
        value = WITHHELD if hidden else rate_shown(numerator, denominator)
    return str(yes), str(whole), CONFIDENTIAL if value == WITHHELD else value.removesuffix("%")


def _amounts(measures: pl.DataFrame) -> Iterator[_Line]:
    yield (ENGLAND, NOT_APPLICABLE, NOT_AVAILABLE, NOT_AVAILABLE)
    for authority, counted, value in measures.select("authority", "denominator", "value").iter_rows():
        few = 0 < counted < DFE_LA.smallest_base
        if value is None:
            shown = CONFIDENTIAL if few else NOT_AVAILABLE
        else:
            shown = average_shown(value, counted)
        yield authority, NOT_APPLICABLE, CONFIDENTIAL if few else str(counted), shown


def _values(lines: list[_Line]) -> list[float]:
    """The values that are shown of authorities, without England's and the regions'."""
    return [value for name, _, _, shown in lines if name not in _WIDER and (value := _number(shown)) is not None]


def _band(line: _Line, values: list[float], better: str) -> str | None:
    name, _, _, shown = line
    value = _number(shown)
    if value is None or name in _WIDER or better == Better.CONTEXT or len(values) < FEWEST_FOR_BANDS:
        return None
    return band(value, quartiles(values), high_is_better=better == Better.HIGH).value


def _compared(lines: list[_Line], values: list[float]) -> dict[str, Any]:
    found = quartiles(values) if values else None
    return {
        "england": lines[0][3], "authorities": len(values), "of": ALL_AUTHORITIES,
        "lower_quartile": found and found.lower, "median": found and found.middle,
        "upper_quartile": found and found.upper,
    }  # fmt: skip


def _number(shown: str) -> float | None:
    try:
        return float(shown)
    except ValueError:
        return None
