"""What case reviews say, how the authority was judged before, and whether the data holds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.kernel.charts.base import (
    BAND,
    INK,
    LINE_LENGTH,
    QUIET,
    SIGNAL,
    Cell,
    Chart,
    Spec,
    in_lines,
    layered,
    values,
)

GRADES = ("outstanding", "good", "requires improvement", "inadequate")
_GRADE_LOOKS = {"outstanding": "#1d3557", "good": "#9fb8d3", "requires improvement": "#e3c9a8", "inadequate": "#b35900"}
_GRADE_INKS = {"outstanding": "white", "good": INK, "requires improvement": INK, "inadequate": "white"}
NARROW = 0.04
"""A piece of a bar that is narrower than this has no room for its number, which is in the table."""
GRADE_LETTERS = {"outstanding": "O", "good": "G", "requires improvement": "R", "inadequate": "I"}


@dataclass(frozen=True, slots=True)
class Graded:
    """How many reviewed files got each grade, of all of them or of those of an area.

    `low` and `high` are the ends of the range, from 0 to 1, in which the share of good or better most likely lies among
    all the files that could have been drawn; None where the files speak of themselves alone.
    """

    title: str
    counts: Mapping[str, int]
    low: float | None = None
    high: float | None = None

    @property
    def reviewed(self) -> int:
        """How many were reviewed."""
        return sum(self.counts.values())

    @property
    def good(self) -> int:
        """How many were good or better."""
        return self.counts.get("outstanding", 0) + self.counts.get("good", 0)


def graded_bars(parts: Sequence[Graded]) -> Chart:
    """What case reviews say: grades as parts of 100%, and the range of good or better for all files, drawn or not.

    The title tells of the first part: the others are the same files, graded for something else or of one area.
    """
    held = [part for part in parts if part.reviewed]
    names = [f"{part.title} (n = {part.reviewed:,})" for part in held]
    drawn = [row for name, part in zip(names, held, strict=True) for row in _pieces(name, part)]
    ranges = [{"part": name, "low": part.low, "high": part.high}
              for name, part in zip(names, held, strict=True) if part.low is not None]  # fmt: skip
    down = {"field": "part", "type": "nominal", "sort": names, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 420}}  # fmt: skip
    across = {"type": "quantitative", "scale": {"domain": [0, 1]},
              "axis": {"title": None, "format": "%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": False}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "bar", "height": 20, "stroke": "white"},
         "encoding": {"x": {**across, "field": "from"}, "x2": {"field": "to"}, "y": down,
                      "color": {"field": "grade", "type": "nominal", "legend": {"orient": "top"},
                                "scale": {"domain": list(GRADES), "range": list(_GRADE_LOOKS.values())}}}},
        {"data": values([row for row in drawn if row["wide"]]), "mark": {"type": "text", "fontSize": 12},
         "encoding": {"x": {**across, "field": "middle"}, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
        {"data": values(ranges), "mark": {"type": "rule", "strokeWidth": 3, "color": INK, "yOffset": 15},
         "encoding": {"x": {**across, "field": "low"}, "x2": {"field": "high"}, "y": down}},
    ]  # fmt: skip
    title = _of_graded(held)
    about = "Line under a bar: likely range (95%) of good or better among all files that could have been drawn." * bool(
        ranges
    )
    summary = f"{title}. {about}".strip()
    spec = layered(layers, title=title, summary=summary, about=about, height={"step": 46})
    # A browser without Arial draws wider letters than were measured.
    spec["padding"] = {**spec["padding"], "left": 40}
    columns = ("files", *GRADES, "reviewed", "good or better", "low %", "high %")
    return Chart(title, summary, spec, columns, tuple(_graded_row(part) for part in parts))


def _pieces(name: str, part: Graded) -> list[dict[str, object]]:
    drawn, before = [], 0.0
    for grade in GRADES:
        share = part.counts.get(grade, 0) / part.reviewed
        if share:
            drawn.append({"part": name, "grade": grade, "from": before, "to": before + share, "wide": share >= NARROW,
                          "middle": before + share / 2, "label": f"{part.counts[grade]:,}",
                          "ink": _GRADE_INKS[grade]})  # fmt: skip
        before += share
    return drawn


def _graded_row(part: Graded) -> tuple[Cell, ...]:
    ends = (None if end is None else round(100 * end, 1) for end in (part.low, part.high))
    return (part.title, *(part.counts.get(grade, 0) for grade in GRADES), part.reviewed, part.good, *ends)


def _of_graded(held: Sequence[Graded]) -> str:
    if not held:
        return "No file has been graded yet"
    first = held[0]
    asked = f"{first.title[:1].lower()}{first.title[1:]}"
    return f"{first.good:,} of {first.reviewed:,} reviewed files are good or better: {asked}"


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement of the authority's own history: when, under which framework, of what, which grade."""

    on: date
    framework: str
    area: str
    grade: str
    """One of GRADES, or empty where the inspection gave none, as a focused visit does."""


