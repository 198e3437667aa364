"""The picture of agreement: its title says what the counts bear, its table holds them, few files carry a caution."""

import json
import re

from goldthread.domain.intervals import wilson
from goldthread.engines.drawing import to_svg
from goldthread.kernel.charts.agreement import AgreedRow, agreement_chart, agreement_finding


def row(question: str, agreed: int, of: int, few: bool = False) -> AgreedRow:
    return AgreedRow(question, agreed, of, wilson(agreed, of) if of else None, few)


ROWS = (row("How good is the plan?", 24, 30), row("Is the record of use?", 18, 30), row("Never asked?", 0, 0))


def test_the_title_says_how_often_and_on_what_least() -> None:
    assert agreement_finding(ROWS) == (
        "Two readers gave the same answer 42 times in 60; least often on “Is the record of use”: 18 in 30"
    )
    assert (
        agreement_finding([row("One?", 7, 7), row("Two?", 7, 7)]) == "Two readers gave the same answer 14 times in 14"
    )
    assert agreement_finding([row("One?", 3, 7, few=True)]).endswith("3 times in 7 (few files: read with caution)")
    assert agreement_finding([row("Never asked?", 0, 0)]) == "No file has been read twice yet"


def test_the_table_holds_every_number_and_the_picture_every_question_that_was_read_twice() -> None:
    chart = agreement_chart(ROWS)
    assert chart.columns == ("question", "same answer", "of", "in %", "low", "high")
    assert chart.rows == (
        ("How good is the plan?", 24, 30, 80.0, 62.7, 90.5), ("Is the record of use?", 18, 30, 60.0, 42.3, 75.4),
        ("Never asked?", 0, 0, None, None, None),
    )  # fmt: skip
    drawn = chart.spec["layer"][2]["data"]["values"]
    assert [one["label"] for one in drawn] == ["24 of 30", "18 of 30"]
    assert chart.title in chart.summary
    assert "Never asked" not in json.dumps(chart.spec["layer"])


def test_it_can_be_drawn_and_its_title_has_room() -> None:
    svg = to_svg(agreement_chart(ROWS).spec)
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg).group(1))  # type: ignore[union-attr]
    assert width > 600
    assert "24 of 30" in svg
