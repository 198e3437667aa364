"""The report as one typed document: its page and its files (PDF, Word, OpenDocument) are made from it alone.

It holds no link to the evidence: what is not in it cannot leave with it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from goldthread.kernel.charts import ChartRow, Spec, measures_chart, narrow_measures_chart


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a caption, headings, rows of text; the first cell of a row is its heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One percentage of a chart with its likely range, from 0 to 100."""

    title: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: a title that says the finding, what it shows in words, and its numbers. A grid with them stands by."""

    title: str
    says: str
    bars: tuple[Bar, ...]

    def spec(self, *, narrow: bool = False) -> Spec:
        """The one specification from which the page and the files draw it; or, for a narrow page, with its titles above
        the bands."""
        rows = [ChartRow(bar.title, bar.value, bar.low, bar.high) for bar in self.bars]
        return (narrow_measures_chart if narrow else measures_chart)(rows, summary=self.says)


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its paragraphs, each of whole sentences, or a list of points, and a table where it has one."""

    slug: str
    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    grid: Grid | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `kind` is the kind of exercise it tells of, in words."""

    title: str
    authority: str
    framework: str
    dates: str
    synthetic: bool
    parts: tuple[Part, ...] = field(default=())
    kind: str = ""

    def as_json(self) -> dict[str, Any]:
        """The document as plain JSON values."""
        held: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return held

    def digest(self) -> str:
        """SHA-256 of the document as canonical JSON: what a checker approves, and all that may be published."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Press:
    """What a newspaper asks first, in the published words: the grades, how it begins, and its lists of points."""

    grades: Grid | None
    begins: tuple[str, ...]
    lists: tuple[Part, ...]


MOST_TO_BEGIN = 2
"""Paragraphs with which a press summary begins, where there is no table of grades."""


def press_summary(document: Document) -> Press:
    """The press summary of a document. Nothing in it is written anew, so that nothing can differ from the report."""
    headings = ("Area", "Grade")
    grades = next((part.grid for part in document.parts if part.grid and part.grid.headings == headings), None)
    told = next((part.paragraphs for part in document.parts if part.paragraphs), ())
    begins = told[:MOST_TO_BEGIN] if grades is None or not grades.rows else ()
    return Press(grades, begins, tuple(part for part in document.parts if part.points))


def from_json(held: dict[str, Any]) -> Document:
    """The document that `as_json` gave."""
    parts = tuple(
        Part(
            slug=part["slug"], title=part["title"], paragraphs=tuple(part["paragraphs"]), points=tuple(part["points"]),
            grid=_grid(part["grid"]) if part["grid"] else None,
            figure=_figure(part["figure"]) if part.get("figure") else None,
        )
        for part in held["parts"]
    )  # fmt: skip
    names = ("title", "authority", "framework", "dates", "synthetic")
    # Reports that were published before the kind of exercise was told have none.
    return Document(**{name: held[name] for name in names}, parts=parts, kind=held.get("kind", ""))


def _grid(held: dict[str, Any]) -> Grid:
    return Grid(held["caption"], tuple(held["headings"]), tuple(tuple(row) for row in held["rows"]))


def _figure(held: dict[str, Any]) -> Figure:
    return Figure(held["title"], held["says"], tuple(Bar(**bar) for bar in held["bars"]))
