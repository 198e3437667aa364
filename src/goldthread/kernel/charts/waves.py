"""One question of a survey as it was answered twice: each answer's share before and now, with its range."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from goldthread.kernel.charts.base import BAND, DOT, INK, LINE_LENGTH, SIGNAL, WIDTH, Cell, Chart, Spec, layered, values

COLUMNS = ("answer", "before", "range before", "now", "range now", "change")
WAVES = ("before", "now")
BAND_BEFORE = "#e3c9a8"
_BREAK = "¶"  # a line feed would be lost on the way through the expressions of Vega


@dataclass(frozen=True, slots=True)
class Seen:
    """A share as it is shown, in words or whole percent, with its 95% range; `low` and `high` are None for words."""

    shown: str
    low: int | None
    high: int | None

    @property
    def range(self) -> str:
        """The range in words."""
        return f"{self.low}% to {self.high}%" if self.low is not None else "–"


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One answer. `change` is in percentage points with its 95% range, None where it is not told."""

    answer: str
    before: Seen
    now: Seen
    change: tuple[int, int, int] | None

    @property
    def clear(self) -> bool:
        """Whether the change is more than chance explains."""
        return self.change is not None and (self.change[1] > 0 or self.change[2] < 0)

    @property
    def told(self) -> str:
        """The change in words."""
        if self.change is None:
            return "–"
        points, low, high = self.change
        return f"{points:+d} point{'' if abs(points) == 1 else 's'} ({low:+d} to {high:+d})".replace("-", "−")


def waves_finding(rows: Sequence[WaveRow]) -> str:
    """What the chart says: the largest change that chance does not explain, and how many more there are."""
    clear = sorted((row for row in rows if row.clear), key=lambda row: -abs(row.change[0] if row.change else 0))
    if not clear:
        return "No answer changed by more than chance explains"
    first, more = clear[0], len(clear) - 1
    went = "rose" if first.change and first.change[0] > 0 else "fell"
    besides = f"; {more} other answer{'s' if more > 1 else ''} changed so too" if more else ""
    return f"“{first.answer}” {went} from {first.before.shown} to {first.now.shown}, more than chance explains{besides}"


def waves_chart(rows: Sequence[WaveRow], *, before: str, now: str) -> Chart:
    """Two dots for each answer with their ranges as bands: `before` and `now` name the two surveys.

    A share that is withheld or put in words stands in the table and has no dot.
    """
    title = waves_finding(rows)
    drawn: list[dict[str, object]] = [
        {"answer": _BREAK.join(wrap(row.answer, LINE_LENGTH)), "wave": wave, "value": int(seen.shown[:-1]),
         "low": seen.low, "high": seen.high, "label": seen.shown,
         "beside": seen.low if (seen.high or 0) > 84 else seen.high, "turned": (seen.high or 0) > 84}
        for row in rows for wave, seen in zip(WAVES, (row.before, row.now), strict=True) if seen.low is not None
    ]  # fmt: skip
    summary = f"{title}. Each answer has two dots, for {before} and for {now}, each with a band for its likely range."
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (row.answer, row.before.shown, row.before.range, row.now.shown, row.now.range, row.told) for row in rows
    )
    spec = layered(
        _layers(drawn), title=title, summary=summary, width=WIDTH, height={"step": 34},
        about=f"Orange diamond: {before}. Blue dot: {now}. Band: the 95% range of each.",
    )  # fmt: skip
    spec["padding"] = {**spec["padding"], "left": 40}
    spec["title"] = {**spec["title"], "frame": "bounds"}
    return Chart(title, summary, spec, COLUMNS, table)


def _layers(drawn: list[dict[str, object]]) -> list[Spec]:
    rows, waves = values(drawn), list(WAVES)
    axis = {"title": None, "values": [0, 25, 50, 75, 100], "labelExpr": "datum.value + '%'"}
    across = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    down: Spec = {
        "y": {"field": "answer", "type": "nominal", "sort": None, "title": None, "scale": {"paddingInner": 0.25},
              "axis": {"ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 420, "labelFontSize": 14,
                       "labelExpr": f"split(datum.label, '{_BREAK}')"}},
        "yOffset": {"field": "wave", "type": "nominal", "sort": waves},
    }  # fmt: skip

    def by_wave(before: str, now: str) -> Spec:
        return {"condition": {"test": f"datum.wave === '{WAVES[1]}'", "value": now}, "value": before}

    return [
        {"data": rows, "mark": {"type": "rule", "strokeWidth": 14},
         "encoding": {"x": {**across, "field": "low"}, "x2": {"field": "high"}, **down,
                      "color": by_wave(BAND_BEFORE, BAND)}},
        {"data": rows, "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1},
         "encoding": {"x": {**across, "field": "value"}, **down, "color": by_wave(SIGNAL, DOT),
                      "shape": by_wave("diamond", "circle")}},
        {"data": rows, "mark": {"type": "text", "fontSize": 14, "color": INK, "baseline": "middle",
                                "dx": {"expr": "datum.turned ? -10 : 10"},
                                "align": {"expr": "datum.turned ? 'right' : 'left'"}},
         "encoding": {"x": {**across, "field": "beside"}, **down, "text": {"field": "label"}}},
    ]  # fmt: skip
