"""Pictures of the services: a plain computation agrees with each, and nothing small is shown where it may not be."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from tests.kernel.generated import lists
from tests.kernel.naive_pictures import NAIVE
from tests.tables import table

from goldthread.domain.disclosure import FLOOR
from goldthread.kernel.charts import STATES, Chart, whole_bars
from goldthread.kernel.context import Context
from goldthread.kernel.frames import frame
from goldthread.kernel.picture import ROWS_SCHEMA, Picture, Service, behind, chart, counted, ever_coarser
from goldthread.kernel.pictures import PICTURES, SERVICES, of_service
from goldthread.kernel.pictures.front_door import ASSESSMENT_DUTIES
from goldthread.kernel.run import run
from goldthread.kernel.tally import Tally, tally

AS_AT = date(2026, 9, 30)
ON_MEASURES = {"assessment-states", "protection-states", "care-states", "leaver-states"}
ON_TEAMS = {"assessment-teams", "protection-teams", "care-teams"}
ON_FRAMES = {"caseloads", "team-cases"}
ON_EPISODES = {"moves", "distances"}

EPISODES = table("cla_episodes", """
    child | decom      | dec        | rne | place
    A     | 2025-01-06 | 2026-02-02 | S   | U6
    A     | 2026-02-02 | 2026-03-02 | P   | K2
    A     | 2026-03-02 | 2026-04-01 | L   | K2
    A     | 2026-04-01 |            | B   | U4
    B     | 2024-01-06 | 2025-02-02 | S   | U6
    B     | 2025-02-02 |            | P   | U1
    C     | 2025-01-06 | 2026-02-02 | S   | U6
    C     | 2026-02-05 |            | S   | P1
    D     | 2025-01-06 | 2026-06-02 | S   | U6
    D     | 2026-06-02 |            | T   | U3