def grade_strip(history: Sequence[Judged], authority: str) -> Chart:
    """How inspection has judged the authority: a lettered square for each judgement, a line between frameworks.

    Grades of different frameworks stand beside each other and are not joined: they do not ask the same.
    """
    told = sorted(history, key=lambda one: (one.on, one.area))
    areas = list(dict.fromkeys(_in_label(one.area) for one in told))
    title = _of_history(told, authority)
    drawn = [
        {"on": one.on.isoformat(), "area": _in_label(one.area), "grade": one.grade or "no grade",
         "letter": GRADE_LETTERS.get(one.grade, "–"), "ink": _GRADE_INKS.get(one.grade, INK)}
        for one in told
    ]  # fmt: skip
    kinds = [grade for grade in (*GRADES, "no grade") if any(row["grade"] == grade for row in drawn)]
    across = {"field": "on", "type": "temporal", "scale": {"type": "utc", "padding": 24, "domain": _whole_years(told)},
              "axis": {"title": "Year", "format": "%Y", "grid": False, "labelOverlap": True,
                       "tickCount": {"interval": "year", "step": 1}}}  # fmt: skip
    down = {"field": "area", "type": "nominal", "sort": areas, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 280,
                     "labelExpr": f"split(datum.label, '{_BREAK}')"}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "point", "shape": "square", "filled": True, "size": 480,
                                         "stroke": INK, "strokeWidth": 1, "opacity": 1},
         "encoding": {"x": across, "y": down,
                      "color": {"field": "grade", "type": "nominal", "legend": {"orient": "top"},
                                "scale": {"domain": kinds,
                                          "range": [_GRADE_LOOKS.get(kind, "#ffffff") for kind in kinds]}}}},
        {"data": values(drawn), "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold"},
         "encoding": {"x": across, "y": down, "text": {"field": "letter"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    starts = _starts(told)
    layers += _breaks([day for _, day in starts[1:]], across)
    names = ", ".join(f"{name} from {day:%Y}" for name, day in starts)
    summary = f"{title}. Frameworks: {names}. Grades of different frameworks do not ask the same." if told else title
    spec = layered(layers, title=title, summary=summary, about=names, height={"step": 40})
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.on.isoformat(), one.framework, one.area, one.grade or "no grade") for one in told
    )
    return Chart(title, summary, spec, ("on", "framework", "area", "grade"), rows)


def _whole_years(told: Sequence[Judged]) -> list[Spec]:
    """From the beginning of the first year to the end of the last: the axis says a year also of grades of one alone."""
    first, last = (told[0].on.year, told[-1].on.year + 1) if told else (2000, 2001)
    return [{"year": year, "month": 1, "date": 1, "utc": True} for year in (first, last)]


_BREAK = "¶"
"""Where the label of an area is broken into lines: a sign that stands in no title."""


def _in_label(area: str) -> str:
    """The whole title in lines: two areas of one framework often begin with the same six words."""
    return _BREAK.join(in_lines(area, LINE_LENGTH))


def _breaks(days: Sequence[date], across: Spec) -> list[Spec]:
    """A line before the first judgement of each later framework."""
    if not days:
        return []
    look = {"type": "rule", "color": QUIET, "strokeDash": [2, 3], "xOffset": -16}
    return [{"data": values([{"on": day.isoformat()} for day in days]), "mark": look, "encoding": {"x": across}}]


