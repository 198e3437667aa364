"""The chart of rules by how many issues they make: its finding, its shares and its table."""

import pytest

from goldthread.engines.drawing import to_svg
from goldthread.kernel.charts.pareto import MOST_DRAWN, ParetoRow, in_two_lines, pareto_chart, pareto_finding


def row(rule: str, issues: int, severity: str = "error") -> ParetoRow:
    return ParetoRow(rule, f"What {rule} says", severity, "1, 4", issues)


def test_the_finding_counts_how_few_rules_make_four_fifths() -> None:
    assert pareto_finding([row("A", 70), row("B", 15), row("C", 15)]) == "2 of 3 rules make up 85% of the 100 issues"
    assert pareto_finding([row("A", 90), row("B", 10)]) == "1 of 2 rules makes up 90% of the 100 issues"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "No row breaks a rule"),
        ([row("A", 3)], "1 rule makes up all 3 issues; none stands out"),
        ([row("A", 1), row("B", 1)], "2 rules make up all 2 issues; none stands out"),
    ],
)
def test_where_no_rule_stands_out_it_says_so(rows: list[ParetoRow], says: str) -> None:
    assert pareto_finding(rows) == says


def test_the_table_has_every_rule_with_its_share_and_the_share_down_to_it() -> None:
    chart = pareto_chart([row("A", 6), row("B", 3), row("C", 1)])
    assert [one[0] for one in chart.rows] == ["A", "B", "C"]
    assert [one[5:] for one in chart.rows] == [(60.0, 60.0), (30.0, 90.0), (10.0, 100.0)]
    assert len(chart.columns) == len(chart.rows[0])
    assert chart.title in chart.summary


def test_small_rules_are_drawn_together_and_none_is_lost() -> None:
    many = [row(f"R{number}", 2) for number in range(MOST_DRAWN + 4)]
    chart = pareto_chart(many)
    drawn = chart.spec["layer"][0]["data"]["values"]
    assert len(drawn) == MOST_DRAWN + 1
    assert drawn[-1]["rule"] == "4 other rules"
    assert sum(one["share"] for one in drawn) == pytest.approx(100, abs=1)
    assert len(chart.rows) == len(many)


def test_the_picture_says_the_severity_in_words() -> None:
    picture = to_svg(pareto_chart([row("A", 6, "error"), row("B", 3, "practice")]).spec)
    assert "6 · error" in picture and "3 · practice" in picture
    assert "style=" not in picture


@pytest.mark.parametrize(
    "says", ["527: The authority's own provision cannot be P1, R2 or R5.", "1: " + "words " * 40, "1: Short."]
)
def test_a_label_has_two_lines_at_most(says: str) -> None:
    assert in_two_lines(says).count("¶") <= 1