""").with_columns(
    home_counts=pl.col("dec").is_null() & (pl.col("place") != "P1"),
    home_far=pl.when(pl.col("place") == "U1").then(True).when(pl.col("place") == "U4").then(False),
    home_where_known=pl.col("place").replace_strict({"U1": "FOUND", "U4": "FOUND"}, default="PLACEMENT_NOT_FOUND"),
    home_in_or_out=pl.col("place").replace_strict({"U1": "OUT", "U4": "IN"}, default=None),
)  # fmt: skip


def named(slug: str) -> Picture:
    return next(picture for picture in PICTURES if picture.slug == slug)


def asked(tables: dict[str, pl.DataFrame]) -> Context:
    return Context(as_at=AS_AT, tables={name: held.lazy() for name, held in tables.items()})


def rows_of(slug: str, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    context = asked(tables)
    return behind(named(slug), context.tables, context)


def drawn(slug: str, tables: dict[str, pl.DataFrame], *, careful: bool = False) -> Chart | None:
    context = asked(tables)
    return chart(named(slug), behind(named(slug), context.tables, context), context, careful=careful)


def counts(rows: pl.DataFrame) -> Counter[tuple[str, str]]:
    return Counter(rows.select("first", "second").iter_rows())


def test_every_picture_has_an_address_a_question_and_a_second_computation() -> None:
    slugs = [picture.slug for picture in PICTURES]
    assert len(set(slugs)) == len(slugs)
    assert all(picture.asks.endswith("?") and not set(picture.slug) - set("abcdefghijklmnopqrstuvwxyz-")
               for picture in PICTURES)  # fmt: skip
    assert set(slugs) == set(NAIVE) | ON_MEASURES | ON_TEAMS | ON_FRAMES | ON_EPISODES
    assert set(SERVICES) == set(Service)
    assert all(of_service(service) for service in Service)


@pytest.mark.parametrize("slug", NAIVE)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_plain_computation_agrees(slug: str, seed: int) -> None:
    tables = lists(seed, AS_AT)
    assert counts(rows_of(slug, tables)) == NAIVE[slug](tables, AS_AT)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.slug)
def test_the_rows_behind_the_marks_are_what_is_counted(picture: Picture) -> None:
    tables = {**lists(3, AS_AT), "cla_episodes": EPISODES}
    rows = rows_of(picture.slug, tables)
    assert dict(rows.schema) == ROWS_SCHEMA
    of = counted(picture, rows)
    assert of.sum() == rows.height > 0
    for first in of.first:
        for second in of.second:
            held = rows.filter((pl.col("first") == first) & (pl.col("second") == second))
            assert of.at(first, second) == held.height
            assert of.place(of.mark(first, second)) == (first, second)
    for name, number, child in rows.select("table", "row", "child").iter_rows():
        found = tables[name].filter(pl.col("row") == number)
        assert found.height == 1
        assert name == "adopters" or found["child"][0] == child


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.slug)
def test_the_chart_holds_the_counts_and_its_marks_lead_back_to_them(picture: Picture) -> None:
    tables = {**lists(4, AS_AT), "cla_episodes": EPISODES}
    made = drawn(picture.slug, tables)
    assert made is not None and made.title and made.rows
    of = counted(picture, rows_of(picture.slug, tables))
    if "count" in made.columns and picture.slug not in ("pathways",):
        at = made.columns.index("count")
        for cells, mark in zip(made.rows, made.marks, strict=True):
            assert cells[at] == (of.at(*of.place(mark)) if mark else 0)
    links = {row["mark"] for layer in made.spec["layer"] for row in layer["data"]["values"] if row.get("mark")}
    assert links <= {of.mark(first, second) for first in of.first for second in of.second}
    assert links


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        ("protection-states", {"CP-02": "Conferences", "CP-12": "Reviews", "CP-13": "Visits"}),
        ("care-states", {"CLA-14": "Reviews", "CLA-16": "Visits", "CLA-17": "Permanence plan", "HE-02": "Health",
                         "HE-03": "Dentist"}),
        ("leaver-states", {"CL-09": "Contact", "CL-10": "Pathway plan reviewed"}),
    ],
)  # fmt: skip
def test_the_states_are_those_of_the_measures(slug: str, codes: dict[str, str]) -> None:
    tables = lists(5, AS_AT)
    told = counts(rows_of(slug, tables))
    measured = {one.code: one for one in run(tables, as_at=AS_AT).measures}
    for code, duty in codes.items():
        one = measured[code]
        assert told[duty, STATES[0]] == one.numerator
        assert told[duty, STATES[0]] + told[duty, STATES[1]] == one.denominator
        assert (told[duty, STATES[2]], told[duty, STATES[3]]) == (one.not_due, one.not_known)


def test_finished_and_open_assessments_stand_together() -> None:
    """Done in time beside open and overdue: a team that finishes only the easy ones cannot look good."""
    assert [duty for _, duty in ASSESSMENT_DUTIES].count("Assessments") == 2
    assessments = table("assessments", """
        child | started_on | authorised_on
        A     | 2026-05-05 | 2026-06-01
        B     | 2026-01-05 | 2026-06-01
        C     | 2026-01-05 |
        D     | 2026-09-21 |
    """)  # fmt: skip
    told = counts(rows_of("assessment-states", {"assessments": assessments}))
    assert told == {("Assessments", "Done in time"): 1, ("Assessments", "Late"): 2, ("Assessments", "Not yet due"): 1}


def test_why_more_assessments_are_late_than_the_finished_ones_is_said_beside_them() -> None:
    picture = next(one for one in PICTURES if one.slug == "assessment-states")
    tables = {name: held.lazy() for name, held in lists(6, AS_AT).items()}
    context = Context(as_at=AS_AT, tables=tables)
    made = chart(picture, behind(picture, tables, context), context, careful=False)
    assert made is not None and "still open and already past the limit count as late here" in made.summary
    under = " ".join(line.strip() for line in made.spec["title"]["subtitle"])
    assert "are of finished ones only" in under


@pytest.mark.parametrize("slug", sorted(ON_TEAMS))
def test_a_rug_counts_for_each_team_what_the_states_count_for_all(slug: str) -> None:
    tables = lists(6, AS_AT)
    rug = counts(rows_of(slug, tables))
    states = counts(rows_of(slug.replace("teams", "states"), tables))
    for duty in {second.partition(":")[0] for _, second in rug}:
        late = sum(number for (_, second), number in rug.items() if second == f"{duty}: overdue")
        done = sum(number for (_, second), number in rug.items() if second == f"{duty}: in time")
        assert (done, late) == (states[duty, STATES[0]], states[duty, STATES[1]])


def test_desks_hold_every_open_case_once() -> None:
    tables = lists(7, AS_AT)
    eligible = frame(tables, AS_AT).eligible
    teams = rows_of("team-cases", tables)
    assert sorted(teams["child"]) == sorted(eligible["child"])
    assert counts(teams) == Counter(eligible.select("team", "service").iter_rows())
    desks = rows_of("caseloads", tables)
    assert 0 < desks.height <= eligible.height
    assert set(desks["child"]) <= set(eligible["child"])


def test_a_move_is_a_change_of_home_within_a_year_and_no_new_legal_status() -> None:
    told = counts(rows_of("moves", {"cla_episodes": EPISODES}))
    assert told == {
        ("Foster care→Children's homes", ""): 1,
        ("Children's homes→Foster care", ""): 1,
        ("Foster care→Foster care with relatives or friends", ""): 1,
    }


def test_how_far_from_home_children_live_keeps_whoever_is_not_known() -> None:
    told = counts(rows_of("distances", {"cla_episodes": EPISODES}))
    assert told == {("Over 20 miles", "Outside the authority"): 1, ("Up to 20 miles", "Inside the authority"): 1,
                    ("Not known: postcode of placement", "Not known"): 1}  # fmt: skip
    made = drawn("distances", {"cla_episodes": EPISODES})
    assert made is not None
    assert made.title == "1 of 3 children in care live over 20 miles from home and outside the authority; not known: 1"
    many = pl.concat([EPISODES.filter("home_counts")] * 20)
    made = drawn("distances", {"cla_episodes": many})
    assert made is not None
    assert made.title.startswith("33% of children in care live over 20 miles from home and outside the authority: 20 ")
    assert "Likely between 23 and 46%. n = 60" in made.summary
    safe = drawn("distances", {"cla_episodes": many}, careful=True)
    assert safe is not None and safe.rows == made.rows
    unknown = many.with_columns(home_far=pl.lit(None, dtype=pl.Boolean), home_where_known=pl.lit("NOT_LOADED"))
    made = drawn("distances", {"cla_episodes": unknown})
    assert made is not None
    assert made.title == "Of none of the 60 children in care is it known how far from home they live"
    assert {cells[0] for cells in made.rows} == {"Not known: no directory is loaded"}
    before = EPISODES.drop("home_far")
    assert drawn("distances", {"cla_episodes": before}) is None, "read before distances were kept"
    assert not named("distances").can_draw({"children_in_care": None})
    assert named("distances").can_draw({"ssd_cla_episodes": None})


def test_the_paths_after_a_contact_lead_to_lists_by_their_last_step() -> None:
    tables = {
        "contacts": table("contacts", """
            child | contacted_on
            A     | 2026-04-01
            A     | 2026-05-01
            B     | 2026-04-01
            C     | 2026-04-01
        """),
        "referrals": table("referrals", """
            child | referred_on
            A     | 2026-04-02
            B     | 2026-03-02
        """),
        "assessments": table("assessments", """
            child | started_on
            A     | 2026-04-03
        """),
        "children_in_care": table("children_in_care", """
            child | started_on
            A     | 2026-06-03
        """),
    }  # fmt: skip
    assert counts(rows_of("pathways", tables)) == {("Referral→Assessment→Care", ""): 1, ("No referral", ""): 2}
    made = drawn("pathways", tables)
    assert made is not None
    assert set(made.rows) == {
        ("Contact", "No referral", 2), ("Contact", "Referral", 1), ("Referral", "Assessment", 1),
        ("Assessment", "Care", 1),
    }  # fmt: skip
    assert made.title == "Of 3 children with a contact, 2 (67%) went to: no referral"


# Small numbers


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.slug)
@pytest.mark.parametrize("rows", [12, 60, 150])
def test_nothing_small_is_shown_to_whoever_may_not_see_it(picture: Picture, rows: int) -> None:
    tables = {**lists(8, AS_AT, rows), "cla_episodes": EPISODES}
    made = drawn(picture.slug, tables, careful=True)
    if picture.personal:
        assert made is None
        return
    if made is None:
        return
    counted_in = [made.columns.index(name) for name in ("count", "overdue", "due", "of") if name in made.columns]
    for cells in made.rows:
        for at in counted_in:
            cell = cells[at]
            assert cell == "c" or (isinstance(cell, int) and not 1 <= cell <= FLOOR), cells
    true = drawn(picture.slug, tables)
    assert true is not None
    if picture.way is not None:
        # What is shown of flows is true, and holds no sum that would tell what is not.
        told = {cells[:2]: cells[2] for cells in made.rows if "+" not in f"{cells[0]}{cells[1]}"}
        assert all(told.get(cells[:2], cells[2]) in ("c", cells[2]) for cells in true.rows)
    elif picture.slug != "plans-by-ethnicity" and "c" not in [cells[at] for cells in made.rows for at in counted_in]:
        # Nothing is withheld: at most some are taken together, and all of them still come to the same.
        came = [[int(str(cells[at])) for cells in drawing.rows] for drawing in (made, true) for at in counted_in]
        assert sum(map(sum, came[: len(counted_in)])) == sum(map(sum, came[len(counted_in) :]))
    elif made.rows != true.rows:
        assert made.title != true.title or "%" not in made.title


def test_a_nested_count_is_withheld_where_the_next_would_tell_it() -> None:
    def plan(number: int, start: str) -> dict[str, object]:
        return {"row": number, "child": f"C{number}", "started_on": date.fromisoformat(start)}

    starts = ["2026-08-01"] * 20 + ["2025-08-01"] * 9 + ["2025-02-01"] * 2
    schema = table("protection_plans", "child").schema
    plans = pl.DataFrame([plan(number, on) for number, on in enumerate(starts)], schema=schema)
    true = drawn("plan-drift", {"protection_plans": plans})
    careful = drawn("plan-drift", {"protection_plans": plans}, careful=True)
    assert true is not None and careful is not None
    assert [row[1] for row in true.rows] == [31, 11, 2, 2, 0]
    assert [row[1] for row in careful.rows] == [31, 11, "c", "c", 0]
    assert careful.title == "0 of 31 open plans have lasted 24 months or more"


def test_a_tally_knows_its_places_and_no_others() -> None:
    of = tally([("a", "x"), ("a", "x"), ("b", "y")], ("a", "b"), ("x", "y"))
    assert (of.at("a", "x"), of.at("a", "y"), of.sum(), of.sum(first="b"), of.says()) == (2, 0, 3, 1, "n = 3")
    hidden = Tally(of.first, of.second, {**of.counts, ("b", "y"): None})
    assert (hidden.sum(), hidden.sum(first="a"), hidden.shown("b", "y"), hidden.whole) == (None, 2, "c", False)
    assert hidden.says() == "n withheld: small numbers"
    for mark in ("2-0", "0-2", "x-0", "", "0", "-1-0", "٣-0"):
        with pytest.raises(KeyError):
            of.place(mark)
    with pytest.raises(ValueError, match="none of the categories"):
        tally([("c", "x")], ("a",), ("x",))


def test_a_submission_without_a_list_has_no_picture_of_it() -> None:
    assert not named("homes").can_draw({"contacts": None})
    assert named("homes").can_draw({"children_in_care": None})
    empty = {name: held.clear() for name, held in lists(1, AS_AT).items()}
    for picture in PICTURES:
        if picture.can_draw(empty):
            made = drawn(picture.slug, empty)
            assert made is None or "No " in made.title or "by month" in made.title, picture.slug


# Categories taken together


def a_leaver(number: int, age: int, activity: str) -> dict[str, object]:
    return {"row": number, "child": f"C{number}", "age": age, "activity": activity, "in_touch": "YES"}


def leavers(*groups: tuple[int, str, int]) -> dict[str, pl.DataFrame]:
    given = [(age, activity) for age, activity, count in groups for _ in range(count)]
    rows = [a_leaver(number, age, activity) for number, (age, activity) in enumerate(given, 3)]
    return {"care_leavers": pl.DataFrame(rows, schema=table("care_leavers", "child").schema)}


def test_what_no_chart_could_show_is_shown_of_categories_taken_together() -> None:
    """Seven small groups of activity: none can be shown by itself, and who is in work or school can."""
    tables = leavers((17, "F1", 3), (18, "F2", 4), (19, "F4", 3), (20, "F3", 4), (17, "G5", 4), (19, "G4", 3))
    made = drawn("leaver-activity", tables, careful=True)
    assert made is not None
    ages, school = "17 + 18 + 19 + 20", "Higher education + Other education"
    counts = {cells[:2]: cells[2] for cells in made.rows}
    assert counts[ages, school] == counts[ages, "Apprenticeship + Training or work"] == 7
    assert counts[ages, "Not: other reasons"] == counts[ages, "Not: illness or disability"] == "c"
    heading = " ".join(line.strip() for line in made.spec["title"]["subtitle"])
    for told in (made.summary, heading):
        assert "n = 21" in told and "Taken together, since some are few" in told and ages in told and school in told
    bars = made.spec["layer"][0]["data"]["values"]
    assert {bar["group"] for bar in bars} == {"17 + 18 + 19 + 20 (n = 21)"}
    assert [bar["part"] for bar in bars][-1] == "Withheld (c)" and bars[-1]["to"] == pytest.approx(1)
    assert not any(made.marks), "what was taken together leads to no list"
    true = drawn("leaver-activity", tables)
    assert true is not None and "Taken together" not in true.summary


@pytest.mark.parametrize("picture", [one for one in PICTURES if one.merges], ids=lambda picture: picture.slug)
@pytest.mark.parametrize("rows", [15, 40, 90])
def test_only_what_a_drawing_lets_is_taken_together(picture: Picture, rows: int) -> None:
    tables = {**lists(9, AS_AT, rows), "cla_episodes": EPISODES}
    of = counted(picture, rows_of(picture.slug, tables))
    for safe in ever_coarser(picture, of):
        assert sum(count or 0 for count in of.counts.values()) == of.sum()
        for name, parts in safe.members.items():
            at = "first" if name in safe.first else "second"
            known = of.first if at == "first" else of.second
            merging = picture.merges[at]
            assert set(parts) <= set(known) and len(parts) > 1
            assert not merging.families or any(set(parts) <= set(family) for family in merging.families)
            if merging.in_order:
                places = [known.index(part) for part in parts]
                assert places == list(range(places[0], places[-1] + 1))
        for (first, second), count in safe.counts.items():
            within = [safe.members.get(one, (one,)) for one in (first, second)]
            assert count is None or count == sum(of.at(a, b) or 0 for a in within[0] for b in within[1])
            assert count is None or not 1 <= count <= FLOOR


def test_what_is_withheld_of_a_bar_is_drawn_as_one_piece_where_its_sum_may_be_shown() -> None:
    of = Tally(("North", "South"), ("In time", "Late", "Not known"), {
        ("North", "In time"): 20, ("North", "Late"): None, ("North", "Not known"): None,
        ("South", "In time"): None, ("South", "Late"): 8,
    }, totals={"North": 31})  # fmt: skip
    assert of.parts("North") == [("In time", 20), ("c", 11)]
    assert of.parts("South") == [("Late", 8)], "its sum may not be shown, so nothing is known to be left"
    made = whole_bars(of, "visits", "Late")
    bars = made.spec["layer"][0]["data"]["values"]
    assert [(bar["group"], bar["part"], round(bar["to"], 3)) for bar in bars] == [
        ("North (n = 31)", "In time", 0.645), ("North (n = 31)", "Withheld (c)", 1),
    ]  # fmt: skip
    assert made.rows[0] == ("North", "In time", 20, 64.5) and made.rows[1] == ("North", "Late", "c", "c")
    assert made.rows[4] == ("South", "Late", 8, "c")
