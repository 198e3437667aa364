"""What comes in for the size of the area: a plain computation agrees, and a withheld part is not told by its sum."""

import json
from datetime import date

import polars as pl
import pytest
from tests.kernel.generated import lists
from tests.kernel.naive_pictures import NAIVE

from goldthread.domain.disclosure import FLOOR
from goldthread.kernel.charts import Chart, Marker, PerTenThousand, monthly_columns
from goldthread.kernel.context import Context
from goldthread.kernel.picture import behind, chart
from goldthread.kernel.pictures import PICTURES
from goldthread.kernel.tally import Tally

AS_AT = date(2026, 9, 30)
MONTHS = ("Apr 2026", "May 2026", "Jun 2026", "Jul 2026", "Aug 2026", "Sep 2026")
"""The months that are whole; the lists begin on 31 March."""
CUT = "Mar 2026"

BESIDE = PerTenThousand(
    24_000, "as the inspection says", (Marker("England", 544.5, "2025"), Marker("9 neighbours", 610.2, "2025"))
)
RATES = [picture for picture in PICTURES if picture.rate]


def drawn(
    slug: str, tables: dict[str, pl.DataFrame], beside: PerTenThousand | None, *, careful: bool = False
) -> Chart | None:
    picture = next(one for one in PICTURES if one.slug == slug)
    context = Context(as_at=AS_AT, tables={name: held.lazy() for name, held in tables.items()})
    return chart(picture, behind(picture, context.tables, context), context, careful=careful, beside=beside)


def test_what_comes_in_is_held_against_a_rate_of_a_year() -> None:
    assert {picture.slug: picture.rate for picture in RATES} == {
        "contacts": "FD-01", "referrals": "FD-04", "enquiries": "CP-01", "care-starts": "CLA-02",
    }  # fmt: skip


@pytest.mark.parametrize("picture", RATES, ids=lambda picture: picture.slug)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_plain_computation_agrees_with_every_rate(picture: object, seed: int) -> None:
    slug = picture.slug  # type: ignore[attr-defined]
    tables = lists(seed, AS_AT)
    made, plain = drawn(slug, tables, BESIDE), NAIVE[slug](tables, AS_AT)
    assert made is not None
    assert made.columns == ("month", "what", "count", "a year per 10,000")
    told = {(month, what): (count, rate) for month, what, count, rate in made.rows[:-3]}
    assert {month for month, _ in told} == {CUT, *MONTHS}
    for place, (count, rate) in told.items():
        assert count == plain[place]
        assert rate == (None if place[0] == CUT else round(plain[place] * 12 / 2.4, 1))
    mean = sum(count for (month, _), count in plain.items() if month != CUT) / 6
    assert made.rows[-3] == ("A month on average", "All", round(mean, 1), round(mean * 12 / 2.4, 1))
    assert made.rows[-2:] == (
        ("England", "published, 2025", None, 544.5), ("9 neighbours", "published, 2025", None, 610.2),
    )  # fmt: skip
    lines = {row["name"]: row["to"] for layer in made.spec["layer"] for row in layer["data"]["values"] if "name" in row}
    # The key says at what height of the axis a line lies, and of which yearly rate that is.
    assert lines == {
        "England: 109 a month here would be 544 a year per 10,000": pytest.approx(544.5 * 2.4 / 12),
        "9 neighbours: 122 a month here would be 610 a year per 10,000": pytest.approx(610.2 * 2.4 / 12),
    }
    assert f"{mean * 12 / 2.4:,.0f} a year per 10,000 children (England 544, 9 neighbours 610)" in made.title


def test_a_month_that_is_not_whole_has_no_rate_and_a_rate_that_nobody_publishes_no_line() -> None:
    of = Tally(("Jul 2026", "Aug 2026", "Sep 2026"), ("",), {
        ("Jul 2026", ""): 3, ("Aug 2026", ""): 20, ("Sep 2026", ""): 40,
    })  # fmt: skip
    made = monthly_columns(of, "contacts", cut=("Jul 2026",), beside=PerTenThousand(36_000, "said"))
    assert made.title == "Contacts: 30 a month on average, 100 a year per 10,000 children"
    assert made.rows[0] == ("Jul 2026", "", 3, None)
    assert made.rows[-1] == ("A month on average", "All", 30.0, 100.0)
    assert "36,000 children (said). No rate of others is published." in made.summary


def test_the_key_of_a_line_low_on_the_axis_tells_its_height_to_a_tenth() -> None:
    of = Tally(("Aug 2026", "Sep 2026"), ("",), {("Aug 2026", ""): 4, ("Sep 2026", ""): 6})
    beside = PerTenThousand(24_000, "said", (Marker("England", 27, "2025"),))
    said = json.dumps(monthly_columns(of, "children", beside=beside).spec)
    assert "England: 5.4 a month here would be 27 a year per 10,000" in said
    assert "would come to here in a month" in said, "the line under the title explains what is dashed"


def test_contacts_name_who_makes_most_of_them() -> None:
    tables = lists(1, AS_AT)
    plain = NAIVE["contacts"](tables, AS_AT)
    by: dict[str, int] = {}
    for (_, who), count in plain.items():
        by[who] = by.get(who, 0) + count
    most = max(by.values())
    made = drawn("contacts", tables, None)
    assert made is not None
    title = made.title
    share = f"{100 * most / sum(by.values()):.0f}%"
    assert title.endswith(share)
    assert any(f"most often made by {who[0].lower()}{who[1:]}, {share}" in title for who in by if by[who] == most)


@pytest.mark.parametrize("rows", [12, 60, 150, 600, 2400])
def test_the_sum_of_a_month_tells_no_part_that_is_withheld(rows: int) -> None:
    tables = lists(8, AS_AT, rows)
    made, plain = drawn("contacts", tables, BESIDE, careful=True), NAIVE["contacts"](tables, AS_AT)
    if made is None:
        assert rows < 150, "so many are not all small"
        return
    tops = {row["month"]: row["label"] for row in made.spec["layer"][-1]["data"]["values"]}
    for month in MONTHS:
        parts = {what: count for at, what, count, _ in made.rows if at == month}
        hidden = [what for what, count in parts.items() if count == "c"]
        assert all(count == "c" or not 1 <= int(str(count)) <= FLOOR for count in parts.values())
        if tops[month] != "c" and hidden:
            rest = sum(plain[month, part] for what in hidden for part in str(what).split(" + "))
            assert len(hidden) > 1 and rest > FLOOR, "what is left of a sum is of several, and not small"
        assert all(rate == "c" for at, what, _, rate in made.rows if at == month and what in hidden)


def test_where_the_parts_cannot_be_made_safe_the_sums_of_the_months_stand() -> None:
    made = drawn("contacts", lists(8, AS_AT, 600), BESIDE, careful=True)
    assert made is not None
    tops = [row["label"] for row in made.spec["layer"][-1]["data"]["values"]]
    assert "c" not in tops
    assert "a year per 10,000 children" in made.title