def _starts(told: Sequence[Judged]) -> list[tuple[str, date]]:
    """Each framework in turn with the first day on which it judged here."""
    starts: list[tuple[str, date]] = []
    for one in told:
        if not starts or starts[-1][0] != one.framework:
            starts.append((one.framework, one.on))
    return starts


def _of_history(told: Sequence[Judged], authority: str) -> str:
    """The grades of the overall judgement in turn, of the area that has most of them where there is none."""
    graded = [one for one in told if one.grade]
    if not graded:
        return f"No graded inspection of {authority} is known"
    areas = [one.area for one in graded]
    leading = next((area for area in areas if area.lower().startswith("overall")), max(areas, key=areas.count))
    turns = [f"{one.grade} in {one.on:%Y}" for one in graded if one.area == leading]
    return f"{authority}, {leading.lower()}: {', '.join(turns)}"


@dataclass(frozen=True, slots=True)
class Filled:
    """How far one column of one list is filled; what may be blank by its nature is left out of the finding."""

    list: str
    column: str
    filled: int
    rows: int
    may_be_blank: bool = False


_FULL_FROM, _FAIR_FROM = 98.0, 90.0


def completeness_matrix(columns: Sequence[Filled]) -> Chart:
    """Lists down, their columns across in turn: each cell says the per cent filled, and its shade says it again."""
    drawn = [
        {"list": one.list, "place": place, "column": one.column, "label": _filled_label(one), "state": _fill_state(one),
         "ink": "white" if _fill_state(one) == "poor" else INK}
        for name in dict.fromkeys(one.list for one in columns)
        for place, one in enumerate([one for one in columns if one.list == name], 1)
    ]  # fmt: skip
    title = _of_filled(columns)
    looks = {"full": "#eef3f8", "fair": BAND, "poor": SIGNAL, "may be blank": "#ffffff"}
    across = {"field": "place", "type": "ordinal",
              "axis": {"title": "column of the list, in its order", "labelAngle": 0, "orient": "top"}}  # fmt: skip
    down = {"field": "list", "type": "nominal", "sort": list(dict.fromkeys(one.list for one in columns)),
            "title": None, "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "rect", "stroke": "#d8dbdd", "strokeWidth": 1},
         "encoding": {"x": across, "y": down,
                      "color": {"field": "state", "type": "nominal", "legend": None,
                                "scale": {"domain": list(looks), "range": list(looks.values())}}}},
        {"data": values(drawn), "mark": {"type": "text", "fontSize": 10},
         "encoding": {"x": across, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    about = (
        f"Per cent filled. Shaded below {_FULL_FROM:.0f}, dark below {_FAIR_FROM:.0f}; white may be blank by nature."
    )
    summary = f"{title}. {about} The table names every column."
    spec = layered(layers, title=title, summary=summary, about=about, width=860, height={"step": 26})
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.list, one.column, one.filled, one.rows, _percent(one), "yes" if one.may_be_blank else "no")
        for one in columns
    )
    return Chart(title, summary, spec, ("list", "column", "filled", "rows", "%", "may be blank"), rows)


def _percent(one: Filled) -> float | None:
    return round(100 * one.filled / one.rows, 1) if one.rows else None


def _filled_label(one: Filled) -> str:
    return f"{int(100 * one.filled / one.rows)}" if one.rows else "–"


def _fill_state(one: Filled) -> str:
    if one.may_be_blank or not one.rows:
        return "may be blank"
    share = 100 * one.filled / one.rows
    return "full" if share >= _FULL_FROM else "fair" if share >= _FAIR_FROM else "poor"


def _of_filled(columns: Sequence[Filled]) -> str:
    due = [one for one in columns if not one.may_be_blank and one.rows]
    if not due:
        return "There are no rows to look at"
    worst = min(due, key=lambda one: one.filled / one.rows)
    if worst.filled == worst.rows:
        return "Every cell that must be filled is filled"
    return f"Emptiest: {worst.column} of {worst.list}, {_percent(worst):g}% filled ({worst.filled:,} of {worst.rows:,})"
