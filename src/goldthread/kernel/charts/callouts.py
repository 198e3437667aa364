"""Words that stand at single points of a line: close to their point, clear of the line and of one another.

The places are reckoned in the picture's own pixels, so the vertical scale must be the one that is given here.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from goldthread.kernel.charts.base import HEIGHT, INK, WIDTH, Spec, haloed, values

LETTER, LINE, APART = 7.4, 15, 12
"""Pixels: how wide a letter is at most on average, how high a line of words, how far words stand from their point."""
STEP = 4
"""So many pixels apart the line is looked at when it is asked whether words would cover it."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


def domain_of(numbers: Sequence[float]) -> tuple[float, float]:
    """From where to where a vertical scale goes that shows all of the numbers with a little air."""
    low, high = min(numbers), max(numbers)
    air = 0.04 * (high - low) or 1.0
    return low - air, high + air


def callouts(
    points: Sequence[tuple[str, float]], told: Mapping[str, str], domain: tuple[float, float], across: Spec, up: Spec
) -> list[Spec]:
    """A ring around each point of which something is told, a line at its period, and the words beside it.

    `points` are all points of the line, each a period and its value; a period that is none of them is left out.
    """
    places = _places(points, domain)
    of_period = {period: place for (period, _), place in zip(points, places, strict=True)}
    held = {period: words for period, words in told.items() if period in of_period}
    rules = [of_period[period][0] for period in held]
    layers: list[Spec] = [
        {"data": values([{"period": period} for period in held]),
         "mark": {"type": "rule", "color": INK, "strokeDash": [2, 3]}, "encoding": {"x": across}},
        {"data": values([{"period": period, "value": value} for period, value in points if period in held]),
         "mark": {"type": "point", "filled": False, "size": 260, "color": INK, "strokeWidth": 1.5, "opacity": 1},
         "encoding": {"x": across, "y": up}},
    ]  # fmt: skip
    taken: list[Box] = []
    line = list(_along(places))
    for period, words in held.items():
        x, y = of_period[period]
        left, box = min(_boxes(x, y, words), key=lambda one: _cost(one[1], y, line, taken, rules))
        taken.append(box)
        at = {"x": {"value": box[2] if left else box[0]}, "y": {"value": (box[1] + box[3]) / 2}}
        mark = {"type": "text", "align": "right" if left else "left", "baseline": "middle", "fontSize": 12,
                "color": INK}  # fmt: skip
        layer = {"data": values([{"words": words}]), "mark": mark, "encoding": {**at, "text": {"field": "words"}}}
        layers += haloed(layer)
    return layers


def _places(points: Sequence[tuple[str, float]], domain: tuple[float, float]) -> list[tuple[float, float]]:
    low, high = domain
    step = WIDTH / max(len(points), 1)
    return [((place + 0.5) * step, HEIGHT * (high - value) / (high - low)) for place, (_, value) in enumerate(points)]


def _along(places: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Points all along the line."""
    yield from places
    for (x, y), (then_x, then_y) in pairwise(places):
        many = int(max(abs(then_x - x), abs(then_y - y)) // STEP)
        yield from ((x + (then_x - x) * one / many, y + (then_y - y) * one / many) for one in range(1, many))


def _boxes(x: float, y: float, words: str) -> Iterator[tuple[bool, Box]]:
    """Where words could stand: to the left (True) or right of their point, from its height to the ends of the plot."""
    width = LETTER * len(words)
    for left in (True, False):
        start = x - APART - width if left else x + APART
        if start < 0 or start + width > WIDTH:
            continue
        for middle in range(LINE // 2, HEIGHT - LINE // 2, STEP):
            yield left, (start, middle - LINE / 2, start + width, middle + LINE / 2)
    # A picture too narrow for the words on either side still has to say them.
    yield False, (min(max(x + APART, 0), max(WIDTH - width, 0)), y - LINE / 2, x + APART + width, y + LINE / 2)


def _cost(
    box: Box, y: float, line: Sequence[tuple[float, float]], taken: Sequence[Box], rules: Sequence[float]
) -> float:
    """How ill words stand in a box: over other words, over the line, over another's rule, far from their point."""
    left, top, right, bottom = box
    over = sum(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)
    struck = sum(left - 3 < x < right + 3 and top - 3 < at < bottom + 3 for x, at in line)
    crossed = sum(left < x < right for x in rules)
    return 10_000 * over + 400 * struck + 120 * crossed + abs((top + bottom) / 2 - y)
