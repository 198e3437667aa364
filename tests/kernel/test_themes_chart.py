"""The chart of themes: its finding, its shares and its table."""

import pytest

from goldthread.engines.drawing import to_svg
from goldthread.kernel.charts.pareto import MOST_DRAWN
from goldthread.kernel.charts.themes import ThemeRow, themes_chart, themes_finding


def row(theme: str, answers: int, source: str = "Question") -> ThemeRow:
    return ThemeRow(theme, source, answers, answers, 20, 12.3, 45.6)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "No answer falls below the standard"),
        ([row("Planning", 3)], "1 theme makes up all that falls below the standard; none stands out"),
        ([row("Planning", 1), row("Voice", 1)],
         "2 themes make up all that falls below the standard; none stands out"),
        ([row("Planning", 90), row("Voice", 10)],
         "1 of 2 themes makes up 90% of what falls short, “Planning” most often"),
        ([row("Planning", 70), row("Voice", 15), row("Health", 15)],
         "2 of 3 themes make up 85% of what falls short, “Planning” most often"),
    ],
)  # fmt: skip
def test_the_finding_names_the_first_and_counts_how_few_make_four_fifths(rows: list[ThemeRow], says: str) -> None:
    assert themes_finding(rows) == says


def test_the_table_has_every_theme_with_its_share_and_range_and_small_ones_are_drawn_together() -> None:
    many = [row("Planning", 6), row("Voice", 3, "Tag"), *(row(f"T{number}", 1) for number in range(MOST_DRAWN))]
    chart = themes_chart(many)
    whole = sum(one.answers for one in many)
    down = 0.0
    for told, one in zip(chart.rows, many, strict=True):
        down += 100 * one.answers / whole
        assert told == (one.theme, one.source, one.answers, round(100 * one.answers / whole, 1), round(down, 1),
                        one.answers, 20, "12 to 46")  # fmt: skip
    drawn = chart.spec["layer"][0]["data"]["values"]
    assert len(drawn) == MOST_DRAWN + 1 and drawn[-1]["rule"] == "2 other themes"
    assert sum(one["share"] for one in drawn) == pytest.approx(100, abs=1)
    picture = to_svg(chart.spec)
    assert "6 of 20 files (12 to 46%)" in picture.replace("&#xA0;", " ") and "style=" not in picture


def test_two_themes_of_one_name_keep_a_row_each() -> None:
    chart = themes_chart([row("Voice", 7), row("Planning", 5), row("Voice", 3, "Tag")])
    drawn = [one["rule"] for one in chart.spec["layer"][0]["data"]["values"]]
    assert drawn == ["Voice (question)", "Planning", "Voice (tag)"]
