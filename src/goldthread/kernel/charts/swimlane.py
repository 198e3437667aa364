"""One child's journey as lanes: what lasted is a bar, a single day a diamond, a gap a lettered dashed line."""

from collections.abc import Sequence
from datetime import date, timedelta

from goldthread.kernel.charts import findings
from goldthread.kernel.charts.base import BAND, DOT, INK, QUIET, SIGNAL, Chart, Spec, layered, values
from goldthread.kernel.journey import Event, Journey
from goldthread.kernel.journey_gaps import Gap

LANE_HEIGHT = 34
SHORTEST = timedelta(days=1)


def swimlane(journey: Journey, gaps: Sequence[Gap]) -> Chart:
    """The lanes from contact to leaving care. Each mark leads to the row of the table that tells of it."""
    title = findings.of_journey(journey, gaps)
    lanes = [lane.value for lane in journey.lanes]
    down = {"field": "lane", "type": "nominal", "sort": lanes, "scale": {"domain": lanes}, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "grid": True}}  # fmt: skip
    across = {"type": "temporal", "axis": {"title": None, "format": _format(journey), "labelOverlap": True},
              "scale": {"type": "utc", "nice": False, "padding": 14}}  # fmt: skip
    link = {"href": {"field": "link"}}
    lasting = [_bar(event, journey.as_at) for event in journey.sound if event.running or event.until is not None]
    single = [_point(event) for event in journey.sound if not event.running and event.until is None]
    running = [{**bar, "day": bar["until"]} for bar in lasting if bar["running"]]
    gaping = [_gap(gap) for gap in gaps if gap.lane in journey.lanes]
    layers: list[Spec] = [
        {"data": values(lasting), "mark": {"type": "bar", "height": 14, "color": BAND, "stroke": DOT},
         "encoding": {"x": {**across, "field": "day"}, "x2": {"field": "until"}, "y": down, **link}},
        {"data": values(running), "mark": {"type": "point", "shape": "triangle-right", "filled": True, "size": 130,
                                           "color": DOT, "opacity": 1},
         "encoding": {"x": {**across, "field": "day"}, "y": down, **link}},
        {"data": values(gaping), "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 3, "color": SIGNAL,
                                        "yOffset": 12},
         "encoding": {"x": {**across, "field": "day"}, "x2": {"field": "until"}, "y": down, **link}},
        {"data": values(gaping), "mark": {"type": "text", "fontWeight": "bold", "fontSize": 12, "color": INK, "dy": 12,
                                        "dx": 9},
         "encoding": {"x": {**across, "field": "until"}, "y": down, "text": {"field": "letter"}, **link}},
        {"data": values(single), "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 120,
                                          "color": INK, "stroke": "white", "opacity": 1},
         "encoding": {"x": {**across, "field": "day"}, "y": down, **link}},
        {"data": values([{"day": _iso(journey.as_at)}]), "mark": {"type": "rule", "color": QUIET},
         "encoding": {"x": {**across, "field": "day"}}},
    ]  # fmt: skip
    summary = (
        f"{title}. Bars are what lasted, with an arrow where it has not ended; diamonds are single days; dashed lines "
        "with letters are gaps, told below. The same events are in the table."
    )
    spec = layered(layers, title=title, summary=summary, width=700, height={"step": LANE_HEIGHT})
    return Chart(title, summary, spec, ("from", "until", "lane", "what", "where"), tuple(_rows(journey)))


def _rows(journey: Journey) -> list[tuple[str, str, str, str, str]]:
    return [
        (event.day.isoformat(), _until(event), event.lane.value, event.says, event.source) for event in journey.events
    ]


def _until(event: Event) -> str:
    return event.until.isoformat() if event.until is not None else "still going on" if event.running else ""


def _iso(day: date) -> str:
    return day.isoformat()


def _bar(event: Event, as_at: date) -> dict[str, str | bool]:
    last = max(event.last(as_at), event.day + SHORTEST)
    return {"lane": event.lane.value, "day": _iso(event.day), "until": _iso(last), "running": event.running,
            "link": f"#event-{event.number}"}  # fmt: skip


def _point(event: Event) -> dict[str, str]:
    return {"lane": event.lane.value, "day": _iso(event.day), "link": f"#event-{event.number}"}


def _gap(gap: Gap) -> dict[str, str]:
    return {"lane": gap.lane.value, "day": _iso(gap.start), "until": _iso(gap.end), "letter": gap.letter,
            "link": f"#gap-{gap.letter}"}  # fmt: skip


def _format(journey: Journey) -> str:
    days = [event.day for event in journey.sound] or [journey.as_at]
    told = (journey.as_at - min(days)).days
    return "%Y" if told > 4 * 366 else "%b %Y" if told > 366 else "%-d %b %Y"
