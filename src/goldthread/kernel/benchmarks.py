"""Published figures of all authorities, as frames: what a reader makes of a benchmark file and comparisons read.

A figure that was not published is null and keeps its symbol; it is never nought. A period is kept as it is printed,
with the year in which it ends beside it, because the sources mix years of four kinds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from goldthread.domain.benchmarks import ENGLAND, Headline

NATIONAL, REGIONAL, AUTHORITY = "national", "regional", "authority"

SYNTHETIC = "SYNTHETIC"
"""How the topic of every figure begins in a file that is invented."""

VALUES_SCHEMA: dict[str, type[pl.DataType]] = {
    "measure": pl.String,
    "title": pl.String,
    "topic": pl.String,
    "better": pl.String,
    "year_type": pl.String,
    "period": pl.String,
    "year": pl.Int64,
    "level": pl.String,
    "place": pl.String,
    "code": pl.String,
    "value": pl.Float64,
    "symbol": pl.String,
}
"""One row for a measure, a period and a place. `code` is the Department's three-figure code."""

SYMBOLS: dict[str, str] = {
    "c": "withheld to protect people",
    "z": "not applicable",
    "x": "not available",
    "k": "more than nought, but rounds to it",
    "u": "too few to be reliable",
}
"""What a symbol in the place of a published figure says."""

NEIGHBOURS_SCHEMA: dict[str, type[pl.DataType]] = {
    "model": pl.String,
    "code": pl.String,
    "name": pl.String,
    "order": pl.Int64,
    "neighbour": pl.String,
    "neighbour_name": pl.String,
    "closeness": pl.String,
}
"""One row for an authority and one of its statistical neighbours, in a version of the model."""

OUTCOMES_SCHEMA: dict[str, type[pl.DataType]] = {
    "gss": pl.String,
    "name": pl.String,
    "inspected_on": pl.Date,
    "published_on": pl.Date,
    "overall": pl.String,
    "judgement": pl.String,
    "grade": pl.String,
}
"""One row for an authority and one judgement of its latest inspection."""

DEFINITIONS_SCHEMA: dict[str, type[pl.DataType]] = {
    "measure": pl.String,
    "title": pl.String,
    "topic": pl.String,
    "better": pl.String,
    "year_type": pl.String,
    "description": pl.String,
    "method": pl.String,
}
"""One row for a measure, with its definition as published."""

REGION_NAMES: dict[str, str] = {
    "london (inner)": "inner london",
    "london (outer)": "outer london",
    "yorkshire and the humber": "yorkshire and the humber",
    "east of england": "east of england",
    "east": "east of england",
}
"""Other ways in which the sources write a region."""


def region_key(name: str) -> str:
    """A region's name for comparing, whatever its source writes."""
    plain = " ".join(name.casefold().replace("&", "and").split())
    return REGION_NAMES.get(plain, plain)


@dataclass(frozen=True)
class Benchmarks:
    """Published figures with where they come from, and what was odd in the file."""

    values: pl.DataFrame
    source: str
    notes: tuple[str, ...] = ()

    @cached_property
    def _by_measure(self) -> Mapping[str, pl.DataFrame]:
        parts = self.values.partition_by("measure", as_dict=True)
        return {str(key[0]): part for key, part in parts.items()}

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure, by its code in the source."""
        return tuple(self._by_measure)

    def of(self, measure: str) -> pl.DataFrame:
        """All figures of one measure; no rows where the file lacks it."""
        return self._by_measure.get(measure, self.values.clear())

    @property
    def synthetic(self) -> bool:
        """Whether the file says of every figure that it is invented."""
        return not self.values.is_empty() and bool(
            self.values["topic"].str.to_uppercase().str.starts_with(SYNTHETIC).all()
        )

    @property
    def has_authorities(self) -> bool:
        """Whether there are figures of single authorities, and not of England and regions only."""
        return bool((self.values["level"] == AUTHORITY).any())

    def code_of(self, name: str) -> str | None:
        """The code under which the file has an authority of this very name."""
        rows = self.values.filter(
            pl.col("level") == AUTHORITY, pl.col("place").str.to_lowercase() == name.strip().lower()
        )
        return str(rows["code"][0]) if rows.height else None


@dataclass(frozen=True)
class Neighbours:
    """Statistical neighbours, in one version of the model or several."""

    frame: pl.DataFrame
    source: str

    @property
    def models(self) -> tuple[str, ...]:
        """The versions, the newest last."""
        return tuple(sorted(self.frame["model"].unique()))

    def of(self, code: str, model: str) -> tuple[tuple[str, str], ...]:
        """The neighbours of an authority as code and name, the nearest first; empty where the model lacks it."""
        rows = self.frame.filter(pl.col("code") == code, pl.col("model") == model).sort("order")
        return tuple(rows.select("neighbour", "neighbour_name").iter_rows())


@dataclass(frozen=True)
class Outcomes:
    """Ofsted's published outcomes (OUTCOMES_SCHEMA), with where they come from."""

    frame: pl.DataFrame
    source: str

    def of(self, gss: Iterable[str], name: str) -> pl.DataFrame:
        """The rows of one authority, by any of its nine-character codes or by its name; none where it is not there."""
        named = pl.col("name").str.to_lowercase() == name.casefold()
        return self.frame.filter(pl.col("gss").is_in(list(gss)) | named)


def from_headlines(
    headlines: tuple[Headline, ...], measures: Mapping[str, str], better: Mapping[str, str]
) -> Benchmarks:
    """The headline figures in the shape of a benchmark file, under the codes of the published measures.

    `measures` leads from our code to the published one, `better` from ours to high, low or context.
    """
    rows = [
        {
            "measure": measures.get(entry.code, entry.code),
            "title": entry.code,
            "topic": "",
            "better": better.get(entry.code, "context"),
            "year_type": "",
            "period": entry.period,
            "year": int(entry.period[:4]),
            "level": NATIONAL if entry.place == ENGLAND else REGIONAL,
            "place": entry.place,
            "code": "",
            "value": entry.value,
            "symbol": None,
        }
        for entry in headlines
    ]
    return Benchmarks(pl.DataFrame(rows, schema=VALUES_SCHEMA), "the headline figures that come with the project")
