"""Words of pictures keep clear of each other and of the edge, and bars have their numbers in or beside them."""

import json

from goldthread.apps.submissions.pictures import of_service
from goldthread.engines.drawing import to_svg
from goldthread.kernel.charts import Chart, Flow, distance_bands, drift_bars, sankey
from goldthread.kernel.tally import Tally

LETTER = 10.5
"""How wide a bold letter of a title is where a browser has no Arial, in pixels, on average."""


def words_of(chart: Chart) -> str:
    return json.dumps([layer["data"]["values"] for layer in chart.spec["layer"]])


def test_the_title_of_a_picture_of_half_a_page_does_not_run_beyond_its_edge() -> None:
    lasted = Tally(("All", "24 months or more"), ("",), {("All", ""): 740, ("24 months or more", ""): 9})
    chart = drift_bars(lasted, "open plans", (0, 24))
    assert chart.title == "9 of 740 open plans have lasted 24 months or more"
    svg = of_service(chart).svg
    lines = ["9 of 740 open plans have lasted 24 months", "or more"]
    assert all(f">{line}</tspan>" in svg for line in lines)
    assert all(len(line) * LETTER <= 440 + 24 for line in lines)


def test_words_of_a_box_that_another_stage_follows_do_not_run_into_its_words() -> None:
    flows = (Flow(0, "Contact", "Referral", 5200), Flow(1, "Referral", "Assessment", 5036),
             Flow(1, "Referral", "No assessment", 164), Flow(2, "Assessment", "Section 47 enquiry", 5036))  # fmt: skip
    said = words_of(sankey(flows, "children", stages=("Contact", "Referral", "Assessment", "Furthest since")))
    assert '["No assessment ", "164"]' in said and "Referral 5,200" in said and "Section 47 enquiry 5,036" in said
    svg = to_svg(sankey(flows, "children", stages=("Contact", "Referral", "Assessment", "Furthest since")).spec)
    assert ">No assessment</tspan>" in svg and ">164</tspan>" in svg


def test_a_bar_with_a_part_too_narrow_for_its_number_says_beside_it_how_many_it_holds() -> None:
    of = Tally(("White", "Asian"), ("Disabled", "Not disabled"), {
        ("White", "Disabled"): 500, ("White", "Not disabled"): 4500, ("Asian", "Disabled"): 8,
        ("Asian", "Not disabled"): 89,
    })  # fmt: skip
    chart = distance_bands(of, "children", outside="Disabled")
    assert "97 in all" in words_of(chart) and "5,000 in all" not in words_of(chart)
    hidden = Tally(of.first, of.second, {**of.counts, ("Asian", "Disabled"): None})
    assert "in all" not in words_of(distance_bands(hidden, "children", outside="Disabled"))
