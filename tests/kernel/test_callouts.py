"""Words at single points of a line: near their point, and over neither the line nor one another."""

import random

import pytest

from goldthread.kernel.charts import callouts as placed
from goldthread.kernel.charts.base import HEIGHT, WIDTH


def boxes(values: list[float], told: dict[str, str]) -> list[tuple[str, placed.Box, tuple[float, float]]]:
    """Each text with the box that it fills, read back out of the layers, and the place of its point."""
    points = [(str(place), value) for place, value in enumerate(values)]
    domain = placed.domain_of(values)
    found = []
    for layer in placed.callouts(points, told, domain, {}, {}):
        mark = layer["mark"]
        if mark["type"] != "text" or mark["color"] == "white":
            continue
        words = layer["data"]["values"][0]["words"]
        x, y = layer["encoding"]["x"]["value"], layer["encoding"]["y"]["value"]
        width = placed.LETTER * len(words)
        left = x - width if mark["align"] == "right" else x
        period = next(one for one, says in told.items() if says == words)
        found.append((words, (left, y - 7.5, left + width, y + 7.5), placed._places(points, domain)[int(period)]))
    return found


@pytest.mark.parametrize("seed", range(25))
def test_words_lie_within_the_picture_apart_from_each_other_and_from_the_points(seed: int) -> None:
    """Second, naive: every point of the line against every box."""
    dice = random.Random(seed)
    fell = dice.randint(20, 50)
    values = [dice.gauss(92, 3) for _ in range(fell)] + [dice.gauss(70, 7) for _ in range(20)]
    told = {str(fell): "first sign", str(fell + dice.randint(1, 4)): "the watch spoke"}
    held = boxes(values, told)
    assert [words for words, _, _ in held] == list(told.values())
    (_, one, _), (_, two, _) = held
    assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
    points = placed._places([(str(at), value) for at, value in enumerate(values)], placed.domain_of(values))
    for _, (left, top, right, bottom), (x, y) in held:
        assert left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT
        assert min(abs(left - x), abs(right - x)) <= placed.APART + 0.01, "beside its own line"
        assert not any(left < at < right and top < high < bottom for at, high in points)
        assert abs((top + bottom) / 2 - y) <= HEIGHT / 2


def test_words_of_the_last_point_stand_to_its_left_and_a_period_that_is_none_is_left_out() -> None:
    values = [50.0] * 30 + [80.0]
    ((_, box, (x, _)),) = boxes(values, {"30": "the watch spoke"})
    assert box[2] < x
    assert boxes(values, {"99": "nothing"}) == []
